"""A certificate without problems, to be spoilt one answer at a time."""

from datetime import date

import pytest

from fmstod.certificate.answers import read_answers
from fmstod.certificate.check import check
from fmstod.certificate.subject import Facts, Subject
from fmstod.domain.icd import Standing
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind
from fmstod.files import read_demands, read_forms
from fmstod.texts import catalogue

TODAY = date(2026, 11, 23)
UNIT = Unit(address="Exempelgatan 1", postcode="123 45", town="Exempelstad", phone="08-465 004 22")
ANSWERS = {
    "27.1": False,
    "1": [{"kind": "FYSISKUNDERSOKNING", "date": "2026-11-23"}],
    "28": ["NUVARANDE_ARBETE"],
    "29": "Sjuksköterska på akuten",
    "6": [{"code": "F43.8A", "text": "Utmattningssyndrom"}],
    "35": "Blek, tappar tråden",
    "17": "Orkar en uppgift i taget",
    "32": [{"degree": 100, "from": "2026-11-23", "to": "2026-12-20"}],
    "39": "STOR_SANNOLIKHET",
}
CODES = {"F438A", "M545", "Z730"}


def listed(code):
    """What is known of a code without a register."""
    return Standing(known=code in CODES)


@pytest.fixture(scope="session")
def form():
    return read_forms()["fk7804", "2.0"]


@pytest.fixture(scope="session")
def plan_form():
    """The first version, whose drafts and signed plans stay on it."""
    return read_forms()["plan", "1.0"]


@pytest.fixture(scope="session")
def phrases():
    return {**catalogue(), **read_demands().phrases()}


@pytest.fixture
def plain():
    """The answers of a certificate without problems, as JSON, with `changes`; None takes an answer away."""

    def build(changes=None):
        return {ref: value for ref, value in {**ANSWERS, **(changes or {})}.items() if value is not None}

    return build


@pytest.fixture
def problems(form, plain):
    """The problems of that certificate once `changes` are made."""

    def find(changes=None, patient="19840512-9803", unit=UNIT, kind=IdentityKind.PERSONNUMMER, **facts):
        subject = Subject(patient, kind, unit, read_answers(form, plain(changes)))
        return check(form, subject, Facts(**{"today": TODAY, "standing": listed, **facts}))

    return find


@pytest.fixture
def said(problems):
    """The same as (rule, field, level), so that a test can be read."""
    return lambda *args, **kwargs: [(p.rule, p.field, str(p.level)) for p in problems(*args, **kwargs)]
