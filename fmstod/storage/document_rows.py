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
from fmstod.storage.tables import documents, procedures


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
    """Freeze documents and procedures. Raises NotAllowed."""
    _check(of_case(db, case), patient, [document for document, _pdf in signed], done)
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
    for procedure in done:
        row = {"document": procedure.document, "code": procedure.code, "on": procedure.on.isoformat()}
        db.execute(sa.insert(procedures), row)


def of_case(db: sa.Connection, case: str) -> tuple[DocumentRow, ...]:
    chosen = sa.select(documents.c.id, documents.c.kind, documents.c.signed_at).where(documents.c.case_id == case)
    return tuple(DocumentRow(**row) for row in db.execute(chosen.order_by(documents.c.signed_at)).mappings())


def procedures_of(db: sa.Connection, case: str) -> tuple[Procedure, ...]:
    chosen = sa.select(procedures).join(documents).where(documents.c.case_id == case).order_by(procedures.c.on)
    return tuple(Procedure(**row) for row in db.execute(chosen).mappings())


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
    kinds = [row.kind for row in before] + [document.kind for document in signed]
    if kinds.count(DocumentKind.CERTIFICATE) > 1:
        raise NotAllowed(why="not_allowed.second_certificate")
    if kinds.count(DocumentKind.PLAN) > 1:
        raise NotAllowed(why="not_allowed.second_plan")
    if any(document.patient != patient for document in signed):  # H1: never another person's certificate
        raise NotAllowed(why="not_allowed.other_patient")
    plans = {document.id for document in signed if document.kind is DocumentKind.PLAN}
    coded = [procedure.document for procedure in done if procedure.code == PLAN_MADE]
    if len(coded) != len(set(coded)) or not {procedure.document for procedure in done} <= plans:
        raise NotAllowed(why="not_allowed.procedure")
