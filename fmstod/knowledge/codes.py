"""ICD-10-SE codes: labels and search, among those that FMB carries or a register's. A code is itself or not (H3): only
words may be typed with a slip, and nothing is chosen for anybody.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Protocol

from fmstod.domain.icd import Standing, is_code, lacks_fourth, normalise
from fmstod.knowledge.search.names import NamesInMemory, Words, search
from fmstod.knowledge.search.ranking import OTHER, OUTER, Asked, Name, bare, marks

__all__ = ("OUTER_CAUSES", "CodeIndex", "Codes", "Edition", "Hit", "bare", "prefixes", "shown", "standing", "swedish")
OUTER_CAUSES = "VWXY"  # chapter XX: causes from outside, which are no diagnoses
_ORDER = str.maketrans({"å": "{", "ä": "|", "ö": "}", "é": "e"})


@dataclass(frozen=True)
class Hit:
    """A code to choose. `label` belongs to `of`, a shorter code, when the code has no label of its own here.

    `opens`: the certificate wants a fourth character after this one (rule DX-4). `marks` are the parts of `label` that
    the search hit, first and end, the end not included. `said` is the everyday word that led here when the label alone
    didn't ("ryggskott"): shown beside the label, so that nobody wonders why the code is there.
    """

    code: str
    label: str
    of: str
    opens: bool = False
    marks: tuple[tuple[int, int], ...] = ()
    said: str = ""

    @property
    def inherited(self) -> bool:
        """Whether the label is a shorter code's."""
        return self.of != self.code


@dataclass(frozen=True)
class Edition:
    """Which ICD-10-SE is known: its name, the first day it holds, the file it came from, the day it was read in."""

    name: str
    valid_from: date
    source: str
    imported: date


class Codes(Protocol):
    """Codes to search and to look up: FMB's own (`CodeIndex`), or a whole register."""

    @property
    def edition(self) -> Edition | None:
        """The edition that is searched: the one that holds today; None when only FMB's codes are known."""

    def search(self, text: str, limit: int = 20) -> Sequence[Hit]:
        """Hits for a beginning of a code or words of a name, the best first."""

    def hit(self, code: str) -> Hit:
        """The code with its own label, else the nearest shorter code's, else no label."""

    def children(self, code: str) -> Sequence[Hit]:
        """The known codes below this one."""

    def parent(self, code: str) -> Hit | None:
        """The nearest known code above this one."""

    def known(self, code: str, day: date) -> bool:
        """Whether the code is one on this day, by the edition that holds then."""

    def retired(self, code: str, day: date) -> Edition | None:
        """The edition since which a former code isn't one any more on this day; None where that isn't known."""


def standing(codes: Codes, day: date, code: str) -> Standing:
    """What these codes know of one on a day (rule DX-7)."""
    known, since = codes.known(code, day), codes.retired(code, day)
    return Standing(known, codes.edition.name if codes.edition else "", since.name if since else "")


def prefixes(code: str) -> Sequence[str]:
    """The code and what is left as characters are dropped from its end, down to three."""
    plain = normalise(code)
    return [plain[:n] for n in range(len(plain), 2, -1)]


def swedish(text: str) -> str:
    """A key that sorts å, ä and ö after z, as Swedish does, whatever the platform's locale."""
    return text.lower().translate(_ORDER)


@dataclass(frozen=True)
class CodeIndex:
    """FMB's own labels by code (without dots), with the everyday words for codes (`everyday`), the codes that most sick
    leave has (`frequent`) and other ways to put a word (`words`): made ready for search at each keystroke.
    """

    labels: Mapping[str, str]
    everyday: Mapping[str, Sequence[str]] = field(default_factory=dict)
    frequent: Collection[str] = ()
    edition: Edition | None = None
    words: Words = field(default_factory=dict)

    @cached_property
    def _shelf(self) -> NamesInMemory:
        return NamesInMemory(self.names(self.labels, inherit=True))

    @cached_property
    def usual(self) -> Collection[str]:
        """FMB's codes, the frequent ones, those of everyday words, and their categories."""
        wanted = (*self.frequent, *(code for codes in self.everyday.values() for code in codes))
        return self.labels.keys() | {part for code in wanted for part in prefixes(code)}

    def names(self, labels: Mapping[str, str], *, inherit: bool) -> Iterable[Name]:
        """The codes of `labels` and the everyday words for them. A word's code without a label takes a shorter one's
        name, or becomes that one unless it may `inherit`.
        """
        yield from (Name.of(code, label) for code, label in labels.items())
        for said, codes in self.everyday.items():
            for order, code in enumerate(codes):
                if of := next((p for p in prefixes(code) if p in labels), None):
                    yield Name.of(normalise(code) if inherit else of, labels[of], said, order)

    def tier(self, code: str) -> int:
        """Which come first among equals: those of FMB and of frequent sick leave, then either, then FMB's longer ones."""
        listed, usual = code in self.labels, code in self.frequent
        if listed or usual:
            return 0 if listed and usual else 1
        if code[0] in OUTER_CAUSES:
            return OUTER
        return OTHER - any(code[:end] in self.labels for end in range(3, len(code)))

    def search(self, text: str, limit: int = 20) -> Sequence[Hit]:
        """Hits for a beginning of a code or words of a name. A complete code that isn't here is offered with the name
        of the nearest shorter one.
        """
        asked = Asked.of(text)
        found = search(asked, (self._shelf,), self.tier, limit, self.words)
        if not found and limit > 0 and is_code(asked.code) and (hit := self.hit(asked.code)).label:
            return (hit,)
        return tuple(shown(each, name, self.hit(name.code)) for each, name in found)

    def hit(self, code: str) -> Hit:
        """The code with its own label, else the nearest shorter code's, else no label."""
        plain = normalise(code)
        of = next((p for p in prefixes(plain) if p in self.labels), plain)
        return Hit(plain, self.labels.get(of, ""), of, lacks_fourth(plain))

    def children(self, code: str) -> Sequence[Hit]:
        """The known codes below this one, to choose from or type past."""
        plain = normalise(code)
        return tuple(self.hit(c) for c in sorted(self.labels) if c.startswith(plain) and c != plain)

    def parent(self, code: str) -> Hit | None:
        """The nearest known code above this one."""
        return next((self.hit(p) for p in prefixes(code)[1:] if p in self.labels), None)

    def known(self, code: str, day: date) -> bool:  # noqa: ARG002 - a register asks for the day
        """Whether it is one of these; they have no dates."""
        return normalise(code) in self.labels

    def retired(self, code: str, day: date) -> Edition | None:  # noqa: ARG002 - a register knows of editions
        """Nothing: there is no former edition to compare with."""
        return None


def shown(asked: Asked, name: Name, hit: Hit) -> Hit:
    """The hit with what the search hit in its label, or the everyday word that led to it when that is another."""
    found = marks(asked, hit.label)
    return replace(hit, marks=found, said=name.said if not found else "")
