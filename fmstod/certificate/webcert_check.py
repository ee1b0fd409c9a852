"""A draft of Webcert's held against the rules of its own version, before anything is carried over to another."""

from collections.abc import Mapping
from dataclasses import replace

from fmstod.certificate.answers import Misfit
from fmstod.certificate.check import check
from fmstod.certificate.form import Choice, Choices, DatedChoices, Form
from fmstod.certificate.subject import Facts, Subject
from fmstod.certificate.webcert import PATIENT, UNIT, Draft, Layout
from fmstod.domain.answers import Answer, DatedChoice
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import IdentityKind
from fmstod.domain.problem import Level, Problem

MAJOR = "1."  # the format is always version 1.x


def form_of(draft: Draft, forms: Mapping[tuple[str, str], Form]) -> Form:
    """The form of the draft's version; without one that we have, the newest that knows its choices.

    Raises Misfit for a choice that the form doesn't have: Webcert couldn't have written it.
    """
    ours = {
        version: form for (of, version), form in forms.items() if of == draft.layout.form and version.startswith(MAJOR)
    }
    told = ours.get(draft.version)
    versions = [told] if told else sorted(ours.values(), key=lambda form: form.version, reverse=True)
    places = [_foreign(form, draft) for form in versions]
    if not versions:
        raise Misfit(f"{draft.layout.form} {draft.version}", "unknown_form")
    if all(places):
        raise Misfit(places[0], "unknown_choice")
    return versions[places.index("")]


def form_today(draft: Draft, old: Form, forms: Mapping[tuple[str, str], Form]) -> Form:
    """The form that new certificates of the draft's type are written on; `old` itself while there is no later one."""
    ours = [form for (of, _), form in forms.items() if of == draft.layout.form and form.status == "new"]
    return max([old, *ours], key=lambda form: form.version)


def form_of_new(layout: Layout, forms: Mapping[tuple[str, str], Form]) -> Form:
    """The form of a new draft of the type. Raises Misfit when we have none."""
    return form_of(Draft(layout, layout.newest, {}, {}), forms)


def check_draft(form: Form, draft: Draft, facts: Facts) -> list[Problem]:
    """All problems. The identity only warns: the system around version 1 asks for it, the draft doesn't (2.8)."""
    found = check(form, subject_of(draft), facts)
    return [replace(p, level=Level.WARNING) if p.field == PATIENT and p.level is Level.ERROR else p for p in found]


def subject_of(draft: Draft) -> Subject:
    return Subject(draft.said(PATIENT), IdentityKind.PERSONNUMMER, unit_of(draft), draft.questions)


def unit_of(draft: Draft) -> Unit:
    """The unit's address; nothing else of a unit is in the draft's answers."""
    return Unit(**{name: draft.said(f"{UNIT}{name}") for name in ("address", "postcode", "town", "phone")})


def _foreign(form: Form, draft: Draft) -> str:
    """Where the draft first has a choice that the form doesn't know; empty when nowhere. Kinds of documents have a rule."""
    for path, key in draft.layout.keys.items():
        question = next((q for q in form.questions() if q.ref == key.ref), None)
        if isinstance(question, DatedChoices) and question.listed:
            continue
        if isinstance(question, Choice | Choices | DatedChoices) and key.ref in draft.answers:
            known = {option.code for option in question.options}
            for i, code in enumerate(_codes(draft.answers[key.ref])):
                if code and code not in known:
                    return path if isinstance(question, Choice) else f"{path}[{i}].typ"
    return ""


def _codes(value: Answer) -> list[str]:
    if isinstance(value, tuple):
        return [
            row.kind if isinstance(row, DatedChoice) else row for row in value if isinstance(row, DatedChoice | str)
        ]
    return [value] if isinstance(value, str) else []
