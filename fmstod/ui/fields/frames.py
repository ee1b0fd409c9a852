"""Sentences to fill in below a text: one is put in where the caret stands, and Tab goes from gap to gap."""

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPushButton, QWidget

from fmstod.quality.frames import GAP, Frame, offered
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import TextBox
from fmstod.ui.kit.marks import put
from fmstod.ui.kit.parts import Flow, button, column, empty, panel, row, text
from fmstod.ui.kit.roving import Roving
from fmstod.ui.kit.tokens import Look


class Gaps(QObject):
    """Puts sentences into a box. While one of them has a gap after the caret, Tab goes there; then it leaves as always."""

    def __init__(self, box: TextBox) -> None:
        super().__init__(box)
        self._box, self._filling = box, False
        box.installEventFilter(self)

    def put_in(self, sentence: str) -> None:
        """After what is there, with its first gap marked to be typed over."""
        cursor = self._box.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        before = self._box.toPlainText()[: cursor.position()]
        after = self._box.toPlainText()[cursor.position() :]
        start = cursor.position() + (1 if before and not before[-1].isspace() else 0)
        cursor.insertText((" " if start > len(before) else "") + sentence + (" " if after and after[0] != " " else ""))
        self._filling = True
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._mark(start)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not self._filling or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Tab or event.modifiers():
            return False
        self._filling = self._mark(self._box.textCursor().selectionEnd())
        return self._filling

    def _mark(self, start: int) -> bool:
        """Mark the next gap from there on; False when there is none."""
        at = self._box.toPlainText().find(GAP, start)
        if at < 0:
            return False
        cursor = self._box.textCursor()
        cursor.setPosition(at)
        cursor.setPosition(at + len(GAP), QTextCursor.MoveMode.KeepAnchor)
        self._box.setTextCursor(cursor)
        return True


class FrameList(QWidget):
    """Folded until it is asked for. `about` gives the ICF categories that come first."""

    def __init__(
        self, look: Look, box: TextBox, frames: Collection[Frame], ref: str, about: Callable[[], Collection[str]]
    ) -> None:
        super().__init__()
        self._look, self._frames, self._ref, self._about = look, tuple(frames), ref, about
        self._roving = Roving(self)
        self.gaps = Gaps(box)
        self.ways: dict[str, QPushButton] = {}
        self.toggle = button(look, say("frames.open"), "plain", "right", "accent")
        self._flow = Flow(6)
        inside = column(text(say("frames.help"), "caption", "muted", wrap=True), panel(self._flow), gap=6)
        self._list = panel(inside)
        self._list.hide()
        self.toggle.clicked.connect(lambda: self.unfold(self._list.isHidden()))
        self.setLayout(column(row(self.toggle, ...), self._list, gap=4))

    def unfold(self, shown: bool) -> None:
        if shown:
            self._build()
        self._list.setVisible(shown)
        put(self.toggle, self._look, "down" if shown else "right", "accent")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._list.isHidden():
            self.toggle.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.unfold(False)
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        found = offered(self._frames, self._ref, self._about())
        if [each.key for each in found] == list(self.ways):
            return
        self._roving.clear()
        empty(self._flow)
        self.ways = {}
        for each in found:
            made = button(self._look, each.label, "chip", name=say("frames.put_in", says=each.says))
            made.setToolTip(each.says)
            made.clicked.connect(partial(self._put_in, each))
            self.ways[each.key] = made
            self._roving.add(made)
            self._flow.addWidget(made)

    def _put_in(self, frame: Frame, _checked: bool = False) -> None:
        self.gaps.put_in(frame.sentence)
