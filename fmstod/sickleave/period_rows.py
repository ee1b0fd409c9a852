"""The rows of question 32 while they are typed: a row follows the one before it, and keeps its length."""

from collections.abc import Sequence
from datetime import date, timedelta

from fmstod.domain.answers import PeriodRow
from fmstod.domain.period import LATEST, iso_day, last_day


def length(row: PeriodRow) -> int | None:
    """Its days, both ends counted; None while an end is missing or lies before the beginning."""
    first, last = iso_day(row.first), iso_day(row.last)
    return (last - first).days + 1 if first and last and first <= last else None


def beginning(row: PeriodRow, day: str, days: int | None) -> PeriodRow:
    """With another first day: it keeps its length, or takes the one that waits for a first day."""
    first, keeps = iso_day(day), length(row) or days
    return row.changed(first=day, last=_end(first, keeps) if first and keeps else row.last)


def lasting(row: PeriodRow, days: int | None) -> PeriodRow:
    """With another length. One that can't be read leaves no end: the old one would be signed as if it were meant."""
    first = iso_day(row.first)
    if days and first:
        return row.changed(last=_end(first, days))
    return row if days else row.changed(last="")


def following(rows: Sequence[PeriodRow]) -> PeriodRow:
    """A new row, from the day after the last one ends."""
    last = iso_day(rows[-1].last) if rows else None
    return PeriodRow(first=(last + timedelta(1)).isoformat()) if last and last < LATEST else PeriodRow()


def moved(before: str, now: str, rows: Sequence[PeriodRow]) -> list[PeriodRow]:
    """The rows after one whose last day was `before` and is `now`.

    Those that began the day after keep their lengths and begin after the new end; the first that didn't, stays.
    """
    made: list[PeriodRow] = []
    for n, row in enumerate(rows):
        old, new = iso_day(before), iso_day(now)
        if not old or not new or max(old, new) >= LATEST or iso_day(row.first) != old + timedelta(1):
            return [*made, *rows[n:]]
        made.append(beginning(row, (new + timedelta(1)).isoformat(), None))
        before, now = row.last, made[-1].last
    return made


def _end(first: date, days: int) -> str:
    """The last day as typed; empty beyond the calendar."""
    try:
        return last_day(first, days).isoformat()
    except OverflowError:
        return ""
