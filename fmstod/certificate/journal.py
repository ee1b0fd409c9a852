"""The journal text of a consultation: what PDL 3:6 asks for (safety.md L-01), as plain text to paste."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import assert_never, get_args

from fmstod.certificate.condition import Row
from fmstod.certificate.fill import NO_MORE, Sources, effective, shown_answers
from fmstod.certificate.form import (
    Choice,
    Choices,
    DatedChoices,
    Day,
    Diagnoses,
    Flag,
    Form,
    Heading,
    Icf,
    Measures,
    Option,
    Periods,
    Question,
    Steps,
    Text,
    Whole,
    YesNo,
)
from fmstod.certificate.without_leave import not_asked
from fmstod.domain.answers import (
    STEP_PARTS,
    Answer,
    DatedChoice,
    Diagnosis,
    IcfRating,
    IcfText,
    Measure,
    PeriodRow,
    StepRow,
)
from fmstod.domain.consultation import Consultation, is_of_plan
from fmstod.domain.icd import dotted
from fmstod.domain.issuer import Issuer
from fmstod.domain.leave import Instead
from fmstod.domain.period import iso_day
from fmstod.domain.words import Phrases

HEADINGS: tuple[Heading, ...] = get_args(Heading)
# Sources that only say what another answer says already; an own wording is kept.
_REPEATS = frozenset({"limitation", "measures"})


def journal_text(
    consultation: Consultation,
    forms: Sequence[Form],
    issuer: Issuer,
    phrases: Phrases,
    on: date,
    sources: Sources = NO_MORE,
) -> str:
    """Identity, background, diagnosis, assessment with its reasons, measures, information and choices, who and when.

    `phrases` are the sentences `journal.*`, `severity.*`, `status.*`, `outcome.*` and those of the drafts; ICF labels by
    code (`b140`) and what alternatives are called (`alternative.adapted`) if they are there. `sources` are those of
    drafts besides the usual.
    """
    under: dict[Heading, list[str]] = {heading: [] for heading in HEADINGS}
    if any(isinstance(q, Periods) and not q.single for form in forms for q in form.questions()):
        under["background"].append(_earlier(consultation, phrases))
    for form in forms:
        answers = shown_answers(form, effective(form, consultation, phrases, sources))
        if consultation.instead is not None:
            answers = {ref: value for ref, value in answers.items() if ref not in not_asked(form)}
        for section, question in ((s, q) for s in form.sections for q in s.questions if q.ref in answers):
            if question.ref in consultation.answers or _may_be_drafted(question, consultation):
                asked = question if consultation.instead is None else _without_certificate(question, phrases)
                under[section.journal] += _said(asked, section.title, answers[question.ref], phrases)
    if consultation.instead is not None:
        under["assessment"] += _without_leave(consultation.instead, phrases)
    elif consultation.no_plan:
        under["measures"].append(phrases["journal.no_plan"].format(reason=consultation.no_plan))
    parts = [
        phrases["journal.title"].format(day=on),
        _patient(consultation, phrases),
        *(f"{phrases[f'journal.{heading}']}\n" + "\n".join(lines) for heading, lines in under.items() if lines),
        _author(issuer, phrases, on),
    ]
    return "\n\n".join(parts) + "\n"


def _may_be_drafted(question: Question, consultation: Consultation) -> bool:
    """Whether the journal may say what nobody has written: no plan is told of that won't be made."""
    unplanned = consultation.no_plan or consultation.instead is not None
    return question.source not in _REPEATS and not (is_of_plan(question.ref) and unplanned)


def _without_certificate(question: Question, phrases: Phrases) -> Question:
    """What the certificate would be based on, the assessment is."""
    return question.changed(label=phrases["journal.based_on"]) if isinstance(question, DatedChoices) else question


def _without_leave(instead: Instead, phrases: Phrases) -> Iterator[str]:
    """That there is no sick leave, why, and what was chosen in its place."""
    yield phrases["journal.without_leave"]
    if why := instead.why.strip():
        yield phrases["journal.without_leave_why"].format(why=why)
    if chosen := [phrases.get(f"alternative.{key}", key) for key in instead.chosen]:
        yield phrases["journal.without_leave_chosen"].format(chosen="; ".join(chosen))


def _patient(consultation: Consultation, phrases: Phrases) -> str:
    patient = consultation.patient
    who = " ".join(part for part in (patient.name.strip(), patient.number) if part)
    line = phrases["journal.patient"].format(who=who or phrases["journal.patient_unknown"])
    return f"{line}\n{phrases['journal.protected']}" if patient.protected else line


def _earlier(consultation: Consultation, phrases: Phrases) -> str:
    """What is known of earlier sick leave in the case; unknown is said to be unknown."""
    earlier = consultation.earlier
    if earlier is None:
        return phrases["journal.earlier_unknown"]
    if not earlier.had:
        return phrases["journal.earlier_none"]
    since = phrases["journal.earlier_since"].format(day=earlier.since) if earlier.since else ""
    days = _days(earlier.days, phrases) if earlier.days is not None else ""
    what = ", ".join(part for part in (since, days) if part) or phrases["journal.earlier_unspecified"]
    return phrases["journal.earlier"].format(what=what)


def _author(issuer: Issuer, phrases: Phrases, on: date) -> str:
    physician, unit = issuer.physician, issuer.unit
    who = ", ".join(part for part in (physician.name, physician.title, physician.specialty, unit.name) if part.strip())
    return phrases["journal.author"].format(who=who, day=on)


def _said(question: Question, section: str, value: Answer, phrases: Phrases) -> list[str]:
    """The answer in words: a line with its caption, or the caption and a line for each row."""
    match question:
        case Flag():
            return [f"{question.label}."] if value is True else []
        case YesNo():
            return [f"{question.label} {phrases['journal.yes' if value else 'journal.no']}"]
        case Choice():
            return [f"{question.label}: {_labels(question.options).get(str(value), str(value))}"]
        case Choices():
            chosen = [_labels(question.options).get(str(code), str(code)) for code in _rows(value)]
            return [f"{question.label}: {', '.join(chosen)}"]
        case Text() | Day() | Whole():
            return [f"{question.label}: {str(value).strip()}"]
        case Icf():
            return list(_icf(section, value, phrases))
        case Periods(single=True):
            return [f"{question.label}: {_span(row, phrases)}" for row in _rows(value) if isinstance(row, PeriodRow)]
        case DatedChoices() | Diagnoses() | Periods() | Measures() | Steps():
            options = _labels(question.options) if isinstance(question, DatedChoices) else {}
            lines = [line for row in _rows(value) if (line := _row(row, options, phrases))]
            return [f"{question.label}: {lines[0]}"] if len(lines) == 1 else [f"{question.label}:", *_dashed(lines)]
        case _:
            assert_never(question)


def _rows(value: Answer) -> tuple[Row, ...]:
    return value if isinstance(value, tuple) else ()


def _row(row: Row, options: Mapping[str, str], phrases: Phrases) -> str:
    match row:
        case str():
            return row
        case DatedChoice():
            said = (options.get(row.kind, row.kind), row.date.strip(), (row.where or "").strip())
            return " ".join(part for part in said if part)
        case Diagnosis():
            return " ".join(part for part in (dotted(row.code), row.text.strip()) if part)
        case PeriodRow():
            return _period(row, phrases)
        case Measure():
            return _measure(row, phrases)
        case StepRow():
            return _step(row, phrases)


def _measure(row: Measure, phrases: Phrases) -> str:
    """What, who, when; who decides, and how it went, where that is told."""
    said = [part.strip().rstrip(".") for part in (row.what, row.owner, row.when) if part.strip()]
    if decides := row.decides.strip():
        said.append(phrases["journal.measure.decides"].format(who=decides))
    said += [phrases[f"status.{row.status}"]] if row.status else []
    said += [phrases[f"outcome.{row.outcome}"]] if row.outcome else []
    return ", ".join(said)


def _step(row: StepRow, phrases: Phrases) -> str:
    """The degree, its days where no certificate tells them, and what is written of it."""
    head = _period(row.row, phrases) if row.ahead else ""
    parts = (
        (phrases[f"journal.step.{name}"].format(said=said))
        for name in STEP_PARTS
        if (said := getattr(row, name).strip().rstrip("."))
    )
    said = ". ".join(parts)
    return f"{head or phrases['journal.step.degree'].format(degree=row.degree)}: {said}." if said else head


def _period(row: PeriodRow, phrases: Phrases) -> str:
    if (period := row.period) is None:
        return ""
    values = {"degree": period.degree, "first": period.first, "last": period.last}
    return phrases["journal.period"].format(**values, days=_days(period.days, phrases))


def _span(row: PeriodRow, phrases: Phrases) -> str:
    """A period without a degree of its own: as it is written, and its days if they can be counted."""
    first, last = iso_day(row.first), iso_day(row.last)
    if first and last and first <= last:
        days = _days((last - first).days + 1, phrases)
        return phrases["journal.span"].format(first=first, last=last, days=days)
    return " ".join(day.strip() for day in (row.first, row.last) if day.strip())


def _days(number: int, phrases: Phrases) -> str:
    return phrases["journal.one_day" if number == 1 else "journal.days"].format(days=number)


def _icf(title: str, value: Answer, phrases: Phrases) -> Iterator[str]:
    """Under the section's title: the caption of such a question tells what to write, not what it is."""
    if isinstance(value, IcfText):
        if value.text.strip():
            yield f"{title}: {value.text.strip()}"
        if value.icf:
            yield f"{phrases['journal.icf']}: {'; '.join(_rating(rating, phrases) for rating in value.icf)}"


def _rating(rating: IcfRating, phrases: Phrases) -> str:
    """`b140 uppmärksamhet, stor, undersökningsfynd`."""
    name = f"{rating.code} {phrases.get(rating.code, '')}".strip()
    severity = "" if rating.severity is None else phrases[f"severity.{rating.severity}"]
    basis = phrases[f"journal.basis.{rating.basis}"] if rating.basis else ""
    return ", ".join(part for part in (name, severity, basis) if part)


def _labels(options: Sequence[Option]) -> Mapping[str, str]:
    return {option.code: option.label for option in options}


def _dashed(lines: Sequence[str]) -> list[str]:
    return [f"- {line}" for line in lines]
