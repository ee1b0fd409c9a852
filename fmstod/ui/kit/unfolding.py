"""Keeps what was just unfolded in sight while it finds its place."""

from PySide6.QtCore import QObject, QPoint, QTimer, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

SETTLED_MS = 300  # new cards take a few rounds of layout to get their heights
EDGE = 8  # px above it


class Unfolding(QObject):
    """It belongs to the area that scrolls; what is unfolded there comes to its top, with as much below as has room."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._part: QWidget | None = None
        self._end = QTimer(self, singleShot=True, interval=SETTLED_MS)
        self._end.timeout.connect(self._stop)
        area.verticalScrollBar().rangeChanged.connect(self._follow)

    def show(self, part: QWidget) -> None:
        """Bring a part of the area to its top, now and until the layout rests."""
        self._part = part
        part.destroyed.connect(self._stop)
        self._end.start()
        QTimer.singleShot(0, self, self._follow)

    @Slot()
    def _follow(self) -> None:
        inside = self._area.widget()
        if self._part is not None and inside is not None and inside.isAncestorOf(self._part):
            self._area.verticalScrollBar().setValue(self._part.mapTo(inside, QPoint(0, -EDGE)).y())

    @Slot()
    def _stop(self) -> None:
        self._part = None
