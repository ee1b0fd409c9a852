"""Step 7 without sick leave: what the record system gets, in the place of the certificate."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from fmstod.texts import text as say
from fmstod.ui.kit.parts import button, column, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.journal import journal_of

TALL = 320  # px at 100 % text: its least height


class JournalView(QWidget):
    """The text as it will be copied; it can be read and marked, and is changed where it was written."""

    wanted = Signal()

    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__()
        self._model = model
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setFrameShape(QFrame.Shape.NoFrame)
        self.words.setAccessibleName(say("ending.journal"))
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.copy = button(look, say("ending.copy"))
        self.copy.clicked.connect(self.wanted)
        self.setMinimumHeight(look.px(TALL))
        head = row(text(say("ending.journal"), "strong"), ...)
        self.setLayout(
            column(head, 8, self.words, 8, row(self.copy, text(say("ending.copy_key"), "caption", "muted"), ...))
        )

    def show_own(self) -> None:
        """What it says now, and the reader stays where they were."""
        if self.isHidden():
            return
        said = journal_of(self._model)
        if said != self.words.toPlainText():
            at = self.words.verticalScrollBar().value()
            self.words.setPlainText(said)
            self.words.verticalScrollBar().setValue(at)
