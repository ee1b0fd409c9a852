"""What a plan holds before it is given to the patient (safety.md L-28): it was gone through together."""

from collections.abc import Mapping

from fmstod.certificate.condition import is_filled
from fmstod.domain.answers import Answer

GOAL, TOGETHER, HOW = "plan.goal", "plan.participated", "plan.participation"


def left_before_sharing(plan: Mapping[str, Answer]) -> tuple[str, ...]:
    """The questions still to answer: the patient's own goal, and that and how the plan was gone through together.

    The day is the one that it was signed on.
    """
    filled = {GOAL: _said(plan.get(GOAL)), TOGETHER: plan.get(TOGETHER) is True, HOW: _said(plan.get(HOW))}
    return tuple(ref for ref, there in filled.items() if not there)


def _said(value: Answer | None) -> bool:
    return is_filled(value)
