"""The focus ring."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from fmstod.ui.kit.tokens import RADIUS, Look

# When what got the focus is brought into sight: once it has its place, and once what was left has said what is wrong there.
REVEAL_MS = (0, 50)
MOVING = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


class FocusRing(QWidget):
    """A 2 px ring, 2 px outside whatever has the focus, drawn above the window so that nothing moves.

    In an item view the ring goes round the current row or cell and moves with it. A scroll area cuts it, but for
    what is taller than the area. A button that was clicked has no ring until a key is pressed. What keys bring the focus
    to is brought into sight with its ring: Qt forgets it when the focus comes from outside the area.
    """

    OUT = 4

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self._window, self._look = window, look
        self._watched: list[QWidget] = []
        self._target: QWidget | None = None
        self._offset = QRect()
        self._clicked = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self.follow)
        self.follow(None, QApplication.focusWidget())

    def wear(self, look: Look) -> None:
        """Take the colour of another look."""
        self._look = look
        self.update()

    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Watch the new widget and everything that it lies in, so that scrolling and resizing move the ring too."""
        self._let_go()
        inside = new is not None and self._window.isAncestorOf(new) and new.window() is self.window()
        self._target = widget = new if inside else None
        self._clicked = bool(QApplication.mouseButtons()) and isinstance(new, QAbstractButton)
        while widget is not None and widget is not self.window():
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        if isinstance(self._target, QAbstractItemView):
            self._target.selectionModel().currentChanged.connect(self._settle)
        self._settle()
        if self._target is not None and not QApplication.mouseButtons():
            for wait in REVEAL_MS:
                QTimer.singleShot(wait, self, self._reveal)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVING:
            self._settle()
        elif event.type() == QEvent.Type.KeyPress and self._clicked:
            self._clicked = False
            self._settle()
        return False

    @Slot()
    def _reveal(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible():
            return
        half = target.height() // 2
        for area in self._watched[1:]:
            inside = area.widget() if isinstance(area, QScrollArea) else None
            if isinstance(area, QScrollArea) and inside and 2 * (half + self.OUT) <= area.viewport().height():
                place = target.mapTo(inside, QPoint(0, half))
                area.ensureVisible(place.x(), place.y(), 0, half + self.OUT)

    def _let_go(self) -> None:
        for widget in filter(isValid, self._watched):  # a row that was removed is gone by now
            widget.removeEventFilter(self)
        if isinstance(self._target, QAbstractItemView) and isValid(self._target):
            self._target.selectionModel().currentChanged.disconnect(self._settle)
        self._watched = []

    def _settle(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not target.isVisible() or self._clicked:
            self.hide()
            return
        rect, origin = target.rect(), target
        if isinstance(target, QAbstractItemView) and target.currentIndex().isValid():
            rect, origin = target.visualRect(target.currentIndex()), target.viewport()
            if target.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows:
                rect = QRect(0, rect.y(), origin.width(), rect.height())
        seen = self._window.rect()
        for widget in self._watched[1:]:
            if isinstance(widget, QAbstractScrollArea):
                seen &= self._in_window(widget.viewport(), widget.viewport().rect())
        ring = self._in_window(origin, rect).adjusted(-self.OUT, -self.OUT, self.OUT, self.OUT)
        if ring.height() > seen.height():  # else there would be a line at its top, and no ring
            ring &= seen
        self.setGeometry(ring & seen)
        self._offset = ring.translated(-self.geometry().topLeft())
        self.raise_()
        self.show()
        self.update()

    def _in_window(self, widget: QWidget, rect: QRect) -> QRect:
        return QRect(widget.mapTo(self._window, rect.topLeft()), rect.size())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.colour("focus"), 2))
        painter.drawRoundedRect(QRectF(self._offset).adjusted(1, 1, -1, -1), RADIUS + 3, RADIUS + 3)
        painter.end()
