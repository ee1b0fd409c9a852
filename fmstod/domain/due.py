"""Which cases are to be followed up, and why: what the due list shows (product.md F-033, F-034, F-044)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

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


@dataclass(frozen=True, slots=True)
class Watched:
    """What decides about a case with a signed certificate that holds and isn't renewed or closed.

    `first` and `last` are of its periods, `spans`; `before` are the days of sick leave before them, as far as known.
    `followed_up` is the day of the latest follow-up, `next` of the coming one. `milestone` is the date of a day of the law that comes
    soon, `law_day` its number.
    """

    id: str
    form: tuple[str, str]
    first: date
    last: date
    spans: tuple[tuple[date, date], ...] = ()
    before: int = 0
    next: date | None = None
    followed_up: date | None = None
    has_plan: bool = False
    milestone: date | None = None
    law_day: int = 0

    @property
    def since(self) -> date:
        """The first day of the sick leave, as if the days before had no gap."""
        return self.first - timedelta(days=self.before)


@dataclass(frozen=True, slots=True)
class Due:
    """A case on the list: why, and the day that it is about; `law_day` is its number where the law has one."""

    id: str
    why: Why
    day: date
    law_day: int = 0


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
    return in_order(each for case in cases if (each := _due(case, today, plan_after)))


def in_order(found: Iterable[Due]) -> Sequence[Due]:
    """The most pressing reason first, then the earlier day."""
    order = {why: place for place, why in enumerate(Why)}
    return sorted(found, key=lambda each: (order[each.why], each.day, each.id))


def _due(case: Watched, today: date, plan_after: int) -> Due | None:
    if case.next and case.next < today:
        return Due(case.id, Why.OVERDUE, case.next)
    if case.next and case.next <= today + WEEK:
        return Due(case.id, Why.THIS_WEEK, case.next)
    if _ends_unseen(case, today):
        return Due(case.id, Why.ENDS, case.last)
    if not case.first <= today <= case.last:
        return None
    if case.milestone:
        return Due(case.id, Why.MILESTONE, case.milestone, case.law_day)
    if not case.has_plan:
        missed = case.since + timedelta(days=plan_after - 1)
        if today >= missed:
            return Due(case.id, Why.NO_PLAN, missed)
        if case.next is None:
            return Due(case.id, Why.PASSIVE, case.first)
    return None


def _ends_unseen(case: Watched, today: date) -> bool:
    """It ends within a week, or has ended, and nobody has followed it up or is to before that."""
    if not today - PAST_END <= case.last <= today + WEEK:
        return False
    booked = case.next is not None and case.next <= case.last
    seen = case.followed_up is not None and case.followed_up >= case.last - WEEK
    return not booked and not seen
