"""The sick-leave timeline: weeks above, degree bars in the middle, day marks below, and the whole recommended time
as a ruler underneath.

The upper part is a close-up of the plan; the ruler shows the same plan in true proportion to the limit of the
recommendation, so neither needs a broken axis.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from fmstod.domain.period import Period, covered_days, day_reached
from fmstod.texts import text as say
from fmstod.ui.bars import Scale, Words, paint_bars, text_at, width_of
from fmstod.ui.dates import days_of, month_starts, months, short_day, span
from fmstod.ui.tokens import Look

DIAMOND = ((0, -1), (1, 0), (0, 1), (-1, 0))
CORNERS = {  # kind of mark: corners in half sizes, edge token, ground token
    "today": (((0, -1.4), (1.2, 1), (-1.2, 1)), "accent", "accent"),
    "limit": (((-0.25, -2), (0.25, -2), (0.25, 1.2), (-0.25, 1.2)), "text", "text"),
    "due": (DIAMOND, "muted", "muted"),
    "info": (DIAMOND, "muted", "surface"),
}


@dataclass(frozen=True)
class Mark:
    """A day of the case that the law or the plan speaks of; 1 is the first day of the case."""

    day: int
    caption: str
    applies: bool  # filled when something is asked for at this day, hollow when not


@dataclass(frozen=True)
class Plan:
    """What the timeline shows.

    `limit_days` counts earlier and planned days, gaps aside; None when the recommendation sets no upper limit.
    `earlier` is the number of earlier days in the same case, None when unknown: then no day is compared with the limit,
    and the case begins on `since` if that is known.
    """

    periods: tuple[Period, ...]
    today: date
    limit_days: int | None = None
    limit_text: str = ""
    marks: tuple[Mark, ...] = ()
    earlier: int | None = 0
    since: date | None = None

    @property
    def first(self) -> date:
        """The first planned day; today while nothing is planned."""
        return min((p.first for p in self.periods), default=self.today)

    @property
    def last(self) -> date:
        return max((p.last for p in self.periods), default=self.today)

    @property
    def begin(self) -> date:
        """Day 1 of the case."""
        if self.earlier is None and self.since and self.since < self.first:
            return self.since
        return self.first - timedelta(self.earlier or 0)

    @property
    def days(self) -> int:
        """Planned and earlier days."""
        return covered_days(self.periods) + (self.earlier or 0)

    @property
    def limit(self) -> int | None:
        """The limit, if days can be compared with it."""
        return None if self.earlier is None else self.limit_days

    @property
    def limit_day(self) -> date | None:
        """The day that the limit allows last, if days can be compared with it."""
        if self.limit is None:
            return None
        return day_reached(self.periods, self.limit - (self.earlier or 0), self.first)

    def date_of(self, day: int) -> date:
        return self.begin + timedelta(days=day - 1)

    def day_of(self, day: date) -> int:
        return (day - self.begin).days + 1

    @property
    def summary(self) -> str:
        """Planned days against the limit, in words; never more than the facts carry."""
        if self.earlier is None:
            return say("timeline.unknown", days=self.days)
        earlier = say("timeline.earlier", earlier=self.earlier) if self.earlier else ""
        if self.limit_days is None:
            return days_of(self.days) + earlier
        longer = self.days - self.limit_days
        if longer > 0:
            return say("timeline.longer", days=self.days, earlier=earlier, longer=longer)
        return say("timeline.of", days=self.days, limit=self.limit_days, earlier=earlier)

    @property
    def limit_words(self) -> str:
        day = self.limit_day
        if day is None or day < self.first:  # which of the earlier days it was isn't known
            return self.limit_text
        return say("timeline.limit_until", limit=self.limit_text, day=short_day(day), year=day.year)


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
        if plan.periods:
            periods = "; ".join(
                say("timeline.period", degree=p.degree, first=p.first, last=p.last) for p in plan.periods
            )
            said = say("timeline.said", periods=periods, days=plan.days, limit=f"{plan.summary}. {plan.limit_words}")
        else:
            said = f"{say('timeline.empty')} {plan.limit_text}"
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
        }

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
        look, limit = self._look, plan.limit_day
        total = max(plan.day_of(limit) if limit else 0, plan.day_of(plan.last))
        scale = Scale(plan.begin, 0.0, self.width() / total)
        y, height = top["ruler"], rows["ruler"]
        baseline = top["ruler_text"] + look.px(16)
        left = width_of(look, plan.summary, "label") if plan.periods else 0.0
        if plan.periods:
            text_at(painter, look, 0, baseline, plan.summary, "label", "text")
        wide = width_of(look, plan.limit_words, "caption")
        if left + 16 + wide <= self.width():
            text_at(painter, look, self.width() - wide, baseline, plan.limit_words, "caption", "muted")
        if plan.begin < plan.first:
            earlier = QRectF(0, y, scale.x(plan.first) - 2, height)
            painter.fillRect(earlier, QBrush(look.colour("border"), Qt.BrushStyle.Dense6Pattern))
        paint_bars(painter, look, plan.periods, scale, y + height, height)
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawLine(QPointF(0, y + height + 0.5), QPointF(self.width(), y + height + 0.5))
        if limit is not None:
            end = scale.x(limit + timedelta(1))
            if limit < plan.last:
                over = QRectF(end, y, self.width() - end, height)
                painter.fillRect(over, QBrush(look.colour("warn"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(QPen(look.colour("text"), 2))
            painter.drawLine(QPointF(max(end - 1, 1), y - 4), QPointF(max(end - 1, 1), y + height))
        self._months(painter, scale, plan.begin + timedelta(total), y + height)

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
    if (day := plan.limit_day) and day < plan.last:
        found.append((day, say("timeline.limit"), short_day(day), "limit"))
    found += [
        (plan.date_of(m.day), say("timeline.day", day=m.day), m.caption, "due" if m.applies else "info")
        for m in plan.marks
    ]
    last = plan.last + timedelta(6)
    return [mark for mark in found if plan.first <= mark[0] <= last]
