"""KVÅ codes as files: each code on its line, or how many there are. One source for the window and for `fmstod kva`.

The shape is our own; no register has asked for it (product.md F-049).
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from fmstod.domain.due import DueCase
from fmstod.domain.procedure import Codes, Registered, counts
from fmstod.texts import text

FIELDS = ("on", "code", "name", "case", "source", "contact", "minutes", "unit", "by", "at", "revoked", "reason")
WHO = ("patient", "born")
COUNTED = ("month", "code", "name", "count", "minutes")
# Fewer than so many are told as fewer, where counts leave the unit without the cases' ids (sickleave.md 2.8).
SMALL = 5
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet would reckon instead of show
_BOM = "\ufeff"  # without it Excel reads å as Ã¥

Row = Mapping[str, object]
Days = tuple[date | None, date | None]


def rows(found: Iterable[Registered], codes: Codes, named: Mapping[str, DueCase] | None = None) -> Sequence[Row]:
    """A row for each code; with who it is about where `named` tells that."""
    return [_row(each, codes) | (_who(named.get(each.case)) if named is not None else {}) for each in found]


def called(each: Registered, codes: Codes) -> str:
    """The name that it was recorded under; of the day, for what was recorded before that was kept."""
    code = codes.get(each.code)
    known = code.called(each.on) if code else None
    return each.name or (known.name if known else "")


def count_rows(found: Sequence[Registered], codes: Codes, days: Days) -> Sequence[Row]:
    """How many by month and code, in whole months alone and without sums: no difference tells what is hidden.

    Fewer than `SMALL` codes are only told as that, and so are those of fewer than `SMALL` cases.
    """
    kept = [each for each in found if each.revoked is None and is_whole(each.on, days)]
    cases: dict[tuple[str, str], set[str]] = {}
    for each in kept:
        cases.setdefault((f"{each.on:%Y-%m}", each.code), set()).add(each.case)
    told: list[Row] = []
    for count in counts(kept):
        few = count.count < SMALL
        hidden = few or len(cases[count.month, count.code]) < SMALL
        key = "code_file.few" if few else "code_file.few_cases"
        code = codes.get(count.code)
        told.append(
            {
                "month": count.month,
                "code": count.code,
                "name": code.name if code else "",
                "count": text(key, number=SMALL) if hidden else count.count,
                "minutes": None if hidden else count.minutes,
            }
        )
    return told


def is_whole(day: date, days: Days) -> bool:
    """Whether all of the day's month lies within the days."""
    first, last = days
    begin = day.replace(day=1)
    end = (begin + timedelta(31)).replace(day=1) - timedelta(1)
    return (first is None or first <= begin) and (last is None or end <= last)


def as_csv(table: Sequence[Row], fields: Sequence[str], *, excel: bool = False) -> str:
    """With commas, for other programs; for `excel` as a Swedish one opens it by a double click."""
    out = io.StringIO()
    lines = csv.writer(out, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n")
    lines.writerow(fields)
    lines.writerows([_shown(row[field]) for field in fields] for row in table)
    return (_BOM if excel else "") + out.getvalue()


def as_json(table: Sequence[Row], found: Sequence[Registered], days: Days) -> str:
    """The codes and how many they are: whoever has the codes can count them, so no count is hidden."""
    told = [count.model_dump() for count in counts(found)]
    return json.dumps({**_limits(days), "procedures": table, "counts": told}, ensure_ascii=False)


def counts_as_json(table: Sequence[Row], days: Days) -> str:
    return json.dumps({**_limits(days), "counts": table}, ensure_ascii=False)


def _row(each: Registered, codes: Codes) -> dict[str, object]:
    wrong = each.revoked
    return {
        "on": each.on.isoformat(),
        "code": each.code,
        "name": called(each, codes),
        "case": each.case,
        "source": each.source,
        "contact": each.contact,
        "minutes": each.minutes,
        "unit": each.unit,
        "by": each.by,
        "at": each.at.isoformat(),
        "revoked": wrong.at.isoformat() if wrong else None,
        "reason": wrong.reason if wrong else None,
    }


def _who(case: DueCase | None) -> dict[str, object]:
    """Someone with protected identity is named nowhere but in the open case."""
    if case is None or case.protected:
        return {"patient": text("kva.protected") if case else None, "born": None}
    return {"patient": case.name, "born": _iso(case.born)}


def _limits(days: Days) -> dict[str, str | None]:
    return {"from": _iso(days[0]), "to": _iso(days[1])}


def _shown(value: object) -> object:
    """For a spreadsheet: a text that begins like a formula is only a text."""
    said = "" if value is None else str(value)
    return f"'{said}" if said.startswith(_FORMULA) else said


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
