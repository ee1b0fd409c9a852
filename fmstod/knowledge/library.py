"""The whole of FMB as the app knows it, loaded from the texts of `diagnoses/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fmstod.domain.record import Record
from fmstod.knowledge.codes import CodeIndex, normalise, prefixes
from fmstod.knowledge.entry import Entry, Recommendation

LONGEST = 110  # characters of a value; a longer one, or one that ends in a full stop, would be a sentence (fmb.md 6.9)


class Term(Record):
    """A value of a condition: its Swedish label, the text key of the question that asks for it, ICD codes of a comorbidity."""

    label: str
    question: str = ""
    icd10se: tuple[str, ...] = ()


class Vocabulary(Record):
    """Own keys per slot."""

    severity: Mapping[str, Term]
    workload: Mapping[str, Term]
    course: Mapping[str, Term]
    factor: Mapping[str, Term]
    treatment: Mapping[str, Term]
    treatment_status: Mapping[str, Term]
    comorbidity: Mapping[str, Term]
    state: Mapping[str, Term] = {}


@dataclass(frozen=True)
class IcfLabel:
    """`name` is the official label, `plain` the plain-language alternative or empty."""

    name: str
    plain: str


@dataclass(frozen=True)
class Resolved:
    """An asked code, the code that FMB knows it by, and that code's entry."""

    asked: str
    code: str
    entry: Entry

    @property
    def listed(self) -> Sequence[Recommendation]:
        return self.entry.listed(self.code)


@dataclass(frozen=True)
class Library:
    """All entries with labels and vocabulary."""

    entries: Sequence[Entry]
    vocabulary: Vocabulary
    icd: Mapping[str, str]
    icf: Mapping[str, IcfLabel]

    @cached_property
    def codes(self) -> CodeIndex:
        """The codes that can be searched."""
        return CodeIndex(self.icd)

    @cached_property
    def _by_code(self) -> Mapping[str, Entry]:
        return {code: entry for entry in self.entries for code in entry.icd10se}

    def resolve(self, code: str) -> Resolved | None:
        """The entry for a code: the code itself, else characters dropped from its end down to three; nearest wins.

        An entry that says `not_for` a longer code is no answer to it.
        """
        plain = normalise(code)
        for prefix in prefixes(plain):
            entry = self._by_code.get(prefix)
            if entry and not any(plain.startswith(excepted) for excepted in entry.not_for):
                return Resolved(code, prefix, entry)
        return None

    def excepted_from(self, code: str) -> Entry | None:
        """The entry that would hold for the code but says it doesn't (`not_for`)."""
        plain = normalise(code)
        found = (self._by_code.get(prefix) for prefix in prefixes(plain))
        return next((e for e in found if e and any(plain.startswith(x) for x in e.not_for)), None)
