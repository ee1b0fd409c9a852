"""Places in a text that are worth a thought, underlined; they follow the text while it is being written."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from fmstod.domain.problem import Level, Problem
from fmstod.ui.kit.boxes import TextBox
from fmstod.ui.kit.tokens import Look

Underline = QTextCharFormat.UnderlineStyle
# A warning and a tip differ in shape and colour.
STYLES = {Level.WARNING: (Underline.WaveUnderline, "warn"), Level.TIP: (Underline.DotLine, "muted")}


class Underlines(QObject):
    """`pointed` tells the problem in whose place the caret stands, None outside of all."""

    pointed = Signal(object)

    def __init__(self, look: Look, box: TextBox) -> None:
        super().__init__(box)
        self._look, self._box = look, box
        self._marks: list[tuple[Problem, QTextCursor]] = []
        self._at: Problem | None = None
        box.cursorPositionChanged.connect(self._moved)

    @property
    def places(self) -> Sequence[tuple[int, Problem]]:
        """Where each mark begins now, in the order of the text."""
        return sorted(((mark.selectionStart(), problem) for problem, mark in self._marks), key=lambda each: each[0])

    def show_problems(self, problems: Sequence[Problem], text: str) -> None:
        """`text` is the one that the places are of; while another is written, the marks that are there stay."""
        if text != self._box.toPlainText():
            return
        self._marks = [(problem, self._cursor(*span)) for problem in problems for span in problem.spans]
        self._box.setExtraSelections([self._selection(problem, mark) for problem, mark in self._marks])
        self._moved()

    def go_to(self, start: int | None) -> None:
        """Put the caret there; without a place to the end, where more is written."""
        cursor = self._box.textCursor()
        cursor.setPosition(len(self._box.toPlainText()) if start is None else start)
        self._box.setTextCursor(cursor)
        self._box.ensureCursorVisible()
        self._moved()

    def _cursor(self, first: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self._box.document())
        cursor.setPosition(first)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _selection(self, problem: Problem, mark: QTextCursor) -> QTextEdit.ExtraSelection:
        style, token = STYLES[problem.level]
        letters = QTextCharFormat()
        letters.setUnderlineStyle(style)
        letters.setUnderlineColor(self._look.colour(token))
        made = QTextEdit.ExtraSelection()
        made.cursor, made.format = mark, letters
        return made

    @Slot()
    def _moved(self) -> None:
        at = self._box.textCursor().position()
        inside = (p for p, mark in self._marks if mark.selectionStart() <= at <= mark.selectionEnd())
        found = next(inside, None)
        if found != self._at:
            self._at = found
            self.pointed.emit(found)
