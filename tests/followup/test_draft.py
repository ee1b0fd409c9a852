"""What a plan's answers are drafted from, and what is never drafted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.answers import Diagnosis, IcfText, Measure, PeriodRow
from fmstod.domain.consultation import DIAGNOSES, IMPAIRMENT, LIMITATION, PERIODS, Consultation
from fmstod.domain.holidays import is_workday
from fmstod.domain.leave import Instead
from fmstod.domain.period import Period
from fmstod.files import read_catalogue, read_forms
from fmstod.followup.draft import draft, followup_day, size
from fmstod.followup.facts import Facts
from fmstod.followup.tasks import BY_HAND, lacks, seven

CATALOGUE = read_catalogue()
WORDS = CATALOGUE.words
REFS = [question.ref for question in read_forms()["plan", "2.0"].questions()]
MONDAY = date(2026, 11, 23)
FULL = Period(degree=100, first=MONDAY, last=date(2026, 12, 6))
HALF = Period(degree=50, first=date(2026, 12, 7), last=date(2026, 12, 20))


def test_a_plan_with_a_step_down_has_a_follow_up_and_what_it_decides():
    found = draft(Facts(periods=(FULL, HALF)), WORDS, MONDAY)
    assert found == {"plan.followup": "2026-12-04", "plan.followup_what": "Om patienten kan gå från 100 till 50 %."}
    assert set(found) <= set(REFS)


def test_one_period_is_followed_up_for_whether_the_patient_is_back():
    assert (
        draft(Facts(periods=(FULL,)), WORDS, MONDAY)["plan.followup_what"]
        == "Om patienten är tillbaka som planerat, eller vad som hindrar."
    )


def test_without_periods_nothing_is_drafted():
    assert draft(Facts(), WORDS, MONDAY) == {}


def test_the_patients_own_goal_and_part_are_never_drafted():
    found = draft(Facts(codes=("F321",), periods=(FULL, HALF), days=100, extension=True), WORDS, MONDAY)
    assert {"plan.goal", "plan.participated", "plan.participation", "plan.measures", "plan.consent"}.isdisjoint(found)


def test_a_follow_up_is_never_drafted_on_a_day_when_the_clinic_is_closed():
    christmas = Period(degree=100, first=date(2026, 12, 1), last=date(2026, 12, 28))
    assert followup_day([christmas], MONDAY) == date(2026, 12, 23)


def test_a_follow_up_lies_before_the_last_day_on_a_weekday_and_in_time():
    assert followup_day([FULL], MONDAY) == date(2026, 12, 4)  # the certificate ends on a Sunday
    friday = Period(degree=100, first=MONDAY, last=date(2026, 12, 4))
    assert followup_day([friday], MONDAY) == date(2026, 12, 3)
    assert followup_day([FULL, HALF], date(2026, 12, 7)) == date(2026, 12, 18)
    assert followup_day([FULL], date(2026, 12, 24)) is None
    assert followup_day([Period(degree=100, first=MONDAY, last=MONDAY)], MONDAY) == MONDAY
    weekend = Period(degree=100, first=date(2026, 12, 5), last=date(2026, 12, 6))
    assert followup_day([weekend], MONDAY) == date(2026, 12, 5)


@given(st.dates(date(2020, 1, 1), date(2080, 1, 1)), st.integers(1, 400))
def test_a_follow_up_is_never_after_the_last_day_nor_in_the_past(first, days):
    period = Period(degree=100, first=first, last=first + timedelta(days - 1))
    day = followup_day([period], first)
    assert period.first <= day <= period.last
    assert day < period.last or days == 1
    assert is_workday(day) or days <= 6


@pytest.mark.parametrize(
    ("facts", "asks"),
    [
        (Facts(periods=(FULL,), days=14), "short"),
        (Facts(periods=(FULL,), days=28), "short"),
        (Facts(periods=(FULL,), days=29), "full"),
        (Facts(periods=(FULL,), days=14, extension=True), "full"),
        (Facts(periods=(FULL, HALF), days=28), "full"),
        (Facts(), "short"),
    ],
)
def test_the_plan_grows_with_the_need(facts, asks):
    """product.md F-044: one landsting's 28 days."""
    assert size(facts) == asks


def done(consultation, plan, **more):
    return {task.key for task in seven(CATALOGUE, consultation, plan, **more) if task.done}


def test_the_seven_tasks_follow_from_what_is_entered_and_what_nobody_can_know_is_ticked():
    """product.md R000-1."""
    whole = Consultation(
        answers={
            DIAGNOSES: (Diagnosis(code="F43.8A"),),
            IMPAIRMENT: IcfText(text="Sover 4 timmar."),
            LIMITATION: IcfText(text="Orkar en kvart."),
            PERIODS: (PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),),
        }
    )
    plan = {"plan.measures": (Measure(what="Samtal"),)}
    assert done(Consultation(), {}) == set()
    assert done(whole, plan) == {"illness", "capacity", "planned"}
    assert done(whole, {"plan.none_needed": True}) == {"illness", "capacity", "planned"}
    assert done(whole, {"plan.measures": (Measure(owner="kuratorn"),)}) == {"illness", "capacity"}
    ready = seven(CATALOGUE, whole.changed(tasks=tuple(BY_HAND)), plan, certificate_ready=True)
    assert [task.done for task in ready] == [True] * 7
    assert {task.key for task in ready if task.by_hand} == {"weighed", "contacts", "documented"}


def test_without_sick_leave_there_is_no_certificate_among_the_tasks():
    without = Consultation(instead=Instead(), tasks=tuple(BY_HAND), answers={DIAGNOSES: (Diagnosis(code="M54.5"),)})
    tasks = seven(CATALOGUE, without, {"plan.measures": (Measure(what="Samtal"),)}, certificate_ready=True)
    assert "certificate" not in {task.key for task in tasks}
    assert sum(task.done for task in tasks) == 5  # what limits the work isn't described


@pytest.mark.parametrize(
    ("plan", "lacking"),
    [
        (None, ("plan",)),
        ({}, ("purpose", "measure", "follow_up")),
        (
            {"plan.purpose": " ", "plan.none_needed": False, "plan.followup": "snart"},
            ("purpose", "measure", "follow_up"),
        ),
        ({"plan.purpose": "Åter", "plan.none_needed": True, "plan.followup": "2026-12-18"}, ()),
        ({"plan.purpose": "Åter", "plan.measures": (Measure(what="Samtal"),)}, ("follow_up",)),
    ],
)
def test_a_sick_leave_is_active_with_a_purpose_a_measure_and_a_day_to_follow_up(plan, lacking):
    """product.md F-033, F-034. That no measure is needed is an answer too."""
    assert lacks(plan) == lacking
