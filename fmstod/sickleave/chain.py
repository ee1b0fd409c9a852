"""The chain of the rehabilitation chain: sick leave that is added up across gaps (27 kap. 51 § SFB, sickleave.md 4.2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fmstod.domain.leave import DaysBefore, StillReduced
from fmstod.sickleave.days import Days, union

# 27 kap. 51 §: days are added up when fewer than this many days have passed between two periods.
CHAIN_GAP = 90


@dataclass(frozen=True, slots=True)
class Chain:
    """Sick days that are added up, after `before` days that aren't known one by one. The days are an estimate."""

    days: Days
    before: int = 0

    @property
    def start(self) -> date:
        return date.fromordinal(self.days.first)

    @property
    def end(self) -> date:
        return date.fromordinal(self.days.last)

    @property
    def total(self) -> int:
        """All its days, planned ones too."""
        return self.before + self.days.count

    def holds(self, on: date) -> bool:
        """Whether a day lies in it: a period that began on that day would still be added."""
        return self.days.first <= on.toordinal() <= self.days.last + CHAIN_GAP

    def day(self, on: date) -> int:
        """How many of its days lie on the day or before it."""
        return self.before + self.days.until(on.toordinal())

    def date_of(self, day: int) -> date | None:
        """When its day number so is, None where it isn't reached or lies among the days before."""
        found = self.days.nth(day - self.before)
        return date.fromordinal(found) if found is not None else None

    def after(self, days: Iterable[DaysBefore]) -> "Chain":
        """With the days before it. Of several the earliest tells: what came before the others has certificates."""
        mine = min((each for each in days if self.holds(each.on)), key=lambda each: each.on, default=None)
        return Chain(self.days, mine.days) if mine else self


def chains_of(days: Days, reduced: Iterable[StillReduced] = ()) -> tuple[Chain, ...]:
    """The chains in time order. What was marked as still reduced counts, where it lies between sick days."""
    if not days.runs:
        return ()
    marked = union((each.first.toordinal(), each.last.toordinal()) for each in reduced).within(days.first, days.last)
    every = union([*days.runs, *marked.runs]) if marked.runs else days
    return tuple(Chain(part) for part in every.parts(CHAIN_GAP - 1))


def chain_at(chains: Sequence[Chain], on: date) -> Chain | None:
    """The chain in which the day lies. No two hold the same day."""
    return next((chain for chain in chains if chain.holds(on)), None)
