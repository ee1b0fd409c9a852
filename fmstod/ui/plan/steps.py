"""The step-down on the plan's page: the certificate's periods with what holds in each, and the steps after it.

Days and degrees are the answer to the certificate's question of periods; what is said of them is the plan's.
"""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from fmstod.certificate.form import Periods
from fmstod.domain.answers import Answer, PeriodRow, StepRow
from fmstod.followup.stepdown import ahead_of, beside, filled, noted, proposal, proposal_ahead, renamed, with_ahead
from fmstod.followup.steps import step_down_tip
from fmstod.texts import text as say
from fmstod.ui.fields.steps import AheadField, StepsField
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import button, column, panel, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.leave import known_facts

STEPS = "plan.stepdown"


class StepDownPart(QObject):
    """What it is made of: `table` of the certificate's steps, `ahead` after them, `tip` of a step-down.

    Every change is one change of the record, so that Ctrl+Z takes it back whole.
    """

    def __init__(self, look: Look, model: ConsultationModel, periods: Periods, ahead: AheadField) -> None:
        super().__init__()
        self._model, self.ref, self.ahead = model, periods.ref, ahead
        words = {"ask": say("steps.title"), "help": say("steps.help")}
        self.table = StepsField(look, periods.changed(**words), model.reference.today)
        self.table.edited.connect(self._answer)
        self.table.noted.connect(self._note)
        self.table.fill_wanted.connect(self._fill)
        ahead.fill_wanted.connect(self._fill_ahead)
        self._take = button(look, say("steps.propose"))
        self._take.clicked.connect(self._propose)
        self._said = text("", "caption", "muted", wrap=True)
        line = row(column(2, mark(look, "tip", "muted"), ...), text(say("steps.tip"), wrap=True), self._take)
        line.setStretch(1, 1)
        self.tip: QWidget = panel(column(line, self._said, gap=4, pad=(12, 8, 12, 8)), ground="hover")

    @property
    def stored(self) -> tuple[StepRow, ...]:
        value = self._model.consultation.answers.get(STEPS)
        return tuple(row for row in value if isinstance(row, StepRow)) if isinstance(value, tuple) else ()

    @property
    def rows(self) -> tuple[PeriodRow, ...]:
        return self._model.consultation.period_rows

    def show(self, *, shown: bool) -> None:
        """As the record says. The steps after the certificate can be written once it is signed."""
        model = self._model
        open_here = not model.plan_signed
        self.table.show_notes(beside(self.rows, self.stored))
        for field in (self.table, self.ahead):
            field.open_notes(opened=open_here)
        self.table.setVisible(shown)
        if model.signed:  # the days are closed then, here and in step 5
            self.table.show_help(False)
        self.ahead.setVisible(shown and (model.signed or bool(ahead_of(self.stored))))
        tip = step_down_tip(model.consultation.periods, model.reference.today())
        self.tip.setVisible(shown and open_here and tip and not ahead_of(self.stored) and bool(self._proposal))
        self._said.setText(say("steps.proposed_ahead" if model.signed else "steps.proposed"))

    @property
    def _proposal(self) -> tuple[PeriodRow, ...]:
        periods = self._model.consultation.periods
        if not self._model.signed:
            return proposal(periods)
        return proposal_ahead(max(periods, key=lambda period: period.last)) if periods else ()

    @Slot()
    def _propose(self) -> None:
        if self._model.signed:
            self._put(with_ahead(self.stored, self._proposal), "step-down proposed")
            self.ahead.focus_first()
        else:
            self._model.settle()
            self._model.answer(self.ref, self._proposal)
            self._model.settle()
            self.table.focus_first()

    @Slot(str, object)
    def _answer(self, ref: str, value: Answer | None) -> None:
        """Periods typed here: what is said of a row goes with it when its degree is changed."""
        before = self.rows
        after = tuple(r for r in value if isinstance(r, PeriodRow)) if isinstance(value, tuple) else ()
        moved = renamed(self.stored, before, after)
        if moved == self.stored:
            self._model.answer(ref, value)
            return
        answers = {**self._model.consultation.answers, STEPS: moved}
        self._model.change(ref, answers={**answers, ref: after} if after else _without(answers, ref))

    @Slot(int, str, str)
    def _note(self, n: int, part: str, words: str) -> None:
        notes = beside(self.rows, self.stored)
        if n < len(notes):
            self._put(noted(self.stored, notes[n].changed(**{part: words})), f"{STEPS}.{n}.{part}")

    @Slot(int)
    def _fill(self, n: int) -> None:
        notes = beside(self.rows, self.stored)
        if n < len(notes):
            self._put(noted(self.stored, self._filled(notes[n])), f"{STEPS}.{n}.filled")

    @Slot(int)
    def _fill_ahead(self, n: int) -> None:
        ahead = ahead_of(self.stored)
        if n < len(ahead):
            made = tuple(self._filled(step) if step is ahead[n] else step for step in self.stored)
            self._put(made, f"{STEPS}.ahead.{n}.filled")

    def _filled(self, step: StepRow) -> StepRow:
        known = self._model.reference
        return filled(step, known_facts(self._model), known.catalogue, known.catalogue.words)

    def _put(self, steps: tuple[StepRow, ...], label: str) -> None:
        answers = self._model.consultation.answers
        made = {**answers, STEPS: steps} if steps else _without(answers, STEPS)
        self._model.change(label, answers=made)


def _without(answers: Mapping[str, Answer], ref: str) -> dict[str, Answer]:
    return {key: value for key, value in answers.items() if key != ref}


def late_words(day: date | None, last: date | None) -> str:
    """What to say of a follow-up on or after the certificate's last day; empty while it leaves time to act."""
    if day is None or last is None or day < last:
        return ""
    return say("steps.late", day=last) if day > last else say("steps.on_last")
