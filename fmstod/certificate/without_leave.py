"""An assessment that ends without sick leave: no certificate is signed, so its rules are silent and part of it isn't asked."""

from collections.abc import Iterable

from fmstod.certificate.form import Form, Periods, Steps
from fmstod.domain.consultation import is_of_plan
from fmstod.domain.problem import Problem

# A question with this source only says the plan's measures again, to Försäkringskassan.
REPEATS_MEASURES = "measures"
PURPOSE = "plan.purpose"  # of the sick leave


def not_asked(form: Form) -> frozenset[str]:
    """What only sick leave needs: the step of the days, the certificate's last step, what repeats the plan, the plan's purpose and steps."""
    steps = {q.step for q in form.questions() if isinstance(q, Periods)}
    if steps:
        steps.add(max(q.step for q in form.questions()))
    return frozenset(
        q.ref
        for q in form.questions()
        if q.step in steps or isinstance(q, Steps) or q.ref == PURPOSE or (steps and q.source == REPEATS_MEASURES)
    )


def still_said(problems: Iterable[Problem]) -> list[Problem]:
    """Of all problems those that matter anyway: who the patient is, and what is wrong, not missing, in the plan."""
    return [p for p in problems if p.rule == "L-02" or (is_of_plan(p.ref) and not p.missing)]
