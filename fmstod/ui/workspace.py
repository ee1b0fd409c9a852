"""What stands in the window once the store is open: the cases, one consultation, the settings."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from fmstod.domain.consultation import FORM, Consultation
from fmstod.domain.document import DocumentKind
from fmstod.domain.issuer import Issuer
from fmstod.domain.problem import Level
from fmstod.errors import FmstodError
from fmstod.knowledge.renumbering import moved
from fmstod.storage.store import StoredCase
from fmstod.ui.cases.arriving import keep, read_in
from fmstod.ui.cases.incoming import IncomingPage
from fmstod.ui.cases.inquiry_log import InquiryLogPage
from fmstod.ui.cases.listing import CaseList
from fmstod.ui.cases.start import StartPage
from fmstod.ui.consultation_view import ConsultationView
from fmstod.ui.followup.following import FollowUpRoom
from fmstod.ui.followup.of_case import CaseFollowUps
from fmstod.ui.kit.long_work import LongWork
from fmstod.ui.kit.parts import column
from fmstod.ui.kit.tokens import Look
from fmstod.ui.life.of_case import CaseLife
from fmstod.ui.messages import MessageBar
from fmstod.ui.pages import review
from fmstod.ui.plan import page as plan
from fmstod.ui.session import Session
from fmstod.ui.settings.cards import CARDS
from fmstod.ui.settings.page import SettingsPage
from fmstod.ui.settings.setup import SetupPage
from fmstod.ui.shortcuts import ShortcutList
from fmstod.ui.top_bar import TopBar, TrialStrip

MINUTE_MS = 60_000


class Workspace(QWidget):
    """One case at a time. `lock_wanted` when the user asks for the lock."""

    lock_wanted = Signal()
    look_wanted = Signal(str, float)  # theme and text size; the owner makes everything anew
    # Codes or recommendations were imported: the owner reads everything anew. What to say of it, and in which card.
    knowledge_changed = Signal(str, str)

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._look, self._session = look, session
        self.case: ConsultationView | None = None
        self._left: tuple[str, int] | None = None  # the case and step that the settings were opened from
        self.top, self.message = TopBar(look), MessageBar(look)
        self._list = CaseList(look, session, self)
        self._followups = self._make_followups()
        self._rooms = QStackedWidget()
        layout = column(TrialStrip(look), self.top, self.message, self._rooms)
        layout.setStretch(3, 1)
        self.setLayout(layout)
        self._list.opened.connect(self.open_case)
        self._list.failed.connect(self._tell)
        self._list.said.connect(lambda words, action: self.message.show_message(words, action=action))
        self._list.taken_back.connect(self.message.put_away)
        self.message.acted.connect(self._list.take_back)
        self.top.tab_wanted.connect(self._tab)
        self.top.settings_wanted.connect(self.show_settings)
        self.top.lock_wanted.connect(self.lock_wanted)
        for keys, act in (("Ctrl+N", self.new_case), ("Ctrl+Shift+U", self._show_due), ("F1", self._show_shortcuts)):
            QShortcut(QKeySequence(keys), self, act)
        QShortcut(QKeySequence("Ctrl+Shift+K"), self, partial(self._show_due, codes=True))
        self._day = session.today()
        minute = QTimer(self)
        minute.timeout.connect(self.note_day)
        minute.start(MINUTE_MS)

    def note_day(self) -> None:
        """When midnight has passed, everything that depends on the day is said anew."""
        if self._day == self._session.today():
            return
        self._day = self._session.today()
        if self.case:
            self.case.model.changed.emit()
        elif isinstance(self._rooms.currentWidget(), StartPage):
            self.show_cases()

    def restore(self, place: tuple[str, int] | None) -> None:
        """The first view: set-up until it is done, then the case and step that were open at the lock, else the list."""
        self._list.look_for_update()
        if not self._session.store.issuer().physician.name:
            page = SetupPage(self._look, self._session.today)
            page.finished.connect(self._set_up)
            self._show(page, "", rooms=())
            page.focus_first()
        elif place is None:
            self.show_cases()
        else:
            show = partial(self.open_case, step=place[1]) if place[1] else self._followups.follow_up
            show(place[0])
            if self.place() is None:  # it can't be opened, and a window without a page leads nowhere
                self.show_cases()
        if note := self._session.knowledge.note:
            self.announce(note)

    def place(self) -> tuple[str, int] | None:
        """The open case and its step, 0 for a follow-up of it; none while nothing of it is stored."""
        if self.case is None:
            return self._left or self._followups.place
        return (self.case.model.case, self.case.step) if self.case.model.version else None

    def show_cases(self) -> None:
        """The list, with whatever was open saved and closed."""
        if not self._leave_case():
            return
        self._left = None
        page = self._list.new_page()
        page.new_wanted.connect(self.new_case)
        page.form_wanted.connect(self.new_case)
        page.plan_wanted.connect(partial(self.open_case, step=plan.STEP))
        page.draft_wanted.connect(partial(self._try, self._bring_in))
        page.due_wanted.connect(partial(self._try, self._show_due))
        page.log_wanted.connect(partial(self._try, self._show_log))
        self._show(page, "cases", rooms=("cases",))
        self._list.fill()
        self._list.note_update()
        page.focus_first()

    def new_case(self, form: tuple[str, str] = FORM) -> None:
        """An empty consultation, once it is known who issues; it is stored when something has been entered."""
        if self._session.store.issuer().physician.name and self._leave_case():
            self._open(StoredCase(id=self._session.new_id(), version=0, consultation=Consultation(form=form)), 1)

    def open_case(self, case: str, step: int = 0) -> None:
        """A case at a step; 0 is the first step of a draft and the review of a case that is closed."""
        if not self.flush():
            return
        try:
            stored = self._session.store.open_case(case)
            signed = any(d.kind is DocumentKind.CERTIFICATE for d in stored.documents)
            closed = signed or stored.life.locked or stored.life.ended
            if not stored.documents:  # what is signed stays as it was
                conditions = moved(self._session.knowledge.library, stored.consultation.conditions)
                stored = stored.changed(consultation=stored.consultation.changed(conditions=conditions))
            self._open(stored, step or (review.STEP if closed else 1))
        except FmstodError as error:
            self._tell(error)

    def show_settings(self, card: str = "") -> None:
        """The settings, at a card; an open case is saved and closed, and its tab leads back to it."""
        if not self.flush():
            return
        self._left = self.place()
        self.close_down()
        cards = {name: made for name, make in CARDS.items() if (made := make(self._look, self._session)) is not None}
        for name, made in cards.items():
            made.changed.connect(partial(self._tell_of_import, name))
        page = SettingsPage(self._look, self._session.today, cards)
        page.show_settings(self._session.store.issuer(), *self._session.screen)
        page.finished.connect(self._keep_issuer)
        page.look_wanted.connect(self.look_wanted)
        self._show(page, "", rooms=("cases", "consultation") if self._left else ("cases",))
        for made in cards.values():
            made.grew.connect(partial(page.show_card, made))
        if card in cards:
            cards[card].focus_first()
            page.show_card(cards[card])
        else:
            page.focus_first()

    def flush(self) -> bool:
        """Store what is on screen; False if it can't be stored, and then a message says why, or before it is signed."""
        return (self.case is None or self.case.flush()) and self._followups.flush()

    def announce(self, words: str) -> None:
        """A word of warning across the window; empty words take it back."""
        if words:
            self.message.show_message(words, Level.WARNING)
        else:
            self.message.put_away()

    def close_down(self) -> None:
        """Before the store closes: nothing on screen may outlive it, and no work goes on for a window that is gone."""
        self.case = None
        self._followups.close_down()
        for work in self.findChildren(LongWork):
            work.stop()

    def _open(self, stored: StoredCase, step: int) -> None:
        view = ConsultationView(self._look, self._session, stored)
        self._followups.close_down()
        self._left, self.case = None, view
        self.case.failed.connect(self._tell)
        self.case.codes_wanted.connect(partial(self.show_settings, "codes"))
        self.case.announced.connect(self.message.show_message)
        self._show(self.case, "consultation")
        CaseLife(view, self._look, self._session, stored).opened.connect(self.open_case)
        CaseFollowUps(view, self._look, self._session).follow_wanted.connect(
            partial(self._followups.follow_up, stored.id)
        )
        view.go(step)  # now that the step has all its cards: in large text it begins with the first of them

    def _leave_case(self) -> bool:
        if not self.flush():
            return False
        self.close_down()
        return True

    def _show(self, page: QWidget, tab: str, rooms: tuple[str, ...] = ("cases", "consultation")) -> None:
        old = self._rooms.currentWidget()
        self._rooms.addWidget(page)
        self._rooms.setCurrentWidget(page)
        self.top.show_tab(tab, rooms)
        self.message.put_away()
        if not isinstance(page, StartPage):
            self._list.leave()
        if old is not None:
            self._rooms.removeWidget(old)
            old.deleteLater()

    def _tab(self, name: str) -> None:
        if name == "cases":
            self.show_cases()
        elif name == "followups":
            self._show_due()
        elif self._left:
            self.open_case(*self._left)

    def _make_followups(self) -> FollowUpRoom:
        room = FollowUpRoom(self._look, self._session, self, self._enter_followups)
        room.opened.connect(self.open_case)
        room.renewed.connect(self.open_case)
        room.left.connect(self.show_cases)
        room.failed.connect(self._tell)
        room.announced.connect(self.message.show_message)
        return room

    def _show_due(self, *, codes: bool = False) -> None:
        """What is due, or the KVÅ codes, once it is known who issues."""
        if self._session.store.issuer().physician.name:
            (self._followups.codes.show if codes else self._followups.show_list)()

    def _enter_followups(self, page: QWidget) -> bool:
        """Show what is due, or a visit, once whatever was open is saved and closed."""
        if not self._leave_case():
            return False
        self._left = None
        self._show(page, "followups", rooms=("cases",))
        return True

    def _show_log(self) -> None:
        """What Försäkringskassan has asked, of all cases."""
        page = InquiryLogPage(self._look, self._session.store, self._session.today())
        page.opened.connect(self.open_case)
        page.left.connect(self.show_cases)
        self._show(page, "", rooms=("cases",))
        page.focus_first()

    def _bring_in(self) -> None:
        """A draft of Webcert's. What it becomes is shown first."""
        if file := self._session.choose_draft():
            page = IncomingPage(self._look, read_in(file, self._session))
            page.kept.connect(lambda record: self._try(lambda: self.open_case(keep(record, self._session))))
            page.left.connect(self.show_cases)
            self._show(page, "")
            page.focus_first()

    def _try(self, act: Callable[[], object]) -> None:
        """A failure of the world is told across the window."""
        try:
            act()
        except FmstodError as error:
            self._tell(error)

    def _set_up(self, issuer: Issuer) -> None:
        self._session.store.save_issuer(issuer)
        self.show_cases()

    def _keep_issuer(self, issuer: Issuer) -> None:
        self._try(lambda: self._session.store.save_issuer(issuer))

    def _tell_of_import(self, card: str, words: str) -> None:
        self.knowledge_changed.emit(words, card)

    def _tell(self, error: FmstodError) -> None:
        self.message.show_failure(error)

    def _show_shortcuts(self) -> None:
        ShortcutList(self._look, self, self._rooms).open_beside()
