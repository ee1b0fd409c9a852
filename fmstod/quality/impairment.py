"""Question 35: what was observed or measured, how much, and how it is known (FUN)."""

from collections.abc import Iterator, Mapping

from fmstod.domain.problem import Problem
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule
from fmstod.quality.words import Hit, Words

FINDINGS = ("finding", "scale", "measured")


def evidence(words: Words) -> list[Hit]:
    """What in the text was observed or measured; neither what is planned nor what only the patient tells."""
    told = [s for s in words.sentences if words.within(s, "planned", "reported")]
    return [hit for hit in words.hits(*FINDINGS) if not any(a <= hit.start < b for a, b in told)]


def no_finding(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """FUN-02."""
    if reader.text(rule.ref).strip() and not evidence(reader.words(rule.ref)):
        yield rule.problem()


CHECKS: Mapping[str, Check] = {"FUN-02": no_finding}
