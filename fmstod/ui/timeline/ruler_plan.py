"""What the ruler shows: planned and earlier days, and what each recommendation says of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from fmstod.dates import short_day
from fmstod.domain.period import Period, covered_days, day_reached
from fmstod.texts import text as say
from fmstod.ui.dates import days_of


@dataclass(frozen=True)
class Bound:
    """What one recommendation says in words, and its upper limit.

    `days` counts earlier and planned days, gaps aside; None when there is no upper limit. `title` tells several apart.
    `last` is the day that it allows last where it counts from another day than the first of the case.
    """

    words: str
    days: int | None = None
    title: str = ""
    last: date | None = None


@dataclass(frozen=True)
class Plan:
    """What the ruler shows.

    `bounds` are in the order of the diagnoses. `earlier` is the number of earlier days in the same case, None when
    unknown: then no day is compared with a limit, and the case begins on `since` if that is known. `at_least` means that
    there may be more: then no day is the limit's, and only what is longer is told.
    """

    periods: tuple[Period, ...]
    today: date
    bounds: tuple[Bound, ...] = ()
    earlier: int | None = 0
    since: date | None = None
    at_least: bool = False

    @property
    def first(self) -> date:
        """The first planned day; today while nothing is planned."""
        return min((p.first for p in self.periods), default=self.today)

    @property
    def last(self) -> date:
        return max((p.last for p in self.periods), default=self.today)

    @property
    def begin(self) -> date:
        """Day 1 of the case."""
        if self.earlier is None and self.since and self.since < self.first:
            return self.since
        return self.first - timedelta(self.earlier or 0)

    @property
    def days(self) -> int:
        """Planned and earlier days."""
        return covered_days(self.periods) + (self.earlier or 0)

    @property
    def limit_days(self) -> tuple[date | None, ...]:
        """The day that each limit allows last, if days can be compared with it."""
        return tuple(self._last_of(bound) for bound in self.bounds)

    @property
    def limit_lines(self) -> tuple[tuple[str, str], ...]:
        """Whose each recommendation is, and what it says with the day of its limit."""
        return tuple(
            (say("timeline.limit_title", number=number, title=bound.title), self._words_of(bound))
            for number, bound in enumerate(self.bounds, 1)
        )

    @property
    def limit_words(self) -> tuple[str, ...]:
        """What each recommendation says; with several, whose it is."""
        if len(self.bounds) < 2:
            return tuple(words for _, words in self.limit_lines)
        return tuple(say("timeline.limit_of", title=title, limit=words) for title, words in self.limit_lines)

    def date_of(self, day: int) -> date:
        return self.begin + timedelta(days=day - 1)

    def day_of(self, day: date) -> int:
        return (day - self.begin).days + 1

    @property
    def summary(self) -> str:
        """Planned days against the limit, in words; never more than the facts carry. While none are planned it is what has
        been used, if that is known.

        With several recommendations none speaks for the others: only the days are told.
        """
        if not self.periods:
            return self._so_far() if self.earlier else ""
        if self.earlier is None:
            return say("timeline.unknown", days=self.days)
        earlier = say("timeline.earlier", earlier=self.earlier) if self.earlier else ""
        limit = self.bounds[0].days if len(self.bounds) == 1 else None
        longer = self.days - limit if limit else 0
        if longer > 0:
            said = say("timeline.longer", days=self.days, earlier=earlier, longer=longer)
            return say("timeline.at_least", said=said) if self.at_least else said
        if not limit or self.at_least:
            said = days_of(self.days) + earlier
            return say("timeline.at_least", said=said) if self.at_least else said
        return say("timeline.of", days=self.days, limit=limit, earlier=earlier)

    def _so_far(self) -> str:
        limit = self.bounds[0].days if len(self.bounds) == 1 else None
        if self.at_least:
            return say("timeline.so_far_at_least", days=days_of(self.days))
        if limit:
            return say("timeline.so_far_of", days=self.days, limit=limit)
        return say("timeline.so_far", days=days_of(self.days))

    def _last_of(self, bound: Bound) -> date | None:
        if bound.last:
            return bound.last
        if self.earlier is None or self.at_least or not bound.days:
            return None
        return day_reached(self.periods, bound.days - self.earlier, self.first)

    def _words_of(self, bound: Bound) -> str:
        day = self._last_of(bound)
        if day is None or day < self.first:  # which of the earlier days it was isn't known
            return bound.words
        return say("timeline.limit_until", limit=bound.words, day=short_day(day), year=day.year)
