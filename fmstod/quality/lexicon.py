"""The lexicons made ready: which of them a word is in, itself or as a part of a compound, and where a phrase begins."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from fmstod.domain.record import Record

Stem: TypeAlias = Callable[[str], str]
ORDINARY = "ordinary"  # the lexicon of words that are nothing else
COUNTS = "count"  # the lexicon of numbers in words
GAP = "…"  # in a phrase, for some other words
REMEMBERED = 20_000  # different words whose stems are kept; single words tell of nobody
BEGINNING = 6  # letters by which words are the same thing: spackla and spackling
SHORTEST_FIRST, SHORTEST_PART = 3, 4  # letters: a shorter part of a compound is too often chance
LONGEST = 40  # letters: no longer word is Swedish, and none is taken apart
SHORTEST_PLAIN = 6  # letters: a shorter word without its dots is too often another one (svårt, svart)
NO_LISTS: frozenset[str] = frozenset()
NO_PHRASES: Mapping[str, Sequence["Phrase"]] = MappingProxyType({})
_PLAIN = str.maketrans("åäö", "aao")
_LOST = str.maketrans("åäö", "???")


class WordList(Record):
    """One lexicon as its file has it. `why` says what it is for.

    `words` are found in any form and as the last part of a compound; `alone` in any form but not in a compound; `exact`
    only as written, case aside (abbreviations). `phrases` are words in a row, each in any form; `…` stands for up to
    three others. `patterns` are regular expressions over the text as written, which take their time; `numbers` are such ones that
    are only tried where a number begins, in figures or words. `besides` names lexicons that belong to it.
    """

    why: str = ""
    words: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()

    @property
    def single(self) -> tuple[str, ...]:
        """Its single words."""
        return self.words + self.alone + self.exact


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


class Phrase(NamedTuple):
    """A lexicon's phrase by its stems. Of a pair both words are known to stand there when it is found."""

    name: str
    stems: tuple[str, ...]
    is_pair: bool


class OfWord(NamedTuple):
    """A word's stem, the lexicons that it is in, and the phrases that begin with it, by their second stem.

    A number is one in figures or in words.
    """

    stem: str
    is_number: bool
    lists: frozenset[str]
    phrases: Mapping[str, Sequence[Phrase]]


class Lexicon:
    """All word lists made ready: a text is read once, whatever is asked of it later."""

    def __init__(self, lists: Mapping[str, WordList], stem: Stem) -> None:
        self.stem = lru_cache(maxsize=REMEMBERED)(stem)
        self.counts = frozenset(lists[COUNTS].exact) if COUNTS in lists else frozenset[str]()
        self.of = lru_cache(maxsize=REMEMBERED)(self._of)
        self.parts = lru_cache(maxsize=REMEMBERED)(self._parts)
        self.patterns: dict[str, re.Pattern[str]] = {}
        self.numbers: dict[str, re.Pattern[str]] = {}
        self._phrases: dict[str, dict[str, list[Phrase]]] = {}
        self._whole, self._last, self._exact, self._lost = _Table(), _Table(), _Table(), _Table()
        for name, each in _with_besides(lists).items():
            own = frozenset([name])
            self._whole.put(own, map(self.stem_of, (*each.words, *each.alone)))
            self._last.put(own, map(self.stem_of, each.words))
            self._exact.put(own, (word.casefold() for word in each.exact))
            self._lost.put(own, (word.translate(_LOST) for word in (*each.words, *each.alone)))
            for phrase in each.phrases:
                stems = tuple(part if part == GAP else self.stem_of(part) for part in phrase.split())
                self._phrases.setdefault(stems[0], {}).setdefault(stems[1], []).append(
                    Phrase(name, stems, len(stems) == 2)
                )
            if each.patterns:
                self.patterns[name] = _any(each.patterns)
            if each.numbers:
                self.numbers[name] = _any(each.numbers)
        for known in (self._whole, self._last):
            for key in [key for key in known if len(key) >= SHORTEST_PLAIN]:
                known.put(known[key], [key.translate(_PLAIN)])
        self.stem.cache_clear()  # the lexicons' own words seldom stand in a text as they stand here

    def stem_of(self, word: str) -> str:
        return self.stem(word.casefold())

    def _of(self, word: str) -> "OfWord":
        """What there is to know of a word in lower case."""
        stem = self.stem(word[:LONGEST])
        is_number = word[0].isdigit() or word in self.counts
        return OfWord(stem, is_number, self._known(word), self._phrases.get(stem, NO_PHRASES))

    def _known(self, word: str) -> frozenset[str]:
        """The lexicons that a word in lower case is in, itself or as the last part of a compound."""
        if len(word) > LONGEST:
            return frozenset()
        found = self._exact.get(word, NO_LISTS)
        if ORDINARY in found:
            return found  # "sitt" isn't a form of "sitta"
        if "?" in word:
            return self._lost.get(word, NO_LISTS)
        found |= self._whole.get(self.stem(word), NO_LISTS)
        for part in word.split("-")[1:]:
            found |= self._last.get(self.stem(part), NO_LISTS)
        for cut in range(SHORTEST_FIRST, len(word) - SHORTEST_PART + 1):
            found |= self._last.get(self.stem(word[cut:]), NO_LISTS)
        return found

    def _parts(self, word: str) -> frozenset[str]:
        """The beginnings of a word in lower case and of what it is put together from, as far as the lexicons know it."""
        word = word[:LONGEST]
        found = {self.stem(word)[:BEGINNING]}
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            first, last = self.stem(word[:cut].rstrip("s-")), self.stem(word[cut:])
            found |= {part[:BEGINNING] for part in (first, last) if part in self._last}
        return frozenset(part for part in found if len(part) >= SHORTEST_PART - 1)


class _Table(dict[str, frozenset[str]]):
    """The names of lexicons by word. Words of the same lexicons have one set: a set of its own for each takes 3 MB."""

    def put(self, names: frozenset[str], words: Iterable[str]) -> None:
        for word in words:
            self[word] = _both(self.get(word, NO_LISTS), names)


@cache
def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return one | other


def _with_besides(lists: Mapping[str, WordList]) -> dict[str, WordList]:
    """Each list with those that it names, one step deep."""
    found = {}
    for name, each in lists.items():
        others = [lists[other] for other in each.besides]
        kinds = ("words", "alone", "exact", "phrases", "patterns", "numbers")
        found[name] = each.changed(
            **{kind: tuple(w for one in (each, *others) for w in getattr(one, kind)) for kind in kinds}
        )
    return found
