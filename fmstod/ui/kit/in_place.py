"""What is asked or written in its place in a card, instead of in a dialogue: done, or left with Esc."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget

from fmstod.ui.kit.parts import button, column, panel, row, rule, text
from fmstod.ui.kit.tokens import Look

MARGIN = 8  # px around what is brought into sight


class InPlace(QWidget):
    """`left` when nothing is to be done. What was written stays until the owner takes the part away."""

    left = Signal()

    def __init__(self, look: Look, done: str, leave: str) -> None:
        super().__init__()
        self.done = button(look, done, "primary")
        self._leave = button(look, leave, "plain")
        self._refusal = text("", tone="error", wrap=True)
        self._refusal.hide()
        self._ways = panel(row(self.done, self._leave, ...))
        self.done.clicked.connect(self._ask)
        self._leave.clicked.connect(self.left)

    def lay(self, *parts: QWidget | QLayout) -> None:
        self._parts = [panel(part) if isinstance(part, QLayout) else part for part in parts]
        self._lines = column(rule(), *self._parts, self._refusal, self._ways, gap=8)
        self.setLayout(self._lines)

    def refuse(self, words: str) -> None:
        """Why it was not done, above the button; empty words take it back."""
        self._put_above(self._ways)
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))
        self.done.setAccessibleDescription(words)
        if words:
            QTimer.singleShot(0, self, self._reveal_first)

    def lead_to(self, place: QWidget) -> None:
        """Put the focus where something is to be mended, with why above it: below it may be out of sight."""
        self._put_above(next(part for part in self._parts if part is place or part.isAncestorOf(place)))
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

    def _put_above(self, part: QWidget) -> None:
        """The refusal above a part."""
        self._lines.removeWidget(self._refusal)
        self._lines.insertWidget(self._lines.indexOf(part), self._refusal)

    @Slot()
    def _ask(self) -> None:
        self.do()
