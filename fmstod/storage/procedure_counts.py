"""How many KVÅ codes there are, and of what: counted by indexes, so that ten thousand cost no wait."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from fmstod.clock import SWEDEN
from fmstod.domain.document import DocumentKind
from fmstod.domain.period import EARLIEST, LATEST
from fmstod.domain.procedure import COORDINATION, PLAN_FOLLOWED_UP, PLAN_MADE, Coverage, MonthCount
from fmstod.storage.audit import instant
from fmstod.storage.procedure_rows import SAME_LEAVE, Days, within
from fmstod.storage.tables import cases, documents, followups, mistakes, procedures, relations


def counts(db: sa.Connection, days: Days) -> Sequence[MonthCount]:
    """By month and code, in that order, without what was revoked."""
    what = (procedures.c.on, procedures.c.code, procedures.c.minutes)
    times, minutes = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for on, code, spent, number in db.execute(_in_force(sa.select(*what, sa.func.count()), days).group_by(*what)):
        times[on[:7], code] += number
        minutes[on[:7], code] += number * (spent or 0)
    return [MonthCount(month=m, code=code, count=n, minutes=minutes[m, code]) for (m, code), n in sorted(times.items())]


def coverage(db: sa.Connection, days: Days) -> Coverage:
    leave_of = _leaves(db)
    first_plans: dict[str, str] = {}
    for case, at in db.execute(_PLANS):
        leave = leave_of(case)
        first_plans[leave] = min(at, first_plans.get(leave, at))
    begin, end = _instants(days)
    plans = {leave: at for leave, at in first_plans.items() if begin <= at < end}
    coded = {
        leave_of(case) for case in db.execute(_in_force(sa.select(procedures.c.case_id), code=PLAN_MADE)).scalars()
    }
    followed: dict[str, str] = {}
    for case, on in db.execute(_FOLLOWED):
        leave = leave_of(case)
        followed[leave] = max(on, followed.get(leave, on))
    done = sa.select(sa.func.count()).select_from(followups).where(followups.c.done_at.is_not(None))
    number = sa.select(sa.func.count())
    met = _in_force(sa.select(procedures.c.case_id), days, COORDINATION)
    whose = sa.select(cases.c.id, cases.c.number).where(cases.c.id.in_(met))
    return Coverage(
        plans=len(plans),
        plans_coded=len(plans.keys() & coded),
        plans_followed=sum(followed.get(leave, "") >= _day(at) for leave, at in plans.items()),
        followups=db.execute(within(done, followups.c.on, days)).scalar_one(),
        followups_coded=db.execute(_in_force(number, days, PLAN_FOLLOWED_UP)).scalar_one(),
        made=db.execute(_in_force(number, days, PLAN_MADE)).scalar_one(),
        coordinated=len({who or case for case, who in db.execute(whose)}),
    )


def _leaves(db: sa.Connection) -> Callable[[str], str]:
    """The first case of the sick leave that a case belongs to."""
    ties = {row.case_id: row.of_case for row in db.execute(_TIES)}

    def leave(case: str) -> str:
        while case in ties:
            case = ties[case]
        return case

    return leave


def _in_force(chosen: sa.Select[Any], days: Days = (None, None), code: str = "") -> sa.Select[Any]:
    kept = chosen.select_from(procedures).where(procedures.c.id.not_in(sa.select(mistakes.c.procedure)))
    return within(kept.where(procedures.c.code == code) if code else kept, procedures.c.on, days)


def _day(at: str) -> str:
    return datetime.fromisoformat(at).astimezone(SWEDEN).date().isoformat()


def _instants(days: Days) -> tuple[str, str]:
    """The instants that these days in Sweden begin and end at, as the tables have them."""
    first, last = days
    return (
        instant(datetime.combine(first, time(), SWEDEN)) if first and first >= EARLIEST else "",
        instant(datetime.combine(last + timedelta(1), time(), SWEDEN)) if last and last <= LATEST else "~",
    )


_TIES = sa.select(relations.c.case_id, relations.c.of_case).where(relations.c.kind.in_(sorted(SAME_LEAVE)))
_PLANS = sa.select(documents.c.case_id, documents.c.signed_at).where(documents.c.kind == DocumentKind.PLAN)
# Without grouping: the index that is sorted by case holds no days, and each row's whole record would be decrypted.
_FOLLOWED = sa.select(followups.c.case_id, followups.c.on).where(followups.c.done_at.is_not(None))
