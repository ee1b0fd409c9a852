"""The help (F1): the list of keys, and from there the page of all rules. It stands beside the work and stops nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QWidget
from shiboken6 import isValid

from fmstod.texts import catalogue
from fmstod.texts import text as say
from fmstod.ui.kit.over import STEPS
from fmstod.ui.kit.parts import button, column, panel, row, scroller, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.pages.rules import RulesPage, all_rules

PREFIX = "key."  # `key.<n>.keys` and `key.<n>.does` in resources/texts, in the order of n
TOP, AROUND, SCROLL_BAR = 96, 100, 12  # px: above the card, its own edges and gaps, room for a bar
TITLE_AND_FOOT = 64  # px at 100 %


class ShortcutList(QFrame):
    """A card in the upper right corner of its window; F1 or Esc takes it away, and the focus is where it was."""

    def __init__(self, look: Look, window: QWidget, room: QWidget | None = None) -> None:
        """`room` is the part of the window that the page of rules lies over; all of it by default."""
        super().__init__(window)
        self.setProperty("card", "true")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(say("keys.title"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(0)
        numbers = sorted({int(key.split(".")[1]) for key in catalogue() if key.startswith(PREFIX)})
        for at, n in enumerate(numbers):
            grid.addWidget(text(say(f"key.{n}.keys"), "strong"), at, 0)
            grid.addWidget(text(say(f"key.{n}.does")), at, 1)
        close, rules = button(look, say("keys.close")), button(look, say("rules.open"), "plain", "right", "accent")
        close.clicked.connect(self.close)
        rules.clicked.connect(self._show_rules)
        self._look, self._room, self._close = look, room or window, close
        self._held: QWidget | None = None
        self._keys = panel(grid, ground="surface")
        self._area = scroller(self._keys, "surface")
        foot = row(close, 16, rules, ...)
        self.setLayout(column(text(say("keys.title"), "heading"), 12, self._area, 16, foot, pad=(24, 16, 24, 24)))

    def open_beside(self) -> None:
        """Show it, or take away the one that is there."""
        window = self.parentWidget()
        for other in window.findChildren(ShortcutList):
            if other is not self and other.isVisible():
                other.close()
                self.deleteLater()
                return
        self._held = QApplication.focusWidget()
        need, room = self._keys.sizeHint(), window.height() - TOP - AROUND - self._look.px(TITLE_AND_FOOT)
        self._area.setFixedSize(need.width() + SCROLL_BAR, min(need.height(), room))
        self.adjustSize()
        self.move(window.width() - self.width() - 24, TOP)
        self.show()
        self.raise_()
        self._close.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._held is not None and isValid(self._held) and self._held.isVisible():
            self._held.setFocus(Qt.FocusReason.ShortcutFocusReason)
        super().closeEvent(event)

    def _show_rules(self) -> None:
        """The list gives way to it, and leads back to where the work was."""
        self.close()
        RulesPage(self._look, self._room, all_rules()).open_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in STEPS:
            self._area.verticalScrollBar().triggerAction(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
