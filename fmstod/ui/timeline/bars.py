"""What the timelines are painted with: days to x, degree bars, and words that hit nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from fmstod.domain.period import Period
from fmstod.sickleave.timeline import Bar
from fmstod.ui.kit.tokens import Look


@dataclass(frozen=True)
class Scale:
    """Days to x: the left edge of `first` lies at `left`."""

    first: date
    left: float
    day_width: float

    def x(self, day: date) -> float:
        return self.left + (day - self.first).days * self.day_width

    def end(self, day: date) -> float:
        """The right edge of a day."""
        return self.x(day) + self.day_width


class Words:
    """Places words in a strip `width` wide, and only where nothing is; other words keep `apart` px away, or two read as
    one.
    """

    def __init__(self, width: float, apart: float = 0.0) -> None:
        self._width, self._apart = width, apart
        self._taken: list[QRectF] = []

    def block(self, rect: QRectF) -> None:
        self._taken.append(rect)

    def place(self, rect: QRectF) -> bool:
        """Whether there is room; then it is taken."""
        if rect.left() < 0 or rect.right() > self._width or any(rect.intersects(other) for other in self._taken):
            return False
        self._taken.append(rect.adjusted(-self._apart, 0, self._apart, 0))
        return True


def text_at(painter: QPainter, look: Look, x: float, baseline: float, words: str, role: str, token: str) -> None:
    painter.setFont(look.font(role))
    painter.setPen(look.colour(token))
    painter.drawText(QPointF(x, baseline), words)


def width_of(look: Look, words: str, role: str) -> float:
    return QFontMetricsF(look.font(role)).horizontalAdvance(words)


def elided(look: Look, words: str, role: str, room: float) -> str:
    """The words, cut with an ellipsis where there is no room for all."""
    return QFontMetricsF(look.font(role)).elidedText(words, Qt.TextElideMode.ElideRight, max(room, 0))


def paint_bars(
    painter: QPainter,
    look: Look,
    periods: Iterable[Period | Bar],
    scale: Scale,
    base: float,
    height: float,
    *,
    counts: bool = True,
) -> None:
    """Bars standing on `base`; height and colour both tell the degree, a 2 px gap parts them.

    What doesn't `counts` is drawn as a hollow outline in broken line: nobody takes it for sick leave that holds.
    """
    for p in periods:
        left = scale.x(p.first)
        right = max(scale.end(p.last) - 2, left + 1)
        tall = height * p.degree / 100
        r = min(4.0, tall / 3, (right - left) / 2)
        path = QPainterPath(QPointF(left, base))
        path.lineTo(left, base - tall + r)
        path.quadTo(left, base - tall, left + r, base - tall)
        path.lineTo(right - r, base - tall)
        path.quadTo(right, base - tall, right, base - tall + r)
        path.lineTo(right, base)
        path.closeSubpath()
        if counts:
            painter.fillPath(path, look.colour(f"degree_{p.degree}"))
        else:
            painter.strokePath(path, QPen(look.colour("muted"), 1, Qt.PenStyle.DashLine))
