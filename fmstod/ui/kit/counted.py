"""A box for words that are kept as they are, with the count of its characters and their most."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fmstod.domain.event import LONGEST_TEXT
from fmstod.texts import text as say
from fmstod.ui.fields.text import Counter, thousands
from fmstod.ui.kit.boxes import TextBox
from fmstod.ui.kit.parts import above, column, panel
from fmstod.ui.kit.removed import RemovedNote
from fmstod.ui.kit.tokens import Look


class CountedBox(QWidget):
    """Nothing is cut: what is too long is said, and stays."""

    typed = Signal()

    def __init__(self, look: Look, name: str, lines: int = 3, most: int = LONGEST_TEXT) -> None:
        super().__init__()
        self._most = most
        self.box, self._counter = TextBox(look, name, lines), Counter(most)
        self.box.typed.connect(self._count)
        self.setLayout(above(name, panel(column(self.box, self._counter.label, RemovedNote(look, self.box), gap=4))))
        self.box.setAccessibleName(name)

    @property
    def words(self) -> str:
        return self.box.toPlainText().strip()

    @property
    def fault(self) -> str:
        """Why the words can't be kept; empty if they can."""
        if len(self.words) <= self._most:
            return ""
        return say("counted.too_long", count=thousands(len(self.words)), most=thousands(self._most))

    def _count(self, words: str) -> None:
        self._counter.show_count(len(words))
        self.typed.emit()
