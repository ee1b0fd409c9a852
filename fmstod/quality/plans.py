"""Treatment and the way back: what is done, by whom, when, and who follows it up (BEH-01, PLA)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from fmstod.domain.problem import Problem, Span
from fmstod.quality.periods import later
from fmstod.quality.reader import Check, Reader
from fmstod.quality.rulebook import Rule
from fmstod.quality.told import days_told, together
from fmstod.quality.words import Words

WORK, BACK = "NUVARANDE_ARBETE", "STOR_SANNOLIKHET"


def bare_treatment(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """BEH-01: a treatment with neither purpose nor time-table nor who gives it."""
    words = reader.words(rule.ref)
    if not words.words or words.has("purpose", "interval", "by_whom") or any(days_told(words, reader.given.on)):
        return
    if not words.has("no_treatment") and (words.has("treatment") or not words.has("investigation")):
        yield rule.problem()


def follow_up(reader: Reader, rule: Rule) -> bool:
    """Whether a text, or the plan, tells of a follow-up with a time on or before the last day."""
    plan = reader.given.plan
    if plan and plan.follow_up and reader.last and plan.follow_up <= reader.last:
        return True
    return any(_in_time(reader, words, words.apart("follow_up")) for words in map(reader.words, rule.texts))


def _in_time(reader: Reader, words: Words, sentences: Sequence[Span]) -> bool:
    """Whether one of these sentences tells a day from signing to the last one, or times that come again."""
    on, last, again = reader.given.on, reader.last, words.apart("interval", "in_time")
    for first, end in sentences:
        days = [told.day for told in days_told(words, on, first, end)]
        if any(on <= day <= (last or on) for day in days) if days else (first, end) in again:
            return True
    return False


def no_plan(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """PLA-01: long, and the texts together don't tell what, by whom, when and followed up when."""
    if reader.days <= rule.limits["days"] or _is_planned(reader):
        return
    who = any(_done_by(reader, reader.words(ref)) for ref in rule.texts)
    followed = follow_up(reader, rule)
    if not (who and followed):
        yield rule.problem(key="follow_up" if who else "", days=reader.days)


def _is_planned(reader: Reader) -> bool:
    """Whether the plan beside the certificate is documented, or tells as much."""
    plan = reader.given.plan
    if plan is None:
        return False
    return plan.documented or bool(plan.measures and plan.owner and plan.day and plan.follow_up)


def _done_by(reader: Reader, words: Words) -> bool:
    """Whether a sentence has somebody who does something at a time; a visit to a unit is no measure."""
    by = {*words.apart("actor"), *together(words, "unit", "treatment")}
    again = words.apart("interval", "in_time") if by else ()
    return any(each in again or any(days_told(words, reader.given.on, *each)) for each in by)


def employer_untold(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """PLA-02: the employer's plan is due within the period, and no text tells of the employer."""
    since, first, last, on = reader.given.since, reader.first, reader.last, reader.given.on
    if WORK not in reader.chosen("28") or not (since and first and last):
        return
    due = since + timedelta(days=int(rule.limits["due"]) - 1)
    months = reader.given.answers.get("39.4")
    back = later(on, months) if isinstance(months, int) and reader.chosen("39") == ("ATER_X_ANTAL_MANADER",) else last
    expected = (max(back, last) - since).days + 1
    if expected < rule.limits["expected"] or not max(first, on) <= due <= last:
        return
    if not any(reader.words(ref).has("employer") for ref in rule.texts):
        yield rule.problem(day=due)


def no_follow_up(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """PLA-03: nobody looks again before the end. A short leave that ends in return needs none."""
    short = reader.days <= rule.limits["days"] and BACK in reader.chosen("39")
    if reader.last and not short and not follow_up(reader, rule):
        yield rule.problem(last=reader.last)


CHECKS: Mapping[str, Check] = {
    "BEH-01": bare_treatment,
    "PLA-01": no_plan,
    "PLA-02": employer_untold,
    "PLA-03": no_follow_up,
}
