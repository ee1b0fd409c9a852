"""The values that answer questions. Dates are kept as typed until a rule has looked at them, so nothing is lost."""

from enum import StrEnum
from typing import Any, TypeAlias

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from fmstod.domain.period import EARLIEST, LATEST, Degree, Period, iso_day
from fmstod.domain.record import Record


class DatedChoice(Record):
    """A chosen option and its day (`yyyy-mm-dd` as typed): what the certificate is based on.

    `where` is where a listed document can be got; None where that isn't asked.
    """

    kind: str
    date: str = ""
    where: str | None = None


class Diagnosis(Record):
    """A diagnosis as written on the certificate: ICD-10-SE code as typed or chosen, and its text (81 characters).

    `system` names the code system where a version 1 draft does (`ICD_10_SE`, `KSH_97_P`); None is ICD-10-SE.
    """

    code: str = ""
    text: str = ""
    system: str | None = None


class Basis(StrEnum):
    """What a statement rests on (HSLF-FS 2018:54 6 kap.): shown and printed with it."""

    EXAMINATION = "examination"
    TEST = "test"
    OBSERVATION = "observation"
    PATIENT = "patient"


class IcfRating(Record):
    """An ICF category, its qualifier (0 none, 1 mild, 2 moderate, 3 severe, 4 complete) and what that rests on."""

    code: str
    severity: int | None = Field(default=None, ge=0, le=4)
    basis: Basis | None = None


class IcfText(Record):
    """A described impairment or limitation: rated ICF categories and the physician's own text."""

    text: str = ""
    icf: tuple[IcfRating, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _plain_text(cls, value: object) -> object:
        return {"text": value} if isinstance(value, str) else value


class PeriodRow(Record):
    """A row of question 32 as typed; `from` and `to` are `yyyy-mm-dd` when they are right."""

    degree: Degree | None = None
    first: str = Field(default="", alias="from")
    last: str = Field(default="", alias="to")

    @property
    def period(self) -> Period | None:
        """The period that the row stands for, None while something is missing or impossible."""
        first, last = iso_day(self.first), iso_day(self.last)
        if self.degree is None or first is None or last is None or not EARLIEST <= first <= last <= LATEST:
            return None
        return Period(degree=self.degree, first=first, last=last)


class Status(StrEnum):
    """How far a measure has come."""

    PLANNED = "planned"
    WAITING = "waiting"
    BEGUN = "begun"
    DONE = "done"
    STOPPED = "stopped"


class Effect(StrEnum):
    """What a measure led to."""

    HELPED = "helped"
    PARTLY = "partly"
    NO_EFFECT = "no_effect"
    WORSE = "worse"
    NOT_KNOWN = "not_known"


class Measure(Record):
    """A measure of the plan: what, by whom, when (a day `yyyy-mm-dd` or own words).

    `decides` is who decides, where that isn't who does it; `idea` is its key in the catalogue, if it came from there.
    """

    what: str = ""
    owner: str = ""
    when: str = ""
    decides: str = ""
    status: Status | None = None
    outcome: Effect | None = None
    idea: str = ""

    @model_serializer(mode="wrap")
    def _as_signed(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What came later is written only where it says something: what was signed before keeps its bytes."""
        return {name: value for name, value in write(self).items() if value or name in _FIRST}


_FIRST = ("what", "owner", "when")


STEP_PARTS = ("hours", "possible", "avoid", "stop")


class StepRow(Record):
    """What holds at a degree of the step-down: hours a day, tasks to do and to avoid, when to stop.

    Its days are those of the certificate's period of that degree. `ahead` is a step that no certificate holds yet, with
    days of its own as typed.
    """

    ahead: bool
    degree: Degree | None = None
    first: str = Field(default="", alias="from")
    last: str = Field(default="", alias="to")
    hours: str = ""
    possible: str = ""
    avoid: str = ""
    stop: str = ""

    @model_serializer(mode="wrap")
    def _what_is_said(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in write(self).items() if value or name == "ahead"}

    @property
    def says(self) -> bool:
        """Whether it holds more than a degree and days."""
        return any(getattr(self, part).strip() for part in STEP_PARTS)

    @property
    def row(self) -> PeriodRow:
        """Its degree and days as a row of a certificate."""
        return PeriodRow(degree=self.degree, first=self.first, last=self.last)


Answer: TypeAlias = (
    bool
    | int
    | str
    | tuple[str, ...]
    | tuple[DatedChoice, ...]
    | tuple[Diagnosis, ...]
    | tuple[PeriodRow, ...]
    | tuple[Measure, ...]
    | tuple[StepRow, ...]
    | IcfText
)
