"""Everyday words and abbreviations for codes, words that the names put in another way, and the codes of frequent sick
leave: data that finds hits and puts them in order.
"""

from collections.abc import Collection, Mapping, Sequence

from pydantic import TypeAdapter

from fmstod.domain.icd import is_code, normalise
from fmstod.knowledge.search.ranking import bare, words_of

_WORDS = TypeAdapter(dict[str, dict[str, str]])
_CODES = TypeAdapter(dict[str, dict[str, list[str]]])


def load_everyday(table: Mapping[str, object]) -> Mapping[str, Sequence[str]]:
    """Codes by word, in the order they are shown, from lines of `"word, same word" = "CODE CODE"`. Raises ValueError."""
    found: dict[str, Sequence[str]] = {}
    for place, lines in _WORDS.validate_python(table).items():
        for said, line in lines.items():
            codes = _codes(place, line.split())
            for word in map(str.strip, said.split(",")):
                if word in found or not word:
                    raise ValueError(f"{place}: {word or said} stands twice or is empty")
                found[word] = codes
    return found


def load_words(table: Mapping[str, object]) -> Mapping[str, Sequence[Sequence[str]]]:
    """Ways to put a word, each some words or none, from lines of `"word, same word" = "a way, another way"`; also by the
    word without its accents. Raises ValueError.
    """
    found: dict[str, Sequence[Sequence[str]]] = {}
    for place, lines in _WORDS.validate_python(table).items():
        for said, line in lines.items():
            ways = tuple(tuple(words_of(way)) for way in line.split(","))
            for word in map(str.strip, said.split(",")):
                if word in found or words_of(word) != [word]:
                    raise ValueError(f"{place}: {word or said} stands twice or is no word")
                found[word] = ways
    return {bare(word): ways for word, ways in found.items()} | found


def load_frequent(table: Mapping[str, object]) -> Collection[str]:
    """The codes, from tables that each hold `codes`. Raises ValueError."""
    tables = _CODES.validate_python(table).items()
    return frozenset(code for place, lines in tables for codes in lines.values() for code in _codes(place, codes))


def _codes(place: str, codes: Sequence[str]) -> Sequence[str]:
    if wrong := [code for code in codes if not is_code(code)]:
        raise ValueError(f"{place}: {wrong[0]} is no code")
    if not codes:
        raise ValueError(f"{place}: a line without codes")
    return tuple(map(normalise, codes))
