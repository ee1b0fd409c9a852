"""FK 7804 1.x under the v1 column of certificates.md section 2: what each rule refuses, and what it lets pass."""

import pytest

from fmstod.certificate.answers import read_answers
from fmstod.certificate.check import check
from fmstod.certificate.form import open_refs
from fmstod.certificate.subject import Facts, Subject
from fmstod.domain.icd import Standing
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind
from fmstod.domain.period import iso_day
from fmstod.files import read_forms
from fmstod.texts import text

VERSIONS = ["1.0", "1.1", "1.2", "1.3"]
TODAY = iso_day("2026-11-23")
UNIT = Unit(address="Exempelgatan 1", postcode="123 45", town="Exempelstad", phone="08-465 004 22")
ANSWERS = {
    "27.1": False,
    "1": [{"kind": "UNDERSOKNING", "date": "2026-11-23"}],
    "28": ["NUVARANDE_ARBETE"],
    "29": "Sjuksköterska på akuten",
    "6": [{"code": "F438A", "text": "Utmattningssyndrom"}],
    "35": "Blek, tappar tråden",
    "17": "Orkar en uppgift i taget",
    "32": [{"degree": 100, "from": "2026-11-23", "to": "2026-12-20"}],
    "39": "STOR_SANNOLIKHET",
    "40": ["EJ_AKTUELLT"],
}
SICK_OF_INFECTION = {**dict.fromkeys(("1", "28", "29", "35", "17", "39", "40")), "27.1": True}


def problems(changes, version="1.3", unit=UNIT, standing=lambda _: Standing(known=True)):
    """The problems of a certificate without any once `changes` are made; None takes an answer away."""
    form = read_forms()["fk7804", version]
    plain = {ref: value for ref, value in {**ANSWERS, **changes}.items() if value is not None}
    subject = Subject("19840512-9803", IdentityKind.PERSONNUMMER, unit, read_answers(form, plain))
    return check(form, subject, Facts(TODAY, standing))


def said(changes, version="1.3", **others):
    return [(p.rule, p.field, str(p.level)) for p in problems(changes, version, **others)]


def errors(changes, version="1.3", **others):
    return [(rule, field) for rule, field, level in said(changes, version, **others) if level == "error"]


def basis(*rows):
    return {"1": [{"kind": kind, "date": day} for kind, day in rows]}


def diagnoses(*rows):
    keys = ("code", "text", "system")
    return {"6": [dict(zip(keys, row, strict=False)) for row in rows]}


def periods(*rows, **others):
    return {"32": [{"degree": d, "from": first, "to": last} for d, first, last in rows], **others}


EXAMINED, OTHER = ("UNDERSOKNING", "2026-11-23"), ("ANNAT", "2026-11-20")
FULL, HALF = (100, "2026-11-23", "2026-12-20"), (50, "2026-12-21", "2027-01-10")
KSH = "KSH_97_P"
LASTING = {"39": "ATER_X_ANTAL_DGR"}
ALL_ACTIONS = [option.code for option in read_forms()["fk7804", "1.3"].question("40").options if not option.alone]

# rule, changes that it refuses, the place it names, and a neighbour that it lets pass
ERRORS = [
    ("MU-1", {"1": None}, "1", basis(("JOURNALUPPGIFTER", "2026-11-23"))),
    ("MU-2", basis(("UNDERSOKNING", "2026-02-30")), "1[0].date", basis(("UNDERSOKNING", "2026-02-28"))),
    ("MU-3", basis(("UNDERSOKNING", "1900-01-01")), "1[0].date", basis(("UNDERSOKNING", "1900-01-02"))),
    ("MU-3", basis(("UNDERSOKNING", "2099-12-12")), "1[0].date", basis(EXAMINED)),
    ("MU-4", basis(("UNDERSOKNING", "2026-11-24")), "1[0].date", basis(EXAMINED)),
    (
        "MU-4",
        {**SICK_OF_INFECTION, **basis(("ANNAT", "2026-11-24"))},
        "1[0].date",
        {**SICK_OF_INFECTION, **basis(OTHER)},
    ),
    ("MU-5", basis(EXAMINED, OTHER), "1.3", {**basis(EXAMINED, OTHER), "1.3": "Mor"}),
    ("MU-6", {"1.3": "Mor"}, "1.3", {**basis(EXAMINED, OTHER), "1.3": "Mor"}),
    ("MU-6", {"1.3": " "}, "1.3", {"1.3": ""}),
    ("MU-6", {"1.3": "Mor"}, "1.3", {**SICK_OF_INFECTION, "1.3": "Mor"}),
    ("MU-8", basis(EXAMINED, EXAMINED), "1[1].date", basis(EXAMINED, OTHER)),
    ("SY-1", {"28": []}, "28", {"28": ["STUDIER"], "29": None}),
    ("SY-2", {"28": ["STUDIER", "STUDIER"], "29": None}, "28", {"28": ["STUDIER", "ARBETSSOKANDE"], "29": None}),
    ("SY-3", {"29": " "}, "29", {"29": "Snickare"}),
    ("SY-4", {"28": ["STUDIER"]}, "29", {"28": ["STUDIER"], "29": " "}),
    ("SY-5", {"28": ["STUDIER"] * 5, "29": None}, "28", {"28": ["STUDIER"] * 4, "29": None}),
    ("DX-1", {"6": []}, "6", diagnoses(("M545", "Lumbago"))),
    ("DX-1", {"6": None}, "6", diagnoses(("", ""))),  # an empty row is a row
    ("DX-2", diagnoses(("", ""), ("M545", "Lumbago")), "6[0].code", diagnoses(("", "Lumbago"), ("M545", "Lumbago"))),
    ("DX-3", diagnoses((" ", "Lumbago")), "6[0].code", diagnoses(("M545", "Lumbago"))),
    ("DX-3", diagnoses(("M545", "Lumbago"), ("", "")), "6[1].code", diagnoses(("M545", "Lumbago"), ("M54", "Rygg"))),
    ("DX-4", diagnoses(("f43", "Stress")), "6[0].code", diagnoses((" f438 ", "Stress"))),
    ("DX-4", diagnoses(("Z73", "Stress")), "6[0].code", diagnoses(("Z730", "Stress"))),
    ("DX-5", diagnoses(("M5", "Rygg")), "6[0].code", diagnoses(("M54", "Rygg"))),
    ("DX-6", diagnoses(("M5459X", "Rygg")), "6[0].code", diagnoses(("M5459", "Rygg"))),
    ("DX-6", diagnoses(("F43.8A", "Stress")), "6[0].code", diagnoses(("F43.8", "Stress"))),  # the dot counts
    ("DX-7", diagnoses(("5M4", "Rygg")), "6[0].code", diagnoses(("X99", "Finns inte"))),
    ("DX-7", diagnoses(("A00-", "Kolera")), "6[0].code", diagnoses(("A00-", "Kolera", KSH))),
    ("DX-7", diagnoses(("A020A", "Salmonella", KSH)), "6[0].code", diagnoses(("A02-P", "Salmonella", KSH))),
    ("DX-7", diagnoses(("F438B", "Stress", KSH)), "6[0].code", diagnoses(("F438A", "Stress", KSH))),
    ("DX-8", diagnoses(("M545", " ")), "6[0].text", diagnoses(("M545", "Lumbago"))),
    (
        "DX-9",
        diagnoses(("A00-", "Kolera", KSH), ("M545", "Lumbago", "ICD_10_SE")),
        "6[1].code",
        diagnoses(("M54", "Rygg"), ("M545", "Lumbago", "ICD_10_SE")),
    ),
    ("DX-11", diagnoses(*[("M545", "L")] * 4), "6[3].code", diagnoses(*[("M545", "L")] * 3)),
    ("FN-1", {"35": {"icf": [{"code": "b140"}]}}, "35", {"35": "Blek"}),
    ("AB-1", {"17": "\n"}, "17", {"17": "Orkar inte lyfta"}),
    ("SL-1", {"32": []}, "32", periods(FULL)),
    ("SL-2", {"32": [{}]}, "32[0].degree", periods(FULL)),
    ("SL-3", {"32": [{"degree": 100}]}, "32[0]", {"32": [{"degree": 100, "from": " "}]}),
    ("SL-4", periods((100, "2026-11-23", "")), "32[0].to", periods(FULL)),
    ("SL-4", periods((100, " ", "")), "32[0].to", {"32": [{"degree": 100}]}),
    ("SL-5", periods((100, "2026-11-31", "2026-12-20")), "32[0].from", periods((100, "2026-11-30", "2026-12-20"))),
    ("SL-5", periods((100, "2026-11-23", "2099-12-12")), "32[0].to", periods((100, "2026-11-23", "2099-12-11"))),
    ("SL-6", periods((100, "2026-11-23", "2026-11-22")), "32[0].to", periods((100, "2026-11-23", "2026-11-23"))),
    ("SL-7", periods(FULL, (50, "2026-12-20", "2027-01-01")), "32[0].to", periods(FULL, HALF)),
    ("SL-8", periods(FULL, (100, "2026-12-21", "2027-01-01")), "32[1].degree", periods(FULL, HALF)),
    ("WT-1", periods(HALF), "33", periods(HALF, **{"33": False})),
    ("WT-2", periods(HALF, **{"33": True}), "33.2", periods(HALF, **{"33": True, "33.2": "Sömnen"})),
    (
        "WT-3",
        periods(FULL, HALF, **{"33": False, "33.2": "Sömnen"}),
        "33.2",
        periods(HALF, **{"33": False, "33.2": " "}),
    ),
    ("WT-4", periods(FULL, **{"33": False}), "33", periods(FULL, HALF, **{"33": False})),
    ("WT-4", periods(FULL, **{"33.2": "Sömnen"}), "33", periods(FULL, **{"33.2": " "})),
    (
        "WT-4",
        periods(FULL, (50, "2026-12-21", ""), **{"33": True}),
        "33",
        periods((50, "2026-12-21", ""), **{"33": True}),
    ),
    (
        "WT-4",
        {**SICK_OF_INFECTION, **periods(FULL, HALF, **{"33": True})},
        "33",
        {**SICK_OF_INFECTION, **periods(HALF, **{"33": True})},
    ),
    ("PR-1", {"39": None}, "39", {"39": "SANNOLIKT_INTE"}),
    ("PR-2", LASTING, "39.3", {**LASTING, "39.3": "SEXTIO_DGR"}),
    ("PR-3", {"39": "PROGNOS_OKLAR", "39.3": "SEXTIO_DGR"}, "39.3", {"39": None, "39.3": "SEXTIO_DGR"}),
    ("AT-1", {"40": None}, "40", {"40": ["HJALPMEDEL"]}),
    ("AT-2", {"40": ["EJ_AKTUELLT", "HJALPMEDEL"]}, "40", {"40": ["ERGONOMISK", "HJALPMEDEL"]}),
    ("AT-3", {"44": "Höj bordet"}, "44", {"40": ["HJALPMEDEL"], "44": "Höj bordet"}),
    ("AT-3", {"44": "Höj bordet"}, "44", {"44": "  "}),
    ("AT-4", {"40": [*ALL_ACTIONS, "HJALPMEDEL"]}, "40", {"40": ALL_ACTIONS}),
    ("AT-5", {"40": ["HJALPMEDEL", "HJALPMEDEL"]}, "40", {"40": ["HJALPMEDEL", "ERGONOMISK"]}),
    ("KO-1", {"26": False, "26.2": "Rehab"}, "26.2", {"26.2": "Rehab"}),  # unanswered is no refusal
    ("KO-1", {**SICK_OF_INFECTION, "26": False, "26.2": "Rehab"}, "26.2", {"26": True, "26.2": "Rehab"}),
    ("KO-1", {"26": False, "26.2": "Rehab"}, "26.2", {"26": False, "26.2": " "}),
    *[("BL-1", {ref: " \n"}, ref, {ref: ""}) for ref in ("37", "26.2", "1.3", "19", "20", "25")],
    *[("BL-1", {**SICK_OF_INFECTION, ref: " "}, ref, {**SICK_OF_INFECTION, ref: "x"}) for ref in ("37", "25")],
]


@pytest.mark.parametrize(("rule", "refused", "field", "accepted"), ERRORS)
def test_a_rule_refuses_one_thing_and_lets_its_neighbour_pass(rule, refused, field, accepted):
    assert (rule, field) in errors(refused)
    assert rule not in [found for found, _ in errors(accepted)]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_certificate_to_spoil_has_no_problem(version):
    assert said({}, version) == []
    assert said(SICK_OF_INFECTION, version) == []


@pytest.mark.parametrize("spoilt", [refused for _, refused, *_ in ERRORS])
def test_every_message_is_whole_and_says_where(spoilt):
    for problem in problems(spoilt):
        words = text(problem.text_key, **problem.values)
        assert "{" not in words
        assert words.endswith(".")
        assert "fråga" in words.lower() or "Intyget" in words


@pytest.mark.parametrize(
    ("postcode", "found"),
    [
        ("123 45", []),
        ("12345", []),
        ("1234", [("UN-3", "unit.postcode")]),
        ("123-45", [("UN-3", "unit.postcode")]),
        ("12 345", [("UN-3", "unit.postcode")]),
        ("١٢٣٤٥", [("UN-3", "unit.postcode")]),
        (" ", [("UN-2", "unit.postcode")]),
    ],
)
def test_a_postcode_is_three_digits_and_two(postcode, found):
    assert errors({}, unit=UNIT.changed(postcode=postcode)) == found


def test_two_ends_that_are_missing_are_told_one_by_one():
    assert errors(periods((100, " ", ""))) == [("SL-4", "32[0].from"), ("SL-4", "32[0].to")]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        # the same first day: both ends of both rows
        (
            [FULL, (50, "2026-11-23", "2026-11-30")],
            ["32[0].from", "32[0].to", "32[1].from", "32[1].to"],
        ),
        # the earlier row by its last day, the later by its first
        ([HALF, (75, "2027-01-10", "2027-01-20")], ["32[0].to", "32[1].from"]),
        ([(75, "2027-01-10", "2027-01-20"), HALF], ["32[0].from", "32[1].to"]),
        # each row against the first other that it meets, and no more
        (
            [(100, "2026-11-23", "2027-01-31"), (75, "2026-12-01", "2026-12-10"), (50, "2026-12-05", "2026-12-31")],
            ["32[0].to", "32[1].from", "32[2].from"],
        ),
    ],
)
def test_an_overlap_is_told_for_each_row(rows, found):
    assert [field for rule, field in errors(periods(*rows, **{"33": False})) if rule == "SL-7"] == found


def test_what_version_1_allows():
    """SL-9…11, AT-6, WT-5, and text that is too long, which only warns."""
    rising = [(25, "2027-06-01", "2027-06-30"), (100, "2028-01-01", "2030-12-31")]
    assert errors(periods(*rising, **{"33": False})) == []
    assert errors({"40": ["HJALPMEDEL"]}) == []
    assert errors({**SICK_OF_INFECTION, **periods(HALF)}) == []
    assert errors({"39": "PROGNOS_OKLAR"}) == []  # PR-4 is of version 2.0


@pytest.mark.parametrize(
    ("ref", "most"), [("29", 3500), ("35", 3500), ("17", 3500), ("19", 3500), ("20", 3500), ("37", 3500), ("25", 2700)]
)
def test_a_text_that_is_too_long_warns(ref, most):
    assert said({ref: "x" * (most + 1)}) == [("LN-1", ref, "warning")]
    assert said({ref: "x" * most}) == []


def test_a_code_that_does_not_exist_is_a_notice():
    known_none = {"standing": lambda _: Standing(known=False, edition="2026")}
    assert said(diagnoses(("X99", "Finns inte")), **known_none) == [("DX-7", "6[0].code", "warning")]
    assert said(diagnoses(("A02-P", "Salmonella", KSH)), **known_none) == []


def test_a_first_row_that_is_empty_is_all_that_is_said():
    assert errors(diagnoses(("", ""), ("?", ""), ("", "x"))) == [("DX-2", "6[0].code")]
    assert errors(diagnoses(("", ""))) == [("DX-3", "6[0].code"), ("DX-8", "6[0].text")]


def test_a_motive_of_its_own_answers_the_notice():
    """U-1 and U-2: version 1 has a field for each, of 150 characters."""
    early = periods((100, "2026-11-15", "2026-12-20"))
    assert said(early) == [("U-1", "32[0].from", "warning")]
    assert said({**early, "32.1": "Sökte sent"}) == [("U-1", "32[0].from", "tip")]
    unseen = basis(("JOURNALUPPGIFTER", "2026-11-23"))
    assert said(unseen) == [("U-2", "1", "warning")]
    assert said({**unseen, "1.2": "Väl känd"}) == [("U-2", "1", "tip")]
    assert said({**unseen, "1.2": "x" * 151}) == [("LN-1", "1.2", "warning"), ("U-2", "1", "tip")]


def test_what_the_versions_differ_in():
    """certificates.md 1.1."""
    forms = {version: read_forms()["fk7804", version] for version in VERSIONS}
    refs = {version: [q.ref for q in form.questions()] for version, form in forms.items()}
    assert [ref for ref in refs["1.0"] if ref != "30"] == refs["1.1"] == refs["1.2"] == refs["1.3"]
    assert "30" in refs["1.0"]
    program = {"28": ["PROGRAM"], "29": None, "30": "Arbetsträning i butik"}
    assert said(program, "1.0") == []
    assert "30" in open_refs(forms["1.0"], {"28": ("PROGRAM",)})
    kinds = {version: [option.code for option in form.question("28").options] for version, form in forms.items()}
    assert [*kinds["1.1"], "PROGRAM"] == kinds["1.0"]
    labels = {version: form.question("39").options[0].label for version, form in forms.items()}
    assert labels["1.0"] == labels["1.1"] != labels["1.2"] == labels["1.3"]
    asked = {version: form.question("33").label for version, form in forms.items()}
    assert asked["1.0"] == asked["1.1"] == asked["1.2"] != asked["1.3"]
    assert all(form.status == "read" for form in forms.values())


def test_what_a_renewed_certificate_asks_anew():
    """certificates.md 5.2."""
    form = read_forms()["fk7804", "1.3"]
    anew = {q.ref for q in form.questions() if not q.renewed}
    assert anew == {"1", "1.2", "1.3", "26", "26.2", "32", "32.1", "33", "33.2", "39", "39.3"}
