"""The list of cases, a part at a time: a place in it costs what is shown of it, and all of it is counted by an index alone."""

import json
from collections.abc import Sequence
from typing import TypeAlias

import sqlalchemy as sa

from fmstod.domain.listing import Wanted, Which
from fmstod.storage import case_rows, event_rows
from fmstod.storage.store import Listing
from fmstod.storage.tables import cases

_Found: TypeAlias = sa.Select[tuple[str, bool]]


def listing(db: sa.Connection, wanted: Wanted) -> Listing:
    """As `store.Store.listing` describes it."""
    if not wanted.most:
        return Listing((), waits=case_rows.of_ids(db, wanted.also))
    found = _SIGNED_TOO
    for word in case_rows.folded(wanted.find).split():
        found = found.where(sa.func.instr(cases.c.search, word) > 0)
    parts = {which: _part(found, wanted, which) for which in Which}
    chosen = parts[wanted.which].order_by(_SIGNED, cases.c.change.desc()).limit(wanted.most)
    first = [row.id for row in db.execute(chosen)]
    named = [*wanted.also, *event_rows.waiting(db)]
    rows = {row.id: row for row in case_rows.of_ids(db, [*dict.fromkeys([*first, *named])])}
    return Listing(
        rows=tuple(rows[case] for case in first),
        counts=_counts(db, found, parts, wanted),
        waits=tuple(rows[case] for case in dict.fromkeys(named) if case in rows),
    )


def _part(found: _Found, wanted: Wanted, which: Which) -> _Found:
    among = wanted.standing.of(which)
    if among is not None:
        return found.where(cases.c.id.in_(_each(among)))
    if which is Which.ALL:
        return found
    return found.where(_SIGNED) if which is Which.SIGNED else found.where(~_SIGNED, cases.c.id.not_in(event_rows.ENDED))


def _each(ids: Sequence[str]) -> sa.Select[tuple[str]]:
    each = sa.func.json_each(json.dumps(ids)).table_valued("value")
    return sa.select(each.c.value)


def _counts(db: sa.Connection, found: _Found, parts: dict[Which, _Found], wanted: Wanted) -> dict[Which, int]:
    every = found.subquery()
    grouped = db.execute(sa.select(every.c.signed, sa.func.count().label("number")).group_by(every.c.signed))
    by_signed = {bool(row.signed): row.number for row in grouped}
    drafts = _number(db, parts[Which.DRAFTS])
    counts = {Which.ALL: sum(by_signed.values()), Which.DRAFTS: drafts, Which.SIGNED: by_signed.get(True, 0)}
    for which, part in parts.items():
        if (among := wanted.standing.of(which)) is not None:
            counts[which] = _number(db, part) if among else 0
    return counts


def _number(db: sa.Connection, part: _Found) -> int:
    return db.execute(sa.select(sa.func.count()).select_from(part.subquery())).scalar_one()


_SIGNED = cases.c.signed_at.is_not(None)
_SIGNED_TOO = sa.select(cases.c.id, _SIGNED.label("signed"))
