"""A certificate as a file: what `fmstod check` reads and `fmstod export` writes. Hostile files are refused (T-08)."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import ValidationError, field_validator

from fmstod.certificate.answers import Misfit, answers_json, misfit, with_empty_boxes
from fmstod.certificate.form import Form
from fmstod.domain.answers import Answer
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind, Patient
from fmstod.domain.period import EARLIEST, LATEST, iso_day
from fmstod.domain.record import Record
from fmstod.domain.strict_json import NotStrict, parse


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

    `answers` are still plain JSON: `read_answers` types them once the form is known. `webcert` is the draft of Webcert's
    that the certificate came from, so that nothing of it is lost on the way back. `on` is the signing day as
    `yyyy-mm-dd`, `previous` an earlier certificate of the same shape, both for those who check it.
    """

    form: str
    version: str
    patient: FilePatient = FilePatient()
    unit: FileUnit = FileUnit()
    answers: Mapping[str, Any] = {}
    webcert: Mapping[str, Any] | None = None
    on: date | None = None
    previous: "CertificateFile | None" = None

    @field_validator("on", mode="before")
    @classmethod
    def _day(cls, value: object) -> object:
        """Only as it is written everywhere else: pydantic would read a number as seconds."""
        day = iso_day(value) if isinstance(value, str) else None
        if value is not None and (day is None or not EARLIEST <= day <= LATEST):
            raise ValueError("no day written yyyy-mm-dd that a form takes")
        return day


def read_file(content: bytes) -> CertificateFile:
    """The frame of a certificate file. Raises Misfit."""
    try:
        raw = parse(content)
    except NotStrict as refused:
        raise Misfit(refused.detail, refused.what) from None
    if not isinstance(raw, dict):
        raise Misfit("", "table")
    try:
        return CertificateFile.model_validate(raw)
    except ValidationError as fault:
        raise misfit(fault) from None


def write_file(
    form: Form,
    patient: Patient,
    unit: Unit,
    answers: Mapping[str, Answer],
    webcert: Mapping[str, object] | None = None,
) -> str:
    """The certificate as JSON that `read_file` and `read_answers` give back, its empty boxes as no."""
    who = {"id": patient.number}
    if patient.kind is IdentityKind.RESERVNUMMER:
        who["kind"] = patient.kind.value
    content: dict[str, Any] = {
        "form": form.form,
        "version": form.version,
        "patient": who,
        "unit": {name: getattr(unit, name) for name in FileUnit.model_fields},
        "answers": answers_json(form, with_empty_boxes(form, answers)),
    }
    if webcert is not None:
        content["webcert"] = webcert
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
