"""Every word of a register, with and without its accents: what a typed word may have meant."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from fmstod.knowledge.ranking import LEAST_INSIDE, LEAST_SLIP, one_slip

LEAST_STEM = 4  # letters that an ending or the rest of a compound leaves
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
LEAST_PART = 3  # letters of each half of a compound that is taken apart


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
        stems = (typed.removesuffix(ending) for ending in ENDINGS if typed.endswith(ending))
        return next((each for each in stems if len(each) >= LEAST_STEM and f"\n{each}\n" in self._text), None)

    def lead(self, compound: str) -> str | None:
        """The longest whole word that it begins with ("gallstensbesvär": gallsten)."""
        parts = (compound[:end] for end in range(len(compound) - 1, LEAST_STEM - 1, -1))
        return next((part for part in parts if f"\n{part}\n" in self._text), None)

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

    def apart(self, compound: str) -> tuple[str, str] | None:
        """Two beginnings of words that the compound is put together of ("handledsfraktur": handled, fraktur)."""
        for cut in range(LEAST_PART, len(compound) - LEAST_PART + 1):
            first, last = compound[:cut], compound[cut:]
            if first[-1] == "s" and self.has_beginning(first[:-1]) and len(first) > LEAST_PART:
                first = first[:-1]  # it only binds the two
            if self.has_beginning(last) and self.has_beginning(first):
                return first, last
        return None
