"""`fmstod kva [--from DATE] [--to DATE] [--names] [--csv|--json]`: the KVÅ codes that were recorded, and how often.

Nobody is named unless asked for: what a terminal shows stays in its memory.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fmstod.clock import SWEDEN
from fmstod.commands.unlocking import opened_store
from fmstod.domain.period import iso_day
from fmstod.domain.procedure import Registered, counts
from fmstod.files import read_procedure_codes
from fmstod.reports.code_file import FIELDS, WHO, as_csv, as_json, rows
from fmstod.texts import text


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
        named = store.followups.named(list({each.case for each in found})) if asked.names else None
    days, table = (asked.first, asked.last), rows(found, read_procedure_codes(), named)
    if asked.way == "--json":
        print(as_json(table, found, days))
    elif asked.way == "--csv":
        print(as_csv(table, FIELDS + (WHO if asked.names else ())), end="")
    else:
        print("\n".join(_lines(found, table)))
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


def _lines(found: Sequence[Registered], table: Sequence[Mapping[str, object]]) -> list[str]:
    if not found:
        return [text("kva.nothing")]
    lines = []
    for each, row in zip(found, table, strict=True):
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
