"""What a case that comes out of another begins with: all of it, what a renewal takes over, or what a new form asks too."""

from collections.abc import Mapping
from datetime import date

from fmstod.certificate.form import Choice, Choices, Form, Question
from fmstod.certificate.made_from import made_from
from fmstod.domain.answers import Answer
from fmstod.domain.consultation import Consultation, Earlier, is_of_plan
from fmstod.domain.period import Period, iso_day


def replacing(before: Consultation) -> Consultation:
    """All of the certificate, to be mended or complemented. The plan stays where it is."""
    return _with(before, _certificate(before.answers))


def renewing(before: Consultation, form: Form, source: Form | None = None) -> Consultation:
    """What a renewal on `form` takes over: not what has to be judged anew (certificates.md 5.2).

    `source` is the form of the certificate, where it is an older version: what that one judges anew may mean something
    else there (33 before version 1.3), and a choice that is gone can't be taken over. The sick leave so far becomes the
    earlier one, so that days go on being counted.
    """
    judged_anew = {q.ref for each in (form, source or form) for q in each.questions() if not q.renewed}
    before_answers = _certificate(before.answers)
    answers: dict[str, Answer] = {}
    for question in form.questions():
        if question.ref not in judged_anew and question.ref in before_answers:
            value = _still_there(question, before_answers[question.ref])
            if value is not None:
                answers[question.ref] = value
    return _with(before, answers).changed(form=(form.form, form.version), earlier=_so_far(before))


def making(before: Consultation, source: Form, form: Form, answers: Mapping[str, Answer]) -> Consultation:
    """A certificate on another form from a signed one, whose answers on its form `source` are `answers`."""
    return _with(before, made_from(form, source, answers)).changed(form=(form.form, form.version), drafted={})


def last_leave(before: Consultation) -> Period | None:
    """What a renewal goes on from: the period that ends last, of those the one with the highest degree."""
    return max(before.periods, key=lambda p: (p.last, p.degree), default=None)


def last_day(before: Consultation) -> date | None:
    """The last day of the leave, also on a form whose period has no degree of its own."""
    days = (iso_day(row.last) for row in before.period_rows)
    return max((day for day in days if day), default=None)


def _still_there(question: Question, value: Answer) -> Answer | None:
    """The answer without the choices that the question no longer has."""
    match question:
        case Choice():
            return value if value in {option.code for option in question.options} else None
        case Choices() if isinstance(value, tuple):
            codes = {option.code for option in question.options}
            return tuple(each for each in value if each in codes) or None
        case _:
            return value


def _with(before: Consultation, answers: Mapping[str, Answer]) -> Consultation:
    drafted = {ref: words for ref, words in before.drafted.items() if ref in answers}
    return before.changed(answers=answers, drafted=drafted, kept=(), no_plan="")


def _certificate(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    return {ref: value for ref, value in answers.items() if not is_of_plan(ref)}


def _so_far(before: Consultation) -> Earlier | None:
    """Nothing where it isn't known whether there was sick leave before that; of its days nothing if they aren't known."""
    if before.earlier is None or not before.periods:
        return before.earlier
    first = before.periods[0].first
    since = before.earlier.since if before.earlier.had else first
    return Earlier(had=True, since=since, days=before.day_counts.total)
