"""Every word of a register, with and without its accents: what a typed word may have meant."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from fmstod.knowledge.search.ranking import LEAST_INSIDE, LEAST_SLIP, one_slip

LEAST_STEM = 4  # letters that an ending or the rest of a compound leaves; an ending of two letters may leave one fewer
ENDINGS = (
    "orna",
    "arna",
    "erna",
    "or",
    "ar",
    "er",
    "en",
    "et",
    "an",
    "na",
    "n",
    "t",
    "s",
    "a",
    "e",
)  # of Swedish nouns
LEAST_LEAD = 8  # letters of a beginning that is no word
LEAST_PART = 3  # letters of each half of a compound that is taken apart
_BINDING = "seou"  # letters that may only bind the first half to the second
_SPELLING = [
    (re.compile(latin), letters)
    for latin, letters in (
        ("ph", "f"),
        ("th", "t"),
        ("rrh", "rr"),
        ("rh", "r"),
        ("ch", "k"),
        ("c(?=[aoulrt]|$)", "k"),
        ("[ao]e", "e"),
        ("z", "s"),
        ("w", "v"),
    )
]


class Vocabulary:
    """Words sorted in one text with a line for each: searched at the speed of the interpreter's own `str`."""

    def __init__(self, words: Iterable[str]) -> None:
        self._text = "\n".join(("", *sorted(set(words)), ""))

    def __str__(self) -> str:
        return self._text.strip("\n")

    @cached_property
    def _words(self) -> Sequence[str]:
        return self._text.split("\n")[1:-1]

    def beginning(self, part: str) -> Sequence[str]:
        """The words that begin so."""
        first = bisect_left(self._words, part)
        return self._words[first : bisect_left(self._words, f"{part}\U0010ffff", first)]

    def has_beginning(self, part: str) -> bool:
        at = bisect_left(self._words, part)
        return at < len(self._words) and self._words[at].startswith(part)

    def inside(self, part: str, most: int) -> Sequence[str]:
        """Words that hold the part, but not as their beginning."""
        if len(part) < LEAST_INSIDE:
            return ()
        found: list[str] = []
        text, at = self._text, self._text.find(part)
        while at >= 0 and len(found) < most:
            end = text.index("\n", at)
            first = text.rindex("\n", 0, at) + 1
            if first != at:
                found.append(text[first:end])
            at = text.find(part, end)
        return found

    def stem(self, typed: str) -> str | None:
        """A whole word that it is a form of ("migräner": migrän)."""
        return next((each for each in stems(typed) if f"\n{each}\n" in self._text), None)

    def lead(self, compound: str) -> str | None:
        """The longest whole word that it begins with ("gallstensbesvär": gallsten), else the longest beginning of one
        ("trokanterit": trokanter).
        """
        parts = [compound[:end] for end in range(len(compound) - 1, LEAST_STEM - 1, -1)]
        whole = (part for part in parts if f"\n{part}\n" in self._text)
        begun = (part for part in parts if len(part) >= LEAST_LEAD and self.has_beginning(part))
        return next(whole, None) or next(begun, None)

    def near(self, typed: str) -> Collection[str]:
        """Words that begin with it but for one slip. One of its halves is without the slip, or it is between them."""
        if len(typed) < LEAST_SLIP:
            return ()
        half = len(typed) // 2
        left, right = typed[:half], re.escape(typed[half:])
        across = f"{typed[: half - 1]}{typed[half]}{typed[half - 1]}"
        likely = [*self.beginning(left), *self.beginning(across)]
        likely += re.findall(rf"^.{{{half - 1},{half + 1}}}{right}.*$", self._text, re.MULTILINE)
        return {word for word in likely if one_slip(typed, word)}

    def apart(self, compound: str, known: Collection[str] = ()) -> tuple[str, str] | None:
        """Two beginnings of words, or words that are `known`, that the compound is put together of ("handledsfraktur":
        handled, fraktur); of several such the one with known words, then with the longer halves.
        """
        return max(
            self._halves(compound, known),
            key=lambda halves: (any(half in known for half in halves), min(map(len, halves))),
            default=None,
        )

    def _halves(self, compound: str, known: Collection[str]) -> Iterator[tuple[str, str]]:
        for cut in range(LEAST_PART, len(compound) - 1):
            first, last = compound[:cut], compound[cut:]
            if last not in known and (len(last) < LEAST_PART or not self.has_beginning(last)):
                continue
            loose = [first[:-1]] if first[-1] in _BINDING and len(first) > LEAST_PART else []
            found = (part for part in (*loose, first) if part in known or self.has_beginning(part))
            if part := next(found, None):
                yield part, last


def stems(typed: str) -> Iterator[str]:
    """What it may be a form of."""
    for ending in ENDINGS:
        if typed.endswith(ending) and len(typed) - len(ending) >= LEAST_STEM - (len(ending) > 1):
            yield typed.removesuffix(ending)


def respelt(latin: str) -> str:
    """A word of medicine as Swedish spells it ("trochanter": trokanter)."""
    for pattern, letters in _SPELLING:
        latin = pattern.sub(letters, latin)
    return latin
