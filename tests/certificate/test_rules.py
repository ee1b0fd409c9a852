"""Each rule of certificates.md section 2 under its id: what it refuses, and what it lets pass."""

from datetime import date

import pytest

from fmstod.certificate.check_rows import diagnosis_problems
from fmstod.certificate.subject import Facts
from fmstod.domain.answers import Diagnosis
from fmstod.domain.icd import Standing
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind
from fmstod.domain.period import DayCounts
from fmstod.domain.recommendation import Limit
from fmstod.texts import text

TODAY = date(2026, 11, 23)
UNIT = {"address": "Exempelgatan 1", "postcode": "123 45", "town": "Exempelstad", "phone": "08-465 004 22"}


def basis(*rows):
    return {"1": [{"kind": kind, "date": day} for kind, day in rows]}


def diagnoses(*rows):
    return {"6": [{"code": code, "text": words} for code, words in rows]}


def periods(*rows, **others):
    return {"32": [{"degree": d, "from": first, "to": last} for d, first, last in rows], **others}


EXAMINED = ("FYSISKUNDERSOKNING", "2026-11-23")
HALF = (50, "2026-11-23", "2026-12-20")
LONG = "x" * 4000


def limit(days, **other):
    known = {"entry": 546, "title": "Utmattningssyndrom", "dated": date(2017, 1, 30), "retrieved": date(2020, 4, 2)}
    return Limit(**{"days": days, "sure": True, **known, **other})


def over(*bounds, earlier=0, planned=28, **other):
    return {"limits": tuple(limit(b, **other) for b in bounds), "days": DayCounts(planned=planned, earlier=earlier)}


# rule, changes that it refuses, the place it names, and a neighbour that it lets pass
ERRORS = [
    ("MU-1", {"1": None}, "1", basis(EXAMINED)),
    ("MU-1", {"1": []}, "1", basis(EXAMINED)),
    ("MU-1", basis(("TELEFONKONTAKT", "")), "1[0].date", basis(EXAMINED)),
    ("MU-2", basis(("FYSISKUNDERSOKNING", "2026-02-30")), "1[0].date", basis(("FYSISKUNDERSOKNING", "2026-02-28"))),
    ("MU-2", basis(EXAMINED, ("JOURNALUPPGIFTER", "23/11")), "1[1].date", basis(EXAMINED)),
    ("MU-2", basis(EXAMINED, ("JOURNALUPPGIFTER", "")), "1[1].date", basis(EXAMINED)),
    ("MU-2", basis(("FYSISKUNDERSOKNING", "2026-11-23\n")), "1[0].date", basis(EXAMINED)),
    ("MU-3", basis(("FYSISKUNDERSOKNING", "1900-01-01")), "1[0].date", basis(("FYSISKUNDERSOKNING", "1900-01-02"))),
    ("MU-3", basis(("FYSISKUNDERSOKNING", "2099-12-12")), "1[0].date", basis(EXAMINED)),
    ("MU-4", basis(("FYSISKUNDERSOKNING", "2026-11-24")), "1[0].date", basis(EXAMINED)),
    ("MU-4", basis(("FYSISKUNDERSOKNING", "2099-12-11")), "1[0].date", basis(EXAMINED)),
    (
        "MU-5",
        basis(EXAMINED, ("ANNAT", "2026-11-20")),
        "1.3",
        {**basis(EXAMINED, ("ANNAT", "2026-11-20")), "1.3": "Mor"},
    ),
    ("MU-5", {**basis(("ANNAT", "2026-11-20")), "1.3": " \n"}, "1.3", {**basis(("ANNAT", "2026-11-20")), "1.3": "Mor"}),
    (
        "MU-7",
        {**basis(EXAMINED, ("ANNAT", "2026-11-20")), "1.3": "x" * 51},
        "1.3",
        {**basis(EXAMINED, ("ANNAT", "2026-11-20")), "1.3": "x" * 50},
    ),
    ("MU-8", basis(EXAMINED, EXAMINED), "1[1].date", basis(EXAMINED, ("TELEFONKONTAKT", "2026-11-23"))),
    ("SY-1", {"28": [], "29": None}, "28", {"28": ["STUDIER"], "29": None}),
    ("SY-2", {"28": ["STUDIER", "STUDIER"], "29": None}, "28", {"28": ["STUDIER", "ARBETSSOKANDE"], "29": None}),
    ("SY-3", {"29": None}, "29", {"29": "Snickare"}),
    ("SY-3", {"29": "  "}, "29", {"28": ["STUDIER"], "29": None}),
    ("SY-4", {"28": ["STUDIER"], "29": "Snickare"}, "29", {"28": ["STUDIER", "NUVARANDE_ARBETE"], "29": "Snickare"}),
    (
        "SY-5",
        {"28": ["STUDIER"] * 5, "29": None},
        "28",
        {"28": ["STUDIER", "FORALDRALEDIG", "ARBETSSOKANDE"], "29": None},
    ),
    ("DX-1", {"6": None}, "6", diagnoses(("M545", "Lumbago"))),
    ("DX-1", diagnoses(("", " "), ("", "")), "6", diagnoses(("M545", "Lumbago"))),
    ("DX-2", diagnoses(("", ""), ("M545", "Lumbago")), "6[0].code", diagnoses(("M545", "Lumbago"))),
    ("DX-3", diagnoses(("", "Lumbago")), "6[0].code", diagnoses(("M54.5", "Lumbago"))),
    ("DX-4", diagnoses(("f43", "Stress")), "6[0].code", diagnoses(("f438a", "Stress"))),
    ("DX-4", diagnoses(("Z73", "Problem")), "6[0].code", diagnoses(("Z73.0", "Problem"))),
    ("DX-7", diagnoses(("lumbago", "Lumbago")), "6[0].code", diagnoses(("M545", "Lumbago"))),
    ("DX-7", diagnoses(("M5", "Lumbago")), "6[0].code", diagnoses(("M545", "Lumbago"))),
    ("DX-7", diagnoses(("M54555", "Lumbago")), "6[0].code", diagnoses(("M545", "Lumbago"))),
    ("DX-7", diagnoses(("M5.45", "Lumbago")), "6[0].code", diagnoses((" m54.5 ", "Lumbago"))),
    ("DX-8", diagnoses(("M545", ""), ("F438A", "U")), "6[0].text", diagnoses(("M545", "L"), ("F438A", "U"))),
    (
        "DX-10",
        diagnoses(("M545", "L"), ("", ""), ("F438A", "U")),
        "6[1].code",
        diagnoses(("M545", "L"), ("F438A", "U"), ("", "")),
    ),
    ("DX-11", diagnoses(*[("M545", "L")] * 4), "6[3].code", diagnoses(*[("M545", "L")] * 3)),
    ("FN-1", {"35": None}, "35", {"35": "Blek"}),
    ("FN-1", {"35": {"icf": [{"code": "b140", "severity": 3}]}}, "35", {"35": {"text": "Blek", "icf": []}}),
    ("FN-2", {"35": f"{LONG}x"}, "35", {"35": LONG}),
    ("AB-1", {"17": " "}, "17", {"17": "Orkar inte lyfta"}),
    ("AB-1", {"17": {"text": "", "icf": [{"code": "d430"}]}}, "17", {"17": "Orkar inte lyfta"}),
    ("AB-2", {"17": {"text": f"{LONG}x"}}, "17", {"17": {"text": LONG}}),
    ("SL-1", {"32": None}, "32", periods((100, "2026-11-23", "2026-11-23"))),
    ("SL-1", {"32": [{}]}, "32", periods((100, "2026-11-23", "2026-11-23"))),
    ("SL-2", periods((None, "2026-11-23", "2026-11-24")), "32[0].degree", periods((100, "2026-11-23", "2026-11-24"))),
    ("SL-4", periods((100, "2026-11-23", "")), "32[0].to", periods((100, "2026-11-23", "2026-11-23"))),
    ("SL-4", periods((100, "", "2026-11-23")), "32[0].from", periods((100, "2026-11-23", "2026-11-23"))),
    ("SL-4", periods((100, "", "")), "32[0].to", periods((100, "2026-11-23", "2026-11-23"))),
    ("SL-5", periods((100, "2026-11-31", "2026-12-20")), "32[0].from", periods((100, "2026-11-30", "2026-12-20"))),
    ("SL-5", periods((100, "2026-11-23", "2099-12-12")), "32[0].to", periods((100, "2026-11-23", "2099-12-11"))),
    ("SL-5", periods((100, "2026-11-23", "2026-12-20 ")), "32[0].to", periods((100, "2026-11-23", "2026-12-20"))),
    ("SL-6", periods((100, "2026-11-23", "2026-11-22")), "32[0].to", periods((100, "2026-11-23", "2026-11-23"))),
    (
        "SL-7",  # touching on one day is overlap, since both ends count
        periods((100, "2026-11-23", "2026-12-20"), (50, "2026-12-20", "2027-01-03"), **{"33": False}),
        "32[1].from",
        periods((100, "2026-11-23", "2026-12-20"), (50, "2026-12-21", "2027-01-03"), **{"33": False}),
    ),
    (
        "SL-8",
        periods((100, "2026-11-23", "2026-12-20"), (100, "2026-12-21", "2027-01-03")),
        "32[1].degree",
        periods((100, "2026-11-23", "2026-12-20")),
    ),
    ("WT-1", periods(HALF), "33", periods(HALF, **{"33": False})),
    ("WT-2", periods(HALF, **{"33": True}), "33.2", periods(HALF, **{"33": True, "33.2": "Sömnen"})),
    ("PR-1", {"39": None}, "39", {"39": "SANNOLIKT_INTE"}),
    ("PR-2", {"39": "ATER_X_ANTAL_MANADER"}, "39.4", {"39": "ATER_X_ANTAL_MANADER", "39.4": 1}),
    (
        "PR-2",
        {"39": "ATER_X_ANTAL_MANADER", "39.4": 100},
        "39.4",
        {"39": "ATER_X_ANTAL_MANADER", "39.4": 99},
    ),
    ("PR-2", {"39": "ATER_X_ANTAL_MANADER", "39.4": 0}, "39.4", {"39": "STOR_SANNOLIKHET", "39.4": 0}),
    ("PR-4", {"39": "PROGNOS_OKLAR"}, "39.2", {"39": "PROGNOS_OKLAR", "39.2": "Väntar på röntgen"}),
    *[("LN-1", {ref: f"{LONG}x"}, ref, {ref: LONG}) for ref in ("29", "19", "37", "44", "25")],
    ("LN-1", {"26": True, "26.2": f"{LONG}x"}, "26.2", {"26": True, "26.2": LONG}),
    ("LN-1", periods(HALF, **{"33": True, "33.2": f"{LONG}x"}), "33.2", periods(HALF, **{"33": True, "33.2": LONG})),
    ("LN-1", {"39": "PROGNOS_OKLAR", "39.2": f"{LONG}x"}, "39.2", {"39": "PROGNOS_OKLAR", "39.2": LONG}),
    ("LN-1", diagnoses(("M545", "x" * 82)), "6[0].text", diagnoses(("M545", "x" * 81))),
]


@pytest.mark.parametrize(("rule", "refused", "field", "accepted"), ERRORS)
def test_a_rule_refuses_one_thing_and_lets_its_neighbour_pass(said, rule, refused, field, accepted):
    assert (rule, field, "error") in said(refused)
    assert rule not in [found for found, _, _ in said(accepted)]


def test_the_certificate_to_spoil_has_no_problem(said):
    assert said() == []


@pytest.mark.parametrize(
    ("rule", "part"), [("UN-1", "address"), ("UN-2", "postcode"), ("UN-4", "town"), ("UN-5", "phone")]
)
@pytest.mark.parametrize("blank", ["", "  "])
def test_the_unit_must_be_reachable(said, rule, part, blank):
    assert said(unit=Unit(**{**UNIT, part: blank})) == [(rule, f"unit.{part}", "error")]


@pytest.mark.parametrize("number", ["", "19840512-9804", "AB12345"])
def test_a_patient_without_a_right_number_is_refused(said, number):
    assert said(patient=number) == [("L-02", "patient.id", "error")]


def test_a_reserve_number_is_a_kind_of_its_own(said):
    assert said(patient="AB12345", kind=IdentityKind.RESERVNUMMER) == []


@pytest.mark.parametrize("own", ["19840512-9803", "840512-9803", "198405129803"])
def test_nobody_certifies_themselves(said, own):
    assert said(physician=own) == [("ADM-01", "patient.id", "error")]
    assert said(physician="19121212-1212") == []


def test_an_empty_first_diagnosis_is_all_that_is_said(said):
    assert said(diagnoses(("", ""), ("", "Lumbago"), ("?", ""))) == [("DX-2", "6[0].code", "error")]


def test_an_unlisted_code_is_a_warning_until_all_codes_are_known(problems):
    (unverified,) = problems(diagnoses(("j459", "Astma")))
    assert (unverified.rule, unverified.field, unverified.level) == ("DX-7", "6[0].code", "warning")
    said = text(unverified.text_key, **unverified.values)
    assert "ej verifierad" in said
    assert "utan ICD-10-SE" in said, "FMB may well know a shorter code of it"
    assert "J45.9" in said


def register(code):
    """A whole ICD-10-SE of 2024 that M54.5 is in, and F43.8A no more."""
    return Standing(known=code == "M545", edition="2024", since="2024" if code == "F438A" else "")


def test_a_code_that_the_whole_register_lacks_is_an_error_that_names_the_edition(problems):
    (unknown,) = problems(diagnoses(("X99", "Okänd")), standing=register)
    assert (unknown.rule, unknown.field, unknown.level) == ("DX-7", "6[0].code", "error")
    assert "finns inte i ICD-10-SE 2024" in text(unknown.text_key, **unknown.values)
    assert problems(diagnoses(("m54.5", "Lumbago")), standing=register) == []


def test_a_code_that_has_left_icd_10_se_says_since_when(problems):
    found = problems(diagnoses(("M545", "Lumbago"), ("F43.8A", "Utmattningssyndrom")), standing=register)
    (left,) = found
    assert (left.rule, left.field, left.level) == ("DX-7", "6[1].code", "error")
    assert "F43.8A" in text(left.text_key, **left.values)
    assert "utgick med ICD-10-SE 2024" in text(left.text_key, **left.values)


@pytest.mark.parametrize(("typed", "under"), [("a02-p", "A02"), ("A00-", "A00"), ("E118P", "E11")])
def test_a_code_of_primary_care_is_told_apart_from_a_mistyped_one(problems, typed, under):
    """certificates.md 1.2: ICD-10-SE only; the shapes of KSH97-P are those of certificates.md 3.2."""
    (found,) = problems(diagnoses((typed, "Egen text")), standing=register)
    assert (found.rule, found.field, found.level) == ("DX-7", "6[0].code", "error")
    said = text(found.text_key, **found.values)
    assert "KSH97-P" in said
    assert f"en kod under {under}." in said


def test_a_code_that_only_may_be_of_primary_care_is_a_warning_without_a_register(problems):
    """N81.8P is one of ICD-10-SE 2022."""
    (found,) = problems(diagnoses(("N81.8P", "Prolaps")))
    assert (found.rule, found.level, found.text_key) == ("DX-7", "warning", "problem.DX-7")


def test_a_form_may_ask_only_how_codes_are_written(form):
    """A draft of version 1.x: a failed lookup is a notice (certificates.md 2.3)."""
    question = form.question("6").changed(lookup="warning")
    rows = (Diagnosis(code="X99", text="Okänd"),)
    (notice,) = diagnosis_problems(question, rows, Facts(TODAY, register))
    assert (notice.rule, notice.level) == ("DX-7", "warning")


def test_a_code_alone_in_the_last_row_is_a_warning(said):
    assert said(diagnoses(("M545", ""))) == [("DX-8", "6[0].text", "warning")]


def test_only_one_overlap_and_one_missing_end_is_named(said):
    three = [(100, "2026-11-23", "2026-12-20"), (75, "2026-11-25", "2026-12-01"), (50, "2026-11-26", "2026-12-02")]
    assert said(periods(*three, **{"33": False})) == [("SL-7", "32[1].from", "error")]
    assert said(periods((100, "", ""))) == [("SL-4", "32[0].to", "error")]


def test_what_the_form_allows_is_not_refused(said):
    """SL-9…11: a gap, rising degrees, a start far ahead and a long time."""
    rising = [(25, "2027-06-01", "2027-06-30"), (100, "2028-01-01", "2030-12-31")]
    assert said(periods(*rising, **{"33": False})) == []


def test_unfinished_rows_below_are_left_alone(said):
    rows = [{"degree": 100, "from": "2026-11-23", "to": "2026-12-20"}, {}, {"degree": None, "from": " ", "to": ""}]
    assert said({"32": rows}) == []


def test_only_a_valid_part_time_period_asks_for_question_33(said):
    """WT-1: half a period says nothing about hours yet."""
    assert "WT-1" not in [rule for rule, _, _ in said(periods((50, "2026-11-23", "")))]


# 27.1: with smittskydd only diagnosis, periods, unit and MU-4 are looked at (certificates.md 2.10)
INFECTED = dict.fromkeys(("1", "28", "29", "35", "17", "39")) | {"27.1": True}


def test_smittskydd_needs_only_diagnosis_period_and_unit(said):
    assert said(INFECTED) == []
    assert said({**INFECTED, **periods(HALF)}) == []  # WT-5: no question 33, as in version 1
    assert said({**INFECTED, "28": ["STUDIER"], "29": "Snickare"}) == []
    assert said({**INFECTED, "6": None, "32": None}, unit=Unit()) == [
        ("DX-1", "6", "error"),
        ("SL-1", "32", "error"),
        ("UN-1", "unit.address", "error"),
        ("UN-2", "unit.postcode", "error"),
        ("UN-4", "unit.town", "error"),
        ("UN-5", "unit.phone", "error"),
    ]


def test_smittskydd_still_refuses_a_basis_after_today(said):
    assert said({**INFECTED, **basis(("TELEFONKONTAKT", "2026-11-24"))}) == [("MU-4", "1[0].date", "error")]
    assert said({**INFECTED, **basis(("TELEFONKONTAKT", "1850-01-01"), ("ANNAT", ""))}) == []


def test_smittskydd_gives_no_notices(said):
    assert said({**INFECTED, **periods((100, "2026-01-01", "2026-11-30"))}, **over(10)) == []


def test_an_answer_whose_question_is_not_shown_is_left_alone(said):
    hidden = {"33": True, "33.2": f"{LONG}x", "39.4": 1000, "39.2": f"{LONG}x", "1.3": "x" * 51, "26.2": f"{LONG}x"}
    assert said(hidden) == []
