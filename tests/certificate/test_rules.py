"""Each rule of certificates.md section 2 under its id: what it refuses, and what it lets pass."""

from datetime import date

import pytest

from fmstod.certificate.check_rows import diagnosis_problems
from fmstod.certificate.rules import WORDED
from fmstod.certificate.subject import Facts
from fmstod.domain.answers import Diagnosis
from fmstod.domain.icd import Standing
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind
from fmstod.domain.period import DayCounts, Period
from fmstod.domain.recommendation import Limit
from fmstod.knowledge.comparison import compare, told
from fmstod.texts import catalogue, text

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


# Notices


@pytest.mark.parametrize(
    ("first", "other", "expected"),
    [
        ("2026-11-16", None, []),  # seven days back is not more than seven
        ("2026-11-15", None, [("U-1", "32[0].from", "warning")]),
        ("2026-11-15", "Sökte först i dag", [("U-1", "32[0].from", "tip")]),
    ],
)
def test_an_early_start_wants_its_reason(said, first, other, expected):
    assert said({**periods((100, first, "2026-12-20")), "25": other}) == expected


@pytest.mark.parametrize("kind", ["TELEFONKONTAKT", "JOURNALUPPGIFTER", "ANNAT"])
def test_no_examination_is_worth_a_word(said, kind):
    without = {**basis((kind, "2026-11-23")), "1.3": "Mor"}
    assert said(without) == [("U-2", "1", "warning")]
    assert said({**without, "25": "Väl känd patient"}) == [("U-2", "1", "tip")]
    for examination in ("FYSISKUNDERSOKNING", "DIGITALUNDERSOKNING"):
        assert said(basis((examination, "2026-11-23"), ("TELEFONKONTAKT", "2026-11-23"))) == []


def test_several_occupations_may_differ(said):
    several = {"28": ["NUVARANDE_ARBETE", "STUDIER"]}
    assert said(several) == [("U-3", "28", "warning")]
    assert said({**several, "25": "Studierna klaras på halvfart"}) == [("U-3", "28", "tip")]


def limit(days, **other):
    known = {"entry": 546, "title": "Utmattningssyndrom", "dated": date(2017, 1, 30), "retrieved": date(2020, 4, 2)}
    return Limit(**{"days": days, "sure": True, **known, **other})


def over(*bounds, earlier=0, planned=28, **other):
    return {"limits": tuple(limit(b, **other) for b in bounds), "days": DayCounts(planned=planned, earlier=earlier)}


def test_longer_than_the_recommendation_asks_for_a_reason(said):
    assert said(**over(27)) == [("U-6", "32", "warning")]
    assert said(**over(28)) == []
    assert said(**over(27, earlier=None)) == []  # unknown earlier days: no claim
    assert said(**over(60, earlier=33)) == [("U-6", "32", "warning")]
    assert said({"37": "Komplikation"}, **over(27)) == []


def test_the_first_diagnosis_sets_the_limit_and_another_that_allows_more_explains_the_length(said):
    assert said(**over(14, 27)) == [("U-6", "32", "warning")]
    assert said(**over(14, 28)) == [("U-6", "32", "tip")]
    assert said(**over(14, None)) == [("U-6", "32", "tip")]
    assert said(**over(28, 14)) == []
    assert said(**over(None, 14)) == []
    assert said(**over(14, sure=False)) == [("U-6", "32", "warning")]  # the most generous that may apply
    assert said(**over(0)) == [("U-6", "32", "warning")]
    assert said(**over(0, sure=False)) == []  # "no sick leave" that perhaps isn't for this patient
    assert said(**over()) == []


@pytest.mark.parametrize("how", ["to_be_avoided", "own_report", ""])
def test_no_sick_leave_is_told_in_the_words_of_the_comparison(problems, how):
    """What the panel calls "undvik sjukskrivning" isn't "ingen sjukskrivning" beside the question."""
    for rechecked in (None, date(2026, 10, 1)):
        same = {"rechecked": rechecked, **({how: True} if how else {})}
        (found,) = problems(**over(0, **same))
        days, bound = DayCounts(planned=28, earlier=0), limit(0, **same)
        panel = told(compare(days, bound), days, bound, catalogue())
        words, heading = text(found.text_key, **found.values), panel.partition(": ")[2]
        assert heading in words
        assert ("2020" in words) is (rechecked is None)
    assert "undvik" in words or how != "to_be_avoided"


def from_operation(**other):
    """28 days from the 23rd of November; 14 days after an operation."""
    plan = (Period(degree=100, first=date(2026, 11, 23), last=date(2026, 12, 20)),)
    known = over(None, after_event=14, counts_from="operation", **other)
    return {**known, "days": known["days"].changed(periods=plan)}


def test_longer_than_a_time_after_an_operation_is_a_tip_until_its_day_is_known(said, problems):
    assert said(**from_operation()) == [("U-6", "32", "tip")]
    (tip,) = problems(**from_operation(rechecked=date(2026, 10, 1)))
    words = text(tip.text_key, **tip.values)
    assert "28 dagar (fråga 32) är längre om den var första dagen" in words
    assert "över" not in words
    assert said({"37": "Komplikation"}, **from_operation()) == []
    assert said(**from_operation(event=date(2026, 12, 7))) == []
    assert said(**from_operation(event=date(2026, 12, 6))) == [("U-6", "32", "warning")]


@pytest.mark.parametrize(
    ("rechecked", "words"),
    [(None, "15 dagar från 2026-12-06 (fråga 32) är längre än uppgiften från 2020"),
     (date(2026, 10, 1), "15 dagar från 2026-12-06 (fråga 32) är över rekommendationen")],
)  # fmt: skip
def test_longer_than_a_time_from_a_known_day_names_the_day(problems, rechecked, words):
    (found,) = problems(**from_operation(event=date(2026, 12, 6), rechecked=rechecked))
    assert words in text(found.text_key, **found.values)


@pytest.mark.parametrize("event", ["operation", "procedure", "treatment", "discharge"])
def test_each_event_has_its_words(problems, event):
    (found,) = problems(**{**from_operation(), "limits": (limit(None, after_event=14, counts_from=event),)})
    assert text(found.text_key, **found.values)


def test_no_sick_leave_is_told_as_such_and_not_as_no_days(problems):
    for rechecked, words in (
        (None, "FMB 2020 anger ingen sjukskrivning"),
        (date(2026, 1, 1), "FMB anger ingen sjukskrivning"),
    ):
        (found,) = problems(**over(0, rechecked=rechecked))
        assert words in text(found.text_key, **found.values)


def test_only_a_rechecked_recommendation_says_over(problems):
    (old,) = problems(**over(14))
    said = text(old.text_key, **old.values)
    assert "längre än uppgiften från 2020" in said
    assert "över" not in said
    (new,) = problems(**over(14, rechecked=date(2026, 10, 1)))
    assert "över rekommendationen" in text(new.text_key, **new.values)


@pytest.mark.parametrize("rule", sorted(WORDED))
def test_every_rule_has_a_sentence(rule):
    assert any(key.removeprefix("problem.").split(".")[0] == rule for key in catalogue())


@pytest.mark.parametrize("spoilt", [refused for _, refused, _, _ in ERRORS])
def test_every_message_is_whole_and_says_where_and_what_to_do(problems, spoilt):
    for problem in problems(spoilt):
        said = text(problem.text_key, **problem.values)
        assert "{" not in said
        assert said.endswith(".")
        assert "fråga" in said.lower() or "Intyget" in said
        assert problem.level != "error" or problem.rule in WORDED


def test_a_message_repeats_of_a_code_only_what_a_terminal_can_show(problems):
    (problem,) = problems(diagnoses(("\x1b[31m\n" * 1000, "Lumbago")))
    said = text(problem.text_key, **problem.values)
    assert said.isprintable()
    assert len(said) < 200


def test_what_is_only_missing_is_marked_so(problems):
    """certificates.md 2.9: shown after the user has asked; a wrong format shows at once."""
    emptied = dict.fromkeys(("1", "28", "29", "6", "35", "17", "32", "39"))
    assert all(problem.missing for problem in problems(emptied))
    wrong = {**basis(("TELEFONKONTAKT", "i går")), **periods((100, "2026-11-23", "2026-11-22"))}
    assert not any(problem.missing for problem in problems(wrong))


def test_a_problem_knows_its_question(problems):
    assert {p.ref for p in problems({"32": [{"degree": 100}], "39": None})} == {"32", "39"}
    assert [p.ref for p in problems(unit=Unit(**{**UNIT, "town": ""}))] == ["unit.town"]
