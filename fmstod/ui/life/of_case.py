"""The life of the open case: its cards in step 7 say what holds now, and what may happen next goes from there."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.certificate.form import Form, Periods
from fmstod.certificate.succeeding import changed_by, last_day, last_leave, making, replacing
from fmstod.domain.consultation import Consultation, is_of_plan
from fmstod.domain.document import DocumentKind
from fmstod.domain.event import FK, Asked, Revocation
from fmstod.domain.lifecycle import SUPERSEDING, Life, Relation, State
from fmstod.domain.problem import Level
from fmstod.domain.transitions import Act, refusal
from fmstod.errors import FmstodError
from fmstod.storage.store import Recipient, StoredCase
from fmstod.texts import text
from fmstod.ui.consultation_view import ConsultationView
from fmstod.ui.followup.renewing import renewal_on
from fmstod.ui.kit.parts import Part, button, column, empty, panel, row
from fmstod.ui.kit.parts import text as label
from fmstod.ui.kit.tokens import Look
from fmstod.ui.life.inquiries import InquiriesCard
from fmstod.ui.life.life import LifeCard, Makings, ties
from fmstod.ui.life.plan_before import has_plan_before
from fmstod.ui.life.way_out import SAVE
from fmstod.ui.messages import failure_of
from fmstod.ui.session import Session
from fmstod.ui.states import OVER, StateMark, since
from fmstod.ui.timeline.axis import AxisCard
from fmstod.ui.timeline.part import TimelinePart


class CaseLife(QObject):
    """It belongs to the view and goes with it. `opened` when another case is to be shown."""

    opened = Signal(str)

    def __init__(self, view: ConsultationView, look: Look, session: Session, stored: StoredCase) -> None:
        super().__init__(view)
        self._view, self._look, self._session, self._stored = view, look, session, stored
        self._shown: object = None
        self.card: LifeCard | None = None
        self.questions: InquiriesCard | None = None
        self._ready: QWidget | None = None  # the way to say that a draft waits for its signature
        view.model.changed.connect(self._follow)
        view.review.end_wanted.connect(self._end)
        view.review.journal_wanted.connect(view.copy_journal)
        view.review.end.show_days(session.store.lives.lock_after())
        view.review.release_wanted.connect(self.refresh)
        if stored.version and not view.model.signed:
            self._show_draft(stored.life)
        self.refresh()
        if stored.origin and stored.origin.kind is Relation.RENEWS and not view.model.signed:
            self._tell_what_is_renewed(stored.origin.case)

    @Slot()
    def _follow(self) -> None:
        """When the certificate has just been signed; what is written after that is the plan."""
        if self._ready is not None:
            self._ready.setVisible(self._view.model.consultation.instead is None)
        if self._shown is None:
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """A draft that can still be written has nothing to tell yet."""
        if not self._view.model.signed:
            return
        life, events = self._session.store.lives.of(self._view.model.case)
        if self._shown == (life, events):
            return
        self._shown = (life, events)
        self._ready = None  # it goes with the draft's part
        self._view.review.planned_before = life.signed and has_plan_before(self._session.store, self._stored.origin)
        self._view.banner.show_state(life.state, since(life.state, events))
        self._view.model.tell_life(life)
        card = self.card = LifeCard(self._look, life, events, self._stored.origin, self._makings(FK in life.recipients))
        card.begun.connect(self._begin)
        card.made.connect(self._make)
        card.opened.connect(self.opened)
        card.revoked.connect(self._revoke)
        card.reopened.connect(self._reopen)
        self.questions = None
        over = life.state in OVER
        cards: list[Part] = [] if over else [card]
        if (
            life.signed and self._view.model.reference.form.discretion is None
        ):  # Försäkringskassan never gets the employer's
            asked = self.questions = InquiriesCard(self._look, life, self._session.today, self._session.new_id)
            asked.noted.connect(self._note)
            asked.answered.connect(self._answer)
            asked.complement_wanted.connect(partial(self._begin, Relation.COMPLEMENTS))
            cards.append(asked)
        if self._is_to_be_sent_on(life):
            cards.insert(0, self._send_on(life.document))
        self._view.review.show_life(_stacked(*cards, self._axis()), card if over else None, life)

    def _is_to_be_sent_on(self, life: Life) -> bool:
        """Whether Försäkringskassan has the certificate that this one takes the place of, but not this one."""
        origin, form = self._stored.origin, self._view.model.reference.form
        if origin is None or origin.kind not in SUPERSEDING or form.discretion is not None:
            return False
        before, _events = self._session.store.lives.of(origin.case)
        return before.with_fk and FK not in life.recipients and refusal(Act.SEND, life) is None

    def _send_on(self, document: str) -> QWidget:
        made = button(self._look, text("life.send_on_do"))
        made.clicked.connect(partial(self._send, document))
        return panel(column(label(text("life.send_on"), wrap=True), 8, row(made, ...)))

    def _send(self, document: str, _checked: bool = False) -> None:
        review = self._view.review
        before = self._shown
        review.release_wanted.emit(document, Recipient.FK, SAVE)
        if self._shown != before:  # it has gone, and this button with it
            reached = self.card is not None and self.card.focus_first()
            review.go_on(review.focusWidget() if reached else None)

    def _show_draft(self, life: Life) -> None:
        """What it came out of, and that it waits for its signature, or can be said to."""
        parts = ties(self._look, self._stored.origin, life, self.opened.emit)
        self._ready = None
        if refusal(Act.MARK_READY, life) is None:
            made = button(self._look, text("life.mark_ready"), "plain")
            made.clicked.connect(self._mark_ready)
            if self._view.model.consultation.instead is not None:
                made.hide()
            self._ready = made
            parts.append(row(made, ...))
        elif life.ready:
            parts.append(StateMark(self._look, State.READY))
        self._view.review.show_origin(_stacked(*parts, self._axis()))

    @Slot()
    def _mark_ready(self) -> None:
        """For whoever is to sign: the list says so. It can still be changed."""
        session, model = self._session, self._view.model
        try:
            if not self._view.flush():
                return
            session.store.lives.mark_ready(model.case, model.version)
            life, _events = session.store.lives.of(model.case)
        except FmstodError as error:
            self._view.failed.emit(error)
            return
        self._show_draft(life)
        self._view.review.focus_first()
        self._view.announced.emit(text("life.marked_ready"), Level.TIP)

    @Slot()
    def _end(self) -> None:
        """Without a certificate. What fails is said where it was asked for, and the draft stays."""
        session, view = self._session, self._view
        try:
            if not view.flush():
                return
            session.store.lives.end(view.model.case, view.model.version)
        except FmstodError as error:
            view.review.end.refuse(failure_of(error))
            return
        self._ready = None
        empty(view.review.origin)
        view.model.end()
        view.review.go_on(view.review.journal.copy)
        view.announced.emit(text("ending.ended"), Level.TIP)

    @Slot()
    def _reopen(self) -> None:
        case = self._view.model.case
        try:
            self._session.store.lives.reopen(case)
        except FmstodError as error:
            self._view.failed.emit(error)
            return
        self.opened.emit(case)

    def _axis(self) -> AxisCard:
        model, store = self._view.model, self._session.store
        picture = partial(TimelinePart, self._look, model) if model.reference.counts_days else None
        rows = partial(store.lives.of_patient, model.case)
        card = AxisCard(self._look, model.case, self._session.today(), rows, picture)
        card.opened.connect(self.opened)
        card.unfolded.connect(self._view.review.room.unfold)
        return card

    @Slot(object)
    def _begin(self, kind: Relation) -> None:
        model, known = self._view.model, self._session.knowledge
        record = model.consultation
        first = {
            Relation.RENEWS: lambda: renewal_on(self._session.today(), known.forms, record, model.followed),
            Relation.COPIED: lambda: record,
        }
        self._go_on(kind, first.get(kind, self._replacing)())

    def _replacing(self) -> Consultation:
        """On the form of today. Why there is no plan isn't asked again: it was told, or the plan stands in this case."""
        model, source = self._view.model, self._view.model.reference.form
        record = replacing(model.consultation, source if source.status == "new" else self._newest(source.form), source)
        planned = any(row.kind is DocumentKind.PLAN for row in self._view.review.documents)
        return record.changed(no_plan=text("life.plan_stands")) if planned else record

    @Slot(object)
    def _make(self, form: Form) -> None:
        model = self._view.model
        answers = {ref: value for ref, value in model.now.answers.items() if not is_of_plan(ref)}
        self._go_on(Relation.MADE_FROM, making(model.consultation, model.reference.form, form, answers))

    def _go_on(self, kind: Relation, record: Consultation) -> None:
        session, view = self._session, self._view
        try:
            if not view.flush():
                return
            new = session.new_id()
            session.store.lives.begin(new, record, kind, view.model.case)
        except FmstodError as error:
            view.failed.emit(error)
            return
        self.opened.emit(new)
        form = view.model.reference.form
        if kind in SUPERSEDING and record.form != (form.form, form.version):
            read = ", ".join(changed_by(view.model.consultation, self._newest(form.form), form))
            view.announced.emit(text("life.carried", old=form.version, new=record.form[1], read=read), Level.WARNING)

    def _newest(self, name: str) -> Form:
        """The form that a new certificate of this kind is written on."""
        same = [form for form in self._session.knowledge.forms.values() if form.form == name and form.status == "new"]
        return max(same, key=lambda form: [int(part) for part in form.version.split(".")])

    def _makings(self, sent: bool) -> Makings:
        """What can be made out of this certificate, what suits so many days of sick leave first."""
        model = self._view.model
        forms = self._session.knowledge.forms.values()
        names = dict.fromkeys(f.form for f in forms if f.status == "new" and f.made_from == model.reference.form.form)
        days = model.now.leave.days
        count = days.planned if days.total is None else days.total
        found = sorted(map(self._newest, names), key=lambda form: _fit(form, count))
        suits_all = bool(found) and _longest(found[0]) == 0
        return Makings(found, text("life.send_first") if suits_all and not sent else "")

    @Slot(object, str)
    def _revoke(self, reason: Revocation, words: str) -> None:
        case = self._view.model.case
        self._do(lambda: self._session.store.lives.revoke(case, reason, words), lambda: self.card)

    @Slot(object)
    def _note(self, asked: Asked) -> None:
        case = self._view.model.case
        self._do(lambda: self._session.store.lives.note(case, asked), lambda: self.questions)

    @Slot(str, str)
    def _answer(self, inquiry: str, words: str) -> None:
        case = self._view.model.case
        self._do(lambda: self._session.store.lives.answer(case, inquiry, words), lambda: self.questions)

    def _do(self, act: Callable[[], None], where: Callable[[], LifeCard | InquiriesCard | None]) -> None:
        """What fails is said where it was asked for, and what was written stays; what is done shows in new cards."""
        try:
            act()
        except FmstodError as error:
            if card := where():
                card.refuse(failure_of(error))
            return
        self.refresh()
        review = self._view.review
        reached = any(card is not None and card.focus_first() for card in (where(), self.card))
        review.go_on(review.focusWidget() if reached else None)

    def _tell_what_is_renewed(self, case: str) -> None:
        """What it goes on from, and the question that a renewal begins with."""
        try:
            before = self._session.store.open_case(case).consultation
        except FmstodError as error:
            self._view.failed.emit(error)
            return
        if period := last_leave(before):
            self._view.announced.emit(text("life.renewed", degree=period.degree, day=period.last), Level.TIP)
        elif day := last_day(before):
            self._view.announced.emit(text("life.renewed_until", day=day), Level.TIP)


def _stacked(*parts: Part) -> QWidget:
    whole = QWidget()
    whole.setLayout(column(*parts, gap=16))
    return whole


def _longest(form: Form) -> int:
    """How many days of sick leave it is meant for; 0 for any."""
    return next((question.longest for question in form.questions() if isinstance(question, Periods)), 0)


def _fit(form: Form, days: int) -> int:
    """Less is better: meant for so few days, for any, for fewer."""
    longest = _longest(form)
    return 1 if not longest else 0 if days <= longest else 2
