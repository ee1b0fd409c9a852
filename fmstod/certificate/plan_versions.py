"""A signed plan is frozen; what is written in its case afterwards is its next version, until that is signed too."""

from collections.abc import Mapping

from fmstod.certificate.fill import shown_answers
from fmstod.certificate.form import Form
from fmstod.domain.answers import Answer
from fmstod.domain.consultation import Consultation, is_of_plan
from fmstod.domain.document import Document


def of_plan(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The plan's own; a signed plan tells diagnoses and periods too."""
    return {ref: value for ref, value in answers.items() if is_of_plan(ref)}


def is_changed(form: Form, record: Consultation, plan: Document) -> bool:
    """Whether the record says something else than the signed plan.

    A drafted answer that nobody wrote is in the document alone; any other that is gone has been taken away.
    """
    own, signed = of_plan(record.answers), of_plan(plan.answers)
    sources = {question.ref for question in form.questions() if question.source}
    gone = signed.keys() - own.keys() - sources
    return bool(gone) or shown_answers(form, {**signed, **own}) != signed


def opened_anew(record: Consultation, plan: Document) -> Consultation:
    """The record with all that the signed plan says, to go on from: also what was drafted then stays as it was signed."""
    kept = {ref: value for ref, value in record.answers.items() if not is_of_plan(ref)}
    return record.changed(answers={**kept, **of_plan(plan.answers)})
