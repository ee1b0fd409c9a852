"""The sick-leave timeline: weeks above, degree bars in the middle, day marks below, and the whole recommended time
as a ruler underneath.

The upper part is a close-up of the plan; the ruler shows the same plan in true proportion to the limit of the
recommendation, so neither needs a broken axis.
"""

from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from fmstod.dates import months, short_day
from fmstod.texts import text as say
from fmstod.ui.bars import Scale, Words, elided, paint_bars, text_at, width_of
from fmstod.ui.dates import month_starts, span
from fmstod.ui.timeline_plan import Plan
from fmstod.ui.tokens import Look

DIAMOND = ((0, -1), (1, 0), (0, 1), (-1, 0))
CORNERS = {  # kind of mark: corners in half sizes, edge token, ground token
    "today": (((0, -1.4), (1.2, 1), (-1.2, 1)), "accent", "accent"),
    "limit": (((-0.25, -2), (0.25, -2), (0.25, 1.2), (-0.25, 1.2)), "text", "text"),
    "due": (DIAMOND, "muted", "muted"),
    "info": (DIAMOND, "muted", "surface"),
}


class Timeline(QWidget):
    """Draws one plan; a picture with name and description, not a control."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._plan: Plan | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(say("timeline.name"))
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
            said = " ".join((say("timeline.empty"), *plan.limit_words))
        self.setAccessibleDescription(said.strip())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, sum(self._rows().values()))

    def _rows(self) -> dict[str, int]:
        px = self._look.px
        return {
            "weeks": px(36),
            "label": px(28),
            "lane": px(48),
            "marks": px(44),
            "gap": 8,
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
        plan = self._plan
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows, top, y = self._rows(), dict[str, int](), 0
        for name, height in rows.items():
            top[name], y = y, y + height
        if plan is not None:
            weeks = -(-((plan.last - plan.first).days + 2) // 7)
            scale = Scale(plan.first, 0.0, self.width() / (weeks * 7))
            base = top["lane"] + rows["lane"]
            self._weeks(painter, scale, weeks, base)
            if plan.periods:
                paint_bars(painter, self._look, plan.periods, scale, base, rows["lane"])
                self._bar_labels(painter, plan, scale, base, rows["lane"])
            else:
                text_at(painter, self._look, 0, base - self._look.px(20), say("timeline.empty"), "body", "muted")
            self._elapsed(painter, plan, scale, base)
            self._marks(painter, plan, scale, base)
            self._ruler(painter, plan, top, rows)
        painter.end()

    def _elapsed(self, painter: QPainter, plan: Plan, scale: Scale, base: float) -> None:
        """The part of the plan that has passed, today included."""
        if plan.periods and plan.today >= plan.first:
            end = min(scale.x(plan.today + timedelta(1)), self.width())
            painter.fillRect(QRectF(0, base, end, 3), self._look.colour("accent"))

    def _weeks(self, painter: QPainter, scale: Scale, count: int, base: float) -> None:
        """Week numbers with dates, as many as have room."""
        look = self._look
        step = next((n for n in (1, 2, 4, 8, 13, 26) if n * 7 * scale.day_width > look.px(64)), 52)
        for n in range(0, count, step):
            day = scale.first + timedelta(weeks=n)
            x, inset = scale.x(day), 8 if n else 0
            if n:
                painter.setPen(QPen(look.colour("line"), 1))
                painter.drawLine(QPointF(round(x) + 0.5, 0), QPointF(round(x) + 0.5, look.px(32)))
            if x + inset + width_of(look, short_day(day), "caption") <= self.width():
                week = say("timeline.week", week=day.isocalendar().week)
                text_at(painter, look, x + inset, look.px(12), week, "label", "text")
                text_at(painter, look, x + inset, look.px(28), short_day(day), "caption", "muted")
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawLine(QPointF(0, base + 0.5), QPointF(self.width(), base + 0.5))

    def _bar_labels(self, painter: QPainter, plan: Plan, scale: Scale, base: float, height: float) -> None:
        """Degree and length above each bar, where they hit no other bar and no other words."""
        look, words = self._look, Words(self.width())
        for p in plan.periods:
            tall = height * p.degree / 100
            words.block(QRectF(scale.x(p.first), base - tall, scale.x(p.last + timedelta(1)) - scale.x(p.first), tall))
        for p in plan.periods:
            x, baseline = scale.x(p.first), base - height * p.degree / 100 - look.px(8)
            degree = f"{p.degree} %"
            wide = width_of(look, degree, "strong")
            if words.place(QRectF(x, baseline - look.px(12), wide, look.px(16))):
                text_at(painter, look, x, baseline, degree, "strong", "text")
                length = QRectF(
                    x + wide + 8, baseline - look.px(12), width_of(look, span(p.days), "caption"), look.px(16)
                )
                if words.place(length):
                    text_at(painter, look, x + wide + 8, baseline, span(p.days), "caption", "muted")

    def _marks(self, painter: QPainter, plan: Plan, scale: Scale, base: float) -> None:
        """Today, the limit if it lies in this close-up, and the legal days.

        Every shape is drawn, today on top; words are drawn in that order and only where they hit nothing.
        """
        look, size = self._look, self._look.px(8) / 2
        marks = [
            (day, title, small, kind, scale.x(day) + scale.day_width / 2) for day, title, small, kind in _due(plan)
        ]
        y = base + look.px(12)
        words = Words(self.width())
        for *_, kind, x in reversed(marks):
            corners, token, ground = CORNERS[kind]
            painter.setPen(QPen(look.colour(token), 1.5))
            painter.setBrush(look.colour(ground))
            painter.drawPolygon(QPolygonF([QPointF(x + dx * size, y + dy * size) for dx, dy in corners]))
            words.block(QRectF(x - size - 2, base, 2 * size + 4, look.px(44)))
        for _, title, small, kind, x in marks:
            tone = "accent" if kind == "today" else "text"
            for said, role, line, token in ((title, "label", 16, tone), (small, "caption", 32, "muted")):
                left, wide = x + size + 6, width_of(look, said, role)
                if not words.place(QRectF(left, base + look.px(line - 12), wide, look.px(14))):
                    break
                text_at(painter, look, left, base + look.px(line), said, role, token)

    def _ruler(self, painter: QPainter, plan: Plan, top: dict[str, int], rows: dict[str, int]) -> None:
        look, days = self._look, [day for day in plan.limit_days if day]
        total = max(plan.day_of(day) for day in (*days, plan.last))
        scale = Scale(plan.begin, 0.0, self.width() / total)
        y, height = top["ruler"], rows["ruler"]
        baseline = top["ruler_text"] + look.px(16)
        left = width_of(look, plan.summary, "label") if plan.periods else 0.0
        if plan.periods:
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


def _due(plan: Plan) -> list[tuple[date, str, str, str]]:
    """The days marked in the close-up, in order of importance: day, title, caption, kind."""
    if not plan.periods:
        return []
    now = plan.day_of(plan.today)
    small = "" if plan.earlier is None else say("timeline.day_small", day=now)
    found = [(plan.today, say("timeline.today"), small, "today")]
    names = plan.limit_names
    found += [
        (day, name, short_day(day), "limit")
        for day, name in zip(plan.limit_days, names, strict=True)
        if day and day < plan.last
    ]
    found += [
        (plan.date_of(m.day), say("timeline.day", day=m.day), m.caption, "due" if m.applies else "info")
        for m in plan.marks
    ]
    last = plan.last + timedelta(6)
    return [mark for mark in found if plan.first <= mark[0] <= last]
