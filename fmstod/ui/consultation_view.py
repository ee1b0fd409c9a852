"""The consultation in the window: its steps in the middle, what FMB says beside them, what is missing below."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from fmstod.clock import SWEDEN
from fmstod.domain.consultation import Consultation
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.lifecycle import Relation
from fmstod.domain.problem import Level, Problem
from fmstod.domain.review import Review
from fmstod.errors import FmstodError
from fmstod.storage.store import Activity, Recipient, StoredCase
from fmstod.texts import text
from fmstod.ui.autosave import Autosave
from fmstod.ui.checking import checking
from fmstod.ui.earlier_certificates import KnownLeave, day_signed, taken_place_of
from fmstod.ui.fmb.panel import FmbPanel
from fmstod.ui.followup.visit import tell_followups
from fmstod.ui.frame import BottomBar, PatientBanner, StepNav
from fmstod.ui.kit.parts import column
from fmstod.ui.kit.tokens import Look
from fmstod.ui.life.papers import CasePapers
from fmstod.ui.messages import ORDER
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.journal import journal_of
from fmstod.ui.models.leave import day_of_case
from fmstod.ui.models.progress import step_of, step_state, to_mend
from fmstod.ui.models.reference import ASSESSMENT, PLAN, REVIEW
from fmstod.ui.models.steps import next_of, steps_of
from fmstod.ui.pages import handler, paper
from fmstod.ui.pages.activity import ActivityPage
from fmstod.ui.pages.assessment import AssessmentPage
from fmstod.ui.pages.diagnosis import DiagnosisPage
from fmstod.ui.pages.function import FunctionPage
from fmstod.ui.pages.patient import PatientPage
from fmstod.ui.pages.questions import QuestionsPage
from fmstod.ui.pages.step import StepPage
from fmstod.ui.plan.page import PlanPage
from fmstod.ui.session import Session
from fmstod.ui.workbench import FmbColumn, Workbench

AHEAD_MS = 400  # after a step has been shown, the next is made ready
PAGES = {1: PatientPage, 2: DiagnosisPage, 3: FunctionPage, 4: ActivityPage, ASSESSMENT: AssessmentPage, PLAN: PlanPage}
CODES_OFFER = "codes"  # the note of what a register of codes would give


class ConsultationView(QWidget):
    """One case. `failed` tells a failure of the world, `announced` a sentence and its level for the message bar.

    `codes_wanted` when the user wants to read diagnosis codes in.
    """

    codes_wanted = Signal()
    failed = Signal(object)
    announced = Signal(str, object)

    def __init__(self, look: Look, session: Session, stored: StoredCase) -> None:
        super().__init__()
        self._look, self._session = look, session
        self.model = ConsultationModel(
            stored.id,
            stored.consultation,
            session.reference(stored.consultation.form, stored.consultation.plan_form),
            version=stored.version,
            signed_on=day_signed(stored),
            locked=stored.life.locked,
            ended=stored.life.ended,
            plan=_plan_in_force(session, stored),
            leaving_out=taken_place_of(stored),
        )
        tell_followups(self.model, session.store, stored)
        self.known = KnownLeave(self.model, session.store.lives.certificates)
        self.known.failed.connect(self.failed)
        self.autosave = Autosave(self.model, session.store.save_case, session.new_id, partial(_copy, session))
        self._saved_at = f"{session.now().astimezone(SWEDEN):%H:%M}" if stored.version else ""
        self.papers = CasePapers(look, session, self.model, self.autosave, stored.documents)
        self.review = self.papers.review
        self.checking = checking(self, look, session, stored, self.model, self._shown)
        self._pages: dict[int, StepPage] = {}
        self._stack = QStackedWidget()
        self.step = 1
        self._names = {each.step: each.name for each in steps_of(self.model.reference)}
        self._steps = tuple(self._names)
        self.banner, self.bottom = PatientBanner(look), BottomBar(look)
        self.banner.show_form(self.model.reference.form.title)
        self.nav = StepNav(look, steps_of(self.model.reference))
        self.panel = FmbPanel(look, self.model)
        self._fmb = FmbColumn(look, self.panel)
        self.bench = Workbench(look, self.nav, self._stack, self._fmb, with_fmb=self.model.reference.asks_of_leave)
        self._folds = {False: self.bench.folded, True: True}  # FMB's state in common and in roomy steps
        layout = column(self.banner, self.bench, self.bottom)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._connect()
        self.panel.refresh()
        self.refresh()
        self.known.follow()

    def go(self, step: int) -> None:
        """Save, show a step, or the one before that the form has, and put the focus in its first field."""
        step = max(each for each in self._steps if each <= max(step, self._steps[0]))
        self.autosave.flush()
        self._show_step(step)
        self.page(step).focus_first()

    def place(self, problem: Problem) -> None:
        """Show the place where a problem can be mended."""
        if problem in self.model.heard:
            self.checking.go_to(problem)
        else:
            self._shown(step_of(self.model, problem)).place(problem.field)

    def first_problem(self) -> None:
        """From now on what is missing shows; go to the first of it."""
        self._first_of(None)

    def flush(self) -> bool:
        """Store what is on screen; False if it can't be stored, or while a signature is under way."""
        self.checking.quality.settle()
        return self.isEnabled() and self.autosave.flush()

    def refresh(self) -> None:
        """Banner, steps and bottom bar say what the model says; the pages follow it by themselves."""
        model = self.model
        saved = "" if self.autosave.pending else self._saved_at
        signed, today = model.signed and not model.read_only, self._session.today()
        self.banner.show_case(model.consultation, today, saved, day_of_case(model), signed=signed, locked=model.locked)
        self.nav.show_steps([step_state(model, step) for step in self._steps], self.step)
        closed = model.signed and (model.plan_signed or not model.reference.form.plan)
        self.bottom.show_problems(self._problems(), closed=closed)
        onward = next_of(self._steps, self.step, 1)
        self.bottom.show_way(self._names[onward] if onward else "", back=self.step != self._steps[0])
        self.panel.follow_step(self.step)

    def copy_journal(self) -> None:
        """The journal text on the clipboard, logged."""
        session, model = self._session, self.model
        if not self.autosave.flush():
            return
        words = journal_of(model)
        try:
            session.store.log(Activity.COPY, model.case, Recipient.JOURNAL)
        except FmstodError as error:
            self.failed.emit(error)
            return
        QApplication.clipboard().setText(words)
        self.announced.emit(text("desk.journal_copied"), Level.TIP)

    def page(self, step: int) -> StepPage:
        """The page of a step, built when it is first wanted: all at once would take a second."""
        if step not in self._pages:
            self._pages[step] = self.review if step == REVIEW else page_of(self._look, self.model, step)
            page = self._pages[step]
            page.step_asked.connect(self.go)
            if isinstance(page, DiagnosisPage):
                self._connect_diagnosis(page)
            self._stack.addWidget(page)
            self.checking.attach(page)
        return self._pages[step]

    def _connect_diagnosis(self, page: DiagnosisPage) -> None:
        session = self._session
        page.fmb_wanted.connect(self._show_in_fmb)
        if session.code_door and session.knowledge.codes.edition is None and not session.put_away(CODES_OFFER):
            page.offer_codes()
            page.codes_wanted.connect(self.codes_wanted)
            page.offer_refused.connect(partial(session.put_note_away, CODES_OFFER))

    def _connect(self) -> None:
        self.model.changed.connect(self.refresh)
        self.checking.quality.changed.connect(self._hear)
        self.checking.announced.connect(self.announced)
        self.checking.over = self.bench
        self.panel.told.connect(self._tell_fmb)
        self.panel.reviewed.connect(partial(self._keep_review, self._session.store.save_review))
        self.panel.review_taken_back.connect(partial(self._keep_review, self._session.store.take_back_review))
        self.autosave.saved.connect(self._note_saved)
        self.autosave.failed.connect(self.failed)
        self.autosave.parted.connect(lambda why: self.announced.emit(text(why), Level.WARNING))
        self.nav.step_wanted.connect(self.go)
        self.bottom.back_wanted.connect(partial(self._move, -1))
        self.bottom.next_wanted.connect(partial(self._move, 1))
        self.bottom.place_wanted.connect(self.place)
        self.bottom.level_wanted.connect(self._first_of)
        self.review.place_wanted.connect(self._place_field)
        self.papers.busy.connect(self.setDisabled)
        self.papers.failed.connect(self.failed)
        self.papers.announced.connect(self.announced)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Return": partial(self._move, 1),
            "Ctrl+Enter": partial(self._move, 1),
            "Ctrl+M": self.first_problem,
            "Ctrl+Shift+J": self.copy_journal,
            "Ctrl+Shift+B": self.papers.copy_order,
            paper.KEY: lambda: paper.show_paper(self._look, self.bench, self.model, self.papers.preview),
            "F8": partial(self.checking.next_place, 1),
            "Shift+F8": partial(self.checking.next_place, -1),
            handler.KEY: self.checking.show_handler,
            "Ctrl+Z": self.model.undo,
            "Ctrl+Shift+Z": self.model.redo,
            "Ctrl+Y": self.model.redo,
        }
        keys |= {f"Ctrl+{number}": partial(self.go, step) for number, step in enumerate(self._steps, 1)}
        for sequence, act in keys.items():
            QShortcut(QKeySequence(sequence), self, act)

    def _problems(self) -> list[Problem]:
        """Errors first, in the order of the steps; then first what the unit is asked about most."""
        weight = self.checking.quality.weight
        return sorted(to_mend(self.model), key=lambda p: (ORDER[p.level], -weight(p), step_of(self.model, p)))

    def _show_step(self, step: int) -> None:
        """FMB is folded or open as it was left the last time in a step of that kind; in a roomy one it begins folded."""
        before, after = (self.model.reference.roomy(each) for each in (self.step, step))
        self.step = step
        self._stack.setCurrentWidget(self.page(step))
        if before != after:
            self._folds[before] = self.bench.folded
            self.bench.fold(self._folds[after])
        self.refresh()
        self.checking.refresh()  # the page has its texts now
        if ahead := next_of(self._steps, step, 1):
            QTimer.singleShot(AHEAD_MS, self, partial(self.page, ahead))

    def _shown(self, step: int) -> StepPage:
        """The page of a step, once that is shown."""
        self._show_step(step)
        return self.page(step)

    def _hear(self) -> None:
        """The rules of quality say something else."""
        self.page(self.step).refresh()
        self.refresh()

    def _move(self, way: int) -> None:
        """Back or on, past the steps that the form doesn't have; from the last of them on to the signature."""
        if step := next_of(self._steps, self.step, way):
            self.go(step)
        elif way > 0 and self.review.sign.isVisible():
            self.review.go_to(self.review.sign.passphrase)

    def _first_of(self, level: Level | None) -> None:
        self.model.ask()
        if problem := next((p for p in self._problems() if level in (None, p.level)), None):
            self.place(problem)

    def _place_field(self, field: str) -> None:
        """The place of a problem, or of what has none but is asked for all the same."""
        self.place(next((p for p in self.model.problems if p.field == field), Problem("", field)))

    def _tell_fmb(self, title: str, answer: str, detail: str) -> None:
        self._fmb.show_title(title)
        self.bench.show_answer(answer, detail)

    def _keep_review(self, how: Callable[[Review], None], review: Review) -> None:
        """Keep what the user has reviewed of FMB, or take it back."""
        try:
            how(review)
        except FmstodError as error:
            self.failed.emit(error)
            return
        self.model.reference = replace(self.model.reference, reviews=self._session.store.reviews())
        self.panel.refresh()

    def _show_in_fmb(self, code: str) -> None:
        self.panel.choose(code)
        if self.bench.folded:
            self.bench.toggle()

    def _note_saved(self) -> None:
        self.model.settle()  # undo takes back what came after a pause, not the whole text
        self._saved_at = f"{self._session.now().astimezone(SWEDEN):%H:%M}"
        self.refresh()


def _copy(session: Session, case: str, record: Consultation, locked: str) -> int:
    """What was written in a draft that was locked meanwhile, as its copy. Raises NotAllowed."""
    return session.store.lives.begin(case, record, Relation.COPIED, locked)


def _plan_in_force(session: Session, stored: StoredCase) -> Document | None:
    """The plan that was signed last."""
    plans = [row.id for row in stored.documents if row.kind is DocumentKind.PLAN]
    return session.store.document(plans[-1]) if plans else None


def page_of(look: Look, model: ConsultationModel, step: int) -> StepPage:
    """The page of a step before the review. Without a plan, or days to count, it is as the form asks it."""
    reference = model.reference
    if (step == PLAN and not reference.form.plan) or (step == ASSESSMENT and not reference.counts_days):
        return QuestionsPage(look, model, step, as_asked=True)
    return PAGES[step](look, model)
