"""What an examination is ordered from: what, the question of work capacity, whom it is about, who asks and when it is needed."""

from datetime import date

from fmstod.domain.answers import Diagnosis, Measure, PeriodRow, Status
from fmstod.domain.consultation import Consultation
from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.domain.patient import Patient
from fmstod.domain.work import Work
from fmstod.files import read_catalogue
from fmstod.followup.order import order_text
from fmstod.texts import text

CATALOGUE = read_catalogue()
KINDS = {idea.kind: idea for idea in reversed(CATALOGUE.measure)}
CASE = Consultation(
    patient=Patient(number="19840512-9803", name="Tess Testsson"),
    work=Work(occupation="Sjuksköterska"),
    answers={
        "6": (Diagnosis(code="F438A", text="Utmattningssyndrom"),),
        "32": (PeriodRow(degree=50, first="2026-11-23", last="2026-12-20"),),
    },
)
ISSUER = Issuer(physician=Physician(name="Disa Doktorsson"), unit=Unit(name="Exempelvårdcentralen", phone="08-1"))


def measure(kind, **fields):
    return Measure(what=fields.pop("what", KINDS[kind].text), idea=KINDS[kind].key, **fields)


def ordered(*measures, case=CASE, **answers):
    answers = {"plan.measures": measures, **answers}
    return order_text(case, answers, ISSUER, CATALOGUE, date(2026, 11, 23), say=text)


def test_it_says_what_why_about_whom_by_whom_and_until_when():
    said = ordered(measure("service", what="Lungfunktion", when="2026-12-02")).splitlines()
    assert said == [
        "Beställning: Lungfunktion",
        "Patient: Tess Testsson 19840512-9803",
        "Diagnos: F43.8A Utmattningssyndrom",
        "Frågeställning: Finns fynd som förklarar varför arbetsförmågan är nedsatt, och hur uttalade är de?",
        "Arbete: Sjuksköterska",
        "Sjukskrivning: 50 % till 2026-12-20",
        "Svar behövs senast: 2026-12-02",
        "Beställs av: Disa Doktorsson, Exempelvårdcentralen, 08-1, 2026-11-23",
    ]


def test_without_a_day_of_its_own_it_is_needed_at_the_follow_up():
    assert "Svar behövs senast: 2026-12-18" in ordered(measure("service"), **{"plan.followup": "2026-12-18"})
    assert "Svar behövs" not in ordered(measure("service"))


def test_only_what_is_to_be_ordered_and_is_not_over_has_a_part():
    kept = (measure("service", what="Prover"), measure("investigation", what="Teambedömning"))
    others = (measure("treatment"), Measure(what="Egen"), measure("service", what="Klart", status=Status.DONE))
    said = ordered(*kept, *others)
    assert [line for line in said.splitlines() if line.startswith("Beställning")] == [
        "Beställning: Prover",
        "Beställning: Teambedömning",
    ]
    assert ordered(*others) == ""


def test_an_empty_case_and_hostile_words_come_through_as_they_are():
    said = ordered(measure("service", what="{0} <b>\n%s"), case=Consultation())
    assert "{0} <b>" in said
    assert "Patient: Namn saknas" in said
