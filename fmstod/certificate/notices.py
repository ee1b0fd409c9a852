"""What doesn't stop a certificate but deserves a thought: the notices U-* of certificates.md 2.9."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from fmstod.certificate.condition import is_filled
from fmstod.certificate.discretion import giving_away
from fmstod.certificate.form import Choices, DatedChoices, Form, Periods, Question
from fmstod.certificate.rules import number, said
from fmstod.certificate.subject import Facts, Subject
from fmstod.domain.answers import DatedChoice, PeriodRow
from fmstod.domain.patient import Identity, read_identity
from fmstod.domain.period import iso_day
from fmstod.domain.problem import Level, Problem
from fmstod.domain.recommendation import asks_reason, offers_reason

INFECTION, REASON_FOR_LENGTH = "27.1", "37"
# KV_FKMU_0001: the physician met the patient.
EXAMINATIONS = frozenset({"FYSISKUNDERSOKNING", "DIGITALUNDERSOKNING", "UNDERSOKNING"})
EARLY = timedelta(days=7)
# Where version 1 asks for the reason itself.
ASKED = {"U-1": "32.1", "U-2": "1.2"}


def notices(form: Form, subject: Subject, facts: Facts, shown: frozenset[str]) -> Iterator[Problem]:
    """U-1, 2, 3 and 6, none with smittskydd; U-9 and U-10 of an employer's form; U-11 of a form for the young."""
    if form.meant_until:
        yield from _too_old(form.meant_until, subject, facts)
    if subject.answers.get(INFECTION) is True:
        return
    yield from giving_away(form, subject, shown)
    remarks = next((question for question in form.questions() if question.ref == form.remarks), None)
    for question in form.questions():
        value = subject.answers.get(question.ref)
        if question.ref not in shown or not isinstance(value, tuple):
            continue
        if remarks:
            yield from _to_be_told(question, value, remarks, subject, facts)
        if isinstance(question, Periods):
            yield from _beyond(question, tuple(row for row in value if isinstance(row, PeriodRow)))
            if not question.single:
                yield from _long(question.ref, subject, facts)


def _to_be_told(
    question: Question, value: tuple[object, ...], remarks: Question, subject: Subject, facts: Facts
) -> Iterator[Problem]:
    """U-1, 2, 3: what is to be explained under the form's other remarks. With something there it is only a reminder."""
    match question:
        case Periods():
            starts = (_start(question, row) for row in value if isinstance(row, PeriodRow))
            early = next(((i, day) for i, day in enumerate(starts) if day and day < facts.today - EARLY), None)
            if early:
                field, day = f"{question.ref}[{early[0]}].from", early[1].isoformat()
                yield _told_under_other("U-1", question, field, remarks, subject, day)
        case DatedChoices() if not question.listed:
            kinds = {row.kind for row in value if isinstance(row, DatedChoice)}
            if kinds and not kinds & EXAMINATIONS and EXAMINATIONS & {option.code for option in question.options}:
                yield _told_under_other("U-2", question, "", remarks, subject)
        case Choices():
            if question.rules.get("required") == "SY-1" and len(set(value)) > 1:
                yield _told_under_other("U-3", question, "", remarks, subject)
        case _:
            pass


def _start(question: Periods, row: PeriodRow) -> date | None:
    """The first day of a period that is one."""
    return iso_day(row.first) if question.single else row.period.first if row.period else None


def _beyond(question: Periods, rows: tuple[PeriodRow, ...]) -> Iterator[Problem]:
    """U-10: one period that is longer than the form is meant for."""
    first, last = (iso_day(rows[0].first), iso_day(rows[0].last)) if rows else (None, None)
    if question.longest and first and last and (days := (last - first).days + 1) > question.longest:
        level, field = Level.WARNING, f"{question.ref}[0].to"
        yield said(question, "U-10", "long", field, level=level, days=days, most=question.longest)


def _too_old(until: tuple[int, int], subject: Subject, facts: Facts) -> Iterator[Problem]:
    """U-11: a patient who is older than the form is meant for; no age, no notice."""
    who = read_identity(subject.patient, facts.today)
    if isinstance(who, Identity) and who.born and _months_after(who.born, 12 * until[0] + until[1]) < facts.today:
        yield Problem("U-11", "patient.id", Level.WARNING, values={"years": until[0], "months": until[1]})


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _told_under_other(
    rule: str, question: Question, field: str, remarks: Question, subject: Subject, day: str = ""
) -> Problem:
    told = any(is_filled(subject.answers.get(ref)) for ref in (remarks.ref, ASKED.get(rule, "")))
    level, key = (Level.TIP, "told") if told else (Level.WARNING, "")
    return said(question, rule, "notice", field, key, level=level, other=number(remarks), day=day)


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
    told = "own" if limit.own_report else "avoid" if limit.to_be_avoided else "none"  # as the comparison tells it
    none = "" if limit.bound else f".{told}"
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
