"""Holds a certificate against the rules of quality: a record in, problems out. No text, no clock."""

from collections.abc import Iterable, Iterator

from fmstod.domain.inquiry import GROUPS, group_of
from fmstod.domain.problem import Level, Problem
from fmstod.quality.checks import CHECKS
from fmstod.quality.reader import Given, Reader
from fmstod.quality.rulebook import Rule, Rulebook
from fmstod.quality.words import Words

INFECTION = "27.1"
STRENGTH = {level: place for place, level in enumerate(Level)}


def judge(
    rulebook: Rulebook, given: Given, said: Iterable[Problem] = (), shelf: dict[str, Words] | None = None
) -> list[Problem]:
    """What the rules of quality say, the groups first for which the unit has been asked the most.

    `said` are the form's own problems: what one of them says at least as strongly isn't said again. Nothing with
    smittskydd, where diagnosis and period are all that is asked for. `shelf` is kept by whoever judges again and again: it
    holds the texts as they were read the last time, so that only what has changed is read anew.
    """
    if given.answers.get(INFECTION) is True:
        return []
    already = tuple(said)
    reader = Reader(given, rulebook.lexicon, shelf)
    found = [problem for rule in rulebook.rules for problem in _heard(rule, reader, already)]
    if shelf is not None:
        shelf.clear()
        shelf.update(reader.was_read)
    order = list(GROUPS)

    def weak_first(problem: Problem) -> tuple[int, int]:
        group = group_of(problem.ref)
        return -given.asked.get(group, 0), order.index(group) if group in order else len(order)

    return sorted(found, key=weak_first)


def joined(said: Iterable[Problem], found: Iterable[Problem]) -> list[Problem]:
    """The form's problems with those of quality: of two under one id the stronger is told."""
    judged = list(found)
    stronger = {(each.rule, each.ref) for each in judged}
    return [*(each for each in said if (each.rule, each.ref) not in stronger), *judged]


def _heard(rule: Rule, reader: Reader, said: tuple[Problem, ...]) -> Iterator[Problem]:
    """What a rule says, where the form doesn't say it already."""
    if any(each.rule in rule.yields for each in said):
        return
    for problem in _asked(rule, reader):
        told = [STRENGTH[each.level] for each in said if each.rule == problem.rule]
        if not told or STRENGTH[problem.level] < min(told):
            yield problem


def _asked(rule: Rule, reader: Reader) -> Iterator[Problem]:
    check = CHECKS.get(rule.id)
    if check:
        yield from check(reader, rule)
    elif rule.lacks:
        if reader.text(rule.ref).strip() and not reader.words(rule.ref).has(*rule.lacks):
            yield rule.problem()
    else:
        for ref in rule.texts or (rule.ref,):
            if ref in reader.given.texts and (hits := reader.words(ref).hits(*rule.has)):
                yield rule.problem(*(hit.span for hit in hits), field=ref, word=hits[0].word)
