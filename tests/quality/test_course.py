"""Length against what is recommended, and what was said before (VAR)."""

from datetime import date

import pytest

from fmstod.domain.recommendation import Limit
from fmstod.texts import text
from tests.quality.certificates import ON, WELL, found, given, rules

OPEN = {"39": "PROGNOS_OKLAR", "39.2": "Beror på hur armen svarar.", "44": "Arbetsgivaren ordnar städvagn."}


def limit(days, **more):
    return Limit(days=days, entry=1, title="Axelbesvär", dated=ON, retrieved=ON, rechecked=ON, **more)


def period(first, last, degree=100):
    return {"32": [{"degree": degree, "from": first, "to": last}]}


@pytest.mark.parametrize(
    ("rule", "flawed", "good"),
    [
        ("VAR-02", {"37": "Patienten känner sig inte redo än."}, {"37": "Sårinfektion efter operationen."}),
        ("VAR-02", {"37": "Enligt tidigare."}, {"37": "Har samtidigt diabetes, vilket fördröjer läkningen."}),
    ],
)
def test_a_reason_for_length_names_what_is_out_of_the_ordinary(rule, flawed, good):
    assert rule in rules(flawed)
    assert rule not in rules(good)


def test_the_days_of_the_chain_are_told_where_those_of_the_sick_leave_are_within_the_limit():
    apart = [[row.period for row in given(period("2026-08-01", "2026-09-30")).answers["32"]]]
    (problem,) = (p for p in found(earlier=apart, limits=[limit(60)]) if p.rule == "VAR-01")
    assert (problem.field, problem.values["days"], problem.values["bound"]) == ("32", 89, 60)
    assert "VAR-01" not in rules(limits=[limit(60)])
    assert "VAR-01" not in rules({"37": "Sårinfektion."}, earlier=apart, limits=[limit(60)])
    assert "VAR-01" not in rules(earlier=apart, limits=[limit(20)])  # longer by itself: the form's U-6


def test_facts_that_nobody_has_compared_with_todays_page_are_told_by_their_year():
    apart = [[row.period for row in given(period("2026-08-01", "2026-09-30")).answers["32"]]]
    old = limit(60).changed(rechecked=None, retrieved=date(2020, 5, 1))
    (problem,) = (p for p in found(earlier=apart, limits=[old]) if p.rule == "VAR-01")
    assert "längre än uppgiften från 2020" in text(problem.text_key, **problem.values)


def test_short_and_open_without_follow_up_is_worth_a_thought():
    assert "VAR-03" in rules(OPEN, limits=[limit(60)])
    assert "VAR-03" not in rules({**OPEN, "44": "Läkarbesök 15 december."}, limits=[limit(60)])
    assert "VAR-03" not in rules(OPEN, limits=[limit(28)])
    assert "VAR-03" not in rules(OPEN)
    assert "VAR-03" not in rules({**OPEN, "39": "STOR_SANNOLIKHET"}, limits=[limit(60)])


def test_without_an_upper_end_nothing_is_short():
    assert "VAR-03" not in rules(OPEN, limits=[limit(None, why_open="at_most_or_longer", number=60)])


def test_the_same_words_again_are_told_but_not_where_one_of_the_two_is_new():
    assert "VAR-04" in rules({}, {})
    assert "VAR-04" not in rules({"35": "Armen lyfts nu till 95 grader mot 60. Lätt nedsättning av kraft."}, {})
    assert "VAR-04" not in rules({"17": "Bär nu fem kilo och moppar i en timme."}, {})
    assert "VAR-04" not in rules()


@pytest.mark.parametrize(
    ("last", "said"), [("2027-02-20", False), ("2027-02-21", True), ("2027-05-21", True), ("2027-05-22", True)]
)
def test_from_day_91_the_work_that_was_compared_is_asked_for(last, said):
    now = period("2026-11-23", last)
    assert ("VAR-05" in rules(now)) is said
    assert "VAR-05" not in rules({**now, "28": ["ARBETSSOKANDE"]})
    assert "VAR-05" not in rules({**now, "25": "Jämförd med det egna arbetet och med kontorsarbete."})


def test_the_mark_of_the_law_is_counted_with_what_was_before():
    day_91_was_before = [given(period("2026-08-01", "2026-11-22")).answers["32"]]
    earlier = [[row.period for row in rows] for rows in day_91_was_before]
    now = period("2026-11-23", "2026-12-20")
    assert "VAR-05" not in rules(now, earlier=earlier)
    assert "VAR-05" in rules(now, earlier=earlier, before=60)


def test_day_180_names_the_labour_market_too():
    (problem,) = (p for p in found(period("2026-11-23", "2027-05-22")) if p.rule == "VAR-05")
    assert (problem.key, problem.values["mark"]) == ("VAR-05.market", 180)
    assert WELL["28"] == ["NUVARANDE_ARBETE"]
