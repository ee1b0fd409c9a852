"""The next version of a signed plan: begun, left, and what in it is new."""

from collections.abc import Sequence

from fmstod.certificate.plan_versions import of_plan, opened_anew
from fmstod.followup.difference import Change, difference, measure_words, plainly
from fmstod.ui.models.consultation_model import ConsultationModel


def change_plan(model: ConsultationModel) -> None:
    """Begin the next version with all that the signed one says."""
    if model.plan is not None and model.plan_signed and not model.locked:
        model.plan_signed = False
        model.change("plan opened", answers=opened_anew(model.consultation, model.plan).answers)
        model.settle()


def keep_plan(model: ConsultationModel) -> None:
    """Leave the next version unwritten: the signed plan holds as it is."""
    if model.plan is not None:
        model.plan_signed = True
        model.change("plan kept", answers=opened_anew(model.consultation, model.plan).answers)
        model.settle()


def is_changing(model: ConsultationModel) -> bool:
    """Whether a next version is being written."""
    return model.plan is not None and not model.plan_signed


def news(model: ConsultationModel) -> Sequence[Change]:
    """What reads otherwise than in the signed plan, in the order of its paper."""
    if model.plan is None:
        return ()
    known = model.reference
    words = known.catalogue.words
    labels = {q.ref: q.label for q in known.plan_form.questions()}
    options = {
        q.ref: {option.code: option.label for option in getattr(q, "options", ())} for q in known.plan_form.questions()
    }
    shown = {ref: value for ref, value in model.now.answers.items() if ref in model.now.open_refs}
    say = plainly(options, words)
    return difference(of_plan(model.plan.answers), of_plan(shown), labels, say, measure_words(words))
