"""When a step-down is worth a tip, and how one of its steps reads."""

from collections.abc import Iterable
from datetime import date, timedelta

from fmstod.domain.answers import StepRow
from fmstod.domain.period import Period
from fmstod.domain.words import Phrases

CONSTANT = 28  # days at 100 %; only after them is a step-down proposed, and only as a tip
_DAY = timedelta(days=1)


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


def said_row(step: StepRow, words: Phrases) -> str:
    """One line about a step: `50 % från 2026-12-21 till 2027-01-03. 4 timmar per dag. Gör: … Undvik: … Avbryt om …`."""
    period = step.row.period
    days = words["draft.days"].format(first=period.first, last=period.last) if step.ahead and period else ""
    parts = [words["draft.step"].format(degree=step.degree, days=days)]
    parts += [
        words[f"draft.{key}"].format(said=value)
        for key in ("hours", "possible", "avoid", "stop")
        if (value := getattr(step, key).strip().rstrip("."))
    ]
    return " ".join(parts)
