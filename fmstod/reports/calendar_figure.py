"""The calendar of the patient's page: a bar as high as the degree under each day, a ring around the days of the plan."""

from abc import abstractmethod
from collections.abc import Collection, Sequence
from datetime import date, timedelta

from fmstod.dates import day_month, month, short_day, weekday
from fmstod.domain.period import Period
from fmstod.reports import tokens as t
from fmstod.reports.blocks import Block
from fmstod.reports.figures import Picture
from fmstod.reports.tagged import TaggedCanvas
from fmstod.reports.typeface import width_of
from fmstod.texts import text

SMALL, DAY = 8.5, 10.0
RING = 7.4
WEEKS, MONTHS = 8, 16  # as many rows as there is room for


def calendar(periods: Sequence[Period], rings: Collection[date], width: float) -> "Calendar | None":
    """Weeks as rows, months when it is long; None when even those are too many. At least one period, in time order."""
    kinds: Sequence[tuple[type[Calendar], int]] = ((Weeks, WEEKS), (Months, MONTHS))
    for kind, most in kinds:
        made = kind(periods, rings, width)
        if made.rows <= most:
            return made
    return None


class Calendar(Picture):
    """What the two kinds share: the words in the picture's place, and the bars."""

    ROW, HEAD, BAR = 29.0, 16.5, 9.5

    def __init__(self, periods: Sequence[Period], rings: Collection[date], width: float) -> None:
        self.periods, self.width = periods, width
        self.first, self.last = periods[0].first, max(period.last for period in periods)
        self.rings = sorted(day for day in rings if self.first <= day <= self.last)
        spoken = "; ".join(
            text("patient.calendar.period", degree=p.degree, first=spelled(p.first), last=spelled(p.last))
            for p in periods
        )
        said = text("patient.calendar.rings", days=", ".join(map(day_month, self.rings))) if self.rings else ""
        self.alt = f"{text('patient.calendar.alt', periods=spoken)} {said}".strip()
        self.rows = self._count()
        self.height = self.HEAD + self.rows * self.ROW

    @abstractmethod
    def _count(self) -> int:
        """How many rows it takes."""

    def _paint(self, canvas: TaggedCanvas) -> None:
        canvas.stroke(0, self.height - self.HEAD, self.width, self.height - self.HEAD)
        self._paint_rows(canvas)

    @abstractmethod
    def _paint_rows(self, canvas: TaggedCanvas) -> None: ...

    def _on(self, day: date) -> Period | None:
        return next((period for period in self.periods if period.first <= day <= period.last), None)

    def _bar(self, canvas: TaggedCanvas, period: Period, x: float, bottom: float, wide: float) -> None:
        canvas.fill(x, bottom, wide, self.BAR, t.LINE)
        canvas.fill(x, bottom, wide, self.BAR * period.degree / 100, t.DEGREES[period.degree])


class Weeks(Calendar):
    """A row for each week; a month stands on its first day."""

    SIDE = 32.0

    def _count(self) -> int:
        self.monday = _monday(self.first)
        return (_monday(self.last) - self.monday).days // 7 + 1

    def _paint_rows(self, canvas: TaggedCanvas) -> None:
        self.cell = (self.width - self.SIDE) / 7
        for column in range(7):
            name = weekday(self.monday + timedelta(days=column))[:2]
            _centred(canvas, self._middle(column), self.height - DAY, name, t.REGULAR, DAY, muted=True)
        for week in range(self.rows):
            top, monday = self.height - self.HEAD - week * self.ROW, self.monday + timedelta(weeks=week)
            number = text("paper.timeline.week", week=monday.isocalendar().week)
            canvas.write(0, top - 14, f"{number} ", t.REGULAR, DAY, t.MUTED)
            for column in range(7):
                self._paint_day(canvas, column, top, monday + timedelta(days=column))

    def _middle(self, column: int) -> float:
        return self.SIDE + (column + 0.5) * self.cell

    def _paint_day(self, canvas: TaggedCanvas, column: int, top: float, day: date) -> None:
        period, named = self._on(day), day.day == 1 or day == self.monday
        if day in self.rings:
            _ring(canvas, self._middle(column), top - 10.4)
        words, face, size = (short_day(day), t.STRONG, 9.0) if named else (str(day.day), t.REGULAR, DAY)
        _centred(canvas, self._middle(column), top - 14, words, face, size, muted=period is None)
        if period:
            left, bottom = self.SIDE + column * self.cell, top - self.ROW + 1.5
            self._bar(canvas, period, left, bottom, self.cell + 0.3)
            if day == period.first and period.degree == 100 and period.days > 1:
                canvas.write(left + 4, bottom + 1.7, f"{period.degree} % ", t.STRONG, SMALL, t.PAPER)


class Months(Calendar):
    """A row for each month, with its days from left to right."""

    ROW, SIDE = 15.0, 56.0

    def _count(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    def _paint_rows(self, canvas: TaggedCanvas) -> None:
        cell = (self.width - self.SIDE) / 31
        for number in (1, 8, 15, 22, 29):
            canvas.write(self.SIDE + (number - 1) * cell, self.height - DAY, f"{number} ", t.REGULAR, SMALL, t.MUTED)
        places: dict[date, tuple[float, float]] = {}
        day = self.first.replace(day=1)
        for row in range(self.rows):
            bottom = self.height - self.HEAD - (row + 1) * self.ROW + 3
            canvas.write(0, bottom, f"{month(day)} {day.year} ", t.REGULAR, DAY, t.MUTED)
            while True:
                x = self.SIDE + (day.day - 1) * cell
                places[day] = x + cell / 2, bottom + self.BAR / 2
                if period := self._on(day):
                    self._bar(canvas, period, x, bottom, cell + 0.3)
                day += timedelta(days=1)
                if day.day == 1:
                    break
        for ringed in self.rings:  # on top of the bars
            _ring(canvas, *places[ringed], 4.0, filled=True)


class Ring(Block):
    """The calendar's ring, for its key."""

    height = t.LARGE

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            _ring(canvas, x + t.KEY / 2, top - t.LARGE / 2, 6)


def spelled(day: date) -> str:
    """`23 november 2026`."""
    return f"{day_month(day)} {day.year}"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _ring(canvas: TaggedCanvas, x: float, y: float, radius: float = RING, filled: bool = False) -> None:
    canvas.setStrokeColor(t.ACCENT)
    canvas.setLineWidth(t.RULE)
    canvas.setFillColor(t.PAPER)
    canvas.circle(x, y, radius, fill=int(filled))


def _centred(
    canvas: TaggedCanvas, x: float, y: float, words: str, face: str, size: float, *, muted: bool = False
) -> None:
    colour = t.MUTED if muted else t.TEXT
    canvas.write(x - width_of(words, face, size) / 2, y, f"{words} ", face, size, colour)
