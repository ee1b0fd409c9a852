"""The days of sick leave to which the law ties something. The law is data (`resources/law`), with days of validity."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from pydantic import model_validator

from fmstod.domain.leave import Status, Stop
from fmstod.domain.period import Period
from fmstod.domain.record import Record
from fmstod.sickleave.cases import Case, run_of
from fmstod.sickleave.chain import Chain
from fmstod.sickleave.days import Days, union
from fmstod.sickleave.groups import Groups, Read, Standing, read_for

SOON = 14  # days ahead that the due list looks


class LawMark(Record):
    """What the law ties to one day. `day` counts from 1, `case` by the calendar and `chain` by sick days (27:51).

    It asks for something only when the case is expected to last `least_days`; otherwise `otherwise` is what to say.
    Both ends of its validity count. `uncertain` is what has to be read again, said wherever the day is shown.
    """

    day: int
    counts: Literal["case", "chain"]
    caption: str
    otherwise: str = ""
    why_not: str = ""
    least_days: int = 0
    physician: str
    patient: str
    employer: str
    source: str
    valid_from: date
    valid_to: date = date.max
    uncertain: str = ""

    @model_validator(mode="after")
    def _says_otherwise(self) -> "LawMark":
        if self.least_days and not (self.otherwise and self.why_not):
            raise ValueError(f"day {self.day}: what is said of a shorter case is missing")
        return self


class Law(Record):
    """The days of the law in time order, and for whom they read otherwise."""

    mark: tuple[LawMark, ...]
    groups: Groups

    @model_validator(mode="after")
    def _in_order(self) -> "Law":
        order = [(mark.day, mark.valid_from, mark.valid_to) for mark in self.mark]
        pairs = list(pairwise(order))
        if order != sorted(order) or any(one[0] == two[0] and two[1] <= one[2] for one, two in pairs):
            raise ValueError("the days aren't in time order, or two wordings of one hold at once")
        return self


@dataclass(frozen=True)
class Counted:
    """What the days are counted by: the case from `since` to its last planned day, and the sick days of its chain.

    `before` are sick days of the chain that aren't known one by one; they lie before the known ones. Of what is `open` it
    isn't decided yet how long it goes on after that.
    """

    since: date
    last: date
    days: Days
    before: int = 0
    open: bool = False


class Milestone(Record):
    """A day of the law in one case, estimated: Försäkringskassan counts (sickleave.md 4.2).

    `applies` is whether the law asks for something then of this patient; else `why_not` tells why, and the three have
    nothing to read. `sick` is whether the
    day lies within the known sick leave. `due` is when it is to be done, the day itself unless somebody set another.
    """

    day: int
    on: date
    counts: Literal["case", "chain"]
    caption: str
    applies: bool
    why_not: str = ""
    sick: bool
    group: str
    physician: str
    patient: str
    employer: str
    source: str
    uncertain: str = ""
    status: Status
    reason: str = ""
    due: date


def load_law(marks: Mapping[str, object], groups: Mapping[str, object]) -> Law:
    """The law from the parsed TOML of both files. Raises pydantic's ValidationError (a ValueError)."""
    return Law.model_validate({**marks, "groups": groups})


def planned(periods: Iterable[Period], earlier_days: int) -> Counted:
    """How to count by one plan alone, after `earlier_days` of the same case that ended the day before it."""
    days = union(run_of(period) for period in periods)
    since = date.fromordinal(days.first) - timedelta(days=earlier_days)
    return Counted(since, date.fromordinal(days.last), days, earlier_days)


def of_case(case: Case, chain: Chain) -> Counted:
    """How to count by certificates: the case, and the chain that it lies in."""
    return Counted(case.start, case.end, chain.days, chain.before)


def milestones(law: Law, counted: Counted, standing: Standing, stops: Iterable[Stop] = ()) -> tuple[Milestone, ...]:
    """The law's days of a case, in time order, those on or after the first known sick day.

    They may lie after the last: the day that isn't reached is worth knowing too, and `sick` tells. Days in a gap aren't
    counted in the chain, and after the last planned day it runs on.
    """
    set_by_day = {stop.day: stop for stop in stops}
    found = [
        _milestone(mark, on, law.groups, counted, standing, set_by_day.get(mark.day))
        for mark in law.mark
        if (on := _date(mark, counted)) and mark.valid_from <= on <= mark.valid_to
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.day)))


def soon(found: Iterable[Milestone], today: date, days: int = SOON) -> Iterator[Milestone]:
    """Those that are still to be done within so many days, the overdue ones too; not what no sick leave reaches."""
    until = today + timedelta(days=days)
    return (each for each in found if each.status == "planned" and each.sick and each.due <= until)


def _date(mark: LawMark, counted: Counted) -> date | None:
    """None for a day that lies before the first known one, or beyond the calendar."""
    days, number = counted.days, mark.day - counted.before
    if mark.counts == "case":
        on = counted.since.toordinal() + mark.day - 1
    elif number >= 1:
        on = days.nth(number) or days.last + number - days.count
    else:
        return None
    return date.fromordinal(on) if days.first <= on <= date.max.toordinal() else None


def _milestone(
    mark: LawMark, on: date, groups: Groups, counted: Counted, standing: Standing, stop: Stop | None
) -> Milestone:
    read = read_for(groups, standing, mark.day, on)
    long_enough = counted.open or (counted.last - counted.since).days + 1 >= mark.least_days
    why_not = _why_not(mark, read, long_enough)
    said = {name: _said(name, mark, read) for name in ("caption", "source", "uncertain")}
    if read.applies and not long_enough:
        said["caption"] = mark.otherwise
    for whom in ("physician", "patient", "employer"):
        said[whom] = "" if why_not else _said(whom, mark, read)
    return Milestone(
        day=mark.day,
        on=on,
        counts=mark.counts,
        applies=not why_not,
        why_not=why_not,
        sick=on.toordinal() in counted.days,
        group=read.group,
        status=stop.status if stop else ("exempt" if why_not else "planned"),
        reason=stop.reason if stop else why_not,
        due=stop.due if stop and stop.due else on,
        **said,
    )


def _said(name: str, mark: LawMark, read: Read) -> str:
    """As the patient's group reads it, else as for everyone."""
    otherwise = getattr(read.reading, name, None)
    return str(getattr(mark, name) if otherwise is None else otherwise)


def _why_not(mark: LawMark, read: Read, long_enough: bool) -> str:
    """Why the law asks for nothing then; empty where it does."""
    if read.reading and not read.applies:
        return read.reading.why_not
    return "" if long_enough else mark.why_not
