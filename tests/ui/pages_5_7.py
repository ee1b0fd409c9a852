"""Consultations that have come as far as steps 5 to 7."""

from dataclasses import replace
from datetime import date

from fmstod.domain.answers import DatedChoice, Diagnosis, IcfText, PeriodRow
from fmstod.domain.consultation import Earlier
from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.ui.models.consultation_model import ConsultationModel
from tests.ui.pages_1_4 import TESS, reference

ACUTE = {"546:course.acute_phase": True, "546:factor.reduced_cognition": False}
FOUR_WEEKS = (PeriodRow(first="2026-11-23", last="2026-12-20", degree=100),)
TWO_STEPS = (*FOUR_WEEKS, PeriodRow(first="2026-12-21", last="2027-01-03", degree=50))
ISSUER = Issuer(
    physician=Physician(name="Maja Testläkare"),
    unit=Unit(name="Provet", address="Provgatan 1", postcode="123 45", town="Provstad", phone="08-123 45 67"),
)


def tess(periods=(), diagnosis=None, answers=None, **fields):
    own = {"32": periods} if periods else {}
    own |= {"6": (Diagnosis(code=diagnosis, text="Diagnos"),)} if diagnosis else {}
    return TESS.changed(answers={**TESS.answers, **own, **(answers or {})}, **fields)


def ready(**fields):
    """Everything that certificate and plan need."""
    whole = {
        "1": (DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"),),
        "29": "Sjuksköterska",
        "35": IcfText(text="Tappar tråden."),
        "17": IcfText(text="Klarar inte att dela läkemedel."),
        "33": False,
        "39": "STOR_SANNOLIKHET",
        "plan.none_needed": True,
        "plan.participated": True,
    }
    return tess(TWO_STEPS, answers=whole, earlier=Earlier(had=False), conditions=ACUTE, **fields)


def consult(record, **known):
    return ConsultationModel("case", record, replace(reference(), issuer=ISSUER, **known))


def days(number):
    """One period of so many days."""
    last = date.fromordinal(date(2026, 11, 23).toordinal() + number - 1)
    return (PeriodRow(first="2026-11-23", last=last.isoformat(), degree=100),)
