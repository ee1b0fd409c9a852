"""A certificate as a file: what `fmstod check` reads and `fmstod export` writes. Hostile files are refused (T-08)."""

import json
import re
from collections.abc import Mapping
from typing import Any, NoReturn

from pydantic import ValidationError

from fmstod.certificate.answers import Misfit, answers_json, misfit
from fmstod.certificate.form import Form
from fmstod.domain.answers import Answer
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind, Patient
from fmstod.domain.record import Record

LARGEST, DEEPEST, LONGEST_DIGITS = 5_000_000, 32, 20  # bytes, levels and digits of T-08


class FilePatient(Record):
    """`kind` is needed only for a reserve number, which no check digit tells apart from a mistyped personal number."""

    id: str = ""
    kind: IdentityKind = IdentityKind.PERSONNUMMER


class FileUnit(Record):
    address: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""


class CertificateFile(Record):
    """The file's frame. What is missing is found by a rule; what is unknown or of another type is refused.

    `answers` are still plain JSON: `read_answers` types them once the form is known.
    """

    form: str
    version: str
    patient: FilePatient = FilePatient()
    unit: FileUnit = FileUnit()
    answers: Mapping[str, Any] = {}


def read_file(content: bytes) -> CertificateFile:
    """The frame of a certificate file. Raises Misfit."""
    raw = _read_json(content)
    if not isinstance(raw, dict):
        raise Misfit("", "table")
    try:
        return CertificateFile.model_validate(raw)
    except ValidationError as fault:
        raise misfit(fault) from None


def write_file(form: Form, patient: Patient, unit: Unit, answers: Mapping[str, Answer]) -> str:
    """The certificate as JSON that `read_file` and `read_answers` give back."""
    who = {"id": patient.number}
    if patient.kind is IdentityKind.RESERVNUMMER:
        who["kind"] = patient.kind.value
    content = {
        "form": form.form,
        "version": form.version,
        "patient": who,
        "unit": {name: getattr(unit, name) for name in FileUnit.model_fields},
        "answers": answers_json(form, answers),
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _read_json(content: bytes) -> object:
    """JSON as the standard means it: neither NaN nor repeated keys, which Python's reader accepts."""
    if len(content) > LARGEST:
        raise Misfit("", "too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Misfit("", "not_utf8") from None
    if _depth(text) > DEEPEST:
        raise Misfit("", "too_deep")
    try:
        value: object = json.loads(
            text, object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer, parse_float=_fraction
        )
    except json.JSONDecodeError as fault:
        raise Misfit(f"{fault.lineno}:{fault.colno}", "not_json") from None
    return value


def _depth(text: str) -> int:
    """How deep lists and objects lie in each other; a bracket inside a string doesn't count."""
    deepest = depth = 0
    for mark in re.findall(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', text, re.DOTALL):
        if mark in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif mark in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise Misfit(_printable(key), "repeated_key")
        found[key] = value
        for text in (key, value):
            _refuse_half_characters(text)
        if isinstance(value, list):
            for item in value:
                _refuse_half_characters(item)
    return found


def _refuse_half_characters(value: object) -> None:
    """Half of a surrogate pair is no character and can't be written anywhere."""
    if isinstance(value, str) and re.search("[\ud800-\udfff]", value):
        raise Misfit("", "half_character")


def _printable(key: str) -> str:
    return re.sub(r"[^\w.\[\]-]", "?", key)[:40]


def _constant(_: str) -> NoReturn:
    raise Misfit("", "not_finite")


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > LONGEST_DIGITS:
        raise Misfit("", "number")
    return int(digits)


def _fraction(digits: str) -> float:
    if len(digits) > LONGEST_DIGITS:
        raise Misfit("", "number")
    return float(digits)
