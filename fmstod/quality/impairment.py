"""Question 35: what was observed or measured, how much, and how it is known (FUN, GRU-02)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from fmstod.domain.problem import Problem, Span
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule
from fmstod.quality.words import Hit, Words, alike

FINDINGS = ("finding", "mind", "scale", "measured", "number", "normal")
MIND = ("mind", "scale")
PSYCHIATRIC = "F"  # F00 to F99


def evidence(words: Words, *lists: str) -> Sequence[Hit]:
    """What of the lexicons stands in a text where it is neither planned nor only told by the patient."""
    return outside(words.hits(*lists), words.apart("planned", "reported"))


def outside(hits: Sequence[Hit], places: Sequence[Span]) -> Sequence[Hit]:
    """Those that don't begin in one of the places, which come in their order."""
    starts = [start for start, _ in places]
    before = ((hit, bisect_right(starts, hit.start) - 1) for hit in hits)
    return [hit for hit, n in before if n < 0 or hit.start >= places[n][1]]


def only_named(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """FUN-01: each word that says anything is the diagnosis, or says where it sits."""
    words = reader.words(rule.ref)
    if not words.words or len(words.words) > rule.limits["words"] or words.has("measured", "scale"):
        return
    names = reader.read(" ".join(f"{each.text} {each.name}" for each in reader.given.illnesses))
    plain = words.at("illness", "place", "ordinary")
    rest = [stem for n, stem in enumerate(words.stems) if n not in plain and stem not in names.stems]
    if not rest and (words.at("illness") or set(words.stems) & set(names.stems)):
        yield rule.problem((0, len(words.text)))


def no_finding(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """FUN-02."""
    if reader.words(rule.ref).words and not evidence(reader.words(rule.ref), *FINDINGS):
        yield rule.problem()


def only_told(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """FUN-03: told by the patient, and nothing beside it."""
    words = reader.words(rule.ref)
    told = words.hits("reported")
    if told and not evidence(words, *FINDINGS):
        yield rule.problem(*(hit.span for hit in told), word=told[0].word)


def no_severity(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """FUN-04: no word for how much, and no value but normal ones."""
    words = reader.words(rule.ref)
    if not words.words or words.has("severity"):
        return
    values = outside(evidence(words, "measured", "number"), words.apart("normal"))
    rated = evidence(words, "scale")
    if not values and not any(_has_value(words, hit) for hit in rated):
        yield rule.problem()


def _has_value(words: Words, hit: Hit) -> bool:
    """Whether a number follows a scale within two words."""
    first = bisect_left(words.starts, hit.end)
    return any(word[0].isdigit() for word in words.words[first : first + 2])


def only_normal(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """FUN-05: a normal finding, and no other. A healthy body doesn't contradict an illness of the mind."""
    words = reader.words(rule.ref)
    main = reader.main
    of_mind = main is not None and main.code.startswith(PSYCHIATRIC)
    normal = words.hits("normal_mind" if of_mind else "normal")
    if not normal:
        return
    if not outside(evidence(words, "abnormal"), words.apart("normal", "normal_mind")):
        yield rule.problem(*(hit.span for hit in normal), word=normal[0].word)


def carried_over(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """FUN-06: as in the certificate before, or as in FMB's text."""
    words = reader.words(rule.ref)
    if not words.words:
        return
    if alike(words, reader.before(rule.ref)) >= rule.limits["alike"]:
        yield rule.problem()
    elif any(alike(words, reader.read(text)) >= rule.limits["alike"] for text in reader.given.fmb_texts):
        yield rule.problem(key="fmb")


def no_status(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """GRU-02."""
    words, main = reader.words(rule.ref), reader.main
    if main and main.code.startswith(PSYCHIATRIC) and words.words and not evidence(words, *MIND):
        yield rule.problem()


CHECKS: Mapping[str, Check] = {
    "FUN-01": only_named,
    "FUN-02": no_finding,
    "FUN-03": only_told,
    "FUN-04": no_severity,
    "FUN-05": only_normal,
    "FUN-06": carried_over,
    "GRU-02": no_status,
}
