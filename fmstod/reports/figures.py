"""Pictures of degree and time. Height shows the degree, so they hold without colour; each has words in its place."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from reportlab.lib.colors import Color

from fmstod.dates import month, short_day
from fmstod.domain.period import Degree, Period
from fmstod.reports import tokens as t
from fmstod.reports.blocks import Block
from fmstod.reports.tagged import Element, TaggedCanvas
from fmstod.reports.typeface import readable, shorten, width_of
from fmstod.texts import text

SMALL = t.NOTE.size
_ONE = timedelta(days=1)


class Picture(Block):
    """Content that is seen, with `alt` in its place for who doesn't see it. `_paint` draws from its lower left corner."""

    width: float
    alt: str

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        element = Element("Figure", alt=self.alt)
        element.box = (x, top - self.height, x + self.width, top)
        with canvas.mark(element):
            canvas.saveState()
            canvas.translate(x, top - self.height)
            self._paint(canvas)
            canvas.restoreState()

    @abstractmethod
    def _paint(self, canvas: TaggedCanvas) -> None: ...


class Bar(Block):
    """A short bar: the frame is full time, the filled part is the degree, which stands in words beside it."""

    def __init__(self, degree: Degree, height: float = t.STEP, size: tuple[float, float] = (16.0, 9.0)) -> None:
        self.degree, self.height, self.size = degree, height, size

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        wide, tall = self.size
        bottom = top - (self.height + tall) / 2
        with canvas.artifact():
            canvas.fill(x, bottom, wide, tall, t.LINE)
            canvas.fill(x, bottom, wide, tall * self.degree / 100, t.DEGREES[self.degree])


class Event(NamedTuple):
    """Something on a day of the time-line; a `quiet` one has only its sign there, and its words elsewhere."""

    day: date
    word: str
    quiet: bool = False


class Flag(NamedTuple):
    """An event as drawn: the place of its day from the left, how many flags deep it hangs, and its words."""

    x: float
    level: int
    when: str
    word: str


class Timeline(Picture):
    """Weeks on top (months or years when it is long), the sick leave under them, and below it the events.

    Events hang as flags that never meet. `periods` are in time order, at least one; the axis reaches to the last event
    that lies within a third of its length, and events beyond that are only told, not drawn. `earlier` are periods of
    other certificates, which it begins with, paler; a day that both tell is drawn once.
    """

    BAND, FLAG, GAP, WORD, DEEP, SIGN = 2 * t.STEP, 2 * t.STEP, 4.0, 92.0, 4, 2.6

    def __init__(
        self, periods: Sequence[Period], events: Sequence[Event], width: float, earlier: Sequence[Period] = ()
    ) -> None:
        self.before = t.STEP + t.HALF
        self.periods, self.width = periods, width
        self.earlier = sorted((p for p in earlier if p.first < periods[0].first), key=lambda p: (p.first, p.last))
        self.first = min(period.first for period in (*self.earlier, *periods))
        self.last = max(period.last for period in periods)
        reach = self.last + timedelta(days=max(14, (self.last - periods[0].first).days // 3))
        drawn = sorted(event for event in events if self.first <= event.day <= reach and not event.quiet)
        self.last = max([self.last, *(event.day for event in drawn)])
        ends = [(width - self._wide(event)) / ((event.day - self.first).days + 0.5) for event in drawn]
        self.day = min([width / ((self.last - self.first).days + 1), *ends])  # the words of the last flag have room too
        self.span = self.day * ((self.last - self.first).days + 1)
        self.flags = self._flags(drawn)
        self.quiet = [event.day for event in events if event.quiet and self.first <= event.day <= self.last]
        signs = 2 * self.SIGN + 1 if self.quiet and not self.flags else 0
        self.height = (
            t.STEP + self.BAND + signs + self.FLAG * (1 + max((flag.level for flag in self.flags), default=-1))
        )
        spoken = "; ".join(
            text(f"paper.timeline.{key}", degree=p.degree, first=p.first, last=p.last)
            for key, found in (("earlier", self.earlier), ("period", self.periods))
            for p in found
        )
        said = "; ".join(f"{event.day} {readable(event.word)}" for event in sorted(events) if not event.quiet)
        self.alt = text("paper.timeline.alt", periods=spoken, events=said or text("paper.timeline.no_events"))

    def _x(self, day: date) -> float:
        return (day - self.first).days * self.day

    def _words(self, event: Event) -> tuple[str, str]:
        return short_day(event.day), shorten(event.word, self.WORD, t.REGULAR, SMALL)

    def _wide(self, event: Event) -> float:
        when, word = self._words(event)
        return self.GAP + max(width_of(when, t.STRONG, SMALL), width_of(word, t.REGULAR, SMALL))

    def _flags(self, events: Sequence[Event]) -> list[Flag]:
        """Each flag hangs below those to its right that its words would reach; the deepest are only told."""
        flags: list[Flag] = []
        for event in reversed(events):
            x = self._x(event.day) + self.day / 2
            reach = x + self._wide(event) + self.GAP
            level = max((flag.level + 1 for flag in flags if flag.x < reach), default=0)
            if level < self.DEEP:
                flags.append(Flag(x, level, *self._words(event)))
        return flags

    def _paint(self, canvas: TaggedCanvas) -> None:
        top, axis = self.height - t.STEP, self.height - t.STEP - self.BAND
        for period in self._before():
            self._paint_period(canvas, period, axis, top, t.PALER)
        for period in self.periods:
            self._paint_period(canvas, period, axis, top, t.DEGREES)
        reached = self.width
        for day, word in reversed(list(self._ticks())):
            x = self._x(day)
            if x + width_of(word, t.REGULAR, SMALL) <= reached:
                canvas.write(x, top + 4, word + " ", t.REGULAR, SMALL, t.MUTED)
                reached = x - self.GAP
            if x:
                canvas.stroke(x, axis, x, axis + self.BAND / 4, t.PAPER)
        canvas.stroke(0, axis, self.span, axis, t.TEXT, t.AXIS)
        for flag in self.flags:
            y = axis - self.FLAG * (flag.level + 1)
            canvas.stroke(flag.x, axis, flag.x, y + 4, t.TEXT, t.AXIS)
            canvas.write(flag.x + self.GAP, y + 15, flag.when + " ", t.STRONG, SMALL)
            canvas.write(flag.x + self.GAP, y + 4, flag.word + " ", t.REGULAR, SMALL)
        for day in self.quiet:
            canvas.diamond(self._x(day) + self.day / 2, axis - self.SIGN - 1, self.SIGN, t.MUTED)

    def _ticks(self) -> Iterator[tuple[date, str]]:
        """The days that are named over the band, as close as their names allow."""
        room = 32 / self.day  # days that a name takes
        if room <= 14:
            every = 1 if room <= 7 else 2
            monday = self.first - timedelta(days=self.first.weekday())
            for n in range(0, (self.last - monday).days + 1, 7 * every):
                day = monday + timedelta(days=n)
                yield max(day, self.first), text("paper.timeline.week", week=day.isocalendar().week)
        elif room <= 180:
            step = next(step for step in (1, 2, 3, 6) if room <= 28 * step)
            for number in range(
                self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month, step
            ):
                day = date(number // 12, number % 12 + 1, 1)
                yield max(day, self.first), month(day) if day.month > step else str(day.year)
        else:
            for year in range(self.first.year, self.last.year + 1, 1 + int(room // 365)):
                yield max(date(year, 1, 1), self.first), str(year)

    def _before(self) -> Iterator[Period]:
        """What is drawn of the earlier periods: on each day the one that began last, until the plan's own begin."""
        ends = {self.periods[0].first, *(p.first for p in self.earlier), *(p.last + _ONE for p in self.earlier)}
        for first, after in pairwise(sorted(day for day in ends if day <= self.periods[0].first)):
            if there := [period for period in self.earlier if period.first <= first <= period.last]:
                yield there[-1].changed(first=first, last=after - _ONE)

    def _paint_period(
        self, canvas: TaggedCanvas, period: Period, axis: float, top: float, colours: Mapping[int, Color]
    ) -> None:
        x, wide, tall = self._x(period.first), period.days * self.day, self.BAND * period.degree / 100
        canvas.fill(x, axis, wide, self.BAND, t.LINE)
        canvas.fill(x, axis, wide, tall, colours[period.degree])
        if x:
            canvas.stroke(x, axis, x, top, t.PAPER, 1)
        inside = t.PAPER if colours is t.DEGREES else t.TEXT
        y, colour = (axis + tall / 2 - 3.6, inside) if tall > t.STEP else (axis + tall + 3.4, t.TEXT)
        long = text("paper.timeline.band", degree=period.degree, days=period.days)
        for words in (long, f"{period.degree} %"):
            if width_of(words, t.STRONG, t.BODY.size) + 12 <= wide:
                canvas.write(x + 6, y, words + " ", t.STRONG, t.BODY.size, colour)
                break
