"""How a machine reads the text beside the export's number: kind, time, lower bound, extent. The patterns are data."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal

from fmstod.domain.record import Record
from fmstod.knowledge.entry import UNIT_DAYS, Extent, Kind, Unit
from fmstod.knowledge.notes import Note


class Pattern(Record):
    """A text that `text` matches is of this kind; `{n}` and `{unit}` stand for a number and a unit."""

    kind: Kind
    text: str
    note: Note | None = None


class ExtentPatterns(Record):
    full: str
    part: str
    consider: str
    first: str


class Patterns(Record):
    """`resources/fmb/reading.toml`."""

    open: tuple[Pattern, ...]
    timed: tuple[Pattern, ...]
    heading: str
    none: str
    own_report_week: str
    up_to: str
    numbers: Mapping[str, int]
    units: Mapping[Literal["day", "week", "month", "year"], str]
    extent: ExtentPatterns

    @cached_property
    def _number(self) -> str:
        return "(?:" + "|".join((r"\d+", *self.numbers)) + ")"

    @cached_property
    def _unit(self) -> str:
        return "(?:" + "|".join(f"(?:{words})" for words in self.units.values()) + r")\b"

    @cached_property
    def _amount(self) -> re.Pattern[str]:
        return re.compile(rf"\b({self._number})\b(?: ({self._unit}))?")

    def kind_of(self, text: str, patterns: Sequence[Pattern], otherwise: Kind) -> tuple[Kind, Note | None, str]:
        """The kind of a text, the note that goes with it, and the part that told."""
        for pattern in patterns:
            wanted = pattern.text.replace("{n}", self._number).replace("{unit}", self._unit)
            if found := re.search(wanted, text):
                return pattern.kind, pattern.note, found[0]
        return otherwise, None, text

    def amounts(self, text: str) -> Sequence[tuple[int, Unit]]:
        """Numbers with their units; one without takes the unit of the next that has one. A year is twelve months."""
        made: list[tuple[int, Unit]] = []
        waiting: list[int] = []
        for number, word in self._amount.findall(text):
            waiting.append(int(number) if number.isdigit() else self.numbers[number])
            if word:
                name = next(name for name, words in self.units.items() if re.fullmatch(words, word))
                unit, times = (Unit.MONTH, 12) if name == "year" else (Unit(name), 1)
                made += [(n * times, unit) for n in waiting]
                waiting.clear()
        return made


class Read(Record):
    """What the machine made of one record; the fields are those of a recommendation."""

    kind: Kind
    time: int | None = None
    unit: Unit | None = None
    min_time: int | None = None
    extent: tuple[Extent, ...] = ()
    prefer: Extent | None = None
    note: tuple[Note, ...] = ()


def read(patterns: Patterns, number: tuple[int, Unit] | None, text: str, sentence: str, part_coded: bool) -> Read:
    """The machine's reading of an export's number with its text and sentence.

    Raises ValueError when the text says nothing that fits the number: then a person must have read it.
    """
    text, sentence = _plain(text), _plain(sentence)
    if number == (0, Unit.DAY):
        if patterns.none not in text and patterns.none not in sentence:
            raise ValueError("0 days, but the text doesn't say that none is recommended")
        own = patterns.own_report_week in f"{text} {sentence}"
        return Read(kind=Kind.NONE, note=(Note.OWN_REPORT_WEEK,) if own else ())
    extent, prefer = _extent(patterns.extent, sentence, part_coded)
    if number is None:
        kind, _, _ = patterns.kind_of(text, patterns.open, Kind.UNSPECIFIED)
        return Read(kind=kind, extent=extent, prefer=prefer)
    kind, note, told = patterns.kind_of(text, patterns.timed, Kind.AT_MOST)
    amounts = patterns.amounts(told if kind is Kind.RANGE else text[max(text.find(patterns.up_to), 0) :])
    if not amounts:
        raise ValueError("the text has no number to compare with")
    lower, upper = (amounts[0], amounts[-1]) if kind is Kind.RANGE else (None, amounts[0])
    apart = not any(_same(number, amount) for amount in (lower or upper, upper))
    if lower and lower[1] is not upper[1]:
        lower, upper = _in_days(lower), _in_days(upper)
    return Read(
        kind=kind,
        time=upper[0],
        unit=upper[1],
        min_time=lower[0] if lower else None,
        extent=extent,
        prefer=prefer,
        note=((note,) if note else ()) + ((Note.NUMBER_CONTRADICTS_TEXT,) if apart else ()),
    )


def contradicts(extent: Sequence[Extent], part_coded: bool) -> bool:
    """Whether the coded greatest extent is wrong: the text allows less, or more."""
    return bool(extent) and part_coded == (Extent.FULL in extent)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _in_days(amount: tuple[int, Unit]) -> tuple[int, Unit]:
    return amount[0] * UNIT_DAYS[amount[1]], Unit.DAY


def _same(one: tuple[int, Unit], other: tuple[int, Unit]) -> bool:
    """Equal, or a number of days that someone wrote as months of thirty."""
    if _in_days(one) == _in_days(other):
        return True
    days, months = sorted((one, other), key=lambda amount: amount[1] is Unit.MONTH)
    return days[1] is Unit.DAY and months[1] is Unit.MONTH and days[0] == months[0] * 30


def _extent(patterns: ExtentPatterns, sentence: str, part_coded: bool) -> tuple[tuple[Extent, ...], Extent | None]:
    full, part = re.search(patterns.full, sentence), re.search(patterns.part, sentence)
    if part and re.search(patterns.first, sentence):
        return (Extent.PART, Extent.FULL), Extent.PART
    if full and part:
        return (Extent.FULL, Extent.PART) if full.start() <= part.start() else (Extent.PART, Extent.FULL), None
    if part:
        # Only to be weighed: then full-time is what it is weighed against.
        both = re.search(patterns.consider, sentence) and not part_coded
        return (Extent.FULL, Extent.PART) if both else (Extent.PART,), None
    return (Extent.FULL,) if full else (), None
