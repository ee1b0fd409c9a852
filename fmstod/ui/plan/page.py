"""Step 6, the plan: what the sick leave should lead to, who does what, and when it is followed up."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from fmstod.certificate.form import Periods, Steps, Text
from fmstod.domain.answers import Measure
from fmstod.domain.consultation import is_of_plan
from fmstod.domain.period import iso_day
from fmstod.followup.draft import size
from fmstod.followup.facts import Facts
from fmstod.followup.order import orders
from fmstod.followup.suggest import capacities, reminders, row, suggested
from fmstod.followup.tasks import lacks, seven
from fmstod.texts import text as say
from fmstod.ui.kit.parts import column, panel, rule, text
from fmstod.ui.kit.parts import row as line
from fmstod.ui.kit.tick import Tick
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.leave import known_facts
from fmstod.ui.pages.step import StepPage
from fmstod.ui.plan.aids import Capacities, Fold, Reminders, Tasks
from fmstod.ui.plan.ideas import Ideas
from fmstod.ui.plan.steps import StepDownPart, late_words
from fmstod.ui.plan.version import VersionPart
from fmstod.ui.timeline.part import TimelinePart

STEP = 6
MEASURES, NONE_NEEDED, WORKS, FOLLOW_UP = "plan.measures", "plan.none_needed", "plan.works", "plan.followup"
# What every plan needs (product.md 5.2), then the certificate's two questions of the same matter: the second is drafted
# from the measures. All other questions of the step lie below the fold: a plan is as long as the patient needs.
FIRST = ("plan.purpose", NONE_NEEDED, MEASURES, FOLLOW_UP, "plan.participated", "plan.participation", "plan.goal")
HELPED = {MEASURES: "instead.help.measures", FOLLOW_UP: "instead.help.followup"}  # without sick leave
OF_CERTIFICATE = ("19", "44")
REASON = Text(
    kind="text",
    ref="no_plan",
    step=STEP,
    label=say("plan_page.reason"),
    help=say("plan_page.reason_help"),
    lines=1,
    max=500,
)


class PlanPage(StepPage):
    """The short plan first, the rest of it folded, and open where the sick leave needs it; or no plan now, with a reason.

    Suggestions, tasks and reminders stand beside what is asked. They are never required, and nothing is taken by itself.
    """

    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__(look, model, STEP, refs=())
        self.version = VersionPart(look, model)
        self.version.opened.connect(self.focus_first)
        self.add(self.version)
        self.without = Tick(look, say("plan_page.not_now"))
        self.without.clicked.connect(self._leave_out)
        self.reason = self.own(REASON, lambda record: record.no_plan, lambda _, words: {"no_plan": words or ""})
        known = model.reference
        self.axis = TimelinePart(look, model)
        self.add(self.axis)
        asked = [q.ref for q in known.questions(STEP)]
        self._aids: list[QWidget] = []
        self.steps: StepDownPart | None = None
        self.ideas: Ideas | None = None
        for ref in (ref for ref in FIRST if ref in asked):
            self.add(self.field(ref))
            if ref == MEASURES:
                self._order = text(say("order.hint"), "caption", "muted", wrap=True)
                self.add(self._order)
            if ref == MEASURES and self._has_steps:
                self._add_ideas()
            if ref == FOLLOW_UP:
                self._late = text("", "caption", "warn", wrap=True)
                self.add(self._late)
        self.add(column(line(self.without, ...), self.reason, gap=8))
        self._to_certificate = panel(column(rule(), 16, text(say("plan_page.certificate"), "heading")))
        self.add(self._to_certificate)
        for ref in (ref for ref in OF_CERTIFICATE if ref in asked):
            self.add(self.field(ref))
        if self._has_steps:
            self._add_aids()
        rest = [ref for ref in asked if ref not in (*FIRST, *OF_CERTIFICATE)]
        self._rest = sorted(rest, key=lambda ref: not isinstance(known.question(ref), Steps))  # the step-down first
        self._fold = QWidget()
        self._fold.setLayout(column(*self._folded(), gap=20, pad=(0, 12, 0, 0)))
        self.fold = Fold(look, say("plan_page.more"), self._fold)
        self.more = self.fold.head
        self._long = panel(column(rule(), 12, self.fold))
        self._sized = False
        self.add(self._long)

    def show_own(self) -> None:
        asked = not self.model.signed  # once the certificate stands without it, the plan is all that is left to write
        leave = self.model.consultation.instead is None  # else it is measures and a day, and signed by nobody
        without = asked and leave and (bool(self.model.consultation.no_plan) or self.without.isChecked())
        self.without.setChecked(without)
        self.reason.setVisible(without)
        self._long.setVisible(leave and not without)
        self._to_certificate.setVisible(any(ref in self.model.now.open_refs for ref in OF_CERTIFICATE))
        self._order.setVisible(not without and bool(orders(self.model.now.answers, self.model.reference.catalogue)))
        self.axis.setVisible(bool(self.model.consultation.periods) and not without)
        for ref, field in self.fields.items():
            if is_of_plan(ref):
                field.setVisible(ref in self.model.now.open_refs and not without)
                form = field.question
                helped = form.help if leave or ref not in HELPED else say(HELPED[ref])
                field.ask_as(required=form.required and leave, helped=helped)
        if self.model.plan_signed:  # the plan is open until it is signed itself
            for ref, field in self.fields.items():
                field.setEnabled(False)
                if is_of_plan(ref):
                    field.show_draft("")
        self.without.setVisible(asked and leave)
        self.version.refresh()
        self._show_late(without=without)
        if self._has_steps:
            self._show_aids(without=without)

    def focus_first(self) -> None:
        """The plan's purpose: leaving the plan out is no first thing to do. A signed plan is opened first."""
        purpose = self.fields[FIRST[0]]
        if self.version.change.isVisibleTo(self):
            self.begin_at(self.version.change)
        elif purpose.isVisibleTo(self) and purpose.isEnabled():
            self.begin_at(purpose.place(""))
        else:
            super().focus_first()

    def place(self, field: str) -> None:
        """Of a signed plan the way to change it comes first."""
        if self.model.plan_signed and is_of_plan(field):
            self.go_to(self.version.change)
            return
        if field.partition("[")[0] in self._rest:
            self.fold.open(shown=True)
        super().place(field)

    def showEvent(self, event: QShowEvent) -> None:
        if not self._sized and self._has_steps:  # once: afterwards it stays as the user left it
            self._sized = True
            self.fold.open(shown=size(self._facts) == "full")
        super().showEvent(event)

    @property
    def _has_steps(self) -> bool:
        return any(isinstance(q, Steps) for q in self.model.reference.plan_form.questions())

    @property
    def _facts(self) -> Facts:
        return known_facts(self.model)

    def _add_ideas(self) -> None:
        known = self.model.reference
        self.ideas = Ideas(self.look, known.catalogue, known.phrases)
        self.ideas.taken.connect(self._take)
        self.add(self.ideas)

    def _add_aids(self) -> None:
        self.tasks, self.reminders = Tasks(self.look), Reminders(self.look)
        self.tasks.ticked.connect(self._tick)
        self._active = text("", "caption", "muted", wrap=True)
        self._aids = [self.reminders, self.tasks, self._active]
        self.add(column(*self._aids, gap=4))

    def _folded(self) -> list[QWidget]:
        """The rest, with the step-down as one table of the certificate's periods and what is said of them."""
        made: list[QWidget] = []
        periods = self.model.reference.of_kind(Periods)
        for ref in self._rest:
            field = self.field(ref)
            if isinstance(self.model.reference.question(ref), Steps) and periods is not None:
                self.steps = StepDownPart(self.look, self.model, periods, field)
                self.fields.setdefault(periods.ref, self.steps.table)
                made += [self.steps.tip, self.steps.table]
            made.append(field)
            if ref == WORKS and self._has_steps:
                self.capacities = Capacities(self.look, self.model.reference.catalogue)
                self.capacities.taken.connect(self._write_capacity)
                self._can = Fold(self.look, say("capacity.head"), self.capacities)
                made.append(self._can)
        return made

    def _show_late(self, *, without: bool) -> None:
        day = iso_day(str(self.model.now.answers.get(FOLLOW_UP, "")))
        said = "" if without else late_words(day, self._facts.last)
        self._late.setText(said)
        self._late.setVisible(bool(said) and self._has_steps)

    def _show_aids(self, *, without: bool) -> None:
        """Suggestions and lists for what is entered now; none of them in a plan that is signed or isn't to be made."""
        facts, known = self._facts, self.model.reference
        answers, writing = self.model.now.answers, not (without or self.model.plan_signed)
        measures = self._measures
        if self.ideas:
            self.ideas.setVisible(writing and MEASURES in self.model.now.open_refs)
            self.ideas.show_ideas(
                suggested(facts, known.catalogue),
                {*(m.idea for m in measures), *(m.what for m in measures)},
                brief=size(facts) == "short",
            )
        self.fields[MEASURES].open_all(opened=self.model.signed)
        self.reminders.show_reminders(reminders(facts, known.catalogue))
        self.reminders.setVisible(writing and not self.reminders.is_empty)
        ready = not any(p.level == "error" and not is_of_plan(p.ref) for p in self.model.now.problems)
        record, closed = self.model.consultation, self.model.locked or self.model.ended or self.model.read_only
        self.tasks.show_tasks(seven(known.catalogue, record, answers, certificate_ready=ready), usable=not closed)
        self.tasks.setVisible(not without)
        missing = lacks(None if without else answers)
        parts = say("ideas.and").join(say(f"active.{part}") for part in missing)
        self._active.setText(say("active.lacks", parts=parts) if missing else say("active.whole"))
        self._active.setVisible(self.model.consultation.instead is None)
        if self.steps:
            self.steps.show(shown=not without)
        written = str(answers.get(WORKS, "")).casefold()
        self.capacities.show_capacities(
            [each for each in capacities(facts, known.catalogue) if each.text.casefold() not in written]
        )
        self._can.setVisible(writing)

    @property
    def _measures(self) -> tuple[Measure, ...]:
        value = self.model.now.answers.get(MEASURES)
        return tuple(m for m in value if isinstance(m, Measure)) if isinstance(value, tuple) else ()

    @Slot(str)
    def _take(self, key: str) -> None:
        known = self.model.reference
        made = row(known.catalogue.idea(key), known.catalogue, known.today())
        kept = tuple(m for m in self._measures if m != Measure())
        self.model.settle()
        self.model.answer(MEASURES, (*kept, made))
        self.model.settle()

    @Slot(str, bool)
    def _tick(self, task: str, on: bool) -> None:
        """What only the physician knows; also after the signature, for then it is written in the record."""
        rest = tuple(each for each in self.model.consultation.tasks if each != task)
        self.model.change(f"task {task}", tasks=(*rest, task) if on else rest)

    @Slot(str)
    def _write_capacity(self, words: str) -> None:
        """The sentence after what stands there already."""
        said = str(self.model.now.answers.get(WORKS, "")).rstrip()
        sentence = f"{words[:1].upper()}{words[1:]}."
        self.model.settle()
        self.model.answer(WORKS, f"{said} {sentence}".strip())
        self.model.settle()

    @Slot(bool)
    def _leave_out(self, on: bool) -> None:
        if on:
            self.refresh()
            self.go_to(self.reason.place(""))
        else:
            self.model.change(REASON.ref, no_plan="")
