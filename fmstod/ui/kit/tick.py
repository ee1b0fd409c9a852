"""A box to tick."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from fmstod.ui.kit.marks import pixmap
from fmstod.ui.kit.tokens import Look
from fmstod.ui.timeline.bars import width_of


class Tick(QCheckBox):
    """A box to tick, drawn from the tokens; its whole width is the target."""

    SIDE = 20

    def __init__(self, look: Look, words: str, name: str = "") -> None:
        super().__init__(words)
        self._look = look
        self.setAccessibleName(name or words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        words = round(width_of(self._look, self.text(), "body")) + 12 if self.text() else 0
        return QSize(self._look.px(self.SIDE) + words, self._look.px(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, side = self._look, self._look.px(self.SIDE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = (self.height() - side) // 2
        on, usable = self.isChecked(), self.isEnabled()
        edge = "accent" if on and usable else "border"
        painter.setPen(QPen(look.colour(edge), 1))
        painter.setBrush(look.colour(edge if on else "hover" if self.underMouse() and usable else "surface"))
        # On the middle of its pixels: between two of them the edge would be half as dark, 1.7:1.
        painter.drawRoundedRect(QRectF(0.5, top + 0.5, side - 1, side - 1), 4, 4)
        if on:
            inset = (side - look.px(16)) // 2
            painter.drawPixmap(inset, top + inset, pixmap(look, "done", "on_accent"))
        painter.setPen(look.colour("text" if usable else "muted"))
        painter.setFont(look.font("body"))
        words = QRect(side + 8, 0, self.width() - side - 8, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()

    def hitButton(self, _position: object) -> bool:
        return True
