"""Days and lengths as the screen writes them."""

from datetime import date, timedelta

from fmstod.texts import text as say


def months() -> list[str]:
    """Short names, January first."""
    return say("date.months").split()


def short_day(day: date) -> str:
    """`23 nov`."""
    return f"{day.day} {months()[day.month - 1]}"


def weekday(day: date) -> str:
    """`mån`."""
    return say("date.weekdays").split()[day.weekday()]


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
