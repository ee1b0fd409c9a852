"""Search among names of codes: which may answer what is typed, the best first. Where they lie is the shelf's matter."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from fmstod.knowledge.ranking import BEGINS, Asked, Name, Rank, rank
from fmstod.knowledge.vocabulary import Vocabulary

MOST_WORDS = 60  # words that one typed part of a compound is taken for
MOST_NAMES = 80  # that a shelf gives at a time, its most general first; what stands after them is never shown
FEW = 5  # hits by whole beginnings that make parts of compounds needless

_BY_CODE = Asked((), "", "")  # a code's own beginning: no word of its name was asked for

# What one typed word may stand for: words, or beginnings of words with a star after them.
Ways = Sequence[str]


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
    asked: Asked, shelves: Sequence[Shelf], tier: Callable[[str], int], limit: int
) -> Sequence[tuple[Asked, Name]]:
    """The best names, one for each code, with the words that each answers.

    Codes first, then names by the beginnings of their words; too few of them bring parts of compounds, none of those
    compounds taken apart, and none of those slips.
    """
    by_code = _coded(asked, shelves, tier, limit)
    found: dict[str, tuple[Rank, Asked, Name]] = {}
    if asked.words and limit > 0:
        _add(found, asked, shelves, tier, _begun)
        if len(found) < FEW and not by_code:
            _guess(found, asked, shelves, tier)
    named = [(each, name) for _, each, name in sorted(found.values(), key=lambda one: one[0])]
    codes = {name.code for name in by_code}
    return [*((_BY_CODE, name) for name in by_code), *(one for one in named if one[1].code not in codes)][:limit]


def _guess(
    found: dict[str, tuple[Rank, Asked, Name]], asked: Asked, shelves: Sequence[Shelf], tier: Callable[[str], int]
) -> None:
    """What else may have been meant: words without their endings, parts of compounds; while no name begins so, also
    compounds taken apart and slips; while there is none at all, the first part of compounds, then all words but one.
    """
    _add_otherwise(found, asked, shelves, tier, _stem)
    _add(found, asked, shelves, tier, _inside)
    if all(one[0][0] > BEGINS for one in found.values()):
        _add_otherwise(found, asked, shelves, tier, _apart)
        _add(found, asked, shelves, tier, _near)
    if not found:
        _add_otherwise(found, asked, shelves, tier, _lead)
    if not found and len(asked.words) > 1:
        for word in asked.words:
            words = tuple(each for each in asked.words if each != word)
            _add(found, Asked(words, f" {' '.join(words)}", ""), shelves, tier, _begun)


def _coded(asked: Asked, shelves: Sequence[Shelf], tier: Callable[[str], int], limit: int) -> Sequence[Name]:
    """Names of codes that begin as typed: the code itself, then its own; for one or two characters the usual first."""
    if not asked.code:
        return ()
    names = {name.code: name for shelf in reversed(shelves) for name in shelf.below(asked.code, max(limit, MOST_NAMES))}
    broad = len(asked.code) < 3
    return sorted(names.values(), key=lambda name: (tier(name.code) if broad else 0, len(name.code), name.code))[:limit]


def _add(
    found: dict[str, tuple[Rank, Asked, Name]],
    asked: Asked,
    shelves: Sequence[Shelf],
    tier: Callable[[str], int],
    way: Callable[[str, Vocabulary], Ways],
) -> None:
    for shelf in shelves:
        ways = [way(word, shelf.vocabulary) for word in asked.words]
        for name in shelf.named(ways, MOST_NAMES) if all(ways) else ():
            one = (rank(asked, name, tier(name.code)), asked, name)
            if name.code not in found or one[0] < found[name.code][0]:
                found[name.code] = one


def _add_otherwise(
    found: dict[str, tuple[Rank, Asked, Name]],
    asked: Asked,
    shelves: Sequence[Shelf],
    tier: Callable[[str], int],
    put: Callable[[str, Vocabulary], Sequence[str]],
) -> None:
    """The same with the words that a shelf doesn't know put in another way."""
    for shelf in shelves:
        words = tuple(part for word in asked.words for part in put(word, shelf.vocabulary))
        if words != asked.words:
            _add(found, Asked(words, asked.text, ""), (shelf,), tier, _inside)


def _begun(word: str, vocabulary: Vocabulary) -> Ways:
    return (f"{word}*",) if vocabulary.has_beginning(word) else ()


def _inside(word: str, vocabulary: Vocabulary) -> Ways:
    return (*_begun(word, vocabulary), *vocabulary.inside(word, MOST_WORDS))


def _near(word: str, vocabulary: Vocabulary) -> Ways:
    return (*_inside(word, vocabulary), *vocabulary.near(word))


def _stem(word: str, vocabulary: Vocabulary) -> Sequence[str]:
    return (vocabulary.stem(word) or word,)


def _lead(word: str, vocabulary: Vocabulary) -> Sequence[str]:
    return (word if vocabulary.has_beginning(word) else vocabulary.lead(word) or word,)


def _apart(word: str, vocabulary: Vocabulary) -> Sequence[str]:
    return (word,) if vocabulary.has_beginning(word) else vocabulary.apart(word) or (word,)
