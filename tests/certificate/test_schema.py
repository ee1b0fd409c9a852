"""The schema of certificate files, against the reader: what one takes the other takes."""

import json

import pytest
from hypothesis import given, settings

from fmstod.certificate.answers import Misfit, read_answers
from fmstod.certificate.certificate_file import write_file
from fmstod.certificate.schema import file_schema, form_schema
from fmstod.commands.schema import schemas
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import Patient
from fmstod.files import read_forms
from tests.certificate.test_any_answers import answered

TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None)}


def fits(value, schema):
    """As much of JSON Schema 2020-12 as the schemas use."""
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if (kind := schema.get("type")) and (
        not isinstance(value, TYPES[kind]) or (kind == "integer" and isinstance(value, bool))
    ):
        return False
    if "oneOf" in schema and sum(fits(value, each) for each in schema["oneOf"]) != 1:
        return False
    if "anyOf" in schema and not any(fits(value, each) for each in schema["anyOf"]):
        return False
    if isinstance(value, dict):
        properties = schema.get("properties", {})
        if schema.get("additionalProperties") is False and not value.keys() <= properties.keys():
            return False
        if not set(schema.get("required", ())) <= value.keys():
            return False
        return all(fits(item, properties.get(key, {})) for key, item in value.items())
    if isinstance(value, list):
        return all(fits(item, schema.get("items", {})) for item in value)
    return not isinstance(value, int) or schema.get("minimum", value) <= value <= schema.get("maximum", value)


@pytest.fixture(scope="module")
def schema():
    return file_schema([read_forms()["fk7804", "2.0"]])


def test_the_certificate_without_problems_fits(schema, plain):
    frame = {"form": "fk7804", "version": "2.0", "patient": {"id": "x"}, "unit": {"town": "y"}}
    assert fits({**frame, "answers": plain()}, schema)
    assert not fits({**frame, "answers": plain(), "note": 1}, schema)
    assert not fits({**frame, "version": "1.3"}, schema)
    assert not fits({**frame, "patient": {"name": "Tess"}}, schema)


ROWS = {"degree": 50, "from": "2026-11-23", "to": "2026-12-20"}


@pytest.mark.parametrize(
    "answers",
    [
        {"27.1": True},
        {"27.1": 1},
        {"99": 1},
        {"1": [{"kind": "ANNAT", "date": "2026-11-23"}]},
        {"1": [{"kind": "UNDERSOKNING", "date": "2026-11-23"}]},
        {"1": [{"date": "2026-11-23"}]},
        {"28": ["STUDIER"]},
        {"28": ["X"]},
        {"28": "STUDIER"},
        {"32": [ROWS]},
        {"32": [{**ROWS, "degree": 60}]},
        {"32": [{**ROWS, "days": 28}]},
        {"32": ROWS},
        {"35": "Blek"},
        {"35": {"text": "Blek", "icf": [{"code": "b140", "severity": 3, "basis": "test"}]}},
        {"35": {"text": "Blek", "icf": [{"code": "b140", "severity": 5}]}},
        {"35": {"icf": [{"code": "b140", "basis": "rumour"}]}},
        {"35": 7},
        {"39": "PROGNOS_OKLAR"},
        {"39": "KANSKE"},
        {"39.4": 3},
        {"39.4": "3"},
        {"6": [{"code": "M545", "text": "Lumbago"}]},
        {"6": [{"code": "M545", "system": "ICD"}]},
    ],
)
def test_schema_and_reader_agree(schema, answers):
    try:
        read_answers(read_forms()["fk7804", "2.0"], answers)
        taken = True
    except Misfit:
        taken = False
    assert fits({"form": "fk7804", "version": "2.0", "answers": answers}, schema) == taken


@settings(max_examples=60)
@given(answered())
def test_the_schema_of_every_form_takes_whatever_its_files_can_hold(made):
    form, answers = made
    content = json.loads(write_file(form, Patient(number="x"), Unit(), answers))
    assert fits(content, file_schema([form]))
    assert not fits({**content, "answers": {"99.9": ""}}, file_schema([form]))


def test_the_schema_of_several_forms_takes_each(plain):
    both = file_schema(
        [form for form in read_forms().values() if (form.form, form.version) in {("fk7804", "2.0"), ("plan", "1.0")}]
    )
    assert fits({"form": "fk7804", "version": "2.0", "answers": plain()}, both)
    assert fits({"form": "plan", "version": "1.0", "answers": {"plan.measures": [{"what": "Möte"}]}}, both)


def test_the_schema_of_form_files_names_every_kind():
    assert "Form" in form_schema()["title"]
    kinds = {
        each["properties"]["kind"]["const"] for each in form_schema()["$defs"].values() if "kind" in each["properties"]
    }
    used = {question.kind for form in read_forms().values() for question in form.questions()}
    assert used == kinds


@pytest.mark.parametrize("file", schemas(), ids=lambda file: file.parent.name)
def test_the_schemas_beside_the_data_are_up_to_date(file):
    """Run `fmstod schema` after a change of the models."""
    assert file.read_text(encoding="utf-8") == schemas()[file]
