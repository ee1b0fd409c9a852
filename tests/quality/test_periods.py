"""Degrees, days and prognosis: what can't be meant, and what isn't told (STR, NED-03, PRO-02)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from fmstod.judging import read_rulebook
from fmstod.quality.judge import judge
from fmstod.quality.periods import later
from tests.quality.certificates import ON, found, given, rules


def period(first, last, degree=100):
    return {"degree": degree, "from": first, "to": last}


APART = [period("2026-11-23", "2026-12-06"), period("2026-12-10", "2026-12-20", 50)]


@pytest.mark.parametrize(
    ("rule", "flawed", "good"),
    [
        ("STR-04", {"32": APART}, {"32": APART, "25": "7 till 9 december tar hon ut semester."}),
        ("STR-04", {"32": APART}, {"32": [APART[0], period("2026-12-07", "2026-12-20", 50)]}),
        (
            "STR-06",
            {"32": [period("2026-12-28", "2027-01-10")]},
            {"32": [period("2026-12-21", "2027-01-10")]},
        ),
        ("STR-06", {"32": [period("2026-11-23", "2027-12-20")]}, {"32": [period("2026-11-23", "2027-10-20")]}),
        (
            "U-1",
            {"32": [period("2026-11-10", "2026-12-20")], "25": "Arbetsplatsen byter lokaler i vår."},
            {"32": [period("2026-11-10", "2026-12-20")], "25": "Lades in akut den dagen och kom hem i fredags."},
        ),
        (
            "NED-03",
            {"32": [period("2026-11-23", "2026-12-28")]},
            {"32": [period("2026-11-23", "2026-12-28")], "25": "Halvtid prövas när armen når axelhöjd."},
        ),
        (
            "PRO-02",
            {"39": "ATER_X_ANTAL_MANADER", "39.4": 1, "32": [period("2026-11-23", "2027-01-10")]},
            {"39": "ATER_X_ANTAL_MANADER", "39.4": 2, "32": [period("2026-11-23", "2027-01-10")]},
        ),
    ],
)
def test_it_is_said_of_the_flawed_and_not_of_the_good(rule, flawed, good):
    assert rule in rules(flawed)
    assert rule not in rules(good)


def test_a_hole_is_told_by_its_days():
    (problem,) = (p for p in found({"32": APART}) if p.rule == "STR-04")
    assert problem.field == "32[1].from"
    assert (problem.values["first"], problem.values["last"]) == (date(2026, 12, 7), date(2026, 12, 9))


def test_the_row_that_is_wrong_is_told_whatever_the_order():
    (problem,) = (p for p in found({"32": APART[::-1]}) if p.rule == "STR-04")
    assert problem.field == "32[0].from"


def test_a_long_renewal_does_not_end_in_return_by_itself():
    long = {"32": [period("2026-11-23", "2027-03-07")], "39": "STOR_SANNOLIKHET"}
    before = {"32": [period("2026-10-01", "2026-11-22")]}
    assert "PRO-02" in rules(long, before)
    assert "PRO-02" not in rules(long)


def test_a_lower_degree_before_is_a_change_too():
    now = {"32": [period("2026-11-23", "2026-12-28")]}
    assert "NED-03" in rules(now, {"32": [period("2026-10-01", "2026-11-22")]})
    assert "NED-03" not in rules(now, {"32": [period("2026-10-01", "2026-11-22", 50)]})


@drawn(st.dates(date(2000, 1, 1), date(2080, 1, 1)), st.integers(0, 99))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day, months):
    found = later(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found.day < day.day and later(found, 0).day == found.day)


def test_where_version_1_asks_for_the_reason_its_answer_is_enough():
    early = {"32": [period("2026-11-10", "2026-12-20")], "25": "Arbetsplatsen byter lokaler i vår."}
    now = given(early)
    answered = replace(now, answers={**now.answers, "32.1": "Hade feber och kunde inte komma."})
    assert "U-1" in {p.rule for p in judge(read_rulebook(), now)}
    assert "U-1" not in {p.rule for p in judge(read_rulebook(), answered)}


def test_the_example_begins_on_the_day_of_signing():
    assert date(2026, 11, 23) == ON
