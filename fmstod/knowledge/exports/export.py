"""Socialstyrelsen's two export files as they are (fmb.md section 1). Whatever differs is named, nothing is guessed."""

import re
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from fmstod.domain.icd import is_code, normalise
from fmstod.domain.period import iso_day
from fmstod.domain.record import Record
from fmstod.knowledge.entry import Unit, no_sentence

LONGEST = 20_000  # characters of a text: several times what the source has ever had, and no more (T-08)


def _swedish_day(text: str) -> str:
    """The source writes Swedish midnight in UTC: 22 or 23 o'clock the day before."""
    try:
        instant = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        raise PydanticCustomError("no_day", "is no instant") from None
    if instant.strftime("%H%M%S%z") not in ("220000+0000", "230000+0000"):
        raise PydanticCustomError("no_midnight", "is not midnight in Sweden")
    if instant.date() == date.max:
        raise PydanticCustomError("no_day", "is the day before none")
    return text


def _real_day(text: str) -> str:
    if iso_day(text) is None:
        raise PydanticCustomError("no_day", "is no day")
    return text


def _plain_code(text: str) -> str:
    if not is_code(text) or normalise(text) != text:
        raise PydanticCustomError("no_icd", "is no ICD-10-SE code in upper case without dots")
    return text


def _plain_icf(text: str) -> str:
    if not re.fullmatch(r"[bd][0-9]{1,5}", text):
        raise PydanticCustomError("no_icf", "is no ICF code of function or activity")
    return text


def web_address(text: str) -> str:
    if not re.fullmatch(r"https://[^\s\"\\]+", text):
        raise PydanticCustomError("no_address", "is no https address")
    return text


Midnight = Annotated[str, AfterValidator(_swedish_day)]
Day = Annotated[str, AfterValidator(_real_day)]
# The source breaks lines in it.
Heading = Annotated[str, AfterValidator(lambda text: no_sentence(" ".join(text.split())))]


class Code(Record):
    """A code of any system with its label."""

    kod: str
    kodsystem: str
    kodsystemnamn: str
    beskrivning: str = Field(min_length=1, max_length=400)


class IcdCode(Code):
    kod: Annotated[str, AfterValidator(_plain_code)]
    kodsystemnamn: Literal["ICD-10"]


class IcfCode(Code):
    kod: Annotated[str, AfterValidator(_plain_icf)]
    kodsystemnamn: Literal["ICF"]


class WorkloadCode(Code):
    kodsystemnamn: Literal["Arbetsbelastning"]


class SnomedCode(Code):
    kodsystemnamn: Literal["SNOMED-CT"]


class _Group(Record):
    kod: Code


class _Valid(Record):
    start: Day
    slut: None


class _Status(Code):
    kod: Literal["giltig"]


class _Attributes(Record):
    """What both kinds of record have."""

    version: str = Field(pattern=r"^[0-9]{1,3}$")
    id: str = Field(pattern=r"^[1-9][0-9]{0,8}$")
    malgrupp: list[Code]
    nyckelord: list[Code]
    beskrivning: str
    typavdokument: Code
    sjukdomsgrupp: _Group
    senastuppdaterad: Midnight
    giltighetsperiod: _Valid
    status: _Status

    @property
    def dated(self) -> date:
        """The day in Sweden."""
        return datetime.strptime(self.senastuppdaterad, "%Y-%m-%dT%H:%M:%S%z").date() + timedelta(days=1)


class _Markup(Record):
    markup: str | None = Field(default=None, max_length=LONGEST)


class _Reference(Record):
    text: str
    uri: Annotated[str, AfterValidator(web_address)]


class _Limitation(Record):
    aktivitetsbegransningsbeskrivning: str | None = Field(max_length=LONGEST)
    centralkod: list[IcfCode]
    kompletterandekod: list[IcfCode]


class _Impairment(Record):
    funktionsnedsattningsbeskrivning: str | None = Field(max_length=LONGEST)
    centralkod: list[IcfCode]
    kompletterandekod: list[IcfCode]


class Diagnosis(_Attributes):
    """The attributes of a diagnosis information."""

    titel: Heading
    diagnosrubrik: Heading
    syfte: str | None = None
    forsakringsmedicinskinformation: _Markup
    symtomprognosbehandling: _Markup
    informationomrehabilitering: _Markup
    diagnoskod: list[IcdCode] = Field(min_length=1)
    aktivitetsbegransning: _Limitation
    funktionsnedsattning: _Impairment
    referens: list[_Reference] = Field(min_length=1)


class _Severity(Record):
    svarighetsgrad: list[SnomedCode]


class _Workload(Record):
    arbetsbelastning: list[WorkloadCode]


class _Factor(Record):
    komplicerandefaktor: list[SnomedCode]


class _Course(Record):
    sjukdomsforlopp: list[SnomedCode]


class _Treatment(Record):
    kod: list[SnomedCode]
    status: SnomedCode


class Comorbidity(Record):
    samsjuklighetsrubrik: str
    diagnoskod: list[IcdCode] = Field(min_length=1)


class Condition(Record):
    """The conditions of a typfall: each slot holds at most one group."""

    tillstandsmening: str | None = Field(max_length=2_000)
    diagnoskod: list[IcdCode] = Field(min_length=1)
    urvalsvarighetsgrad: list[_Severity] = Field(max_length=1)
    urvalarbetsbelastning: list[_Workload] = Field(max_length=1)
    urvalkomplicerandefaktor: list[_Factor] = Field(max_length=1)
    urvalsjukdomsforlopp: list[_Course] = Field(max_length=1)
    urvalatgard: list[_Treatment] = Field(max_length=1)
    urvalsamsjuklighet: list[list[Comorbidity]]


class _Extent(Code):
    kod: Literal["1", "2"]


class Recommended(Record):
    maximalsjukskrivningsgrad: _Extent
    typfalletsrekommenderadesjukskrivning: str = Field(min_length=1, max_length=1_000)
    maximalsjukskrivningstid: str | None = Field(pattern=r"^[0-9]{1,3}$")
    maximalsjukskrivningsenhet: Literal["d", "wk", "mo"] | None

    @model_validator(mode="after")
    def _time_has_unit(self) -> "Recommended":
        if (self.maximalsjukskrivningstid is None) != (self.maximalsjukskrivningsenhet is None):
            raise PydanticCustomError("time_without_unit", "a time and its unit stand together")
        return self

    @property
    def number(self) -> tuple[int, Unit] | None:
        if self.maximalsjukskrivningstid is None or self.maximalsjukskrivningsenhet is None:
            return None
        units = {"d": Unit.DAY, "wk": Unit.WEEK, "mo": Unit.MONTH}
        return int(self.maximalsjukskrivningstid), units[self.maximalsjukskrivningsenhet]


class Typfall(_Attributes):
    """The attributes of a typfall, one recommendation."""

    syfte: str
    typfallsmening: str = Field(min_length=1, max_length=2_000)
    fmbtillstand: Condition
    rekommenderadsjukskrivning: Recommended
