"""What the importer knows beside the exports: terms, patterns, readings by people, and names of codes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fmstod.domain.record import Record
from fmstod.knowledge.data_text import as_text, parsed, rows
from fmstod.knowledge.entry import Extent, Kind, Unit
from fmstod.knowledge.exports.read_records import ReadRecords, read_records
from fmstod.knowledge.exports.reading import Patterns
from fmstod.knowledge.exports.terms import Terms
from fmstod.knowledge.notes import Note


class EntryReading(Record):
    """What a person knows of an entry that its record doesn't say."""

    note: tuple[Note, ...] = ()
    not_for: tuple[str, ...] = ()


class RecommendationReading(Record):
    """A person's reading of one record: each key replaces the machine's; an empty slot in `when` removes it."""

    holds_for: tuple[str, ...] = ()
    kind: Kind | None = None
    time: int | None = None
    unit: Unit | None = None
    min_time: int | None = None
    extent: tuple[Extent, ...] | None = None
    adds_to: int | None = None
    when: Mapping[str, Any] = {}
    note: tuple[Note, ...] = ()


class Readings(Record):
    """`resources/fmb/readings.toml`, by id as text."""

    entry: Mapping[str, EntryReading] = {}
    recommendation: Mapping[str, RecommendationReading] = {}


class Checked(Record):
    """Who has compared the readings of which `groups` with the source, and when."""

    on: date
    by: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class Aids:
    """What the importer knows beside the exports. `icd_names` and `icf_names` (name or empty, plain term) correct labels.

    `readings` and `checked` hold only for records with the content of `read`, whatever their number is now.
    """

    terms: Terms
    patterns: Patterns
    readings: Readings
    icd_names: Mapping[str, str]
    icf_names: Mapping[str, tuple[str, str]]
    retrieved: Mapping[str, date]
    checked: Checked
    read: ReadRecords


class _Known(Record):
    """`resources/fmb/exports.toml`: the day on which an export with this SHA-256 was fetched, and what was checked."""

    retrieved: Mapping[str, date]
    checked: Checked


def load_aids(texts: Mapping[str, str | bytes]) -> Aids:
    """The aids from the files of `resources/fmb`, by name. Raises BadDataFile."""
    plain = {name: as_text(name, content) for name, content in texts.items()}
    icf = {row[0]: (row[1], row[2]) for row in rows("icf_names.tsv", plain, 3)}
    exports = parsed(_Known, "exports.toml", plain)
    return Aids(
        terms=parsed(Terms, "terms.toml", plain),
        patterns=parsed(Patterns, "reading.toml", plain),
        readings=parsed(Readings, "readings.toml", plain),
        icd_names={row[0]: row[1] for row in rows("icd_names.tsv", plain, 2)},
        icf_names=icf,
        retrieved=exports.retrieved,
        checked=exports.checked,
        read=read_records(rows("fingerprints.tsv", plain, 3)),
    )
