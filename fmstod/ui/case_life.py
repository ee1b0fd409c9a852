"""The life of the open case: its card in step 7 says what holds now, and the way to the next case goes from there."""

from PySide6.QtCore import QObject, Signal, Slot

from fmstod.certificate.form import Form
from fmstod.certificate.succeeding import last_leave, renewing
from fmstod.domain.consultation import Consultation
from fmstod.domain.lifecycle import Relation
from fmstod.domain.problem import Level
from fmstod.errors import FmstodError
from fmstod.storage.store import StoredCase
from fmstod.texts import text
from fmstod.ui.consultation_view import ConsultationView
from fmstod.ui.pages.life import LifeCard
from fmstod.ui.session import Session
from fmstod.ui.tokens import Look


class CaseLife(QObject):
    """It belongs to the view and goes with it. `opened` when another case is to be shown."""

    opened = Signal(str)

    def __init__(self, view: ConsultationView, look: Look, session: Session, stored: StoredCase) -> None:
        super().__init__(view)
        self._view, self._look, self._session, self._stored = view, look, session, stored
        self._shown: object = None
        view.model.changed.connect(self._follow)
        view.review.release_wanted.connect(self.refresh)
        self.refresh()
        if stored.origin and stored.origin.kind is Relation.RENEWS and not view.model.signed:
            self._tell_what_is_renewed(stored.origin.case)

    @Slot()
    def _follow(self) -> None:
        """When the certificate has just been signed; what is written after that is the plan."""
        if self._shown is None:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """A draft that can still be written has nothing to tell yet."""
        if not self._view.model.signed:
            return
        life, events = self._session.store.lives.of(self._view.model.case)
        if self._shown != (life, events):
            self._shown = (life, events)
            card = LifeCard(self._look, life, events, self._stored.origin)
            card.begun.connect(self._begin)
            card.opened.connect(self.opened)
            self._view.review.show_life(card)

    @Slot(object)
    def _begin(self, kind: Relation) -> None:
        session, view = self._session, self._view
        try:
            if not view.flush():
                return
            new = session.new_id()
            session.store.lives.begin(new, self._first_of(kind), kind, view.model.case)
        except FmstodError as error:
            view.failed.emit(error)
            return
        self.opened.emit(new)

    def _first_of(self, kind: Relation) -> Consultation:
        record = self._view.model.consultation
        return renewing(record, self._newest()) if kind is Relation.RENEWS else record

    def _newest(self) -> Form:
        """The form that a renewal is written on: the newest of its kind."""
        name = self._view.model.reference.form.form
        same = [form for form in self._session.knowledge.forms.values() if form.form == name and form.status == "new"]
        return max(same, key=lambda form: [int(part) for part in form.version.split(".")])

    def _tell_what_is_renewed(self, case: str) -> None:
        """What it goes on from, and the question that a renewal begins with."""
        try:
            period = last_leave(self._session.store.open_case(case).consultation)
        except FmstodError as error:
            self._view.failed.emit(error)
            return
        if period:
            self._view.announced.emit(text("life.renewed", degree=period.degree, day=period.last), Level.TIP)
