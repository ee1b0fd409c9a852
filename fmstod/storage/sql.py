"""The store over SQLCipher: one connection, one caller at a time, one transaction for each action and its log row."""

import contextlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from fmstod.domain.consultation import Consultation
from fmstod.domain.document import Document
from fmstod.domain.event import Happened
from fmstod.domain.issuer import Issuer
from fmstod.domain.listing import Wanted
from fmstod.domain.procedure import Procedure
from fmstod.domain.review import Review
from fmstod.errors import NotAllowed, StoreLocked, StoreUnwritable
from fmstod.storage import (
    audit,
    backup,
    case_rows,
    document_rows,
    event_rows,
    listing_rows,
    lives,
    procedure_rows,
    seal_key,
)
from fmstod.storage.action import Actions
from fmstod.storage.checker import SqlChecker
from fmstod.storage.engine import raw, shut, told
from fmstod.storage.followups import SqlFollowUps
from fmstod.storage.key import DataKey
from fmstod.storage.lives import SqlLives
from fmstod.storage.lock import FolderLock
from fmstod.storage.procedures import SqlProcedures
from fmstod.storage.store import Activity, CaseFacts, CaseRow, Listing, Marking, Recipient, SealKey, StoredCase, Way
from fmstod.storage.tables import issuers, reviews, seen


class SqlStore:
    """An opened store. After `close` every call is a bug, and the key is no longer held here."""

    def __init__(
        self, db: sa.Connection, lock: FolderLock, folder: Path, key: DataKey, now: Callable[[], datetime]
    ) -> None:
        self._db, self._lock, self._folder, self._key = db, lock, folder, key
        self._do = Actions(db, now)
        self._listed: set[str] = set()
        self.lives, self.procedures = SqlLives(self._do), SqlProcedures(self._do)
        self.followups, self.checker = SqlFollowUps(self._do), SqlChecker(self._do)
        with self._do.act(Activity.LOGIN):
            if stored := self._db.execute(sa.select(issuers.c.record)).scalar():
                self._do.issuer = Issuer.model_validate_json(stored)

    def cases(self, search: str = "") -> tuple[CaseRow, ...]:
        with self._do.act(Activity.LIST) as entry:
            found = case_rows.find(self._db, search)
            self._name(entry, found)
        return found

    def listing(self, wanted: Wanted) -> Listing:
        with self._do.act(Activity.LIST) as entry:
            found = listing_rows.listing(self._db, wanted)
            self._name(entry, (*found.rows, *found.waits))
        return found

    def open_cases(self, today: date) -> tuple[CaseRow, ...]:
        with self._do.act(Activity.LIST) as entry:
            found = case_rows.open_on(self._db, today)
            self._name(entry, found)
        return found

    def open_case(self, case: str) -> StoredCase:
        with self._do.act(Activity.READ, case) as entry:
            record, version = case_rows.read(self._db, case)
            entry.touch(audit.CASE, case, version=version)
            return StoredCase(
                id=case,
                version=version,
                consultation=record,
                documents=document_rows.of_case(self._db, case),
                procedures=procedure_rows.of_case(self._db, case),
                life=event_rows.life(self._db, case),
                origin=event_rows.origin(self._db, case),
                events=event_rows.of_case(self._db, case),
            )

    def save_case(self, case: str, consultation: Consultation, version: int) -> int:
        with self._do.act(Activity.WRITE, case) as entry:
            entry.touch(audit.CASE, case, version=version + 1)
            if version:
                lives.require_open(self._do, case)
            saved = case_rows.save(self._db, case, consultation, version, self._do.now())
            if not version:
                lives.begun(self._do, case)
            return saved

    def discard_case(self, case: str, version: int) -> Consultation:
        with self._do.act(Activity.DISCARD, case) as entry:
            entry.touch(audit.CASE, case, version=version)
            lives.require_open(self._do, case)
            record = case_rows.discard(self._db, case, version)
            lives.note(self._do, case, Happened.DISCARDED)
            return record

    def sign(
        self, case: str, version: int, documents: Sequence[tuple[Document, bytes]], procedures: Sequence[Procedure]
    ) -> int:
        with self._do.act(Activity.SIGN, case) as entry:
            for document, _pdf in documents:
                entry.touch(audit.DOCUMENT[document.kind], case, document.id, version + 1)
            case_rows.require_version(self._db, case, version)
            lives.require_open(self._do, case)
            record, _version = case_rows.read(self._db, case)
            document_rows.add(self._db, case, record.patient, documents, procedures)
            self.procedures.of_signing(case, procedures)
            case_rows.mark_signed(self._db, case, [document for document, _pdf in documents], self._do.now())
            lives.signed(self._do, case, [document for document, _pdf in documents])
        with contextlib.suppress(StoreUnwritable):  # the signature is safe in the write-ahead log already
            self.checkpoint()
        return version + 1

    def document(self, document: str) -> Document:
        return self._read(document).document

    def preview(self, document: str) -> bytes:
        return self._read(document).pdf

    def release(
        self,
        document: str,
        recipient: Recipient,
        activity: Activity,
        way: Way,
        reason: str = "",
        marking: Marking | None = None,
    ) -> None:
        undo = partial(lives.not_released, self._do)
        with self._do.leaving(activity, "", recipient, reason, undo) as (entry, exits):
            out = self._named(document, entry)
            pdf, mark = out.pdf, lives.released(self._do, out, recipient, activity)
            if mark and marking is None:
                raise NotAllowed(why="not_allowed.unmarked")
            exits.enter_context(way(marking(pdf, mark) if mark and marking else pdf))

    def log(
        self,
        activity: Activity,
        case: str = "",
        recipient: Recipient | None = None,
        reason: str = "",
        way: contextlib.AbstractContextManager[None] | None = None,
    ) -> None:
        with self._do.leaving(activity, case, recipient, reason) as (entry, exits):
            if case:
                entry.touch(audit.CASE, case)
            if way:
                exits.enter_context(way)

    def issuer(self) -> Issuer:
        return self._do.issuer

    def save_issuer(self, issuer: Issuer) -> None:
        with self._do.act(Activity.WRITE, reason="issuer"):
            self._db.execute(sa.delete(issuers))
            self._db.execute(sa.insert(issuers), {"id": 1, "record": issuer.model_dump_json()})
        self._do.issuer = issuer

    def seal_key(self, unit: str, at: datetime, draw: Callable[[int], bytes]) -> SealKey:
        with self._do.quiet():
            found = seal_key.current(self._db, unit, at)
        if found:
            return found
        with self._do.act(Activity.WRITE, reason="seal"):
            return seal_key.make(self._db, unit, at, draw)

    def seals(self) -> tuple[bytes, ...]:
        with self._do.quiet():
            return seal_key.certificates(self._db)

    def reviews(self) -> tuple[Review, ...]:
        with self._do.quiet():
            rows = self._db.execute(sa.select(reviews).order_by(reviews.c.entry, reviews.c.on)).mappings()
            return tuple(Review.model_validate(dict(row)) for row in rows)

    def save_review(self, review: Review) -> None:
        with self._do.act(Activity.WRITE, reason=f"FMB {review.entry}"):
            self._db.execute(sa.delete(reviews).where(reviews.c.content == review.content))
            self._db.execute(sa.insert(reviews), review.model_dump(mode="json"))

    def take_back_review(self, review: Review) -> None:
        with self._do.act(Activity.WRITE, reason=f"FMB {review.entry}"):
            self._db.execute(sa.delete(reviews).where(reviews.c.content == review.content))

    def fmb_seen(self) -> str:
        with self._do.quiet():
            return self._db.execute(sa.select(seen.c.edition)).scalar() or ""

    def fmb_facts(self, cases: Sequence[str]) -> tuple[CaseFacts, ...]:
        found = []
        with self._do.act(Activity.FMB) as entry:
            for case in cases:
                record, version = case_rows.read(self._db, case)
                entry.touch(audit.CASE, case, version=version)
                found.append(
                    CaseFacts(id=case, codes=record.codes, conditions=record.conditions, load=record.work.load)
                )
        return tuple(found)

    def see_fmb(self, edition: str) -> None:
        with self._do.act(Activity.FMB, reason=edition):
            self._db.execute(sa.delete(seen))
            self._db.execute(sa.insert(seen), {"id": 1, "edition": edition})

    def backup(self, file: Path) -> None:
        with self._do.turn, told():
            backup.write(raw(self._db), self._key, self._folder, file)
        self.log(Activity.BACKUP)

    def backup_daily(self, folder: Path, today: date) -> bool:
        file = backup.daily_file(folder, today)
        if file.exists():
            return False
        backup.prepare(folder)
        self.backup(file)
        backup.prune(folder)
        return True

    def last_backup(self) -> datetime | None:
        with self._do.quiet():
            return audit.last(self._db, Activity.BACKUP)

    def checkpoint(self) -> None:
        with self._do.turn, told():
            raw(self._db).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        with self._do.turn:
            if self._db.closed:
                return
            # What can't be moved now stays in the write-ahead log and is moved at the next start.
            with contextlib.suppress(StoreUnwritable, StoreLocked):
                self.checkpoint()
            shut(self._db)
            self._lock.release()
            del self._key

    def _name(self, entry: audit.Entry, rows: Sequence[CaseRow]) -> None:
        """A search asks at every key, so a row names only the cases that none since login has named."""
        new = {row.id: row.version for row in rows if row.id not in self._listed}
        for case, version in new.items():
            entry.touch(audit.CASE, case, version=version)
        self._listed.update(new)

    def _read(self, document: str) -> document_rows.Signed:
        with self._do.act(Activity.READ) as entry:
            return self._named(document, entry)

    def _named(self, document: str, entry: audit.Entry) -> document_rows.Signed:
        signed = document_rows.read(self._db, document)
        entry.case = signed.case
        entry.touch(audit.DOCUMENT[signed.document.kind], signed.case, document)
        return signed
