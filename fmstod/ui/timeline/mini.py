"""The timeline's bars in a column of a table."""

from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fmstod.dates import months
from fmstod.texts import text as say
from fmstod.ui.dates import month_starts
from fmstod.ui.kit.tokens import Look
from fmstod.ui.timeline.bars import Scale, paint_bars, text_at, width_of


class MiniTimeline(QStyledItemDelegate):
    """The same bars in a table column; all rows share one axis. Data: periods, or "axis" for the row that names it.

    `COUNTS` is False for those of a certificate that doesn't hold.
    """

    COUNTS = Qt.ItemDataRole.UserRole + 1
    BEFORE, AFTER = 28, 49  # days shown on each side of today

    def __init__(self, table: QWidget, look: Look, today: date) -> None:
        super().__init__(table)
        self._look, self._today = look, today

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        whole = QRectF(option.rect)
        look, rect, data = self._look, whole.adjusted(8, 8, -8, -9), index.data(Qt.ItemDataRole.UserRole)
        scale = Scale(self._today - timedelta(self.BEFORE), rect.left(), rect.width() / (self.BEFORE + self.AFTER))
        now = round(scale.x(self._today))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(whole)
        top = whole.top()
        if data == "axis":
            baseline = whole.center().y() + look.px(4)
            for day in month_starts(scale.first, self._today + timedelta(self.AFTER)):
                if abs(scale.x(day) - now) > look.px(32):
                    text_at(painter, look, scale.x(day), baseline, months()[day.month - 1], "caption", "muted")
            today = say("timeline.today_short")
            text_at(painter, look, now - width_of(look, today, "label") / 2, baseline, today, "label", "accent")
            top = baseline + look.px(6)
        elif data:
            painter.setClipRect(rect.adjusted(0, -8, 0, 0))
            counts = bool(index.data(self.COUNTS))
            paint_bars(painter, look, data, scale, rect.bottom(), rect.height(), counts=counts)
            painter.setClipRect(whole)
        painter.fillRect(QRectF(now, top, 1, whole.bottom() + 1 - top), look.colour("accent"))
        painter.restore()
