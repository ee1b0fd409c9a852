"""A certificate for the employer from one for Försäkringskassan: what both ask for is answered, the rest is left open."""

from collections.abc import Mapping

from fmstod.certificate.condition import is_filled
from fmstod.certificate.form import Form, Icf, Periods, Question, Text, Whole
from fmstod.domain.answers import Answer, IcfText, PeriodRow


def made_from(form: Form, source: Form, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers of a new `form` from those of a signed `source`.

    A question takes the answer of the one that its `copies` names, else of the one with its ref, if they are of one kind
    or the answer can be put the other way: described limitations as their text alone, a single period as its days or its
    degree.
    """
    there = {question.ref: question for question in source.questions()}
    made: dict[str, Answer] = {}
    for question in form.questions():
        other = there.get(question.copies or question.ref)
        if other is not None and is_filled(value := answers.get(other.ref)) and value is not None:
            carried = _carried(question, other, value)
            if carried is not None and is_filled(carried):
                made[question.ref] = carried
    return made


def _carried(question: Question, other: Question, value: Answer) -> Answer | None:
    match question, other, value:
        case (Text(), Icf(), IcfText()):
            return value.text
        case (Icf(picks=False), Icf(), IcfText()):
            return IcfText(text=value.text)
        case (Periods(single=True), Periods(), (PeriodRow() as row,)):
            return (PeriodRow(first=row.first, last=row.last),)
        case (Whole(), Periods(), (PeriodRow() as row,)):
            return row.degree
        case (Periods(single=True), Periods(), _):
            return None
        case _:
            return value if question.kind == other.kind else None
