"""The first start, after the passphrase: who the physician is, and which unit."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fmstod import clock
from fmstod.texts import text as say
from fmstod.ui.kit.parts import button, column, dress, panel, row, scroller, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.settings.issuer import IssuerForm

WIDTH = 880  # px at 100 %


class SetupPage(QWidget):
    finished = Signal(object)  # Issuer

    def __init__(self, look: Look, today: Callable[[], date] = clock.today) -> None:
        super().__init__()
        dress(self, ground="window")
        self.form = IssuerForm(look, today)
        self._left = text("", tone="error")
        onward = button(look, say("issuer.go_on"), "primary")
        onward.clicked.connect(self._finish)
        sheet = panel(
            column(
                text(say("issuer.title"), "title"),
                4,
                text(say("issuer.help"), tone="muted", wrap=True),
                24,
                self.form,
                24,
                row(self._left, ..., onward),
            ),
            ground="window",
        )
        sheet.setMaximumWidth(look.px(WIDTH))
        middle = row(..., sheet, ..., pad=(24, 32, 24, 32))
        middle.setStretch(1, 100)
        self.setLayout(column(scroller(panel(column(middle, ...), ground="window"), "window")))

    def focus_first(self) -> None:
        self.form.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._finish()
        else:
            self.focusNextChild()

    def _finish(self) -> None:
        wrong = self.form.check()
        self._left.setText(wrong_words(wrong))
        if not wrong:
            self.finished.emit(self.form.issuer)


def wrong_words(count: int) -> str:
    if not count:
        return ""
    return say("issuer.one_wrong") if count == 1 else say("issuer.wrong_count", count=count)
