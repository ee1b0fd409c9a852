"""Periods and typed days against a slow oracle that counts days one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from fmstod.domain.answers import PeriodRow
from fmstod.domain.consultation import Consultation, Earlier
from fmstod.domain.period import (
    COMING,
    DEGREES,
    NEAREST,
    PAST,
    DayCounts,
    Period,
    covered_days,
    day_reached,
    iso_day,
    last_day,
    read_day,
    read_length,
)

TODAY = date(2026, 11, 23)  # a Monday

days = st.dates(date(2026, 1, 1), date(2026, 4, 30))


@st.composite
def periods(draw):
    first, last = sorted((draw(days), draw(days)))
    return Period(degree=draw(st.sampled_from(DEGREES)), first=first, last=last)


def each_day(period):
    day, found = period.first, set()
    while day <= period.last:
        found.add(day)
        day += timedelta(days=1)
    return found


@given(periods())
def test_both_ends_of_a_period_count(period):
    assert period.days == len(each_day(period))


@given(st.lists(periods(), max_size=8))
def test_covered_days_are_the_days_that_a_slow_count_finds(several):
    assert covered_days(several) == len(set().union(*map(each_day, several)))


@given(st.lists(periods(), max_size=8), st.integers(1, 200))
def test_a_number_of_days_is_reached_where_a_slow_count_reaches_it(several, number):
    start = min((p.first for p in several), default=TODAY)
    covered = sorted(set().union(*map(each_day, several)))
    while len(covered) < number:
        covered.append(covered[-1] + timedelta(days=1) if covered else start)
    assert day_reached(several, number, start) == covered[number - 1]


def test_one_day_is_a_period_and_none_is_not():
    assert Period(degree=50, first=TODAY, last=TODAY).days == 1
    with pytest.raises(ValueError, match="ends before"):
        Period(degree=50, first=TODAY, last=TODAY - timedelta(days=1))


def test_only_the_four_degrees_of_the_form_exist():
    with pytest.raises(ValidationError):
        Period(degree=60, first=TODAY, last=TODAY)


def test_the_longest_calendar_is_counted():
    assert covered_days([Period(degree=100, first=date.min, last=date.max)]) == date.max.toordinal()


@pytest.mark.parametrize(
    ("typed", "length"),
    [
        ("14d", 14),
        ("d14", 14),
        ("4v", 28),
        ("V4", 28),
        ("2m", 62),  # a month is 31 days, as FMB counts
        (" 1 M ", 31),
        ("999d", 999),
    ],
)
def test_a_length_is_typed_with_its_unit(typed, length):
    assert read_length(typed) == length


@pytest.mark.parametrize("typed", ["", "14", "d", "0d", "1000d", "2y", "-3d", "1,5v", "2 m m", "١d", "²d"])
def test_what_is_no_length_gives_none(typed):
    assert read_length(typed) is None


@given(st.integers(1, 999), st.sampled_from("dvm"))
def test_number_first_and_unit_first_say_the_same(number, unit):
    assert read_length(f"{number}{unit}") == read_length(f"{unit}{number}") == number * {"d": 1, "v": 7, "m": 31}[unit]


def test_four_weeks_from_a_monday_end_on_a_sunday():
    assert last_day(TODAY, 28) == date(2026, 12, 20)
    assert last_day(TODAY, 1) == TODAY


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("20261201", date(2026, 12, 1)),
        ("261201", date(2026, 12, 1)),
        ("1/12", date(2026, 12, 1)),
        (" Idag ", TODAY),
        ("i morgon", date(2026, 11, 24)),
        ("igår", date(2026, 11, 22)),
        ("+3v", date(2026, 12, 14)),
        ("-7d", date(2026, 11, 16)),
        ("2028-02-29", date(2028, 2, 29)),
    ],
)
def test_a_day_is_typed_in_many_ways(typed, day):
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["", "2026-02-29", "20261301", "32/1", "1/13", "i förrgår", "+", "-", "+3", "2026-1-1", "٢٠٢٦-١٢-٠١"]
)
def test_what_is_no_day_gives_none(typed):
    assert read_day(typed, TODAY) is None


@given(st.dates(date(1901, 1, 1), date(2099, 1, 1)), st.integers(0, 364), st.dates(date(1901, 1, 1), date(2099, 1, 1)))
def test_a_day_without_its_year_is_the_first_that_a_slow_count_meets(since, ahead, today):
    meant = since + timedelta(days=ahead)
    typed = f"{meant.day}/{meant.month}"
    assert read_day(typed, today, since) == meant
    assert iso_day(meant.isoformat()) == read_day(meant.isoformat(), today, since), "a year that is typed stands"


@given(st.dates(date(1901, 1, 1), date(2099, 1, 1)), st.integers(-182, 182))
def test_a_day_without_its_year_is_otherwise_the_nearest(today, apart):
    meant = today + timedelta(days=apart)
    assert read_day(f"{meant.day}/{meant.month}", today) == meant


@pytest.mark.parametrize(
    ("typed", "back", "day"),
    [
        ("3/1", COMING, date(2027, 1, 3)),  # a follow-up
        ("3/1", NEAREST, date(2027, 1, 3)),  # a period's first day
        ("3/1", PAST, date(2026, 1, 3)),  # an examination
        ("20/11", COMING, date(2026, 11, 20)),  # last week: said to have passed, not made into next year's
        ("26/11", PAST, date(2026, 11, 26)),  # next week: said to lie ahead, not made into last year's
        ("1/9", NEAREST, date(2026, 9, 1)),
        ("1/9", COMING, date(2027, 9, 1)),
        ("29/2", COMING, None),  # none within a year
    ],
)
def test_what_is_asked_for_tells_which_year_is_meant(typed, back, day):
    assert read_day(typed, TODAY, TODAY - timedelta(days=back)) == day


def test_the_twenty_ninth_of_february_is_found_where_the_year_has_one():
    assert read_day("29/2", TODAY, date(2027, 5, 1)) == date(2028, 2, 29)
    assert read_day("29/2", TODAY, date(2028, 3, 1)) is None


@given(st.dates())
def test_every_day_is_read_as_it_is_written(day):
    assert iso_day(day.isoformat()) == day
    assert read_day(day.isoformat(), TODAY) == day


@pytest.mark.parametrize(
    "typed", ["2026-02-30", "2026-2-3", "20260203", " 2026-02-03", "2026-02-03\n", "0000-01-01", "٢٠٢٦-١٢-٠١"]
)
def test_only_a_real_day_written_in_full_is_an_iso_day(typed):
    assert iso_day(typed) is None


@pytest.mark.parametrize(
    ("row", "complete"),
    [
        ({"degree": 50, "from": "2026-11-23", "to": "2026-12-20"}, True),
        ({"degree": 50, "from": "2026-11-23", "to": "2026-11-23"}, True),
        ({"degree": 50, "from": "2026-11-23", "to": "2026-11-22"}, False),
        ({"degree": None, "from": "2026-11-23", "to": "2026-12-20"}, False),
        ({"degree": 50, "from": "", "to": "2026-12-20"}, False),
        ({"degree": 50, "from": "1900-01-02", "to": "2099-12-11"}, True),  # MU-3: the bounds themselves are outside
        ({"degree": 50, "from": "1900-01-01", "to": "2026-12-20"}, False),
        ({"degree": 50, "from": "2026-11-23", "to": "2099-12-12"}, False),
    ],
)
def test_a_row_is_a_period_once_it_is_complete_and_possible(row, complete):
    assert (PeriodRow(**row).period is not None) == complete


def with_periods(*rows, earlier=None):
    made = tuple(PeriodRow(degree=degree, first=first, last=last) for degree, first, last in rows)
    return Consultation(answers={"32": made}, earlier=earlier)


FOUR_WEEKS = (100, "2026-11-23", "2026-12-20")
TWO_MORE = (50, "2026-12-21", "2027-01-03")


@pytest.mark.parametrize(
    ("earlier", "total"),
    [
        (None, None),  # nobody has asked: no claim
        (Earlier(had=False), 42),
        (Earlier(had=True, days=60), 102),
        (Earlier(had=True, since=date(2026, 9, 1)), None),
    ],
)
def test_the_days_of_the_case_are_known_only_when_the_earlier_ones_are(earlier, total):
    counts = with_periods(TWO_MORE, FOUR_WEEKS, earlier=earlier).day_counts
    assert (counts.planned, counts.total) == (42, total)
    assert DayCounts(planned=42, earlier=None).total is None


def test_periods_come_in_time_order_and_unfinished_rows_are_left_out():
    consultation = with_periods(TWO_MORE, (25, "2027-01-04", ""), FOUR_WEEKS)
    assert [p.degree for p in consultation.periods] == [100, 50]
