"""The timeline: a patient's sick leave on one axis of days. Keys move along it and closer; what has the mark is said."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from fmstod.dates import day_month
from fmstod.sickleave import timeline as axis
from fmstod.sickleave.timeline import Item, Kind, Zoom
from fmstod.texts import catalogue
from fmstod.texts import text as say
from fmstod.ui.kit.tokens import Look
from fmstod.ui.timeline.bars import Scale
from fmstod.ui.timeline.paint import Lanes, paint_axis

CLOSER, WIDER, BACK = (Qt.Key.Key_Plus, Qt.Key.Key_Equal), (Qt.Key.Key_Minus,), Qt.Key.Key_0
LONG = 26 * 7  # days: of a longer case the close look is shown first
NEAR = 12  # px from the pointer within which a mark is meant


class Timeline(QWidget):
    """A picture that is also a control: arrows go from one thing to the next, plus and minus come closer and go back.

    `chosen` tells the item that the user has gone to, None when left with Esc.
    """

    chosen = Signal(object)  # Item or None

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._axis = axis.Timeline(today=date.min)
        self._zoom: Zoom | None = None  # None: as suits the case
        self._at: int | None = None
        self._items: Sequence[Item] = ()
        self._lanes = Lanes.of(look)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("timeline.name"))
        self.setAccessibleDescription(say("timeline.empty"))
        self.setToolTip(say("timeline.keys"))

    def show_axis(self, shown: axis.Timeline) -> None:
        if shown == self._axis:
            return
        before = self.item
        self._axis = shown
        self._items = axis.items(shown, catalogue(), spoken)
        self._at = _place_of(before, self._items) if before else None
        said = [each.said for each in self._items] if shown.bars else [say("timeline.empty")]
        self.setAccessibleDescription("\n".join(said))
        self.update()

    @property
    def item(self) -> Item | None:
        """What the user has gone to."""
        return None if self._at is None else self._items[self._at]

    @property
    def zoom(self) -> Zoom:
        """How much is shown. Of a long case the close look, unless the user has chosen."""
        if self._zoom is not None:
            return self._zoom
        first, last = axis.window(self._axis, Zoom.CASE)
        return Zoom.CLOSE if (last - first).days > LONG else Zoom.CASE

    @property
    def window_shown(self) -> tuple[date, date]:
        """The first and the last day that are drawn; moved to where the user has gone."""
        first, last = axis.window(self._axis, self.zoom)
        item = self.item
        if item is None or (item.last >= first and item.first <= last):
            return first, last
        half = (last - first).days // 2
        begin = min(max(item.first.toordinal() - half, 1), date.max.toordinal() - 2 * half)
        return date.fromordinal(begin), date.fromordinal(begin + 2 * half)

    def go(self, place: int | None) -> None:
        """To one of the things in time order, None to leave them."""
        self._at = None if place is None or not self._items else min(max(place, 0), len(self._items) - 1)
        self.update()
        item = self.item
        if item is not None:
            self._announce(item.said)
        self.chosen.emit(item)

    def look_at(self, zoom: Zoom | None) -> None:
        """Closer or wider; None is as it was first."""
        self._zoom = zoom
        self._announce(say(f"timeline.zoom.{self.zoom}"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, self._lanes.height)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._lanes.height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = event.key(), len(self._items) - 1
        to = {
            Qt.Key.Key_Right: self._beginning() if self._at is None else self._at + 1,
            Qt.Key.Key_Left: self._beginning() if self._at is None else self._at - 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if key in to:
            self.go(to[Qt.Key(key)])
        elif key in CLOSER or key in WIDER:
            self._step(-1 if key in CLOSER else 1)
        elif key == BACK:
            self.look_at(None)
        elif key == Qt.Key.Key_Escape and self._at is not None:
            self.go(None)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        place = self._place_at(event.position().x(), event.position().y())
        if place is not None:
            self.go(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl closer and wider; else the page scrolls."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and event.angleDelta().y():
            self._step(-1 if event.angleDelta().y() > 0 else 1)
            event.accept()
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._axis.today != date.min:
            paint_axis(painter, self._look, self._axis, self._scale(), self.window_shown, self.width())
            self._mark_item(painter)
        painter.end()

    def _scale(self) -> Scale:
        first, last = self.window_shown
        return Scale(first, 0.0, self.width() / ((last - first).days + 1))

    def _step(self, way: int) -> None:
        zooms = list(Zoom)
        self.look_at(zooms[min(max(zooms.index(self.zoom) + way, 0), len(zooms) - 1)])

    def _beginning(self) -> int:
        """Where the arrows begin: today."""
        return next((n for n, each in enumerate(self._items) if each.mark and each.mark.kind is Kind.TODAY), 0)

    def _mark_item(self, painter: QPainter) -> None:
        """A ring around what the user has gone to."""
        item = self.item
        if item is None:
            return
        scale, lanes = self._scale(), self._lanes
        left, right = scale.x(item.first), scale.end(item.last)
        if item.mark:
            middle, half = (left + right) / 2, self._look.px(8) / 2 + 4
            rect = QRectF(middle - half, lanes.base + self._look.px(12) - half - 2, 2 * half, 2 * half + 4)
        else:
            rect = QRectF(left, lanes.base - lanes.lane - 3, max(right - left, 4), lanes.lane + 6)
        painter.setPen(QPen(self._look.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.intersected(QRectF(1, 1, self.width() - 2, self.height() - 2)), 4, 4)

    def _place_at(self, x: float, y: float) -> int | None:
        """The mark nearest to the pointer, below the line; the bar under it, above."""
        scale, lanes = self._scale(), self._lanes
        if y > lanes.base:
            middles = {n: scale.x(e.first) + scale.day_width / 2 for n, e in enumerate(self._items) if e.mark}
            near = {n: abs(middle - x) for n, middle in middles.items() if abs(middle - x) <= self._look.px(NEAR)}
            return min(near, key=near.__getitem__, default=None)
        day = scale.first + timedelta(days=int(x // scale.day_width))
        return next((n for n, e in enumerate(self._items) if not e.mark and e.first <= day <= e.last), None)

    def _announce(self, words: str) -> None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))


def _place_of(item: Item, items: Sequence[Item]) -> int | None:
    """Where the same thing stands now. Of a day of the law that was moved it is the day itself: its sheet stays open."""
    same = (n for n, each in enumerate(items) if _which(each) == _which(item))
    day = item.mark.day if item.mark else None
    other = (n for n, each in enumerate(items) if day and each.mark and each.mark.day == day)
    return next(same, next(other, None))


def _which(item: Item) -> tuple[object, ...]:
    """What makes it the same thing, however it is said now."""
    mark = item.mark
    return (item.first, mark.kind, mark.day, mark.caption) if mark else (item.first, item.last)


def spoken(day: date) -> str:
    """`23 november 2026`."""
    return f"{day_month(day)} {day.year}"
