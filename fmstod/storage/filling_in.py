"""What an older store didn't keep of its cases' lives, read from its log once, when it is upgraded."""

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from fmstod.domain.document import DocumentKind
from fmstod.domain.event import Event, Happened
from fmstod.storage import audit, event_rows
from fmstod.storage.store import Activity
from fmstod.storage.tables import audit as log
from fmstod.storage.tables import cases, documents, events


def fill_in(db: sa.Connection) -> None:
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
