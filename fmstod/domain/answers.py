"""The values that answer questions. Dates are kept as typed until a rule has looked at them, so nothing is lost."""

from enum import StrEnum
from typing import TypeAlias

from pydantic import Field, model_validator

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


class Measure(Record):
    """A measure of the plan: what, by whom, when (a day `yyyy-mm-dd` or own words)."""

    what: str = ""
    owner: str = ""
    when: str = ""


Answer: TypeAlias = (
    bool
    | int
    | str
    | tuple[str, ...]
    | tuple[DatedChoice, ...]
    | tuple[Diagnosis, ...]
    | tuple[PeriodRow, ...]
    | tuple[Measure, ...]
    | IcfText
)
