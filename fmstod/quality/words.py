"""A text as words with their places, and which words of the lexicons stand in it."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import NamedTuple

from fmstod.domain.problem import Span
from fmstod.quality.lexicon import GAP, Lexicon

WIDEST_GAP = 3  # how many other words a gap in a phrase may stand for
# A question mark inside a word stands for a letter that was lost on the way (f?rare).
_WORD = re.compile(r"\w+(?:[-'’?]\w+|(?<=\b\w)\.\w\b\.?)*")
# A sentence ends with a mark before white space, or with a line; not after one letter (bl.a.) or an abbreviation.
_END = re.compile(r"[.!?]+(?=\s|$)|[\n;]")
_GOES_ON = re.compile(r"\b(?:[^\W\d_]|ca|dr|ev|ex|kl|nr)$", re.IGNORECASE)


class Hit(NamedTuple):
    """Where a lexicon's word stands, and as it is written there."""

    start: int
    end: int
    word: str

    @property
    def span(self) -> Span:
        return self.start, self.end


class Words:
    """A text that has been read: words, stems, sentences, hits. Nothing of it is kept beyond the check."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text, self._lexicon = text, lexicon
        self._written: Sequence[str] = _WORD.findall(text)
        self.words: Sequence[str] = [*map(str.lower, self._written)]
        self._known = list(map(lexicon.of, self.words))
        self._patterns: dict[str, list[Hit]] = {}

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each word begins. Numbers alone, and not before they are asked for: a thousand spans take their time."""
        return [*map(re.Match.start, _WORD.finditer(self.text))]

    @cached_property
    def stems(self) -> Sequence[str]:
        return [each.stem for each in self._known]

    @cached_property
    def sentences(self) -> Sequence[Span]:
        """The places of the sentences, without empty ones."""
        text = self.text
        marks = (each for each in _END.finditer(text) if not _GOES_ON.search(text, each.start() - 4, each.start()))
        ends = [*(each.end() for each in marks), len(text)]
        starts = [0, *ends[:-1]]
        return [(a, b) for a, b in zip(starts, ends, strict=True) if text[a:b].strip(" .!?;\n\t")]

    @cached_property
    def _by_list(self) -> Mapping[str, Sequence[int]]:
        """The words of each lexicon, by their number."""
        found = defaultdict[str, list[int]](list)
        for at, each in enumerate(self._known):
            for name in each.lists:
                found[name].append(at)
        return found

    @cached_property
    def _phrases(self) -> Mapping[str, Sequence[tuple[int, int]]]:
        """The first and the last word of each phrase that stands in the text, by lexicon."""
        found = defaultdict[str, list[tuple[int, int]]](list)
        known = self._known
        for at in [at for at, each in enumerate(known[:-1]) if each.phrases]:
            phrases, then = known[at].phrases, known[at + 1].stem
            for phrase in chain(phrases.get(then, ()), phrases.get(GAP, ())):
                last = at + 1 if phrase.is_pair else self._follows(at, phrase.stems)
                if last >= 0:
                    found[phrase.name].append((at, last))
        return found

    def _follows(self, first: int, stems: Sequence[str]) -> int:
        """The last word of a phrase that begins at a word, below 0 if it doesn't stand there."""
        known = self._known
        place, gap = first, 0
        for stem in stems[1:]:
            if stem == GAP:
                gap = WIDEST_GAP
                continue
            for at in range(place + 1, min(place + gap + 2, len(known))):
                if known[at].stem == stem:
                    place, gap = at, 0
                    break
            else:
                return -1
        return place

    def _hit(self, first: int, last: int) -> Hit:
        start, end = self.starts[first], self.starts[last] + len(self._written[last])
        return Hit(start, end, self.text[start:end])

    def hits(self, *lists: str) -> Sequence[Hit]:
        """What stands in the text of these lexicons, in its order; a place once."""
        found = {self._hit(at, at) for at in {at for name in lists for at in self._by_list.get(name, ())}}
        found |= {self._hit(*each) for name in lists for each in self._phrases.get(name, ())}
        return sorted(found.union(*map(self._matched, lists)))

    def has(self, *lists: str) -> bool:
        return any(self._by_list.get(name) or self._phrases.get(name) or self._matched(name) for name in lists)

    def _matched(self, name: str) -> Sequence[Hit]:
        """What the patterns of a lexicon fit."""
        if name not in self._patterns:
            text, lexicon, found = self.text, self._lexicon, list[re.Match[str]]()
            if pattern := lexicon.patterns.get(name):
                found += pattern.finditer(text)
            if number := lexicon.numbers.get(name):
                found += filter(None, (number.match(text, self.starts[at]) for at in self.numbers))
            self._patterns[name] = [Hit(m.start(), m.end(), m[0]) for m in found if m[0]]
        return self._patterns[name]

    @cached_property
    def numbers(self) -> Sequence[int]:
        """Which words are numbers, in figures or words."""
        return [n for n, each in enumerate(self._known) if each.is_number]

    def within(self, span: Span, *lists: str) -> Sequence[Hit]:
        """The hits inside a sentence or another place."""
        return [hit for hit in self.hits(*lists) if span[0] <= hit.start and hit.end <= span[1]]

    def apart(self, *lists: str) -> Sequence[Span]:
        """The sentences in which one of these lexicons has a word."""
        starts = [start for start, _ in self.sentences]
        lies_in = {bisect_right(starts, hit.start) - 1 for hit in self.hits(*lists)}
        return [self.sentences[n] for n in sorted(lies_in) if n >= 0]

    def at(self, *lists: str) -> frozenset[int]:
        """Which words, by their number, are in a lexicon by themselves."""
        return frozenset(at for name in lists for at in self._by_list.get(name, ()))

    def parts(self, *without: str) -> frozenset[str]:
        """The beginnings of the telling words and of the parts of compounds, to see whether two texts have one in common."""
        left_out = self.at(*without)
        told = (word for n, word in enumerate(self.words) if n not in left_out)
        return frozenset(part for word in told for part in self._lexicon.parts(word))


def alike(one: Words, other: Words, without: str = "") -> float:
    """How much two texts share, 0 to 1: words by their stems and in pairs. Numbers and dates don't tell them apart.

    Words of the lexicon `without` are left out.
    """
    first, second = _pieces(one, without), _pieces(other, without)
    if not first or not second:
        return 0.0
    shared = sum(min(count, second.get(piece, 0)) for piece, count in first.items())
    return 2 * shared / (sum(first.values()) + sum(second.values()))


def _pieces(words: Words, without: str) -> Mapping[object, int]:
    left_out = words.at(without) if without else frozenset()
    told = [s for n, s in enumerate(words.stems) if not s[0].isdigit() and n not in left_out]
    return Counter[object](chain(told, pairwise(told)))
