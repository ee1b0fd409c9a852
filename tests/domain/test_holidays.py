"""The days on which a clinic is closed, against the calendar as it was printed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.holidays import easter, holiday, is_workday, workday_after, workday_before
from fmstod.texts import text

# Easter Sunday of twenty years, from printed almanacs; the earliest and the latest that there can be are among them.
# fmt: off
EASTERS = (
    "1818-03-22", "1886-04-25", "1943-04-25", "1954-04-18", "1961-04-02", "1981-04-19", "2000-04-23",
    "2005-03-27", "2008-03-23", "2011-04-24", "2016-03-27", "2019-04-21", "2020-04-12", "2021-04-04",
    "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2038-04-25",
)
# fmt: on
# The Swedish almanac of 2026, lag (1989:253) 1 §, and the three eves.
ALMANAC = {
    "2026-01-01": "nyårsdagen",
    "2026-01-06": "trettondedag jul",
    "2026-04-03": "långfredagen",
    "2026-04-05": "påskdagen",
    "2026-04-06": "annandag påsk",
    "2026-05-01": "första maj",
    "2026-05-14": "Kristi himmelsfärdsdag",
    "2026-05-24": "pingstdagen",
    "2026-06-06": "nationaldagen",
    "2026-06-19": "midsommarafton",
    "2026-06-20": "midsommardagen",
    "2026-10-31": "alla helgons dag",
    "2026-12-24": "julafton",
    "2026-12-25": "juldagen",
    "2026-12-26": "annandag jul",
    "2026-12-31": "nyårsafton",
}
DAY = timedelta(1)
YEAR = [date(2026, 1, 1) + n * DAY for n in range(365)]
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("day", EASTERS)
def test_easter_is_when_it_was(day):
    assert easter(int(day[:4])) == date.fromisoformat(day)


def test_the_holidays_of_a_year_are_those_of_the_almanac():
    assert {f"{day}": text(f"holiday.{key}") for day in YEAR if (key := holiday(day))} == ALMANAC


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2027, 6, 25), "midsummer_eve"),
        (date(2027, 6, 26), "midsummer"),
        (date(2027, 11, 6), "all_saints"),
        (date(2027, 10, 31), None),  # a plain Sunday
        (date(2027, 5, 17), None),  # Whit Monday hasn't been one since 2005
    ],
)
def test_what_moves_lies_where_the_law_puts_it(day, key):
    assert holiday(day) == key


def test_2026_has_so_many_workdays():
    """As the payroll calendars of 2026 say; ten of the days above lie from Monday to Friday."""
    assert sum(map(is_workday, YEAR)) == 251


@given(days)
def test_the_workday_before_or_after_is_the_nearest_and_at_most_five_days_away(day):
    before, after = workday_before(day), workday_after(day)
    assert before <= day <= after
    assert is_workday(before)
    assert is_workday(after)
    assert not any(is_workday(before + n * DAY) for n in range(1, (after - before).days))
    assert (after - before).days <= 6


def test_the_ends_of_the_calendar_are_days_too():
    assert workday_after(date.max) <= date.max
    assert workday_before(date.min) >= date.min
