"""How the axis of days is painted: its divisions above, bars by degree in the middle, marks with their words below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPolygonF

from fmstod.dates import month, short_day
from fmstod.domain.period import WEEK
from fmstod.domain.words import capital
from fmstod.sickleave.timeline import Bar, Kind, Mark, Timeline, ticks
from fmstod.texts import text as say
from fmstod.ui.dates import span
from fmstod.ui.kit.tokens import Look
from fmstod.ui.timeline.bars import Scale, Words, elided, paint_bars, text_at, width_of

DIAMOND = ((0, -1), (1, 0), (0, 1), (-1, 0))
SQUARE = ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8))
FLAG = ((-0.7, -1.2), (1.1, -0.4), (-0.3, 0.4), (-0.3, 1.2), (-0.7, 1.2))
CORNERS: dict[Kind, Sequence[tuple[float, float]]] = {  # corners in half sizes
    Kind.TODAY: ((0, -1.4), (1.2, 1), (-1.2, 1)),
    Kind.LIMIT: ((-0.25, -2), (0.25, -2), (0.25, 1.2), (-0.25, 1.2)),
    Kind.FOLLOW_UP: FLAG,
    Kind.STEP: SQUARE,
    Kind.MILESTONE: DIAMOND,
}
TONES = {
    Kind.TODAY: "accent",
    Kind.LIMIT: "text",
    Kind.FOLLOW_UP: "accent",
    Kind.STEP: "muted",
    Kind.MILESTONE: "muted",
}
LONGEST = 112  # px of what a mark is called
BESIDE = 4  # px between what is written of a bar and what stands beside it
APART = 12  # px between the words of two marks: closer, "krävs inte" of the one and "14 jan" of the other read as one
STATES = {"done": "ok", "overdue": "warn"}


@dataclass(frozen=True)
class Lanes:
    """The heights of the parts, px: the divisions' words, the bars' words, the bars, the marks with theirs."""

    head: int
    label: int
    lane: int
    marks: int

    @classmethod
    def of(cls, look: Look) -> "Lanes":
        return cls(look.px(36), look.px(28), look.px(48), look.px(44))

    @property
    def base(self) -> int:
        """The line that the bars stand on."""
        return self.head + self.label + self.lane

    @property
    def height(self) -> int:
        return self.base + self.marks


def paint_axis(
    painter: QPainter, look: Look, shown: Timeline, scale: Scale, ends: tuple[date, date], width: float
) -> None:
    """All of it between two days, both drawn; today and the limit get their words first."""
    lanes, (first, last) = Lanes.of(look), ends
    bars = [bar for bar in shown.bars if bar.first <= last and bar.last >= first]
    marks = [mark for mark in shown.marks if first <= mark.on <= last]
    _divisions(painter, look, scale, ticks(first, last), width)
    painter.setPen(QPen(look.colour("border"), 1))
    painter.drawLine(QPointF(0, lanes.base + 0.5), QPointF(width, lanes.base + 0.5))
    paint_bars(painter, look, [bar for bar in bars if bar.holds], scale, lanes.base, lanes.lane)
    paint_bars(painter, look, [bar for bar in bars if not bar.holds], scale, lanes.base, lanes.lane, counts=False)
    _reduced(painter, look, scale, shown.reduced)
    _beyond(painter, look, scale, shown, width)
    _draft(painter, look, scale, shown.bars, width)
    if bars:
        _labels(painter, look, scale, bars, width)
    if not shown.bars:
        text_at(painter, look, 0, lanes.base - look.px(20), say("timeline.empty"), "body", "muted")
    begun = min((bar.first for bar in shown.sick), default=None)
    if begun is not None and begun <= shown.today:
        until = min(shown.today, max(bar.last for bar in shown.sick))
        left, right = max(scale.x(begun), 0), min(scale.end(until), width)
        painter.fillRect(QRectF(left, lanes.base, max(right - left, 0), 3), look.colour("accent"))
    order = list(Kind)
    _marks(painter, look, scale, sorted(marks, key=lambda mark: order.index(mark.kind)), width)


def words_of(mark: Mark, alone: bool = True) -> tuple[str, str]:
    """What is written beside a mark: what it is, and what or when. Of several limits it tells which."""
    match mark.kind:
        case Kind.TODAY:
            return say("timeline.today"), mark.caption
        case Kind.LIMIT:
            number = "" if alone else mark.caption.partition(".")[0]
            return f"{say('timeline.limit')} {number}".strip(), short_day(mark.on)
        case Kind.MILESTONE:
            title, _, caption = mark.caption.partition(", ")
            return capital(title), caption
        case Kind.FOLLOW_UP:
            return say("timeline.follow_up"), short_day(mark.on)
        case Kind.STEP:
            return capital(mark.caption), short_day(mark.on)


def _divisions(painter: QPainter, look: Look, scale: Scale, days: Sequence[date], width: float) -> None:
    """Weeks with their Mondays, or months with their years; as many as have room for words."""
    if not days:
        return
    weekly = len(days) < 2 or (days[1] - days[0]).days == WEEK
    named = [_names(day, weekly, n == 0) for n, day in enumerate(days)]
    wide = max(max(width_of(look, top, "label"), width_of(look, below, "caption")) for top, below in named) + 16
    apart = scale.x(days[1]) - scale.x(days[0]) if len(days) > 1 else width
    step = max(1, -int(-wide // apart))
    for n in range(0, len(days), step):
        x, (top, below) = round(scale.x(days[n])) + 0.5, named[n]
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(QPointF(x, 0), QPointF(x, look.px(32)))
        if x + wide - 8 <= width:
            text_at(painter, look, x + 8, look.px(12), top, "label", "text")
            text_at(painter, look, x + 8, look.px(28), below, "caption", "muted")


def _names(day: date, weekly: bool, first: bool) -> tuple[str, str]:
    if weekly:
        return say("timeline.week", week=day.isocalendar().week), short_day(day)
    return month(day), str(day.year) if first or day.month == 1 else ""


def _beyond(painter: QPainter, look: Look, scale: Scale, shown: Timeline, width: float) -> None:
    """Hatched where sick leave goes past the only limit."""
    limits = [mark.on for mark in shown.marks if mark.kind is Kind.LIMIT]
    ends = [bar.last for bar in shown.sick]
    if len(limits) == 1 and ends and limits[0] < max(ends):
        lanes = Lanes.of(look)
        left, right = max(scale.end(limits[0]), 0), min(scale.end(max(ends)), width)
        brush, tall = QBrush(look.colour("warn"), Qt.BrushStyle.BDiagPattern), look.px(10)
        painter.fillRect(QRectF(left, lanes.base - tall, max(right - left, 0), tall), brush)


def _reduced(painter: QPainter, look: Look, scale: Scale, gaps: Iterable[tuple[date, date]]) -> None:
    """Low and hatched where no certificate is but work capacity was reduced."""
    brush, base, tall = QBrush(look.colour("muted"), Qt.BrushStyle.FDiagPattern), Lanes.of(look).base, look.px(12)
    for first, last in gaps:
        left, right = scale.x(first), scale.end(last) - 2
        painter.fillRect(QRectF(left, base - tall, max(right - left, 1), tall), brush)
        words, gap = say("timeline.reduced"), look.px(BESIDE)
        if width_of(look, words, "caption") <= right - left - 2 * gap and left >= 0:
            text_at(painter, look, left + gap, base - look.px(18), words, "caption", "muted")


def _draft(painter: QPainter, look: Look, scale: Scale, bars: Iterable[Bar], width: float) -> None:
    """A line under what isn't signed yet, among what is."""
    planned = [bar for bar in bars if bar.planned]
    if not planned or len(planned) == len(list(bars)):
        return
    lanes = Lanes.of(look)
    y = lanes.head + 1
    left, right = max(scale.x(planned[0].first), 0), min(scale.end(planned[-1].last) - 2, width)
    if left < width and right > 0:
        painter.fillRect(QRectF(left, y, max(right - left, 2), 2), look.colour("accent"))


def _labels(painter: QPainter, look: Look, scale: Scale, bars: Sequence[Bar], width: float) -> None:
    """Degree and length above each bar, the latest first, where they hit no other bar and no other words."""
    lanes, words = Lanes.of(look), Words(width, look.px(BESIDE))
    for bar in bars:
        tall, left = lanes.lane * bar.height, scale.x(bar.first) - look.px(BESIDE)
        right = scale.end(bar.last) - 1  # what is written of the next bar begins there, less than a pixel away
        words.block(QRectF(left, lanes.base - tall, right - left, tall))
    for bar in reversed(bars):
        x, baseline = max(scale.x(bar.first), 0.0), lanes.base - lanes.lane * bar.height - look.px(8)
        degree = f"{bar.degree} %"
        wide = width_of(look, degree, "strong")
        if words.place(QRectF(x, baseline - look.px(12), wide, look.px(16))):
            text_at(painter, look, x, baseline, degree, "strong", "text")
            said = span(bar.days) if bar.holds else say("timeline.void")
            length = width_of(look, said, "caption")
            if words.place(QRectF(x + wide + 8, baseline - look.px(12), length, look.px(16))):
                text_at(painter, look, x + wide + 8, baseline, said, "caption", "muted")


def _marks(painter: QPainter, look: Look, scale: Scale, marks: Sequence[Mark], width: float) -> None:
    """Every shape is drawn, the most important on top; words in their order and only where they hit nothing."""
    base, size, words = Lanes.of(look).base, look.px(8) / 2, Words(width, look.px(APART))
    y, alone = base + look.px(12), sum(mark.kind is Kind.LIMIT for mark in marks) < 2
    for mark in reversed(marks):
        x, token = _middle(scale, mark), STATES.get(mark.state, TONES[mark.kind])
        painter.setPen(QPen(look.colour(token), 1.5))
        painter.setBrush(look.colour("surface" if mark.state == "exempt" else token))
        painter.drawPolygon(QPolygonF([QPointF(x + dx * size, y + dy * size) for dx, dy in CORNERS[mark.kind]]))
        words.block(QRectF(x - size - 4, base, 2 * size + 8, look.px(44)))
    for mark in marks:
        tone, x = "accent" if mark.kind is Kind.TODAY else "text", _middle(scale, mark)
        title, small = words_of(mark, alone)
        title = elided(look, title, "label", look.px(LONGEST))
        lines = zip((title, small), ("label", "caption"), (16, 32), (tone, "muted"), strict=True)
        after: bool | None = None  # whether the words stand after the mark; before it where there is no room
        for said, role, line, token in lines:
            wide = width_of(look, said, role)
            sides = {True: x + size + 6, False: x - size - 6 - wide}
            tried = (after,) if after is not None else (True, False)
            after = next((s for s in tried if words.place(_line(look, base, sides[s], line, wide))), None)
            if after is None:
                break
            text_at(painter, look, sides[after], base + look.px(line), said, role, token)


def _line(look: Look, base: float, left: float, line: int, wide: float) -> QRectF:
    """The room of words whose baseline lies `line` px below the bars."""
    return QRectF(left, base + look.px(line - 12), wide, look.px(14))


def _middle(scale: Scale, mark: Mark) -> float:
    return scale.x(mark.on) + scale.day_width / 2
