"""Ordinary working hours a week, and what is left of them at each degree. Helps to talk about hours; never stored."""

import re
from collections.abc import Mapping
from decimal import Decimal

from fmstod.domain.period import DEGREES, Degree
from fmstod.domain.problem import Problem

HOURS_OF_A_WEEK = 168


def read_hours(text: str) -> Decimal | Problem | None:
    """`40`, `38,25` or `38.25` hours a week; None while it is no number, U-5 when no week is so long."""
    typed = text.strip().replace(",", ".")
    if not re.fullmatch(r"\d{1,4}(\.\d{1,2})?", typed, re.ASCII):
        return None
    hours = Decimal(typed)
    return Problem("U-5", "hours", values={"most": HOURS_OF_A_WEEK}) if hours > HOURS_OF_A_WEEK else hours


def hours_left(hours: Decimal) -> Mapping[Degree, Decimal]:
    """The hours a week that remain to work at each degree of sick leave."""
    return {degree: hours * (100 - degree) / 100 for degree in DEGREES}
