"""The plan on paper tells the law's days and the end of the recommended time, as they were when it was signed."""

from datetime import UTC, date, datetime

from fmstod.domain.consultation import Earlier
from fmstod.domain.document import DayMark, Document, DocumentKind
from fmstod.domain.period import Period
from fmstod.reports.plan_pdf import plan_pdf
from fmstod.sickleave.cases import Certificate
from fmstod.ui.models.signing import document_of
from tests.reports.reading import page_texts
from tests.ui.pages_5_7 import ACUTE, consult, days, tess

SIGNED = datetime(2026, 11, 23, 9, tzinfo=UTC)


def plan_of(**fields):
    model = consult(tess(days(70), "F438A", earlier=Earlier(had=False), conditions=ACUTE, **fields))
    return model, document_of(model, DocumentKind.PLAN, "id", SIGNED)


def test_the_days_are_frozen_with_the_plan(qapp):
    model, plan = plan_of()
    assert plan.days == (
        DayMark(on=date(2027, 5, 27), words="gräns i FMB"),
        DayMark(on=date(2026, 11, 30), words="dag 8 läkarintyg"),
        DayMark(on=date(2026, 12, 7), words="dag 15 sjukpenning"),
        DayMark(on=date(2026, 12, 22), words="dag 30 arbetsgivarens plan"),
    )
    assert document_of(model, DocumentKind.CERTIFICATE, "id", SIGNED).days == ()


def test_they_stand_below_the_time_line_in_time_order(qapp):
    model, plan = plan_of()
    said = " ".join(
        " ".join(page_texts(plan_pdf(model.reference.plan_form, plan, {"DV077": "Plan", "F438A": "Diagnos"}))).split()
    )
    assert "2026-11-30 dag 8 läkarintyg, 2026-12-07 dag 15 sjukpenning, 2026-12-22 dag 30 arbetsgivarens plan" in said


def test_what_was_signed_before_keeps_its_bytes(qapp):
    _, plan = plan_of()
    before = plan.changed(days=())
    assert '"days"' not in before.model_dump_json()
    assert Document.model_validate_json(plan.model_dump_json()) == plan
    assert Document.model_validate_json(before.model_dump_json()) == before


def test_the_earlier_certificates_of_the_leave_are_frozen_with_the_plan_and_begin_its_time_line(qapp):
    before = (Period(degree=100, first=date(2026, 10, 26), last=date(2026, 11, 20)),)
    model = consult(tess(days(70), "F438A"))
    model.tell_certificates([Certificate(id="before", signed=SIGNED, periods=before)])
    plan = document_of(model, DocumentKind.PLAN, "id", SIGNED)
    assert plan.earlier == before
    assert document_of(model, DocumentKind.CERTIFICATE, "id", SIGNED).earlier == ()
    said = plan_pdf(model.reference.plan_form, plan, {"DV077": "Plan", "F438A": "Diagnos"})
    assert "Blekare: tidigare intyg." in " ".join(" ".join(page_texts(said)).split())
    assert '"earlier"' not in plan.changed(earlier=()).model_dump_json()
