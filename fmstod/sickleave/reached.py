"""Which days of the law a patient's sick leave reaches, by what certificates say alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fmstod.sickleave.cases import Case
from fmstod.sickleave.chain import Chain
from fmstod.sickleave.milestones import LawMark


@dataclass(frozen=True)
class Reached:
    """A day of the law that is a sick day. `mark` is its wording on that day, None where none has been read."""

    day: int
    on: date
    mark: LawMark | None


def reached(marks: Iterable[LawMark], case: Case | None, chain: Chain | None) -> Sequence[Reached]:
    """Those of the case, by the calendar, and of the chain, by sick days; in the order of their numbers.

    Unlike the milestones that are planned for, none lies in a gap or after the last sick day.
    """
    wordings: dict[int, list[LawMark]] = {}
    for mark in marks:
        wordings.setdefault(mark.day, []).append(mark)
    found = []
    for day, each in sorted(wordings.items()):
        on = _in_chain(chain, day) if each[0].counts == "chain" else _in_case(case, day, each[0].least_days)
        if on:
            found.append(Reached(day, on, next((m for m in each if m.valid_from <= on <= m.valid_to), None)))
    return found


def _in_chain(chain: Chain | None, day: int) -> date | None:
    return chain.date_of(day) if chain else None


def _in_case(case: Case | None, day: int, least_days: int) -> date | None:
    """None too where the whole case is shorter than so many calendar days."""
    if case is None or case.days.last - case.days.first + 1 < max(least_days, day):
        return None
    on = case.start + timedelta(days=day - 1)
    return on if on.toordinal() in case.days else None
