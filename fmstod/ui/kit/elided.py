"""A line of words that is cut with an ellipsis where it has no room; whole for pointer and screen reader."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

Elide = Qt.TextElideMode
LONG, PIECE = 24, 16  # letters on end that need no place to break, and those between two places


class Elided(QLabel):
    """`least` is the width in px that it keeps. With `ElideLeft` the end of the words stays in sight."""

    def __init__(self, role: str = "body", tone: str = "", *, least: int = 0, mode: Elide = Elide.ElideRight) -> None:
        super().__init__()
        self._least, self._mode = least, mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        for name, value in {"role": role, "tone": tone, "lines": "one"}.items():
            self.setProperty(name, value)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def shown(self) -> str:
        """What there is room for."""
        return QFontMetrics(self.font()).elidedText(self.text(), self._mode, self.width())

    def setText(self, words: str) -> None:
        super().setText(words)
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + 1, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._least, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), flags, self.shown)
        painter.end()

    def _tell(self) -> None:
        self.setToolTip("" if self.shown == self.text() else self.text())


def breakable(words: str) -> str:
    """With places to break in what has more letters on end than a line may have room for: nothing of it is cut."""
    return re.sub(rf"\S{{{LONG + 1},}}", lambda found: re.sub(rf"(\S{{{PIECE}}})(?=\S)", "\\1\u200b", found[0]), words)
