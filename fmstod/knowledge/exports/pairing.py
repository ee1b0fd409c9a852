"""Which entry and recommendation of one edition are those of another: by codes and title and content, not by number."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from fmstod.knowledge.entry import Entry, Recommendation
from fmstod.knowledge.exports.fingerprint import canonical

T = TypeVar("T")


@dataclass(frozen=True)
class Pair(Generic[T]):
    """The same thing before and after; one of the two may be missing."""

    old: T | None
    new: T | None


def paired_entries(old: Sequence[Entry], new: Sequence[Entry]) -> Sequence[Pair[Entry]]:
    """By codes and title, by what says that it replaces, by codes, by title, and last by most of the codes.

    The new ones in their order, then those that are gone.
    """
    sure: Sequence[Callable[[Entry], Iterable[object]]] = (
        lambda e: [(frozenset(e.icd10se), e.title.casefold())],
        lambda e: [frozenset(e.icd10se)],
        lambda e: [e.title.casefold()],
    )
    found = _Found(old, new)
    found.take(sure[0])
    for at, one in enumerate(new):
        found.put(at, (i for i, other in enumerate(old) if other.fmb in one.source.replaces))
    for key in sure[1:]:
        found.take(key)
    shared = [
        (len(codes), at, i)
        for at, one in enumerate(new)
        for i, other in enumerate(old)
        # Half of either is enough: an entry that is split or joined keeps most of its codes in one place.
        if (codes := set(one.icd10se) & set(other.icd10se))
        and 2 * len(codes) >= min(len(one.icd10se), len(other.icd10se))
    ]
    for _, at, i in sorted(shared, key=lambda each: -each[0]):
        found.put(at, [i])
    return found.pairs


def paired_recommendations(old: Entry, new: Entry) -> Sequence[Pair[Recommendation]]:
    """By all that they say, then by conditions and codes, by conditions alone, by number; then by their order."""
    found = _Found(old.recommendation, new.recommendation)
    of = {id(r): old for r in old.recommendation} | {id(r): new for r in new.recommendation}
    found.take(lambda r: [canonical(of[id(r)].facts_of(r))])
    found.take(lambda r: [(canonical(r.when.model_dump(mode="json")), frozenset(of[id(r)].codes_of(r)))])
    found.take(lambda r: [canonical(r.when.model_dump(mode="json"))])
    found.take(lambda r: [r.id])
    return found.pairs


class _Found(Generic[T]):
    """Pairs found so far; each thing is taken once."""

    def __init__(self, old: Sequence[T], new: Sequence[T]) -> None:
        self._old, self._new = old, new
        self._of: dict[int, int] = {}  # place in new -> place in old

    def take(self, keys: Callable[[T], Iterable[object]]) -> None:
        """Pair what shares a key."""
        places: dict[object, list[int]] = {}
        for i, one in enumerate(self._old):
            for key in keys(one):
                places.setdefault(key, []).append(i)
        for at, one in enumerate(self._new):
            self.put(at, (i for key in keys(one) for i in places.get(key, ())))

    def put(self, at: int, places: Iterable[int]) -> None:
        """Pair the new thing at `at` with the first of the old ones that is free."""
        if at not in self._of:
            taken = set(self._of.values())
            free = next((i for i in places if i not in taken), None)
            if free is not None:
                self._of[at] = free

    @property
    def pairs(self) -> Sequence[Pair[T]]:
        taken = set(self._of.values())
        new = [Pair(self._old[self._of[at]] if at in self._of else None, one) for at, one in enumerate(self._new)]
        return (*new, *(Pair(one, None) for i, one in enumerate(self._old) if i not in taken))
