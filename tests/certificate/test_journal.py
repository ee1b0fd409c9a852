"""The journal text holds what PDL 3:6 asks for (safety.md L-01)."""

from datetime import date

import pytest

from fmstod.certificate.journal import journal_text
from fmstod.domain.answers import DatedChoice, Diagnosis, IcfRating, IcfText, Measure, PeriodRow
from fmstod.domain.consultation import Consultation, Earlier
from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.domain.patient import Patient
from fmstod.domain.work import Work
from fmstod.files import read_forms

ISSUER = Issuer(
    physician=Physician(name="Disa Doktorsson", title="läkare", specialty="allmänmedicin"),
    unit=Unit(name="Exempelvårdcentralen"),
)
CASE = Consultation(
    patient=Patient(number="19840512-9803", name="Tess Testsson"),
    work=Work(occupation="Sjuksköterska"),
    earlier=Earlier(had=True, since=date(2026, 9, 1), days=12),
    answers={
        "1": (DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"), DatedChoice(kind="TELEFONKONTAKT", date="")),
        "28": ("NUVARANDE_ARBETE",),
        "6": (Diagnosis(code="F43.8A", text="Utmattningssyndrom"), Diagnosis(code="M545", text="Lumbago")),
        "35": IcfText(text="Blek.", icf=(IcfRating(code="b140", severity=3, basis="test"), IcfRating(code="b134"))),
        "17": IcfText(text="Orkar inte lyfta."),
        "32": (PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"), PeriodRow(degree=50)),
        "39": "ATER_X_ANTAL_MANADER",
        "39.4": 3,
        "34": False,
        "26": True,
        "26.2": "Om schemat",
        "25": "Hej",
        "plan.measures": (Measure(what="Samtal", owner="Psykolog", when="från 2 dec"),),
        "plan.consent": ("EMPLOYER", "INSURANCE_AGENCY"),
        "plan.participated": True,
        "plan.goal": "Kunna sova.",
    },
)


@pytest.fixture
def written(form, plan_form, phrases):
    def write(case=CASE, **labels):
        return journal_text(case, (form, plan_form), ISSUER, {**phrases, **labels}, date(2026, 11, 23))

    return write


def part(said, heading):
    """The lines under a heading."""
    return next(block.splitlines()[1:] for block in said.split("\n\n") if block.startswith(heading))


def test_it_holds_every_part_that_the_law_asks_for(written):
    said = written()
    assert said.startswith("Försäkringsmedicinsk bedömning 2026-11-23\n\nPatient: Tess Testsson 19840512-9803\n")
    assert part(said, "BAKGRUND") == [
        "Tidigare sjukskriven i samma sjukfall: sedan 2026-09-01, 12 dagar.",
        "Intyget är baserat på:",
        "- Fysiskt vårdmöte 2026-11-23",
        "- Telefonkontakt med patienten",
        "Sysselsättning: Nuvarande arbete",
        "Yrke och arbetsuppgifter: Sjuksköterska.",
    ]
    assert part(said, "DIAGNOS") == ["Diagnos:", "- F43.8A Utmattningssyndrom", "- M54.5 Lumbago"]
    assert "Samtal, Psykolog, från 2 dec" in part(said, "ÅTGÄRDER")[-2]
    information = part(said, "INFORMATION")
    assert "Patientens egna ord: Kunna sova." in information
    assert "Har patienten varit med och gjort planen? Ja." in information
    assert "Jag vill att Försäkringskassan kontaktar mig." in information
    assert said.endswith("Disa Doktorsson, läkare, allmänmedicin, Exempelvårdcentralen, 2026-11-23\n")


def test_the_assessment_gives_its_reasons_with_what_they_rest_on(written):
    assert part(written(b140="uppmärksamhet"), "BEDÖMNING") == [
        "Funktionsnedsättning: Blek.",
        "Områden enligt ICF: b140 uppmärksamhet, stor, test; b134",
        "Aktivitetsbegränsning: Orkar inte lyfta.",
        "Nedsättning av arbetsförmågan: 100 % 2026-11-23 till 2026-12-20 (28 dagar)",
        "Prognos för återgång: Sannolikt åter efter ett antal månader",
        "Antal månader: 3",
    ]


def test_nothing_is_said_twice_unless_the_physician_wrote_it(written):
    assert "Begränsar:" not in written()
    assert "Åtgärder som kan främja återgången:" not in written()
    own = CASE.changed(answers={**CASE.answers, "44": "Schema för 50 %"})
    assert "Åtgärder som kan främja återgången: Schema för 50 %" in written(own)


@pytest.mark.parametrize(
    ("earlier", "said"),
    [
        (None, "okänd."),
        (Earlier(had=False), "Inte tidigare sjukskriven i samma sjukfall."),
        (Earlier(had=True), "sjukfall: ja."),
        (Earlier(had=True, days=5), "sjukfall: 5 dagar."),
        (Earlier(had=True, days=1), "sjukfall: 1 dag."),
    ],
)
def test_earlier_sick_leave_is_told_or_said_to_be_unknown(written, earlier, said):
    assert part(written(CASE.changed(earlier=earlier)), "BAKGRUND")[0].endswith(said)


def test_a_protected_patient_and_a_missing_plan_are_told(written):
    case = CASE.changed(patient=CASE.patient.changed(protected=True), no_plan="Kort sjukskrivning.")
    assert "Skyddade personuppgifter." in written(case)
    assert "Ingen plan gjord: Kort sjukskrivning." in part(written(case), "ÅTGÄRDER")


def test_a_plan_that_is_not_made_tells_only_what_the_physician_wrote_of_it(written):
    said = part(written(CASE.changed(no_plan="Kort sjukskrivning")), "ÅTGÄRDER")
    assert said == ["Åtgärder: Samtal, Psykolog, från 2 dec", "Ingen plan gjord: Kort sjukskrivning"]


def test_one_day_is_no_days_and_a_typed_full_stop_ends_no_part(written):
    rows = {
        "32": (PeriodRow(degree=25, first="2026-11-23", last="2026-11-23"),),
        "plan.measures": (Measure(what="Samtal. ", owner="Psykolog"),),
    }
    said = written(CASE.changed(answers={**CASE.answers, **rows}))
    assert "25 % 2026-11-23 till 2026-11-23 (1 dag)" in said
    assert "Åtgärder: Samtal, Psykolog\n" in said


def test_an_empty_consultation_still_says_who_and_when(written):
    said = written(Consultation())
    assert "Patient: okänd\n" in said
    assert "BEDÖMNING" not in said
    assert "Disa Doktorsson" in said


def test_a_certificate_that_counts_no_days_of_a_case_tells_of_no_earlier_sick_leave(phrases):
    form = read_forms()["luse", "1.3"]
    case = Consultation(form=("luse", "1.3"), answers={"2": "2020-03-02", "12": "Ljudkänslig."})
    said = journal_text(case, (form,), ISSUER, phrases, date(2026, 11, 23))
    assert part(said, "BAKGRUND") == ["Känner patienten sedan: 2020-03-02"]
    assert part(said, "BEDÖMNING") == ["Sinnesfunktioner och smärta: Ljudkänslig."]
