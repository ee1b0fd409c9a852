"""What doesn't stop a certificate but deserves a thought: the notices U-* of certificates.md 2.9."""

from collections.abc import Iterator
from datetime import timedelta

from fmstod.certificate.condition import is_filled
from fmstod.certificate.form import Choices, DatedChoices, Form, Periods
from fmstod.certificate.subject import Facts, Subject
from fmstod.domain.answers import DatedChoice, PeriodRow
from fmstod.domain.problem import Level, Problem
from fmstod.domain.recommendation import asks_reason, offers_reason

INFECTION, REASON_FOR_LENGTH, OTHER = "27.1", "37", "25"
# KV_FKMU_0001: the physician met the patient.
EXAMINATIONS = frozenset({"FYSISKUNDERSOKNING", "DIGITALUNDERSOKNING"})
EARLY = timedelta(days=7)


def notices(form: Form, subject: Subject, facts: Facts, shown: frozenset[str]) -> Iterator[Problem]:
    """U-1, 2, 3 and 6; none with smittskydd."""
    if subject.answers.get(INFECTION) is True:
        return
    for question in form.questions():
        value = subject.answers.get(question.ref)
        if question.ref not in shown or not isinstance(value, tuple):
            continue
        match question:
            case Periods():
                rows = tuple(row for row in value if isinstance(row, PeriodRow))
                yield from _early_start(question.ref, rows, subject, facts)
                yield from _long(question.ref, subject, facts)
            case DatedChoices():
                kinds = {row.kind for row in value if isinstance(row, DatedChoice)}
                if kinds and not kinds & EXAMINATIONS:
                    yield _told_under_other("U-2", question.ref, subject)
            case Choices():
                if question.rules.get("required") == "SY-1" and len(set(value)) > 1:
                    yield _told_under_other("U-3", question.ref, subject)
            case _:
                pass


def _early_start(ref: str, rows: tuple[PeriodRow, ...], subject: Subject, facts: Facts) -> Iterator[Problem]:
    """U-1, once: a start more than seven days ago."""
    for i, row in enumerate(rows):
        if row.period and row.period.first < facts.today - EARLY:
            yield _told_under_other("U-1", f"{ref}[{i}].from", subject, day=row.first)
            return


def _told_under_other(rule: str, field: str, subject: Subject, **values: object) -> Problem:
    """What belongs under question 25. With something written there it is only a reminder."""
    if is_filled(subject.answers.get(OTHER)):
        return Problem(rule, field, Level.TIP, key=f"{rule}.told", values=values)
    return Problem(rule, field, Level.WARNING, values=values)


def _long(ref: str, subject: Subject, facts: Facts) -> Iterator[Problem]:
    """U-6 against our own reading: longer than the first diagnosis allows, all earlier days known, no reason given yet.

    A limit is the most generous that unanswered conditions leave, so more than it is more for certain. Where another
    diagnosis sets no limit or a larger one it explains the length: then it is only a tip to say so.
    """
    if facts.days is None or is_filled(subject.answers.get(REASON_FOR_LENGTH)):
        return
    if offers_reason(facts.limits, facts.days):
        limit = facts.limits[0]
        values = {"total": facts.days.total, "days": limit.bound, "title": limit.title}
        yield Problem("U-6", ref, Level.TIP, key=f"U-6.first.{limit.counts_from}", values=values)
    if not asks_reason(facts.limits, facts.days):
        return
    limit, others = facts.limits[0], facts.limits[1:]
    carrying = next((other for other in others if not other.exceeded_by(facts.days)), None)
    # Facts that nobody has compared with today's page never say "över".
    key = "U-6" if limit.rechecked else "U-6.old"
    none = "" if limit.bound else ".none"
    counted = limit.event if limit.after_event == limit.bound else None
    total = facts.days.from_day(counted)[0] if counted else facts.days.total
    values = {"total": total, "days": limit.bound, "title": limit.title, "year": limit.retrieved.year}
    if counted and not carrying:
        yield Problem("U-6", ref, Level.WARNING, key=f"{key}.from", values={**values, "day": counted})
        return
    if carrying:
        yield Problem("U-6", ref, Level.TIP, key="U-6.other", values={**values, "other": carrying.title})
    else:
        yield Problem("U-6", ref, Level.WARNING, key=f"{key}{none}", values=values)
