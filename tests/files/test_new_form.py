"""A made-up form: the next one costs a file, and no code."""

import json
import tomllib
from datetime import UTC, date, datetime

import page
import pytest

from fmstod.certificate.answers import read_answers
from fmstod.certificate.certificate_file import read_file, write_file
from fmstod.certificate.check import check
from fmstod.certificate.extend import whole
from fmstod.certificate.form import open_refs
from fmstod.certificate.journal import journal_text
from fmstod.certificate.schema import file_schema
from fmstod.certificate.subject import Facts, Subject
from fmstod.domain.consultation import Consultation
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.domain.patient import IdentityKind, Patient
from fmstod.errors import BadDataFile
from fmstod.files import read_forms
from fmstod.paths import FORMS
from fmstod.reports.certificate_pdf import certificate_pdf
from fmstod.texts import catalogue, text
from tests.storage.sample import new_store

# A certificate for a school of music: kinds, conditions, limits and rules that no other form has in this way.
MUSIC = """
form = "musik"
version = "1.0"
title = "Intyg till musikskolan"
about = "Ett påhittat formulär."
remarks = "M9"
meant_until = [18, 0]

[[sections]]
number = "1"
title = "Bedömningen bygger på"

[[sections.questions]]
ref = "M1"
kind = "dated_choices"
step = 1
label = "Bedömningen bygger på"
required = true
rules = { required = "MX-1", real = "MX-1", bounds = "MX-1", future = "MX-1", twice = "MX-1" }
options = [{ code = "SPEL", label = "Spel för läraren" }, { code = "ANNAT", label = "Annat" }]

[[sections]]
number = "2"
title = "Instrument"
one_of = "MX-2"

[[sections.questions]]
ref = "M2"
kind = "choices"
step = 2
label = "Instrument"
most = 2
rules = { twice = "MX-2", many = "MX-2", alone = "MX-3" }
options = [
    { code = "FIOL", label = "Fiol" },
    { code = "FLOJT", label = "Flöjt" },
    { code = "INGET", label = "Inget", alone = true },
]

[[sections.questions]]
ref = "M3"
kind = "text"
step = 2
label = "Annat instrument"
max = 20
rules = { max = "MX-4", blank = "MX-4" }
clashes = [{ rule = "MX-5", ref = "M2", includes = ["INGET"] }]

[[sections]]
number = "3"
title = "Tid"

[[sections.questions]]
ref = "M4"
kind = "periods"
step = 5
label = "Vila"
required = true
single = true
longest = 30
rules = { required = "MX-6", real = "MX-6", order = "MX-6", many = "MX-6" }

[[sections.questions]]
ref = "M5"
kind = "whole"
step = 5
label = "Minuter om dagen"
min = 0
max = 240
when = { ref = "M2", includes = ["FIOL", "FLOJT"] }
rules = { range = "MX-7" }

[[sections]]
number = "4"
title = "Övrigt"

[[sections.questions]]
ref = "M9"
kind = "text"
step = 7
label = "Övrigt"
max = 100
rules = { max = "MX-9" }
"""
SICK = """
extends = "fk7804-2.0"
form = "fk7804"
version = "2.1"
about = "En påhittad ny version."
drop = ["34"]

[[changes]]
ref = "1.3"
max = 80

[[changes]]
ref = "34.5"
after = "37"
kind = "yes_no"
step = 5
label = "Kan patienten arbeta hemma?"
required = true
rules = { required = "HX-1" }
"""
UNIT = Unit(address="Exempelgatan 1", postcode="123 45", town="Exempelstad", phone="08-465 004 22")
GOOD = {
    "M1": [{"kind": "SPEL", "date": "2026-11-20"}],
    "M2": ["FIOL"],
    "M4": [{"from": "2026-11-23", "to": "2026-12-06"}],
    "M5": 30,
}


@pytest.fixture
def forms(tmp_path):
    """The program's forms and two more files."""
    for file in FORMS.glob("*.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "musik-1.0.toml").write_text(MUSIC, encoding="utf-8")
    (tmp_path / "fk7804-2.1.toml").write_text(SICK, encoding="utf-8")
    return read_forms(tmp_path)


@pytest.fixture
def music(forms):
    return forms["musik", "1.0"]


def problems(form, changes, patient="20120512-9800"):
    answers = read_answers(form, {ref: v for ref, v in {**GOOD, **changes}.items() if v is not None})
    return check(form, Subject(patient, IdentityKind.PERSONNUMMER, UNIT, answers), Facts(date(2026, 11, 23)))


def test_a_file_is_all_that_a_new_form_takes(music, tmp_path):
    """It is read, checked, written, printed, kept, logged and described."""
    assert problems(music, {}) == []
    answers = read_answers(music, GOOD)
    written = write_file(music, Patient(number="20120512-9800"), UNIT, answers)
    assert read_answers(music, read_file(written.encode()).answers) == answers
    assert "M5" in json.dumps(file_schema([music]))
    document = Document(
        id="00000000-0000-4000-8000-000000000001",
        kind=DocumentKind.CERTIFICATE,
        form=("musik", "1.0"),
        patient=Patient(number="20120512-9800", name="Tess Testsson"),
        issuer=Issuer(physician=Physician(name="Disa Doktorsson"), unit=UNIT),
        answers=answers,
        signed_at=datetime(2026, 11, 23, tzinfo=UTC),
        program="0",
    )
    printed = tmp_path / "intyg.pdf"
    printed.write_bytes(certificate_pdf(music, document, {}))
    assert all(page.validate_pdf(str(printed), profile=profile).is_compliant for profile in ("2a", "ua1"))
    case = Consultation(form=("musik", "1.0"), patient=document.patient, answers=answers)
    store = new_store(tmp_path / "home")
    version = store.sign("a", store.save_case("a", case, 0), [(document, printed.read_bytes())], [])
    kept = store.open_case("a")
    assert (kept.version, kept.consultation) == (version, case)
    assert store.document(document.id) == document
    assert store.preview(document.id) == printed.read_bytes()
    store.close()
    said = journal_text(case, [music], document.issuer, catalogue(), date(2026, 11, 23))
    assert "Vila: 2026-11-23 till 2026-12-06 (14 dagar)" in said


@pytest.mark.parametrize(
    ("rule", "refused", "field", "accepted"),
    [
        ("MX-1", {"M1": None}, "M1", {}),
        ("MX-1", {"M1": [{"kind": "SPEL", "date": "2026-11-24"}]}, "M1[0].date", {}),
        ("MX-2", {"M2": None}, "M2", {"M2": None, "M3": "Tuba"}),
        ("MX-2", {"M2": ["FIOL", "FIOL"]}, "M2", {"M2": ["FIOL", "FLOJT"]}),
        ("MX-3", {"M2": ["FIOL", "INGET"]}, "M2", {"M2": ["INGET"]}),
        ("MX-4", {"M3": "x" * 21}, "M3", {"M3": "x" * 20}),
        ("MX-4", {"M3": " "}, "M3", {"M3": "Tuba"}),
        ("MX-5", {"M2": ["INGET"], "M3": "Tuba"}, "M3", {"M2": ["INGET"]}),
        ("MX-6", {"M4": [{"from": "2026-11-23", "to": "2026-11-22"}]}, "M4[0].to", {}),
        ("MX-7", {"M5": 241}, "M5", {"M2": ["INGET"], "M5": 241}),
        ("MX-9", {"M9": "x" * 101}, "M9", {"M9": "x" * 100}),
        ("U-10", {"M4": [{"from": "2026-11-23", "to": "2026-12-23"}]}, "M4[0].to", {}),
    ],
)
def test_its_rules_are_those_that_its_file_names(music, rule, refused, field, accepted):
    found = {(p.rule, p.field): p for p in problems(music, refused)}
    assert (rule, field) in found
    said = text(found[rule, field].text_key, **found[rule, field].values)
    assert "{" not in said
    assert said.endswith(".")
    assert rule not in {p.rule for p in problems(music, accepted)}


def test_an_age_may_be_too_high_for_any_form(music):
    assert [p.rule for p in problems(music, {}, patient="19840512-9803")] == ["U-11"]


def test_a_form_without_remarks_asks_for_none(forms):
    """U-1 sends the reader to the other remarks, where there are some."""
    early = {"M4": [{"from": "2026-11-01", "to": "2026-11-10"}]}
    assert [p.rule for p in problems(forms["musik", "1.0"], early)] == ["U-1"]
    assert problems(forms["musik", "1.0"].changed(remarks="25"), early) == []


def test_a_new_version_says_only_what_differs(forms):
    old, new = forms["fk7804", "2.0"], forms["fk7804", "2.1"]
    refs = [q.ref for q in old.questions()]
    refs[refs.index("34")] = "34.5"
    assert [q.ref for q in new.questions()] == refs
    assert (old.question("1.3").max, new.question("1.3").max) == (50, 80)
    assert new.question("6") == old.question("6")
    assert not new.released
    assert "34.5" in open_refs(new, {})


@pytest.mark.parametrize(
    "spoilt",
    [
        SICK.replace('extends = "fk7804-2.0"', 'extends = "fk7804-2.1"'),
        SICK.replace('extends = "fk7804-2.0"', 'extends = "nowhere-1.0"'),
        SICK.replace('drop = ["34"]', 'drop = ["99"]'),
        SICK.replace('ref = "1.3"', 'ref = "1.4"'),
        SICK.replace('after = "37"', 'after = "99"'),
        SICK.replace('drop = ["34"]', "dropped = 1"),
        MUSIC.replace('ref = "M2", includes = ["INGET"]', 'ref = "M8", includes = ["INGET"]'),
        MUSIC.replace("meant_until", 'discretion = { told = "M5", diagnoses = "M6" }\nmeant_until'),
    ],
)
def test_a_file_that_cannot_be_made_whole_is_named(tmp_path, spoilt):
    for file in FORMS.glob("fk7804-2.0.toml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    content = tomllib.loads(spoilt)
    name = f"{content['form']}-{content['version']}.toml"
    (tmp_path / name).write_text(spoilt, encoding="utf-8")
    with pytest.raises(BadDataFile) as refused:
        read_forms(tmp_path)
    assert name in str(refused.value.values)


def test_a_question_like_another_must_have_it_there():
    sections = [{"number": "1", "title": "Del", "questions": [{"ref": "2", "like": "9"}]}]
    content = {"extends": "x-1.0", "form": "y", "version": "1.0", "sections": sections}
    with pytest.raises(ValueError, match="like 9"):
        whole(content, lambda _: {"sections": []})
