"""What of all cases decides about what is due, read from an index: nobody's whole record is opened."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

import sqlalchemy as sa

from fmstod.domain.consultation import FORM
from fmstod.domain.due import Watched
from fmstod.domain.event import Happened
from fmstod.domain.lifecycle import GOES_ON, SUPERSEDING
from fmstod.sickleave.cases import REHABSTOD_GAP
from fmstod.sickleave.chain import CHAIN_GAP
from fmstod.sickleave.days import Days, Run, union
from fmstod.storage import followup_rows
from fmstod.storage.followup_rows import Coming
from fmstod.storage.tables import cases, events, relations

_Raw: TypeAlias = Sequence[Any]  # as `_Row`, which is made only where it is needed: there are many


class _Row(NamedTuple):
    """A signed case as the index has it."""

    id: str
    number: str
    form: str
    days_before: int | None
    first_day: str | None
    last_day: str | None
    followup: str | None
    has_plan: int
    purpose: int | None
    measure: int | None
    set_days: str | None
    periods: str


def watched(db: sa.Connection, today: date) -> Iterator[Watched]:
    """The signed cases that hold and go on in no other one, as the due list needs them."""
    rows = {row[0]: row for row in db.execute(_WATCHED).all()}
    ties, coming = _Ties(db, rows), followup_rows.coming(db)
    now, forms = today.isoformat(), dict[str, tuple[str, str]]()
    going = [row for case, row in rows.items() if row[5] and not ties.is_over(case)]
    running = {row[0] for row in going if row[4] <= now <= row[5]}
    known = _by_patient(rows, ties, {rows[case][1] for case in running})
    for (
        case,
        number,
        form,
        before,
        first_day,
        last_day,
        followup,
        has_plan,
        purpose,
        measure,
        set_days,
        periods,
    ) in going:
        if form not in forms:
            forms[form] = tuple(json.loads(form))
        first = date.fromisoformat(first_day)
        leave = _Leave(None, (), before or 0)
        if case in running:
            leave = _leave(_spans(periods) | known.get(number, _NONE), first.toordinal(), before or 0)
        if case in coming or case in ties.made_of:
            plan = _plan(case, rows, ties, coming)
        else:
            planned = date.fromisoformat(followup) if followup else None
            plan = _Plan(planned, None, False, bool(has_plan), bool(purpose), bool(measure))
        yield Watched(
            case,
            forms[form],
            first,
            date.fromisoformat(last_day),
            *leave,
            plan.next,
            plan.followed_up,
            plan.ended,
            plan.has_plan,
            plan.purpose,
            plan.measure,
            set_days=tuple(map(date.fromisoformat, json.loads(set_days))) if set_days else (),
        )


class _Ties:
    """Which signed cases are closed or revoked, and which go on in another signed one."""

    def __init__(self, db: sa.Connection, signed: Mapping[str, object]) -> None:
        over = db.execute(sa.select(events.c.case_id, events.c.kind).where(events.c.kind.in_(_OVER))).all()
        self.revoked = {case for case, kind in over if kind == Happened.REVOKED}
        self._ended = {case for case, _kind in over}
        self._signed = signed
        self.made_of: dict[str, str] = {}
        self._children: dict[str, list[tuple[str, str]]] = {}
        for of, case, kind in db.execute(_TIED):
            self._children.setdefault(of, []).append((case, kind))
            self.made_of[case] = of

    def is_over(self, case: str) -> bool:
        return case in self._ended or (case in self._children and self._goes_on(case))

    def counts(self, case: str) -> bool:
        """Whether its days count: not once it is revoked, or another has taken its place."""
        return case not in self.revoked and not any(
            self._holds(child) for child, kind in self._children.get(case, ()) if kind in SUPERSEDING
        )

    def goes_on_from(self, case: str) -> str | None:
        """The case that it was made of, unless that was closed: then the sick leave began anew."""
        of = self.made_of.get(case)
        return None if of is None else of if of in self._signed and of not in self._ended else None

    def _goes_on(self, case: str) -> bool:
        """What was revoked is as if it weren't there, but for the one that took its place."""
        return any(self._holds(each) or self._goes_on(each) for each, _kind in self._children.get(case, ()))

    def _holds(self, case: str) -> bool:
        return case in self._signed and case not in self.revoked


class _Plan(NamedTuple):
    """What is planned for a case; as in `Watched`."""

    next: date | None
    followed_up: date | None
    ended: bool
    has_plan: bool
    purpose: bool
    measure: bool


def _plan(case: str, rows: Mapping[str, _Raw], ties: _Ties, coming: Mapping[str, Coming]) -> _Plan:
    """A certificate that goes on from another is the same sick leave: what it has no word of stands as it was."""
    row, seen, of = _Row._make(rows[case]), coming.get(case), ties.goes_on_from(case)
    planned = date.fromisoformat(row.followup) if row.followup else None
    own = _Plan(
        seen.day(planned) if seen else planned,
        seen.on if seen else None,
        seen is not None and seen.next is None and not seen.replanned,
        bool(row.has_plan),
        bool(row.purpose),
        bool(row.measure),
    )
    if of is None or (own.has_plan and seen):
        return own
    before = _plan(of, rows, ties, coming)
    if not own.has_plan:
        own = own._replace(has_plan=before.has_plan, purpose=before.purpose, measure=before.measure)
    if own.next is None and not seen:
        own = own._replace(next=before.next)
    return own if seen else own._replace(followed_up=before.followed_up)


class _Leave(NamedTuple):
    """The first known day of a sick leave, the known days of its chain, how many came before the known; as in `Watched`."""

    start: date | None
    spans: tuple[tuple[date, date], ...]
    before: int


def _leave(known: frozenset[Run], first: int, entered: int) -> _Leave:
    """Counted as the window counts: one case while at most five days lie between, one chain while fewer than 90 do.

    `entered` are the days before the certificate as its record tells them; what certificates tell of lies among them.
    """
    days = union(known)
    case, chain = _part(days, REHABSTOD_GAP, first), _part(days, CHAIN_GAP - 1, first)
    spans = tuple((date.fromordinal(one), date.fromordinal(last)) for one, last in chain.runs)
    return _Leave(date.fromordinal(case.first), spans, max(entered - case.until(first - 1), 0))


def _part(days: Days, gap: int, day: int) -> Days:
    return next(part for part in days.parts(gap) if part.first <= day <= part.last)


def _by_patient(rows: Mapping[str, _Raw], ties: _Ties, numbers: set[str]) -> Mapping[str, frozenset[Run]]:
    """The days that all certificates of these patients tell of. Without a number nobody knows whose the others are."""
    numbers.discard("")
    mine: dict[str, list[_Row]] = {}
    for row in rows.values():
        if row[1] in numbers:
            mine.setdefault(row[1], []).append(_Row._make(row))
    return {
        number: frozenset().union(
            *(_spans(row.periods) for row in found if json.loads(row.form)[0] == FORM[0] and ties.counts(row.id))
        )
        for number, found in mine.items()
        if len(found) > 1
    }


def _spans(periods: str) -> frozenset[Run]:
    return frozenset(
        (date.fromisoformat(p["first"]).toordinal(), date.fromisoformat(p["last"]).toordinal())
        for p in json.loads(periods)
    )


_NONE: frozenset[Run] = frozenset()
_OVER = (Happened.CLOSED, Happened.REVOKED)
_TIED = sa.select(relations.c.of_case, relations.c.case_id, relations.c.kind).where(
    relations.c.kind.in_(sorted(GOES_ON))
)
_WATCHED = sa.select(
    cases.c.id,
    cases.c.number,
    cases.c.form,
    cases.c.days_before,
    cases.c.first_day,
    cases.c.last_day,
    cases.c.followup,
    *(sa.type_coerce(cases.c[name], sa.Integer).label(name) for name in ("has_plan", "purpose", "measure")),
    cases.c.set_days,
    cases.c.periods,
).where(cases.c.signed_at.is_not(None))
