"""Reads an export file: strict JSON with `meta`, `links` and records (fmb.md 1). Whatever differs is BadImport."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, ValidationError

from fmstod.domain.record import Record
from fmstod.domain.strict_json import NotStrict, parse
from fmstod.errors import BadImport
from fmstod.knowledge.exports.export import Diagnosis, Typfall, web_address
from fmstod.knowledge.faults import first_fault

T = TypeVar("T", Diagnosis, Typfall)
MOST = 2_000  # records of a file: several times what the source has ever had, and no more (T-08)


class Build(Record):
    """`meta` of an export: the build of the source's program, not of its data."""

    version: str
    buildnumber: str
    buildtimestamp: str


class _Links(Record):
    self: Annotated[str, AfterValidator(web_address)]


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
    if len(top["data"]) > MOST:
        raise BadImport(file=file, record="", field="data", reason="too_many")
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
