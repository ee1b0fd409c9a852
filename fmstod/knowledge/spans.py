"""What an entry's recommendations bound, each different time once, as shapes on one axis of days from the first day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fmstod.domain.words import Phrases
from fmstod.knowledge import wording
from fmstod.knowledge.advise import Candidate, EntryAdvice, Standing
from fmstod.knowledge.entry import UNIT_DAYS, Kind
from fmstod.knowledge.notes import Note


class Shape(StrEnum):
    """How a time is bounded: never more than the source says."""

    UP_TO = "up_to"  # ends at `last`
    OR_LONGER = "or_longer"  # `last` is named, and the time may go on
    AT_LEAST = "at_least"  # begins at `first`, no end
    BAND = "band"  # ends between `first` and `last`
    NOTHING = "nothing"  # no days at all
    WORDS = "words"  # no number


@dataclass(frozen=True)
class Span:
    """One of the times. `words` say it; `standing` is that of the recommendation that stands best among those with it.

    `ruling`: it is the patient's. What a narrower recommendation takes the place of is excluded. `first` and `last` are days, 0 where the shape has none. `from_event` is True for a
    time that doesn't count from the first day of the case; `event` is the day that it counts from, None while unknown.
    """

    shape: Shape
    words: str
    first: int = 0
    last: int = 0
    from_event: bool = False
    event: date | None = None
    standing: Standing = Standing.POSSIBLE
    ruling: bool = False


def spans(advice: EntryAdvice, phrases: Phrases) -> Sequence[Span]:
    """Shortest first, those without an end after those with one, words last; none of an entry changed at its source."""
    if advice.resolved.entry.changed_at_source:
        return ()
    found: dict[str, Span] = {}
    for candidate in advice.candidates:  # in the order of their standing
        span = _span(advice, candidate, phrases)
        before = found.setdefault(span.words, span)
        if span.ruling and not before.ruling:
            found[span.words] = span
    return sorted(found.values(), key=lambda s: (s.shape is Shape.WORDS, s.last or s.first, _ENDLESS[s.shape]))


_SHAPES = {
    Kind.NONE: Shape.NOTHING,
    Kind.AT_MOST: Shape.UP_TO,
    Kind.AT_MOST_OR_LONGER: Shape.OR_LONGER,
    Kind.AT_LEAST: Shape.AT_LEAST,
    Kind.RANGE: Shape.BAND,
    Kind.UNTIL_SURGERY: Shape.OR_LONGER,
}
_ENDLESS = {shape: shape in (Shape.OR_LONGER, Shape.AT_LEAST) for shape in Shape}


def _span(advice: EntryAdvice, candidate: Candidate, phrases: Phrases) -> Span:
    entry, r = advice.resolved.entry, candidate.recommendation
    words = wording.kind(entry, r, phrases)
    if r.counts_from and not any(f"fmb.kind.{note}" in phrases for note in r.note):
        counted = phrases["fmb.panel.counted"].format(event=phrases[f"fmb.from.{r.counts_from}"])
        words = phrases["fmb.text.apart"].join((words, counted))
    shape, days = _SHAPES.get(r.kind, Shape.WORDS), entry.limit_days(r) or r.read_days or 0
    if Note.PART_MAY_LAST_LONGER in r.note:
        shape = Shape.OR_LONGER
    if not days and shape is not Shape.NOTHING:
        shape = Shape.WORDS
    ruling = r.id in advice.ruling
    replaced = candidate.standing is Standing.APPLIES and not ruling and not advice.asks
    least = r.min_time * UNIT_DAYS[r.unit] if r.min_time and r.unit else 0
    return Span(
        shape,
        words,
        first=days if shape is Shape.AT_LEAST else least,
        last=0 if shape is Shape.AT_LEAST else days,
        from_event=bool(r.counts_from),
        event=advice.limit.event if advice.limit and advice.limit.counts_from == r.counts_from else None,
        standing=Standing.EXCLUDED if replaced else candidate.standing,
        ruling=ruling,
    )
