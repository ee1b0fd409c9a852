"""What is asked or written in its place in a card, instead of in a dialogue: done, or left with Esc."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from fmstod.ui.parts import Part, button, column, row, rule, text
from fmstod.ui.tokens import Look

MARGIN = 24  # px around what is brought into sight


class InPlace(QWidget):
    """`left` when nothing is to be done. What was written stays until the owner takes the part away."""

    left = Signal()

    def __init__(self, look: Look, done: str, leave: str) -> None:
        super().__init__()
        self.done = button(look, done, "primary")
        self._leave = button(look, leave, "plain")
        self._refusal = text("", tone="error", wrap=True)
        self._refusal.hide()
        self.done.clicked.connect(self._ask)
        self._leave.clicked.connect(self.left)

    def lay(self, *parts: Part) -> None:
        self.setLayout(column(rule(), *parts, self._refusal, row(self.done, self._leave, ...), gap=8))

    def refuse(self, words: str) -> None:
        """Why it was not done; empty words take it back."""
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))
        self.done.setAccessibleDescription(words)

    def lead_to(self, place: QWidget) -> None:
        """Put the focus where something is to be mended, in sight together with why, where there is room for both."""
        place.setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, self, partial(self._reveal, place))  # once all has its place

    def focus_first(self) -> None:
        """The first thing to answer."""

    def do(self) -> None:
        """Say what is wanted, or refuse."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._reveal_first)

    @Slot()
    def _reveal_first(self) -> None:
        held = QApplication.focusWidget()
        self._reveal(held if held is not None and self.isAncestorOf(held) else self)

    def _reveal(self, place: QWidget) -> None:
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                for widget in (self.done, self._refusal, place):
                    above.ensureWidgetVisible(widget, 0, MARGIN)
            above = above.parentWidget()

    @Slot()
    def _ask(self) -> None:
        self.do()
