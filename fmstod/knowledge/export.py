"""Socialstyrelsen's two export files as they are (fmb.md section 1). Whatever differs is named, nothing is guessed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from fmstod.domain.icd import is_code, normalise
from fmstod.domain.period import iso_day
from fmstod.domain.record import Record
from fmstod.domain.strict_json import NotStrict, parse
from fmstod.errors import BadImport
from fmstod.knowledge.entry import Unit, no_sentence
from fmstod.knowledge.faults import first_fault


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


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https://[^\s\"\\]+", text):
        raise PydanticCustomError("no_address", "is no https address")
    return text


Midnight = Annotated[str, AfterValidator(_swedish_day)]
Day = Annotated[str, AfterValidator(_real_day)]
Heading = Annotated[
    str, AfterValidator(lambda text: no_sentence(" ".join(text.split())))
]  # the source breaks lines in it


class Code(Record):
    """A code of any system with its label."""

    kod: str
    kodsystem: str
    kodsystemnamn: str
    beskrivning: str = Field(min_length=1)


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
    markup: str | None = None


class _Reference(Record):
    text: str
    uri: Annotated[str, AfterValidator(_web_address)]


class _Limitation(Record):
    aktivitetsbegransningsbeskrivning: str | None
    centralkod: list[IcfCode]
    kompletterandekod: list[IcfCode]


class _Impairment(Record):
    funktionsnedsattningsbeskrivning: str | None
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

    tillstandsmening: str | None
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
    typfalletsrekommenderadesjukskrivning: str = Field(min_length=1)
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
    typfallsmening: str = Field(min_length=1)
    fmbtillstand: Condition
    rekommenderadsjukskrivning: Recommended


T = TypeVar("T", Diagnosis, Typfall)


class Build(Record):
    """`meta` of an export: the build of the source's program, not of its data."""

    version: str
    buildnumber: str
    buildtimestamp: str


class _Links(Record):
    self: Annotated[str, AfterValidator(_web_address)]


@dataclass(frozen=True)
class Content(Generic[T]):
    """One export, read: its address at the source, build and records."""

    address: str
    build: Build
    records: Sequence[T]


def read_diagnoses(content: bytes, file: str) -> Content[Diagnosis]:
    """Raises BadImport."""
    return _read(content, file, Diagnosis, "forsakringsmedicinskdiagnosinformation")


def read_typfall(content: bytes, file: str) -> Content[Typfall]:
    """Raises BadImport."""
    return _read(content, file, Typfall, "typfall")


def _read(content: bytes, file: str, model: type[T], kind: str) -> Content[T]:
    try:
        top = parse(content, twice={"id"})  # every record of the source writes its attribute `id` twice
    except NotStrict as wrong:
        raise BadImport(file=file, record="", field="", reason=wrong.what, detail=wrong.detail) from None
    if not isinstance(top, Mapping) or not isinstance(top.get("data"), list) or not top["data"]:
        raise BadImport(file=file, record="", field="data", reason="no_records")
    build = _validate(Build, top.get("meta"), file, "", "meta")
    address = _validate(_Links, top.get("links"), file, "", "links").self
    records = tuple(_record(record, file, at, model, kind) for at, record in enumerate(top["data"]))
    return Content(address, build, records)


def _record(record: object, file: str, at: int, model: type[T], kind: str) -> T:
    if not isinstance(record, Mapping):
        raise BadImport(file=file, record=f"data[{at}]", field="", reason="model_type")
    name = str(record.get("id", f"data[{at}]"))[:20]
    if record.get("type") != kind:
        raise BadImport(file=file, record=name, field="type", reason="literal_error")
    made = _validate(model, record.get("attributes"), file, name, "attributes")
    if made.id != record.get("id"):
        raise BadImport(file=file, record=name, field="attributes.id", reason="other_id")
    return made


M = TypeVar("M", bound=Record)


def _validate(model: type[M], value: Any, file: str, record: str, field: str) -> M:
    try:
        return model.model_validate(value, strict=True)
    except ValidationError as wrong:
        fault = first_fault(wrong, field)
        raise BadImport(file=file, record=record, field=fault.place, reason=fault.kind) from None
