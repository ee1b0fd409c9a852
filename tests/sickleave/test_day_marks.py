import tomllib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.paths import RESOURCES
from fmstod.sickleave.day_marks import day_marks, read_marks

LAW = read_marks(tomllib.loads((RESOURCES / "law" / "day_marks.toml").read_text(encoding="utf-8")))
MONDAY = date(2026, 11, 23)


def found(last, earlier=0, first=MONDAY):
    return {mark.day: mark for mark in day_marks(LAW, first, last, earlier)}


def test_day_eight_of_a_case_that_begins_on_a_monday_is_the_next_monday():
    assert found(MONDAY + timedelta(41))[8].on == date(2026, 11, 30)


def test_the_employers_plan_is_asked_for_from_sixty_expected_days():
    assert not found(MONDAY + timedelta(58))[30].applies
    assert found(MONDAY + timedelta(59))[30].applies
    assert found(MONDAY + timedelta(29), earlier=30).get(30) is None


def test_a_mark_that_does_not_apply_says_so():
    assert "krävs inte" in found(MONDAY + timedelta(41))[30].caption


def test_earlier_days_bring_later_marks_closer():
    assert found(MONDAY + timedelta(41), earlier=85)[91].on == MONDAY + timedelta(5)


def test_a_wording_that_was_not_yet_in_force_has_no_mark():
    assert 30 not in found(date(2018, 5, 1), first=date(2018, 3, 1))
    assert 30 in found(date(2018, 9, 1), first=date(2018, 6, 15))


def test_every_mark_names_its_paragraph():
    assert all("§" in mark.source for mark in LAW)
    assert [mark.day for mark in LAW] == sorted({mark.day for mark in LAW})


def test_a_file_without_marks_is_refused():
    with pytest.raises(ValueError):
        read_marks({"marks": []})


@given(st.dates(date(2023, 1, 1), date(2090, 1, 1)), st.integers(1, 700), st.integers(0, 500))
def test_marks_agree_with_counting_the_days_one_by_one(first, days, earlier):
    by_day = {mark.day: mark for mark in LAW}
    slow, day = {}, first
    for number in range(earlier + 1, 800):
        if number in by_day and (earlier + days >= by_day[number].least_days or by_day[number].otherwise):
            slow[number] = day
        day += timedelta(1)
    assert {m.day: m.on for m in day_marks(LAW, first, first + timedelta(days - 1), earlier)} == slow
