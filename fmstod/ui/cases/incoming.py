"""What a draft of Webcert's becomes, shown before it is kept."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

from fmstod.certificate.webcert_carry import ASKS, Change
from fmstod.texts import text as say
from fmstod.ui.cases.arriving import Incoming
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, button, column, dress, panel, row, scroller, text
from fmstod.ui.kit.tokens import Look

WIDTH = 720  # px at 100 %
STEPS = {
    Qt.Key.Key_PageDown: QAbstractSlider.SliderAction.SliderPageStepAdd,
    Qt.Key.Key_PageUp: QAbstractSlider.SliderAction.SliderPageStepSub,
}


class IncomingPage(QWidget):
    """`kept` with the consultation, or `left` when it isn't wanted."""

    kept = Signal(object)  # Consultation
    left = Signal()

    def __init__(self, look: Look, incoming: Incoming) -> None:
        super().__init__()
        dress(self, ground="window")
        self._keep = button(look, say("incoming.keep"), "primary")
        self._keep.clicked.connect(lambda: self.kept.emit(incoming.consultation))
        leave = button(look, say("incoming.leave"))
        leave.clicked.connect(self.left)
        patient = incoming.consultation.patient
        who = patient.number or patient.typed or say("incoming.nobody")
        told = say("incoming.about", title=incoming.title, version=incoming.version, who=who, becomes=incoming.becomes)
        sheet = panel(
            column(
                text(say("incoming.title"), "title"),
                4,
                text(told, tone="muted", wrap=True),
                24,
                *_changes(look, incoming.changes),
            ),
            ground="window",
        )
        sheet.setMaximumWidth(look.px(WIDTH))
        middle = row(..., sheet, ..., pad=(24, 32, 24, 32))
        middle.setStretch(1, 100)
        # In sight however long the list is: what has the focus is seen.
        foot = panel(row(..., leave, self._keep, pad=(24, 12, 24, 12)), ground="surface", edge="top")
        self._list = scroller(panel(column(middle, ...), ground="window"), "window")
        self.setLayout(column(self._list, foot))

    def focus_first(self) -> None:
        self._keep.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in STEPS:  # the list is read with the focus on what it is read for
            self._list.verticalScrollBar().triggerAction(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _changes(look: Look, changes: Sequence[Change]) -> list[Part]:
    """One line for each: a warning where the physician has something to do."""
    if not changes:
        return [text(say("incoming.unchanged"), wrap=True)]
    parts: list[Part] = [text(say("incoming.changed"), "heading"), 12]
    for change in changes:
        words = say(change.text_key, **change.values)
        icon = mark(look, "warn", "warn") if change.key in ASKS else mark(look, "tip", "muted")
        question = change.ref.split(".")[0]
        title = say("incoming.question", question=question) if question else say("incoming.whole")
        line = row(column(icon, ...), column(text(title, "strong"), text(words, wrap=True)), gap=12)
        line.setStretch(1, 1)
        parts += [line, 12]
    return parts
