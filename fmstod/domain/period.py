"""Sick-leave periods, typed days and lengths. Dates have no time zone; both ends of a period count."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

from fmstod.domain.record import Record

Degree = Literal[25, 50, 75, 100]
DEGREES: tuple[Degree, ...] = (100, 75, 50, 25)
WEEK, MONTH = 7, 31  # days; a month as FMB and Webcert count it, fmb.md section 4
UNIT_DAYS = {"d": 1, "v": WEEK, "m": MONTH}
EARLIEST, LATEST = date(1900, 1, 2), date(2099, 12, 11)  # bounds of every date in a form, both allowed (MU-3, SL-5)
# How many days back the year begins in which a day is meant that is typed without one. A month on the far side, so that
# a slip is seen as what it is (an examination next week, a follow-up last week) and isn't a year wrong.
COMING, NEAREST, PAST = MONTH, 182, 365 - MONTH


class Period(Record):
    """A stretch of days with one degree of lost work capacity; both ends count, last is never before first."""

    degree: Degree
    first: date
    last: date

    def model_post_init(self, _context: object) -> None:
        if self.last < self.first:
            raise ValueError("a period ends before it begins")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class DayCounts(Record):
    """Days of one sick-leave case. `earlier` is None while nobody has said whether there was earlier sick leave.

    `periods` are the planned ones and `since` the first earlier day, as far as known: they tell what lies after an event.
    `known` are periods of other certificates of the case; the days that only they cover are among the earlier ones.
    `at_least` means that there may be more earlier days than those.
    """

    planned: int
    earlier: int | None
    periods: tuple[Period, ...] = ()
    since: date | None = None
    known: tuple[Period, ...] = ()
    at_least: bool = False

    @property
    def total(self) -> int | None:
        return None if self.earlier is None else self.planned + self.earlier

    @property
    def may_be_more(self) -> bool:
        """Whether the total isn't known, or is only what there is for certain."""
        return self.earlier is None or self.at_least

    def from_day(self, day: date) -> tuple[int, int | None]:
        """How many of the days lie on `day` or later: at least and at most so many.

        Earlier ones that no period covers lie before all periods, between the first day and theirs, nobody knows where.
        None where the planned days aren't known either.
        """
        if not self.periods:
            return 0, self.total
        placed, first = covered_days(_on_or_after(self._placed, day)), min(p.first for p in self._placed)
        since = self.since if self.since and self.since < first else None
        room = max((first - max(day, since or day)).days, 0)
        if self.earlier is None:
            return placed, placed + room
        rest = max(self.earlier + covered_days(self.periods) - covered_days(self._placed), 0)
        most = min(rest, room)
        before = (day - since).days if since else rest
        return placed + min(max(rest - max(before, 0), 0), most), placed + (room if self.at_least else most)

    def reached(self, day: date, days: int) -> date | None:
        """The last of `days` days of sick leave that are counted from `day` on; None where that isn't known.

        Days in gaps aren't counted; after the last known day they run on.
        """
        least, most = self.from_day(day)
        left = days - (least - covered_days(_on_or_after(self._placed, day)))
        if not self.periods or least != most or left < 1:
            return None
        return day_reached(_on_or_after(self._placed, day), left, max(day, min(p.first for p in self._placed)))

    @property
    def _placed(self) -> tuple[Period, ...]:
        return self.periods + self.known


def _on_or_after(periods: Iterable[Period], day: date) -> tuple[Period, ...]:
    """What of them lies on the day or later."""
    return tuple(p.changed(first=max(p.first, day)) for p in periods if p.last >= day)


def covered_days(periods: Iterable[Period]) -> int:
    """Days that at least one period covers; a day in two periods counts once, gaps do not count."""
    total, reached = 0, date.min
    for period in sorted(periods, key=lambda p: (p.first, p.last)):
        first = max(period.first, reached + timedelta(days=1)) if reached != date.min else period.first
        if period.last >= first:
            total += (period.last - first).days + 1
            reached = period.last
    return total


def day_reached(periods: Iterable[Period], days: int, start: date) -> date:
    """The day on which `days` are covered, days in gaps not counted; before `start` and after the last they run on."""
    left, reached = days, start - timedelta(days=1)
    for period in sorted(periods, key=lambda p: (p.first, p.last)):
        first = max(period.first, reached + timedelta(days=1))
        more = (period.last - first).days + 1
        if left <= more:
            return first + timedelta(days=left - 1)
        left, reached = left - max(more, 0), max(period.last, reached)
    return reached + timedelta(days=left)


def read_length(text: str) -> int | None:
    """`14d`, `4v`, `2m` (62) or the letter first, any case, up to three digits -> days; None if it is no length."""
    found = re.fullmatch(r"\s*(?:(\d{1,3})\s*([dvm])|([dvm])\s*(\d{1,3}))\s*", text.lower(), re.ASCII)
    if not found:
        return None
    number, unit = found[1] or found[4], found[2] or found[3]
    return int(number) * UNIT_DAYS[unit] or None


def last_day(first: date, days: int) -> date:
    """The last of `days` days that begin with `first`. Raises OverflowError beyond the calendar."""
    return first + timedelta(days=days - 1)


def read_day(text: str, today: date, since: date | None = None) -> date | None:
    """`2026-12-01`, `20261201`, `261201`, `1/12`, `idag`, `imorgon`, `igår`, `+3v`.

    Returns None when the text is no real day. `today` gives the relative words their meaning. A day without its year is
    the first such day from `since` on, within a year; without `since` it is the one nearest to `today`.
    """
    said = text.strip().lower()
    words = {"idag": 0, "i dag": 0, "imorgon": 1, "i morgon": 1, "igår": -1, "i går": -1}
    if said in words:
        return today + timedelta(days=words[said])
    if said[:1] in "+-" and (ahead := read_length(said[1:])):
        return today + timedelta(days=ahead if said[0] == "+" else -ahead)
    if found := re.fullmatch(r"(\d{4})-?(\d{2})-?(\d{2})|(\d{2})(\d{2})(\d{2})", said, re.ASCII):
        year, month, day = found.group(1, 2, 3) if found[1] else (f"20{found[4]}", found[5], found[6])
        return _real(int(year), int(month), int(day))
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})", said, re.ASCII):
        return _within_a_year(int(found[2]), int(found[1]), since or today - timedelta(days=NEAREST))
    return None


def _within_a_year(month: int, day: int, since: date) -> date | None:
    """The first such day from `since` on; the 29th of February isn't in every year."""
    years = (_real(year, month, day) for year in (since.year, since.year + 1))
    return next((found for found in years if found and found >= since), None)


def iso_day(text: str) -> date | None:
    """A real day written `yyyy-mm-dd`, else None."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return None
    return _real(int(text[:4]), int(text[5:7]), int(text[8:]))


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
