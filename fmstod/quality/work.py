"""Occupation and work set against the degree: tasks, capacity, treatment and the way there (YRK, NED-01, BEH-02)."""

from collections.abc import Iterator, Mapping

from fmstod.domain.problem import Problem, Span
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule
from fmstod.quality.told import by_sentence, together
from fmstod.quality.words import Words

WHOLE = 100  # percent
PRESENT = ("ar", "er")  # how most verbs end that tell what somebody does
LIMITATION, TRAVEL = "17", "34"


def no_tasks(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """YRK-01: a title, a place or hours, but nothing of what is done."""
    words = reader.words(rule.ref)
    if not words.words:
        return
    plain = words.at("title", "workplace", "ordinary")
    tasks = words.at("task") - words.at("workplace")
    rest = [n for n, word in enumerate(words.words) if n and n not in plain and not word[0].isdigit()]
    verbs = [n for n in tasks if n and words.words[n].endswith(PRESENT)]  # handleder is no ledare
    if len(rest) < rule.limits["words"] and not verbs and not tasks & set(rest):
        yield rule.problem()


def two_occupations(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """YRK-02: several occupations, and question 25 tells of something else. That it is empty the form says."""
    chosen, words = reader.chosen(rule.ref), reader.words("25")
    if len(chosen) > 1 and words.words and not words.has("occupation"):
        yield rule.problem()


def capacities(words: Words) -> list[Span]:
    """What the text says that the patient can do of a work, where nothing before it takes it back."""
    taken_back, later = by_sentence(words, "negation"), words.apart("not_yet")
    return [
        hit.span
        for sentence, hits in by_sentence(words, "capacity").items()
        for hit in hits
        if sentence not in later and (sentence not in taken_back or hit.end <= taken_back[sentence][0].start)
    ]


def could_work(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """NED-01: full degree, though the text tells of capacity and not why part time won't do."""
    if {p.degree for p in reader.periods} != {WHOLE}:
        return
    words = reader.words(LIMITATION)
    told = capacities(words)
    elsewhere = (reader.words(ref).has("no_part_time", "part_time") for ref in rule.texts)
    if told and not words.has("no_part_time") and not any(elsewhere):
        yield rule.problem(*told, field=LIMITATION)


def other_benefit(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """BEH-02: away for treatment only, or only the way to work stands in the way."""
    words = reader.words(LIMITATION)
    if not capacities(words):
        return
    if together(words, "absent", "session"):
        yield rule.problem(field="19")
    elif reader.given.answers.get(TRAVEL) is not True and together(words, "negation", "vehicle", "way"):
        yield rule.problem(key="travel", field=TRAVEL)


CHECKS: Mapping[str, Check] = {
    "YRK-01": no_tasks,
    "YRK-02": two_occupations,
    "NED-01": could_work,
    "BEH-02": other_benefit,
}
