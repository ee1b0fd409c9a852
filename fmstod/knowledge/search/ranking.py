"""How well a name answers what is typed: pure, so that it can be tried without a database.

A code is itself or not (H3). Names are found by their words, in any order: each typed word begins a word of the name,
stands somewhere in one (compounds), or is one slip of the finger from the beginning of one.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fmstod.domain.icd import normalise

# Digits, Latin and Greek letters: what a database's own idea of a word agrees with.
_WORD = re.compile(r"[0-9a-zß-öø-ɏά-ώ]+")
_COMMON = str.maketrans("åäöéèüç", "aaoeeuc")  # spares the slow way below
_CODE = re.compile(r"[A-Z](\d(\d[0-9A-Z]{0,2})?)?", re.ASCII)
LEAST_INSIDE = 3  # letters that a part of a compound needs; fewer stand in most words
LEAST_SLIP = 4  # letters; a shorter word is one slip from too many others
MOST_TYPED = 100  # characters that are looked at
EXACT, BEGINS, ENDS, INSIDE, SLIP = range(5)  # ENDS: a compound, or begins so with a word put in another way
OTHER, OUTER = 3, 4  # the last tiers: any code, and a cause from outside (V to Y), which is no diagnosis
_BUT = re.compile(" (?:utan|undantag|utom) ")  # what a name says after it is what it isn't
Rank = tuple[int, int, int, bool, bool, int, int, int, str]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a code can be found by: its label, led by an everyday word (`said`) in `order` among the word's codes.

    `words` are the name's in lower case with a space around each, `bare` the same without accents, or empty if equal.
    """

    code: str
    label: str
    words: str
    bare: str
    said: str = ""
    order: int = 0

    @staticmethod
    def of(code: str, label: str, said: str = "", order: int = 0) -> "Name":
        words = f" {' '.join(words_of(f'{said} {label}'))} "
        plain = bare(words)
        return Name(code, label, words, "" if plain == words else plain, said, order)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is typed: as words in lower case, as one text, and as the beginning of a code (empty if it is none)."""

    words: tuple[str, ...]
    text: str
    code: str

    @staticmethod
    def of(typed: str) -> "Asked":
        plain = typed[:MOST_TYPED]
        code = normalise(plain)
        return replace(Asked.put(tuple(dict.fromkeys(words_of(plain)))), code=code if _CODE.fullmatch(code) else "")

    @staticmethod
    def put(words: tuple[str, ...]) -> "Asked":
        """The same in other words, each once."""
        return Asked(words, f" {' '.join(words)}", "")


def bare(text: str) -> str:
    """Lower case without accents: å, ä and ö become a and o."""
    lower = text.lower().translate(_COMMON)
    if lower.isascii():
        return lower
    return "".join(c for c in unicodedata.normalize("NFD", lower) if not unicodedata.combining(c))


def words_of(text: str) -> Sequence[str]:
    """Its words in lower case; accents in one character each, as they are typed."""
    return _WORD.findall(unicodedata.normalize("NFC", text.lower()))


def rank(asked: Asked, name: Name, tier: int) -> Rank:
    """The lower the better. The name is known to answer: what isn't found in it by its letters is a slip."""
    whole, simple = name.words, name.bare or name.words
    worst, folded, partial = BEGINS, False, 0
    for word in asked.words:
        led = f" {word}"
        for text in (whole, simple):
            if led in text:
                partial += f"{led} " not in text
                break
        else:
            partial += 1
            worst = max(worst, _hidden(word, whole, simple))
        folded = folded or word not in whole
    begins = simple.startswith(asked.text) or whole.startswith(asked.text)
    alone = not partial and any(text.startswith(f"{asked.text} ") for text in (whole, simple))
    if alone and len(asked.words) == len(words_of(name.said or name.label)):
        return (EXACT, 0, name.order, folded, False, 0, 0, len(name.label), name.code)
    but = _BUT.search(simple)
    denied = but is not None and _after(asked, simple, but.start() + 1)
    return (worst, int(denied), tier, folded, not begins, partial, name.order, len(name.said or name.label), name.code)


def _after(asked: Asked, text: str, at: int) -> bool:
    """Whether any of the words stands in the text from there on alone; not when that part itself is asked for."""
    words = [bare(word) for word in asked.words]
    return any(text.find(word) > at for word in words) and not any(text.startswith(word, at) for word in words)


def _hidden(word: str, *texts: str) -> int:
    """How well a word is hit that begins none: the end of a compound is what the compound is a kind of."""
    ends, inside = (any(part in text for text in texts) for part in (f"{word} ", word))
    return ENDS if ends and len(word) >= LEAST_INSIDE else INSIDE if inside else SLIP


def marks(asked: Asked, label: str) -> tuple[tuple[int, int], ...]:
    """The parts of the label that the words hit, in order and not overlapping; a word hit by a slip is marked whole."""
    found: list[tuple[int, int]] = []
    for first, end in sorted(_spans(asked, label)):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((first, end))
    return tuple(found)


def _spans(asked: Asked, label: str) -> Iterator[tuple[int, int]]:
    lower = label.lower()
    if len(lower) != len(label):  # a letter whose lower case is two moves the places of those after it
        return
    plain = bare(lower)
    texts = (lower, plain) if len(plain) == len(lower) else (lower,)
    places = [each.span() for each in _WORD.finditer(lower)]
    for typed in asked.words:
        yield from next(filter(None, (way(typed, text, places) for way in _WAYS for text in texts)), ())


def _begun(typed: str, text: str, places: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    return [(first, first + len(typed)) for first, _ in places if text.startswith(typed, first)]


def _inside(typed: str, text: str, _places: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    return [each.span() for each in re.finditer(typed, text)] if len(typed) >= LEAST_INSIDE and typed in text else ()


def _slipped(typed: str, text: str, places: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    return [span for span in places if len(typed) >= LEAST_SLIP and one_slip(typed, text[slice(*span)])]


_WAYS = (_begun, _inside, _slipped)


def one_slip(typed: str, word: str) -> bool:
    """Whether one letter missing, too many, wrong or swapped with the next makes `typed` the beginning of the word."""
    at = next((n for n, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), min(len(typed), len(word)))
    rest, other = typed[at:], word[at:]
    swapped = len(rest) > 1 and rest[:2] == other[1::-1] and other[2:].startswith(rest[2:])
    wrong = bool(other) and other[1:].startswith(rest[1:])
    return swapped or wrong or other.startswith((rest, rest[1:])) or other[1:].startswith(rest)
