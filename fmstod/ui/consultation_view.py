"""The consultation in the window: seven steps in the middle, what FMB says beside them, what is missing below."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from fmstod.certificate.journal import journal_text
from fmstod.clock import SWEDEN
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.problem import Level, Problem
from fmstod.domain.review import Review
from fmstod.errors import FmstodError
from fmstod.storage.store import Activity, Recipient, StoredCase
from fmstod.texts import text
from fmstod.ui import background
from fmstod.ui.autosave import Autosave
from fmstod.ui.frame import BottomBar, PatientBanner, StepNav
from fmstod.ui.handouts import hand_out, offers
from fmstod.ui.messages import ORDER, failure_of
from fmstod.ui.models.consultation_model import STEPS, ConsultationModel, step_of, step_state, to_mend
from fmstod.ui.models.signing import document_of, hindrances, procedures_for
from fmstod.ui.pages.activity import ActivityPage
from fmstod.ui.pages.assessment import AssessmentPage
from fmstod.ui.pages.diagnosis import DiagnosisPage
from fmstod.ui.pages.fmb_panel import FmbPanel
from fmstod.ui.pages.function import FunctionPage
from fmstod.ui.pages.patient import PatientPage
from fmstod.ui.pages.plan import PlanPage
from fmstod.ui.pages.review import STEP as REVIEW
from fmstod.ui.pages.review import ReviewPage
from fmstod.ui.pages.signing import SAVE
from fmstod.ui.pages.step import ROOMY, StepPage
from fmstod.ui.parts import column
from fmstod.ui.releasing import print_pdf, save_pdf
from fmstod.ui.session import Session
from fmstod.ui.tokens import Look
from fmstod.ui.workbench import FmbColumn, Workbench

AHEAD_MS = 400  # after a step has been shown, the next is made ready
PAGES = {1: PatientPage, 2: DiagnosisPage, 3: FunctionPage, 4: ActivityPage, 5: AssessmentPage, 6: PlanPage}
CODES_OFFER = "codes"  # the note of what a register of codes would give
DRAFT_ID = "00000000-0000-4000-8000-000000000000"  # a draft has no id of its own yet


class ConsultationView(QWidget):
    """One case. `failed` tells a failure of the world, `announced` a sentence and its level for the message bar.

    `codes_wanted` when the user wants to read diagnosis codes in.
    """

    codes_wanted = Signal()
    failed = Signal(object)
    announced = Signal(str, object)

    def __init__(self, look: Look, session: Session, stored: StoredCase) -> None:
        super().__init__()
        self._look, self._session, self._documents = look, session, stored.documents
        kinds = {d.kind for d in stored.documents}
        self.model = ConsultationModel(
            stored.id,
            stored.consultation,
            session.reference(stored.consultation.form),
            version=stored.version,
            signed=DocumentKind.CERTIFICATE in kinds,
            plan_signed=DocumentKind.PLAN in kinds,
            locked=stored.life.locked,
        )
        self.autosave = Autosave(self.model, session.store.save_case, session.new_id)
        self._saved_at = f"{session.now().astimezone(SWEDEN):%H:%M}" if stored.version else ""
        self.review = ReviewPage(
            look, self.model, self._preview, lambda: offers(session, self._documents, self.model.consultation)
        )
        self.review.show_documents(self._documents)
        self._pages: dict[int, StepPage] = {}
        self._stack = QStackedWidget()
        self.step = 1
        self.banner, self.nav, self.bottom = PatientBanner(look), StepNav(look), BottomBar(look)
        self.panel = FmbPanel(look, self.model)
        self._fmb = FmbColumn(look, self.panel)
        self.bench = Workbench(look, self.nav, self._stack, self._fmb)
        self._folds = {False: self.bench.folded, True: True}  # FMB's state in common and in roomy steps
        layout = column(self.banner, self.bench, self.bottom)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._connect()
        self.panel.refresh()
        self.refresh()

    def go(self, step: int) -> None:
        """Save, show a step and put the focus in its first field."""
        if step not in STEPS:
            return
        self.autosave.flush()
        self._show_step(step)
        self.page(step).focus_first()

    def place(self, problem: Problem) -> None:
        """Show the place where a problem can be mended."""
        self._show_step(step_of(self.model, problem))
        self.page(self.step).place(problem.field)

    def first_problem(self) -> None:
        """From now on what is missing shows; go to the first of it."""
        self._first_of(None)

    def flush(self) -> bool:
        """Store what is on screen; False if it can't be stored, or while a signature is under way."""
        return self.isEnabled() and self.autosave.flush()

    def refresh(self) -> None:
        """Banner, steps and bottom bar say what the model says; the pages follow it by themselves."""
        model = self.model
        saved = "" if self.autosave.pending else self._saved_at
        self.banner.show_case(
            model.consultation, self._session.today(), saved, signed=model.signed, locked=model.locked
        )
        self.nav.show_steps([step_state(model, step) for step in STEPS], self.step)
        self.bottom.show_problems(self._problems())
        self.bottom.show_step(self.step)
        self.panel.follow_step(self.step)

    def copy_journal(self) -> None:
        """The journal text on the clipboard, logged."""
        session, model = self._session, self.model
        if not self.autosave.flush():
            return
        ref = model.reference
        words = journal_text(model.consultation, (ref.form, ref.plan_form), ref.issuer, ref.phrases, session.today())
        try:
            session.store.log(Activity.COPY, model.case, Recipient.JOURNAL)
        except FmstodError as error:
            self.failed.emit(error)
            return
        QApplication.clipboard().setText(words)
        self.announced.emit(text("desk.journal_copied"), Level.TIP)

    def page(self, step: int) -> StepPage:
        """The page of a step, built when it is first wanted: all seven at once would take a second."""
        if step not in self._pages:
            self._pages[step] = self.review if step == REVIEW else PAGES[step](self._look, self.model)
            page = self._pages[step]
            page.step_asked.connect(self.go)
            if isinstance(page, DiagnosisPage):
                self._connect_diagnosis(page)
            self._stack.addWidget(page)
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
        self.panel.told.connect(self._tell_fmb)
        self.panel.reviewed.connect(partial(self._keep_review, self._session.store.save_review))
        self.panel.review_taken_back.connect(partial(self._keep_review, self._session.store.take_back_review))
        self.autosave.saved.connect(self._note_saved)
        self.autosave.failed.connect(self.failed)
        self.autosave.parted.connect(lambda why: self.announced.emit(text(why), Level.WARNING))
        self.nav.step_wanted.connect(self.go)
        self.bottom.back_wanted.connect(lambda: self.go(self.step - 1))
        self.bottom.next_wanted.connect(lambda: self.go(self.step + 1))
        self.bottom.place_wanted.connect(self.place)
        self.bottom.level_wanted.connect(self._first_of)
        self.review.place_wanted.connect(self._place_field)
        self.review.sign_wanted.connect(self._prove)
        self.review.release_wanted.connect(self._release)
        self.review.handout_wanted.connect(
            lambda w: self._let_out(partial(hand_out, self._session, self.model.case, w))
        )
        keys = {
            "Ctrl+Return": lambda: self.go(self.step + 1),
            "Ctrl+Enter": lambda: self.go(self.step + 1),
            "Ctrl+M": self.first_problem,
            "Ctrl+Shift+J": self.copy_journal,
            "Ctrl+Z": self.model.undo,
            "Ctrl+Shift+Z": self.model.redo,
            "Ctrl+Y": self.model.redo,
        }
        keys |= {f"Ctrl+{step}": partial(self.go, step) for step in STEPS}
        for sequence, act in keys.items():
            QShortcut(QKeySequence(sequence), self, act)

    def _problems(self) -> list[Problem]:
        """Errors first, in the order of the steps."""
        return sorted(to_mend(self.model), key=lambda p: (ORDER[p.level], step_of(self.model, p)))

    def _show_step(self, step: int) -> None:
        """FMB is folded or open as it was left the last time in a step of that kind; in a roomy one it begins folded."""
        before, after = self.step in ROOMY, step in ROOMY
        self.step = step
        self._stack.setCurrentWidget(self.page(step))
        if before != after:
            self._folds[before] = self.bench.folded
            self.bench.fold(self._folds[after])
        self.refresh()
        if step + 1 in STEPS:
            QTimer.singleShot(AHEAD_MS, self, partial(self.page, step + 1))

    def _first_of(self, level: Level | None) -> None:
        self.model.ask()
        if problem := next((p for p in self._problems() if level in (None, p.level)), None):
            self.place(problem)

    def _place_field(self, field: str) -> None:
        if problem := next((p for p in self.model.now.problems if p.field == field), None):
            self.place(problem)

    def _preview(self, kind: DocumentKind) -> bytes:
        """The signed document if there is one, else the draft as it stands."""
        if row := next((d for d in self._documents if d.kind is kind), None):
            return self._session.store.preview(row.id)
        return self._paper(document_of(self.model, kind, DRAFT_ID, self._session.now()), draft=True)

    def _prove(self, passphrase: str, with_plan: bool) -> None:
        """Meanwhile nothing can be changed or left: what is signed is what was read when it was asked for."""
        self.setEnabled(False)
        background.run(partial(self._session.verify, passphrase), lambda _: self._proved(with_plan), self._disproved)

    def _proved(self, with_plan: bool) -> None:
        self.setEnabled(True)
        self._sign(with_plan)

    def _disproved(self, error: FmstodError) -> None:
        self.setEnabled(True)
        self.review.refuse(failure_of(error))

    def _sign(self, with_plan: bool) -> None:
        """Freeze what isn't signed yet: certificate and plan in one transaction, with DV077 for the plan."""
        signed = {d.kind for d in self._documents}
        wanted = [DocumentKind.CERTIFICATE, *([DocumentKind.PLAN] if with_plan else [])]
        kinds = [kind for kind in wanted if kind not in signed]
        if not kinds or any(hindrances(self.model, kind) for kind in kinds) or not self.autosave.flush():
            return
        session, at = self._session, self._session.now()
        made = tuple(document_of(self.model, kind, session.new_id(), at) for kind in kinds)
        try:
            with_pdf = [(document, session.seal(document, self._paper(document))) for document in made]
            self.model.version = session.store.sign(self.model.case, self.model.version, with_pdf, procedures_for(made))
            stored = session.store.open_case(self.model.case)
        except FmstodError as error:
            self.review.refuse(failure_of(error))
            return
        self._documents = stored.documents
        signed |= set(kinds)
        self.model.seal(signed=DocumentKind.CERTIFICATE in signed, plan_signed=DocumentKind.PLAN in signed)
        self.review.show_documents(stored.documents)

    def _paper(self, document: Document, *, draft: bool = False) -> bytes:
        return self._session.render(self._session.knowledge.forms[document.form], document, draft)

    def _release(self, document: str, recipient: Recipient, how: str) -> None:
        kind = next(d.kind for d in self._documents if d.id == document)
        if how == SAVE:
            self._let_out(partial(save_pdf, self._session, document, kind, recipient))
        else:
            self._let_out(partial(print_pdf, self._session, document, recipient))

    def _let_out(self, way: Callable[[], str]) -> None:
        try:
            said = way()
        except FmstodError as error:
            self.failed.emit(error)
            return
        if said:
            self.announced.emit(said, Level.TIP)

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
