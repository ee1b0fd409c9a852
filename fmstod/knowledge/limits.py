"""The limit that follows from what rules, or may still come to rule: the most generous that the answers leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fmstod.domain.period import EARLIEST, LATEST, iso_day
from fmstod.domain.recommendation import Limit, event_key
from fmstod.knowledge.deciding import Table
from fmstod.knowledge.entry import UNIT_DAYS, Entry, Kind, Recommendation
from fmstod.knowledge.matching import Answer, Answers
from fmstod.knowledge.notes import Note


@dataclass(frozen=True)
class _Allowed:
    """Upper bounds in days, from the first day and from an event, infinite for none; None where nothing sets one.

    `ids` are the recommendations with the larger of them.
    """

    days: float | None = None
    after_event: int | None = None
    ids: frozenset[int] = frozenset()


def limit_of(
    entry: Entry,
    table: Table,
    recommendations: Sequence[Recommendation],
    answers: Answers,
    conditions: Mapping[str, Answer],
) -> tuple[Limit | None, frozenset[int]]:
    """The limit, and the ids of what rules whatever is answered. `recommendations` are in the order of their standing.

    `sure` is True when no answer still missing can change the bound.
    """
    if entry.changed_at_source:
        return _as_limit(entry, None, _Allowed(), sure=True), frozenset()
    results = table.reachable(answers)
    ruling = frozenset.intersection(*results) if results else frozenset[int]()
    leading = {table.leading(result) for result in results}
    most = _allowed(table, frozenset[int]().union(*leading))
    if not most.ids:
        return None, ruling
    found = [r for r in recommendations if r.id in most.ids]
    chosen = next((r for r in found if r.id in ruling), found[0])
    each = (_allowed(table, ids) for ids in leading)
    sure = all((one.days, one.after_event) == (most.days, most.after_event) for one in each)
    events = {r.counts_from for r in recommendations if any(r.id in ids & table.from_event for ids in leading)}
    event = next(iter(events)) if len(events) == 1 else chosen.counts_from
    given = conditions.get(event_key(entry.fmb, event)) if len(events) == 1 else None
    day = iso_day(given) if isinstance(given, str) else None
    if day and not EARLIEST <= day <= LATEST:
        day = None
    return _as_limit(entry, chosen, most, event, day, sure=sure), ruling


def _allowed(table: Table, ids: frozenset[int]) -> _Allowed:
    """What these allow together."""
    counted = ids & table.from_event
    days = max((table.bounds[id_] for id_ in ids - counted), default=None)
    after = max((table.bounds[id_] for id_ in counted), default=None)
    if days is not None and after is not None and days <= after:
        days = None  # more than `after` days from an event are more from the first day too
    if days == float("inf"):
        after = None
    largest = max(days or 0, after or 0)
    leading = frozenset(id_ for id_ in ids if table.bounds[id_] == largest and (days == largest or id_ in counted))
    return _Allowed(days, None if after is None else int(after), leading)


def _as_limit(
    entry: Entry, r: Recommendation | None, most: _Allowed, event: str = "", day: date | None = None, *, sure: bool
) -> Limit:
    days = None if most.days is None or most.days == float("inf") else int(most.days)
    bounded = days is not None or most.after_event is not None
    return Limit(
        days=days,
        why_open=Note.CHANGED_AT_SOURCE.value if r is None else "" if bounded else r.kind.value,
        kind=r.kind.value if r else "",
        number=r.read_days if r and not bounded and r.kind is not Kind.AT_LEAST else None,
        counts_from=event,
        event=day,
        after_event=most.after_event,
        least=_least(r) if r else None,
        own_report=r is not None and r.kind is Kind.NONE and Note.OWN_REPORT_WEEK in r.note,
        to_be_avoided=r is not None and r.kind is Kind.NONE and Note.TO_BE_AVOIDED in r.note,
        sure=sure,
        entry=entry.fmb,
        recommendation=r.id if r else None,
        title=entry.title,
        dated=entry.source.dated,
        retrieved=entry.source.retrieved,
        rechecked=entry.source.rechecked,
    )


def _least(r: Recommendation) -> int | None:
    """The lower bound in days."""
    if r.kind is Kind.AT_LEAST:
        return r.read_days
    return r.min_time * UNIT_DAYS[r.unit] if r.min_time is not None and r.unit is not None else None
