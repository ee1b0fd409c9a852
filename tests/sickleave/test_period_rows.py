"""Rows that follow each other, against what a calendar says."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.answers import PeriodRow
from fmstod.domain.period import read_length
from fmstod.sickleave.period_rows import beginning, following, lasting, length, moved

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
numbers = st.integers(1, 400)


def row(first, number):
    return PeriodRow(first=first.isoformat(), last=(first + timedelta(number - 1)).isoformat())


def each_day(made):
    day, found = date.fromisoformat(made.first), []
    while day <= date.fromisoformat(made.last):
        found.append(day)
        day += timedelta(1)
    return found


@given(days, numbers)
def test_a_length_is_the_days_that_a_slow_count_finds(first, number):
    assert length(row(first, number)) == len(each_day(row(first, number))) == number


@given(days, numbers, days)
def test_another_first_day_keeps_the_length(first, number, other):
    assert beginning(row(first, number), other.isoformat(), None) == row(other, number)
    assert beginning(PeriodRow(), other.isoformat(), number) == row(other, number), "the length that waited"


@given(days, numbers, numbers)
def test_another_length_keeps_the_first_day(first, number, other):
    assert lasting(row(first, number), other) == row(first, other)


def test_a_length_that_cannot_be_read_leaves_no_end():
    assert lasting(row(date(2026, 11, 23), 28), read_length("4 år")).last == ""
    assert lasting(PeriodRow(), 28) == PeriodRow(), "it waits for its first day"


@given(days, st.lists(numbers, min_size=2, max_size=4), numbers)
def test_rows_that_followed_each_other_still_do(first, lengths, other):
    rows = [row(first, lengths[0])]
    for number in lengths[1:]:
        rows.append(lasting(following(rows), number))
    longer = lasting(rows[0], other)
    after = [longer, *moved(rows[0].last, longer.last, rows[1:])]
    assert [length(made) for made in after] == [other, *lengths[1:]]
    whole = [day for made in after for day in each_day(made)]
    assert whole == [first + timedelta(n) for n in range(other + sum(lengths[1:]))]


@given(days, numbers, st.integers(2, 30), numbers)
def test_a_row_after_a_gap_stays_and_so_do_those_after_it(first, number, gap, other):
    before = row(first, number)
    apart = row(date.fromisoformat(before.last) + timedelta(gap), 14)
    rows = [apart, lasting(following([apart]), 7)]
    assert moved(before.last, lasting(before, other).last, rows) == rows


def test_nothing_goes_beyond_the_calendar():
    last = PeriodRow(first="9999-12-01", last="9999-12-31")
    assert following([last]) == PeriodRow()
    assert lasting(last, 999).last == ""
    assert moved("9999-12-31", "9999-12-30", [PeriodRow(first="2026-01-01")]) == [PeriodRow(first="2026-01-01")]
