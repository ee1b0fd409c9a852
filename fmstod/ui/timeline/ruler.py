"""The whole recommended time as a ruler, with the planned days in true proportion to it."""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fmstod.dates import months
from fmstod.texts import text as say
from fmstod.ui.dates import month_starts
from fmstod.ui.kit.tokens import Look
from fmstod.ui.timeline.bars import Scale, elided, paint_bars, text_at, width_of
from fmstod.ui.timeline.ruler_plan import Plan


class Ruler(QWidget):
    """Draws one plan; a picture with name and description, not a control."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._plan: Plan | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(say("timeline.ruler"))
        self.setAccessibleDescription(say("timeline.empty"))

    def show_plan(self, plan: Plan) -> None:
        if plan == self._plan:
            return
        self._plan = plan
        self.updateGeometry()
        if plan.periods:
            periods = "; ".join(
                say("timeline.period", degree=p.degree, first=p.first, last=p.last) for p in plan.periods
            )
            said = say(
                "timeline.said", periods=periods, days=plan.days, limit=". ".join((plan.summary, *plan.limit_words))
            )
        else:
            so_far = f"{plan.summary}." if plan.summary else ""
            said = " ".join((say("timeline.empty"), so_far, *plan.limit_words))
        self.setAccessibleDescription(" ".join(said.split()))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, sum(self._rows().values()))

    def _rows(self) -> dict[str, int]:
        px = self._look.px
        return {
            "ruler_text": px(24),
            "ruler": px(12),
            "months": px(20),
            "limits": px(18) * len(self._lines()),
        }

    def _lines(self) -> tuple[tuple[str, str], ...]:
        """With several recommendations each has a line of its own below the ruler, a title and what it says; one stands
        at the ruler's end.
        """
        lines = self._plan.limit_lines if self._plan else ()
        return lines if len(lines) > 1 else ()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows, top, y = self._rows(), dict[str, int](), 0
        for name, height in rows.items():
            top[name], y = y, y + height
        if self._plan is not None:
            self._ruler(painter, self._plan, top, rows)
        painter.end()

    def _ruler(self, painter: QPainter, plan: Plan, top: dict[str, int], rows: dict[str, int]) -> None:
        look, days = self._look, [day for day in plan.limit_days if day]
        total = max(plan.day_of(day) for day in (*days, plan.last))
        scale = Scale(plan.begin, 0.0, self.width() / total)
        y, height = top["ruler"], rows["ruler"]
        baseline = top["ruler_text"] + look.px(16)
        left = width_of(look, plan.summary, "label")
        text_at(painter, look, 0, baseline, plan.summary, "label", "text")
        for words in () if self._lines() else plan.limit_words:
            fitting = elided(look, words, "caption", self.width() - left - 16)
            x = self.width() - width_of(look, fitting, "caption")
            text_at(painter, look, x, baseline, fitting, "caption", "muted")
        if plan.begin < plan.first:
            earlier = QRectF(0, y, scale.x(plan.first) - 2, height)
            painter.fillRect(earlier, QBrush(look.colour("border"), Qt.BrushStyle.Dense6Pattern))
        paint_bars(painter, look, plan.periods, scale, y + height, height)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawLine(QPointF(0, y + height + 0.5), QPointF(self.width(), y + height + 0.5))
        if (leading := plan.limit_days[:1]) and leading[0] and leading[0] < plan.last:
            end = scale.x(leading[0] + timedelta(1))
            over = QRectF(end, y, scale.x(plan.last + timedelta(1)) - end, height)
            painter.fillRect(over, QBrush(look.colour("warn"), Qt.BrushStyle.BDiagPattern))
        for day in days:
            end = max(scale.x(day + timedelta(1)) - 1, 1)
            painter.setPen(QPen(look.colour("text"), 2))
            painter.drawLine(QPointF(end, y - 4), QPointF(end, y + height))
        self._months(painter, scale, plan.begin + timedelta(total), y + height)
        for i, (title, words) in enumerate(self._lines()):
            room = self.width() - width_of(look, say("timeline.limit_of", title="", limit=words), "caption")
            line = say("timeline.limit_of", title=elided(look, title, "caption", room), limit=words)
            text_at(painter, look, 0, top["limits"] + look.px(14 + 18 * i), line, "caption", "muted")

    def _months(self, painter: QPainter, scale: Scale, until: date, y: float) -> None:
        look, free = self._look, 0.0
        for month in month_starts(scale.first, until):
            x, name = round(scale.x(month)) + 0.5, months()[month.month - 1]
            right = x + 4 + width_of(look, name, "caption")
            if x < free or right > self.width():
                continue
            free = right + 8
            painter.setPen(QPen(look.colour("border"), 1))
            painter.drawLine(QPointF(x, y), QPointF(x, y + 4))
            text_at(painter, look, x + 4, y + look.px(14), name, "caption", "muted")
