"""What an older store didn't keep, or kept in tables of another shape, once, when it is upgraded."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from fmstod.domain.document import DocumentKind
from fmstod.domain.due import plan_holds
from fmstod.domain.event import Event, Happened
from fmstod.domain.leave import Stop
from fmstod.storage import audit, case_rows, document_rows, event_rows
from fmstod.storage.store import Activity
from fmstod.storage.tables import audit as log
from fmstod.storage.tables import cases, documents, events, freeze, metadata, procedures


def fill_in(db: sa.Connection) -> None:
    """Bring the tables into their shape, and give each case its life and what it is found by."""
    _reshape(db)
    _fill_lives(db)
    _fill_days(db)
    _fill_plans(db)
    for index in ("cases_watched", "cases_listed"):  # those of version 6 knew less
        db.exec_driver_sql(f"DROP INDEX IF EXISTS {index}")


def _reshape(db: sa.Connection) -> None:
    """Before version 6 a case had one plan for good, and a code knew only its document.

    SQLite changes no constraint of a table, so both are written anew. Nothing guards what points at them meanwhile:
    foreign keys are held only in an opened store.
    """
    if "source" in _not_null(db, procedures):
        return
    for table, values in ((procedures, _PROCEDURES), (documents, sa.select(documents))):
        new = table.to_metadata(sa.MetaData(), name=f"{table.name}_new")
        new.indexes.clear()
        for other in {key.column.table for key in table.foreign_keys}:
            other.to_metadata(new.metadata)
        new.create(db)
        db.execute(new.insert().from_select(values.selected_columns.keys(), values))
        table.drop(db)
        db.exec_driver_sql(f'ALTER TABLE "{new.name}" RENAME TO "{table.name}"')
        for index in table.indexes:
            index.create(db)
    freeze(metadata, db)  # the triggers went with the old ones


def _not_null(db: sa.Connection, table: sa.Table) -> set[str]:
    rows = db.exec_driver_sql(f'PRAGMA table_info("{table.name}")')
    return {row.name for row in rows if row.notnull}


def _fill_days(db: sa.Connection) -> None:
    """A locked draft never changes and is never due."""
    locked = sa.exists().where(events.c.case_id == cases.c.id, events.c.kind == Happened.LOCKED)
    unfilled = sa.select(cases.c.id, cases.c.periods).where(cases.c.form.is_(None), ~locked)
    for case, periods in db.execute(unfilled).all():
        days = [(period["first"], period["last"]) for period in json.loads(periods)]
        found = {
            "form": sa.func.json_extract(cases.c.record, "$.form"),
            "days_before": sa.func.json_extract(cases.c.record, "$.earlier.days"),
            "first_day": min((first for first, _last in days), default=None),
            "last_day": max((last for _first, last in days), default=None),
        }
        db.execute(sa.update(cases).where(cases.c.id == case).values(**found))


def _fill_plans(db: sa.Connection) -> None:
    """Before version 7 nobody asked what a plan holds."""
    locked = sa.exists().where(events.c.case_id == cases.c.id, events.c.kind == Happened.LOCKED)
    unknown = sa.select(cases.c.id).where(cases.c.has_plan, cases.c.purpose.is_(None), ~locked)
    for case in db.execute(unknown).scalars().all():
        if plan := document_rows.newest_plan(db, case):
            purpose, measure = plan_holds(plan.answers)
            db.execute(sa.update(cases).where(cases.c.id == case).values(purpose=purpose, measure=measure))
    stops = sa.func.json_extract(cases.c.record, "$.stops").label("stops")
    for case, told in db.execute(sa.select(cases.c.id, stops).where(cases.c.set_days.is_(None), ~locked)).all():
        if days := case_rows.set_days([Stop.model_validate(stop) for stop in json.loads(told or "[]")]):
            db.execute(sa.update(cases).where(cases.c.id == case).values(set_days=days))


def _fill_lives(db: sa.Connection) -> None:
    """Give each case that has no events those that its log tells: made, signed, released."""
    known = sa.select(events.c.case_id)
    for case, changed_at in db.execute(sa.select(cases.c.id, cases.c.changed_at).where(cases.c.id.not_in(known))).all():
        rows = db.execute(sa.select(log).where(log.c.case_id == case).order_by(log.c.seq)).mappings()
        told = [(row["activity"], json.loads(row["record"])) for row in rows]
        made = next((record for activity, record in told if activity == Activity.WRITE), None)
        at = made["time"] if made else changed_at
        event_rows.add(db, case, Event(kind=Happened.CREATED, at=at, by=made["userId"] if made else ""))
        for document, signed_at in db.execute(_SIGNED, {"case": case}):
            by = next((record["userId"] for activity, record in told if activity == Activity.SIGN), "")
            event_rows.add(db, case, Event(kind=Happened.SIGNED, at=signed_at, by=by, document=document))
        for event in _released(told):
            event_rows.add(db, case, event)


def _released(told: list[tuple[str, Any]]) -> Iterator[Event]:
    """What left with a recipient; a failure right after, of the same thing to the same one, takes it back."""
    ways = (Activity.PRINT, Activity.EXPORT)
    out = [record for activity, record in told if activity in ways and record["resources"]]
    for record, after in pairwise([*out, None]):
        thing = record["resources"][0]
        failed = after and after["outcome"] == audit.FAILED and _what(after) == _what(record)
        if record["outcome"] == audit.DONE and thing["type"] in audit.DOCUMENT.values() and not failed:
            yield Event(
                kind=Happened.RELEASED,
                at=datetime.fromisoformat(record["time"]),
                by=record["userId"],
                document=thing["object"],
                recipient=record["recipient"] or "",
                how=record["activityType"],
            )


def _what(record: Any) -> tuple[Any, Any]:
    return record["resources"][0]["object"], record["recipient"]


_SIGNED = sa.select(documents.c.id, documents.c.signed_at).where(
    documents.c.case_id == sa.bindparam("case"), documents.c.kind == DocumentKind.CERTIFICATE
)


def _issuer(path: str) -> sa.ColumnElement[str]:
    return sa.func.coalesce(sa.func.json_extract(documents.c.record, f"$.issuer.{path}"), "")


# The name that a code had isn't known; who signed the plan has recorded it, then.
_PROCEDURES = (
    sa.select(
        (documents.c.id + " " + procedures.c.code).label("id"),
        documents.c.case_id,
        procedures.c.code,
        procedures.c.on,
        documents.c.id.label("source"),
        sa.literal("").label("name"),
        documents.c.signed_at.label("at"),
        sa.case(
            (_issuer("physician.hsa_id") != "", _issuer("physician.hsa_id")), else_=_issuer("physician.name")
        ).label("by"),
        _issuer("unit.name").label("unit"),
    )
    .select_from(procedures)
    .join(documents, documents.c.id == sa.literal_column("procedures.document"))
)
