"""What stands on top of a follow-up that is done: what was recorded, and the way on: extend, close, or the list."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.domain.followup import FollowUp
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import LineBox
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, above, button, column, panel, row, rule, text
from fmstod.ui.kit.tokens import Look


class DoneCard(QWidget):
    """`extend_wanted` for a renewal, `close_wanted` with why there is no plan, where there is none.

    `paper` are the ways out of its note.
    """

    extend_wanted = Signal()
    close_wanted = Signal(str)

    def __init__(
        self, look: Look, record: FollowUp, words: str, paper: QWidget | None = None, *, planned: bool
    ) -> None:
        super().__init__()
        head = row(mark(look, "done", "ok", 24), text(words, "strong", wrap=True), gap=12)
        head.setStretch(1, 1)
        parts: list[Part] = [head]
        self._planned = planned
        self.reason = LineBox(look, say("followup.no_plan_reason"))
        self._refusal = text("", tone="error", wrap=True)
        self._refusal.hide()
        self.close_case = button(look, say("followup.close"), "primary")
        self.extend = button(look, say("followup.extend"), "primary")
        self.close_case.clicked.connect(self._close)
        self.extend.clicked.connect(self._extend)
        if record.outcome is None:
            parts += [text(say("followup.extend_about"), tone="muted", wrap=True), row(self.extend, ...)]
        else:
            about = text(say("followup.close_about"), tone="muted", wrap=True)
            why = [] if planned else [above(say("followup.no_plan_reason"), self.reason)]
            parts += [about, *why, self._refusal, row(self.close_case, ...)]
        parts += [8, rule(), 8, paper] if paper else []
        self.setLayout(column(panel(column(*parts, gap=8, pad=(24, 16, 24, 16)), card="true")))
        self._ends = record.outcome is not None

    def focus_first(self) -> None:
        first = self.extend if not self._ends else self.close_case if self._planned else self.reason
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, words: str) -> None:
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))
        self.close_case.setAccessibleDescription(words)

    @Slot()
    def _extend(self) -> None:
        self.extend_wanted.emit()

    @Slot()
    def _close(self) -> None:
        self.close_wanted.emit(self.reason.text())
