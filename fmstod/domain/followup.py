"""A follow-up of the plan: how it went since last time, what holds now, and what comes next (product.md F-062)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from fmstod.domain.answers import Answer, IcfText, Measure, Status
from fmstod.domain.consultation import IMPAIRMENT, LIMITATION, Consultation
from fmstod.domain.period import Degree, Period, iso_day
from fmstod.domain.record import Record

MEASURES = "plan.measures"
Left: TypeAlias = Degree | Literal[0]  # lost work capacity; 0 is back in full


class Went(StrEnum):
    """How it went with a measure."""

    DONE = "done"
    ONGOING = "ongoing"
    NOT_BEGUN = "not_begun"
    DROPPED = "dropped"


_OVER = (Went.DONE, Went.DROPPED)
_SO_FAR: Mapping[Status | None, Went] = {
    Status.WAITING: Went.NOT_BEGUN,
    Status.BEGUN: Went.ONGOING,
    Status.DONE: Went.DONE,
    Status.STOPPED: Went.DROPPED,
}


class MeasureOutcome(Record):
    """A measure of the plan as it was planned, and how it went.

    `since` is the day from which it waits while it isn't begun: the one told at a follow-up, else the planned one, else that
    of the plan's signature.
    """

    what: str
    owner: str = ""
    when: str = ""
    went: Went | None = None
    note: str = ""
    since: date | None = None

    @property
    def is_over(self) -> bool:
        return self.went in _OVER

    def waited(self, on: date) -> int | None:
        """How many days it has waited; None when it is begun or over, and before the day from which it waits."""
        if self.since is None or self.went not in (None, Went.NOT_BEGUN) or self.since >= on:
            return None
        return (on - self.since).days


class Reason(StrEnum):
    """Why the sick leave goes on. Waiting is a reason of its own and is never told as a medical one (F-061)."""

    MEDICAL = "medical"
    SLOWER = "slower"
    NEW_ILLNESS = "new_illness"
    WAITING = "waiting"


class Waiting(Record):
    """What is waited for, in own words, and since which day, as typed."""

    what: str = ""
    since: str = ""


class Outcome(StrEnum):
    """How the sick leave ended; without one it goes on."""

    BACK = "back"
    BACK_PART = "back_part"
    OTHER_WORK = "other_work"
    STILL_ILL = "still_ill"
    OTHER_SUPPORT = "other_support"


class Picture(Record):
    """What is known on a day: measures, impairment and limitation by their ICF rows, what can be done, and the degree.

    `days` tells when a thing was said that wasn't said on that day: a measure by what it is, a rating by its code, all else
    by the name of its field.
    """

    on: date
    measures: tuple[MeasureOutcome, ...] = ()
    impairment: IcfText = IcfText()
    limitation: IcfText = IcfText()
    capacity: str = ""
    degree: Left | None = None
    days: Mapping[str, date] = {}

    def day_of(self, thing: str) -> date:
        return self.days.get(thing, self.on)


class FollowUp(Record):
    """One visit. A draft until it is done, then frozen. `next_day` is as typed; `changes` answer questions by their key."""

    id: str
    case: str
    on: date
    measures: tuple[MeasureOutcome, ...] = ()
    impairment: IcfText = IcfText()
    limitation: IcfText = IcfText()
    capacity: str = ""
    degree: Left | None = None
    changes: Mapping[str, str] = {}
    reasons: tuple[Reason, ...] = ()
    waiting: Waiting = Waiting()
    outcome: Outcome | None = None
    next_day: str = ""

    @property
    def next(self) -> date | None:
        """The day of the next one; none after an outcome."""
        day = iso_day(self.next_day)
        return day if day and day > self.on and self.outcome is None else None

    @property
    def picture(self) -> Picture:
        """What was said at this visit alone. A measure that is told to be waited for waits since the day told."""
        since = iso_day(self.waiting.since) if Reason.WAITING in self.reasons else None
        told = {self.waiting.what.strip(): since} if since else {}
        return Picture(
            on=self.on,
            measures=tuple(each.changed(since=told.get(each.what, each.since)) for each in self.measures),
            impairment=self.impairment,
            limitation=self.limitation,
            capacity=self.capacity,
            degree=self.degree,
        )


class StoredFollowUp(Record):
    """`done_at` and `by` tell when it was done and by whom; a draft has neither. `version` counts saves."""

    record: FollowUp
    version: int
    done_at: datetime | None = None
    by: str = ""


class Lack(StrEnum):
    """What is left before a follow-up is done; the sentence is `followup.lack.<value>`."""

    MEASURES = "measures"
    WAITING = "waiting"
    SINCE = "since"
    NEXT = "next"
    NEXT_DAY = "next_day"


def lacking(followup: FollowUp) -> tuple[Lack, ...]:
    """What is left, in the order of the page: without it nobody can say that the plan has been followed up."""
    return tuple(_lacking(followup))


def _lacking(followup: FollowUp) -> Iterator[Lack]:
    if any(each.went is None for each in followup.measures):
        yield Lack.MEASURES
    if Reason.WAITING in followup.reasons:
        since = iso_day(followup.waiting.since)
        if not followup.waiting.what.strip():
            yield Lack.WAITING
        if followup.waiting.since and (since is None or since > followup.on):
            yield Lack.SINCE
    if followup.outcome is None and followup.next is None:
        yield Lack.NEXT_DAY if followup.next_day.strip() else Lack.NEXT


def begun(followup: str, case: str, on: date, before: Picture) -> FollowUp:
    """A new one: what was planned is to be answered anew, and what was done or dropped last time is left behind.

    The ICF rows are the same with no rating yet, so that none is taken over unseen.
    """
    return FollowUp(
        id=followup,
        case=case,
        on=on,
        measures=tuple(each.changed(went=None, note="") for each in before.measures if not each.is_over),
        impairment=_asked_anew(before.impairment),
        limitation=_asked_anew(before.limitation),
    )


def _asked_anew(before: IcfText) -> IcfText:
    return IcfText(icf=tuple(rating.changed(severity=None, basis=None) for rating in before.icf))


def first_picture(record: Consultation, plan: Mapping[str, Answer], on: date) -> Picture:
    """What certificate and plan say: the last time before the first follow-up. `plan` are the answers of the plan in force.

    A form may ask for impairment in several places: the rows of all are taken, by ICF's component.
    """
    return Picture(
        on=on,
        measures=planned(plan, on),
        impairment=_described(record, IMPAIRMENT, "b"),
        limitation=_described(record, LIMITATION, "d"),
        degree=degree_on(record.periods, on),
    )


def planned(plan: Mapping[str, Answer], signed: date) -> tuple[MeasureOutcome, ...]:
    """The measures of a plan that was signed on that day, and how far it says that they have come."""
    rows = plan.get(MEASURES)
    measures = [row for row in rows if isinstance(row, Measure) and row.what.strip()] if isinstance(rows, tuple) else []
    return tuple(
        MeasureOutcome(
            what=row.what,
            owner=row.owner,
            when=row.when,
            went=_SO_FAR.get(row.status),
            since=iso_day(row.when.strip()) or signed,
        )
        for row in measures
    )


def _described(record: Consultation, ref: str, component: str) -> IcfText:
    values = [value for value in record.answers.values() if isinstance(value, IcfText)]
    rows = {rating.code: rating for value in values for rating in value.icf if rating.code.startswith(component)}
    return IcfText(text=record.described(ref).text, icf=tuple(rows.values()))


def degree_on(periods: Sequence[Period], day: date) -> Degree | None:
    """The degree on a day, after the last one that of the last; None before the first and without any."""
    period = period_on(periods, day)
    return period.degree if period else None


def period_on(periods: Sequence[Period], day: date) -> Period | None:
    begun_by = [period for period in periods if period.first <= day]
    return max(begun_by, key=lambda p: (p.last >= day, p.last, p.degree)) if begun_by else None


def worse(before: int | None, now: int | None) -> int:
    """1 when a rating is worse than last time, -1 when it is better, 0 when it is the same or one isn't rated."""
    return 0 if before is None or now is None else (now > before) - (now < before)
