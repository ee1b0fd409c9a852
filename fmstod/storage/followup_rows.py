"""Follow-ups in the database, and what of all cases decides about what is due."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from fmstod.domain.document import DocumentKind
from fmstod.domain.due import DueCase, Watched
from fmstod.domain.event import Happened
from fmstod.domain.followup import FollowUp, StoredFollowUp
from fmstod.domain.lifecycle import Relation
from fmstod.errors import NotAllowed, StaleRecord
from fmstod.storage.audit import instant
from fmstod.storage.tables import cases, documents, events, followups, relations

_CHUNK = 500  # ids in one question; SQLite takes some thousands
_GOES_ON_IN = (Relation.RENEWS, Relation.REPLACES, Relation.COMPLEMENTS)
_OVER = (Happened.CLOSED, Happened.REVOKED)


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


def coming(db: sa.Connection) -> Mapping[str, tuple[date, date | None]]:
    """By case, the day of its latest follow-up and the day of the next one.

    A plan that was signed after the follow-up says the next day anew; its day stands with the case.
    """
    return {case: (on, then) for case, on, then in _coming(db)}


def _coming(db: sa.Connection) -> Iterator[tuple[str, date, date | None]]:
    plan = sa.select(sa.func.max(documents.c.signed_at)).where(
        documents.c.case_id == followups.c.case_id, documents.c.kind == DocumentKind.PLAN
    )
    chosen = (
        sa.select(
            followups.c.case_id,
            followups.c.on,
            followups.c.next_day,
            followups.c.done_at,
            plan.scalar_subquery().label("planned_at"),
            cases.c.followup,
        )
        .join(cases, cases.c.id == followups.c.case_id)
        .where(followups.c.done_at.is_not(None))
        .order_by(followups.c.on, followups.c.done_at)
    )
    for row in db.execute(chosen):
        replanned = row.planned_at and row.planned_at > row.done_at
        then = row.followup if replanned and row.followup else row.next_day
        yield row.case_id, date.fromisoformat(row.on), date.fromisoformat(then) if then else None


def watched(db: sa.Connection) -> Iterator[Watched]:
    """The signed cases that hold and go on in no other one, as the due list needs them."""
    out, known = _gone(db), coming(db)
    for row in db.execute(_WATCHED):
        periods = json.loads(row.periods)
        if row.id in out or not periods:
            continue
        first = date.fromisoformat(min(period["first"] for period in periods))
        on, then = known.get(row.id, (None, date.fromisoformat(row.followup) if row.followup else None))
        yield Watched(
            id=row.id,
            since=first,
            first=first,
            last=date.fromisoformat(max(period["last"] for period in periods)),
            next=then,
            followed_up=on,
            has_plan=row.has_plan,
        )


def named(db: sa.Connection, of: Sequence[str]) -> Mapping[str, DueCase]:
    found: dict[str, DueCase] = {}
    for start in range(0, len(of), _CHUNK):
        rows = db.execute(sa.select(*_NAMED).where(cases.c.id.in_(of[start : start + _CHUNK])))
        found |= {row["id"]: DueCase.model_validate(dict(row)) for row in rows.mappings()}
    return found


def _gone(db: sa.Connection) -> set[str]:
    """Cases that are closed or revoked, or that go on in another signed one."""
    over = sa.select(events.c.case_id, events.c.kind).where(events.c.kind.in_(_OVER))
    kinds = list(db.execute(over).all())
    revoked = {case for case, kind in kinds if kind == Happened.REVOKED}
    children: dict[str, list[tuple[str, bool]]] = {}
    ties = (
        sa.select(relations.c.of_case, relations.c.case_id, cases.c.signed_at)
        .join(cases, cases.c.id == relations.c.case_id)
        .where(relations.c.kind.in_(_GOES_ON_IN))
    )
    for of, case, signed_at in db.execute(ties):
        children.setdefault(of, []).append((case, signed_at is not None))

    def goes_on(case: str) -> bool:
        """What was revoked is as if it weren't there, but for the one that took its place."""
        return any((signed and each not in revoked) or goes_on(each) for each, signed in children.get(case, ()))

    return {case for case, _kind in kinds} | {case for case in children if goes_on(case)}


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


_WATCHED = sa.select(cases.c.id, cases.c.periods, cases.c.followup, cases.c.has_plan).where(
    cases.c.signed_at.is_not(None)
)
_NAMED = [
    cases.c.id,
    cases.c.name,
    sa.func.json_extract(cases.c.record, "$.patient.protected").label("protected"),
    cases.c.born,
    cases.c.diagnosis,
    cases.c.diagnosis_text,
]
