"""Signed documents in the database, with their PDFs and the procedures they gave."""

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.patient import Patient
from fmstod.domain.procedure import PLAN_MADE, Procedure
from fmstod.errors import NotAllowed, StoreDamaged
from fmstod.storage.audit import instant
from fmstod.storage.folder import DATABASE
from fmstod.storage.store import DocumentRow
from fmstod.storage.tables import documents


class Signed(NamedTuple):
    """A stored document, where it belongs, and its PDF."""

    case: str
    document: Document
    pdf: bytes


def add(
    db: sa.Connection,
    case: str,
    patient: Patient,
    signed: Sequence[tuple[Document, bytes]],
    done: Sequence[Procedure],
) -> None:
    """Freeze documents, which may give the procedures `done`. Raises NotAllowed."""
    new = [document for document, _pdf in signed]
    _check(of_case(db, case), patient, new, done)
    _check_plan(db, case, new)
    for document, pdf in signed:
        record = canonical_json(document)
        row = {
            "id": document.id,
            "case_id": case,
            "kind": document.kind,
            "signed_at": instant(document.signed_at),
            "record": record,
            "pdf": pdf,
            "sha256": _hash(pdf),
            "record_sha256": _hash(record.encode()),
        }
        db.execute(sa.insert(documents), row)


def of_case(db: sa.Connection, case: str) -> tuple[DocumentRow, ...]:
    chosen = sa.select(documents.c.id, documents.c.kind, documents.c.signed_at).where(documents.c.case_id == case)
    return tuple(
        DocumentRow(**row)
        for row in db.execute(chosen.order_by(documents.c.signed_at, sa.literal_column("rowid"))).mappings()
    )


def newest_plan(db: sa.Connection, case: str) -> Document | None:
    """The plan in force: the one that was signed last."""
    plans = [row for row in of_case(db, case) if row.kind is DocumentKind.PLAN]
    return read(db, plans[-1].id).document if plans else None


def read(db: sa.Connection, document: str) -> Signed:
    """Raises KeyError; StoreDamaged if PDF or record aren't those that were signed."""
    row = db.execute(sa.select(documents).where(documents.c.id == document)).one_or_none()
    if row is None:
        raise KeyError(document)
    if _hash(row.pdf) != row.sha256 or row.record_sha256 not in (None, _hash(row.record.encode())):
        raise StoreDamaged(what=DATABASE)
    return Signed(row.case_id, Document.model_validate_json(row.record), row.pdf)


def canonical_json(document: Document) -> str:
    """The one way in which a document is written: keys in order, no space between."""
    content = document.model_dump(mode="json", by_alias=True)
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _check(
    before: Sequence[DocumentRow], patient: Patient, signed: Sequence[Document], done: Sequence[Procedure]
) -> None:
    now = [document.kind for document in signed]
    if [*(row.kind for row in before), *now].count(DocumentKind.CERTIFICATE) > 1:
        raise NotAllowed(why="not_allowed.second_certificate")
    if now.count(DocumentKind.PLAN) > 1:
        raise NotAllowed(why="not_allowed.second_plan")
    if any(document.patient != patient for document in signed):  # H1: never another person's certificate
        raise NotAllowed(why="not_allowed.other_patient")
    plans = {document.id for document in signed if document.kind is DocumentKind.PLAN}
    coded = [procedure.source for procedure in done]
    if len(coded) != len(set(coded)) or not set(coded) <= plans or {p.code for p in done} - {PLAN_MADE}:
        raise NotAllowed(why="not_allowed.procedure")


def _check_plan(db: sa.Connection, case: str, signed: Sequence[Document]) -> None:
    """A plan is signed again only when it has changed."""
    plan = next((document for document in signed if document.kind is DocumentKind.PLAN), None)
    last = newest_plan(db, case) if plan else None
    if plan and last and plan.answers == last.answers:
        raise NotAllowed(why="not_allowed.second_plan")
