"""The papers that are made from signed documents: the patient's page, and the extract and the questions for the employer.

None is stored. All go to the patient, who gives the employer's on; what went out is logged.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from fmstod.certificate.discretion import named_in
from fmstod.certificate.sharing import left_before_sharing
from fmstod.domain.consultation import Consultation
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.lifecycle import Mark
from fmstod.sickleave.earlier import compared
from fmstod.storage.store import Activity, DocumentRow, Recipient, StoredCase, Way
from fmstod.texts import text
from fmstod.ui.earlier_certificates import taken_place_of
from fmstod.ui.session import Session
from fmstod.whole import leaving


class Paper(StrEnum):
    PATIENT = "patient"
    EMPLOYER = "employer"
    QUESTIONS = "questions"


class Offer(NamedTuple):
    """A free text that may go into the extract: what to call it, itself, and the first word that names the diagnosis."""

    label: str
    said: str
    names: str


@dataclass(frozen=True)
class Wanted:
    """What is to go out: which paper, the texts ticked for this very copy, and whether to a printer or to a file."""

    paper: Paper
    ticks: tuple[str, ...]
    printed: bool


def offers(session: Session, documents: Sequence[DocumentRow], consultation: Consultation) -> Mapping[str, Offer]:
    """The free texts that can be ticked, by question. Reading the documents is logged."""
    found = session.papers.offered(*_signed(session, documents))
    return {
        ref: Offer(text(f"handout.tick.{ref.replace('.', '_')}"), said, named_in(said, consultation.diagnoses))
        for ref, said in found.items()
    }


def hand_out(session: Session, name: str, wanted: Wanted) -> str:
    """Make the paper from the documents of the case `name`, ask where to, and let it out; returns what to say, empty when the user changed their mind.

    Raises CannotWrite, CannotPrint, and NotAllowed for a certificate that no longer holds.
    """
    if wanted.printed and not session.can_print():
        return text("release.no_printer")
    case = session.store.open_case(name)
    certificate, plan = _signed(session, case.documents)
    way = session.ask_printer() if wanted.printed else _to_file(session, certificate, wanted.paper)
    if way is None:
        return text("release.not_printed") if wanted.printed else ""
    if wanted.paper is Paper.PATIENT:
        newer = case.life.mark.document if case.life.mark else ""
        made = session.papers.page(certificate, plan, _earlier(session, case), newer)
    elif wanted.paper is Paper.QUESTIONS:
        made = session.papers.questions(certificate, plan)
    else:
        made = session.papers.extract(certificate, plan, wanted.ticks)
    marking = _marked_already if wanted.paper is Paper.PATIENT else None
    activity = Activity.PRINT if wanted.printed else Activity.EXPORT
    reason = ", ".join([text(f"handout.reason.{wanted.paper}"), *wanted.ticks])
    gone = partial(_instead, way, made)
    session.store.release(certificate.id, Recipient.PATIENT, activity, gone, reason, marking)
    said = text(f"handout.{'printed' if wanted.printed else 'saved'}.{wanted.paper}")
    alone = wanted.paper is Paper.PATIENT and plan is not None and left_before_sharing(plan.answers)
    return " ".join([said, text("handout.without_plan")]) if alone else said


def _earlier(session: Session, case: StoredCase) -> int | None:
    """Earlier days in the same case, by what was entered and by the patient's other certificates; None while unknown."""
    others = session.store.lives.certificates(case.consultation.patient.number, case.id)
    return compared(case.consultation, others, leaving_out=taken_place_of(case)).days.earlier


def _signed(session: Session, documents: Sequence[DocumentRow]) -> tuple[Document, Document | None]:
    """The certificate, and the plan if there is one."""
    ids = {row.kind: row.id for row in documents}
    plan = session.store.document(ids[DocumentKind.PLAN]) if DocumentKind.PLAN in ids else None
    return session.store.document(ids[DocumentKind.CERTIFICATE]), plan


def _to_file(session: Session, certificate: Document, paper: Paper) -> Way | None:
    """No file name tells who the patient is: the paper's kind and the certificate's id."""
    name = text("release.file_name", kind=text(f"handout.file.{paper}"), id=certificate.id[:8])
    file = session.choose_file(name)
    return partial(leaving, file) if file else None


def _instead(way: Way, made: bytes, _stored: bytes) -> AbstractContextManager[None]:
    """Let the paper out on a way that was meant for the stored document."""
    return way(made)


def _marked_already(stored: bytes, _mark: Mark) -> bytes:
    """The patient's page says itself which certificate is the new one."""
    return stored
