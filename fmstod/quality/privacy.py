"""What doesn't belong in any text: numbers and names of people (INT-01)."""

import re
from collections.abc import Iterator, Mapping, Sequence

from fmstod.domain.problem import Problem, Span
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule
from fmstod.quality.words import Words

_NUMBER = re.compile(r"(?:19|20)?\d{6}[-+]?\d{4}\b|(?:\+46\s?|0)(?:\d[ -]?){6,10}\d(?!\d|[.,]\d)")
SHORTEST, ABROAD = 6, "46"  # figures in a row that a personal number begins with; how a number from abroad does
_CAPITAL = r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_AFTER = re.compile(rf"[ :(]+({_CAPITAL}(?: +{_CAPITAL})*)")
_NAME = re.compile(rf"{_CAPITAL}(?: +{_CAPITAL})*")
_NAMES = re.compile(rf"{_CAPITAL}(?: +{_CAPITAL})+")


def people(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """INT-01."""
    for ref in reader.given.texts:
        words, text = reader.words(ref), reader.text(ref)
        if numbers := [found.span() for a in _number_starts(words) if (found := _NUMBER.match(text, a))]:
            yield rule.problem(*numbers, field=ref, key="number")
        if names := [span for span in _named(words) if not reader.read(text[slice(*span)]).has("no_name")]:
            yield rule.problem(*names, field=ref)


def _number_starts(words: Words) -> Iterator[int]:
    """Where such a number may begin, its plus sign with it."""
    for at in words.numbers:
        word = words.words[at]
        if word[0] == "0" or len(word) >= SHORTEST:
            yield words.starts[at]
        elif word.startswith(ABROAD) and (start := words.starts[at]) and words.text[start - 1] == "+":
            yield start - 1


def _named(words: Words) -> Sequence[Span]:
    """Names: after a word for a person (`hustrun Eva`), a common first name, or several capital words in a sentence."""
    text = words.text
    found = {after.span(1) for hit in words.hits("person") if (after := _AFTER.match(text, hit.end))}
    found |= {names.span() for n in words.at("first_name") if (names := _NAME.match(text, words.starts[n]))}
    places = {n + 1 for n in words.at("place_word")}
    capital = [a for n, a in enumerate(words.starts) if text[a].isupper() and n not in places]
    starts = {b - len(text[a:b].lstrip()) for a, b in words.sentences} if capital else set[int]()
    reached = 0
    for start in capital:
        if start >= reached and start not in starts and (names := _NAMES.match(text, start)):
            found.add(names.span())
            reached = names.end()
    return sorted(found)


CHECKS: Mapping[str, Check] = {"INT-01": people}
