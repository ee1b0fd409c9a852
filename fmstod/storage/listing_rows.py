"""The list of cases, a part at a time: a place in it costs what is shown of it, and all of it is counted by an index alone."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from fmstod.domain.listing import Wanted, Which
from fmstod.storage import case_rows, event_rows, followup_rows
from fmstod.storage.store import Listing
from fmstod.storage.tables import cases

MOST_WAITING = 4  # cases named of each kind


def listing(db: sa.Connection, wanted: Wanted) -> Listing:
    """As `store.Store.listing` describes it."""
    found = _SIGNED_TOO
    for word in case_rows.folded(wanted.find).split():
        found = found.where(sa.func.instr(cases.c.search, word) > 0)
    counts = {bool(row.signed): row.number for row in db.execute(_counted(found))}
    signed = cases.c.signed_at.is_not(None)
    if wanted.which is not Which.ALL:
        found = found.where(signed if wanted.which is Which.SIGNED else ~signed)
    first = [row.id for row in db.execute(found.order_by(signed, cases.c.change.desc()).limit(wanted.most))]
    due, unplanned = _waits(db, wanted)
    asked = list(event_rows.waiting(db))
    named = [*due[:MOST_WAITING], *unplanned[:MOST_WAITING], *asked]
    rows = {row.id: row for row in case_rows.of_ids(db, [*dict.fromkeys([*first, *named])])}
    return Listing(
        rows=tuple(rows[case] for case in first),
        counts=(counts.get(False, 0), counts.get(True, 0)),
        waits=tuple(rows[case] for case in dict.fromkeys(named) if case in rows),
        waiting=(len(due), len(unplanned)),
    )


def _counted(found: sa.Select[tuple[str, bool]]) -> sa.Select[Any]:
    part = found.subquery()
    return sa.select(part.c.signed, sa.func.count().label("number")).group_by(part.c.signed)


def _waits(db: sa.Connection, wanted: Wanted) -> tuple[Sequence[str], Sequence[str]]:
    """The signed cases to be followed up until a day, soonest first, and those without a plan, the latest change first."""
    coming, known = followup_rows.coming(db), dict[str, bool]()
    due, unplanned = [], []
    for case, followup, has_plan, form in db.execute(_STANDING):
        day = case_rows.next_day(followup, coming.get(case))
        if day and day <= wanted.until:
            due.append((day, case))
        if not has_plan:
            if form not in known:
                known[form] = wanted.plans(_form(form))
            if known[form]:
                unplanned.append(case)
    return [case for _day, case in sorted(due, key=lambda each: each[0])], unplanned


def _form(stored: str) -> tuple[str, str]:
    form, version = json.loads(stored)
    return form, version


_SIGNED_TOO = sa.select(cases.c.id, cases.c.signed_at.is_not(None).label("signed"))
_STANDING = (
    sa.select(cases.c.id, cases.c.followup, sa.type_coerce(cases.c.has_plan, sa.Integer), cases.c.form)
    .where(cases.c.signed_at.is_not(None))
    .order_by(cases.c.change.desc())
)
