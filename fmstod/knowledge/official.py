"""Socialstyrelsen's own texts, when the clinic has imported the export that holds them. They are never shipped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter, ValidationError

from fmstod.domain.words import Phrases
from fmstod.errors import BadDataFile
from fmstod.knowledge.faults import first_fault

# The parts of an entry in the order in which they are shown; each has its heading in the texts.
PARTS = ("insurance", "recommendations", "symptoms", "impairment", "limitation", "rehabilitation")


@dataclass(frozen=True)
class Section:
    """One heading of the source with its paragraphs, plain text without mark-up."""

    heading: str
    paragraphs: Sequence[str]


@dataclass(frozen=True)
class Official:
    """What the source itself writes in an entry, and the day on which the export was fetched."""

    sections: Sequence[Section]
    retrieved: date


OfficialTexts = Mapping[int, Official]  # by the entry's `fmb`


def load_official(name: str, content: bytes, retrieved: date, phrases: Phrases) -> OfficialTexts:
    """The texts from the file that an import has made (`official_import.written`). Raises BadDataFile."""
    try:
        table = _Table.validate_json(content)
    except ValidationError as wrong:
        fault = first_fault(wrong)
        raise BadDataFile(file=name, place=fault.place, reason=fault.reason) from None
    return {
        entry: Official([Section(phrases[f"official.{p}"], parts[p]) for p in PARTS if p in parts], retrieved)
        for entry, parts in table.items()
    }


_Table = TypeAdapter(dict[int, dict[str, list[str]]])
