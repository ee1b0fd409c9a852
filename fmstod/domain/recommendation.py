"""What other packages need to know of a recommendation."""

from datetime import date

from fmstod.domain.record import Record


class Limit(Record):
    """The upper bound that the recommendations matching this patient set, in days from the first day of the case.

    `days` is None when the matching recommendation sets none (open end, minimum, no time, changed at the source);
    then `why_open` is its kind or note. `sure` is False while an unanswered condition could change it.
    `rechecked` is None for facts of 2020 that nobody has compared with today's page.
    """

    days: int | None
    why_open: str = ""
    sure: bool = False
    entry: int
    recommendation: int | None = None
    title: str
    dated: date
    retrieved: date
    rechecked: date | None = None
