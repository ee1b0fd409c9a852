"""What differs between two editions of FMB, and whether a new export may take the place of the one in use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from fmstod.errors import BadImport
from fmstod.knowledge.entry import Entry, Recommendation
from fmstod.knowledge.exports.import_fmb import Imported
from fmstod.knowledge.exports.pairing import Pair, paired_entries, paired_recommendations
from fmstod.knowledge.library import Library, counted

LEAST = 80  # per cent of the entries and recommendations that a new export has to have


@dataclass(frozen=True)
class Choices:
    """What a person decides of an import: the day on which the files were fetched, the numbers of entries made by hand
    that the files' are to take the place of, and whether files older than what is in use are wanted.
    """

    retrieved: date | None = None
    instead_of: frozenset[int] = frozenset()
    older: bool = False


@dataclass(frozen=True)
class EntryChange:
    """One entry before and after. One of the two is None when it is new or gone."""

    old: Entry | None
    new: Entry | None

    @property
    def entry(self) -> Entry:
        """As it is now, or was last."""
        found = self.new or self.old
        assert found is not None  # noqa: S101 - a pair has one of the two
        return found

    @property
    def renumbered(self) -> bool:
        return bool(self.old and self.new and self.old.fmb != self.new.fmb)

    @property
    def retitled(self) -> bool:
        return bool(self.old and self.new and self.old.title != self.new.title)

    @property
    def to_read(self) -> bool:
        """Nobody has compared what it says now with the source, and that is news."""
        if self.new is None or not _is_unread(self.new):
            return False
        return self.old is None or not _is_unread(self.old) or self.old.content != self.new.content

    @cached_property
    def recommendations(self) -> Sequence[Pair[Recommendation]]:
        """Those that say something else, are new or gone."""
        if self.old is None or self.new is None:
            return ()
        old, new = self.old, self.new
        pairs = paired_recommendations(old, new)
        return [p for p in pairs if not (p.old and p.new and old.facts_of(p.old) == new.facts_of(p.new))]

    @cached_property
    def codes(self) -> tuple[Sequence[str], Sequence[str]]:
        """Codes that came and codes that went."""
        return _came_and_went(self.old.icd10se, self.new.icd10se) if self.old and self.new else ((), ())

    @cached_property
    def icf(self) -> tuple[Sequence[str], Sequence[str]]:
        """ICF codes that came and that went, whatever part they stood in."""
        return _came_and_went(self.old.icf.codes, self.new.icf.codes) if self.old and self.new else ((), ())


@dataclass(frozen=True)
class Changes:
    """All entries of two editions, paired; `before` and `after` are the libraries."""

    before: Library
    after: Library
    entries: Sequence[EntryChange]

    @cached_property
    def lost_codes(self) -> Sequence[tuple[Entry, Sequence[str]]]:
        """Entries with those of their codes that are in no entry any more."""
        now = {code for entry in self.after.entries for code in entry.icd10se}
        lost = [(entry, [code for code in entry.icd10se if code not in now]) for entry in self.before.entries]
        return [(entry, codes) for entry, codes in lost if codes]

    @property
    def none(self) -> bool:
        """Whether the two editions say the same, whatever the numbers."""
        return {e.content for e in self.before.entries} == {e.content for e in self.after.entries}


def compare(before: Library, after: Library) -> Changes:
    """The new entries in their order, then those that are gone."""
    pairs = paired_entries(before.entries, after.entries)
    return Changes(before, after, tuple(EntryChange(pair.old, pair.new) for pair in pairs))


def refuse_unfit(made: Imported, in_use: Library, choices: Choices) -> None:
    """Raises BadImport for an export with far fewer records than the one in use, and for an older one that isn't wanted."""
    files, before = made.exports.files, in_use.meta.counts.exported
    aside = counted(e for conflict in made.conflicts if not conflict.replaced for e in conflict.exported)
    counts = (
        (before.entries, made.entries + aside.entries),
        (before.recommendations, made.recommendations + aside.recommendations),
    )
    for file, (was, found) in zip(files, counts, strict=True):
        if found * 100 < was * LEAST:
            raise BadImport(file=file, record="", field="", reason="fewer", detail=f"{found} / {was}")
    if choices.retrieved and choices.retrieved < made.exports.newest:
        raise BadImport(file=files[0], record="", field="", reason="too_early", detail=f"{made.exports.newest}")
    newest = max((latest(e) for e in in_use.entries if e.fmb in in_use.meta.exported), default=date.min)
    if not choices.older and (made.exports.newest < newest or (made.dated and made.retrieved < in_use.meta.retrieved)):
        raise BadImport(file=files[0], record="", field="", reason="older", detail=in_use.meta.retrieved.isoformat())


def latest(entry: Entry) -> date:
    """The latest change that the entry or one of its recommendations tells of."""
    return max(entry.source.dated, *(r.dated for r in entry.recommendation))


def _is_unread(entry: Entry) -> bool:
    return entry.source.checked is None and entry.source.rechecked is None


def _came_and_went(old: Sequence[str], new: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    return tuple(sorted(set(new) - set(old))), tuple(sorted(set(old) - set(new)))
