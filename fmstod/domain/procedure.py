"""Procedures recorded by themselves, and the KVÅ codes for them. Their names and days are `resources/codes/kva.toml`."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from fmstod.domain.record import Record

PLAN_MADE = "DV077"


class Procedure(Record):
    """A KVÅ code recorded for a case on a day; `document` is the id of the signed plan that gave it."""

    code: str
    on: date
    document: str


class Wording(Record):
    """A name of a code, and where it was read."""

    text: Annotated[str, StringConstraints(min_length=1)]
    source: Annotated[str, StringConstraints(min_length=1)]


class ProcedureCode(Record):
    """A KVÅ code. `name` is short and our own; the names in use differ, so all that were read are kept.

    `valid_from` and `valid_to` both count; no `valid_to` means that no end is known. `valid_source` tells how the days are
    known: a code may be older than its first day here.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}\d{3}$|^[A-Z]{3}\d{2}$")]
    name: Annotated[str, StringConstraints(min_length=1)]
    wordings: Annotated[tuple[Wording, ...], Field(min_length=1)]
    valid_from: date
    valid_to: date | None = None
    valid_source: Annotated[str, StringConstraints(min_length=1)]

    @model_validator(mode="after")
    def _ends_are_sound(self) -> "ProcedureCode":
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"{self.code} ends before it begins")
        return self


class _CodeFile(Record):
    code: tuple[ProcedureCode, ...]


def load_procedure_codes(content: Mapping[str, object]) -> Mapping[str, ProcedureCode]:
    """The codes from parsed TOML. Raises ValueError, also for a code that stands twice."""
    codes = _CodeFile.model_validate(content).code
    by_code = {code.code: code for code in codes}
    if len(by_code) < len(codes):
        raise ValueError("a code stands twice")
    return by_code
