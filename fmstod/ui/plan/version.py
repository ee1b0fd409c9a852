"""What the plan's page says of a signed plan: that it is closed, how it is changed, and what is new in the change."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.clock import SWEDEN
from fmstod.followup.difference import Change
from fmstod.texts import text as say
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import button, column, empty, panel, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.plan_version import change_plan, is_changing, keep_plan, news
from fmstod.ui.plan.aids import Fold


class VersionPart(QWidget):
    """Nothing while the plan has never been signed. `opened` when a change begins."""

    opened = Signal()

    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self.change = button(look, say("plan_version.change"))
        self.change.clicked.connect(self._change)
        self._closed = text("", "strong", wrap=True)
        closed = row(mark(look, "lock", "muted"), self._closed, self.change, pad=(12, 8, 12, 8))
        closed.setStretch(1, 1)
        self._locked = panel(closed, ground="hover")
        self.keep = button(look, "", "plain")
        self.keep.clicked.connect(self._keep)
        self._begun = text("", "strong", wrap=True)
        begun = row(mark(look, "pencil", "muted"), self._begun, self.keep)
        begun.setStretch(1, 1)
        inside = QWidget()
        self._lines = column(gap=8, pad=(24, 0, 0, 0))
        inside.setLayout(self._lines)
        self.new = Fold(look, "", inside)
        self._changing = panel(column(begun, self.new, gap=4, pad=(12, 8, 12, 8)), ground="hover")
        self.setLayout(column(self._locked, self._changing))

    def refresh(self) -> None:
        model, plan = self._model, self._model.plan
        self.setVisible(model.plan_signed or is_changing(model))
        self._locked.setVisible(model.plan_signed)
        self._changing.setVisible(is_changing(model))
        self.change.setVisible(plan is not None and not model.locked)
        if plan is None:
            self._closed.setText(
                say("step.ended" if model.ended else "step.locked" if model.locked else "plan_page.signed")
            )
            return
        values = {"number": plan.version, "day": plan.signed_at.astimezone(SWEDEN).date()}
        self._closed.setText(say("plan_version.signed", **values))
        if is_changing(model):
            self._begun.setText(say("plan_version.begun", **values))
            self.keep.setText(say("plan_version.keep", **values))
            self.keep.setAccessibleName(self.keep.text())
            self._show_news(news(model), plan.version)

    def _show_news(self, changes: Sequence[Change], number: int) -> None:
        key = "news" if changes else "nothing_new"
        self.new.say(say(f"plan_version.{key}", number=number, count=len(changes)))
        empty(self._lines)
        for change in changes:
            parts = [text(change.label, "caption", "muted")]
            if change.before:
                parts.append(text(say("plan_version.before", said=change.before), tone="muted", wrap=True))
            parts.append(text(say("plan_version.after", said=change.after or say("plan_version.gone")), wrap=True))
            self._lines.addLayout(column(*parts))

    @Slot()
    def _change(self) -> None:
        change_plan(self._model)
        self.opened.emit()

    @Slot()
    def _keep(self) -> None:
        keep_plan(self._model)
        self.change.setFocus(Qt.FocusReason.OtherFocusReason)
