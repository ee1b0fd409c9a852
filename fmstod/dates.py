"""Days as Swedish writes them, on screen and on paper."""

from datetime import date

from fmstod.texts import text


def months() -> list[str]:
    """Short names, January first."""
    return text("date.months").split()


def month(day: date) -> str:
    """`nov`."""
    return months()[day.month - 1]


def weekday(day: date) -> str:
    """`mån`."""
    return text("date.weekdays").split()[day.weekday()]


def short_day(day: date) -> str:
    """`23 nov`."""
    return f"{day.day} {month(day)}"


def day_month(day: date) -> str:
    """`23 november`."""
    return f"{day.day} {text('date.full_months').split()[day.month - 1]}"
