"""Cases in the database: how a record becomes a row, and which changes a signature still allows."""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from fmstod.domain.answers import Answer
from fmstod.domain.consultation import Consultation, is_of_plan
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.due import plan_holds
from fmstod.domain.leave import Stop
from fmstod.domain.period import iso_day
from fmstod.errors import NotAllowed, StaleRecord
from fmstod.storage import event_rows, followup_rows
from fmstod.storage.audit import instant
from fmstod.storage.store import CaseRow
from fmstod.storage.tables import cases, followups

FOLLOWUP = "plan.followup"


def find(db: sa.Connection, search: str) -> tuple[CaseRow, ...]:
    """Latest change first; every word of `search` must stand in the case."""
    chosen = sa.select(*_LISTED).order_by(cases.c.change.desc())
    for word in folded(search).split():
        chosen = chosen.where(sa.func.instr(cases.c.search, word) > 0)
    return _rows(db, chosen)


def of_ids(db: sa.Connection, ids: Sequence[str]) -> tuple[CaseRow, ...]:
    """Those of these cases that are there, latest change first."""
    each = sa.func.json_each(json.dumps(list(ids))).table_valued("value")
    chosen = sa.select(*_LISTED).where(cases.c.id.in_(sa.select(each.c.value)))
    return _rows(db, chosen.order_by(cases.c.change.desc()))


def open_on(db: sa.Connection, today: date) -> tuple[CaseRow, ...]:
    """As `store.Store.open_cases` describes them. What decides stands in indexes; records are read of those found alone."""
    day = today.isoformat()
    ahead = sa.or_(cases.c.last_day.is_(None), cases.c.last_day >= day, cases.c.followup >= day)
    signed = sa.select(cases.c.id).where(cases.c.signed_at.is_not(None), ahead)
    booked = sa.select(followups.c.case_id).where(followups.c.done_at.is_not(None), followups.c.next_day >= day)
    drafts = sa.select(cases.c.id).where(cases.c.signed_at.is_(None))
    ids = db.execute(sa.union(signed, booked, drafts)).scalars().all()
    return of_ids(db, ids)


def of_patient(db: sa.Connection, case: str) -> tuple[CaseRow, ...]:
    """All with the same number, oldest change first. Raises KeyError."""
    number = db.execute(sa.select(cases.c.number).where(cases.c.id == case)).scalar()
    if number is None:
        raise KeyError(case)
    same = cases.c.number == number if number else cases.c.id == case
    found = _rows(db, sa.select(*_LISTED).where(same).order_by(cases.c.change))
    return tuple(row if row.periods else row.changed(span=_span(read(db, row.id)[0])) for row in found)


def _span(record: Consultation) -> tuple[date, date] | None:
    """The first and the last day of a leave whose period has no degree of its own."""
    days = [(iso_day(row.first), iso_day(row.last)) for row in record.period_rows]
    whole = [(first, last) for first, last in days if first and last and first <= last]
    return (min(first for first, _last in whole), max(last for _first, last in whole)) if whole else None


def _rows(db: sa.Connection, chosen: sa.Select[Any]) -> tuple[CaseRow, ...]:
    rows = db.execute(chosen).mappings().all()
    ids = [row["id"] for row in rows]
    states, waiting, coming = event_rows.states(db, ids), event_rows.waiting(db, ids), followup_rows.coming(db)
    found = []
    for row in rows:
        asked = waiting.get(row["id"], ())
        derived = {
            "periods": json.loads(row["periods"]),
            "form": tuple(json.loads(row["form"])),
            "state": states[row["id"]],
            "asked": len(asked),
            "followup": next_day(row["followup"], coming.get(row["id"])),
            "answer_by": min((each.asked.due for each in asked if each.asked.due), default=None),
        }
        found.append(CaseRow(**{**row, **derived}))
    return tuple(found)


def next_day(planned: str | None, seen: followup_rows.Coming | None) -> date | None:
    day = date.fromisoformat(planned) if planned else None
    return seen.day(day) if seen else day


def read(db: sa.Connection, case: str) -> tuple[Consultation, int]:
    """The record and its version. Raises KeyError."""
    row = db.execute(_READ, {"case": case}).one_or_none()
    if row is None:
        raise KeyError(case)
    return Consultation.model_validate_json(row.record), row.version


def save(db: sa.Connection, case: str, consultation: Consultation, version: int, now: datetime) -> int:
    """Write the record and return its new version. Raises StaleRecord, NotAllowed."""
    values = {**_columns(consultation), "changed_at": instant(now), "version": version + 1}
    if version == 0:
        if db.execute(_VERSION, {"case": case}).one_or_none():
            raise StaleRecord
        db.execute(_INSERT, {"id": case, "has_plan": False, **values})
    elif not db.execute(_UPDATE_DRAFT, {"case": case, "before": version, **values}).rowcount:
        _check_signed(db, case, consultation, version)
        if has_plan(db, case):
            del values["followup"]  # that of the plan in force holds until the next one is signed
        db.execute(_UPDATE, {"case": case, **values})
    return version + 1


def require_version(db: sa.Connection, case: str, version: int) -> None:
    """Raises StaleRecord unless the case is there in this version."""
    if db.execute(_VERSION, {"case": case}).scalar() != version:
        raise StaleRecord


def discard(db: sa.Connection, case: str, version: int) -> Consultation:
    """What was there. Raises StaleRecord, NotAllowed."""
    require_version(db, case, version)
    if any(_signed(db, case)):
        raise NotAllowed(why="not_allowed.discard_signed")
    record, _version = read(db, case)
    db.execute(_DELETE, {"case": case})
    return record


def mark_signed(db: sa.Connection, case: str, signed: Sequence[Document], now: datetime) -> None:
    """Note what was signed, and when, where the lists see it, and count it as a save.

    The follow-up is the signed plan's: a drafted day stands in no record.
    """
    values: dict[str, object] = {"changed_at": instant(now), "version": cases.c.version + 1, "change": _NEXT_CHANGE}
    for document in signed:
        if document.kind is DocumentKind.CERTIFICATE:
            values["signed_at"] = instant(document.signed_at)
        else:
            purpose, measure = plan_holds(document.answers)
            values |= {"has_plan": True, "followup": _day(document.answers), "purpose": purpose, "measure": measure}
    db.execute(sa.update(cases).where(cases.c.id == case).values(**values))


def has_plan(db: sa.Connection, case: str) -> bool:
    return _signed(db, case)[1]


def _check_signed(db: sa.Connection, case: str, consultation: Consultation, version: int) -> None:
    """A signed certificate leaves only the plan open: a change of a signed one is its next version, until that is signed."""
    require_version(db, case, version)
    certificate, _plan = _signed(db, case)
    before, _version = read(db, case)
    if certificate and _without_plan(before) != _without_plan(consultation):
        raise NotAllowed(why="not_allowed.certificate_signed")


def _signed(db: sa.Connection, case: str) -> tuple[bool, bool]:
    row = db.execute(sa.select(cases.c.signed_at, cases.c.has_plan).where(cases.c.id == case)).one()
    return row.signed_at is not None, row.has_plan


def _without_plan(record: Consultation) -> Consultation:
    rest = {ref: value for ref, value in record.answers.items() if not is_of_plan(ref)}
    return record.changed(answers=rest, drafted={}, no_plan="", stops=(), tasks=())


def _columns(record: Consultation) -> dict[str, object]:
    patient, first = record.patient, next(iter(record.diagnoses), None)
    found = [patient.name, patient.number, patient.number.replace("-", "")]
    for row in record.diagnoses:
        found += [row.code, row.code.replace(".", ""), row.text]
    return {
        "name": patient.name,
        "number": patient.number,
        "born": patient.born.isoformat() if patient.born else None,
        "diagnosis": first.code if first else "",
        "diagnosis_text": first.text if first else "",
        "periods": json.dumps([period.model_dump(mode="json") for period in record.periods]),
        "form": json.dumps(record.form),
        "days_before": record.earlier.days if record.earlier and record.earlier.had else None,
        "first_day": min((period.first.isoformat() for period in record.periods), default=None),
        "last_day": max((period.last.isoformat() for period in record.periods), default=None),
        "followup": _day(record.answers),
        "set_days": set_days(record.stops),
        "search": folded("\n".join(found)),
        "record": record.model_dump_json(by_alias=True),
    }


def _day(answers: Mapping[str, Answer]) -> str | None:
    """The day of the follow-up, if it is one."""
    day = answers.get(FOLLOWUP)
    return day if isinstance(day, str) and iso_day(day) else None


def set_days(stops: Sequence[Stop]) -> str | None:
    """The dates that somebody has set for days of the law that are still planned."""
    days = sorted(stop.due.isoformat() for stop in stops if stop.due and stop.status == "planned")
    return json.dumps(days) if days else None


def folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


_PROTECTED = sa.func.json_extract(cases.c.record, "$.patient.protected").label("protected")
_FORM = sa.func.json_extract(cases.c.record, "$.form").label("form")
_DERIVED = {"state", "asked", "answer_by", "span"}  # from the events
_OF_RECORD = {"protected": _PROTECTED, "form": _FORM}
_LISTED = [
    _OF_RECORD[name] if name in _OF_RECORD else cases.c[name] for name in CaseRow.model_fields if name not in _DERIVED
]
_NEXT_CHANGE = sa.select(sa.func.coalesce(sa.func.max(cases.c.change), 0) + 1).scalar_subquery()
_CASE: sa.BindParameter[str] = sa.bindparam("case")
_BEFORE: sa.BindParameter[int] = sa.bindparam("before")
_READ = sa.select(cases.c.record, cases.c.version).where(cases.c.id == _CASE)
_VERSION = sa.select(cases.c.version).where(cases.c.id == _CASE)
_INSERT = sa.insert(cases).values(change=_NEXT_CHANGE)
_UPDATE = sa.update(cases).where(cases.c.id == _CASE).values(change=_NEXT_CHANGE)
_UPDATE_DRAFT = _UPDATE.where(cases.c.version == _BEFORE, cases.c.signed_at.is_(None), ~cases.c.has_plan)
_DELETE = sa.delete(cases).where(cases.c.id == _CASE)
