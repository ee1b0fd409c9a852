"""What a case that comes out of another begins with: all of it, what a renewal takes over, or what a new form asks too."""

from collections.abc import Mapping
from datetime import date

from fmstod.certificate.condition import is_filled
from fmstod.certificate.form import Form
from fmstod.certificate.made_from import made_from
from fmstod.certificate.webcert_carry import TO_CONFIRM, carried_over
from fmstod.domain.answers import Answer
from fmstod.domain.consultation import Consultation, Earlier, is_of_plan
from fmstod.domain.period import Period, iso_day


def replacing(before: Consultation, form: Form | None = None, source: Form | None = None) -> Consultation:
    """All of the certificate, to be mended or complemented. The plan stays where it is, or the reason for none.

    `source` is the form of the certificate where that is an older version, and `form` the one of today.
    """
    answers = _certificate(before.answers)
    if form is None or source is None or form is source:
        return _with(before, answers).changed(no_plan=before.no_plan)
    made = _with(before, _certificate(_over(answers, source, form)))
    return made.changed(form=(form.form, form.version), no_plan=before.no_plan)


def changed_by(before: Consultation, form: Form, source: Form) -> tuple[str, ...]:
    """The questions of `form` whose answers are not as they were on `source`, in its order."""
    changes = carried_over(_certificate(before.answers), source, form, source.version).changes
    return tuple(dict.fromkeys(change.ref for change in changes if change.ref))


def renewing(before: Consultation, form: Form, source: Form | None = None) -> Consultation:
    """What a renewal on `form` takes over: not what has to be judged anew (certificates.md 5.2).

    `source` is the form of the certificate, where it is an older version: what that one judges anew may mean something
    else there (33 before version 1.3). The sick leave so far becomes the earlier one, so that days go on being counted.
    """
    judged_anew = {q.ref for each in (form, source or form) for q in each.questions() if not q.renewed}
    asked = {question.ref for question in form.questions()} - judged_anew
    answers = _over(_certificate(before.answers), source or form, form)
    kept = {ref: value for ref, value in answers.items() if ref in asked}
    return _with(before, kept).changed(form=(form.form, form.version), earlier=_so_far(before))


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


def _over(answers: Mapping[str, Answer], source: Form, form: Form) -> dict[str, Answer]:
    """The answers on another version of their form; without what may mean the opposite there, or has no place."""
    new = carried_over(answers, source, form, source.version)
    asked_anew = {change.ref for change in new.changes if change.key in TO_CONFIRM}
    return {ref: value for ref, value in new.answers.items() if ref not in asked_anew and is_filled(value)}


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
