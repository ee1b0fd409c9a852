"""The rules of a certificate, under the ids of certificates.md section 2. Pure: a record in, problems out."""

from collections.abc import Iterator, Mapping
from typing import TypeVar, assert_never

from fmstod.certificate.check_rows import basis_problems, diagnosis_problems, future_dates, period_problems
from fmstod.certificate.check_values import choices_problems, day_problems, missing, text_problems, whole_problems
from fmstod.certificate.condition import is_filled
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
    Text,
    Whole,
    YesNo,
    open_refs,
)
from fmstod.certificate.notices import notices
from fmstod.certificate.subject import Facts, Subject
from fmstod.domain.answers import Answer, DatedChoice, Diagnosis, IcfText, Measure, PeriodRow
from fmstod.domain.patient import Identity, IdentityKind, read_identity, read_reserve_number
from fmstod.domain.problem import Problem

R = TypeVar("R")

# Every rule id that a problem may carry; a form file's `rules` name these and no others.
RULES = frozenset(
    """
    MU-1 MU-2 MU-3 MU-4 MU-5 MU-7 MU-8 SY-1 SY-2 SY-3 SY-4 SY-5 DX-1 DX-2 DX-3 DX-4 DX-7 DX-8 DX-10 DX-11
    FN-1 FN-2 AB-1 AB-2 SL-1 SL-2 SL-4 SL-5 SL-6 SL-7 SL-8 WT-1 WT-2 PR-1 PR-2 PR-4 LN-1 UN-1 UN-2 UN-4 UN-5
    L-02 ADM-01 U-1 U-2 U-3 U-6 PL-1 PL-2 PL-3 PL-4 PL-5
    """.split()  # noqa: SIM905 - as a list it would be sixty lines
)


def check(form: Form, subject: Subject, facts: Facts) -> list[Problem]:
    """All problems: the patient, the questions in the order of the form, notices, the unit.

    An answer whose question isn't shown is left alone, but for two that a file would still carry: a basis date after
    today (MU-4) and work described without being chosen (SY-4). With smittskydd (27.1) the form's own conditions leave
    diagnosis, periods and unit to check (certificates.md 2.10).
    """
    shown = open_refs(form, subject.answers)
    found = [*_patient(subject, facts)]
    for question in form.questions():
        value = subject.answers.get(question.ref)
        found += _answer(question, value, facts) if question.ref in shown else _kept(question, value, facts, shown)
    found += notices(form, subject, facts, shown)
    found += _unit(subject)
    return found


def plan_problems(form: Form, answers: Mapping[str, Answer], facts: Facts, *, has_periods: bool) -> list[Problem]:
    """What the plan lacks of the minimum of product.md 5.2 (PL-1…5). Nothing: its signature gives DV077."""
    shown = open_refs(form, answers)
    found = [p for q in form.questions() if q.ref in shown for p in _answer(q, answers.get(q.ref), facts)]
    # The place is where the plan prints its steps, so that the plan's problems are told apart by their place.
    return found if has_periods else [*found, Problem("PL-3", "plan.steps", missing=True)]


def _answer(question: Question, value: Answer | None, facts: Facts) -> Iterator[Problem]:
    """The problems of one shown question."""
    match question:
        case Flag() | YesNo() | Choice():
            if value is None:
                yield from missing(question)
        case Choices():
            yield from choices_problems(question, _rows(str, value))
        case DatedChoices():
            yield from basis_problems(question, _rows(DatedChoice, value), facts.today)
        case Text():
            yield from text_problems(question, value if isinstance(value, str) else "")
        case Whole():
            yield from whole_problems(question, value)
        case Day():
            yield from day_problems(question, value if isinstance(value, str) else "", facts.today)
        case Diagnoses():
            yield from diagnosis_problems(question, _rows(Diagnosis, value), facts)
        case Icf():
            yield from text_problems(question, value.text if isinstance(value, IcfText) else "")
        case Periods():
            yield from period_problems(question, _rows(PeriodRow, value))
        case Measures():
            if not any(row.what.strip() for row in _rows(Measure, value)):
                yield from missing(question)
        case _:
            assert_never(question)


def _kept(question: Question, value: Answer | None, facts: Facts, shown: frozenset[str]) -> Iterator[Problem]:
    """What is still said about an answer whose question isn't shown."""
    if isinstance(question, DatedChoices):
        yield from future_dates(question, _rows(DatedChoice, value), facts.today)
    elif "unasked" in question.rules and question.when and question.when.ref in shown and is_filled(value):
        yield Problem(question.rules["unasked"], question.ref)


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
