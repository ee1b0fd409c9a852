"""A signed document: certificate or plan, frozen."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from fmstod.domain.answers import Answer
from fmstod.domain.issuer import Issuer
from fmstod.domain.patient import Patient
from fmstod.domain.period import Period
from fmstod.domain.record import Record


class DocumentKind(StrEnum):
    CERTIFICATE = "certificate"
    PLAN = "plan"


class DayMark(Record):
    """A day that a plan's time-line shows besides those that it asks for: of the law, or the end of a recommended time."""

    on: date
    words: str


class Document(Record):
    """What was signed: only shown questions are in `answers`. `signed_at` is UTC; `id` a uuid4.

    `version` counts the plans of a case; a certificate has one. `program` is the version of fmstod that made it; same
    document and same program give the same PDF bytes. `days` are what a plan's time-line shows besides its own, `earlier`
    the periods of earlier certificates of the same leave, which it begins with.
    """

    id: str
    kind: DocumentKind
    form: tuple[str, str]
    patient: Patient
    issuer: Issuer
    answers: Mapping[str, Answer]
    signed_at: datetime
    program: str
    version: int = Field(default=1, ge=1)
    days: tuple[DayMark, ...] = ()
    earlier: tuple[Period, ...] = ()

    @model_serializer(mode="wrap")
    def _as_signed(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What came later is written only where it says something: what was signed before keeps its bytes."""
        first = {"version": 1, "days": (), "earlier": ()}
        return {
            name: value
            for name, value in write(self).items()
            if name not in first or getattr(self, name) != first[name]
        }
