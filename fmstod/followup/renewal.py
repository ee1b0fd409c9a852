"""What goes on when a certificate is renewed: of its plan the steps ahead and what isn't done yet, of a visit what it found."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from fmstod.domain.answers import Answer, Measure, PeriodRow, Status, StepRow
from fmstod.domain.consultation import PERIODS, PLAN_FORM, Consultation
from fmstod.domain.followup import FollowUp, MeasureOutcome, Went
from fmstod.domain.period import LATEST
from fmstod.followup.stepdown import into_certificate
from fmstod.followup.tasks import MEASURES

R = TypeVar("R")

STEPDOWN = "plan.stepdown"
# What the next visit asks anew isn't among them: purpose, follow-up, participation.
GOES_ON = ("plan.goal", "plan.worse", "plan.better", "plan.consent", "plan.contact", "plan.considered")
OVER = (Status.DONE, Status.STOPPED)


def with_plan(
    renewal: Consultation, before: Consultation, periods: str = PERIODS, went: Iterable[MeasureOutcome] = ()
) -> Consultation:
    """The renewal with the plan of the certificate before it; `periods` is where its form asks for the periods.

    What a follow-up told to be over is left behind too; `went` is how the measures went as last known.
    The steps ahead become its periods. It is all a draft: nothing of it is signed again by itself.
    """
    taken: dict[str, Answer] = {ref: before.answers[ref] for ref in GOES_ON if ref in before.answers}
    told = {each.what: each for each in went}
    measures = [_as_told(row, told.get(row.what)) for row in _rows(before.answers.get(MEASURES), Measure)]
    if left := tuple(row for row in measures if row.status not in OVER):
        taken[MEASURES] = left
    rows, said = into_certificate(_rows(before.answers.get(STEPDOWN), StepRow))
    if said:
        taken[STEPDOWN] = said
    planned = tuple(row for row in rows if row != PeriodRow())
    if planned and not renewal.period_rows:
        taken[periods] = planned
    return renewal.changed(plan_form=PLAN_FORM, answers={**renewal.answers, **taken})


def _as_told(row: Measure, told: MeasureOutcome | None) -> Measure:
    """How far it has come by the last follow-up that told of it."""
    status = _STATUS.get(told.went) if told and told.went else None
    return row.changed(status=status) if status else row


_STATUS = {Went.DONE: Status.DONE, Went.DROPPED: Status.STOPPED, Went.ONGOING: Status.BEGUN}


def found_period(last: date | None, followup: FollowUp) -> PeriodRow | None:
    """The renewal's first period as the visit found it: the day after `last`, the last of the certificate, or the visit's day
    if that is later, and no end. None without a degree and where nothing is lost any more.

    Nothing chooses a degree by itself (safety.md M-08), and this doesn't: the physician chose it at the same visit, a minute
    before. It is a draft that stands as taken from there, and without its end, which nobody has chosen, no period.
    """
    if not followup.degree:
        return None
    after = last + timedelta(days=1) if last and last < LATEST else followup.on
    return PeriodRow(degree=followup.degree, first=max(after, followup.on).isoformat())


def _rows(value: Answer | None, kind: type[R]) -> tuple[R, ...]:
    return tuple(row for row in value if isinstance(row, kind)) if isinstance(value, tuple) else ()
