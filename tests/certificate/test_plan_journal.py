"""The journal text tells the plan of its second version: measures with how they went, and the step-down."""

from datetime import date

from fmstod.certificate.journal import journal_text
from fmstod.domain.answers import Measure, PeriodRow, StepRow
from fmstod.domain.consultation import Consultation
from fmstod.domain.issuer import Issuer
from fmstod.files import read_forms
from fmstod.texts import catalogue

FORMS = (read_forms()["fk7804", "2.0"], read_forms()["plan", "2.0"])
CASE = Consultation(
    answers={
        "32": (
            PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),
            PeriodRow(degree=50, first="2026-12-21", last="2027-01-03"),
        ),
        "plan.measures": (
            Measure(what="Arbetsträning", owner="chefen", when="2027-01-18", decides="Försäkringskassan"),
            Measure(what="Samtal", status="done", outcome="partly"),
        ),
        "plan.stepdown": (
            StepRow(ahead=False, degree=50, hours="4", possible="planerar", stop="feber."),
            StepRow(ahead=False, degree=25, hours="6"),
            StepRow(ahead=True, degree=25, first="2027-01-04", last="2027-01-17", avoid="natt"),
        ),
    }
)


def test_measures_tell_who_decides_and_how_they_went_and_steps_what_holds():
    said = journal_text(CASE, FORMS, Issuer(), catalogue(), date(2026, 11, 23))
    for line in (
        "- Arbetsträning, chefen, 2027-01-18, beslutas av Försäkringskassan",
        "- Samtal, klar, hjälpte delvis",
        "- 50 %: 4 timmar per dag. Gör: planerar. Avbryt om feber.",
        "- 25 % 2027-01-04 till 2027-01-17 (14 dagar): Undvik: natt.",
    ):
        assert line in said.splitlines(), said


def test_what_is_said_of_a_degree_that_no_period_has_is_kept_and_not_told():
    said = journal_text(CASE, FORMS, Issuer(), catalogue(), date(2026, 11, 23))
    assert "6 timmar" not in said
