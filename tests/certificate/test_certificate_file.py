"""Certificate files: what goes in comes out, and what is no certificate is refused with its place."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.certificate.answers import Misfit, answers_json, read_answers
from fmstod.certificate.certificate_file import read_file, write_file
from fmstod.domain.answers import Basis, DatedChoice, Diagnosis, IcfRating, IcfText, Measure, PeriodRow, StepRow
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind, Patient
from fmstod.files import PLAN, read_forms

FORM, PLAN_FORM = read_forms()["fk7804", "2.0"], read_forms()[PLAN]
UNIT = Unit(address="Exempelgatan 1", postcode="123 45", town="Exempelstad", phone="08-465 004 22")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ratings = st.builds(
    IcfRating, code=texts, severity=st.none() | st.integers(0, 4), basis=st.none() | st.sampled_from(Basis)
)
VALUES = {
    "flag": lambda _: st.booleans(),
    "yes_no": lambda _: st.booleans(),
    "choice": lambda q: st.sampled_from([option.code for option in q.options]),
    "choices": lambda q: tuples(st.sampled_from([option.code for option in q.options])),
    "dated_choices": lambda q: tuples(
        st.builds(DatedChoice, kind=st.sampled_from([option.code for option in q.options]), date=texts)
    ),
    "text": lambda _: texts,
    "whole": lambda _: st.integers(-(10**19), 10**19),
    "day": lambda _: texts,
    "diagnoses": lambda _: tuples(st.builds(Diagnosis, code=texts, text=texts)),
    "icf": lambda _: st.builds(IcfText, text=texts, icf=tuples(ratings)),
    "periods": lambda _: tuples(
        st.builds(PeriodRow, degree=st.sampled_from([None, 25, 50, 75, 100]), first=texts, last=texts)
    ),
    "steps": lambda _: tuples(st.builds(StepRow, ahead=st.booleans(), degree=st.sampled_from([25, 100]), hours=texts)),
    "measures": lambda _: tuples(st.builds(Measure, what=texts, owner=texts, when=texts)),
}


def tuples(values):
    return st.lists(values, max_size=3).map(tuple)


def answers_to(form):
    return st.fixed_dictionaries({}, optional={q.ref: VALUES[q.kind](q) for q in form.questions()})


@given(answers_to(FORM))
def test_a_written_certificate_is_read_back_the_same(answers):
    written = write_file(FORM, Patient(number="19840512-9803"), UNIT, answers)
    read = read_file(written.encode())
    assert (read.form, read.version, read.patient.id) == ("fk7804", "2.0", "19840512-9803")
    assert read.unit.model_dump() == {name: getattr(UNIT, name) for name in ("address", "postcode", "town", "phone")}
    found = read_answers(FORM, read.answers)
    assert {ref: found[ref] for ref in answers} == answers
    assert {found[ref] for ref in found.keys() - answers.keys()} <= {False}


def test_a_file_always_says_whether_smittskydd_applies():
    assert json.loads(write_file(FORM, Patient(number="x"), UNIT, {}))["answers"]["27.1"] is False
    assert json.loads(write_file(FORM, Patient(number="x"), UNIT, {"27.1": True}))["answers"] == {"27.1": True}


@given(answers_to(PLAN_FORM))
def test_the_plans_answers_are_read_back_the_same(answers):
    assert read_answers(PLAN_FORM, json.loads(json.dumps(answers_json(PLAN_FORM, answers)))) == answers


def test_a_file_says_which_kind_of_number_only_when_it_must():
    assert "kind" not in json.loads(write_file(FORM, Patient(number="x"), UNIT, {}))["patient"]
    reserve = Patient(number="AB12345", kind=IdentityKind.RESERVNUMMER)
    assert read_file(write_file(FORM, reserve, UNIT, {}).encode()).patient.kind is IdentityKind.RESERVNUMMER


def test_answers_to_another_form_stay_out_of_the_file():
    assert answers_json(FORM, {"plan.goal": "Sova", "25": "Hej"}) == {"25": "Hej"}


def test_what_is_missing_is_left_to_the_rules():
    bare = read_file(b'{"form": "fk7804", "version": "2.0"}')
    assert (bare.patient.id, bare.unit.town, dict(bare.answers)) == ("", "", {})


@pytest.mark.parametrize(
    ("answers", "place", "why"),
    [
        ({"99": 1}, "answers.99", "unknown_question"),
        ({"27.1": "ja"}, "answers.27.1", "boolean"),
        ({"27.1": 1}, "answers.27.1", "boolean"),
        ({"27.1": None}, "answers.27.1", "boolean"),
        ({"39": "KANSKE"}, "answers.39", "unknown_choice"),
        ({"39": ["SANNOLIKT_INTE"]}, "answers.39", "unknown_choice"),
        ({"28": "STUDIER"}, "answers.28", "list"),
        ({"28": ["STUDIER", "X"]}, "answers.28[1]", "unknown_choice"),
        ({"1": [{"kind": "UNDERSOKNING", "date": "2026-11-23"}]}, "answers.1[0].kind", "unknown_choice"),
        ({"1": [{"date": "2026-11-23"}]}, "answers.1[0].kind", "missing"),
        ({"1": [{"kind": "ANNAT", "date": "2026-11-23", "x": 1}]}, "answers.1[0].x", "unknown_key"),
        ({"1": {"kind": "ANNAT"}}, "answers.1", "list"),
        ({"1": ["ANNAT"]}, "answers.1[0]", "table"),
        ({"25": 7}, "answers.25", "text"),
        ({"39.4": "3"}, "answers.39.4", "number"),
        ({"39.4": 3.0}, "answers.39.4", "number"),
        ({"39.4": True}, "answers.39.4", "number"),
        ({"39.4": 10**20}, "answers.39.4", "number"),
        ({"6": [{"code": 1}]}, "answers.6[0].code", "text"),
        ({"32": [{"degree": 60}]}, "answers.32[0].degree", "unknown_choice"),
        ({"32": [{"degree": "50"}]}, "answers.32[0].degree", "unknown_choice"),
        ({"32": [{"first": "2026-11-23"}]}, "answers.32[0].first", "unknown_key"),
        ({"35": ["Blek"]}, "answers.35", "text"),
        ({"35": {"text": 1}}, "answers.35.text", "text"),
        ({"35": {"words": ""}}, "answers.35.words", "unknown_key"),
        ({"35": {"icf": [{"code": "b140", "severity": 5}]}}, "answers.35.icf[0].severity", "unknown_choice"),
        ({"35": {"icf": [{"code": "b140", "severity": "3"}]}}, "answers.35.icf[0].severity", "number"),
        ({"35": {"icf": [{"code": "b140", "basis": "rumour"}]}}, "answers.35.icf[0].basis", "unknown_choice"),
    ],
)
def test_an_answer_of_another_shape_is_refused_with_its_place(answers, place, why):
    with pytest.raises(Misfit) as refused:
        read_answers(FORM, answers)
    assert (refused.value.place, refused.value.why) == (place, why)


def test_the_place_of_a_refusal_repeats_no_more_than_a_terminal_can_show():
    with pytest.raises(Misfit) as refused:
        read_answers(FORM, {"\x1b[31m\n" * 1000: 1})
    assert refused.value.place.isprintable()
    assert len(refused.value.place) < 100


FRAME = {"form": "fk7804", "version": "2.0"}


@pytest.mark.parametrize(
    ("content", "place", "why"),
    [
        ([], "", "table"),
        ({"form": "fk7804"}, "version", "missing"),
        ({**FRAME, "note": ""}, "note", "unknown_key"),
        ({**FRAME, "patient": {"id": 198405129803}}, "patient.id", "text"),
        ({**FRAME, "patient": {"id": "", "name": "Tess"}}, "patient.name", "unknown_key"),
        ({**FRAME, "patient": {"kind": "x"}}, "patient.kind", "unknown_choice"),
        ({**FRAME, "unit": []}, "unit", "table"),
        ({**FRAME, "unit": {"address": None}}, "unit.address", "text"),
        ({**FRAME, "answers": []}, "answers", "table"),
        ({**FRAME, "version": 2.0}, "version", "text"),
    ],
)
def test_a_frame_of_another_shape_is_refused_with_its_place(content, place, why):
    with pytest.raises(Misfit) as refused:
        read_file(json.dumps(content).encode())
    assert (refused.value.place, refused.value.why) == (place, why)


@pytest.mark.parametrize(
    ("content", "place", "why"),
    [(b'{"form": "x"} x', "1:15", "not_json"), (b'{"answers": {"25": "x", "25": "x"}}', "25", "repeated_key")],
)
def test_hostile_json_is_refused(content, place, why):
    with pytest.raises(Misfit) as refused:
        read_file(content)
    assert (refused.value.place, refused.value.why) == (place, why)


def test_brackets_and_quotes_inside_a_text_are_text():
    said = "[" * 100 + '\\"' + "{" * 100
    written = write_file(FORM, Patient(), UNIT, {"25": said})
    assert read_answers(FORM, read_file(written.encode()).answers)["25"] == said


def test_a_byte_order_mark_is_skipped():
    assert read_file(b"\xef\xbb\xbf" + json.dumps(FRAME).encode()).form == "fk7804"


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content):
    with suppress(Misfit):
        read_file(content)


@given(
    st.recursive(st.none() | st.booleans() | st.integers() | texts, lambda c: st.lists(c) | st.dictionaries(texts, c))
)
def test_any_json_as_an_answer_is_typed_or_refused(value):
    for question in FORM.questions():
        with suppress(Misfit):
            read_answers(FORM, {question.ref: value})


def test_a_list_longer_than_any_answer_is_refused():
    """Each of its rows would have its problems, and 5 MB hold more than a hundred thousand rows (T-08)."""
    with pytest.raises(Misfit) as refused:
        read_answers(FORM, {"32": [{}] * 1001})
    assert (refused.value.place, refused.value.why) == ("answers.32", "too_many")
    assert len(read_answers(FORM, {"32": [{}] * 1000})["32"]) == 1000
