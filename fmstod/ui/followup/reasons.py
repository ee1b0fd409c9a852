"""Why a case is due, in words."""

from collections.abc import Callable
from datetime import date

from fmstod.domain.due import Due, Reason, Why
from fmstod.texts import text as say


def main_words(each: Due, today: date, day: Callable[[date], str]) -> str:
    """The most pressing reason, below its heading."""
    return _said("what", each.main, today, day)


def all_words(each: Due, today: date, day: Callable[[date], str]) -> tuple[str, ...]:
    """Every reason where nothing else tells it, the most pressing first."""
    return tuple(_said("all", reason, today, day) for reason in each.reasons)


def _said(where: str, reason: Reason, today: date, day: Callable[[date], str]) -> str:
    key: str = reason.why
    if reason.why is Why.ENDS and reason.day < today:
        key = "ended"
    elif reason.why is Why.MILESTONE and reason.chosen:
        key = "milestone_set" if reason.day >= today else "milestone_late"
    missing = ", ".join(say(f"due.missing.{each}") for each in reason.missing)
    return say(f"due.{where}.{key}", day=day(reason.day), number=reason.law_day, missing=missing)
