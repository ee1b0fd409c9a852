"""KVÅ codes in the database. The table takes each code once for what gave it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from fmstod.domain.lifecycle import GOES_ON, Relation
from fmstod.domain.procedure import PLAN_MADE, Mistake, Procedure, Registered
from fmstod.storage import event_rows
from fmstod.storage.action import Actions
from fmstod.storage.audit import instant
from fmstod.storage.tables import cases, mistakes, procedures

# A case that came out of another so is the same sick leave, with the same plan in another version.
SAME_LEAVE = GOES_ON | {Relation.COPIED}

Days = tuple[date | None, date | None]


def of_case(db: sa.Connection, case: str) -> tuple[Registered, ...]:
    return _found(db, sa.select(*_ALL).where(procedures.c.case_id == case))


def between(db: sa.Connection, first: date | None, last: date | None) -> tuple[Registered, ...]:
    return _found(db, within(sa.select(*_ALL), procedures.c.on, (first, last)))


def number(db: sa.Connection, first: date | None, last: date | None) -> int:
    counted = sa.select(sa.func.count()).select_from(procedures)
    return int(db.execute(within(counted, procedures.c.on, (first, last))).scalar_one())


def latest(db: sa.Connection, first: date | None, last: date | None, start: int, most: int) -> tuple[Registered, ...]:
    """So many after the first `start`, the latest day first; of one day what was recorded last."""
    chosen = sa.select(*_ALL).join_from(procedures, mistakes, isouter=True)
    chosen = within(chosen, procedures.c.on, (first, last)).limit(most).offset(start)
    rows = db.execute(chosen.order_by(procedures.c.on.desc(), procedures.c.at.desc(), sa.text("procedures.rowid DESC")))
    return tuple(_registered(row) for row in rows.mappings())


def read(db: sa.Connection, procedure: str) -> Registered:
    """Raises KeyError."""
    found = _found(db, sa.select(*_ALL).where(procedures.c.id == procedure))
    if not found:
        raise KeyError(procedure)
    return found[0]


def is_signed(db: sa.Connection, case: str) -> bool:
    """Whether the case stays: a draft may be discarded, and a code never is."""
    return db.execute(sa.select(cases.c.signed_at).where(cases.c.id == case)).scalar() is not None


def add(do: Actions, case: str, done: Procedure) -> None:
    """Record it, unless what gave it has given it already: after a crash nobody knows whether it was told."""
    there = sa.select(procedures.c.id).where(procedures.c.source == done.source, procedures.c.code == done.code)
    if do.db.execute(there).first():
        return
    row = {
        **done.model_dump(mode="json"),
        "id": str(uuid4()),
        "case_id": case,
        "at": instant(do.now()),
        "by": do.who,
        "unit": do.issuer.unit.name,
    }
    do.db.execute(sa.insert(procedures), row)


def add_signed(do: Actions, case: str, done: Iterable[Procedure]) -> None:
    """What signing gives: DV077 only where the sick leave has none in force."""
    for each in done:
        if each.code != PLAN_MADE or not _has_plan_made(do.db, case):
            add(do, case, each)


def add_mistake(db: sa.Connection, procedure: str, mistake: Mistake) -> None:
    row = {"procedure": procedure, "at": instant(mistake.at), "by": mistake.by, "reason": mistake.reason}
    db.execute(sa.insert(mistakes), row)


def within(chosen: sa.Select[Any], on: sa.Column[str], days: Days) -> sa.Select[Any]:
    """What lies on these days, both included."""
    first, last = days
    chosen = chosen.where(on >= first.isoformat()) if first else chosen
    return chosen.where(on <= last.isoformat()) if last else chosen


def _has_plan_made(db: sa.Connection, case: str) -> bool:
    if any(each.code == PLAN_MADE and each.revoked is None for each in of_case(db, case)):
        return True
    origin = event_rows.origin(db, case)
    return origin is not None and origin.kind in SAME_LEAVE and _has_plan_made(db, origin.case)


def _found(db: sa.Connection, chosen: sa.Select[tuple[object, ...]]) -> tuple[Registered, ...]:
    rows = db.execute(
        chosen.join_from(procedures, mistakes, isouter=True).order_by(
            procedures.c.on, procedures.c.at, procedures.c.code
        )
    )
    return tuple(_registered(row) for row in rows.mappings())


def _registered(row: sa.RowMapping) -> Registered:
    values = {name: row[name] for name in Registered.model_fields if name in row}
    wrong = Mistake(at=row["wrong_at"], by=row["wrong_by"], reason=row["reason"]) if row["reason"] else None
    return Registered.model_validate({**values, "case": row["case_id"], "revoked": wrong})


_ALL = [
    *procedures.c,
    mistakes.c.at.label("wrong_at"),
    mistakes.c.by.label("wrong_by"),
    mistakes.c.reason,
]
