"""Following up in the window: the list of what is due, a visit that saves itself, and the ways on from it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from fmstod.domain.followup import FollowUp, begun
from fmstod.domain.lifecycle import Relation
from fmstod.domain.problem import Level
from fmstod.domain.procedure import PLAN_FOLLOWED_UP, Procedure, procedure
from fmstod.domain.transitions import Act, refusal
from fmstod.errors import FmstodError, NotAllowed, StaleRecord
from fmstod.files import read_procedure_codes
from fmstod.followup.note import note_of
from fmstod.storage.store import Activity, Recipient, StoredCase
from fmstod.texts import text as say
from fmstod.ui.followup.codes_room import CodesRoom
from fmstod.ui.followup.done import DoneCard
from fmstod.ui.followup.due import read_due, who
from fmstod.ui.followup.list import NAMED, FollowUpsPage
from fmstod.ui.followup.page import FollowUpPage
from fmstod.ui.followup.paper import let_out, way_of
from fmstod.ui.followup.renewing import first_step, renewal_after, taken_over
from fmstod.ui.followup.text import journal_text
from fmstod.ui.followup.visit import visit_of
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import failure_of
from fmstod.ui.session import Session

QUIET_MS, AGAIN_MS = 1000, 10_000


class FollowUpRoom(QObject):
    """It outlives its pages. `opened` with a case to open, `left` for the list of cases.

    `renewed` with a renewal and the step where it has to be looked at first.
    `enter` shows a page once all else is saved; False when that can't be. `failed` tells a failure of the world, `announced` a sentence and its level.
    """

    opened = Signal(str)
    renewed = Signal(str, int)
    left = Signal()
    failed = Signal(object)
    announced = Signal(str, object)

    def __init__(self, look: Look, session: Session, owner: QObject, enter: Callable[[QWidget], bool]) -> None:
        super().__init__(owner)
        self._look, self._session, self._enter = look, session, enter
        self.visit: Visiting | None = None
        self.codes = CodesRoom(look, session, self, enter)
        for ours, theirs in ((self.opened, self.codes.opened), (self.failed, self.codes.failed)):
            theirs.connect(ours)
        self.codes.left.connect(self.show_list)
        self.codes.announced.connect(self.announced)

    @property
    def place(self) -> tuple[str, int] | None:
        """The case that is followed up, to come back to, and 0 for its step."""
        return (self.visit.record.case, 0) if self.visit is not None else None

    def show_list(self) -> None:
        """What is due now."""
        self._try(self._show_list)

    def follow_up(self, case: str) -> None:
        """The follow-up that is begun in this case, or a new one."""
        self._try(partial(self._follow_up, case))

    def flush(self) -> bool:
        """Whether all that is on screen is stored."""
        return self.visit is None or self.visit.flush()

    def close_down(self) -> None:
        if self.visit is not None:
            self.visit.stop()
            self.visit.deleteLater()
        self.visit = None

    def _show_list(self) -> None:
        store, today = self._session.store, self._session.today()
        groups = read_due(store, today)
        named = who(store, [each for group in groups for each in group.cases[:NAMED]]) if groups else {}
        page = FollowUpsPage(self._look, groups, named, today)
        page.opened.connect(self.follow_up)
        page.left.connect(self.left)
        page.codes_wanted.connect(self.codes.show)
        page.more_wanted.connect(lambda cases: self._try(lambda: page.show_more(cases, who(store, cases))))
        if self._enter(page):
            page.focus_first()
        else:
            page.deleteLater()

    def _follow_up(self, case: str) -> None:
        if not self.flush():
            return
        stored = self._session.store.open_case(case)
        if why := refusal(Act.FOLLOW_UP, stored.life):  # nothing of it could be stored, nor the page be left
            raise NotAllowed(why=why.text_key)
        visit = Visiting(self._look, self._session, stored, self)
        visit.page.left.connect(self.show_list)
        visit.page.case_wanted.connect(partial(self.opened.emit, case))
        visit.renewed.connect(self.renewed)
        visit.gone.connect(self._gone)
        visit.stale.connect(partial(self._read_anew, case))
        visit.failed.connect(self.failed)
        visit.announced.connect(self.announced)
        if self._enter(visit.page):
            self.visit = visit
            visit.page.focus_first()
        else:
            visit.page.deleteLater()
            visit.deleteLater()

    @Slot(str)
    def _gone(self, words: str) -> None:
        self.visit = None
        self.show_list()
        self.announced.emit(words, Level.TIP)

    def _read_anew(self, case: str) -> None:
        before = self.visit
        self.close_down()
        self.follow_up(case)
        if before is not None and self.visit is not None:
            self.visit.page.put_upon(before.record, before.stored)
        self.announced.emit(say("followup.stale"), Level.WARNING)

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except FmstodError as error:
            self.failed.emit(error)


class Visiting(QObject):
    """One follow-up on screen. It is stored from the first change on, a second after each.

    `gone` when nothing is left of it to show, `stale` when another one is stored.
    """

    renewed = Signal(str, int)
    gone = Signal(str)
    stale = Signal()
    failed = Signal(object)
    announced = Signal(str, object)

    def __init__(self, look: Look, session: Session, stored: StoredCase, owner: QObject) -> None:
        super().__init__(owner)
        self._look, self._session, self._case = look, session, stored
        kept = session.store.followups.of(stored.id)
        draft = next((each for each in kept if each.done_at is None), None)
        today = session.today()
        self._visit = visit_of(session.store, stored, today, session.knowledge.labels)
        new = begun(session.new_id(), stored.id, today, self._visit.before)
        self.version = draft.version if draft else 0
        self.stored = draft.record if draft else new
        self._codes: tuple[Procedure, ...] = ()
        self.page = FollowUpPage(look, self._visit, self.stored, session.today)
        self.page.show_saved(draft is not None)
        self.page.edited.connect(self._note)
        self.page.done_wanted.connect(self._finish)
        self.page.discard_wanted.connect(self._discard)
        self.page.journal_wanted.connect(self._copy)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self.flush)
        self.done: DoneCard | None = None

    @property
    def record(self) -> FollowUp:
        return self.page.record

    def stop(self) -> None:
        self._quiet.stop()

    @Slot()
    def flush(self) -> bool:
        """Store what isn't stored; False if it can't be, and then it is tried again."""
        self._quiet.stop()
        if self.done is not None or self.record == self.stored:
            return True
        record = self.record
        try:
            self.version = self._session.store.followups.save(record, self.version)
        except StaleRecord:
            self.stale.emit()
            return False
        except FmstodError as error:
            self._quiet.start(AGAIN_MS)
            self.failed.emit(error)
            return False
        self.stored = record
        self.page.show_saved(True)
        return True

    @Slot(object)
    def _note(self, _record: FollowUp) -> None:
        self.page.show_saved(False)
        self._quiet.start(QUIET_MS)

    @Slot()
    def _finish(self) -> None:
        session, record = self._session, self.record
        self._quiet.stop()
        self._codes = procedure(read_procedure_codes(), PLAN_FOLLOWED_UP, record.on, record.id)
        try:
            session.store.followups.finish(record, self.version, self._codes)
        except StaleRecord:
            self.stale.emit()
            return
        except FmstodError as error:
            self.page.refuse(failure_of(error))
            return
        self.stored = record
        words = say("followup.is_done_uncoded")
        for code in self._codes:
            words = say("followup.is_done", code=code.code, name=code.name, day=code.on)
        planned = bool(self._case.consultation.no_plan.strip()) or any(d.kind == "plan" for d in self._case.documents)
        finished = next(each for each in session.store.followups.of(self._case.id) if each.record.id == record.id)
        paper = way_of(self._look, finished)
        paper.released.connect(self._let_out)
        card = self.done = DoneCard(self._look, record, words, paper, planned=planned)
        card.extend_wanted.connect(self._extend)
        card.close_wanted.connect(self._close)
        self.page.show_done(card)
        card.focus_first()

    @Slot()
    def _discard(self) -> None:
        self._quiet.stop()
        try:
            if self.version:
                self._session.store.followups.discard(self.record.id, self.version)
        except FmstodError as error:
            self.failed.emit(error)
            return
        self.stored = self.record
        self.gone.emit(say("followup.discarded"))

    @Slot()
    def _extend(self) -> None:
        """The renewal begins with what was found now."""
        session, case = self._session, self._case
        try:
            new = session.new_id()
            done = [each.record for each in session.store.followups.of(case.id) if each.done_at]
            record = renewal_after(session.knowledge.forms, case.consultation, done, self.record)
            session.store.lives.begin(new, record, Relation.RENEWS, case.id)
        except FmstodError as error:
            self.failed.emit(error)
            return
        form = session.knowledge.forms[record.form]
        self.renewed.emit(new, first_step(form, record, taken_over(form, case.consultation, self.record)))

    @Slot(str, object, str)
    def _let_out(self, followup: str, to: Recipient, how: str) -> None:
        try:
            said = let_out(self._session, self._case.id, followup, to, how)
        except FmstodError as error:
            self.failed.emit(error)
            return
        if said:
            self.announced.emit(said, Level.TIP)

    @Slot(str)
    def _close(self, why: str) -> None:
        try:
            self._session.store.followups.close(self._case.id, why)
        except FmstodError as error:
            if self.done is not None:
                self.done.refuse(failure_of(error))
                self.done.focus_first()
            return
        self.gone.emit(say("followup.closed"))

    @Slot()
    def _copy(self) -> None:
        """The journal text on the clipboard, logged."""
        session = self._session
        if not self.flush():
            return
        note = note_of(
            self.record,
            self._case.consultation,
            self._visit.before,
            session.store.issuer(),
            session.knowledge.labels,
            self._visit.asked,
            self._codes,
            say=say,
        )
        try:
            session.store.log(Activity.COPY, self._case.id, Recipient.JOURNAL)
        except FmstodError as error:
            self.failed.emit(error)
            return
        QApplication.clipboard().setText(journal_text(note))
        self.announced.emit(say("followup.journal_copied"), Level.TIP)
