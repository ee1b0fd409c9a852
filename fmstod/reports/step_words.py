"""What is said of the steps of a step-down, in lines."""

from collections.abc import Sequence

from fmstod.dates import short_day
from fmstod.domain.answers import STEP_PARTS, StepRow
from fmstod.texts import text

TASKS = ("hours", "possible", "avoid")  # what the workplace needs; signs to stop at tell of the illness


def said_of(step: StepRow, parts: Sequence[str] = STEP_PARTS) -> list[str]:
    """`4 timmar per dag.`, `Gör: … .`; a sentence for each part that is written."""
    return [text(f"paper.step.{part}", said=it) for part in parts if (it := getattr(step, part).strip().rstrip("."))]


def step_lines(steps: Sequence[StepRow], parts: Sequence[str] = STEP_PARTS) -> str:
    """A line for each step that says something; one without a certificate tells its first day."""
    lines = []
    for step in steps:
        period = step.row.period
        since = text("paper.step.from", day=short_day(period.first)) if step.ahead and period else ""
        if said := [*([since] if since else []), *said_of(step, parts)]:
            lines.append(text("paper.step.line", degree=step.degree, said=" ".join(said)))
    return "\n".join(lines)
