"""The times of an entry on one axis, with the patient's days on it. What each means is told by shape and by words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QFontMetrics,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from fmstod.domain.period import MONTH, WEEK, DayCounts
from fmstod.knowledge.advise import Standing
from fmstod.knowledge.spans import Shape, Span
from fmstod.texts import text as say
from fmstod.ui.dates import days_of
from fmstod.ui.kit.marks import pixmap
from fmstod.ui.kit.tokens import TYPE, Look
from fmstod.ui.timeline.bars import width_of

WEEKS_UP_TO = 70  # days: a longer axis has months
STEPS = (1, 2, 3, 6, 12, 24, 48, 96)
LEAST = 14  # days that the axis has at least
ROOM = 1.12  # beyond the last number, for what has no end
WRAP = Qt.TextFlag.TextWordWrap


@dataclass(frozen=True)
class _Style:
    """How a bar is drawn: `ground` empty for a hollow one."""

    height: int
    edge: str
    ground: str
    role: str
    tone: str


RULING = _Style(12, "accent", "accent", "label", "text")
POSSIBLE = _Style(10, "border", "", "caption", "text")
EXCLUDED = _Style(4, "border", "border", "caption", "muted")


class LimitsDiagram(QWidget):
    """A picture with name and description, not a control. As high as its words need in its width."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._spans: Sequence[Span] = ()
        self._starts: Sequence[int | None] = ()
        self._planned, self._earlier = 0, 0
        self._patient = ""
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(say("advice.diagram.name"))

    def show_spans(self, spans: Sequence[Span], days: DayCounts) -> None:
        """`days` are the patient's; none planned and none earlier draw no line."""
        self._spans = spans
        self._starts = [_start(span, days) for span in spans]
        self._planned, self._earlier = days.planned, days.earlier or 0
        total = days_of(self._planned + self._earlier)
        key = "unknown" if days.earlier is None else "earlier" if days.earlier else "planned"
        told = self._planned or self._earlier
        self._patient = say(f"advice.diagram.{key}", days=total, earlier=days_of(self._earlier)) if told else ""
        said = (
            say("advice.diagram.said", words=s.words, standing=say(f"advice.diagram.{_standing(s)}")) for s in spans
        )
        self.setAccessibleDescription(" ".join((*((f"{self._patient}.",) if told else ()), *said)))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._rows(width)[-1][1] if self._spans else 0

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 0)

    def words_at(self, width: int) -> Sequence[tuple[str, QRect]]:
        """Everything written above a bar, with the room that it has."""
        return [(words, room) for words, _, room, _ in self._lines(width)]

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._spans:
            return
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lines = self._lines(self.width())
        day = self._day_width
        starts = (*((0,) if self._patient else ()), *self._starts)
        for (words, style, room, bar), span, start in zip(lines, self._drawn, starts, strict=True):
            painter.setFont(look.font(style.role))
            painter.setPen(look.colour(style.tone))
            painter.drawText(room, WRAP, words)
            if style is RULING:
                mark = pixmap(look, "done", "accent", 12)
                painter.drawPixmap(0, room.top() + (look.px(16) - mark.height()) // 2, mark)
            if span is None:
                self._draw_patient(painter, bar, day)
            else:
                self._draw(painter, span, style, bar, day, start or 0)
        self._draw_line(painter, lines, day)
        self._draw_axis(painter, self._rows(self.width())[-1][0], day)
        painter.end()

    @property
    def _drawn(self) -> Sequence[Span | None]:
        """The rows: None for the patient's."""
        return (*((None,) if self._patient else ()), *self._spans)

    @property
    def _numbered(self) -> bool:
        """Whether anything has a place on the axis."""
        return bool(self._patient) or any(s.shape is not Shape.WORDS for s in self._spans)

    @property
    def _longest(self) -> float:
        """Days that the axis has room for."""
        ends = [(s.last or s.first) + (at or 0) for s, at in zip(self._spans, self._starts, strict=True)]
        return max(*ends, self._planned + self._earlier, LEAST) * ROOM

    @property
    def _day_width(self) -> float:
        return (self.width() - 2) / self._longest

    def _lines(self, width: int) -> Sequence[tuple[str, _Style, QRect, QRectF]]:
        """Words, style, the room of the words, and that of the bar below them."""
        made, top = [], 0
        for span in self._drawn:
            style = _style(span)
            words = self._patient if span is None else span.words
            left = self._look.px(18) if style is RULING else 0
            metrics = QFontMetrics(self._look.font(style.role))
            need = metrics.boundingRect(QRect(0, 0, max(width - left, 1), 10_000), WRAP, words).height()
            tall = max(need, self._look.px(TYPE[style.role][2]))
            bar = QRectF(0, top + tall + 2, width, self._look.px(12))
            made.append((words, style, QRect(left, top, width - left, tall), bar))
            top += tall + 2 + self._look.px(12) + 8
        return made

    def _rows(self, width: int) -> Sequence[tuple[int, int]]:
        """Top and bottom of each row, the axis last."""
        made = [(room.top(), round(bar.bottom())) for _, _, room, bar in self._lines(width)]
        under = made[-1][1] + 4
        return [*made, (under, under + (self._look.px(20) if self._numbered else 0))]

    def _draw(self, painter: QPainter, span: Span, style: _Style, bar: QRectF, day: float, start: int) -> None:
        """`start` is the day of the case that the time counts from."""
        look, tall = self._look, self._look.px(style.height)
        middle, right = bar.center().y(), float(self.width() - 2)
        colour = look.colour(style.edge)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(look.colour(style.ground) if style.ground else Qt.BrushStyle.NoBrush)
        begin, first, last = (1 + (start + n) * day for n in (0, span.first, span.last))
        box = QRectF(begin, middle - tall / 2, 0, tall)
        match span.shape:
            case Shape.WORDS:
                painter.setPen(QPen(colour, 2, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(2, middle), QPointF(right, middle))
                return
            case Shape.NOTHING:
                painter.drawEllipse(QPointF(begin + tall / 2, middle), tall / 2 - 1, tall / 2 - 1)
                return
            case Shape.AT_LEAST:
                self._arrow(painter, first, right, middle, style)
                self._end(painter, first, bar, colour=style.edge)
            case Shape.OR_LONGER:
                box.setRight(last)
                painter.drawRect(box)
                self._arrow(painter, last, min(right, last + (right - last) * 0.9 + 1), middle, style)
            case Shape.BAND:
                painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(begin, middle), QPointF(first, middle))
                painter.setPen(QPen(colour, 1.5))
                painter.drawRect(QRectF(QPointF(first, box.top()), QPointF(last, box.bottom())))
                self._end(painter, first, bar, colour=style.edge)
                self._end(painter, last, bar, colour=style.edge)
            case Shape.UP_TO:
                box.setRight(last)
                painter.drawRect(box)
                self._end(painter, last, bar, colour=style.edge)
        if span.from_event:  # a hollow beginning: it doesn't count from the first day of the case
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(look.colour("surface"))
            painter.drawEllipse(QPointF(look.px(4) + begin, middle), look.px(4), look.px(4))

    def _arrow(self, painter: QPainter, left: float, right: float, middle: float, style: _Style) -> None:
        """An end that is open: it fades and points on."""
        if right - left < 4:
            return
        size, colour = self._look.px(4), self._look.colour(style.edge)
        fading = QLinearGradient(left, 0, right, 0)
        clear = self._look.colour(style.edge)
        clear.setAlphaF(0.35)
        fading.setColorAt(0, colour)
        fading.setColorAt(1, clear)
        painter.setPen(QPen(QBrush(fading), 2 if style is not EXCLUDED else 1.5))
        painter.drawLine(QPointF(left, middle), QPointF(right - size, middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(right, middle),
                    QPointF(right - 1.5 * size, middle - size),
                    QPointF(right - 1.5 * size, middle + size),
                ]
            )
        )

    def _end(self, painter: QPainter, x: float, bar: QRectF, *, colour: str) -> None:
        """A bar across: here is a number."""
        painter.setPen(QPen(self._look.colour(colour), 2))
        painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()))

    def _draw_patient(self, painter: QPainter, bar: QRectF, day: float) -> None:
        look, middle = self._look, bar.center().y()
        tall, until = look.px(6), 1 + self._earlier * day
        if self._earlier:
            painter.fillRect(
                QRectF(1, middle - tall / 2, until - 1, tall), QBrush(look.colour("text"), Qt.BrushStyle.Dense5Pattern)
            )
        painter.fillRect(QRectF(until, middle - tall / 2, self._planned * day, tall), look.colour("text"))
        self._end(painter, self._days_x(day), bar, colour="text")

    def _days_x(self, day: float) -> float:
        return 1 + (self._planned + self._earlier) * day

    def _draw_line(self, painter: QPainter, lines: Sequence[tuple[str, _Style, QRect, QRectF]], day: float) -> None:
        """The patient's last day across the bars that it can be compared with, but not across their words."""
        if not self._patient:
            return
        painter.setPen(QPen(self._look.colour("text"), 1, Qt.PenStyle.DashLine))
        x = round(self._days_x(day)) + 0.5
        for span, start, (_, _, _, bar) in zip(self._spans, self._starts, lines[1:], strict=True):
            if start is None or span.shape is Shape.WORDS:
                continue
            painter.drawLine(QPointF(x, bar.top() - 1), QPointF(x, bar.bottom() + 3))

    def _draw_axis(self, painter: QPainter, top: int, day: float) -> None:
        if not self._numbered:
            return
        look = self._look
        unit, name = (WEEK, "week") if self._longest <= WEEKS_UP_TO else (MONTH, "month")
        widest = width_of(look, say(f"advice.diagram.{name}", n=88), "caption") + 12
        step = next((n for n in STEPS if n * unit * day > widest), STEPS[-1])
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawLine(QPointF(1, top + 0.5), QPointF(self.width() - 1, top + 0.5))
        painter.setFont(look.font("caption"))
        for n in range(0, int(self._longest / unit) + 1, step):
            x = round(1 + n * unit * day) + 0.5
            words = say(f"advice.diagram.{name}", n=n) if n else "0"
            wide = width_of(look, words, "caption")
            left = max(0.0, x - wide / 2)
            if left + wide > self.width():
                break
            painter.setPen(QPen(look.colour("border"), 1))
            painter.drawLine(QPointF(x, top), QPointF(x, top + 4))
            painter.setPen(look.colour("muted"))
            painter.drawText(QPointF(left, top + look.px(16)), words)


def _start(span: Span, days: DayCounts) -> int | None:
    """The days of the case before the day that the time counts from; None while that isn't known."""
    if not span.from_event:
        return 0
    if span.event is None or days.total is None:
        return None
    least, most = days.from_day(span.event)
    return days.total - least if least == most else None


def _standing(span: Span) -> str:
    return "ruling" if span.ruling else span.standing


def _style(span: Span | None) -> _Style:
    if span is None:
        return _Style(6, "text", "text", "label", "text")
    if span.ruling:
        return RULING
    return EXCLUDED if span.standing is Standing.EXCLUDED else POSSIBLE
