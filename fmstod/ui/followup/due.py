"""What is due for follow-up: read from the store, with the law's days that come soon."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from fmstod.domain.due import Due, DueCase, Watched, Why, due
from fmstod.domain.leave import Stop
from fmstod.files import read_law
from fmstod.sickleave.days import union
from fmstod.sickleave.groups import Standing
from fmstod.sickleave.milestones import SOON, Counted, Law, LawMark, Milestone, milestones, soon
from fmstod.storage.store import Store
from fmstod.ui.cases.forms import has_plan

_EVERYONE = Standing()


@dataclass(frozen=True)
class Group:
    """The cases that are due for one reason, the earliest first. All are counted, the first `named` ones are told."""

    why: Why
    cases: Sequence[Due]


def read_watched(store: Store, today: date) -> Sequence[Watched]:
    """What decides about what is due, of the forms that have a plan."""
    known: dict[tuple[str, str], bool] = {}
    found = []
    for case in store.followups.watched(today):
        if case.form not in known:
            known[case.form] = has_plan(case.form)
        if known[case.form]:
            found.append(case)
    return found


def due_of(store: Store, watched: Iterable[Watched], today: date) -> Sequence[Due]:
    """Every case once, the most pressing reason first.

    A group is asked for less by the law than everyone, never for more, so that a record is read only where everyone would
    have such a day soon, or where somebody has set one.
    """
    law, until = read_law(), today + timedelta(days=SOON)
    cases = {case.id: with_milestone(case, law, today) if case.runs(today) else case for case in watched}
    told = [each.id for each in cases.values() if each.milestone or (each.set_days and _is_set(each, today, until))]
    for case, (standing, stops) in store.followups.standings(told).items():
        cases[case] = with_milestone(cases[case], law, today, standing, stops)
    return due(cases.values(), today, store.followups.plan_after())


def read_due(store: Store, today: date) -> Sequence[Group]:
    """What is due, by its most pressing reason."""
    found = due_of(store, read_watched(store, today), today)
    return [Group(why, list(each)) for why, each in groupby(found, lambda each: each.why)]


def who(store: Store, cases: Iterable[Due]) -> Mapping[str, DueCase]:
    return store.followups.named([each.id for each in cases])


def with_milestone(
    case: Watched, law: Law, today: date, standing: Standing = _EVERYONE, stops: Sequence[Stop] = ()
) -> Watched:
    """With the next of the law's days that is to be seen to within two weeks, or without one.

    A day that has passed is told of no more, but a date that somebody has set is, until it is said how it went.
    """
    chosen = {stop.day for stop in stops if stop.due}
    near = _near(case, law, today, chosen) if case.runs(today) else ()
    found: list[Milestone] = []
    if near:
        days = union((first.toordinal(), last.toordinal()) for first, last in case.spans)
        counted = Counted(case.since, case.last, days, case.before)
        of_these = law.model_copy(update={"mark": near})
        found = [
            each
            for each in soon(milestones(of_these, counted, standing, stops), today)
            if each.due >= today or each.day in chosen
        ]
    first = min(found, key=lambda each: each.due, default=None)
    if first is None:
        return case._replace(milestone=None, law_day=0, chosen=False) if case.milestone else case
    return case._replace(milestone=first.due, law_day=first.day, chosen=first.day in chosen)


def _near(case: Watched, law: Law, today: date, chosen: set[int]) -> tuple[LawMark, ...]:
    """The days of the law that lie within two weeks, or have a date of their own. Most cases have none."""
    since, now = case.since.toordinal(), today.toordinal()
    before = case.before + sum(
        min(last.toordinal(), now - 1) - first.toordinal() + 1 for first, last in case.spans if first.toordinal() < now
    )
    reached = {"case": now - since, "chain": before}  # how many days lie before today
    return tuple(mark for mark in law.mark if 0 < mark.day - reached[mark.counts] <= SOON + 1 or mark.day in chosen)


def _is_set(case: Watched, today: date, until: date) -> bool:
    return case.runs(today) and any(day <= until for day in case.set_days)
