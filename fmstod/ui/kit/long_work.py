"""Work that takes seconds: one at a time beside the window, with its progress and a way to stop it after half a second."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar
from shiboken6 import isValid

from fmstod.errors import FmstodError
from fmstod.texts import text as say
from fmstod.ui import background
from fmstod.ui.kit.parts import button, column, row, text
from fmstod.ui.kit.tokens import Look

T = TypeVar("T")
SHOWN_AFTER_MS, LOOKED_AT_MS = 500, 100
WHOLE = 1000  # the bar's own steps: a count of bytes may be larger than Qt's numbers


class Meter:
    """What a thread tells of its work, and hears of the user. The window looks at it: no signal leaves the thread."""

    def __init__(self) -> None:
        self.done, self.total, self.stopped = 0, 0, False

    def tell(self, done: int, total: int) -> bool:
        """Called by the work; False asks it to stop."""
        self.done, self.total = done, total
        return not self.stopped

    def stop(self) -> None:
        self.stopped = True


class LongWork(QFrame):
    """Hidden until a work has lasted for half a second. When the widget goes, the work is stopped and nobody is told."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__()
        self._meter: Meter | None = None
        self._words = text(words, wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, WHOLE)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(words)
        self._stop = button(look, say("long_work.stop"))
        self._stop.clicked.connect(self.stop)
        line = row(self._bar, self._stop, gap=16)
        line.setStretch(0, 1)
        self.setLayout(column(self._words, line, gap=8))
        self._patience, self._watch = QTimer(self), QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self._show)
        self._watch.timeout.connect(self._look)
        self.hide()

    @property
    def busy(self) -> bool:
        return self._meter is not None

    def start(
        self,
        work: Callable[[Callable[[int, int], bool]], T],
        done: Callable[[T], None],
        failed: Callable[[FmstodError], None],
    ) -> None:
        """Do `work` with a function to tell its progress to, then one of the others. Nothing while one is under way."""
        if self._meter is not None:
            return
        meter = self._meter = Meter()
        self.destroyed.connect(meter.stop)
        self._patience.start(SHOWN_AFTER_MS)
        self._watch.start(LOOKED_AT_MS)

        def settle(then: Callable[[T], None] | Callable[[FmstodError], None], found: object) -> None:
            if isValid(self):
                self._end()
                then(found)  # type: ignore[arg-type]  # each with its own

        background.run(lambda: work(meter.tell), lambda found: settle(done, found), lambda error: settle(failed, error))

    def stop(self) -> None:
        """Ask the work to stop; it ends with an error of its own."""
        if self._meter is not None:
            self._meter.stop()
            self._stop.setEnabled(False)

    def _show(self) -> None:
        self._look()
        self.show()

    def _look(self) -> None:
        meter = self._meter
        if meter is not None and meter.total:
            self._bar.setValue(round(WHOLE * min(meter.done / meter.total, 1)))

    def _end(self) -> None:
        self._meter = None
        self._patience.stop()
        self._watch.stop()
        self._bar.setValue(0)
        self._stop.setEnabled(True)
        self.hide()
