"""Answers as JSON and back: what a file holds for each kind of question."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar, assert_never

from pydantic import ValidationError

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
    open_refs,
)
from fmstod.domain.answers import Answer, DatedChoice, Diagnosis, IcfRating, IcfText, Measure, PeriodRow, StepRow
from fmstod.domain.problem import excerpt
from fmstod.domain.record import Record

R = TypeVar("R", bound=Record)

LONGEST_NUMBER = 10**20  # T-08: a longer number is no answer to anything
MOST_ROWS = 1000  # nor is a longer list, and each of its rows would have its problems


class Misfit(ValueError):
    """A file isn't shaped as it should be. `place` says where in it, `why` is a key of `misfit.*`; no content."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(place, why)
        self.place, self.why = excerpt(place), why


def read_answers(form: Form, raw: Mapping[str, object]) -> dict[str, Answer]:
    """The typed answers in the order of the form. Raises Misfit for an unknown question or a value of another shape."""
    refs = {question.ref for question in form.questions()}
    for ref in raw:
        if ref not in refs:
            raise Misfit(f"answers.{ref}", "unknown_question")
    return {q.ref: _read(q, raw[q.ref], f"answers.{q.ref}") for q in form.questions() if q.ref in raw}


def _read(question: Question, value: object, place: str) -> Answer:
    match question:
        case Flag() | YesNo():
            return _boolean(value, place)
        case Choice():
            return _option(value, question.options, place)
        case Choices():
            return tuple(_option(v, question.options, f"{place}[{i}]") for i, v in enumerate(_list(value, place)))
        case DatedChoices():
            rows = _rows(DatedChoice, value, place)
            for i, row in enumerate(rows):
                _option(row.kind, question.options, f"{place}[{i}].kind")
            return rows
        case Text() | Day():
            return _string(value, place)
        case Whole():
            return _number(value, place)
        case Diagnoses():
            return _rows(Diagnosis, value, place)
        case Icf():
            return _icf(value, place)
        case Periods():
            return _rows(PeriodRow, value, place)
        case Measures():
            return _rows(Measure, value, place)
        case Steps():
            return _rows(StepRow, value, place)
        case _:
            assert_never(question)


def _boolean(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise Misfit(place, "boolean")
    return value


def _number(value: object, place: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= LONGEST_NUMBER:
        raise Misfit(place, "number")
    return value


def _string(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise Misfit(place, "text")
    return value


def _option(value: object, options: tuple[Option, ...], place: str) -> str:
    if not any(value == option.code for option in options):
        raise Misfit(place, "unknown_choice")
    return str(value)


def _list(value: object, place: str) -> list[object]:
    if not isinstance(value, list):
        raise Misfit(place, "list")
    if len(value) > MOST_ROWS:
        raise Misfit(place, "too_many")
    return value


def _rows(model: type[R], value: object, place: str) -> tuple[R, ...]:
    return tuple(_record(model, row, f"{place}[{i}]") for i, row in enumerate(_list(value, place)))


def _icf(value: object, place: str) -> IcfText:
    """A text alone, or a text with rated categories."""
    if isinstance(value, str):
        return IcfText(text=value)
    if not isinstance(value, dict):
        raise Misfit(place, "text")
    for key in value:
        if key not in IcfText.model_fields:
            raise Misfit(f"{place}.{key}", "unknown_key")
    said = _string(value.get("text", ""), f"{place}.text")
    return IcfText(text=said, icf=_rows(IcfRating, value.get("icf", []), f"{place}.icf"))


def _record(model: type[R], value: object, place: str) -> R:
    try:  # by way of JSON, where strict still knows enums and tuples but no longer takes "3" for 3
        return model.model_validate_json(json.dumps(value), strict=True, by_name=False, by_alias=True)
    except ValidationError as fault:
        raise misfit(fault, place) from None


def misfit(fault: ValidationError, place: str = "") -> Misfit:
    """The first fault that pydantic found, as a place and a reason of ours."""
    first = fault.errors(include_url=False, include_context=False, include_input=False)[0]
    for step in first["loc"]:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    return Misfit(place, _WHY.get(first["type"], "shape"))


_WHY = {
    "extra_forbidden": "unknown_key",
    "missing": "missing",
    "string_type": "text",
    "literal_error": "unknown_choice",
    "enum": "unknown_choice",
    "less_than_equal": "unknown_choice",
    "greater_than_equal": "unknown_choice",
    "int_type": "number",
    "dict_type": "table",
    "model_type": "table",
}


def answers_json(form: Form, answers: Mapping[str, Answer]) -> dict[str, Any]:
    """What `read_answers` reads, in the order of the form; answers to other forms are left out."""
    return {q.ref: _plain(answers[q.ref]) for q in form.questions() if q.ref in answers}


def with_empty_boxes(form: Form, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """A box that shows and isn't ticked is a no: without 27.1 a receiver's rules don't run (certificates.md 6)."""
    shown = open_refs(form, answers)
    boxes = {q.ref: False for q in form.questions() if isinstance(q, Flag) and q.ref in shown}
    return {**boxes, **answers}


def _plain(value: Answer | Record) -> Any:
    if isinstance(value, tuple):
        return [_plain(row) for row in value]
    return value.model_dump(mode="json", by_alias=True, exclude_none=True) if isinstance(value, Record) else value
