"""What doesn't belong in any text: numbers and names of people (INT-01)."""

import re
from collections.abc import Iterator, Mapping

from fmstod.domain.problem import Problem, Span
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule

_NUMBER = re.compile(r"\b(?:19|20)?\d{6}[-+]?\d{4}\b|(?<![\d.,])(?:\+46\s?|0)(?:\d[ -]?){6,10}\d(?![\d.,])")
_CAPITAL = r"[A-ZÅÄÖ][a-zåäöé]+(?:-[A-ZÅÄÖ][a-zåäöé]+)?"
_NAME = re.compile(rf"{_CAPITAL}(?:\s+{_CAPITAL})*")
_AFTER = re.compile(rf"[\s:(]+({_NAME.pattern})")


def people(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """INT-01."""
    for ref in reader.given.texts:
        numbers = [found.span() for found in _NUMBER.finditer(reader.text(ref))]
        names = list(_named(reader, ref))
        if numbers:
            yield rule.problem(*numbers, field=ref, key="number")
        if names:
            yield rule.problem(*names, field=ref)


def _named(reader: Reader, ref: str) -> Iterator[Span]:
    """Names: after a word for a person (`hustrun Eva`), or several capital words inside a sentence."""
    words, text = reader.words(ref), reader.text(ref)
    starts = {b - len(text[a:b].lstrip()) for a, b in words.sentences}
    found = [after.span(1) for hit in words.hits("person") if (after := _AFTER.match(text, hit.end))]
    found += [each.span() for each in _NAME.finditer(text) if " " in each[0] and each.start() not in starts]
    for span in sorted(set(found)):
        if not reader.read(text[span[0] : span[1]]).has("no_name"):
            yield span


CHECKS: Mapping[str, Check] = {"INT-01": people}
