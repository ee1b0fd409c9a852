"""Ending an assessment without a certificate: what it means, and the question in its place. Nothing stops it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.domain.lifecycle import LONGEST_DRAFT
from fmstod.texts import text as say
from fmstod.ui.dates import days_of
from fmstod.ui.kit.in_place import InPlace
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import button, column, panel, row, text
from fmstod.ui.kit.tokens import Look

PAD = (16, 12, 16, 16)


class _Question(InPlace):
    """Asked once."""

    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, say("ending.do"), say("ending.leave"))
        self.means = text("", wrap=True)
        self.lay(text(say("ending.ask"), "strong", wrap=True), self.means)

    def focus_first(self) -> None:
        self.done.setFocus(Qt.FocusReason.TabFocusReason)

    def do(self) -> None:
        self.wanted.emit()


class EndCard(QWidget):
    """`wanted` once the question has been answered; the owner ends the case, or tells why not with `refuse`."""

    wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.way = button(look, say("ending.end"), "primary")
        self.way.clicked.connect(self._ask)
        self.question = _Question(look)
        self.question.wanted.connect(self.wanted)
        self.question.left.connect(self._leave)
        self.question.hide()
        head = row(column(2, mark(look, "done", "muted"), ...), text(say("state.without_leave"), "heading", wrap=True))
        head.setStretch(1, 1)
        means = text(say("ending.means"), tone="muted", wrap=True)
        self.setLayout(
            column(panel(column(head, means, row(self.way, ...), self.question, gap=8, pad=PAD), card="true"))
        )
        self.show_days(LONGEST_DRAFT)

    def show_days(self, days: int) -> None:
        """For how many days from its beginning it can be opened again."""
        self.question.means.setText(say("ending.again", days=days_of(days)))

    def refuse(self, words: str) -> None:
        """Why it was not ended."""
        self.question.refuse(words)

    @Slot()
    def _ask(self) -> None:
        self.way.hide()
        self.question.show()
        self.question.focus_first()

    @Slot()
    def _leave(self) -> None:
        self.refuse("")
        self.way.show()
        self.way.setFocus(Qt.FocusReason.TabFocusReason)
        self.question.hide()
