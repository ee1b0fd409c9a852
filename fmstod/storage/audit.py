"""The audit log: one row for each action, in the transaction of what it tells of (safety.md 7a)."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

import sqlalchemy as sa

from fmstod import __version__
from fmstod.domain.code_page import Receiver
from fmstod.domain.document import DocumentKind
from fmstod.domain.issuer import Issuer
from fmstod.storage import tables
from fmstod.storage.store import Activity, Recipient

# Words of the log's own format, read by those who review it.
PURPOSE = "Vård och behandling"
CASE, DOCUMENT = "ärende", {DocumentKind.CERTIFICATE: "intyg", DocumentKind.PLAN: "plan"}
DONE, REFUSED, FAILED = "ok", "nekad", "fel"


@dataclass
class Entry:
    """What one action did; `touch` names what it showed or changed."""

    activity: Activity
    case: str = ""
    recipient: Recipient | Receiver | None = None
    reason: str = ""
    resources: list[dict[str, object]] = field(default_factory=list)

    def touch(self, kind: str, case: str, thing: str = "", version: int | None = None) -> None:
        """A case by its id, which stands for its patient; the extract for a patient looks the identity up (L-16)."""
        self.resources.append({"type": kind, "patient": case, "object": thing or case, "version": version})


def write(db: sa.Connection, entry: Entry, issuer: Issuer, now: datetime, outcome: str = DONE) -> None:
    """Add the row for `entry`, done by the physician in `issuer`."""
    time, who, unit = instant(now), issuer.physician, issuer.unit
    record = {
        "logId": str(uuid4()),
        "time": time,
        "system": f"fmstod {__version__}",
        "activityType": entry.activity,
        "activityLevel": entry.resources[0]["type"] if entry.resources else None,
        "purpose": PURPOSE,
        "userId": who.hsa_id or who.name,
        "userTitle": who.title,
        "assignment": unit.name,
        "careProvider": unit.provider,
        "careUnit": unit.workplace or unit.name,
        "resources": entry.resources,
        "recipient": entry.recipient,
        "reason": entry.reason or None,
        "outcome": outcome,
    }
    content = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    db.execute(_INSERT, {"time": time, "activity": entry.activity, "case_id": entry.case, "record": content})


def last(db: sa.Connection, activity: Activity) -> datetime | None:
    """When this was last done."""
    found = db.execute(sa.select(sa.func.max(tables.audit.c.time)).where(tables.audit.c.activity == activity)).scalar()
    return datetime.fromisoformat(found) if found else None


def instant(moment: datetime) -> str:
    """UTC in ISO 8601, so that text order is time order."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(UTC).isoformat()


_INSERT = sa.insert(tables.audit)
