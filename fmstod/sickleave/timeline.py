"""Everything that stands on one axis of days: laid out for a painter, and in sentences for those who don't see it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from fmstod.domain.leave import StillReduced
from fmstod.domain.period import WEEK, Degree, Period
from fmstod.domain.record import Record
from fmstod.domain.words import Phrases, capital
from fmstod.sickleave.cases import Certificate, Stretch, prevailing, sick_days
from fmstod.sickleave.chain import chain_at, chains_of
from fmstod.sickleave.days import Days, union
from fmstod.sickleave.milestones import Milestone

BEHIND, AHEAD = 2 * WEEK, 4 * WEEK  # what the closest look shows, before today and from it on
MARGIN = WEEK  # days of air at both ends of a wider one
# The most days with so many months between two ticks; 0 is a tick each Monday.
TICKS: Sequence[tuple[int, int]] = ((15 * WEEK, 0), (500, 1), (1500, 3), (6000, 12))
LONGEST_STEP = 120  # months
_DAY = timedelta(days=1)
_LAST = datetime.max.replace(tzinfo=UTC)  # signed after all others: it holds where they overlap

State: TypeAlias = Literal["planned", "done", "overdue", "exempt"]


class Kind(StrEnum):
    """What a mark is of, the most important first: it gets its words where there isn't room for all."""

    TODAY = "today"
    LIMIT = "limit"
    FOLLOW_UP = "follow_up"
    STEP = "step"
    MILESTONE = "milestone"


class Zoom(StrEnum):
    """How much of the axis is shown, the least first."""

    CLOSE = "close"
    CASE = "case"
    ALL = "all"


class Bar(Record):
    """Days with one degree, both ends counted. A planned one isn't signed yet; one that doesn't `holds` is sick leave no more."""

    first: date
    last: date
    degree: Degree
    planned: bool = False
    holds: bool = True

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def height(self) -> float:
        """Of full sick leave."""
        return self.degree / 100


class Mark(Record):
    """Something on one day. `caption` says what: of a limit the recommendation, of a step what is done then.

    `day` is which of the law's days it is.
    """

    on: date
    kind: Kind
    caption: str = ""
    state: State = "planned"
    day: int | None = None


class Item(NamedTuple):
    """One thing that stands on the axis: its days, the sentence that says it, and the mark if it is one."""

    first: date
    last: date
    said: str
    mark: Mark | None = None


class Timeline(Record):
    """One patient's sick leave on one axis; bars and marks in time order, the day of today among the marks.

    `reduced` are days without certificate in which work capacity was reduced all the same; both ends count.
    """

    today: date
    bars: tuple[Bar, ...] = ()
    marks: tuple[Mark, ...] = ()
    reduced: tuple[tuple[date, date], ...] = ()

    @property
    def sick(self) -> Sequence[Bar]:
        """The bars that are sick leave."""
        return [bar for bar in self.bars if bar.holds]


def timeline(
    today: date,
    certificates: Sequence[Certificate],
    planned: Sequence[Period] = (),
    marks: Iterable[Mark] = (),
    caption: str = "",
    *,
    void: Sequence[Period] = (),
    reduced: Iterable[StillReduced] = (),
) -> Timeline:
    """Signed certificates by the degree that holds, and the draft's periods, which hold where they overlap.

    `caption` is what to say of today. `void` are the periods of a certificate that doesn't hold, shown where nothing else
    is; what was marked as still `reduced` is shown between sick days.
    """
    draft = [Certificate(signed=_LAST, periods=tuple(planned))]
    every_sick = sick_days([*certificates, *draft])
    bars = [_bar(each) for each in _outside(prevailing(certificates), sick_days(draft))]
    bars += [_bar(each, planned=True) for each in prevailing(draft)]
    gone = prevailing([Certificate(signed=_LAST, periods=tuple(void))])
    bars += [_bar(each, holds=False) for each in _outside(gone, every_sick)]
    order = list(Kind)
    every = [Mark(on=today, kind=Kind.TODAY, caption=caption), *marks]
    return Timeline(
        today=today,
        bars=tuple(sorted(bars, key=lambda bar: bar.first)),
        marks=tuple(sorted(every, key=lambda mark: (mark.on, order.index(mark.kind)))),
        reduced=tuple(_between(every_sick, reduced)),
    )


def marks_of(milestones: Sequence[Milestone], phrases: Phrases, today: date) -> Sequence[Mark]:
    """The law's days as marks, and another one on the day that somebody has set for what is to be done. What the law asks
    nothing of then is exempt.
    """
    found = [
        Mark(
            on=each.on,
            kind=Kind.MILESTONE,
            caption=phrases["axis.milestone"].format(day=each.day, caption=each.caption),
            state=each.status,
            day=each.day,
        )
        for each in milestones
    ]
    return found + [
        Mark(
            on=each.due,
            kind=Kind.MILESTONE,
            caption=phrases["axis.due"].format(day=each.day),
            state="overdue" if each.due < today else "planned",
            day=each.day,
        )
        for each in milestones
        if each.due != each.on and each.status == "planned"
    ]


def window(shown: Timeline, zoom: Zoom) -> tuple[date, date]:
    """The first and the last day that are drawn.

    The closest look is around today and what is planned. The case is the chain that today lies in, or the last one, and
    what is planned in it. The widest holds everything, also days of the law that the sick leave doesn't reach.
    """
    if zoom is Zoom.CLOSE or not shown.bars:
        ends = [_moved(shown.today, -BEHIND), _moved(shown.today, AHEAD - 1)]
        for bar in shown.bars:
            ends += [_moved(bar.first, -MARGIN), _moved(bar.last, MARGIN)] if bar.planned else []
        return min(ends), max(ends)
    if zoom is Zoom.CASE:
        chains = chains_of(union((bar.first.toordinal(), bar.last.toordinal()) for bar in shown.bars))
        chain = chain_at(chains, shown.today) or chains[-1]
        days = [chain.start, chain.end, *(m.on for m in shown.marks if chain.holds(m.on) and _belongs(m, chain.end))]
    else:
        days = [*(bar.first for bar in shown.bars), *(bar.last for bar in shown.bars), *(m.on for m in shown.marks)]
    return _moved(min(days), -MARGIN), _moved(max(days), MARGIN)


def ticks(first: date, last: date) -> Sequence[date]:
    """Where the axis is divided: Mondays, or first days of months, few enough that each can have its words."""
    length = (last - first).days + 1
    months = next((months for most, months in TICKS if length <= most), LONGEST_STEP)
    return list(_months(first, last, months) if months else _mondays(first, last))


def items(shown: Timeline, phrases: Phrases, say_day: Callable[[date], str]) -> Sequence[Item]:
    """All that stands on the axis, in time order, with what lies between certificates.

    `say_day` writes a day as it is read aloud.
    """
    found = [Item(bar.first, bar.last, _of_days(bar, _word_of(bar, phrases), phrases, say_day)) for bar in shown.bars]
    for first, last, key in _gaps(shown):
        gap = Bar(first=first, last=last, degree=100)
        found.append(Item(first, last, _of_days(gap, phrases[f"axis.{key}"], phrases, say_day)))
    found += [
        Item(mark.on, mark.on, phrases["axis.on"].format(day=say_day(mark.on), what=_what(mark, phrases)), mark)
        for mark in shown.marks
    ]
    ordered = sorted(found, key=lambda each: (each.first, each.mark is not None))
    return [each._replace(said=capital(each.said)) for each in ordered]


def sentences(shown: Timeline, phrases: Phrases, say_day: Callable[[date], str]) -> Sequence[str]:
    """The text that says what the picture shows."""
    return [each.said for each in items(shown, phrases, say_day)]


def _word_of(bar: Bar, phrases: Phrases) -> str:
    key = "void" if not bar.holds else "planned" if bar.planned else "signed"
    return phrases[f"axis.{key}"].format(degree=bar.degree)


def _of_days(bar: Bar, what: str, phrases: Phrases, say_day: Callable[[date], str]) -> str:
    if bar.days == 1:
        return phrases["axis.one_day"].format(day=say_day(bar.first), what=what)
    return phrases["axis.days"].format(first=say_day(bar.first), last=say_day(bar.last), what=what, days=bar.days)


def _what(mark: Mark, phrases: Phrases) -> str:
    """What it is, what it says, and how it stands."""
    kind = phrases[f"axis.kind.{mark.kind}"]
    state = "" if mark.state == "planned" else phrases[f"axis.state.{mark.state}"]
    return ", ".join(part for part in (kind, mark.caption, state) if part)


def _bar(stretch: Stretch, *, planned: bool = False, holds: bool = True) -> Bar:
    first, last = date.fromordinal(stretch.first), date.fromordinal(stretch.last)
    return Bar(first=first, last=last, degree=stretch.degree, planned=planned, holds=holds)


def _between(sick: Days, reduced: Iterable[StillReduced]) -> Iterator[tuple[date, date]]:
    """What was marked of the days between sick days."""
    marked = union((each.first.toordinal(), each.last.toordinal()) for each in reduced)
    for one, two in pairwise(sick.runs):
        for first, last in marked.within(one[1] + 1, two[0] - 1).runs:
            yield date.fromordinal(first), date.fromordinal(last)


def _gaps(shown: Timeline) -> Iterator[tuple[date, date, str]]:
    """The days between bars, those apart that are marked; with the key of what is said of them."""
    for one, two in pairwise(shown.bars):
        first, end = one.last + _DAY, two.first
        for begun, last in shown.reduced:
            if first <= begun and last < end:
                if first < begun:
                    yield first, begun - _DAY, "gap"
                yield begun, last, "reduced"
                first = last + _DAY
        if first < end:
            yield first, end - _DAY, "gap"


def _outside(stretches: Iterable[Stretch], days: Days) -> Iterator[Stretch]:
    """What of them lies on no such day."""
    for each in stretches:
        begun = each.first
        for first, last in days.within(each.first, each.last).runs:
            if begun < first:
                yield Stretch(begun, first - 1, each.degree)
            begun = last + 1
        if begun <= each.last:
            yield Stretch(begun, each.last, each.degree)


def _belongs(mark: Mark, end: date) -> bool:
    """A day of the law that the sick leave doesn't reach isn't the case's."""
    return mark.kind is not Kind.MILESTONE or mark.on <= end


def _moved(day: date, days: int) -> date:
    """At the end of the calendar no farther."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _mondays(first: date, last: date) -> Iterator[date]:
    day = first.toordinal() + (-first.weekday()) % WEEK
    return (date.fromordinal(n) for n in range(day, last.toordinal() + 1, WEEK))


def _months(first: date, last: date, step: int) -> Iterator[date]:
    """First days of every month, quarter, year or decade from `first` to `last`."""
    number = first.year * 12 + first.month - 1
    number += -number % step
    while number // 12 <= last.year:
        day = date(number // 12, number % 12 + 1, 1)
        if day > last:
            return
        if day >= first:
            yield day
        number += step
