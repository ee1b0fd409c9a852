"""What a follow-up starts from, what it lacks, and which name a code has on a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fmstod.domain.answers import IcfRating, IcfText, Measure, PeriodRow, Status
from fmstod.domain.consultation import Consultation
from fmstod.domain.followup import (
    FollowUp,
    Lack,
    MeasureOutcome,
    Outcome,
    Reason,
    Waiting,
    Went,
    begun,
    degree_on,
    first_picture,
    lacking,
    planned,
    worse,
)
from fmstod.domain.period import Period
from fmstod.domain.procedure import Mistake, ProcedureCode, Registered, counts, procedure

TODAY = date(2026, 11, 23)
PLAIN = FollowUp(id="f", case="a", on=TODAY, next_day="2026-12-07")


def days(count):
    return timedelta(days=count)


# A follow-up


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, ()),
        ({"next_day": ""}, (Lack.NEXT,)),
        ({"next_day": "snart"}, (Lack.NEXT_DAY,)),
        ({"next_day": "2026-11-23"}, (Lack.NEXT_DAY,)),
        ({"next_day": "", "outcome": Outcome.BACK}, ()),
        ({"measures": (MeasureOutcome(what="Samtal"),)}, (Lack.MEASURES,)),
        ({"measures": (MeasureOutcome(what="Samtal", went=Went.NOT_BEGUN),)}, ()),
        ({"reasons": (Reason.WAITING,)}, (Lack.WAITING,)),
        ({"reasons": (Reason.WAITING,), "waiting": Waiting(what="Röntgen")}, ()),
        ({"reasons": (Reason.WAITING,), "waiting": Waiting(what="Röntgen", since="2026-11-24")}, (Lack.SINCE,)),
        ({"reasons": (Reason.MEDICAL,), "waiting": Waiting(since="x")}, ()),
    ],
)
def test_what_a_follow_up_lacks_is_said(changes, lacks):
    assert lacking(PLAIN.changed(**changes)) == lacks


def test_an_outcome_leaves_no_next_day():
    assert PLAIN.next == date(2026, 12, 7)
    assert PLAIN.changed(outcome=Outcome.BACK).next is None


CASE = Consultation(
    answers={
        "32": (
            PeriodRow(degree=100, first="2026-11-01", last="2026-11-20"),
            PeriodRow(degree=50, first="2026-11-21", last="2026-12-10"),
        ),
        "35": IcfText(text="Trött", icf=(IcfRating(code="b1300", severity=3),)),
        "17": IcfText(text="Orkar inte", icf=(IcfRating(code="d240", severity=2),)),
    }
)
PLAN = {"plan.measures": (Measure(what="Samtal", owner="Kurator", when="v 48"), Measure())}


def test_the_first_one_starts_from_certificate_and_plan():
    before = first_picture(CASE, PLAN, TODAY)
    assert [(m.what, m.owner, m.when, m.went) for m in before.measures] == [("Samtal", "Kurator", "v 48", None)]
    assert (before.impairment.icf[0].code, before.limitation.icf[0].code, before.degree) == ("b1300", "d240", 50)
    assert first_picture(Consultation(), {}, TODAY).measures == ()


def test_the_same_rows_are_asked_anew_and_no_rating_is_taken_over():
    """safety.md M-08: nothing is chosen beforehand."""
    new = begun("f2", "a", TODAY, first_picture(CASE, PLAN, TODAY))
    assert [(row.code, row.severity) for row in (*new.impairment.icf, *new.limitation.icf)] == [
        ("b1300", None),
        ("d240", None),
    ]
    assert (new.impairment.text, new.degree, new.outcome, new.next_day, new.reasons) == ("", None, None, "", ())


@pytest.mark.parametrize(
    ("went", "left"), [(Went.DONE, False), (Went.DROPPED, False), (Went.ONGOING, True), (Went.NOT_BEGUN, True)]
)
def test_what_is_done_or_dropped_isnt_asked_about_again(went, left):
    before = PLAIN.changed(measures=(MeasureOutcome(what="Samtal", went=went, note="ja"),)).picture
    assert [(m.what, m.went, m.note) for m in begun("g", "a", TODAY, before).measures] == (
        [("Samtal", None, "")] * left
    )


@pytest.mark.parametrize(
    ("status", "went"),
    [
        (None, None),
        (Status.PLANNED, None),
        (Status.WAITING, Went.NOT_BEGUN),
        (Status.BEGUN, Went.ONGOING),
        (Status.DONE, Went.DONE),
        (Status.STOPPED, Went.DROPPED),
    ],
)
def test_how_far_a_measure_has_come_in_the_plan_is_known_at_the_first_follow_up(status, went):
    plan = {"plan.measures": (Measure(what="Samtal", status=status),)}
    assert [each.went for each in planned(plan, TODAY)] == [went]


@pytest.mark.parametrize(("when", "waited"), [("", 28), ("v 48", 28), ("2026-11-30", 21), ("2026-12-22", None)])
def test_a_measure_waits_from_the_planned_day_or_else_from_the_plans_signature(when, waited):
    (measure,) = planned({"plan.measures": (Measure(what="Samtal", when=when),)}, TODAY)
    assert measure.waited(TODAY + days(28)) == waited
    assert measure.changed(went=Went.NOT_BEGUN).waited(TODAY + days(28)) == waited
    assert measure.changed(went=Went.ONGOING).waited(TODAY + days(28)) is None


@pytest.mark.parametrize(
    ("before", "now", "arrow"), [(2, 1, -1), (1, 2, 1), (2, 2, 0), (None, 2, 0), (2, None, 0), (0, 4, 1)]
)
def test_a_rating_is_better_worse_or_the_same(before, now, arrow):
    assert worse(before, now) == arrow


@pytest.mark.parametrize(("day", "degree"), [(0, None), (1, 100), (10, 100), (11, 50), (30, 50), (31, 50)])
def test_the_degree_of_a_day_is_that_of_its_period_and_afterwards_of_the_last(day, degree):
    first = date(2026, 1, 1)
    periods = [
        Period(degree=100, first=first, last=first + days(9)),
        Period(degree=50, first=first + days(10), last=first + days(29)),
    ]
    assert degree_on(periods, first + days(day - 1)) == degree


# Codes


CODE = ProcedureCode.model_validate(
    {
        "code": "AW026",
        "name": "först",
        "wordings": [{"text": "w", "source": "s"}],
        "valid_from": date(2021, 1, 1),
        "valid_to": date(2026, 12, 31),
        "valid_source": "s",
        "renamed": [{"valid_from": date(2024, 7, 1), "name": "sedan"}],
    }
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2020, 12, 31), None),
        (date(2021, 1, 1), "först"),
        (date(2024, 6, 30), "först"),
        (date(2024, 7, 1), "sedan"),
        (date(2026, 12, 31), "sedan"),
        (date(2027, 1, 1), None),
    ],
)
def test_a_code_is_recorded_by_its_name_of_the_day_and_never_outside_its_days(day, name):
    """safety.md H14: each code at from - 1, from, to and to + 1."""
    assert [each.name for each in procedure({"AW026": CODE}, "AW026", day, "f")] == ([name] if name else [])


def test_a_code_isnt_renamed_before_it_is_there():
    with pytest.raises(ValueError, match="renamed"):
        ProcedureCode.model_validate({**CODE.model_dump(), "valid_from": date(2025, 1, 1)})


def registered(code, on, minutes=None, *, wrong=False):
    at = datetime(2026, 11, 23, tzinfo=UTC)
    mistake = Mistake(at=at, by="D", reason="fel") if wrong else None
    facts = {"id": "i", "case": "a", "source": "s", "at": at, "by": "D", "unit": "U"}
    return Registered(code=code, on=on, minutes=minutes, revoked=mistake, **facts)


def test_codes_are_counted_by_month_without_the_mistaken():
    found = [
        registered("DV077", TODAY),
        registered("DV077", TODAY, wrong=True),
        registered("GC001", TODAY, 15),
        registered("GC001", TODAY, 20),
        registered("AW026", date(2026, 12, 1)),
    ]
    assert [(each.month, each.code, each.count, each.minutes) for each in counts(found)] == [
        ("2026-11", "DV077", 1, 0),
        ("2026-11", "GC001", 2, 35),
        ("2026-12", "AW026", 1, 0),
    ]
