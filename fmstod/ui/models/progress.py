"""How far a consultation has come: what is still to mend, and how each step stands."""

from fmstod.certificate.condition import is_filled
from fmstod.domain.consultation import is_of_plan
from fmstod.domain.problem import Level, Problem
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.reference import ASSESSMENT, PATIENT, REVIEW


def to_mend(model: ConsultationModel) -> tuple[Problem, ...]:
    """The problems of what is still to be signed; the plan's are left out while the case is to have none."""
    without_plan = model.plan_signed or (bool(model.consultation.no_plan.strip()) and not model.signed)
    plan = () if without_plan else tuple(p for p in model.problems if is_of_plan(p.ref))
    rest = () if model.signed and not model.read_only else tuple(p for p in model.problems if not is_of_plan(p.ref))
    return rest + plan


def step_state(model: ConsultationModel, step: int) -> str:
    """`done`, `begun`, `untouched`, or `warn` where something has to be mended (once asked for)."""
    now = model.now
    refs = {q.ref for q in model.reference.questions(step)} & now.open_refs
    every = [p for p in to_mend(model) if p.level is Level.ERROR]
    errors = [p for p in every if step_of(model, p) == step]
    begun = any(is_filled(model.consultation.answers.get(ref)) for ref in refs)
    if step == PATIENT:
        begun = begun or bool(model.consultation.patient.number)
    if step == ASSESSMENT:
        begun = begun or model.consultation.instead is not None
    if step == REVIEW:
        begun = begun or model.ended
    if errors and (model.asked or any(not p.missing for p in errors)):
        return "warn"
    if begun:
        # What is read and signed in the last step is all of it.
        return "begun" if errors or (step == REVIEW and every) else "done"
    return "untouched"


def step_of(model: ConsultationModel, problem: Problem) -> int:
    """The step where the problem's place is; patient in the first, the unit in the last."""
    if problem.ref.startswith("patient"):
        return PATIENT
    if problem.ref.startswith("unit"):
        return REVIEW
    return model.reference.question(problem.ref).step
