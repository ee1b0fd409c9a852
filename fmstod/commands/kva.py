"""`fmstod kva [--from DATE] [--to DATE] [--names] [--csv|--json]`: the KVÅ codes that were recorded, and how often.

Nobody is named unless asked for: what a terminal shows stays in its memory.
"""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fmstod.clock import SWEDEN
from fmstod.commands.unlocking import opened_store
from fmstod.domain.due import DueCase
from fmstod.domain.period import iso_day
from fmstod.domain.procedure import Registered, counts
from fmstod.files import read_procedure_codes
from fmstod.texts import text

FIELDS = ("on", "code", "name", "case", "source", "contact", "minutes", "unit", "by", "at", "revoked", "reason")
WHO = ("patient", "born")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon instead of show


@dataclass
class Asked:
    first: date | None = None
    last: date | None = None
    names: bool = False
    way: str = ""


def run(arguments: list[str]) -> int:
    """0 when the codes are told; 2 when they aren't asked for as they should be."""
    if {"-h", "--help"} & set(arguments):
        print(text("kva.usage"))
        return 0
    asked = _asked(arguments)
    if isinstance(asked, str):
        print(asked, file=sys.stderr)
        return 2
    with opened_store() as store:
        found = store.procedures.between(asked.first, asked.last)
        named = store.followups.named(list({each.case for each in found})) if asked.names else {}
    rows = [_plain(each, named if asked.names else None) for each in found]
    if asked.way == "--json":
        told = [count.model_dump() for count in counts(found)]
        days = {"from": _iso(asked.first), "to": _iso(asked.last)}
        print(json.dumps({**days, "procedures": rows, "counts": told}, ensure_ascii=False))
    elif asked.way == "--csv":
        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(FIELDS + (WHO if asked.names else ()))
        table.writerows([_shown(value) for value in row.values()] for row in rows)
    else:
        print("\n".join(_lines(found, rows)))
    return 0


def _asked(arguments: Sequence[str]) -> Asked | str:
    """What is asked for, or what is wrong with how."""
    asked, rest = Asked(), iter(arguments)
    for word in rest:
        name, equals, value = word.partition("=")
        if name in ("--from", "--to"):
            said = value if equals else next(rest, "")
            if (day := iso_day(said)) is None:
                return text("kva.bad_day", said=said)
            asked.first, asked.last = (day, asked.last) if name == "--from" else (asked.first, day)
        elif word == "--names":
            asked.names = True
        elif word in ("--csv", "--json") and asked.way in ("", word):
            asked.way = word
        else:
            return text("kva.usage")
    if asked.first and asked.last and asked.last < asked.first:
        return text("kva.reversed")
    return asked


def _plain(each: Registered, named: Mapping[str, DueCase] | None) -> dict[str, object]:
    wrong = each.revoked
    row: dict[str, object] = {
        "on": each.on.isoformat(),
        "code": each.code,
        "name": each.name or _known_as(each),
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
    if named is not None:
        row |= _who(named.get(each.case))
    return row


def _known_as(each: Registered) -> str:
    """The name of the day, for what was recorded before it was kept."""
    code = read_procedure_codes().get(each.code)
    called = code.called(each.on) if code else None
    return called.name if called else ""


def _who(case: DueCase | None) -> dict[str, object]:
    """Someone with protected identity is named nowhere but in the open case."""
    if case is None or case.protected:
        return {"patient": text("kva.protected") if case else None, "born": None}
    return {"patient": case.name, "born": _iso(case.born)}


def _lines(found: Sequence[Registered], rows: Sequence[Mapping[str, object]]) -> list[str]:
    if not found:
        return [text("kva.nothing")]
    lines = []
    for each, row in zip(found, rows, strict=True):
        line = "  ".join(str(row[key]) for key in ("on", "code", "case", "name"))
        if each.contact:
            line += f" ({text(f'contact.{each.contact}')}, {text('kva.minutes', count=each.minutes)})"
        if each.revoked:
            day = each.revoked.at.astimezone(SWEDEN).date()
            line += f"  {text('kva.revoked', day=day, reason=' '.join(each.revoked.reason.split()))}"
        if who := row.get("patient"):
            line += f"  {who}"
        lines.append(line)
    lines += ["", text("kva.counts")]
    for count in counts(found):
        more = f"  {text('kva.minutes', count=count.minutes)}" if count.minutes else ""
        lines.append(f"  {count.month}  {count.code}  {count.count}{more}")
    return lines


def _shown(value: object) -> object:
    """For a spreadsheet: a text that begins like a formula is only a text."""
    said = "" if value is None else str(value)
    return f"'{said}" if said.startswith(_FORMULA) else said


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
