"""Which cases are to be followed up, and why: what the due list shows (product.md F-033, F-034, F-044)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from fmstod.domain.answers import Answer, Measure, Status
from fmstod.domain.record import Record

WEEK = timedelta(days=7)
PAST_END = timedelta(days=28)  # so long a certificate that has run out is told of
PLAN_AFTER = 28  # days of sick leave from which a plan is missed; the unit may choose otherwise
LATEST_PLAN = 365  # the latest that it may choose


class Why(StrEnum):
    """Why a case is on the list, the most pressing first; the heading is `due.why.<value>`."""

    OVERDUE = "overdue"
    THIS_WEEK = "this_week"
    ENDS = "ends"
    MILESTONE = "milestone"
    NO_PLAN = "no_plan"
    PASSIVE = "passive"


class Missing(StrEnum):
    """What makes a sick leave a passive one; its words are `due.missing.<value>`."""

    PLAN = "plan"
    MEASURE = "measure"
    DAY = "day"


class Watched(NamedTuple):
    """What decides about a case with a signed certificate that holds and isn't renewed or closed.

    `first` and `last` are of its own periods. `start` is the first known day of its sick leave, `spans` are all that are
    known of its chain; `before` are days of sick leave before the known ones. What a plan holds is that of the plan in
    force, this certificate's or that of one that it goes on from: `measure` also where none was said to be needed.
    `followed_up` is the day of the latest follow-up, `next` of the coming one; `ended` when the latest one told an
    outcome. `milestone` is the date of a day of the law that is to be seen to soon, `law_day` its number, `chosen`
    whether somebody has set that date; `set_days` are all dates that somebody has set for days of the law.
    """

    id: str
    form: tuple[str, str]
    first: date
    last: date
    start: date | None = None
    spans: tuple[tuple[date, date], ...] = ()
    before: int = 0
    next: date | None = None
    followed_up: date | None = None
    ended: bool = False
    has_plan: bool = False
    purpose: bool = True
    measure: bool = True
    set_days: tuple[date, ...] = ()
    milestone: date | None = None
    law_day: int = 0
    chosen: bool = False

    @property
    def since(self) -> date:
        """The first day of the sick leave, as if the days before had no gap."""
        first = (self.start or self.first).toordinal() - self.before
        return date.fromordinal(max(first, 1))

    def runs(self, today: date) -> bool:
        return self.first <= today <= self.last


class Reason(NamedTuple):
    """One of the reasons that hold, and the day that it is about. `law_day` is its number where the law has one."""

    why: Why
    day: date
    law_day: int = 0
    chosen: bool = False
    missing: tuple[Missing, ...] = ()


class Due(NamedTuple):
    """A case on the list with all reasons that hold, the most pressing first."""

    id: str
    reasons: tuple[Reason, ...]

    @property
    def main(self) -> Reason:
        return self.reasons[0]

    @property
    def why(self) -> Why:
        return self.reasons[0].why

    @property
    def day(self) -> date:
        return self.reasons[0].day


class DueCase(Record):
    """What the due list shows of a case."""

    id: str
    name: str
    protected: bool
    born: date | None
    diagnosis: str
    diagnosis_text: str


def due(cases: Iterable[Watched], today: date, plan_after: int = PLAN_AFTER) -> Sequence[Due]:
    """Each case once, by the most pressing reason, and in that order; then the earlier day first."""
    return in_order(Due(case.id, found) for case in cases if (found := reasons(case, today, plan_after)))


def in_order(found: Iterable[Due]) -> Sequence[Due]:
    """The most pressing reason first, then the earlier day."""
    by_day = sorted(sorted(found, key=lambda each: each.id), key=lambda each: each.reasons[0].day)
    return sorted(by_day, key=lambda each: _ORDER.index(each.reasons[0].why))


def reasons(case: Watched, today: date, plan_after: int = PLAN_AFTER) -> tuple[Reason, ...]:
    """All that hold, the most pressing first; a sick leave that doesn't run today is only followed up or run out."""
    found, soon = [], today + WEEK
    if case.next and case.next <= soon:
        found.append(Reason(Why.OVERDUE if case.next < today else Why.THIS_WEEK, case.next))
    if case.last <= soon and _ends_unseen(case, today):
        found.append(Reason(Why.ENDS, case.last))
    if not case.runs(today):
        return tuple(found)
    if case.milestone:
        found.append(Reason(Why.MILESTONE, case.milestone, case.law_day, case.chosen))
    lacks = missing(case)
    missed = date.fromordinal(min(case.since.toordinal() + plan_after - 1, date.max.toordinal()))
    if Missing.PLAN in lacks and today >= missed:
        found.append(Reason(Why.NO_PLAN, missed))
        lacks = tuple(each for each in lacks if each is not Missing.PLAN)
    if lacks:
        found.append(Reason(Why.PASSIVE, case.since, missing=lacks))
    return tuple(found)


def missing(case: Watched) -> tuple[Missing, ...]:
    """What a case lacks of plan, measure and day; a plan that is missing isn't said to lack a measure too."""
    found = [] if case.has_plan else [Missing.PLAN]
    if case.has_plan and not case.measure:
        found.append(Missing.MEASURE)
    if case.next is None and not case.ended:
        found.append(Missing.DAY)
    return tuple(found)


def is_active(case: Watched, today: date) -> bool:
    """Thought through, planned and followed up: nothing is missing, and its day lies ahead (product.md F-033)."""
    ahead = case.next is not None and case.next >= today
    return case.runs(today) and ahead and case.purpose and not missing(case)


def plan_holds(answers: Mapping[str, Answer]) -> tuple[bool, bool]:
    """Whether a plan has a purpose, and a measure that isn't given up or a word that none is needed."""
    purpose, rows = answers.get("plan.purpose"), answers.get("plan.measures")
    measures = [row for row in rows if isinstance(row, Measure)] if isinstance(rows, tuple) else []
    going = any(row.what.strip() and row.status is not Status.STOPPED for row in measures)
    return bool(str(purpose or "").strip()), going or answers.get("plan.none_needed") is True


def _ends_unseen(case: Watched, today: date) -> bool:
    """It ends within a week, or has ended, and nobody has followed it up or is to before that."""
    if not today - PAST_END <= case.last <= today + WEEK:
        return False
    booked = case.next is not None and today <= case.next <= case.last
    seen = case.followed_up is not None and case.followed_up >= case.last - WEEK
    return not booked and not seen


_ORDER = tuple(Why)
