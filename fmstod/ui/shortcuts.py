"""The list of keys (F1). It stands beside the work and stops nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QWidget
from shiboken6 import isValid

from fmstod.texts import catalogue
from fmstod.texts import text as say
from fmstod.ui.parts import button, column, row, text
from fmstod.ui.tokens import Look

PREFIX = "key."  # `key.<n>.keys` and `key.<n>.does` in resources/texts, in the order of n


class ShortcutList(QFrame):
    """A card in the upper right corner of its window; F1 or Esc takes it away, and the focus is where it was."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("card", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(say("keys.title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        numbers = sorted({int(key.split(".")[1]) for key in catalogue() if key.startswith(PREFIX)})
        for at, n in enumerate(numbers):
            grid.addWidget(text(say(f"key.{n}.keys"), "strong"), at, 0)
            grid.addWidget(text(say(f"key.{n}.does")), at, 1)
        close = button(look, say("keys.close"))
        close.clicked.connect(self.close)
        self._close = close
        self._held: QWidget | None = None
        self.setLayout(column(text(say("keys.title"), "heading"), 12, grid, 16, row(close, ...), pad=(24, 16, 24, 24)))

    def open_beside(self) -> None:
        """Show it, or take away the one that is there."""
        window = self.parentWidget()
        for other in window.findChildren(ShortcutList):
            if other is not self and other.isVisible():
                other.close()
                self.deleteLater()
                return
        self._held = QApplication.focusWidget()
        self.adjustSize()
        self.move(window.width() - self.width() - 24, 96)
        self.show()
        self.raise_()
        self._close.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._held is not None and isValid(self._held) and self._held.isVisible():
            self._held.setFocus(Qt.FocusReason.ShortcutFocusReason)
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
