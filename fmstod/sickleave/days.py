"""Sets of days as runs: what all counting of sick leave stands on."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TypeAlias

# The first and the last day of a run, both counted, as `date.toordinal` numbers them: a number can lie beyond the
# calendar, so nothing overflows at its end.
Run: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Days:
    """Days that are each counted once. `runs` are in time order, with a day or more between them."""

    runs: Sequence[Run] = ()

    @property
    def first(self) -> int:
        return self.runs[0][0]

    @property
    def last(self) -> int:
        return self.runs[-1][1]

    @property
    def count(self) -> int:
        return sum(last - first + 1 for first, last in self.runs)

    def __contains__(self, day: int) -> bool:
        at = bisect_right(self.runs, day, key=lambda run: run[0]) - 1
        return at >= 0 and day <= self.runs[at][1]

    def until(self, day: int) -> int:
        """How many of them lie before the day or on it."""
        return sum(min(last, day) - first + 1 for first, last in self.runs if first <= day)

    def nth(self, number: int) -> int | None:
        """The first of them is number 1; None for a number that none has."""
        ends = list(accumulate(last - first + 1 for first, last in self.runs))
        at = bisect_left(ends, number)
        if number < 1 or at == len(ends):
            return None
        return self.runs[at][1] - (ends[at] - number)

    def within(self, first: int, last: int) -> "Days":
        """Those of them between two days, both counted."""
        return Days([(max(a, first), min(b, last)) for a, b in self.runs if a <= last and b >= first])

    def parts(self, gap: int) -> Iterator["Days"]:
        """Those that belong together: at most `gap` days lie strictly between neighbours."""
        runs, begun = self.runs, 0
        for n in range(1, len(runs)):
            if runs[n][0] - runs[n - 1][1] - 1 > gap:
                yield Days(runs[begun:n])
                begun = n
        if runs:
            yield Days(runs[begun:])


def union(runs: Iterable[Run]) -> Days:
    """All days of the runs, which may come in any order and overlap."""
    made: list[Run] = []
    reached = None
    for first, last in sorted(runs):
        if reached is None or first > reached + 1:
            made.append((first, last))
            reached = last
        elif last > reached:  # the running maximum: a short run inside a long one ends nothing (sickleave.md 1.2)
            made[-1] = (made[-1][0], last)
            reached = last
    return Days(made)
