"""The rules of a certificate, under the ids of certificates.md section 2. Pure: a record in, problems out."""

from collections.abc import Iterator, Mapping
from typing import TypeVar, assert_never

from fmstod.certificate.check_rows import (
    basis_problems,
    diagnosis_problems,
    future_dates,
    listed_problems,
    period_problems,
    span_problems,
)
from fmstod.certificate.check_steps import step_problems
from fmstod.certificate.check_values import choices_problems, day_problems, text_problems, whole_problems
from fmstod.certificate.check_version_1 import diagnosis_rows, period_rows
from fmstod.certificate.condition import holds, is_filled
from fmstod.certificate.form import (
    Choice,
    Choices,
    DatedChoices,
    Day,
    Diagnoses,
    Flag,
    Form,
    Icf,
    Measures,
    Periods,
    Question,
    Section,
    Steps,
    Text,
    Whole,
    YesNo,
    open_refs,
)
from fmstod.certificate.form_rules import FORM_RULES
from fmstod.certificate.notices import notices
from fmstod.certificate.rules import broken, missing, said
from fmstod.certificate.subject import Facts, Subject
from fmstod.domain.answers import Answer, DatedChoice, Diagnosis, IcfText, Measure, PeriodRow, StepRow
from fmstod.domain.patient import Identity, IdentityKind, read_identity, read_reserve_number
from fmstod.domain.problem import Problem

R = TypeVar("R")


def check(form: Form, subject: Subject, facts: Facts) -> list[Problem]:
    """All problems: the patient, the questions in the order of the form, notices, the unit.

    An answer whose question isn't shown is left alone, but for two that a file would still carry: a basis date after
    today (MU-4) and work described without being chosen (SY-4). With smittskydd (27.1) the form's own conditions leave
    diagnosis, periods and unit to check (certificates.md 2.10).
    """
    shown = open_refs(form, subject.answers)
    found = [*_patient(subject, facts)]
    for section in form.sections:
        for question in section.questions:
            value = subject.answers.get(question.ref)
            if question.ref in shown:
                found += _answer(question, subject.answers, facts)
            else:
                found += _kept(question, value, facts, shown)
            found += _always(question, subject.answers, shown)
        found += _one_of(section, subject.answers, shown)
    for rule in form.rules:
        found += FORM_RULES[rule](form, subject)
    found += notices(form, subject, facts, shown)
    found += _unit(subject)
    return found


def plan_problems(form: Form, answers: Mapping[str, Answer], facts: Facts, *, has_periods: bool) -> list[Problem]:
    """What the plan lacks of the minimum of product.md 5.2 (PL-1…5). Nothing: its signature gives DV077."""
    shown = open_refs(form, answers)
    found = [p for q in form.questions() if q.ref in shown for p in _answer(q, answers, facts)]
    # The place is where the plan prints its steps, so that the plan's problems are told apart by their place.
    place = next((q.ref for q in form.questions() if isinstance(q, Steps)), "plan.steps")
    return found if has_periods else [*found, Problem("PL-3", place, missing=True)]


def _answer(question: Question, answers: Mapping[str, Answer], facts: Facts) -> Iterator[Problem]:
    """The problems of one shown question."""
    value = answers.get(question.ref)
    match question:
        case Flag() | YesNo() | Choice():
            if value is None:
                yield from missing(question)
        case Choices():
            yield from choices_problems(question, _rows(str, value))
        case DatedChoices():
            judge_dated = listed_problems if question.listed else basis_problems
            yield from judge_dated(question, _rows(DatedChoice, value), facts.today)
        case Text():
            yield from text_problems(question, value if isinstance(value, str) else "")
        case Whole():
            yield from whole_problems(question, value)
        case Day():
            yield from day_problems(question, value if isinstance(value, str) else "", answers, facts.today)
        case Diagnoses():
            judge_diagnoses = diagnosis_rows if question.primary_care else diagnosis_problems
            yield from judge_diagnoses(question, _rows(Diagnosis, value), facts)
        case Icf():
            yield from text_problems(question, value.text if isinstance(value, IcfText) else "")
        case Periods():
            judge = span_problems if question.single else period_rows if question.each_row else period_problems
            yield from judge(question, _rows(PeriodRow, value))
        case Measures():
            if not any(row.what.strip() for row in _rows(Measure, value)):
                yield from missing(question)
        case Steps():
            yield from step_problems(question, _rows(StepRow, value), answers)
        case _:
            assert_never(question)


def _kept(question: Question, value: Answer | None, facts: Facts, shown: frozenset[str]) -> Iterator[Problem]:
    """What is still said about an answer whose question isn't shown.

    Where white space alone is refused, it counts as said (MU-6).
    """
    if isinstance(question, DatedChoices):
        yield from future_dates(question, _rows(DatedChoice, value), facts.today)
        return
    asked_by = question.when.ref if question.when else ""
    counts = is_filled(value) or ("blank" in question.rules and bool(value))
    if "unasked" in question.rules and asked_by in shown and counts:
        yield broken(question, "unasked")


def _always(question: Question, answers: Mapping[str, Answer], shown: frozenset[str]) -> Iterator[Problem]:
    """What is said whether or not the question shows: white space alone, and what clashes with another answer."""
    value = answers.get(question.ref)
    if "blank" in question.rules and isinstance(value, str) and value and not value.strip():
        yield broken(question, "blank")
    if is_filled(value):
        for clash in question.clashes:
            if (clash.hidden or clash.ref in shown) and holds(clash, answers):
                yield said(question, clash.rule, "clash", other=clash.ref.split(".")[0])


def _one_of(section: Section, answers: Mapping[str, Answer], shown: frozenset[str]) -> Iterator[Problem]:
    """A section that wants at least one of its questions answered."""
    if section.one_of and not any(q.ref in shown and is_filled(answers.get(q.ref)) for q in section.questions):
        first = section.questions[0]
        yield said(first, section.one_of, "one_of", section=section.title, missing=True)


def _rows(kind: type[R], value: Answer | None) -> tuple[R, ...]:
    return tuple(row for row in value if isinstance(row, kind)) if isinstance(value, tuple) else ()


def _patient(subject: Subject, facts: Facts) -> Iterator[Problem]:
    """A number that can be one person's (safety.md L-02), and not the physician's own (ADM-01)."""
    if not subject.patient.strip():
        yield Problem("L-02", "patient.id", key="L-02.missing", missing=True)
        return
    reserve = subject.kind is IdentityKind.RESERVNUMMER
    read = read_reserve_number(subject.patient) if reserve else read_identity(subject.patient, facts.today)
    if isinstance(read, Problem):
        yield read
        return
    own = read_identity(facts.physician, facts.today)
    if isinstance(own, Identity) and own.number == read.number:
        yield Problem("ADM-01", "patient.id")


def _unit(subject: Subject) -> Iterator[Problem]:
    unit = subject.unit
    parts = {"UN-1": "address", "UN-2": "postcode", "UN-4": "town", "UN-5": "phone"}
    for rule, part in parts.items():
        if not getattr(unit, part).strip():
            yield Problem(rule, f"unit.{part}", missing=True)
