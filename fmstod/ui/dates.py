"""Days and lengths as the screen writes them."""

from datetime import date, timedelta

from fmstod.dates import weekday
from fmstod.texts import text as say


def long_day(day: date) -> str:
    """`mån 2026-11-23`."""
    return f"{weekday(day)} {day.isoformat()}"


def days_of(number: int) -> str:
    """`1 dag`, `10 dagar`."""
    return say("timeline.one_day") if number == 1 else say("timeline.days", days=number)


def span(days: int) -> str:
    """28 -> "4 veckor", 10 -> "10 dagar"."""
    weeks, rest = divmod(days, 7)
    if rest or not weeks:
        return days_of(days)
    return say("timeline.one_week") if weeks == 1 else say("timeline.weeks", weeks=weeks)


def month_starts(first: date, last: date) -> list[date]:
    """The first days of months after `first` and up to `last`."""
    found: list[date] = []
    day = first.replace(day=1)
    while (day := (day + timedelta(days=32)).replace(day=1)) <= last:
        found.append(day)
    return found


def length_words(days: int) -> str:
    """28 -> `4v`, 10 -> `10d`: as a length is typed."""
    weeks, rest = divmod(days, 7)
    return f"{days}d" if rest or not weeks else f"{weeks}v"
