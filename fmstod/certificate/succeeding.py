"""What a case that comes out of another begins with: all of it, what a renewal takes over, or what a new form asks too."""

from collections.abc import Mapping

from fmstod.certificate.form import Form
from fmstod.certificate.made_from import made_from
from fmstod.domain.answers import Answer
from fmstod.domain.consultation import Consultation, Earlier, is_of_plan
from fmstod.domain.period import Period


def replacing(before: Consultation) -> Consultation:
    """All of the certificate, to be mended or complemented. The plan stays where it is."""
    return _with(before, _certificate(before.answers))


def renewing(before: Consultation, form: Form) -> Consultation:
    """What a renewal on `form` takes over: not what has to be judged anew (certificates.md 5.2).

    The sick leave so far becomes the earlier one, so that days go on being counted.
    """
    kept = {q.ref for q in form.questions() if q.renewed}
    answers = {ref: value for ref, value in _certificate(before.answers).items() if ref in kept}
    return _with(before, answers).changed(form=(form.form, form.version), earlier=_so_far(before))


def making(before: Consultation, source: Form, form: Form, answers: Mapping[str, Answer]) -> Consultation:
    """A certificate on another form from a signed one, whose answers on its form `source` are `answers`."""
    return _with(before, made_from(form, source, answers)).changed(form=(form.form, form.version), drafted={})


def last_leave(before: Consultation) -> Period | None:
    """What a renewal goes on from: the period that ends last, of those the one with the highest degree."""
    return max(before.periods, key=lambda p: (p.last, p.degree), default=None)


def _with(before: Consultation, answers: Mapping[str, Answer]) -> Consultation:
    drafted = {ref: words for ref, words in before.drafted.items() if ref in answers}
    return before.changed(answers=answers, drafted=drafted, no_plan="")


def _certificate(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    return {ref: value for ref, value in answers.items() if not is_of_plan(ref)}


def _so_far(before: Consultation) -> Earlier | None:
    """Nothing where it isn't known whether there was sick leave before that; of its days nothing if they aren't known."""
    if before.earlier is None or not before.periods:
        return before.earlier
    first = before.periods[0].first
    since = before.earlier.since if before.earlier.had else first
    return Earlier(had=True, since=since, days=before.day_counts.total)
