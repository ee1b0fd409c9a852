"""What other packages need to know of a recommendation."""

from collections.abc import Sequence
from datetime import date

from fmstod.domain.period import WEEK
from fmstod.domain.record import Record


class Limit(Record):
    """The time that the recommendations matching this patient give, in days from the first day of the case.

    `days` is the upper bound, None when there is none (open end, minimum, no time, changed at the source); then
    `why_open` is the kind or note. `kind` is that of the deciding recommendation. `number` is what an open kind says
    ("upp till 4 veckor eller längre"): more than that is not "over". `least` is a lower bound. `own_report` means that
    no sick leave is recommended beyond the week that needs no certificate. `counts_from` names the event from which the
    source counts, if it isn't the first day. `sure` is False while an unanswered condition could change the bound.
    `rechecked` is None for facts that nobody has compared with today's page.
    """

    days: int | None
    why_open: str = ""
    kind: str = ""
    number: int | None = None
    least: int | None = None
    own_report: bool = False
    counts_from: str = ""
    sure: bool = False
    entry: int
    recommendation: int | None = None
    title: str
    dated: date
    retrieved: date
    rechecked: date | None = None

    def exceeded_by(self, total: int) -> bool:
        """Whether so many days are more than the bound for certain.

        No sick leave at all is no bound before it is known to be for this patient, nor for the week of own report.
        """
        if self.days is None or (self.days == 0 and not self.sure) or (self.own_report and total <= WEEK):
            return False
        return total > self.days


def asks_reason(limits: Sequence[Limit], total: int) -> bool:
    """Whether to ask why it is longer (question 37). `limits` are in the order of the diagnoses.

    The sick leave is first of all for the first diagnosis. More than it allows is to be explained, also where another
    diagnosis allows it; more than another allows is carried by the first.
    """
    return bool(limits) and limits[0].exceeded_by(total)
