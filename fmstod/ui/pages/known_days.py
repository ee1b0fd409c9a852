"""What signed certificates tell of earlier days, beside the question of earlier sick leave: one line and one key."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fmstod.sickleave.earlier import Compared
from fmstod.texts import text as say
from fmstod.ui.dates import days_of
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import button, column, panel, restyle, row, text
from fmstod.ui.kit.tokens import Look


class KnownDays(QWidget):
    """Shown while nothing, or the contrary, has been entered. `taken` with how the days would be entered."""

    taken = Signal(object)  # Earlier

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._entered: object = None
        self._mark, self.words = mark(look, "tip", "muted"), text("", wrap=True)
        self.take = button(look, say("known.take"), name=say("known.take_name"))
        self.take.clicked.connect(self._take)
        line = row(column(2, self._mark, ...), self.words, self.take, gap=8, pad=(12, 8, 12, 8))
        line.setStretch(1, 1)
        self._ground = panel(line, ground="hover")
        self.setLayout(column(self._ground))
        self.hide()

    def show_days(self, leave: Compared, *, usable: bool) -> None:
        entered = leave.entered
        self._entered = entered
        self.setVisible(usable and entered is not None and (leave.days.at_least or leave.contradicts))
        if entered is None:
            return
        key, tone = ("contradicts", "warn") if leave.contradicts else ("told", "muted")
        self.words.setText(say(f"known.{key}", days=days_of(entered.days or 0), since=entered.since))
        self._mark.show_mark("warn" if leave.contradicts else "tip", tone)
        restyle(self._ground, ground="warn" if leave.contradicts else "hover")
        self.take.setAccessibleDescription(self.words.text())

    def _take(self) -> None:
        self.taken.emit(self._entered)
