"""Question 17: which activities, how much, and against which work (AKT)."""

from collections.abc import Iterator, Mapping

from fmstod.domain.problem import Problem
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule
from fmstod.quality.words import Words, alike

DEMANDS = ("lifting", "moving", "standing", "sitting", "handling", "driving", "thinking", "meeting", "caring")
WORK = "29"
IMPAIRMENT = "35"
NO_TASK = ("ordinary", "count", "amount")  # words that two texts may share without being about the same


def only_symptoms(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """AKT-02: the impairment once more, or nothing but symptoms."""
    words = reader.words(rule.ref)
    if not words.words:
        return
    if alike(words, reader.words(IMPAIRMENT), "ordinary") >= rule.limits["alike"]:
        yield rule.problem()
        return
    symptoms = words.hits("symptom")
    if symptoms and not _activities(words):
        yield rule.problem(*(hit.span for hit in symptoms), key="symptoms", word=symptoms[0].word)


def no_activity(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """AKT-03: neither an activity nor a word of the work's tasks."""
    words = reader.words(rule.ref)
    if words.words and not words.has("inner") and not _activities(words) and not _shared(reader, words):
        yield rule.problem()


def nothing_of_the_work(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """AKT-04: the work is described and nothing in the limitation has to do with it."""
    words, work = reader.words(rule.ref), reader.words(WORK)
    if not words.words or not work.words or words.has("work_itself") or _shared(reader, words):
        return
    told = {name for name in DEMANDS if words.has(name)}
    asked = {name for name in DEMANDS if work.has(name)} if len(work.words) >= rule.limits["tasks"] else told
    if (asked and told and not asked & told) or not _activities(words):
        yield rule.problem()


def _activities(words: Words) -> bool:
    """Whether anything is named that somebody does; to concentrate or to sleep alone is none."""
    inner = {hit.span for hit in words.hits("inner")}
    symptoms = {hit.span for hit in words.hits("symptom")}
    return any(hit.span not in inner | symptoms for hit in words.hits("activity"))


def _shared(reader: Reader, words: Words) -> bool:
    """Whether the text has a telling word of the work's description, also as a part of a compound."""
    return bool(words.parts(*NO_TASK) & reader.words(WORK).parts(*NO_TASK))


CHECKS: Mapping[str, Check] = {"AKT-02": only_symptoms, "AKT-03": no_activity, "AKT-04": nothing_of_the_work}
