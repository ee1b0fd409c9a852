"""What the checker of quality is given, and the certificate as its rules read it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias, TypeVar

from fmstod.domain.answers import Answer, Diagnosis, IcfRating, IcfText, PeriodRow
from fmstod.domain.period import Period, covered_days
from fmstod.domain.problem import Problem
from fmstod.domain.recommendation import Limit
from fmstod.domain.record import Record
from fmstod.quality.lexicon import Lexicon
from fmstod.quality.rulebook import Rule
from fmstod.quality.words import Words

R = TypeVar("R", bound=Record)
NOTHING: Mapping[str, Answer] = MappingProxyType({})


@dataclass(frozen=True, repr=False)
class Illness:
    """What is known of a diagnosis, in the order of the rows. `name` is the classification's, empty if unknown.

    `entry` is its entry in FMB, None without one; `icf` are the categories that FMB gives. `divided` means that the code
    has finer ones below it.
    """

    code: str
    text: str
    name: str = ""
    entry: int | None = None
    icf: frozenset[str] = frozenset()
    divided: bool = False


@dataclass(frozen=True, repr=False)
class PlanFacts:
    """A plan beside the certificate: whether it is documented (DV077), and what it tells."""

    documented: bool = False
    measures: int = 0
    owner: bool = False
    day: bool = False
    follow_up: date | None = None


@dataclass(frozen=True, repr=False)
class Given:
    """A certificate and what must be known around it. Its repr holds no content.

    `answers` are those of shown questions; `texts` are the refs among them that hold running text. `on` is the signing
    day. `previous` is the certificate before, None for a first one. `limits` are FMB's for the diagnoses that it knows,
    `fmb_texts` official texts of theirs. `days` are the days of the sick leave to its last planned day, earlier
    certificates counted (D1), `since` its first day; `chain` the days of the rehabilitation chain on this certificate's
    first and last day (D4); `born` the patient's day of birth. None where nobody knows. `asked` is how often complements
    were asked for, by group.
    """

    answers: Mapping[str, Answer]
    on: date
    texts: tuple[str, ...] = ()
    previous: Mapping[str, Answer] | None = None
    illnesses: tuple[Illness, ...] = ()
    limits: tuple[Limit, ...] = ()
    fmb_texts: tuple[str, ...] = ()
    days: int | None = None
    since: date | None = None
    chain: tuple[int, int] | None = None
    plan: PlanFacts | None = None
    born: date | None = None
    asked: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


class Reader:
    """One reading of a certificate. Each text is read once, whatever the rules ask; on the `shelf` are some already read.

    `was_read` is all that this reading needed, by text.
    """

    def __init__(self, given: Given, lexicon: Lexicon, shelf: Mapping[str, Words] | None = None) -> None:
        self.given, self._lexicon, self._shelf = given, lexicon, shelf or {}
        self.was_read: dict[str, Words] = {}

    def text(self, ref: str) -> str:
        """What is written in answer to a question, without white space around; empty if nothing is."""
        return self._text(self.given.answers, ref)

    def words(self, ref: str) -> Words:
        return self.read(self.text(ref))

    def before(self, ref: str) -> Words:
        """The text of the certificate before."""
        return self.read(self._text(self.given.previous or NOTHING, ref))

    def read(self, text: str) -> Words:
        """Any text."""
        if text not in self.was_read:
            self.was_read[text] = self._shelf.get(text) or Words(text, self._lexicon)
        return self.was_read[text]

    def chosen(self, ref: str) -> tuple[str, ...]:
        """The options that are chosen, of a question with one or several."""
        value = self.given.answers.get(ref)
        if isinstance(value, str):
            return (value,)
        return tuple(each for each in value if isinstance(each, str)) if isinstance(value, tuple) else ()

    def rows(self, kind: type[R], ref: str) -> tuple[R, ...]:
        value = self.given.answers.get(ref)
        return tuple(row for row in value if isinstance(row, kind)) if isinstance(value, tuple) else ()

    def icf(self, ref: str) -> tuple[IcfRating, ...]:
        value = self.given.answers.get(ref)
        return value.icf if isinstance(value, IcfText) else ()

    @property
    def main(self) -> Illness | None:
        return self.given.illnesses[0] if self.given.illnesses else None

    @cached_property
    def diagnoses(self) -> Sequence[Diagnosis]:
        return self.rows(Diagnosis, "6")

    @cached_property
    def periods(self) -> Sequence[Period]:
        """This certificate's, in time order."""
        made = (row.period for row in self.rows(PeriodRow, "32"))
        return sorted((p for p in made if p), key=lambda p: (p.first, p.last))

    @property
    def first(self) -> date | None:
        return self.periods[0].first if self.periods else None

    @property
    def last(self) -> date | None:
        return max((p.last for p in self.periods), default=None)

    @property
    def own_days(self) -> int:
        """The days of this certificate."""
        return covered_days(self.periods)

    @property
    def days(self) -> int:
        """The days of the sick leave, at least this certificate's."""
        return max(self.given.days or 0, self.own_days)

    @staticmethod
    def _text(answers: Mapping[str, Answer], ref: str) -> str:
        value = answers.get(ref)
        return value.text if isinstance(value, IcfText) else value if isinstance(value, str) else ""


# What judges by one rule.
Check: TypeAlias = Callable[[Reader, Rule], Iterator[Problem]]
