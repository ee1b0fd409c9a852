"""The whole of FMB as the app knows it, loaded from the texts of `diagnoses/`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pydantic import Field

from fmstod.domain.icd import normalise, of_primary_care
from fmstod.domain.record import Record
from fmstod.errors import BadDataFile
from fmstod.knowledge.codes import CodeIndex, prefixes
from fmstod.knowledge.data_text import as_text, parsed, rows
from fmstod.knowledge.entry import UNIT_DAYS, Entry, Label, Recommendation, Unit

SCHEMA = 1


class Term(Record):
    """A value of a condition: its Swedish label, the text key of the question that asks for it, ICD codes of a comorbidity."""

    label: Label
    question: str = ""
    icd10se: tuple[str, ...] = ()


class Vocabulary(Record):
    """Own keys per slot. `choice` names, slot by slot, keys that exclude each other."""

    severity: Mapping[str, Term] = {}
    workload: Mapping[str, Term] = {}
    course: Mapping[str, Term] = {}
    factor: Mapping[str, Term] = {}
    treatment: Mapping[str, Term] = {}
    treatment_status: Mapping[str, Term] = {}
    comorbidity: Mapping[str, Term] = {}
    state: Mapping[str, Term] = {}
    choice: Mapping[str, Mapping[str, tuple[str, ...]]] = {}


class Count(Record):
    entries: int
    recommendations: int


class Counts(Record):
    """Entries made from the export, by hand, and those that others have replaced."""

    exported: Count
    by_hand: Count
    replaced: Count


class Meta(Record):
    """Where the whole came from. `exported` lists the ids of the entries that the export gave."""

    schema_number: int = Field(alias="schema")
    retrieved: date
    exported: tuple[int, ...]
    source: Mapping[str, str]
    sha256: Mapping[str, str]
    build: Mapping[str, str]
    unit_days: Mapping[Unit, int]
    counts: Counts


@dataclass(frozen=True)
class IcfLabel:
    """`name` is the official label, `plain` the plain-language alternative or empty."""

    name: str
    plain: str

    @property
    def shown(self) -> str:
        """What a physician reads: the plain term where there is one."""
        return self.plain or self.name


@dataclass(frozen=True)
class Resolved:
    """An asked code, the code that FMB knows it by, and that code's entry."""

    asked: str
    code: str
    entry: Entry

    @property
    def listed(self) -> Sequence[Recommendation]:
        return self.entry.listed(self.code)

    @property
    def largest_days(self) -> int | None:
        """The largest number that the export gives for the code."""
        return max((r.days for r in self.listed if r.days is not None), default=None)


@dataclass(frozen=True)
class Lost:
    """A code that `before`, a replaced entry, knew as `code`, and that no entry has any longer.

    `now` is the entry that has taken `before`'s place; None when none says so.
    """

    asked: str
    code: str
    before: Entry
    now: Entry | None


@dataclass(frozen=True, eq=False)
class Library:
    """All entries with labels and vocabulary; `replaced` are those that others have taken the place of, never matched."""

    entries: Sequence[Entry]
    replaced: Sequence[Entry]
    vocabulary: Vocabulary
    icd: Mapping[str, str]
    icf: Mapping[str, IcfLabel]
    meta: Meta

    @cached_property
    def codes(self) -> CodeIndex:
        """The codes that can be searched."""
        return CodeIndex(self.icd)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Name of each ICD-10-SE and ICF code."""
        return {**self.icd, **{code: label.name for code, label in self.icf.items()}}

    @cached_property
    def _by_code(self) -> Mapping[str, Entry]:
        return {code: entry for entry in self.entries for code in entry.icd10se}

    def entry_of(self, code: str) -> Entry:
        """The entry that has the code itself. KeyError if none has."""
        return self._by_code[code]

    def resolve(self, code: str) -> Resolved | None:
        """The entry for a code: the code itself, else characters dropped from its end down to three; nearest wins.

        An entry that says `not_for` a longer code is no answer to it, and FMB knows no code of KSH97-P.
        """
        plain = normalise(code)
        if of_primary_care(plain):
            return None
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

    def lost(self, code: str) -> Lost | None:
        """What became of a code that has no entry but had one before; None for one that has an entry or never had."""
        plain = normalise(code)
        if self.resolve(plain) or self.excepted_from(plain):
            return None
        for prefix in prefixes(plain):
            for before in self.replaced:
                if prefix in before.icd10se and not any(plain.startswith(excepted) for excepted in before.not_for):
                    now = next((entry for entry in self.entries if before.fmb in entry.source.replaces), None)
                    return Lost(code, prefix, before, now)
        return None

    def term(self, slot: str, key: str) -> Term:
        """The vocabulary's word for a key; KeyError if there is none."""
        found: Term = getattr(self.vocabulary, slot)[key]
        return found


def load_library(texts: Mapping[str, str | bytes]) -> Library:
    """The library from files by their path below `diagnoses/`. Raises BadDataFile with file, place and reason.

    Entries under `replaced/` are counted and tell which codes had an entry before; they are never matched.
    """
    plain = {name: as_text(name, content) for name, content in texts.items() if name.endswith((".toml", ".tsv"))}
    meta = parsed(Meta, "meta.toml", plain)
    vocabulary = parsed(Vocabulary, "vocabulary.toml", plain)
    icd = {row[0]: row[1] for row in rows("icd_labels.tsv", plain, 2)}
    icf = {row[0]: IcfLabel(row[1], row[2]) for row in rows("icf_labels.tsv", plain, 3)}
    present, replaced = read_entries(plain)
    library = Library(tuple(present.values()), replaced, vocabulary, icd, icf, meta)
    for name, entry in present.items():
        _check_entry(name, entry, library)
    _check_whole(present, replaced, meta)
    return library


def read_entries(texts: Mapping[str, str | bytes]) -> tuple[Mapping[str, Entry], Sequence[Entry]]:
    """The entries by path, and those under `replaced/`. Raises BadDataFile."""
    plain = {name: as_text(name, content) for name, content in sorted(texts.items()) if _is_entry(name)}
    present = {name: parsed(Entry, name, plain) for name in plain if not name.startswith("replaced/")}
    return present, tuple(parsed(Entry, name, plain) for name in plain if name.startswith("replaced/"))


def counted(entries: Iterable[Entry]) -> Count:
    """How many entries, and recommendations in them."""
    sizes = [len(entry.recommendation) for entry in entries]
    return Count(entries=len(sizes), recommendations=sum(sizes))


def _is_entry(name: str) -> bool:
    return "/" in name and name.endswith(".toml")


def _check_entry(name: str, entry: Entry, library: Library) -> None:
    """The file is named by its entry, and every code and key exists."""

    def bad(place: str, reason: str) -> BadDataFile:
        return BadDataFile(file=name, place=place, reason=reason)

    if not name.startswith(f"{entry.group}/{entry.fmb}-"):
        raise bad("fmb", f"lies not in {entry.group}/{entry.fmb}-….toml")
    for code in (*entry.icd10se, *entry.not_for):
        if code not in library.icd:
            raise bad("icd10se", f"{code} is not in icd_labels.tsv")
    for place, codes in (("impairment", entry.icf.impairment), ("limitation", entry.icf.limitation)):
        for code in (*codes.central, *codes.additional):
            if code not in library.icf:
                raise bad(f"icf.{place}", f"{code} is not in icf_labels.tsv")
    for at, recommendation in enumerate(entry.recommendation):
        for slot, key in recommendation.when.terms():
            if key not in getattr(library.vocabulary, slot):
                raise bad(f"recommendation.{at}.when.{slot}", f"{key} is not in vocabulary.toml")


def _check_whole(present: Mapping[str, Entry], replaced: Sequence[Entry], meta: Meta) -> None:
    """No id and no code stands in two entries, and the counts are those of meta.toml."""
    owner: dict[int | str, str] = {}
    for name, entry in present.items():
        marks: list[int | str] = [entry.fmb, *entry.icd10se, *(r.id for r in entry.recommendation)]
        for mark in marks:
            if owner.setdefault(mark, name) != name:
                raise BadDataFile(file=name, place=str(mark), reason=f"also stands in {owner[mark]}")
    if meta.schema_number != SCHEMA:
        raise BadDataFile(file="meta.toml", place="schema", reason=f"is not {SCHEMA}")
    if meta.unit_days != UNIT_DAYS:
        raise BadDataFile(file="meta.toml", place="unit_days", reason="counts days in another way than fmstod")
    found = {
        "exported": counted(e for e in present.values() if e.fmb in meta.exported),
        "by_hand": counted(e for e in present.values() if e.fmb not in meta.exported),
        "replaced": counted(replaced),
    }
    for name, count in found.items():
        said: Count = getattr(meta.counts, name)
        if said != count:
            reason = f"says {said.entries}/{said.recommendations}, found {count.entries}/{count.recommendations}"
            raise BadDataFile(file="meta.toml", place=f"counts.{name}", reason=reason)
