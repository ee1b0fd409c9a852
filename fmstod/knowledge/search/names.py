"""Search among names of codes: which may answer what is typed, the best first. Where they lie is the shelf's matter."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from itertools import combinations, islice, product
from typing import Protocol

from fmstod.knowledge.search.ranking import ENDS, EXACT, LEAST_INSIDE, Asked, Name, Rank, rank
from fmstod.knowledge.search.vocabulary import Vocabulary, respelt, stems

MOST_WORDS = 60  # words that one typed part of a compound is taken for
MOST_NAMES = 80  # that a shelf gives at a time, its most general first; what stands after them is never shown
FEW = 5  # hits by whole beginnings that make parts of compounds needless
MOST_READINGS = 8  # ways to put all that is typed in other words

_BY_CODE = Asked((), "", "")  # a code's own beginning: no word of its name was asked for

# What one typed word may stand for: words, or beginnings of words with a star after them.
Ways = Sequence[str]
# What may be said instead of a word, each some words or none.
Words = Mapping[str, Sequence[Sequence[str]]]


class Shelf(Protocol):
    """Where names lie: in memory or in a register's file."""

    @property
    def vocabulary(self) -> Vocabulary:
        """All words of the names."""

    def below(self, code: str, most: int) -> Sequence[Name]:
        """Names of codes that begin so."""

    def named(self, asked: Sequence[Ways], most: int) -> Sequence[Name]:
        """Names in which each of what is asked stands in one of its ways."""


class NamesInMemory:
    """A shelf of some hundreds of names: FMB's, those of frequent sick leave, everyday words."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = sorted(names, key=lambda name: (len(name.code), name.code))

    @cached_property
    def _by_word(self) -> Mapping[str, frozenset[int]]:
        found: dict[str, set[int]] = {}
        for at, name in enumerate(self._names):
            for word in f"{name.words}{name.bare}".split():
                found.setdefault(word, set()).add(at)
        return {word: frozenset(places) for word, places in found.items()}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self._by_word)

    def below(self, code: str, most: int) -> Sequence[Name]:  # noqa: ARG002 - they are few, and the usual may be last
        return [name for name in self._names if not name.said and name.code.startswith(code)]

    def named(self, asked: Sequence[Ways], most: int) -> Sequence[Name]:  # noqa: ARG002 - as above
        places = [self._places(ways) for ways in asked]
        return [self._names[at] for at in frozenset.intersection(*places)] if places else ()

    def _places(self, ways: Ways) -> frozenset[int]:
        words: list[str] = []
        for way in ways:
            words += self.vocabulary.beginning(way[:-1]) if way.endswith("*") else (way,)
        return frozenset().union(*(self._by_word.get(word, frozenset()) for word in words))


def search(
    asked: Asked, shelves: Sequence[Shelf], tier: Callable[[str], int], limit: int, words: Words
) -> Sequence[tuple[Asked, Name]]:
    """The best names, one for each code, with the words that each answers.

    Codes first, then names by the beginnings of their words. Too few of them bring words without their endings or put
    in another way, and parts of compounds; none of those compounds taken apart, and slips.
    """
    by_code = _coded(asked, shelves, tier, limit)
    finding = _Finding(shelves, tier, words)
    if asked.words and limit > 0:
        finding.add(asked, _begun)
        if len(finding.found) < FEW and not by_code:
            finding.guess(asked)
    named = [(each, name) for _, each, name in sorted(finding.found.values(), key=lambda one: one[0])]
    codes = {name.code for name in by_code}
    return [*((_BY_CODE, name) for name in by_code), *(one for one in named if one[1].code not in codes)][:limit]


def _coded(asked: Asked, shelves: Sequence[Shelf], tier: Callable[[str], int], limit: int) -> Sequence[Name]:
    """Names of codes that begin as typed: the code itself, then its own; for one or two characters the usual first."""
    if not asked.code:
        return ()
    names = {name.code: name for shelf in reversed(shelves) for name in shelf.below(asked.code, max(limit, MOST_NAMES))}
    broad = len(asked.code) < 3
    return sorted(names.values(), key=lambda name: (tier(name.code) if broad else 0, len(name.code), name.code))[:limit]


@dataclass(frozen=True)
class _Finding:
    """What one search has found, by code: the best name, with how good it is and the words that it answers."""

    shelves: Sequence[Shelf]
    tier: Callable[[str], int]
    words: Words
    found: dict[str, tuple[Rank, Asked, Name]] = field(default_factory=dict)

    def guess(self, asked: Asked) -> None:
        """What else may have been meant."""
        self.add_otherwise(asked, self._plainly)
        self.add_otherwise(asked, self._reput, ENDS)
        self.add(asked, _inside)
        if all(rank[0] > ENDS for rank, _, _ in self.found.values()):
            self.add_otherwise(asked, self._apart, ENDS)
            self.add(asked, _near)
        if not self.found:
            self.add_otherwise(asked, self._lead)
        for most in (len(asked.words) - 1, 1):
            if not self.found and most > 0:
                self._add_parts(asked, most)

    def add(self, asked: Asked, way: Callable[[str, Vocabulary], Ways], least: int = EXACT) -> None:
        for shelf in self.shelves:
            self._add_from(shelf, asked, [way(word, shelf.vocabulary) for word in asked.words], least)

    def add_otherwise(
        self, asked: Asked, put: Callable[[str, Vocabulary], Sequence[Sequence[str]]], least: int = EXACT
    ) -> None:
        """The same with words put in another way, in each way that a shelf knows."""
        for shelf in self.shelves:
            ways = cache(partial(_inside, vocabulary=shelf.vocabulary))
            choices = [put(word, shelf.vocabulary) for word in asked.words]
            for choice in islice(product(*choices), MOST_READINGS):
                words = tuple(dict.fromkeys(word for part in choice for word in part))
                if words and words != asked.words:
                    lost = max(len(asked.words) - len(words), 0)
                    self._add_from(shelf, Asked.put(words), [ways(word) for word in words], least, lost)

    def _add_from(self, shelf: Shelf, asked: Asked, ways: Sequence[Ways], least: int, lost: int = 0) -> None:
        for name in shelf.named(ways, MOST_NAMES) if all(ways) else ():
            rated = rank(asked, name, self.tier(name.code))
            one = ((max(rated[0], least), rated[1] + lost, *rated[2:]), asked, name)
            if name.code not in self.found or one[0] < self.found[name.code][0]:
                self.found[name.code] = one

    def _add_parts(self, asked: Asked, most: int) -> None:
        """Names that have so many of the words; letters and the like aren't enough alone."""
        for words in combinations(asked.words, most):
            if any(len(word) >= LEAST_INSIDE for word in words):
                self.add(Asked.put(words), _begun)

    def _plainly(self, word: str, vocabulary: Vocabulary) -> Sequence[Sequence[str]]:
        """Without its ending, or spelt as Swedish does."""
        return ((vocabulary.stem(word) or _spelt(word, vocabulary),),)

    def _reput(self, word: str, vocabulary: Vocabulary) -> Sequence[Sequence[str]]:
        """As the names may say it."""
        ways = next((self.words[each] for each in (word, *stems(word)) if each in self.words), None)
        if ways is None:
            return self._plainly(word, vocabulary)
        return ((word,), *ways) if all(ways) and vocabulary.has_beginning(word) else ways

    def _apart(self, word: str, vocabulary: Vocabulary) -> Sequence[Sequence[str]]:
        """A compound taken apart, its parts as the names may say them."""
        parts = None if vocabulary.has_beginning(word) else vocabulary.apart(_spelt(word, vocabulary), self.words)
        if word in self.words or not parts:
            return self._reput(word, vocabulary)
        return [sum(map(tuple, ways), ()) for ways in product(*(self._reput(part, vocabulary) for part in parts))]

    def _lead(self, word: str, vocabulary: Vocabulary) -> Sequence[Sequence[str]]:
        """The first part of a compound."""
        return ((word if vocabulary.has_beginning(word) else vocabulary.lead(word) or word,),)


def _begun(word: str, vocabulary: Vocabulary) -> Ways:
    return (f"{word}*",) if vocabulary.has_beginning(word) else ()


def _inside(word: str, vocabulary: Vocabulary) -> Ways:
    return (*_begun(word, vocabulary), *vocabulary.inside(word, MOST_WORDS))


def _near(word: str, vocabulary: Vocabulary) -> Ways:
    return (*_inside(word, vocabulary), *vocabulary.near(word))


def _spelt(word: str, vocabulary: Vocabulary) -> str:
    swedish = respelt(word)
    return swedish if not vocabulary.has_beginning(word) and vocabulary.has_beginning(swedish[:4]) else word
