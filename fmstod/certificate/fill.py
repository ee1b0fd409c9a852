"""Answers drafted from what was entered elsewhere, so that every fact is entered once."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TypeAlias

from fmstod.certificate.condition import is_filled
from fmstod.certificate.form import Form, Steps, open_refs
from fmstod.domain.answers import Answer, Measure, StepRow
from fmstod.domain.consultation import LIMITATION, Consultation
from fmstod.domain.holidays import workday_before
from fmstod.domain.words import Phrases, capital, small
from fmstod.domain.work import Ability, Demand

MEASURES, NO_MEASURES = "plan.measures", "plan.none_needed"
PROGNOSIS, PROGNOSIS_MONTHS = "39", "39.4"

# The phrases are `fill.*`, `excess.*`, and the labels of demands: `demand.*`, `load.*`.
Source: TypeAlias = Callable[[Consultation, Phrases], str]
Sources: TypeAlias = Mapping[str, Source]
NO_MORE: Sources = MappingProxyType({})


def effective(
    form: Form, consultation: Consultation, phrases: Phrases, sources: Sources = NO_MORE
) -> dict[str, Answer]:
    """All answers to the form, shown or not: the physician's own, else the draft of a question that has a source.

    `sources` are those besides `SOURCES`, here and below.
    """
    found: dict[str, Answer] = {}
    for question in form.questions():
        if question.ref in consultation.answers:
            value = consultation.answers[question.ref]
            found[question.ref] = _of_periods(value, consultation) if isinstance(question, Steps) else value
        elif draft := draft_of(form, question.ref, consultation, phrases, sources):
            found[question.ref] = draft
    return found


def _of_periods(value: Answer, consultation: Consultation) -> Answer:
    """What is said of steps without what is said of a degree that no period has: it comes back with the period."""
    degrees = {row.degree for row in consultation.period_rows}
    rows = value if isinstance(value, tuple) else ()
    return tuple(row for row in rows if isinstance(row, StepRow) and (row.ahead or row.degree in degrees))


def draft_of(form: Form, ref: str, consultation: Consultation, phrases: Phrases, sources: Sources = NO_MORE) -> str:
    """What the question's source says now; empty without a source or when it has nothing to say."""
    source = {**SOURCES, **sources}.get(form.question(ref).source)
    return source(consultation, phrases) if source else ""


def shown_answers(form: Form, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers that are checked, printed, exported and signed: something is said, and the question shows."""
    shown = open_refs(form, answers)
    return {ref: value for ref, value in answers.items() if ref in shown and is_filled(value)}


def answered(
    form: Form, consultation: Consultation, ref: str, value: Answer, phrases: Phrases, sources: Sources = NO_MORE
) -> Consultation:
    """The consultation with an own answer. The first one to a drafted question remembers the draft it replaced."""
    drafted = consultation.drafted
    if form.question(ref).source and ref not in consultation.answers:
        drafted = {**drafted, ref: draft_of(form, ref, consultation, phrases, sources)}
    return consultation.changed(answers={**consultation.answers, ref: value}, drafted=drafted)


def changed_sources(
    form: Form, consultation: Consultation, phrases: Phrases, sources: Sources = NO_MORE
) -> dict[str, str]:
    """For each own text whose source says something else than when it was edited: what the source says now."""
    changed: dict[str, str] = {}
    for question in form.questions():
        if question.ref not in consultation.drafted or question.ref not in consultation.answers:
            continue
        now = draft_of(form, question.ref, consultation, phrases, sources)
        if now not in (consultation.drafted[question.ref], consultation.answers[question.ref]):
            changed[question.ref] = now
    return changed


def kept_own(
    form: Form, consultation: Consultation, ref: str, phrases: Phrases, sources: Sources = NO_MORE
) -> Consultation:
    """The own text stays and the source's change has been seen."""
    now = draft_of(form, ref, consultation, phrases, sources)
    return consultation.changed(drafted={**consultation.drafted, ref: now})


def took_draft(consultation: Consultation, ref: str) -> Consultation:
    """The own answer is dropped, and the question follows its source again."""
    return consultation.changed(
        answers={key: value for key, value in consultation.answers.items() if key != ref},
        drafted={key: value for key, value in consultation.drafted.items() if key != ref},
    )


def _work(consultation: Consultation, phrases: Phrases) -> str:
    """Question 29: occupation, tasks, and what the work demands."""
    work = consultation.work
    demands = [_demand(demand, phrases) for demand in work.demands]
    sentences = [", ".join(part.strip() for part in (work.occupation, work.extent) if part.strip()), work.tasks]
    if work.load:
        sentences.append(phrases[f"load.{work.load}"])
    if demands:
        sentences.append(phrases["fill.work.demands"].format(demands=_listed(demands, phrases)))
    return " ".join(_sentence(s) for s in sentences if s.strip())


def _excess(consultation: Consultation, phrases: Phrases) -> str:
    """Question 37: the chosen reasons, then the physician's words."""
    excess = consultation.excess
    reasons = (phrases[f"excess.{key}"] for key in excess.reasons)
    return " ".join(_sentence(s) for s in (*reasons, excess.text) if s.strip())


def _measures(consultation: Consultation, phrases: Phrases) -> str:
    """Question 44: the plan's measures, one on each line."""
    rows = consultation.answers.get(MEASURES)
    if consultation.answers.get(NO_MEASURES) is True or not isinstance(rows, tuple):
        return ""
    lines = []
    for row in rows:
        if isinstance(row, Measure) and (what := row.what.strip().rstrip(".")):
            detail = ", ".join(part.strip() for part in (row.owner, row.when) if part.strip())
            phrase = phrases["fill.measure.detail" if detail else "fill.measure.plain"]
            lines.append(phrase.format(what=what, detail=detail))
    return "\n".join(lines)


def _purpose(consultation: Consultation, phrases: Phrases) -> str:
    """Back to what, and by which steps; the last step follows the prognosis, and isn't guessed when there is none."""
    periods, occupation = consultation.periods, consultation.work.occupation.strip()
    if not periods:
        return ""
    aim = phrases["fill.purpose.work"].format(occupation=small(occupation))
    first, *later = periods
    steps = [phrases["fill.purpose.first"].format(degree=first.degree, day=first.first)]
    steps += [phrases["fill.purpose.next"].format(degree=p.degree, day=p.first) for p in later]
    if full := _full_time(consultation, phrases):
        steps.append(full)
    return f"{aim if occupation else phrases['fill.purpose.any']} {_sentence(', '.join(steps))}"


def _full_time(consultation: Consultation, phrases: Phrases) -> str:
    """When the patient is back in ordinary time, if the prognosis says so."""
    match consultation.answers.get(PROGNOSIS), consultation.answers.get(PROGNOSIS_MONTHS):
        case "STOR_SANNOLIKHET", _:
            after = max(p.last for p in consultation.periods) + timedelta(days=1)
            return phrases["fill.purpose.full_after"].format(day=after)
        case "ATER_X_ANTAL_MANADER", 1:
            return phrases["fill.purpose.full_month"]
        case "ATER_X_ANTAL_MANADER", int(months):
            return phrases["fill.purpose.full_months"].format(months=months)
        case _:
            return ""


def _limitation(consultation: Consultation, _: Phrases) -> str:
    return consultation.described(LIMITATION).text.strip()


def _managed(consultation: Consultation, phrases: Phrases) -> str:
    """The demands that the patient manages."""
    said = _rated(consultation, phrases, Ability.CAN)
    return _sentence(said) if said else ""


def _demands(consultation: Consultation, phrases: Phrases) -> str:
    """The demands that the patient doesn't manage or only partly."""
    rated = (_rated(consultation, phrases, ability) for ability in (Ability.CANNOT, Ability.PARTLY))
    return " ".join(sentence for sentence in rated if sentence)


def _followup(consultation: Consultation, _: Phrases) -> str:
    """The last workday of the first period: before the next step or the end, while there is time to act."""
    if not consultation.periods:
        return ""
    first = consultation.periods[0]
    return max(workday_before(first.last), first.first).isoformat()


SOURCES: Sources = MappingProxyType(
    {
        "work": _work,
        "excess": _excess,
        "measures": _measures,
        "purpose": _purpose,
        "limitation": _limitation,
        "managed": _managed,
        "demands": _demands,
        "followup": _followup,
    }
)


def _rated(consultation: Consultation, phrases: Phrases, ability: Ability) -> str:
    rated = [d for d in consultation.work.demands if d.ability is ability]
    if not rated:
        return ""
    named = _listed((_demand(demand, phrases) for demand in rated), phrases)
    return phrases[f"fill.demands.{ability}"].format(demands=named)


def _demand(demand: Demand, phrases: Phrases) -> str:
    label, note = small(phrases[f"demand.{demand.key}"]), demand.note.strip()
    return phrases["fill.work.note"].format(demand=label, note=note) if note else label


def _listed(items: Iterable[str], phrases: Phrases) -> str:
    """`a, b och c`; with semicolons when a comma stands inside one of them."""
    *first, last = listed = list(items)
    if any(", " in item for item in listed):
        return "; ".join(listed)
    return phrases["fill.and"].format(first=", ".join(first), last=last) if first else last


def _sentence(text: str) -> str:
    """The text as a sentence: a capital first, and a full stop unless it ends with a mark of its own."""
    text = capital(text.strip())
    return text if text.endswith((".", "!", "?", ":")) else f"{text}."
