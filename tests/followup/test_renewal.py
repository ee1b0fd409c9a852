"""What of a plan goes on into a renewed certificate's case."""

import pytest

from fmstod.certificate.succeeding import renewing
from fmstod.domain.answers import Measure, PeriodRow, Status, StepRow
from fmstod.domain.consultation import PLAN_FORM, Consultation
from fmstod.domain.followup import MeasureOutcome, Went
from fmstod.files import read_forms
from fmstod.followup.renewal import with_plan

FK = read_forms()["fk7804", "2.0"]
HALF = StepRow(ahead=True, degree=50, first="2026-12-21", last="2027-01-03", hours="4", possible="planerar")
QUARTER = StepRow(ahead=True, degree=25, first="2027-01-04", last="2027-01-17")
BEFORE = Consultation(
    plan_form=("plan", "1.0"),
    answers={
        "32": (PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),),
        "plan.goal": "Orka jobba",
        "plan.purpose": "Tillbaka",
        "plan.followup": "2026-12-18",
        "plan.participated": True,
        "plan.measures": (Measure(what="Samtal", status="done"), Measure(what="Möte", owner="chefen")),
        "plan.stepdown": (StepRow(ahead=False, degree=100, stop="feber"), HALF, QUARTER),
    },
)


def made(before=BEFORE):
    return with_plan(renewing(before, FK), before)


def test_the_steps_ahead_become_the_renewed_certificates_periods_with_what_is_said_of_them():
    assert made().period_rows == (HALF.row, QUARTER.row)
    (stop, half) = made().answers["plan.stepdown"]
    assert (stop.stop, half.ahead, half.degree, half.hours, half.first) == ("feber", False, 50, "4", "")


def test_what_isnt_done_goes_on_and_what_the_next_visit_asks_anew_does_not():
    answers = made().answers
    assert answers["plan.measures"] == (Measure(what="Möte", owner="chefen"),)
    assert answers["plan.goal"] == "Orka jobba"
    assert not {"plan.purpose", "plan.followup", "plan.participated"} & answers.keys()
    assert made().plan_form == PLAN_FORM


def test_without_steps_ahead_the_periods_are_asked_anew():
    plain = BEFORE.changed(answers={"32": BEFORE.answers["32"]})
    assert made(plain).period_rows == ()
    assert not [ref for ref in made(plain).answers if ref.startswith("plan.")]


@pytest.mark.parametrize(
    ("went", "left"),
    [
        (Went.DONE, None),
        (Went.DROPPED, None),
        (Went.ONGOING, Status.BEGUN),
        (Went.NOT_BEGUN, None),
        (None, None),
    ],
)
def test_what_the_follow_up_told_to_be_over_isnt_planned_again_and_what_has_begun_is_told_so(went, left):
    renewed = with_plan(renewing(BEFORE, FK), BEFORE, went=[MeasureOutcome(what="Möte", went=went)])
    rows = renewed.answers.get("plan.measures", ())
    assert bool(rows) is (went not in (Went.DONE, Went.DROPPED))
    assert all((row.what, row.owner, row.status) == ("Möte", "chefen", left) for row in rows)
