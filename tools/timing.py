"""How long something takes, for the benchmarks."""

import statistics
from collections.abc import Callable
from time import perf_counter


def in_ms(work: Callable[[], object]) -> float:
    """One run, in milliseconds."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def median_ms(work: Callable[[], object], times: int) -> float:
    """The median of so many runs, after three that don't count."""
    for _ in range(3):
        work()
    return statistics.median(in_ms(work) for _ in range(times))
