"""Every form file: sound, whole, and the same as what certificates.md says of FK 7804 2.0."""

import hashlib
import tomllib
from datetime import date
from itertools import chain

import pytest
from pydantic import ValidationError

from fmstod.certificate.condition import holds, is_filled
from fmstod.certificate.fill import SOURCES
from fmstod.certificate.form import (
    Choice,
    Choices,
    DatedChoices,
    Diagnoses,
    Flag,
    Icf,
    Periods,
    Text,
    Whole,
    load_form,
    open_refs,
)
from fmstod.certificate.form_rules import FORM_RULES
from fmstod.domain.answers import DatedChoice, Diagnosis, IcfText, Measure, PeriodRow
from fmstod.files import PLAN, read_forms, read_toml
from fmstod.followup.sources import sources
from fmstod.paths import FORMS

FILES = sorted(FORMS.glob("*.toml"))
FORM_OF = {f"{name}-{version}": form for (name, version), form in read_forms().items()}
FK = FORM_OF["fk7804-2.0"]

# certificates.md 1.3: question, kind, step (issue), required, limit, and whether a renewed certificate keeps it (5.2).
FK7804 = [
    ("27.1", Flag, 1, False, None, True),
    ("1", DatedChoices, 1, True, None, False),
    ("1.3", Text, 1, True, 50, False),
    ("28", Choices, 1, True, None, True),
    ("29", Text, 1, True, 4000, True),
    ("6", Diagnoses, 2, True, 81, True),
    ("35", Icf, 3, True, 4000, True),
    ("17", Icf, 4, True, 4000, True),
    ("19", Text, 6, False, 4000, True),
    ("32", Periods, 5, True, None, False),
    ("37", Text, 5, False, 4000, True),
    ("34", Flag, 5, False, None, True),
    ("33", object, 5, True, None, True),
    ("33.2", Text, 5, True, 4000, True),
    ("39", Choice, 5, True, None, False),
    ("39.4", Whole, 5, True, 99, False),
    ("39.2", Text, 5, True, 4000, False),
    ("44", Text, 6, False, 4000, True),
    ("25", Text, 7, False, 4000, True),
    ("26", Flag, 7, False, None, False),
    ("26.2", Text, 7, False, 4000, False),
]
CODES = {
    "1": ["FYSISKUNDERSOKNING", "DIGITALUNDERSOKNING", "TELEFONKONTAKT", "JOURNALUPPGIFTER", "ANNAT"],
    "28": ["NUVARANDE_ARBETE", "ARBETSSOKANDE", "FORALDRALEDIG", "STUDIER"],
    "39": ["STOR_SANNOLIKHET", "ATER_X_ANTAL_MANADER", "SANNOLIKT_INTE", "PROGNOS_OKLAR"],
}
SECTIONS = ["27.1", "1 1.3", "28 29", "6", "35", "17", "19", "32 37 34 33 33.2", "39 39.4 39.2", "44", "25", "26 26.2"]


def test_no_question_of_fk7804_is_missing():
    assert [question.ref for question in FK.questions()] == [ref for ref, *_ in FK7804]


@pytest.mark.parametrize(("ref", "kind", "step", "required", "limit", "renewed"), FK7804)
def test_a_question_is_as_forsakringskassan_asks_it(ref, kind, step, required, limit, renewed):
    question = FK.question(ref)
    assert isinstance(question, kind)
    assert (question.step, question.required, question.renewed) == (step, required, renewed)
    assert getattr(question, "max", None) == limit


def test_the_choices_carry_the_national_codes():
    for ref, codes in CODES.items():
        assert [option.code for option in FK.question(ref).options] == codes


def test_the_sections_follow_the_paper():
    assert [section.number for section in FK.sections] == [str(n) for n in range(1, 13)]
    assert [" ".join(q.ref for q in section.questions) for section in FK.sections] == SECTIONS


def row(degree, last="2026-12-20"):
    return PeriodRow(degree=degree, first="2026-11-23", last=last)


ALWAYS = {"27.1", "6", "32", "25"}
HEALTHY = ALWAYS | {"1", "28", "35", "17", "19", "37", "34", "39", "44", "26"}


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, HEALTHY),
        ({"27.1": True}, ALWAYS),
        ({"27.1": True, "1": (DatedChoice(kind="ANNAT"),), "28": ("NUVARANDE_ARBETE",)}, ALWAYS),
        ({"27.1": True, "32": (row(50),), "33": True, "26": True, "39": "PROGNOS_OKLAR"}, ALWAYS),
        ({"1": (DatedChoice(kind="ANNAT"),)}, HEALTHY | {"1.3"}),
        ({"28": ("STUDIER", "NUVARANDE_ARBETE")}, HEALTHY | {"29"}),
        ({"28": ("STUDIER",)}, HEALTHY),
        ({"32": (row(100),)}, HEALTHY),
        ({"32": (row(100), row(25))}, HEALTHY | {"33"}),
        ({"32": (row(50),), "33": False, "33.2": "x"}, HEALTHY | {"33"}),
        ({"32": (row(75),), "33": True}, HEALTHY | {"33", "33.2"}),
        ({"32": (row(100),), "33": True}, HEALTHY),  # 33.2 shows only if 33 does
        ({"32": (row(50, last="2026-11-01"),)}, HEALTHY),  # no valid period (WT-1)
        ({"39": "ATER_X_ANTAL_MANADER"}, HEALTHY | {"39.4"}),
        ({"39": "PROGNOS_OKLAR"}, HEALTHY | {"39.2"}),
        ({"26": True}, HEALTHY | {"26.2"}),
    ],
)
def test_what_shows_follows_from_what_is_answered(answers, shown):
    assert open_refs(FK, answers) == shown


def test_the_plan_asks_for_measures_unless_none_are_needed():
    plan = read_forms()[PLAN]
    assert "plan.measures" in open_refs(plan, {"plan.none_needed": False})
    assert "plan.measures" not in open_refs(plan, {"plan.none_needed": True})
    assert "plan.participation" in open_refs(plan, {"plan.participated": False})
    assert "plan.participation" not in open_refs(plan, {})
    assert {question.step for question in plan.questions()} == {6}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
class TestEveryForm:
    def test_it_is_named_after_what_is_in_it(self, file):
        form = FORM_OF[file.stem]
        assert file.stem == f"{form.form}-{form.version}"

    def test_its_rules_and_sources_are_known_ones(self, file):
        for question in FORM_OF[file.stem].questions():
            assert question.source in {"", *SOURCES, *sources(date(2026, 11, 23), {})}
        assert set(FORM_OF[file.stem].rules) <= FORM_RULES.keys()

    def test_each_check_of_a_question_has_its_rule(self, file):
        for question in FORM_OF[file.stem].questions():
            needed = {"required"} if question.required else set()
            if hasattr(question, "max"):
                needed.add("range" if isinstance(question, Whole) else "max")
            if isinstance(question, DatedChoices):
                rows = {"gap", "unknown", "many"} if question.listed else {"twice"}
                needed |= {"real", "bounds", "future"} | rows
            needed |= {"real"} if question.kind == "day" else set()
            assert needed <= question.rules.keys(), question.ref

    def test_conditions_name_codes_that_exist(self, file):
        form = FORM_OF[file.stem]
        for condition in chain.from_iterable((q.when, q.unless) for q in form.questions()):
            if condition and (options := getattr(form.question(condition.ref), "options", None)):
                codes = {option.code for option in options}
                assert set(condition.includes) | {condition.equals or next(iter(codes))} <= codes

    def test_codes_stand_once_and_every_choice_has_a_label(self, file):
        for question in FORM_OF[file.stem].questions():
            options = getattr(question, "options", ())
            assert len({option.code for option in options}) == len(options)
            assert all(option.label for option in options)

    def test_its_words_are_short_and_tell_what_to_write(self, file):
        """Our own sentences: a help is no paragraph, and a caption is no sentence."""
        for question in FORM_OF[file.stem].questions():
            assert 0 < len(question.label) <= 80, question.ref
            assert 0 < len(question.ask) <= 60, question.ref
            assert len(question.help) <= 125, question.ref
            assert not question.help or question.help.endswith(".")

    def test_what_is_to_be_written_in_free_text_is_told(self, file):
        form = FORM_OF[file.stem]
        silent = [q.ref for q in form.questions() if isinstance(q, Text | Icf) and not q.help]
        assert form.status == "read" or silent == []


def smallest(**question):
    asked = {"ref": "1", "label": "Ett", "step": 1, "kind": "text", **question}
    sections = [{"number": "1", "title": "Del", "questions": [asked]}]
    return {"form": "x", "version": "1.0", "title": "X", "about": "", "sections": sections}


@pytest.mark.parametrize(
    "question",
    [
        {"kind": "essay"},
        {"kind": "choice"},
        {"step": 8},
        {"colour": "red"},
        {"when": {"ref": "2", "filled": True}},
        {"when": {"ref": "1", "filled": True}},
        {"unless": {"ref": "1"}},
        {"when": {"ref": "1", "equals": True, "filled": True}},
    ],
)
def test_a_faulty_form_is_refused(question):
    load_form(smallest())
    with pytest.raises(ValidationError):
        load_form(smallest(**question))


def test_a_ref_stands_once():
    content = smallest()
    content["sections"] *= 2
    with pytest.raises(ValidationError, match="stands twice"):
        load_form(content)
    with pytest.raises(KeyError):
        load_form(smallest()).question("2")


def test_the_same_key_twice_in_a_file_is_an_error():
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads('ref = "1"\nref = "2"')


@pytest.mark.parametrize(
    ("value", "filled"),
    [
        (None, False),
        (False, True),
        (0, True),
        (" ", False),
        ("x", True),
        ((), False),
        (("STUDIER",), True),
        ((DatedChoice(kind="ANNAT"),), True),
        ((Diagnosis(), Diagnosis()), False),
        ((Diagnosis(), Diagnosis(text="x")), True),
        ((PeriodRow(),), False),
        ((PeriodRow(degree=50),), True),
        ((Measure(what=" "),), False),
        ((Measure(when="nu"),), True),
        (IcfText(), False),
        (IcfText(text="x"), True),
    ],
)
def test_what_counts_as_said(value, filled):
    assert is_filled(value) == filled


def test_a_condition_may_look_into_every_kind_of_row():
    form = load_form(smallest(kind="diagnoses"))
    (question,) = form.questions()
    content = smallest(kind="diagnoses")
    content["sections"][0]["questions"].append(
        {"ref": "2", "label": "Två", "step": 1, "kind": "flag", "when": {"ref": "1", "includes": ["F43"]}}
    )
    when = load_form(content).question("2").when
    assert question.ref == "1"
    assert holds(when, {"1": (Diagnosis(code="F43"),)})
    assert not holds(when, {"1": (Diagnosis(code="F44"),)})
    assert holds(when, {"1": (Measure(what="F43"),)})
    assert holds(when, {"1": "F43"})
    assert not holds(when, {})


def digest(file):
    """Line ends don't count: a checkout on Windows has others."""
    return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def locked():
    """The lines of forms.lock, as `sha256sum` writes them."""
    lines = (FORMS / "forms.lock").read_text(encoding="utf-8").splitlines()
    return {name: known for known, name in (line.split() for line in lines)}


def test_a_released_form_never_changes():
    """A draft and a signed document stay on their version: mend a released form in a new file with a new version."""
    released = {file.name: digest(file) for file in FILES if read_toml(file).get("released")}
    assert released == locked()


def test_what_a_released_form_takes_over_from_is_released():
    for file in FILES:
        content = read_toml(file)
        if content.get("released") and "extends" in content:
            assert f"{content['extends']}.toml" in locked()
