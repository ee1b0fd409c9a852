"""The note of a finished follow-up on its way out: to a file or a printer, with a recipient and a log row (PDL 3:11)."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fmstod import __version__
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.followup import StoredFollowUp
from fmstod.domain.issuer import Issuer, Physician
from fmstod.files import read_catalogue
from fmstod.followup.note import note_of
from fmstod.storage.store import Activity, Recipient, StoredCase, Way
from fmstod.texts import text as say
from fmstod.ui.followup.visit import picture_of
from fmstod.ui.kit.parts import column, panel, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.life.way_out import SAVE, WayOut
from fmstod.ui.session import Session
from fmstod.whole import leaving

PAD = (16, 12, 16, 16)
FOR = (Recipient.PATIENT, Recipient.JOURNAL)


class FollowUpPapers(QWidget):
    """The finished follow-ups of a case, each with its ways out."""

    released = Signal(str, object, str)  # the follow-up's id, Recipient, `save` or `print`

    def __init__(self, look: Look, done: Sequence[StoredFollowUp]) -> None:
        super().__init__()
        self.ways = [way_of(look, each) for each in done]
        for way in self.ways:
            way.released.connect(self.released)
        inside = column(text(say("followup_paper.title"), "heading", wrap=True), *self.ways, gap=12, pad=PAD)
        self.setLayout(column(panel(inside, card="true")))


def way_of(look: Look, done: StoredFollowUp) -> WayOut:
    return WayOut(look, done.record.id, say("followup_paper.of", day=done.record.on), FOR)


def let_out(session: Session, case: str, followup: str, to: Recipient, how: str) -> str:
    """Make the note of a finished follow-up, ask where to, and let it out; returns what to say, empty when the user
    changed their mind. Raises CannotWrite, CannotPrint.
    """
    if how != SAVE and not session.can_print():
        return say("release.no_printer")
    if how == SAVE:
        file = session.choose_file(say("release.file_name", kind=say("followup_paper.file"), id=followup[:8]))
        way: Way | None = partial(leaving, file) if file else None
        said = say("release.saved", file=file.name, recipient=say(f"recipient.{to}")) if file else ""
    else:
        way = session.ask_printer()
        said = say("release.printed" if way else "release.not_printed")
    if way is None:
        return said
    made = note_pdf(session, session.store.open_case(case), followup)
    activity = Activity.EXPORT if how == SAVE else Activity.PRINT
    session.store.log(activity, case, to, f"{say('followup_paper.reason')} {followup}", way(made))
    return said


def note_pdf(session: Session, case: StoredCase, followup: str) -> bytes:
    """As it was when it was done: compared with what was known then, with its code unless that was a mistake."""
    store, labels = session.store, session.knowledge.labels
    done = next(each for each in store.followups.of(case.id) if each.record.id == followup)
    if done.done_at is None:
        raise ValueError("a draft of a follow-up is no paper")
    codes = [each for each in store.procedures.of(case.id) if each.source == followup and each.revoked is None]
    before, _signed = picture_of(store, case, done.record.on, done.done_at)
    issuer = _made_by(store.issuer(), done.by)
    asked = [(question.key, question.text) for question in read_catalogue().question]
    note = note_of(done.record, case.consultation, before, issuer, labels, asked, codes, say=say)
    document = Document(
        id=followup,
        kind=DocumentKind.PLAN,
        form=("followup", "1.0"),
        patient=case.consultation.patient,
        issuer=issuer,
        answers={},
        signed_at=done.done_at,
        program=__version__,
    )
    return session.papers.followup(note, done.record, document, codes)


def _made_by(issuer: Issuer, by: str) -> Issuer:
    """The physician who did it: that of the settings, unless those are another's today."""
    physician = issuer.physician
    if not by or by in (physician.hsa_id, physician.name):
        return issuer
    return issuer.changed(physician=Physician(name=by))
