"""AG 7804 and AG1-14: their rules under AG-* and A14-*, what they take from FK 7804, and what they keep to themselves."""

import pytest

from fmstod.certificate.answers import read_answers
from fmstod.certificate.check import check
from fmstod.certificate.discretion import named_in
from fmstod.certificate.fill import shown_answers
from fmstod.certificate.form import open_refs
from fmstod.certificate.made_from import made_from
from fmstod.certificate.subject import Facts, Subject, subject_of
from fmstod.domain.answers import Diagnosis, IcfRating, IcfText, PeriodRow
from fmstod.domain.consultation import Consultation
from fmstod.domain.icd import Standing
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind, Patient
from fmstod.domain.period import iso_day
from fmstod.files import read_forms
from fmstod.texts import text

TODAY = iso_day("2026-11-23")
UNIT = Unit(address="Exempelgatan 1", postcode="123 45", town="Exempelstad", phone="08-465 004 22")
FORMS = read_forms()
FK, AG, SHORT = FORMS["fk7804", "2.0"], FORMS["ag7804", "2.0"], FORMS["ag1-14", "2.0"]
TELLS = [{"code": "M545", "text": "Lumbago"}]
SIGNED = {
    "1": [{"kind": "FYSISKUNDERSOKNING", "date": "2026-11-23"}],
    "28": ["NUVARANDE_ARBETE"],
    "29": "Sjuksköterska på akuten",
    "35": "Går stelt",
    "17": "Orkar en uppgift i taget",
    "32": [{"degree": 100, "from": "2026-11-23", "to": "2026-12-20"}],
    "39": "STOR_SANNOLIKHET",
}
OLD = {**SIGNED, "1": [{"kind": "UNDERSOKNING", "date": "2026-11-23"}], "40": ["EJ_AKTUELLT"]}
FIRST_DAYS = {
    "10": [{"kind": "FYSISKUNDERSOKNING", "date": "2026-11-23"}],
    "1": "Sjuksköterska på akuten",
    "3": False,
    "5": "Orkar en uppgift i taget",
    "6": False,
    "7": 100,
    "7.2": [{"from": "2026-11-23", "to": "2026-12-06"}],
}
OLD_DAYS = {**FIRST_DAYS, "10": [{"kind": "UNDERSOKNING", "date": "2026-11-23"}], "28": ["NUVARANDE_ARBETE"]}
WHOLE = {
    ("ag7804", "2.0"): {**SIGNED, "100": False},
    ("ag7804", "1.0"): {**OLD, "100": False},
    ("ag1-14", "2.0"): FIRST_DAYS,
    ("ag1-14", "1.0"): OLD_DAYS,
}


def problems(key, changes, unit=UNIT):
    """The problems of a whole certificate once `changes` are made; None takes an answer away."""
    form = FORMS[key]
    plain = {ref: value for ref, value in {**WHOLE[key], **changes}.items() if value is not None}
    subject = Subject("19840512-9803", IdentityKind.PERSONNUMMER, unit, read_answers(form, plain))
    return check(form, subject, Facts(TODAY, lambda code: Standing(known=code == "M545")))


def said(key, changes, **others):
    return [(p.rule, p.field, str(p.level)) for p in problems(key, changes, **others)]


def errors(key, changes):
    return [(rule, field) for rule, field, level in said(key, changes) if level == "error"]


AG2, AG1, NEW, EARLY = ("ag7804", "2.0"), ("ag7804", "1.0"), ("ag1-14", "2.0"), ("ag1-14", "1.0")
EXAMINED, OTHER = {"kind": "FYSISKUNDERSOKNING", "date": "2026-11-23"}, {"kind": "ANNAT", "date": "2026-11-23"}
LONG = "x" * 4000


def span(first, last):
    return {"7.2": [{"from": first, "to": last}]}


# form, rule, changes that it refuses, the place it names, and a neighbour that it lets pass
ERRORS = [
    (AG2, "AG-1", {"100": None}, "100", {"100": False}),
    (AG1, "AG-1", {"100": None}, "100", {"100": True, "6": TELLS}),
    (AG2, "DX-1", {"100": True}, "6", {"100": True, "6": TELLS}),  # AG-2: told, so it is checked
    (AG2, "DX-1", {"27.1": True, "100": None}, "6", {"27.1": True, "100": None, "6": TELLS}),
    (AG1, "DX-8", {"100": True, "6": [{"code": "M545"}]}, "6[0].text", {"100": True, "6": TELLS}),
    (AG2, "AG-3", {"100": False, "6": TELLS}, "6", {"100": True, "6": TELLS}),
    (AG2, "AG-3", {"100": False, "6": [{"text": "Rygg"}]}, "6", {"100": False, "6": [{}]}),
    (AG1, "AG-3", {"100": False, "6": TELLS}, "6", {"100": None, "6": TELLS}),
    (AG2, "AG-4", {"103": False, "103.2": "Rehab"}, "103.2", {"103": True, "103.2": "Rehab"}),
    (AG1, "AG-4", {"103": False, "103.2": "Rehab"}, "103.2", {"103.2": "Rehab"}),
    (AG1, "AT-4", {"40": ["HJALPMEDEL"] * 11}, "40", {"40": ["HJALPMEDEL"] * 10}),
    (NEW, "A14-10", {"10": None}, "10", {"10": [EXAMINED]}),
    (
        NEW,
        "A14-10",
        {"10": [{**EXAMINED, "date": "2026-02-30"}]},
        "10[0].date",
        {"10": [{**EXAMINED, "date": "2026-02-28"}]},
    ),
    (
        NEW,
        "A14-10",
        {"10": [{**EXAMINED, "date": "1900-01-01"}]},
        "10[0].date",
        {"10": [{**EXAMINED, "date": "1900-01-02"}]},
    ),
    (NEW, "A14-10", {"10": [{**EXAMINED, "date": "2026-11-24"}]}, "10[0].date", {"10": [EXAMINED]}),
    (NEW, "A14-10", {"10": [EXAMINED, EXAMINED]}, "10[1].date", {"10": [EXAMINED, OTHER]}),
    (EARLY, "A14-10", {"10": None}, "10", {"10": [EXAMINED | {"kind": "UNDERSOKNING"}]}),
    (NEW, "A14-10.3", {"10": [OTHER]}, "10.3", {"10": [OTHER], "10.3": "Mor"}),
    (NEW, "A14-10.3", {"10": [OTHER], "10.3": "x" * 51}, "10.3", {"10": [OTHER], "10.3": "x" * 50}),
    (EARLY, "A14-10.3", {"10.3": "Mor"}, "10.3", {"10": [EXAMINED | {"kind": "UNDERSOKNING"}, OTHER], "10.3": "Mor"}),
    (EARLY, "A14-28", {"28": None}, "28", {"28": ["NUVARANDE_ARBETE"]}),
    (EARLY, "A14-28", {"28": ["NUVARANDE_ARBETE"] * 2}, "28", {"28": ["NUVARANDE_ARBETE"]}),
    (NEW, "A14-1", {"1": " "}, "1", {"1": "Snickare"}),
    (NEW, "A14-1", {"1": f"{LONG}x"}, "1", {"1": LONG}),
    (NEW, "A14-3", {"3": None}, "3", {"3": False}),
    (NEW, "A14-4", {"3": True}, "4", {"3": True, "4": TELLS}),
    (NEW, "A14-4", {"3": False, "4": TELLS}, "4", {"3": True, "4": TELLS}),
    (EARLY, "A14-4", {"3": True, "4": []}, "4", {"3": True, "4": TELLS}),
    (NEW, "A14-5", {"5": None}, "5", {"5": "Orkar inte lyfta"}),
    (NEW, "A14-6", {"6": None}, "6", {"6": False}),
    (NEW, "A14-6.2", {"6": True}, "6.2", {"6": True, "6.2": "Sitta i receptionen"}),
    (NEW, "A14-7", {"7": None}, "7", {"7": 1}),
    (NEW, "A14-7", {"7": 0}, "7", {"7": 1}),
    (NEW, "A14-7", {"7": 101}, "7", {"7": 100}),
    (EARLY, "A14-7", {"7": 101}, "7", {"7": 0}),
    (NEW, "A14-7.2", {"7.2": None}, "7.2[0].from", span("2026-11-23", "2026-11-23")),
    (NEW, "A14-7.2", span("2026-11-23", ""), "7.2[0].to", span("2026-11-23", "2026-11-23")),
    (NEW, "A14-7.2", span("2026-11-31", "2026-12-01"), "7.2[0].from", span("2026-11-30", "2026-12-01")),
    (NEW, "A14-7.2", span("2026-11-23", "2026-11-22"), "7.2[0].to", span("2026-11-23", "2026-11-23")),
    (
        NEW,
        "A14-7.2",
        {"7.2": [*span("2026-11-23", "2026-11-23")["7.2"]] * 2},
        "7.2[1].from",
        span("2026-11-23", "2026-12-01"),
    ),
    (NEW, "A14-8", {"8": f"{LONG}x"}, "8", {"8": LONG}),
    (NEW, "A14-9.2", {"9": True}, "9.2", {"9": True, "9.2": "Ring mig"}),
    (EARLY, "A14-9.2", {"9.2": "Ring mig"}, "9.2", {"9": True, "9.2": "Ring mig"}),  # forbidden also when unanswered
]


@pytest.mark.parametrize(("key", "rule", "refused", "field", "accepted"), ERRORS)
def test_a_rule_refuses_one_thing_and_lets_its_neighbour_pass(key, rule, refused, field, accepted):
    assert (rule, field) in errors(key, refused)
    assert rule not in [found for found, _ in errors(key, accepted)]


@pytest.mark.parametrize(("key", "rule", "refused", "field", "accepted"), ERRORS)
def test_every_message_is_whole(key, rule, refused, field, accepted):
    for problem in problems(key, refused):
        words = text(problem.text_key, **problem.values)
        assert "{" not in words
        assert words.endswith(".")


@pytest.mark.parametrize("key", WHOLE)
def test_the_certificate_to_spoil_has_no_problem(key):
    assert said(key, {}) == []


@pytest.mark.parametrize(("postcode", "found"), [("123-45", ["UN-3"]), ("123 45", [])])
def test_only_version_1_minds_how_a_postcode_is_written(postcode, found):
    unit = UNIT.changed(postcode=postcode)
    for key in (AG1, EARLY):
        assert [rule for rule, *_ in said(key, {}, unit=unit)] == found
    assert said(AG2, {}, unit=unit) == said(NEW, {}, unit=unit) == []


def test_a_preview_takes_no_answer_as_a_no():
    """certificates.md 4.4: only the diagnosis can be left out, and it is until the patient has said yes."""
    for form, told, kept in ((AG, "100", "6"), (SHORT, "3", "4")):
        assert kept not in open_refs(form, {})
        assert kept not in open_refs(form, {told: False})
        assert kept in open_refs(form, {told: True})
        assert kept not in shown_answers(form, {kept: (Diagnosis(code="M545", text="Lumbago"),)})


def test_with_smittskydd_the_diagnosis_cannot_be_kept():
    shown = open_refs(AG, {"27.1": True})
    assert "6" in shown
    assert "100" not in shown


def test_what_a_renewed_employers_certificate_asks_anew():
    """certificates.md 5.2, but that version 2.0 copies the answer to 100 there: here the patient is asked each time."""
    anew = {key: {q.ref for q in FORMS[key].questions() if not q.renewed} for key in WHOLE}
    assert anew[AG2] == {"1", "1.3", "100", "103", "103.2", "32", "39", "39.2", "39.4"}
    assert anew[AG1] == {"1", "1.3", "100", "103", "103.2", "32", "33", "33.2", "39", "39.3"}
    for key in (NEW, EARLY):
        assert anew[key] == {"10", "10.3", "3", "7", "7.2", "9", "9.2"}


def fk(**changes):
    return read_answers(FK, {**SIGNED, "27.1": False, "6": TELLS, "25": "Tack", **changes})


def test_an_employers_certificate_takes_what_both_ask_for():
    answers = fk(**{"26": True, "26.2": "Rehab"})
    made = made_from(AG, FK, answers)
    assert made == {ref: value for ref, value in answers.items() if ref not in {"26", "26.2"}}
    assert not {"100", "103", "103.2"} & made.keys()


def test_categories_stay_behind_when_the_text_stands_alone():
    described = {**fk(), "35": IcfText(text="Stel", icf=(IcfRating(code="b280", severity=3),))}
    assert made_from(AG, FK, described)["35"] == IcfText(text="Stel")
    only_picked = {**described, "17": IcfText(icf=(IcfRating(code="d430"),))}
    assert "17" not in made_from(AG, FK, only_picked)


def test_the_first_days_take_what_the_form_can_say():
    made = made_from(SHORT, FK, fk())
    assert made["1"] == SIGNED["29"]
    assert made["5"] == SIGNED["17"]
    assert made["4"] == (Diagnosis(code="M545", text="Lumbago"),)
    assert made["7"] == 100
    assert made["7.2"] == (PeriodRow(first="2026-11-23", last="2026-12-20"),)
    assert made["8"] == "Tack"
    assert not {"3", "6", "6.2", "9", "9.2"} & made.keys()
    two = [*SIGNED["32"], {"degree": 50, "from": "2026-12-21", "to": "2027-01-03"}]
    assert not {"7", "7.2"} & made_from(SHORT, FK, fk(**{"32": two})).keys()


# Notices


def test_a_text_that_names_the_diagnosis_is_told():
    told = {"100": None, "6": TELLS, "35": "Lumbago sedan i maj"}
    (notice,) = [p for p in problems(AG2, told) if p.rule == "U-9"]
    assert (notice.field, notice.level) == ("35", "warning")
    words = text(notice.text_key, **notice.values)
    assert "Lumbago" in words
    assert "fråga 35" in words.lower()
    for told in ({"100": True}, {"27.1": True}):
        assert "U-9" not in [rule for rule, *_ in said(AG2, {**told, "6": TELLS, "35": "Lumbago", "25": "M54.5"})]
    assert ("U-9", "8", "warning") in said(NEW, {"3": None, "4": TELLS, "8": "Se M54.5"})
    for key, kept, words in ((AG1, "6", "25"), (EARLY, "4", "8")):  # what is only read can't be written otherwise
        assert "U-9" not in [rule for rule, *_ in said(key, {kept: TELLS, words: "Se M54.5"})]


def test_the_window_minds_a_diagnosis_that_it_does_not_show():
    case = Consultation(
        form=("ag7804", "2.0"),
        patient=Patient(number="19840512-9803"),
        answers={"100": False, "6": (Diagnosis(code="M545", text="Lumbago"),), "25": "Har lumbago"},
    )
    subject = subject_of(AG, case, UNIT, {})
    assert "6" not in subject.answers
    found = check(AG, subject, Facts(TODAY))
    assert [p.field for p in found if p.rule == "U-9"] == ["25"]
    assert "AG-3" not in [p.rule for p in found]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("Svår utmattning sedan maj", "utmattning"),
        ("Se F43.8A.", "F43.8A"),
        ("kod f438a", "f438a"),
        ("Akut reaktion på svår stress", ""),
        ("Orkar en timme i taget", ""),
        ("", ""),
    ],
)
def test_words_and_codes_give_a_diagnosis_away(words, named):
    rows = [Diagnosis(code="F43.8A", text="Utmattningssyndrom, akut reaktion")]
    assert named_in(words, rows, set(AG.discretion.ordinary)) == named
    assert named_in(words, ()) == ""


def test_the_employers_forms_share_their_ordinary_words():
    assert AG.discretion.ordinary == SHORT.discretion.ordinary
    assert all(word == word.casefold() for word in AG.discretion.ordinary)


@pytest.mark.parametrize(("last", "found"), [("2026-12-06", []), ("2026-12-07", [("U-10", "7.2[0].to", "warning")])])
def test_more_than_fourteen_days_want_the_other_form(last, found):
    """certificates.md 4.4: tom - from of 14 or more."""
    assert said(NEW, span("2026-11-23", last)) == found


def test_notices_name_the_questions_of_their_form():
    early = problems(NEW, span("2026-11-10", "2026-11-20"))
    (notice,) = early
    assert notice.rule == "U-1"
    words = text(notice.text_key, **notice.values)
    assert "fråga 7 " in words
    assert "fråga 8 " in words
