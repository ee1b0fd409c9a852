"""Today's form written as a draft of version 1, and told beforehand what version 1 can't say (certificates.md 3.4)."""

from collections.abc import Mapping
from types import MappingProxyType

from fmstod.certificate.answers import with_empty_boxes
from fmstod.certificate.condition import is_filled
from fmstod.certificate.form import DatedChoices, Form, Icf, Text
from fmstod.certificate.webcert import Draft, Layout, Webcert, new_draft, rewritten
from fmstod.certificate.webcert_carry import (
    ACTIONS,
    ACTIONS_TEXT,
    AFTER_DAYS,
    AFTER_MONTHS,
    DAYS,
    EXAMINED,
    IN_PERSON,
    MONTHS,
    MOTIVATIONS,
    ONGOING,
    PLANNED,
    PROGNOSIS,
    TURNED_IN,
    UNEVEN_HOURS,
    WHOLE_MONTHS,
    Change,
    action_line,
    carried,
    lines,
)
from fmstod.certificate.webcert_shapes import Object
from fmstod.domain.answers import Answer, DatedChoice, IcfText

BASIS, VIDEO, UNCLEAR, INFECTION = "1", "DIGITALUNDERSOKNING", "39.2", "27.1"
_DAYS = MappingProxyType({months: code for code, months in MONTHS.items()})
# Questions of version 1 that are one today: when one of them is written anew, all are.
_TOGETHER = ((ONGOING, PLANNED), (ACTIONS, ACTIONS_TEXT), (PROGNOSIS, DAYS))


def written(
    form: Form, answers: Mapping[str, Answer], frame: Mapping[str, str], old: Form, layout: Layout, webcert: Webcert
) -> tuple[Object, tuple[Change, ...]]:
    """A new draft, and what it can't say as the answers do.

    `old` is the form of the draft's version; `frame` holds `patient.id` and `unit.*`.
    """
    plain, told = _plain(form, answers, old)
    return new_draft(layout, {**frame, **plain}, webcert), (*told, *_too_long(plain, old))


def written_back(
    form: Form, answers: Mapping[str, Answer], frame: Mapping[str, str], old: Form, draft: Draft, webcert: Webcert
) -> tuple[Object, tuple[Change, ...]]:
    """The draft that the answers came from, with what has been changed since; all else stays exactly as it was."""
    came = with_empty_boxes(form, carried(draft, old, form).answers)
    now, changes = _plain(form, answers, old)
    then, _ = _plain(form, came, old)
    for plain in (now, then):
        _take_apart(plain, draft, old)
    changed = {ref for ref in now.keys() | then.keys() if now.get(ref) != then.get(ref)}
    changed |= {
        ref for together in (*_TOGETHER, (old.remarks, *MOTIVATIONS)) if changed & set(together) for ref in together
    }
    kept = {ref: value for ref, value in draft.answers.items() if ref not in changed}
    result = {**kept, **{ref: now[ref] for ref in changed if ref in now}, **frame}
    asked = {question.ref for question in old.questions()}
    told = [change for change in changes if change.ref in changed or change.ref not in asked]
    if ACTIONS in now:
        told = [change for change in told if change.ref != ACTIONS]
    if UNEVEN_HOURS in changed and old.version < TURNED_IN:
        told.append(Change("back.turned", UNEVEN_HOURS))
    return rewritten(draft, result, webcert), (*told, *(c for c in _too_long(result, old) if c.ref in changed))


def _plain(form: Form, answers: Mapping[str, Answer], old: Form) -> tuple[dict[str, Answer], list[Change]]:
    """The answers as version 1 has them, and what it can't say."""
    asked = {question.ref for question in old.questions()}
    plain = {ref: value for ref, value in answers.items() if ref in asked}
    if form is old:
        return plain, []
    told: list[Change] = []
    for step in (_basis, _prognosis, _treatment, _actions, _ratings):
        told += step(plain, answers, form)
    return plain, told


def _basis(plain: dict[str, Answer], answers: Mapping[str, Answer], form: Form) -> list[Change]:
    """Version 1 knows one kind of examination; one by video stands under Övriga upplysningar."""
    told = []
    for question in form.questions():
        value = answers.get(question.ref)
        if not isinstance(question, DatedChoices) or not isinstance(value, tuple):
            continue
        rows = [row for row in value if isinstance(row, DatedChoice)]
        label = {option.code: option.label for option in question.options}
        by_video = [lines(f"{label[row.kind]} {row.date}".strip()) for row in rows if row.kind == VIDEO]
        others = [row.changed(kind=EXAMINED) if row.kind == IN_PERSON else row for row in rows if row.kind != VIDEO]
        plain[question.ref] = tuple(others)
        if by_video:
            plain[form.remarks] = lines(plain.get(form.remarks), *by_video)
            told.append(Change("back.video", question.ref))
    return told


def _prognosis(plain: dict[str, Answer], answers: Mapping[str, Answer], form: Form) -> list[Change]:
    told = []
    if answers.get(PROGNOSIS) == AFTER_MONTHS:
        plain[PROGNOSIS] = AFTER_DAYS
        months = answers.get(WHOLE_MONTHS)
        if isinstance(months, int) and months in _DAYS:
            plain[DAYS] = _DAYS[months]
        elif months is not None:
            told.append(Change("back.months", WHOLE_MONTHS, {"months": months}))
    unclear = answers.get(UNCLEAR)
    if is_filled(unclear):
        plain[form.remarks] = lines(plain.get(form.remarks), unclear)
        told.append(Change("back.unclear", UNCLEAR))
    return told


def _treatment(plain: dict[str, Answer], _answers: Mapping[str, Answer], _form: Form) -> list[Change]:
    return [Change("back.treatment", ONGOING)] if is_filled(plain.get(ONGOING)) else []


def _actions(_plain: dict[str, Answer], answers: Mapping[str, Answer], form: Form) -> list[Change]:
    """AT-1: version 1 wants a choice in question 40, which isn't asked any more."""
    asks = any(question.ref == ACTIONS_TEXT for question in form.questions())
    return [Change("back.actions", ACTIONS)] if asks and answers.get(INFECTION) is not True else []


def _ratings(_plain: dict[str, Answer], answers: Mapping[str, Answer], form: Form) -> list[Change]:
    """ICF categories are titles alone in a draft: how severe and by what is lost."""
    rated = [
        question.ref
        for question in form.questions()
        if isinstance(question, Icf) and isinstance(value := answers.get(question.ref), IcfText)
        if any(rating.severity is not None or rating.basis for rating in value.icf)
    ]
    return [Change("back.ratings", ref, {"ref": ref}) for ref in rated]


def _take_apart(plain: dict[str, Answer], draft: Draft, old: Form) -> None:
    """While question 44 still begins with the draft's own choices in words, those choices still hold."""
    line, text = action_line(draft.answers, old), plain.get(ACTIONS_TEXT)
    if line and isinstance(text, str) and text.startswith(line):
        plain[ACTIONS] = draft.answers[ACTIONS]
        plain[ACTIONS_TEXT] = text.removeprefix(line).removeprefix("\n")


def _too_long(plain: Mapping[str, Answer], old: Form) -> list[Change]:
    """Texts over the limits of version 1."""
    told = []
    for question in old.questions():
        value = plain.get(question.ref)
        said = value.text if isinstance(value, IcfText) else value
        if isinstance(question, Text | Icf) and isinstance(said, str) and len(said) > question.max:
            values = {"ref": question.ref, "max": question.max, "over": len(said) - question.max}
            told.append(Change("back.too_long", question.ref, values))
    return told
