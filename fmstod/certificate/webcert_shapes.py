"""How Webcert's draft JSON holds one value, read and written by the same name (certificates.md 3.1 and 3.2)."""

import re
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias, assert_never

from fmstod.certificate.answers import MOST_ROWS, Misfit
from fmstod.domain.answers import Answer, DatedChoice, Diagnosis, IcfRating, IcfText, PeriodRow
from fmstod.domain.period import Degree

Shape: TypeAlias = Literal[
    "boolean",
    "text",
    "day",
    "digits",
    "code",
    "codes",
    "diagnoses",
    "described",
    "categories",
    "periods",
    "span",
    "documents",
]
# KV_FKMU_0003
DEGREES: Mapping[str, Degree] = {"EN_FJARDEDEL": 25, "HALFTEN": 50, "TRE_FJARDEDEL": 75, "HELT_NEDSATT": 100}
_DEGREE_CODES = {degree: code for code, degree in DEGREES.items()}
ICD, PRIMARY_CARE = "ICD_10_SE", "KSH_97_P"
_BOOLEANS = {"true": True, "false": False}

Object: TypeAlias = dict[str, object]


def read_value(shape: Shape, value: object, place: str, codes: Mapping[str, str]) -> Answer | None:
    """What the JSON value says, None while nothing is; `codes` gives the ICF code of a title. Raises Misfit."""
    if value is None:
        return None
    match shape:
        case "boolean":
            return _boolean(value, place)
        case "text" | "day" | "described":
            return _text(value, place) or None
        case "digits":
            return _digits(value, place)
        case "code":
            return _text(value, place).strip() or None
        case "codes":
            rows = [_code(row, f"{place}[{i}]") for i, row in enumerate(_list(value, place))]
            return tuple(row for row in rows if row) or None
        case "diagnoses":
            return tuple(_diagnosis(row, f"{place}[{i}]") for i, row in enumerate(_list(value, place))) or None
        case "categories":
            titles = [_text(row, f"{place}[{i}]") for i, row in enumerate(_list(value, place)) if row is not None]
            return tuple(codes[title.strip()] for title in titles if title.strip() in codes) or None
        case "periods":
            return tuple(_period(row, f"{place}[{i}]") for i, row in enumerate(_list(value, place))) or None
        case "span":
            return _span(value, place)
        case "documents":
            return tuple(_document(row, f"{place}[{i}]") for i, row in enumerate(_list(value, place))) or None
        case _:
            assert_never(shape)


def part_of(answer: Answer | None, shape: Shape, option: str = "") -> Answer | None:
    """The part of an answer that one key holds: what `read_value` gives for it."""
    match answer:
        case None | "" | ():
            return None
        case IcfText() if shape == "categories":
            return tuple(rating.code for rating in answer.icf) or None
        case IcfText():
            return answer.text or None
        case tuple() if shape == "day":
            return next((row.date for row in answer if isinstance(row, DatedChoice) and row.kind == option), "") or None
        case _:
            return answer


def joined(before: Answer | None, part: Answer, shape: Shape, option: str) -> Answer:
    """The answer with one key's part put to what other keys of the same question gave."""
    match shape, part:
        case "day", str() if option:
            rows = before if isinstance(before, tuple) else ()
            return (*(row for row in rows if isinstance(row, DatedChoice)), DatedChoice(kind=option, date=part))
        case "described", str():
            return IcfText(text=part, icf=before.icf if isinstance(before, IcfText) else ())
        case "categories", tuple():
            ratings = tuple(IcfRating(code=code) for code in part if isinstance(code, str))
            return IcfText(text=before.text if isinstance(before, IcfText) else "", icf=ratings)
        case _:
            return part


def write_value(shape: Shape, part: Answer | None, old: object, titles: Mapping[str, str]) -> object:
    """The JSON value for a part. What `old` holds beside it, row by row, stays; `titles` names ICF categories."""
    rows: Sequence[object] = old if isinstance(old, list) else ()
    match shape, part:
        case _, None:
            return [] if isinstance(old, list) else None
        case "digits", int() if 0 <= part < 1000:
            return str(part)
        case "codes", tuple():
            return [{**_same(rows, i, "typ", str(code)), "typ": code} for i, code in enumerate(part)]
        case "categories", tuple():
            own = strange_titles(old, {title: code for code, title in titles.items()})
            return [*(titles[code] for code in part if isinstance(code, str) and code in titles), *own]
        case "diagnoses", tuple():
            return [_diagnosis_row(row, rows, i) for i, row in enumerate(part) if isinstance(row, Diagnosis)]
        case "periods", tuple():
            return [_period_row(row, rows, i) for i, row in enumerate(part) if isinstance(row, PeriodRow)]
        case "documents", tuple():
            return [_document_row(row, rows, i) for i, row in enumerate(part) if isinstance(row, DatedChoice)]
        case "span", (PeriodRow() as row,):
            return _ends_row(row, old)
        case _:
            return part


def strange_titles(value: object, codes: Mapping[str, str]) -> list[str]:
    """The titles in a list of ICF categories that we don't know."""
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, str) and row.strip() and row.strip() not in codes]


def _boolean(value: object, place: str) -> bool | None:
    """JSON's own, or written as a text."""
    said = value.strip().lower() if isinstance(value, str) else value
    if isinstance(said, bool) or said == "":
        return said if isinstance(said, bool) else None
    if isinstance(said, str) and said in _BOOLEANS:
        return _BOOLEANS[said]
    raise Misfit(place, "boolean")


def _text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise Misfit(place, "text")
    return value


def _digits(value: object, place: str) -> int | str | None:
    """A number up to three digits written as a text; anything else stays as it is for a rule to refuse."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    said = _text(value, place)
    return int(said) if re.fullmatch(r"0|[1-9][0-9]{0,2}", said) else said or None


def _list(value: object, place: str) -> list[object]:
    """A list; an empty object is one without rows."""
    if value == {}:
        return []
    if not isinstance(value, list):
        raise Misfit(place, "list")
    if len(value) > MOST_ROWS:
        raise Misfit(place, "too_many")
    return value


def fields(value: object, place: str) -> Object:
    """The names and values of an object; none of null, and none of an empty list."""
    if value is None or value == []:
        return {}
    if not isinstance(value, dict):
        raise Misfit(place, "table")
    return value


def _field(row: Object, name: str, place: str) -> str:
    value = row.get(name)
    return "" if value is None else _text(value, f"{place}.{name}")


def _code(value: object, place: str) -> str:
    return _field(fields(value, place), "typ", place).strip()


def _diagnosis(value: object, place: str) -> Diagnosis:
    row = fields(value, place)
    system = _field(row, "diagnosKodSystem", place).strip()
    return Diagnosis(
        code=_field(row, "diagnosKod", place).strip().upper(),
        text=_field(row, "diagnosBeskrivning", place),
        system=system or None,
    )


def _period(value: object, place: str) -> PeriodRow:
    """A degree and its days. A blank end tells a period whose days are missing from a row without a period (SL-3, 4)."""
    row = fields(value, place)
    first, last = _ends(row.get("period"), f"{place}.period")
    if row.get("period") is not None and not first and not last:
        first = " "
    code = _field(row, "sjukskrivningsgrad", place).strip()
    if code and code not in DEGREES:
        raise Misfit(f"{place}.sjukskrivningsgrad", "unknown_choice")
    return PeriodRow(degree=DEGREES.get(code), first=first, last=last)


def _span(value: object, place: str) -> tuple[PeriodRow, ...] | None:
    """One period without a degree of its own."""
    first, last = _ends(value, place)
    return (PeriodRow(first=first, last=last),) if first or last else None


def _ends(value: object, place: str) -> tuple[str, str]:
    ends = fields(value, place)
    return _field(ends, "from", place), _field(ends, "tom", place)


def _document(value: object, place: str) -> DatedChoice:
    """A row of other documents: which, from which day, where to get it."""
    row = fields(value, place)
    where = _field(row, "hamtasFran", place)
    return DatedChoice(kind=_code(value, place), date=_field(row, "datum", place), where=where)


def _same(rows: Sequence[object], place: int, name: str, value: str | None) -> Object:
    """The old row that a new one replaces: with the same value under its name, else at the same place."""
    old = [row for row in rows if isinstance(row, dict)]
    alike = [row for row in old if isinstance(said := row.get(name), str) and said.strip().upper() == value]
    return alike[0] if alike else old[place] if value is None and place < len(old) else {}


def _diagnosis_row(row: Diagnosis, rows: Sequence[object], place: int) -> Object:
    old = _same(rows, place, "diagnosKod", row.code)
    names = {"diagnosKod": row.code, "diagnosKodSystem": row.system or ICD, "diagnosBeskrivning": row.text}
    return {**old, **names} if old else {**names, "diagnosDisplayName": row.text}


def _document_row(row: DatedChoice, rows: Sequence[object], place: int) -> Object:
    old = rows[place] if place < len(rows) else None
    names = {"typ": row.kind or None, "datum": row.date or None, "hamtasFran": row.where or None}
    return {**(old if isinstance(old, dict) else {}), **names}


def _period_row(row: PeriodRow, rows: Sequence[object], place: int) -> Object:
    code = _DEGREE_CODES[row.degree] if row.degree else None
    old = _same(rows, place, "sjukskrivningsgrad", code)
    period = _ends_row(row, old.get("period")) if row.first or row.last else None
    return {**old, "sjukskrivningsgrad": code, "period": period}


def _ends_row(row: PeriodRow, old: object) -> Object:
    return {
        **(old if isinstance(old, dict) else {}),
        "from": row.first if row.first.strip() else None,
        "tom": row.last or None,
    }
