"""Follow-ups in the database."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from fmstod.domain.document import DocumentKind
from fmstod.domain.due import DueCase
from fmstod.domain.followup import FollowUp, StoredFollowUp
from fmstod.errors import NotAllowed, StaleRecord
from fmstod.storage.audit import instant
from fmstod.storage.tables import cases, documents, followups

_CHUNK = 500  # ids in one question; SQLite takes some thousands


def of_case(db: sa.Connection, case: str) -> tuple[StoredFollowUp, ...]:
    return _found(db, sa.select(followups).where(followups.c.case_id == case))


def read(db: sa.Connection, followup: str) -> StoredFollowUp | None:
    return next(iter(_found(db, sa.select(followups).where(followups.c.id == followup))), None)


def write(db: sa.Connection, followup: FollowUp, version: int, by: str, done_at: datetime | None = None) -> None:
    """As version `version` + 1. Raises StaleRecord when another one is stored, NotAllowed for a second draft."""
    values = {
        "case_id": followup.case,
        "version": version + 1,
        "on": followup.on.isoformat(),
        "next_day": followup.next.isoformat() if followup.next else None,
        "done_at": instant(done_at) if done_at else None,
        "by": by,
        "record": followup.model_dump_json(by_alias=True),
    }
    if version:
        same = (followups.c.id == followup.id, followups.c.version == version, followups.c.case_id == followup.case)
        if not db.execute(sa.update(followups).where(*same).values(**values)).rowcount:
            raise StaleRecord
        return
    if read(db, followup.id):
        raise StaleRecord
    if any(each.done_at is None for each in of_case(db, followup.case)):
        raise NotAllowed(why="not_allowed.followup_begun")
    db.execute(sa.insert(followups), {"id": followup.id, **values})


def remove(db: sa.Connection, followup: str) -> None:
    db.execute(sa.delete(followups).where(followups.c.id == followup))


class Coming(NamedTuple):
    """The day of the latest follow-up and the next that it says; `replanned` when a plan was signed after it."""

    on: date
    next: date | None
    replanned: bool

    def day(self, planned: date | None) -> date | None:
        """The next day, the case's own day being that of its plan."""
        return planned if self.replanned and planned else self.next


def coming(db: sa.Connection) -> Mapping[str, Coming]:
    """By case."""
    found = {}
    for case, on, next_day, done_at, planned_at in db.execute(_COMING):
        replanned = planned_at is not None and planned_at > done_at
        found[case] = Coming(date.fromisoformat(on), date.fromisoformat(next_day) if next_day else None, replanned)
    return found


def named(db: sa.Connection, of: Sequence[str]) -> Mapping[str, DueCase]:
    found: dict[str, DueCase] = {}
    for start in range(0, len(of), _CHUNK):
        rows = db.execute(sa.select(*_NAMED).where(cases.c.id.in_(of[start : start + _CHUNK])))
        found |= {row["id"]: DueCase.model_validate(dict(row)) for row in rows.mappings()}
    return found


def _found(db: sa.Connection, chosen: sa.Select[tuple[object, ...]]) -> tuple[StoredFollowUp, ...]:
    ordered = chosen.order_by(followups.c.done_at.is_(None), followups.c.on, followups.c.done_at)
    return tuple(
        StoredFollowUp(
            record=FollowUp.model_validate_json(row["record"]),
            version=row["version"],
            done_at=row["done_at"],
            by=row["by"],
        )
        for row in db.execute(ordered).mappings()
    )


_COMING = (
    sa.select(
        followups.c.case_id,
        followups.c.on,
        followups.c.next_day,
        followups.c.done_at,
        sa.select(sa.func.max(documents.c.signed_at))
        .where(documents.c.case_id == followups.c.case_id, documents.c.kind == DocumentKind.PLAN)
        .scalar_subquery(),
    )
    .where(followups.c.done_at.is_not(None))
    .order_by(followups.c.on, followups.c.done_at)
)
_NAMED = [
    cases.c.id,
    cases.c.name,
    sa.func.json_extract(cases.c.record, "$.patient.protected").label("protected"),
    cases.c.born,
    cases.c.diagnosis,
    cases.c.diagnosis_text,
]
