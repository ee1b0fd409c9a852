"""Any answers to any form: nothing crashes, and screen, checker and file agree on what shows and what is wanted."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fmstod.certificate.answers import answers_json, read_answers
from fmstod.certificate.check import check
from fmstod.certificate.condition import is_filled
from fmstod.certificate.fill import shown_answers
from fmstod.certificate.form import open_refs
from fmstod.certificate.rules import WORDED, rules_of
from fmstod.certificate.subject import Facts, Subject
from fmstod.domain.answers import DatedChoice, Diagnosis, IcfText, PeriodRow
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind
from fmstod.domain.period import iso_day
from fmstod.files import PLAN, read_forms
from fmstod.texts import text

FORMS = {f"{name}-{version}": form for (name, version), form in read_forms().items() if name != PLAN[0]}
ALL = sorted(FORMS)
TODAY = iso_day("2026-11-23")
PLACES = {"patient.id", "unit.address", "unit.postcode", "unit.town", "unit.phone"}

words = st.sampled_from(["", " ", "Orkar inte", "F43.8A", "x" * 60, "x" * 4001])
days = st.sampled_from(["", " ", "2026-11-23", "2026-11-10", "2026-12-24", "1850-01-01", "i går"])
codes = st.sampled_from(["", " ", "F43", "F438A", "F43.8A", "M545", "A02-P", "?", "Z73", "M5"])


def tuples(values):
    return st.lists(values, max_size=4).map(tuple)


def kinds_of(question):
    return st.sampled_from([option.code for option in question.options])


def dated(question):
    where = words if question.listed else st.none()
    return tuples(st.builds(DatedChoice, kind=kinds_of(question), date=days, where=where))


VALUES = {
    "flag": lambda _: st.booleans(),
    "yes_no": lambda _: st.booleans(),
    "choice": kinds_of,
    "choices": lambda q: tuples(kinds_of(q)),
    "dated_choices": dated,
    "text": lambda _: words,
    "whole": lambda _: st.integers(-1, 101),
    "day": lambda _: days,
    "diagnoses": lambda _: tuples(
        st.builds(Diagnosis, code=codes, text=words, system=st.sampled_from([None, "ICD_10_SE", "KSH_97_P"]))
    ),
    "icf": lambda _: st.builds(IcfText, text=words),
    "periods": lambda _: tuples(
        st.builds(PeriodRow, degree=st.sampled_from([None, 25, 50, 75, 100]), first=days, last=days)
    ),
}


@st.composite
def answered(draw, names=ALL):
    """One of these forms and answers to some of its questions."""
    name = draw(st.sampled_from(names))
    form = FORMS[name]
    return form, draw(st.fixed_dictionaries({}, optional={q.ref: VALUES[q.kind](q) for q in form.questions()}))


def problems(form, answers):
    subject = Subject("19840512-9803", IdentityKind.PERSONNUMMER, Unit(postcode="1"), answers)
    return check(form, subject, Facts(TODAY))


@settings(max_examples=150)
@given(answered())
def test_whatever_is_answered_is_judged_in_whole_sentences(made):
    form, answers = made
    refs = {question.ref for question in form.questions()}
    for problem in problems(form, answers):
        assert problem.rule in WORDED | rules_of(form)
        assert problem.ref in refs | PLACES
        said = text(problem.text_key, **problem.values)
        assert "{" not in said
        assert said.endswith((".", ")."))


@settings(max_examples=150)
@given(answered())
def test_what_is_required_and_shown_is_missed_exactly_while_nothing_is_said(made):
    form, answers = made
    shown = open_refs(form, answers)
    missed = {problem.ref for problem in problems(form, answers) if problem.missing}
    one_of = {section.questions[0].ref for section in form.sections if section.one_of}
    for question in form.questions():
        if question.ref not in shown:
            assert question.ref not in missed
        elif question.required and not is_filled(answers.get(question.ref)):
            assert question.ref in {problem.ref for problem in problems(form, answers)}
        elif question.ref not in one_of and not question.required:
            assert question.ref not in missed


@settings(max_examples=100)
@given(answered())
def test_what_is_hidden_is_neither_shown_nor_lost(made):
    form, answers = made
    kept = shown_answers(form, answers)
    assert kept.keys() <= open_refs(form, answers)
    assert open_refs(form, kept) == open_refs(form, answers)
    assert read_answers(form, json.loads(json.dumps(answers_json(form, answers)))) == answers


@pytest.mark.parametrize("name", sorted(FORMS))
def test_an_empty_certificate_of_any_form_misses_only_what_is_required(name):
    form = FORMS[name]
    shown = open_refs(form, {})
    wanted = {q.ref for q in form.questions() if q.required and q.ref in shown}
    wanted |= {section.questions[0].ref for section in form.sections if section.one_of}
    found = [p for p in problems(form, {}) if p.ref not in PLACES]
    assert {p.ref for p in found} == wanted
    assert all(p.missing for p in found)
