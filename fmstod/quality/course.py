"""The length against what is recommended and what was said before (VAR)."""

from collections.abc import Iterator, Mapping

from fmstod.domain.problem import Problem
from fmstod.quality.plans import follow_up
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule
from fmstod.quality.words import alike

WORK, BACK = "NUVARANDE_ARBETE", "STOR_SANNOLIKHET"
LONGER = "_or_longer"  # a kind of recommendation that has no upper end
MARKS = (90, 180, 365)  # days after which the ability is held against other work


def long_in_the_chain(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """VAR-01: within the recommendation by the days of this sick leave, not by those of the chain. Over it is the form's."""
    limits, (_, days) = reader.given.limits, reader.given.chain or (0, 0)
    if not limits or limits[0].days is None or limits[0].own_report or reader.text(rule.ref):
        return
    limit = limits[0]
    if reader.days <= limit.bound < days:
        key = "" if limit.rechecked else "old"
        year = limit.retrieved.year
        yield rule.problem(field="32", key=key, days=days, bound=limit.bound, title=limit.title, year=year)


def vague_reason(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """VAR-02: no cause is named, and hardly a word that isn't only about time and need."""
    words = reader.words(rule.ref)
    if not words.words or words.has("cause"):
        return
    plain = words.at("vague", "ordinary")
    if sum(n not in plain for n in range(len(words.words))) <= rule.limits["words"]:
        yield rule.problem((0, len(words.text)))


def short_and_open(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """VAR-03: shorter than FMB allows, not expected back, and nobody follows up."""
    chosen, limits = reader.chosen("39"), reader.given.limits
    bound = limits[0].bound if limits and not limits[0].why_open.endswith(LONGER) else 0
    if chosen and BACK not in chosen and reader.days < bound and not follow_up(reader, rule):
        yield rule.problem(days=reader.days, bound=bound, title=limits[0].title)


def unchanged(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """VAR-04: findings and limitation both as in the certificate before."""
    pairs = [(reader.words(ref), reader.before(ref)) for ref in rule.texts]
    if all(now.words and alike(now, before) >= rule.limits["alike"] for now, before in pairs):
        yield rule.problem(field=rule.texts[0])


def other_work(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """VAR-05: a mark of the law is passed, and no text tells which work the ability was held against."""
    if WORK not in reader.chosen("28") or any(reader.words(ref).has("compared") for ref in rule.texts):
        return
    first, last = reader.given.chain or (0, 0)
    passed = [mark for mark in MARKS if first <= mark + 1 <= last]
    if passed:
        yield rule.problem(mark=passed[-1], key="" if passed[-1] < MARKS[1] else "market")


CHECKS: Mapping[str, Check] = {
    "VAR-01": long_in_the_chain,
    "VAR-02": vague_reason,
    "VAR-03": short_and_open,
    "VAR-04": unchanged,
    "VAR-05": other_work,
}
