"""The plan's answers that follow from what was entered elsewhere: proposals, which the physician reads and changes."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from fmstod.domain.answers import Answer
from fmstod.domain.holidays import workday_before
from fmstod.domain.period import Period
from fmstod.domain.words import Phrases
from fmstod.followup.facts import Facts

Size = Literal["short", "full"]
SHORT = 28  # days up to which one step and a follow-up are plan enough (product.md F-044)
FOLLOW_UP, DECIDED = "plan.followup", "plan.followup_what"


def size(facts: Facts) -> Size:
    """How much of the plan is asked: the minimum for a short first sick leave in one step, else all of it."""
    long = facts.days is not None and facts.days > SHORT
    return "full" if facts.extension or long or len({p.degree for p in facts.periods}) > 1 else "short"


def draft(facts: Facts, words: Phrases, today: date) -> dict[str, Answer]:
    """The plan's answers that follow from the periods, by ref: when to look at it again, and what that decides.

    The purpose and the present state are filled from the certificate (`certificate.fill`). The patient's own goal is never
    drafted: only the patient can say it. `words` are the catalogue's.
    """
    found: dict[str, Answer] = {}
    if day := followup_day(facts.periods, today):
        found[FOLLOW_UP] = day.isoformat()
    if decided := _decided(facts.periods, words):
        found[DECIDED] = decided
    return found


def followup_day(periods: Sequence[Period], today: date) -> date | None:
    """The last workday before the end of a step, of the first one that leaves such a day from today on.

    It lies before the last day of the certificate, so that there is time to act; on it where that is the only one.
    """
    days = (_before_end(period) for period in sorted(periods, key=lambda period: (period.first, period.last)))
    return next((day for day in days if day >= today), None)


def _before_end(period: Period) -> date:
    day = max(period.last - timedelta(days=1), period.first)
    workday = workday_before(day)
    return workday if workday >= period.first else day


def _decided(periods: Sequence[Period], words: Phrases) -> str:
    """What the follow-up decides: the next step down, or whether the patient is back."""
    return next(_nexts(periods, words), words["draft.back"] if periods else "")


def _nexts(periods: Sequence[Period], words: Phrases) -> Iterator[str]:
    for before, after in pairwise(sorted(periods, key=lambda period: period.first)):
        if after.degree < before.degree:
            yield words["draft.next_step"].format(before=before.degree, after=after.degree)
