"""The step-down ("nedtrappning"): steps with what is done in each, and the certificate's rows that they are."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from pydantic import model_validator

from fmstod.domain.answers import PeriodRow
from fmstod.domain.period import Degree, Period
from fmstod.domain.record import Record
from fmstod.domain.words import Phrases

CONSTANT = 28  # days at 100 %; only after them is a step-down proposed, and only as a tip
_DAY = timedelta(days=1)


class Step(Record):
    """What holds from a day on. `degree` is of sick leave; 0 is work at full time, between two periods.

    `hours` a day as typed; `possible` and `avoid` are tasks, `stop` the signs that it is too much.
    """

    first: date
    degree: Degree | Literal[0]
    hours: str = ""
    possible: str = ""
    avoid: str = ""
    stop: str = ""


class StepDown(Record):
    """Steps in time order; each lasts until the next begins, the last one to `last`, which counts."""

    steps: tuple[Step, ...]
    last: date

    @model_validator(mode="after")
    def _is_in_order(self) -> "StepDown":
        if not self.steps or any(b.first <= a.first for a, b in pairwise(self.steps)):
            raise ValueError("the steps aren't in time order")
        if self.last < self.steps[-1].first:
            raise ValueError("the last step ends before it begins")
        if 0 in (self.steps[0].degree, self.steps[-1].degree) or any(
            a.degree == b.degree == 0 for a, b in pairwise(self.steps)
        ):
            raise ValueError("work at full time is only between two periods")
        return self


def rows(plan: StepDown) -> tuple[PeriodRow, ...]:
    """The certificate's rows that the steps are."""
    ends = [step.first - _DAY for step in plan.steps[1:]] + [plan.last]
    return tuple(
        PeriodRow(degree=step.degree, first=step.first.isoformat(), last=last.isoformat())
        for step, last in zip(plan.steps, ends, strict=True)
        if step.degree
    )


def steps_of(found: Sequence[PeriodRow], known: StepDown | None = None) -> StepDown | None:
    """The steps that the rows are; None while a row is unfinished or two overlap: then they can't be steps.

    What each step had to say comes from `known`: for the same first day, else for the next of the same degree that has
    no place yet, so that a moved step keeps it.
    """
    periods = [row.period for row in found]
    if not periods or any(period is None for period in periods):
        return None
    order = sorted((period for period in periods if period), key=lambda period: period.first)
    if any(b.first <= a.last for a, b in pairwise(order)):
        return None
    made = [step for before, period in zip([None, *order], order, strict=False) for step in _steps(before, period)]
    return StepDown(steps=tuple(_keeping(made, known.steps if known else ())), last=order[-1].last)


def step_down_tip(periods: Iterable[Period], today: date) -> bool:
    """Whether a step-down is worth a tip: more than 28 days in a row at 100 %, today among them or before them.

    Sick leave that already steps down afterwards needs none. `periods` are those of the case, planned ones too.
    """
    order = sorted(periods, key=lambda period: (period.first, period.last))
    if not order or any(period.degree < 100 and period.last >= today for period in order):
        return False
    first = last = None
    for period in order:
        if period.degree == 100:
            if first is None or last is None or period.first > last + _DAY:
                first, last = period.first, period.last
            last = max(last, period.last)
    return first is not None and last is not None and last >= today and (last - first).days + 1 > CONSTANT


def said(step: Step, words: Phrases) -> str:
    """One line of the plan about a step: `50 % från 2026-12-07. 4 timmar per dag. Gör: … Undvik: … Avbryt om …`."""
    parts = [
        words["draft.step"].format(degree=step.degree, day=step.first) + ".",
        words["draft.hours"].format(hours=step.hours.strip()) + "." if step.hours.strip() else "",
        *(
            words[f"draft.{key}"].format(**{gap: value.strip().rstrip(".")})
            for key, gap, value in (
                ("possible", "tasks", step.possible),
                ("avoid", "tasks", step.avoid),
                ("stop", "signs", step.stop),
            )
            if value.strip()
        ),
    ]
    return " ".join(part for part in parts if part)


def _steps(before: Period | None, period: Period) -> Iterable[Step]:
    """The step that a period is, and before it the full time that lies between."""
    if before and period.first > before.last + _DAY:
        yield Step(first=before.last + _DAY, degree=0)
    yield Step(first=period.first, degree=period.degree)


def _keeping(made: Sequence[Step], known: Sequence[Step]) -> Iterable[Step]:
    left = list(known)
    for step in made:
        same = [old for old in left if (old.first, old.degree) == (step.first, step.degree)]
        moved = [old for old in left if old.degree == step.degree and not any(old.first == new.first for new in made)]
        if found := next(iter(same or moved), None):
            left.remove(found)
            yield found.changed(first=step.first)
        else:
            yield step
