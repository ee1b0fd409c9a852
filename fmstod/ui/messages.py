"""What is said to the user about problems and failures: in words, in one place."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from fmstod.domain.problem import Level, Problem
from fmstod.errors import FmstodError
from fmstod.texts import text as say
from fmstod.ui.kit.marks import IconLabel
from fmstod.ui.kit.parts import button, restyle, row, text
from fmstod.ui.kit.tokens import Look

ORDER = {level: n for n, level in enumerate(Level)}  # what stops signing comes first
LEVELS = {Level.ERROR: ("error", "error"), Level.WARNING: ("warn", "warn"), Level.TIP: ("tip", "muted")}  # icon, tone


def message_of(problem: Problem) -> str:
    """The sentence for what a rule says."""
    return say(problem.text_key, **problem.values)


def failure_of(error: FmstodError) -> str:
    """The sentence for a failure of the world."""
    return say(error.text_key, **error.values)


class MessageBar(QFrame):
    """A strip that says one thing until it is answered or put away (Esc). Never modal."""

    acted = Signal()
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("bar", "true")
        self._icon = IconLabel(look)
        self._words = text("", wrap=True)
        self._act = button(look, "", "plain")
        self._close = button(look, "", "quiet", "close", "muted", name=say("message.close"))
        self._act.clicked.connect(self.acted)
        self._close.clicked.connect(self.put_away)
        self.setLayout(row(self._icon, self._words, self._act, self._close, gap=12, pad=(24, 4, 16, 4)))
        self.layout().setStretchFactor(self._words, 1)
        self.hide()

    def show_message(self, words: str, level: Level = Level.TIP, action: str = "") -> None:
        """`action` is the words of a button that emits `acted`."""
        icon, tone = LEVELS[level]
        self._icon.show_mark(icon, tone)
        restyle(self, ground={Level.ERROR: "error", Level.WARNING: "warn"}.get(level, "hover"))
        self._words.setText(words)
        self._act.setText(action)
        self._act.setAccessibleName(action)
        self._act.setVisible(bool(action))
        self.setAccessibleName(words)
        self.show()

    def show_failure(self, error: FmstodError) -> None:
        self.show_message(failure_of(error), Level.ERROR)

    def put_away(self) -> None:
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)
