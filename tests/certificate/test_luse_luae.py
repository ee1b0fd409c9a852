"""FK 7800, 7801 and 7802 under their LU-* rules (certificates.md 1.4): what each refuses, and what it lets pass."""

import pytest

from fmstod.certificate.answers import read_answers
from fmstod.certificate.check import check
from fmstod.certificate.form import open_refs
from fmstod.certificate.subject import Facts, Subject
from fmstod.domain.answers import DatedChoice
from fmstod.domain.icd import Standing
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind
from fmstod.domain.period import iso_day
from fmstod.files import read_forms
from fmstod.texts import text

TODAY = iso_day("2026-11-23")
UNIT = Unit(address="Exempelgatan 1", postcode="123 45", town="Exempelstad", phone="08-465 004 22")
FORMS = read_forms()
LUSE, NA, FS = ("luse", "1.3"), ("luae_na", "1.2"), ("luae_fs", "1.1")
SHARED = {
    "1": [{"kind": "UNDERSOKNING", "date": "2026-11-20"}],
    "2": "2026-11-20",
    "3": False,
    "6": [{"code": "M545", "text": "Lumbago"}],
}
LONGER = {
    **SHARED,
    "5": "Ont sedan 2019",
    "7": "2019, ortopeden",
    "45": False,
    "13": "Går stelt",
    "17": "Kan inte sitta en timme",
    "22": "Kan inte arbeta nu",
}
WHOLE = {LUSE: LONGER, NA: LONGER, FS: {**SHARED, "15": "Sedan födseln", "16": "Orkar halva dagar"}}
TEXTS = ("8", "9", "10", "11", "12", "14")


def problems(key, changes, patient="19840512-9803", rows=None):
    """The problems of a whole statement once `changes` are made; None takes an answer away. `rows` are typed ones of 4."""
    form = FORMS[key]
    plain = {ref: value for ref, value in {**WHOLE[key], **changes}.items() if value is not None}
    answers = read_answers(form, plain) | ({"3": True, "4": rows} if rows else {})
    subject = Subject(patient, IdentityKind.PERSONNUMMER, UNIT, answers)
    return check(form, subject, Facts(TODAY, lambda code: Standing(known=True)))


def said(key, changes, **others):
    return [(p.rule, p.field, str(p.level)) for p in problems(key, changes, **others)]


def errors(key, changes, **others):
    return [(rule, field) for rule, field, level in said(key, changes, **others) if level == "error"]


def born(day):
    """A personal number of the range that no person has (980-989), with its check digit."""
    digits = f"{day.replace('-', '')[2:]}980"
    doubled = (int(digit) * (2 - n % 2) for n, digit in enumerate(digits))
    return f"{day.replace('-', '')}-980{-sum(value // 10 + value % 10 for value in doubled) % 10}"


def basis(*rows):
    return {"1": [{"kind": kind, "date": day} for kind, day in rows]}


def document(**changes):
    return {"kind": "PSYKOLOG", "date": "2026-01-10", "where": "Kliniken", **changes}


def documents(*rows):
    return {"3": True, "4": list(rows)}


EXAMINED, OTHER = ("UNDERSOKNING", "2026-11-20"), ("ANNAT", "2026-11-20")
ONE = documents(document())

# rule, changes that it refuses, the place it names, and a neighbour that it lets pass
BOTH = [
    ("LU-1", {"1": None}, "1", basis(EXAMINED)),
    ("LU-1", basis(("ANHORIG", "")), "1[0].date", basis(EXAMINED)),
    ("LU-1", basis(("UNDERSOKNING", "2026-02-30")), "1[0].date", basis(EXAMINED)),
    ("LU-1", basis(EXAMINED, ("ANHORIG", "1900-01-01")), "1[1].date", basis(EXAMINED, ("ANHORIG", "2026-11-21"))),
    ("LU-1", basis(("UNDERSOKNING", "2026-11-24")), "1[0].date", basis(("UNDERSOKNING", "2026-11-23"))),
    ("LU-1.3", basis(EXAMINED, OTHER), "1.3", {**basis(EXAMINED, OTHER), "1.3": "Mor"}),
    ("LU-2.1", {"2": None}, "2", {"2": "2019-05-01"}),
    ("LU-2.1", {"2": "2019-05"}, "2", {"2": "2019-05-01"}),
    ("LU-2.1", {**basis(("JOURNALUPPGIFTER", "2026-11-01")), "2": "2026-11-24"}, "2",
     {**basis(("JOURNALUPPGIFTER", "2026-11-01")), "2": "2026-11-23"}),  # only these two bind the day
    ("LU-2.1", {"2": "2026-11-21"}, "2", {"2": "2026-11-20"}),
    ("LU-2.1", {**basis(("ANHORIG", "2026-11-19")), "2": "2026-11-20"}, "2", {**basis(("ANHORIG", "2026-11-20")), "2": "2026-11-20"}),
    ("LU-3.1", {"3": None}, "3", {"3": False}),
    ("LU-4", {"3": True}, "4", ONE),
    ("LU-4", {**ONE, "3": False}, "4", ONE),
    ("LU-4", documents(document(date="")), "4[0].date", ONE),
    ("LU-4", documents(document(where=" ")), "4[0].where", ONE),
    ("LU-4", documents(document(date="2026-02-30")), "4[0].date", ONE),
    ("LU-4", documents(document(date="1900-01-01")), "4[0].date", ONE),
    ("LU-4", documents(document(date="2026-11-24")), "4[0].date", documents(document(date="2026-11-23"))),
    ("LU-4", documents(*[document()] * 4), "4[3].kind", documents(*[document()] * 3)),
    ("DX-1", {"6": None}, "6", {"6": [{"code": "M545", "text": "Lumbago"}]}),
    ("DX-4", {"6": [{"code": "F32", "text": "Depression"}]}, "6[0].code", {"6": [{"code": "F320", "text": "Depression"}]}),
]  # fmt: skip
WORK = [
    ("LU-5.1", {"5": " "}, "5", {"5": "Ont sedan 2019"}),
    ("LU-7.1", {"7": None}, "7", {"7": "2019"}),
    ("LU-45.1", {"45": None}, "45", {"45": False}),
    ("LU-45.2", {"45": True}, "45.2", {"45": True, "45.2": "M545, ny röntgen"}),
    *[("LU-8", {"13": None}, "8", {"13": None, ref: "Nedsatt"}) for ref in TEXTS],
    ("LU-8", {"13": " \n"}, "8", {}),
    ("LU-17.1", {"17": None}, "17", {"17": "Kan inte sitta"}),
    ("LU-22.1", {"22": None}, "22", {"22": "Kan inte arbeta"}),
    ("LU-26.2", {"26": False, "26.2": "Ring"}, "26.2", {"26": True, "26.2": "Ring"}),
    ("LU-26.2", {"26.2": "Ring"}, "26.2", {"26": True}),
]
SCHOOL = [
    ("LU-15.1", {"15": None}, "15", {"15": "Sedan födseln"}),
    ("LU-16.1", {"16": "  "}, "16", {"16": "Orkar inte"}),
    ("LU-26.2", {"26": False, "26.2": "Ring"}, "26.2", {"26.2": "Ring"}),  # only with an explicit no
]
ERRORS = [
    *[(key, *row) for key in (LUSE, NA, FS) for row in BOTH],
    *[(key, *row) for key in (LUSE, NA) for row in WORK],
    *[(FS, *row) for row in SCHOOL],
]


@pytest.mark.parametrize(("key", "rule", "refused", "field", "accepted"), ERRORS)
def test_a_rule_refuses_one_thing_and_lets_its_neighbour_pass(key, rule, refused, field, accepted):
    assert (rule, field) in errors(key, refused)
    assert rule not in [found for found, _ in errors(key, accepted)]


@pytest.mark.parametrize("key", WHOLE)
def test_the_statement_to_spoil_has_no_problem(key):
    assert said(key, {}, patient=born("2010-05-12") if key == NA else "19840512-9803") == []


@pytest.mark.parametrize(("key", "refused"), [(key, refused) for key, _, refused, *_ in ERRORS])
def test_every_message_is_whole_and_says_where(key, refused):
    for problem in problems(key, refused):
        words = text(problem.text_key, **problem.values)
        assert "{" not in words
        assert words.endswith(".")
        assert any(word in words for word in ("fråga", "Fråga", "Patienten är äldre"))


def test_a_list_of_documents_is_filled_from_the_top():
    """certificates.md 1.4: row 1 before the others; rows of a draft may be empty."""
    empty, full = DatedChoice(kind="", where=""), DatedChoice(kind="PSYKOLOG", date="2026-01-10", where="Kliniken")
    assert errors(LUSE, {}, rows=(empty, full)) == [("LU-4", "4[0].kind")]
    assert errors(LUSE, {}, rows=(full, empty)) == []
    assert errors(LUSE, {}, rows=(empty, empty)) == [("LU-4", "4")]
    assert errors(LUSE, {}, rows=(full.changed(kind=""),)) == [("LU-4", "4[0].kind")]


@pytest.mark.parametrize(
    ("key", "kind", "taken"),
    [
        (LUSE, "SKOLHALSOVARD", False),
        (LUSE, "FORETAGSHALSOVARD", True),
        (NA, "SKOLHALSOVARD", True),
        (NA, "FORETAGSHALSOVARD", True),
        (FS, "SKOLHALSOVARD", True),
        (FS, "FORETAGSHALSOVARD", False),
    ],
)
def test_each_form_takes_the_documents_that_fit_its_patients(key, kind, taken):
    rows = (DatedChoice(kind=kind, date="2026-01-10", where="Kliniken"),)
    assert errors(key, {}, rows=rows) == ([] if taken else [("LU-4", "4[0].kind")])


def test_the_same_kind_of_document_may_come_twice():
    assert errors(LUSE, documents(document(), document(date="2025-01-10"))) == []


@pytest.mark.parametrize(("key", "ref", "most"), [
    (LUSE, "5", 3500), (LUSE, "25", 2700), (NA, "24", 3500), (NA, "25", 2700), (FS, "25", 2850), (FS, "16", 3500)],
)  # fmt: skip
def test_a_text_that_is_too_long_warns(key, ref, most):
    young = {"patient": born("2010-05-12")}
    assert said(key, {ref: "x" * (most + 1)}, **young) == [("LN-1", ref, "warning")]
    assert said(key, {ref: "x" * most}, **young) == []


def test_no_examination_is_worth_a_word_of_150_characters():
    unseen = basis(("JOURNALUPPGIFTER", "2026-11-20"))
    assert said(LUSE, unseen) == [("U-2", "1", "warning")]
    assert said(LUSE, {**unseen, "1.2": "x" * 150}) == [("U-2", "1", "tip")]
    assert ("LN-1", "1.2", "warning") in said(LUSE, {**unseen, "1.2": "x" * 151})
    assert said(LUSE, {**unseen, **ONE, "25": "Väl känd"}) == [("U-2", "1", "tip")]  # the list of documents is no basis


@pytest.mark.parametrize(
    ("patient", "older"),
    [
        (born("1996-09-23"), False),  # 30 years and 2 months today
        (born("1996-09-22"), True),
        (born("2010-05-12"), False),
        ("19840512-9803", True),
    ],
)
def test_the_form_for_the_young_says_so_of_those_over_thirty(patient, older):
    found = said(NA, {}, patient=patient)
    assert found == ([("U-11", "patient.id", "warning")] if older else [])
    assert said(LUSE, {}, patient=patient) == []


def test_a_last_day_of_a_month_is_no_trap():
    """Born on the 31st of December, 30 years and 2 months later is the last of February."""
    form = FORMS[NA]
    subject = Subject(born("1996-12-31"), IdentityKind.PERSONNUMMER, UNIT, read_answers(form, LONGER))
    for day, older in (("2027-02-28", False), ("2027-03-01", True)):
        found = [p.rule for p in check(form, subject, Facts(iso_day(day), lambda code: Standing(known=True)))]
        assert ("U-11" in found) == older


def test_the_forms_ask_what_certificates_md_says():
    refs = {key: [q.ref for q in FORMS[key].questions()] for key in WHOLE}
    assert [ref for ref in refs[NA] if ref != "24"] == refs[LUSE]
    assert refs[NA].index("24") == refs[NA].index("23") + 1
    assert set(refs[FS]) - set(refs[LUSE]) == {"15", "16"}
    assert "45.2" not in open_refs(FORMS[LUSE], {"45": False})
