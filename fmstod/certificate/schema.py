"""JSON Schema of certificate files and form files, made from the form and the records, never written by hand."""

from collections.abc import Iterable
from typing import Any, assert_never

from pydantic import TypeAdapter

from fmstod.certificate.certificate_file import FilePatient, FileUnit
from fmstod.certificate.extend import Extension
from fmstod.certificate.form import (
    Choice,
    Choices,
    DatedChoices,
    Day,
    Diagnoses,
    Flag,
    Form,
    Icf,
    Measures,
    Option,
    Periods,
    Question,
    Steps,
    Text,
    Whole,
    YesNo,
)
from fmstod.domain.answers import DatedChoice, Diagnosis, IcfText, Measure, PeriodRow, StepRow
from fmstod.domain.record import Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def form_schema() -> Schema:
    """The schema of a form file: an editor completes and checks `forms/*.toml` from it."""
    return {"$schema": DIALECT, "title": "Form", **TypeAdapter(Form | Extension).json_schema()}


def file_schema(forms: Iterable[Form]) -> Schema:
    """The schema of certificate files: one form's, or any of several."""
    kinds = [_file(form) for form in forms]
    return {"$schema": DIALECT, **(kinds[0] if len(kinds) == 1 else {"oneOf": kinds})}


def _file(form: Form) -> Schema:
    """The certificate, and the one before it, which needn't be of the same form."""
    frame = _frame(form)
    earlier = {"type": "object", "required": ["form", "version"]}
    return {**frame, "properties": {**frame["properties"], "previous": earlier}}


def _frame(form: Form) -> Schema:
    answers = {q.ref: {"title": q.label, **_answer(q)} for q in form.questions()}
    return {
        "title": f"{form.form} {form.version}",
        "type": "object",
        "additionalProperties": False,
        "required": ["form", "version"],
        "properties": {
            "form": {"const": form.form},
            "version": {"const": form.version},
            "patient": _record(FilePatient),
            "unit": _record(FileUnit),
            "answers": {"type": "object", "additionalProperties": False, "properties": answers},
            "webcert": {"type": "object"},
            "on": {"type": "string", "format": "date"},
        },
    }


def _answer(question: Question) -> Schema:
    match question:
        case Flag() | YesNo():
            return {"type": "boolean"}
        case Choice():
            return _codes(question.options)
        case Choices():
            return _list(_codes(question.options))
        case DatedChoices():
            row = _record(DatedChoice)
            row["properties"]["kind"] = _codes(question.options)
            return _list(row)
        case Text():
            return {"type": "string", "maxLength": question.max}
        case Day():
            return {"type": "string", "format": "date"}
        case Whole():
            return {"type": "integer", "minimum": question.min, "maximum": question.max}
        case Diagnoses():
            return {**_list(_record(Diagnosis)), "maxItems": question.rows}
        case Icf():
            return {"anyOf": [{"type": "string", "maxLength": question.max}, _record(IcfText)]}
        case Periods():
            return _list(_record(PeriodRow))
        case Measures():
            return _list(_record(Measure))
        case Steps():
            return _list(_record(StepRow))
        case _:
            assert_never(question)


def _codes(options: Iterable[Option]) -> Schema:
    return {"oneOf": [{"const": option.code, "title": option.label} for option in options]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _record(model: type[Record]) -> Schema:
    """The schema that pydantic derives, with its definitions put in place and without words meant for programmers."""
    raw = model.model_json_schema(by_alias=True)
    inlined = _inlined(raw, raw.pop("$defs", {}))
    return dict(inlined) if isinstance(inlined, dict) else {}


def _inlined(node: object, definitions: Schema) -> object:
    if isinstance(node, list):
        return [_inlined(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if ref := node.get("$ref"):
        return _inlined(definitions[ref.removeprefix("#/$defs/")], definitions)
    plain = {key: value for key, value in node.items() if key not in {"title", "description", "default"}}
    return {key: _inlined(value, definitions) for key, value in plain.items()}
