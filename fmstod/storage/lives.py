"""The steps of certificates' lives: each checked against the life so far, and kept as an event."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from fmstod.domain.consultation import Consultation
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.event import FK, Asked, Event, Happened, Revocation, Subject
from fmstod.domain.inquiry import Inquiry
from fmstod.domain.lifecycle import LONGEST_DRAFT, SUPERSEDING, Life, Mark, Origin, Relation
from fmstod.domain.transitions import MAKING, Act, Circumstances, refusal
from fmstod.errors import NotAllowed, StaleRecord
from fmstod.sickleave.cases import Certificate, counted
from fmstod.storage import audit, case_rows, document_rows, event_rows
from fmstod.storage.action import Actions
from fmstod.storage.document_rows import Signed
from fmstod.storage.store import Activity, CaseRow, Recipient
from fmstod.storage.tables import cases, documents

# What a signed case settles of what Försäkringskassan waits for.
_ANSWERING = frozenset({Relation.COMPLEMENTS, Relation.RENEWS})
COUNTED = "Räkna dagar"  # why certificates were read, in the log


class SqlLives:
    """The part of the store that `store.Lives` describes."""

    def __init__(self, do: Actions) -> None:
        self._do = do

    def of(self, case: str) -> tuple[Life, tuple[Event, ...]]:
        with self._do.quiet():
            return event_rows.life(self._do.db, case), event_rows.of_case(self._do.db, case)

    def begin(self, case: str, consultation: Consultation, kind: Relation, of_case: str) -> int:
        db = self._do.db
        with self._do.act(Activity.WRITE, case, reason=kind) as entry:
            entry.touch(audit.CASE, case, version=1)
            entry.touch(audit.CASE, of_case)
            before, _version = case_rows.read(db, of_case)
            life = event_rows.life(db, of_case)
            require(MAKING[kind], life)
            if consultation.patient.number != before.patient.number:  # H1
                raise NotAllowed(why="not_allowed.same_patient")
            version = case_rows.save(db, case, consultation, 0, self._do.now())
            begun(self._do, case)
            event_rows.relate(db, case, Origin(kind=kind, case=of_case, document=life.document))
            return version

    def mark_ready(self, case: str, version: int) -> None:
        with self._do.act(Activity.WRITE, case, reason=Happened.READY) as entry:
            entry.touch(audit.CASE, case, version=version)
            case_rows.require_version(self._do.db, case, version)
            require(Act.MARK_READY, event_rows.life(self._do.db, case))
            note(self._do, case, Happened.READY)

    def end(self, case: str, version: int) -> None:
        with self._do.act(Activity.CLOSE, case, reason=Happened.ENDED) as entry:
            record, stored = case_rows.read(self._do.db, case)
            entry.touch(audit.CASE, case, version=stored)
            if stored != version:
                raise StaleRecord
            without = record.instead is not None
            require(Act.END, event_rows.life(self._do.db, case), Circumstances(without_leave=without))
            note(self._do, case, Happened.ENDED)

    def reopen(self, case: str) -> None:
        with self._do.act(Activity.WRITE, case, reason=Happened.REOPENED) as entry:
            require(Act.REOPEN, self._life(case, entry))
            note(self._do, case, Happened.REOPENED)

    def revoke(self, case: str, reason: Revocation, text: str = "") -> None:
        with self._do.act(Activity.REVOKE, case, reason=reason) as entry:
            life = self._life(case, entry)
            require(Act.REVOKE, life)
            if reason is Revocation.OTHER_FAULT and not text.strip():
                raise NotAllowed(why="not_allowed.no_reason")
            note(self._do, case, Happened.REVOKED, document=life.document, reason=reason, text=text)

    def note(self, case: str, asked: Asked) -> None:
        with self._do.act(Activity.INQUIRY, case, reason=asked.subject) as entry:
            life = self._life(case, entry)
            require(Act.NOTE_QUESTION if asked.from_fk else Act.ASK, life)
            known = {each.asked.id: each for each in life.inquiries}
            if asked.id in {event.asked.id for event in event_rows.of_case(self._do.db, case) if event.asked}:
                raise StaleRecord
            if asked.subject is Subject.REMINDER and not (asked.reminds in known and known[asked.reminds].is_open):
                raise NotAllowed(why="not_allowed.nothing_to_remind_of")
            note(self._do, case, Happened.ASKED, asked=asked)

    def answer(self, case: str, inquiry: str, text: str) -> None:
        with self._do.act(Activity.INQUIRY, case, reason=Happened.ANSWERED) as entry:
            life = self._life(case, entry)
            found = next((each for each in life.inquiries if each.asked.id == inquiry), None)
            if found is None:
                raise KeyError(inquiry)
            if found.answered:
                raise NotAllowed(why="not_allowed.question_answered")
            if not found.is_open:
                raise NotAllowed(why="not_allowed.question_closed")
            if not text.strip():
                raise NotAllowed(why="not_allowed.no_answer")
            note(self._do, case, Happened.ANSWERED, inquiry=inquiry, text=text)

    def inquiries(self) -> tuple[tuple[str, Inquiry], ...]:
        with self._do.act(Activity.LIST, reason=Activity.INQUIRY) as entry:
            found = self._inquiries()
            for case in dict.fromkeys(case for case, _each in found):
                entry.touch(audit.CASE, case)
            return found

    def of_patient(self, case: str) -> tuple[CaseRow, ...]:
        with self._do.act(Activity.READ, case, reason=Activity.LIST) as entry:
            found = case_rows.of_patient(self._do.db, case)
            for row in found:
                entry.touch(audit.CASE, row.id, version=row.version)
            return found

    def certificates(self, number: str, case: str) -> tuple[Certificate, ...]:
        if not number:
            return ()
        signed = (
            sa.select(documents.c.id)
            .join(cases, cases.c.id == documents.c.case_id)
            .where(cases.c.number == number, documents.c.kind == DocumentKind.CERTIFICATE)
            .order_by(documents.c.signed_at)
        )
        with self._do.act(Activity.READ, case, reason=COUNTED) as entry:
            found = []
            for each in self._do.db.execute(signed).scalars().all():
                read = document_rows.read(self._do.db, each)
                entry.touch(audit.DOCUMENT[DocumentKind.CERTIFICATE], read.case, each)
                found.append(counted(read.document, event_rows.life(self._do.db, read.case)))
            return tuple(each for each in found if each is not None)

    def lock_after(self) -> int:
        with self._do.quiet():
            return event_rows.lock_after(self._do.db)

    def choose_lock_after(self, days: int) -> None:
        with self._do.act(Activity.WRITE, reason=f"{event_rows.LOCK_AFTER} {days}"):
            if not 1 <= days <= LONGEST_DRAFT:
                raise NotAllowed(why="not_allowed.lock_after")
            event_rows.choose_lock_after(self._do.db, days)

    def _life(self, case: str, entry: audit.Entry) -> Life:
        """Raises KeyError if there is no such case."""
        _record, version = case_rows.read(self._do.db, case)
        entry.touch(audit.CASE, case, version=version)
        return event_rows.life(self._do.db, case)

    def _inquiries(self) -> tuple[tuple[str, Inquiry], ...]:
        return tuple((case, each) for case, told in event_rows.asked(self._do.db).items() for each in told)


def require(act: Act, life: Life, about: Circumstances | None = None) -> None:
    """Raises NotAllowed with the first reason against it."""
    if why := refusal(act, life, about):
        raise NotAllowed(why=why.text_key)


def note(do: Actions, case: str, kind: Happened, at: datetime | None = None, **details: object) -> None:
    event_rows.add(do.db, case, Event.model_validate({"kind": kind, "at": at or do.now(), "by": do.who, **details}))


def begun(do: Actions, case: str) -> None:
    """A case is there. One that was discarded goes on with the life that it had, and so with the time it has left."""
    note(do, case, Happened.RESTORED if event_rows.has_begun(do.db, case) else Happened.CREATED)


def require_open(do: Actions, case: str) -> None:
    """Raises NotAllowed once the draft is locked, or ended without a certificate, whatever is to be done with it."""
    if event_rows.is_without_leave(do.db, case):
        raise NotAllowed(why="not_allowed.ended")
    if event_rows.is_locked(do.db, case):
        raise NotAllowed(why="not_allowed.locked")


def signed(do: Actions, case: str, documents: Sequence[Document]) -> None:
    """The certificate among the documents, if there is one, begins to hold. Raises NotAllowed."""
    for document in documents:
        if document.kind is DocumentKind.CERTIFICATE:
            _begin_to_hold(do, case, document)


def _begin_to_hold(do: Actions, case: str, document: Document) -> None:
    origin = event_rows.origin(do.db, case)
    of = event_rows.life(do.db, origin.case) if origin else None
    own = document.issuer.physician.number
    about = Circumstances(
        own=bool(own) and own == document.patient.number,
        origin_kind=origin.kind if origin else None,
        origin=of if origin and origin.kind in SUPERSEDING else None,
        case=case,
    )
    require(Act.SIGN, event_rows.life(do.db, case), about)
    note(do, case, Happened.SIGNED, at=document.signed_at, document=document.id)
    if origin and of:
        before, _version = case_rows.read(do.db, origin.case)
        if before.patient.number != document.patient.number:  # H1
            raise NotAllowed(why="not_allowed.same_patient")
        for each in of.inquiries if origin.kind in _ANSWERING else ():
            if each.is_open and each.is_complement:
                note(do, origin.case, Happened.ANSWERED, inquiry=each.asked.id, document=document.id)


def released(do: Actions, out: Signed, recipient: Recipient, how: Activity) -> Mark | None:
    """Note that a document goes out, and return what it must be marked with. Raises NotAllowed."""
    mark = None
    if out.document.kind is DocumentKind.CERTIFICATE:
        life = event_rows.life(do.db, out.case)
        require(Act.SEND if recipient == FK else Act.HAND_OUT, life)
        mark = life.mark
    note(do, out.case, Happened.RELEASED, document=out.document.id, recipient=recipient, how=how)
    return mark


def not_released(do: Actions, entry: audit.Entry) -> None:
    """What was to go out failed at the last moment."""
    thing, to = str(entry.resources[0]["object"]), entry.recipient or ""
    note(do, entry.case, Happened.NOT_RELEASED, document=thing, recipient=to, how=entry.activity)
