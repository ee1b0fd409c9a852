"""Procedures recorded by themselves, and the KVÅ codes for them. Their names and days are `resources/codes/kva.toml`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from fmstod.domain.record import Record

PLAN_MADE, PLAN_FOLLOWED_UP, COORDINATION = "DV077", "AW026", "GC001"
LONGEST_CONTACT = 600  # minutes
LONGEST_REASON = 500  # characters
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_REASON)]


class Contact(StrEnum):
    """How coordination was done (product.md F-048)."""

    PATIENT = "patient"
    EMPLOYER = "employer"
    INSURANCE = "insurance"
    EMPLOYMENT = "employment"
    OCCUPATIONAL = "occupational"
    CARE = "care"
    MEETING = "meeting"
    OTHER = "other"


class Procedure(Record):
    """A KVÅ code to be recorded for a case on a day.

    `source` is the id of what gave it: a signed plan, a finished follow-up, a contact. `name` is how the code was called
    on that day, in the version that began on `valid_from`. `contact` and `minutes` belong to coordination.
    """

    code: str
    on: date
    source: str
    name: str = ""
    valid_from: date | None = None
    contact: Contact | None = None
    minutes: int | None = Field(default=None, ge=1, le=LONGEST_CONTACT)


class Mistake(Record):
    """Why a recorded procedure isn't one after all. `at` is UTC."""

    at: datetime
    by: str
    reason: Said


class Registered(Procedure):
    """A procedure as it was recorded: `at` is UTC. It is never changed or removed; a mistake is said of it."""

    id: str
    case: str
    at: datetime
    by: str
    unit: str
    revoked: Mistake | None = None


class Wording(Record):
    """A name of a code, and where it was read."""

    text: Annotated[str, StringConstraints(min_length=1)]
    source: Annotated[str, StringConstraints(min_length=1)]


class Renamed(Record):
    """What a code is called from a day on."""

    valid_from: date
    name: Annotated[str, StringConstraints(min_length=1)]


class ProcedureCode(Record):
    """A KVÅ code. `name` is short and our own; the names in use differ, so all that were read are kept.

    `use` tells when it is recorded. `valid_from` and `valid_to` both count; no `valid_to` means that no end is known.
    `valid_source` tells how the days are known: a code may be older than its first day here. `renamed` are later names,
    in time order.
    """

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}\d{3}$|^[A-Z]{3}\d{2}$")]
    name: Annotated[str, StringConstraints(min_length=1)]
    use: str = ""
    wordings: Annotated[tuple[Wording, ...], Field(min_length=1)]
    valid_from: date
    valid_to: date | None = None
    valid_source: Annotated[str, StringConstraints(min_length=1)]
    renamed: tuple[Renamed, ...] = ()

    @model_validator(mode="after")
    def _ends_are_sound(self) -> "ProcedureCode":
        if self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"{self.code} ends before it begins")
        days = [self.valid_from, *(each.valid_from for each in self.renamed)]
        if any(one >= two for one, two in pairwise(days)):
            raise ValueError(f"{self.code} is renamed before it has its name")
        return self

    def called(self, on: date) -> Renamed | None:
        """Its name on a day, with the day from which it is called so; None while it isn't valid (safety.md H14)."""
        if on < self.valid_from or (self.valid_to and on > self.valid_to):
            return None
        first = Renamed(valid_from=self.valid_from, name=self.name)
        return [first, *(each for each in self.renamed if each.valid_from <= on)][-1]


Codes = Mapping[str, ProcedureCode]


class _CodeFile(Record):
    code: tuple[ProcedureCode, ...]


def load_procedure_codes(content: Mapping[str, object]) -> Codes:
    """The codes from parsed TOML. Raises ValueError, also for a code that stands twice."""
    codes = _CodeFile.model_validate(content).code
    by_code = {code.code: code for code in codes}
    if len(by_code) < len(codes):
        raise ValueError("a code stands twice")
    return by_code


def procedure(
    codes: Codes, code: str, on: date, source: str, contact: Contact | None = None, minutes: int | None = None
) -> tuple[Procedure, ...]:
    """The one to record, with its name of that day; none where the code isn't valid then."""
    if (name := codes[code].called(on)) is None:
        return ()
    said = Procedure(
        code=code, on=on, source=source, name=name.name, valid_from=name.valid_from, contact=contact, minutes=minutes
    )
    return (said,)


class Coverage(Record):
    """What some days gave, and what of it has its code (product.md I-11 to I-13, I-16).

    `plans` counts sick leaves whose first plan was signed then, `plans_coded` those of them with DV077 in force,
    `plans_followed` those with a follow-up since, whenever. `followups` were done then, `followups_coded` of them have
    AW026. `made` counts DV077 of these days. `coordinated` counts patients with GC001; without a personal number each
    case counts as one.
    """

    plans: int = 0
    plans_coded: int = 0
    plans_followed: int = 0
    followups: int = 0
    followups_coded: int = 0
    made: int = 0
    coordinated: int = 0


class MonthCount(Record):
    """How often a code was recorded in a month, `2026-11`; what was revoked isn't counted. `minutes` where told."""

    month: str
    code: str
    count: int
    minutes: int = 0


def counts(found: Iterable[Registered]) -> Sequence[MonthCount]:
    """By month and code, in that order."""
    kept = [each for each in found if each.revoked is None]
    times = Counter((f"{each.on:%Y-%m}", each.code) for each in kept)
    minutes: Counter[tuple[str, str]] = Counter()
    for each in kept:
        minutes[f"{each.on:%Y-%m}", each.code] += each.minutes or 0
    return [
        MonthCount(month=month, code=code, count=times[month, code], minutes=minutes[month, code])
        for month, code in sorted(times)
    ]
