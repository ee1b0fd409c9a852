"""Step 6, the plan: what the sick leave should lead to, who does what, and when it is followed up."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from fmstod.certificate.form import Text
from fmstod.domain.consultation import is_of_plan
from fmstod.texts import text as say
from fmstod.ui.marks import mark, put
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.pages.step import StepPage
from fmstod.ui.parts import button, column, panel, row, rule, text
from fmstod.ui.tick import Tick
from fmstod.ui.tokens import Look

STEP = 6
# What every plan needs (product.md 5.2), with the certificate's two questions where their matter is spoken of.
# All other questions of the step lie below the fold: a plan is as long as the patient needs.
FIRST = (
    "plan.purpose",
    "19",
    "plan.none_needed",
    "plan.measures",
    "44",
    "plan.followup",
    "plan.participated",
    "plan.participation",
    "plan.goal",
)
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
    """The short plan first, the rest of it folded; or no plan now, with a reason."""

    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__(look, model, STEP, refs=())
        closed = "step.locked" if model.locked else "plan_page.signed"
        locked = row(mark(look, "lock", "muted"), text(say(closed), "strong"), ..., pad=(12, 8, 12, 8))
        self._locked = panel(locked, ground="hover")
        self.add(self._locked)
        self.without = Tick(look, say("plan_page.not_now"))
        self.without.clicked.connect(self._leave_out)
        self.reason = self.own(REASON, lambda record: record.no_plan, lambda _, words: {"no_plan": words or ""})
        self.add(column(row(self.without, ...), self.reason, gap=8))
        asked = [q.ref for q in model.reference.questions(STEP)]
        for ref in FIRST:
            if ref in asked:
                self.add(self.field(ref))
        self._rest = [ref for ref in asked if ref not in FIRST]
        self._fold = QWidget()
        self._fold.setLayout(column(*(self.field(ref) for ref in self._rest), gap=20))
        self._fold.hide()
        self.more = button(look, say("plan_page.more"), "plain", "right", "accent")
        self.more.clicked.connect(self._toggle)
        self._long = QWidget()
        self._long.setLayout(column(rule(), 12, row(self.more, ...), 12, self._fold))
        self.add(self._long)

    def show_own(self) -> None:
        asked = not self.model.signed  # once the certificate stands without it, the plan is all that is left to write
        without = asked and (bool(self.model.consultation.no_plan) or self.without.isChecked())
        self.without.setChecked(without)
        self.reason.setVisible(without)
        self._long.setVisible(not without)
        for ref, field in self.fields.items():
            if is_of_plan(ref):
                field.setVisible(ref in self.model.now.open_refs and not without)
        for field in self.fields.values():
            if self.model.plan_signed:  # the plan is open until it is signed itself
                field.setEnabled(False)
        self.without.setVisible(asked)
        self._locked.setVisible(self.model.plan_signed)

    def focus_first(self) -> None:
        """The plan's purpose: leaving the plan out is no first thing to do."""
        purpose = self.fields[FIRST[0]]
        if purpose.isVisibleTo(self):
            self.begin_at(purpose.place(""))
        else:
            super().focus_first()

    def place(self, field: str) -> None:
        if field.partition("[")[0] in self._rest:
            self._open(shown=True)
        super().place(field)

    @Slot(bool)
    def _leave_out(self, on: bool) -> None:
        if on:
            self.refresh()
            self.go_to(self.reason.place(""))
        else:
            self.model.change(REASON.ref, no_plan="")

    @Slot()
    def _toggle(self) -> None:
        self._open(shown=self._fold.isHidden())

    def _open(self, *, shown: bool) -> None:
        self._fold.setVisible(shown)
        put(self.more, self.look, "down" if shown else "right", "accent")
