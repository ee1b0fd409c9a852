"""How the texts are typed: too long, or with letters lost on the way (STR-09)."""

import re
from collections.abc import Iterator, Mapping

from fmstod.domain.problem import Problem
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule

# A question mark inside a word or before one, as a program writes a letter that it doesn't know.
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_](?!\w*=)|(?<!\S)\?[^\W\d_]")
_DOTTED = re.compile("[åäöÅÄÖéÉ]")


def too_long(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """Near the end of the room: what matters drowns, or is a record pasted in."""
    most = int(rule.limits["characters"])
    for ref in rule.texts:
        length = len(reader.text(ref))
        if length > most:
            yield rule.problem(field=ref, key="long", count=length)


def lost_letters(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """Question marks for å, ä and ö, or a whole certificate without any of them."""
    read = {ref: reader.words(ref) for ref in rule.texts if reader.text(ref)}
    for ref, words in read.items():
        if "?" in words.text and (marks := [found.span() for found in _LOST.finditer(words.text)]):
            yield rule.problem(*marks, field=ref)
            return
    told = [(ref, hit) for ref, words in read.items() for hit in words.hits("lost_letters")]
    whole = "".join(words.text for words in read.values())
    enough = len(told) >= rule.limits["words"]
    if not enough and (_DOTTED.search(whole) or not (told or len(whole) >= rule.limits["letters"])):
        return
    ref = told[0][0] if told else next(iter(read), "")
    if ref:
        yield rule.problem(*(hit.span for at, hit in told if at == ref), field=ref)


def typing(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """STR-09."""
    yield from too_long(reader, rule)
    yield from lost_letters(reader, rule)


CHECKS: Mapping[str, Check] = {"STR-09": typing}
