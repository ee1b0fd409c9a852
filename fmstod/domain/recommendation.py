"""What other packages need to know of a recommendation."""

from collections.abc import Sequence
from datetime import date

from fmstod.domain.period import WEEK, DayCounts
from fmstod.domain.record import Record


class Limit(Record):
    """The time that the recommendations matching this patient give, in days from the first day of the case.

    `days` is the upper bound, None when there is none (open end, minimum, no time, changed at the source); then
    `why_open` is the kind or note. `kind` is that of the deciding recommendation. `number` is what an open kind says
    ("upp till 4 veckor eller längre"): more than that is not "over". `least` is a lower bound. `own_report` means that
    no sick leave is recommended beyond the week that needs no certificate, `to_be_avoided` that none is told as "avoid". `counts_from` names the event from which the
    source counts, if it isn't the first day, and `event` is its day, None while that isn't known; `after_event` is the
    upper bound from it on. What that or `days` allows is allowed. `sure` is False while an unanswered condition could change the bound.
    `rechecked` is None for facts that nobody has compared with today's page.
    """

    days: int | None
    why_open: str = ""
    kind: str = ""
    number: int | None = None
    least: int | None = None
    own_report: bool = False
    to_be_avoided: bool = False
    counts_from: str = ""
    event: date | None = None
    after_event: int | None = None
    sure: bool = False
    entry: int
    recommendation: int | None = None
    title: str
    dated: date
    retrieved: date
    rechecked: date | None = None

    @property
    def bound(self) -> int:
        """The number to compare with: the larger of the two bounds, or what an open kind says."""
        return max(self.days or 0, self.after_event or 0) or self.number or 0

    def exceeded_by(self, days: DayCounts) -> bool:
        """Whether so many days are more than allowed for certain.

        No sick leave at all is no bound before it is known to be for this patient, nor for the week of own report.
        """
        if self.after_event is None:
            return self.days is not None and self._passes(days.total, self.days)
        if self.event is None or (self.days is not None and not self._passes(days.total, self.days)):
            return False
        return days.from_day(self.event)[0] > self.after_event

    def exceeded_if_first(self, days: DayCounts) -> bool:
        """Whether they are more than allowed if the event, whose day isn't known, was on the first of them."""
        return self.after_event is not None and self.event is None and (days.total or 0) > self.bound

    def _passes(self, total: int | None, bound: int) -> bool:
        if total is None or (bound == 0 and not self.sure) or (self.own_report and total <= WEEK):
            return False
        return total > bound


def event_key(entry: int, event: str) -> str:
    """Where the day that an entry's time counts from is kept in Consultation.conditions."""
    return f"{entry}:event.{event}"


def asks_reason(limits: Sequence[Limit], days: DayCounts) -> bool:
    """Whether to ask why it is longer (question 37). `limits` are in the order of the diagnoses.

    The sick leave is first of all for the first diagnosis. More than it allows is to be explained, also where another
    diagnosis allows it; more than another allows is carried by the first.
    """
    return bool(limits) and limits[0].exceeded_by(days)


def offers_reason(limits: Sequence[Limit], days: DayCounts) -> bool:
    """Whether it may be longer than the first diagnosis allows, so that a reason is welcome but not asked for."""
    return bool(limits) and limits[0].sure and limits[0].exceeded_if_first(days)
