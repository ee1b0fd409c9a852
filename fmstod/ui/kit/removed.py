"""U-8 for a box that is in no field: what a certificate can't carry has gone, and that is said below it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from fmstod.texts import text as say
from fmstod.ui.kit.boxes import LineBox, TextBox
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import column, row, text
from fmstod.ui.kit.tokens import Look


class RemovedNote(QWidget):
    """It takes no room until something has gone, and goes when the box is left."""

    def __init__(self, look: Look, box: LineBox | TextBox) -> None:
        super().__init__()
        self._box = box
        self._words = text("", wrap=True)
        line = row(column(2, mark(look, "tip", "muted"), ...), self._words, gap=8)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.hide()
        box.removed.connect(self._tell)
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._box and event.type() == QEvent.Type.FocusOut:
            self.hide()
        return False

    def _tell(self, characters: str) -> None:
        self._words.setText(say("field.removed", characters=" ".join(characters)))
        self.show()
