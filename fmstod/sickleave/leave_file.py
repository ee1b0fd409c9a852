"""Certificates as a file: what `fmstod sickleave` counts. Hostile files are refused (T-08), at their first fault."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from fmstod.domain.period import DEGREES, Period
from fmstod.domain.problem import excerpt
from fmstod.domain.strict_json import NotStrict, parse
from fmstod.sickleave.cases import Certificate

MOST_DAYS_BEFORE = 36_500  # a hundred years: more is a slip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?", re.ASCII)


@dataclass(frozen=True)
class Leave:
    """What a file tells of one patient. `days_before` belong to the chain that is looked at."""

    certificates: tuple[Certificate, ...]
    days_before: int


def read_leave(content: bytes) -> Leave:
    """Raises NotStrict with a key of `sickleave.wrong.*` or `misfit.*`, and the place of the fault."""
    table = _table(parse(content), "", {"certificates", "days_before"})
    rows = _list(table, "certificates", "")
    certificates = tuple(_certificate(row, f"certificates[{n}]") for n, row in enumerate(rows))
    before = table.get("days_before", 0)
    if isinstance(before, bool) or not isinstance(before, int) or not 0 <= before <= MOST_DAYS_BEFORE:
        raise NotStrict("days_before", "days_before")
    return Leave(certificates, before)


def read_date(text: object) -> date | None:
    """A real day written `yyyy-mm-dd`, of any year; else None."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_instant(text: object) -> datetime | None:
    """When something was signed. A day alone is its beginning, and what has no zone is UTC; None for no such time."""
    if day := read_date(text):
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text.replace(",", "."))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _certificate(raw: object, place: str) -> Certificate:
    table = _table(raw, place, {"id", "signed", "periods"})
    name = table.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int | None):
        raise NotStrict("id", f"{place}.id")
    signed = read_instant(_value(table, "signed", place))
    if signed is None:
        raise NotStrict("instant", f"{place}.signed")
    rows = _list(table, "periods", place)
    return Certificate(
        id=name, signed=signed, periods=tuple(_period(row, f"{place}.periods[{n}]") for n, row in enumerate(rows))
    )


def _period(raw: object, place: str) -> Period:
    table = _table(raw, place, {"from", "to", "degree"})
    first, last = _day(table, "from", place), _day(table, "to", place)
    degree = _value(table, "degree", place)
    if not isinstance(degree, int) or degree not in DEGREES:
        raise NotStrict("degree", f"{place}.degree")
    if last < first:
        raise NotStrict("reversed", place)
    return Period(degree=degree, first=first, last=last)


def _day(table: Mapping[str, object], name: str, place: str) -> date:
    found = read_date(_value(table, name, place))
    if found is None:
        raise NotStrict("day", f"{place}.{name}")
    return found


def _table(raw: object, place: str, names: Collection[str]) -> Mapping[str, object]:
    if not isinstance(raw, dict):
        raise NotStrict("table", place)
    for name in raw:
        if name not in names:
            raise NotStrict("unknown_key", _inside(place, excerpt(name)))
    return raw


def _list(table: Mapping[str, object], name: str, place: str) -> list[object]:
    found = _value(table, name, place)
    if not isinstance(found, list):
        raise NotStrict("list", _inside(place, name))
    return found


def _value(table: Mapping[str, object], name: str, place: str) -> object:
    if name not in table:
        raise NotStrict("missing", _inside(place, name))
    return table[name]


def _inside(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
