"""A draft or certificate of version 1 carried over to the form as it is today (certificates.md 3.3), and what changed.

Nothing is lost on the way: what today's form has no place for stays in the draft's own JSON, which goes with it, or in
the certificate that is replaced or renewed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from fmstod.certificate.condition import is_filled
from fmstod.certificate.fill import MEASURES
from fmstod.certificate.form import Choice, Choices, DatedChoices, Diagnoses, Form, Question, Text, Whole
from fmstod.certificate.webcert import Draft
from fmstod.certificate.webcert_shapes import PRIMARY_CARE
from fmstod.domain.answers import Answer, DatedChoice, Diagnosis, IcfText, Measure

EXAMINED, IN_PERSON = "UNDERSOKNING", "FYSISKUNDERSOKNING"
AFTER_DAYS, AFTER_MONTHS = "ATER_X_ANTAL_DGR", "ATER_X_ANTAL_MANADER"
NOT_RELEVANT = "EJ_AKTUELLT"
MONTHS: Mapping[str, int] = MappingProxyType(
    {"TRETTIO_DGR": 1, "SEXTIO_DGR": 2, "NITTIO_DGR": 3, "HUNDRAATTIO_DAGAR": 6, "TREHUNDRASEXTIOFEM_DAGAR": 12}
)
PROGNOSIS, DAYS, WHOLE_MONTHS = "39", "39.3", "39.4"
ACTIONS, ACTIONS_TEXT = "40", "44"
ONGOING, PLANNED = "19", "20"
UNEVEN_HOURS, TURNED_IN = "33", "1.3"
MOTIVATIONS = ("32.1", "1.2")
EXTRA_QUESTIONS = "tillaggsfragor"
# Changes that ask something of the physician, and among them those whose answer may mean the opposite today.
TO_CONFIRM = frozenset({"turned"})
ASKS = frozenset({*TO_CONFIRM, "examined", "primary_care", "months_open", "choice_gone", "no_number", "too_long"})


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was: `key` is a sentence `webcert.*`, `ref` the question that it is about."""

    key: str
    ref: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def text_key(self) -> str:
        return f"webcert.{self.key}"


@dataclass(frozen=True, repr=False)
class Carried:
    """The answers to today's form, with the plan's measures, and what changed on the way."""

    form: Form
    answers: Mapping[str, Answer]
    changes: tuple[Change, ...]


def carried(draft: Draft, old: Form, new: Form) -> Carried:
    """`old` is the form of the draft's version, `new` the one to carry it over to; the same if there is no later one."""
    over = carried_over(draft.questions, old, new, draft.version)
    answers = dict(over.answers)
    changes = [*over.changes, *_titles(answers, draft)]
    if draft.raw.get(EXTRA_QUESTIONS):
        changes.append(Change("extra", ""))
    return Carried(new, answers, _in_order(changes, new))


def carried_over(before: Mapping[str, Answer], old: Form, new: Form, told: str) -> Carried:
    """Answers to the form `old` as answers to `new`; `told` is the version that they say they are of."""
    answers = dict(before)
    changes: list[Change] = []
    if old is not new:
        for step in (_prognosis, _treatment, _actions, _motivations):
            changes += step(answers, old)
        changes += _turned(answers, told, old)
    if not new.plan and MEASURES in answers:
        del answers[MEASURES]
        changes = [replace(change, key="actions_alone") if change.key == "actions" else change for change in changes]
    changes += _fitted(answers, new)
    return Carried(new, answers, _in_order(changes, new))


def _in_order(changes: Iterable[Change], form: Form) -> tuple[Change, ...]:
    order = {question.ref: place for place, question in enumerate(form.questions())}
    return tuple(sorted(changes, key=lambda change: order.get(change.ref, len(order))))


def action_line(answers: Mapping[str, Answer], old: Form) -> str:
    """The chosen measures of question 40 in words, as they stand first in question 44."""
    labels = _labels(answers, old)
    return f"{', '.join(labels)}." if labels else ""


def _prognosis(answers: dict[str, Answer], _old: Form) -> list[Change]:
    days = answers.pop(DAYS, None)
    if answers.get(PROGNOSIS) != AFTER_DAYS:
        return [Change("days_alone", PROGNOSIS)] if days else []
    answers[PROGNOSIS] = AFTER_MONTHS
    if not isinstance(days, str) or days not in MONTHS:
        return [Change("months_open", WHOLE_MONTHS)]
    answers[WHOLE_MONTHS] = MONTHS[days]
    return [Change("months", WHOLE_MONTHS, {"months": MONTHS[days]})]


def _treatment(answers: dict[str, Answer], _old: Form) -> list[Change]:
    planned = answers.pop(PLANNED, "")
    if not is_filled(planned):
        return []
    answers[ONGOING] = lines(answers.get(ONGOING), planned)
    return [Change("treatment", ONGOING)]


def _actions(answers: dict[str, Answer], old: Form) -> list[Change]:
    """Question 40 in words first in 44, and as the plan's measures."""
    line, labels = action_line(answers, old), _labels(answers, old)
    chosen = answers.pop(ACTIONS, ())
    if not line:
        return []
    answers[ACTIONS_TEXT] = lines(line, answers.get(ACTIONS_TEXT))
    if isinstance(chosen, tuple) and NOT_RELEVANT not in chosen:
        answers[MEASURES] = tuple(Measure(what=label) for label in labels)
        return [Change("actions", ACTIONS_TEXT)]
    return [Change("no_actions", ACTIONS_TEXT)]


def _motivations(answers: dict[str, Answer], old: Form) -> list[Change]:
    """Webcert's own two fields end under Övriga upplysningar, as they do in what it sends."""
    found = [text for ref in MOTIVATIONS if is_filled(text := answers.pop(ref, ""))]
    if not found:
        return []
    answers[old.remarks] = lines(answers.get(old.remarks), *found)
    return [Change("motivation", old.remarks)]


def _turned(answers: dict[str, Answer], told: str, old: Form) -> list[Change]:
    """Question 33 was turned round in 1.3: an answer to an earlier wording, or an unknown one, is to be confirmed."""
    same = told == old.version >= TURNED_IN
    return [] if UNEVEN_HOURS not in answers or same else [Change("turned", UNEVEN_HOURS)]


def _fitted(answers: dict[str, Answer], new: Form) -> list[Change]:
    """What today's questions don't take is left in the draft: choices that are gone, questions, rows without a kind."""
    questions = {question.ref: question for question in new.questions()}
    changes: list[Change] = []
    for ref, value in list(answers.items()):
        if ref == MEASURES:
            continue
        if ref not in questions:
            del answers[ref]
            changes += [Change("gone", ref)] if is_filled(value) else []
            continue
        answers[ref], told = _fit(questions[ref], value)
        changes += told
        if answers[ref] == ():
            del answers[ref]
    return changes


def _fit(question: Question, value: Answer) -> tuple[Answer, list[Change]]:
    ref = question.ref
    match question, value:
        case DatedChoices(), tuple():
            known = {option.code for option in question.options}
            rows = [row for row in value if isinstance(row, DatedChoice)]
            moved = IN_PERSON in known and any(row.kind == EXAMINED for row in rows)
            new = [row.changed(kind=IN_PERSON) if moved and row.kind == EXAMINED else row for row in rows]
            kept = tuple(row for row in new if row.kind in known)
            lost = [Change("gone", ref)] if len(kept) < len(rows) else []
            return kept, ([Change("examined", ref)] if moved else []) + lost
        case Choices(), tuple():
            known = {option.code for option in question.options}
            codes = tuple(code for code in value if isinstance(code, str))
            lost = [Change("choice_gone", ref, {"ref": ref})] if set(codes) - known else []
            return tuple(code for code in codes if code in known), lost
        case Choice(), str() if value not in {option.code for option in question.options}:
            return (), [Change("choice_gone", ref, {"ref": ref})]
        case Whole(), str():
            return (), [Change("no_number", ref, {"ref": ref})]
        case Text(max=most), str() if most < len(value):
            return value, [Change("too_long", ref, {"ref": ref, "max": most, "over": len(value) - most})]
        case Diagnoses(), tuple():
            rows_ = [row for row in value if isinstance(row, Diagnosis)]
            foreign = ", ".join(row.code for row in rows_ if row.system == PRIMARY_CARE)
            told = [Change("primary_care", ref, {"codes": foreign})] if foreign and not question.primary_care else []
            return tuple(row if row.system == PRIMARY_CARE else row.changed(system=None) for row in rows_), told
        case _:
            return value, []


def _titles(answers: dict[str, Answer], draft: Draft) -> list[Change]:
    """ICF titles that we don't know are kept as text."""
    changes = []
    for ref, titles in draft.strange.items():
        value = answers.get(ref)
        before = value if isinstance(value, IcfText) else IcfText()
        answers[ref] = before.changed(text=lines(before.text, ", ".join(titles)))
        changes.append(Change("titles", ref, {"ref": ref}))
    return changes


def lines(*parts: Answer | None) -> str:
    """The texts that say something, each from a new line."""
    return "\n".join(part for part in parts if isinstance(part, str) and part.strip())


def _labels(answers: Mapping[str, Answer], old: Form) -> list[str]:
    chosen = answers.get(ACTIONS)
    question = next((q for q in old.questions() if q.ref == ACTIONS), None)
    if not isinstance(chosen, tuple) or not isinstance(question, Choices):
        return []
    return [option.label for option in question.options if option.code in chosen]
