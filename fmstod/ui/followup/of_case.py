"""Follow-ups and KVÅ codes of the open case: its card in step 7, and what is asked for there."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from fmstod.domain.followup import StoredFollowUp
from fmstod.domain.problem import Level
from fmstod.domain.procedure import COORDINATION, Contact, procedure
from fmstod.domain.transitions import Act, refusal
from fmstod.errors import FmstodError
from fmstod.files import read_procedure_codes
from fmstod.storage.store import Activity, Recipient
from fmstod.texts import text as say
from fmstod.ui.consultation_view import ConsultationView
from fmstod.ui.followup.card import CaseFollowUpCard
from fmstod.ui.followup.paper import FollowUpPapers, let_out
from fmstod.ui.followup.text import codes_text
from fmstod.ui.kit.parts import column
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import failure_of
from fmstod.ui.session import Session


class CaseFollowUps(QObject):
    """It belongs to the view and goes with it. Only a signed certificate that goes with a plan has the card."""

    follow_wanted = Signal()

    def __init__(self, view: ConsultationView, look: Look, session: Session) -> None:
        super().__init__(view)
        self._view, self._look, self._session = view, look, session
        self.card: CaseFollowUpCard | None = None
        self._shown: object = None
        self._tried: tuple[object, str] | None = None  # a contact and its id: tried again it is the same
        view.model.changed.connect(self._follow)
        self.refresh()

    @Slot()
    def _follow(self) -> None:
        """What has just been signed gives codes."""
        if self._shown != self._view.review.documents:
            self.refresh()

    def refresh(self) -> None:
        model, store = self._view.model, self._session.store
        self._shown, self._tried = self._view.review.documents, None
        if not self._shown or not model.reference.form.plan or model.read_only:
            return
        life, _events = store.lives.of(model.case)
        followups = store.followups.of(model.case)
        done = [each for each in followups if each.done_at]
        card = self.card = CaseFollowUpCard(
            self._look,
            followups,
            store.procedures.of(model.case),
            done[-1].record.next if done else None,
            may_follow=refusal(Act.FOLLOW_UP, life) is None,
        )
        card.follow_wanted.connect(self.follow_wanted)
        card.coordinated.connect(self._coordinate)
        card.revoked.connect(self._revoke)
        card.copied.connect(self._copy)
        self._view.review.show_followup(self._with_papers(card, done))

    def _with_papers(self, card: QWidget, done: Sequence[StoredFollowUp]) -> QWidget:
        """Below it the notes of what has been followed up, to be let out."""
        if not done:
            return card
        papers = FollowUpPapers(self._look, done)
        papers.released.connect(self._let_out)
        whole = QWidget()
        whole.setLayout(column(card, papers, gap=16))
        return whole

    @Slot(str, object, str)
    def _let_out(self, followup: str, to: Recipient, how: str) -> None:
        try:
            said = let_out(self._session, self._view.model.case, followup, to, how)
        except FmstodError as error:
            self._view.failed.emit(error)
            return
        if said:
            self._view.announced.emit(said, Level.TIP)

    @Slot(object, int)
    def _coordinate(self, contact: Contact, minutes: int) -> None:
        session, case = self._session, self._view.model.case
        if self._tried is None or self._tried[0] != (contact, minutes):
            self._tried = (contact, minutes), session.new_id()
        made = procedure(read_procedure_codes(), COORDINATION, session.today(), self._tried[1], contact, minutes)
        if not made and self.card is not None:
            self.card.refuse(say("case_followup.invalid", code=COORDINATION))
        for each in made:
            self._do(partial(session.store.procedures.register, case, each))

    @Slot(str, str)
    def _revoke(self, code: str, why: str) -> None:
        self._do(lambda: self._session.store.procedures.revoke(code, why))

    @Slot()
    def _copy(self) -> None:
        """As text for the record system, logged; without what was revoked."""
        session, case = self._session, self._view.model.case
        codes = [each for each in session.store.procedures.of(case) if each.revoked is None]
        try:
            session.store.log(Activity.COPY, case, Recipient.JOURNAL)
        except FmstodError as error:
            self._view.failed.emit(error)
            return
        QApplication.clipboard().setText(codes_text(codes))
        self._view.announced.emit(say("case_followup.copied"), Level.TIP)

    def _do(self, act: Callable[[], None]) -> None:
        try:
            act()
        except FmstodError as error:
            if self.card is not None:
                self.card.refuse(failure_of(error))
            return
        self.refresh()
        if self.card is not None:
            self.card.focus_first()
