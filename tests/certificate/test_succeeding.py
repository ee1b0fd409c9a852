"""What is taken over by a case that comes out of another (certificates.md 5.1 and 5.2)."""

from datetime import date

import pytest

from fmstod.certificate.succeeding import changed_by, last_day, last_leave, making, renewing, replacing
from fmstod.domain.answers import DatedChoice, Diagnosis, IcfText, Measure, PeriodRow
from fmstod.domain.consultation import Consultation, Earlier, Excess
from fmstod.domain.patient import Patient
from fmstod.domain.work import Work
from fmstod.files import read_forms

FK = read_forms()["fk7804", "2.0"]
AG7804 = read_forms()["ag7804", "2.0"]

SIGNED = Consultation(
    patient=Patient(name="Tess", number="19840512-9803"),
    work=Work(occupation="Lärare"),
    earlier=Earlier(had=False),
    conditions={"508:severity": "moderate"},
    excess=Excess(text="Komplikation"),
    no_plan="Vill vänta",
    answers={
        "1": (DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"), DatedChoice(kind="ANNAT", date="2026-11-23")),
        "1.3": "Samtal",
        "28": ("NUVARANDE_ARBETE",),
        "29": "Undervisar",
        "6": (Diagnosis(code="F43.8A", text="Utmattningssyndrom"),),
        "35": IcfText(text="Trött"),
        "17": IcfText(text="Orkar en timme"),
        "19": "Samtal",
        "32": (
            PeriodRow(degree=100, first="2026-11-23", last="2026-12-06"),
            PeriodRow(degree=50, first="2026-12-07", last="2026-12-20"),
        ),
        "34": True,
        "33": True,
        "33.2": "Behöver jämn tid",
        "37": "Komplikation",
        "39": "ATER_X_ANTAL_MANADER",
        "39.4": 2,
        "39.2": "Oklart",
        "44": "Anpassning",
        "25": "Övrigt",
        "26": True,
        "26.2": "Ring",
        "plan.goal": "Tillbaka",
        "plan.measures": (Measure(what="Samtal"),),
    },
    drafted={"29": "Lärare", "37": "Komplikation", "plan.goal": "Åter"},
)
NOT_RENEWED = {"1", "1.3", "26", "26.2", "32", "39", "39.2", "39.4"}  # certificates.md 5.2, v2


def test_a_renewal_leaves_out_what_is_judged_anew_and_nothing_else():
    made = renewing(SIGNED, FK)
    certificate = {ref for ref in SIGNED.answers if not ref.startswith("plan.")}
    assert certificate - made.answers.keys() == NOT_RENEWED
    assert all(made.answers[ref] == SIGNED.answers[ref] for ref in made.answers)
    assert (made.patient, made.work, made.conditions, made.excess) == (
        SIGNED.patient,
        SIGNED.work,
        SIGNED.conditions,
        SIGNED.excess,
    )
    assert made.drafted == {"29": "Lärare", "37": "Komplikation"}
    assert made.no_plan == ""


def test_a_renewal_is_on_the_form_of_today():
    old = SIGNED.changed(form=("fk7804", "1.3"), answers={**SIGNED.answers, "40": ("ERGONOMISK",)})
    made = renewing(old, FK)
    assert made.form == ("fk7804", "2.0")
    assert "40" not in made.answers


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Earlier(had=False), Earlier(had=True, since=date(2026, 11, 23), days=28)),
        (
            Earlier(had=True, since=date(2026, 10, 1), days=20),
            Earlier(had=True, since=date(2026, 10, 1), days=48),
        ),
        (Earlier(had=True, since=date(2026, 10, 1)), Earlier(had=True, since=date(2026, 10, 1))),
        (Earlier(had=True, days=20), Earlier(had=True, days=48)),
        (None, None),  # nobody has said, so nobody knows
    ],
)
def test_the_sick_leave_so_far_is_the_earlier_one_of_the_renewal(before, after):
    assert renewing(SIGNED.changed(earlier=before), FK).earlier == after


def test_a_replacement_and_a_complement_begin_with_the_whole_certificate_and_no_plan():
    made = replacing(SIGNED)
    assert made.answers == {ref: value for ref, value in SIGNED.answers.items() if not ref.startswith("plan.")}
    assert (made.earlier, made.form, made.drafted) == (
        SIGNED.earlier,
        SIGNED.form,
        {"29": "Lärare", "37": "Komplikation"},
    )


def test_the_employers_certificate_takes_over_what_both_ask_and_leaves_its_own_open():
    made = making(SIGNED, FK, AG7804, SIGNED.answers)
    assert made.form == ("ag7804", "2.0")
    assert {"28", "29", "35", "17", "32"} <= made.answers.keys()
    assert not {"100", "103", "103.2", "26", "26.2"} & made.answers.keys()
    assert not any(ref.startswith("plan.") for ref in made.answers)
    assert made.patient == SIGNED.patient


def test_what_a_renewal_goes_on_from_is_the_period_that_ends_last():
    assert (last_leave(SIGNED).degree, last_leave(SIGNED).last) == (50, date(2026, 12, 20))
    same = SIGNED.changed(
        answers={
            "32": (
                PeriodRow(degree=25, first="2026-11-23", last="2026-12-20"),
                PeriodRow(degree=75, first="2026-12-01", last="2026-12-20"),
            )
        }
    )
    assert last_leave(same).degree == 75
    assert last_leave(Consultation()) is None


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3"])
def test_a_certificate_of_version_1_is_renewed_on_todays_without_what_may_mean_the_opposite(version):
    before = SIGNED.changed(
        form=("fk7804", version),
        answers={
            **SIGNED.answers,
            "28": ("NUVARANDE_ARBETE", "PROGRAM"),
            "39": "ATER_X_ANTAL_DGR",
            "40": ("ANPASSNING",),
        },
    )
    made = renewing(before, FK, read_forms()["fk7804", version])
    assert made.form == ("fk7804", "2.0")
    assert made.answers["28"] == ("NUVARANDE_ARBETE",)
    assert not {"1", "32", "33", "33.2", "39", "26", "40"} & made.answers.keys()
    assert (made.answers["29"], made.diagnoses) == (SIGNED.answers["29"], SIGNED.diagnoses)
    assert made.earlier.days == SIGNED.day_counts.total


def test_an_employers_certificate_is_renewed_on_its_own_form():
    before = SIGNED.changed(form=("ag7804", "2.0"))
    made = renewing(before, AG7804, AG7804)
    assert made.form == ("ag7804", "2.0")
    assert made.diagnoses == SIGNED.diagnoses
    assert "100.1" not in made.answers
    assert made.periods == ()


def test_what_a_renewal_goes_on_from_is_known_also_where_the_period_has_no_degree():
    short = SIGNED.changed(answers={"7.2": (PeriodRow(first="2026-11-23", last="2026-12-06"),)}, form=("ag1-14", "2.0"))
    assert last_leave(short) is None
    assert last_day(short) == date(2026, 12, 6)
    assert last_day(SIGNED) == last_leave(SIGNED).last
    assert last_day(SIGNED.changed(answers={})) is None
    assert last_day(SIGNED.changed(answers={"7.2": (PeriodRow(first="x", last="snart"),)})) is None


VERSION_1 = {
    **SIGNED.answers,
    "1": (DatedChoice(kind="UNDERSOKNING", date="2026-11-23"), DatedChoice(kind="JOURNALUPPGIFTER", date="2026-11-23")),
    "1.2": "Träffar per telefon",
    "20": "Nytt besök i december",
    "32.1": "Sökte sent",
    "39": "ATER_X_ANTAL_DGR",
    "39.3": "NITTIO_DGR",
    "39.4": 99,
    "40": ("ARBETSANPASSNING", "ERGONOMISK"),
}
del VERSION_1["39.4"], VERSION_1["39.2"], VERSION_1["plan.measures"], VERSION_1["plan.goal"]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3"])
def test_a_certificate_of_version_1_is_replaced_on_todays_form_as_a_draft_of_that_version_is_brought_in(version):
    source = read_forms()["fk7804", version]
    before = SIGNED.changed(form=("fk7804", version), answers=VERSION_1)
    made = replacing(before, FK, source)
    answers = made.answers
    assert made.form == ("fk7804", "2.0")
    assert [row.kind for row in answers["1"]] == ["FYSISKUNDERSOKNING", "JOURNALUPPGIFTER"]
    assert answers["19"] == "Samtal\nNytt besök i december"
    assert (answers["39"], answers["39.4"]) == ("ATER_X_ANTAL_MANADER", 3)
    assert answers["44"].startswith("Arbetsanpassning, ")
    assert answers["44"].endswith("\nAnpassning")
    assert all(said in answers["25"] for said in ("Övrigt", "Träffar per telefon", "Sökte sent"))
    assert not {"1.2", "20", "32.1", "39.3", "40", "plan.measures"} & answers.keys()
    assert (made.periods, made.diagnoses) == (before.periods, before.diagnoses)
    assert ("33" in answers) is (version == "1.3"), "before 1.3 yes may have meant the opposite"
    asked = {question.ref for question in FK.questions()}
    assert answers.keys() <= asked
    read = changed_by(before, FK, source)
    assert {"1", "19", "25", "39.4", "44"} <= set(read) <= asked
    assert ("33" in read) is (version != "1.3")


def test_a_renewal_of_a_certificate_of_version_1_joins_treatment_and_measures_too():
    made = renewing(SIGNED.changed(form=("fk7804", "1.3"), answers=VERSION_1), FK, read_forms()["fk7804", "1.3"])
    assert made.answers["19"] == "Samtal\nNytt besök i december"
    assert made.answers["44"].endswith("\nAnpassning")
    assert not {"1", "32", "39", "39.4", "20", "40", "plan.measures"} & made.answers.keys()


def test_why_there_is_no_plan_is_said_once_and_goes_on_to_what_replaces():
    assert replacing(SIGNED).no_plan == "Vill vänta"
    assert renewing(SIGNED, FK).no_plan == "", "a renewal is judged anew"
