"""Swedish public holidays (lag 1989:253 om allmänna helgdagar), and the three eves on which a clinic is closed too."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_SATURDAY = 5
# By month and day. The national day is one since 2005 (SFS 2004:1320).
_FIXED: Mapping[tuple[int, int], str] = {
    (1, 1): "new_year",
    (1, 6): "epiphany",
    (5, 1): "first_of_may",
    (6, 6): "national_day",
    (12, 24): "christmas_eve",
    (12, 25): "christmas",
    (12, 26): "second_christmas",
    (12, 31): "new_years_eve",
}
# By days from Easter Sunday.
_OF_EASTER: Mapping[int, str] = {
    -2: "good_friday",
    0: "easter",
    1: "easter_monday",
    39: "ascension",
    49: "pentecost",
}
# The Saturday on or after that month and day; midsummer has its eve.
_SATURDAYS: Mapping[tuple[int, int], str] = {(6, 20): "midsummer", (10, 31): "all_saints"}
_EVE = "midsummer_eve"


def holiday(day: date) -> str | None:
    """Which holiday it is, a key whose name is the text `holiday.<key>`; None for a day without, also a plain Sunday."""
    return _holidays(day.year).get(day)


def is_workday(day: date) -> bool:
    """Whether a clinic is open: neither Saturday nor Sunday, and no holiday."""
    return day.weekday() < _SATURDAY and holiday(day) is None


def workday_before(day: date) -> date:
    """The day itself or the last one before it on which a clinic is open."""
    while not is_workday(day) and day > date.min:
        day -= _DAY
    return day


def workday_after(day: date) -> date:
    """The day itself or the first one after it on which a clinic is open."""
    while not is_workday(day) and day < date.max:
        day += _DAY
    return day


@cache
def _holidays(year: int) -> Mapping[date, str]:
    sunday = easter(year)
    found = {sunday + days * _DAY: name for days, name in _OF_EASTER.items()}
    for (month, first), name in _SATURDAYS.items():
        saturday = date(year, month, first)
        saturday += (_SATURDAY - saturday.weekday()) % 7 * _DAY
        found[saturday] = name
        if name == "midsummer":
            found[saturday - _DAY] = _EVE
    return found | {date(year, *place): name for place, name in _FIXED.items()}


def easter(year: int) -> date:
    """Easter Sunday: the first Sunday after the Paschal full moon, by Butcher's rule (Meeus, Astronomical Algorithms, 8)."""
    century, of_century = divmod(year, 100)
    golden, leaps = year % 19, century // 4
    corrected = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - corrected + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    return date(year, 3, 22) + timedelta(days=moon + sunday - 7 * late)
