"""Which records of the export people have read: `resources/fmb/fingerprints.tsv`, made by tools/fmb_fingerprints.py."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Numbers:
    """The numbers under which the records of a new export were read, by their own; what wasn't read is missing."""

    entry: Mapping[str, str]
    recommendation: Mapping[str, str]


@dataclass(frozen=True)
class ReadRecords:
    """Content of each record that was read, by its number then; `entry_of` gives a recommendation's entry."""

    entry: Mapping[str, str]
    recommendation: Mapping[str, str]
    entry_of: Mapping[str, str]

    def numbers(self, entries: Mapping[str, str], recommendations: Mapping[str, str]) -> Numbers:
        """What the records were called when they were read; the arguments give the content of each by number."""
        return Numbers(_recognised(self.entry, entries), _recognised(self.recommendation, recommendations))

    def is_whole(self, entry: str, recommendations: Iterable[str]) -> bool:
        """Whether these are the very recommendations that the entry had when it was read."""
        return set(recommendations) == {one for one, of in self.entry_of.items() if of == entry}


def read_records(rows: Iterable[Sequence[str]]) -> ReadRecords:
    """From rows of kind and number, content, and the number of the entry."""
    found: dict[str, dict[str, str]] = {"entry": {}, "recommendation": {}}
    entry_of: dict[str, str] = {}
    for name, content, entry in rows:
        kind, _, number = name.partition(".")
        found[kind][number] = content
        if kind == "recommendation":
            entry_of[number] = entry
    return ReadRecords(found["entry"], found["recommendation"], entry_of)


def _recognised(read: Mapping[str, str], new: Mapping[str, str]) -> Mapping[str, str]:
    """The same number with the same content first; then the same content under another number, each once."""
    found = {number: number for number, content in new.items() if read.get(number) == content}
    waiting: dict[str, list[str]] = {}
    for number, content in read.items():
        if number not in found:
            waiting.setdefault(content, []).append(number)
    for number, content in new.items():
        if number not in found and waiting.get(content):
            found[number] = waiting[content].pop(0)
    return found
