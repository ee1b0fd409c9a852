"""Socialstyrelsen's own texts, when the clinic has imported the export that holds them. They are never shipped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date


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
