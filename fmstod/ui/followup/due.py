"""What is due for follow-up: read from the store, with the law's days that come soon."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from fmstod.domain.due import Due, DueCase, Watched, Why, due, in_order
from fmstod.domain.leave import Stop
from fmstod.files import read_law
from fmstod.sickleave.days import union
from fmstod.sickleave.groups import Standing
from fmstod.sickleave.milestones import SOON, Counted, Law, milestones, soon
from fmstod.storage.store import Store
from fmstod.ui.cases.forms import has_plan

_EVERYONE = Standing()


@dataclass(frozen=True)
class Group:
    """The cases that are due for one reason, the earliest first. All are counted, the first `named` ones are told."""

    why: Why
    cases: Sequence[Due]


def read_due(store: Store, today: date) -> Sequence[Group]:
    """Every case once, the most pressing reason first; none of a form that goes without a plan."""
    law, planned = read_law(), _with_plan(store.followups.watched(today))
    after = store.followups.plan_after()
    cases = {case.id: with_milestone(case, law, today) for case in planned}
    found = due(cases.values(), today, after)
    by_law = [each.id for each in found if each.why is Why.MILESTONE]
    for case, told in store.followups.standings(by_law).items():
        cases[case] = with_milestone(cases[case], law, today, *told)
    anew = due([cases[case] for case in by_law], today, after)
    found = in_order([*(each for each in found if each.why is not Why.MILESTONE), *anew])
    return [Group(why, list(each)) for why, each in groupby(found, lambda each: each.why)]


def who(store: Store, cases: Iterable[Due]) -> dict[str, DueCase]:
    return dict(store.followups.named([each.id for each in cases]))


def with_milestone(
    case: Watched, law: Law, today: date, standing: Standing = _EVERYONE, stops: Sequence[Stop] = ()
) -> Watched:
    """With the next of the law's days that comes within two weeks, or without one.

    A group is asked for less than everyone, never for more, so that the record is read only where there is such a day.

    Most cases have none, which their length tells; only the others are counted day by day.
    """
    if not case.first <= today <= case.last or not _may_be_soon(case, law, today):
        return case
    days = union((first.toordinal(), last.toordinal()) for first, last in case.spans)
    counted = Counted(case.since, case.last, days, case.before)
    ahead = [each for each in soon(milestones(law, counted, standing, stops), today) if each.due >= today]
    first = min(ahead, key=lambda each: each.due, default=None)
    return replace(case, milestone=first.due if first else None, law_day=first.day if first else 0)


def _may_be_soon(case: Watched, law: Law, today: date) -> bool:
    """A day of the law lies at the earliest where it would without a gap, and later by no more than all gaps."""
    gaps = (case.last - case.first).days + 1 - sum((last - first).days + 1 for first, last in case.spans)
    since = case.since
    for mark in law.mark:
        earliest = since + timedelta(days=mark.day - 1)
        if earliest <= today + timedelta(days=SOON) and today <= earliest + timedelta(days=max(gaps, 0)):
            return True
    return False


def _with_plan(cases: Iterable[Watched]) -> Sequence[Watched]:
    known: dict[tuple[str, str], bool] = {}
    found = []
    for case in cases:
        if case.form not in known:
            known[case.form] = has_plan(case.form)
        if known[case.form]:
            found.append(case)
    return found
