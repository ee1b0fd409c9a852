"""The steps that a form has, numbered from one without gaps, and their words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fmstod.texts import catalogue
from fmstod.ui.models.reference import PLAN, Reference


@dataclass(frozen=True)
class Step:
    """`step` is what the form's questions say, `number` what the user sees; `name` is short, for the list of steps."""

    step: int
    number: int
    name: str
    title: str
    help: str


def steps_of(reference: Reference) -> tuple[Step, ...]:
    words = catalogue()

    def say(step: int, what: str) -> str:
        return next(words[key] for place in _places(reference, step) if (key := f"step.{place}.{what}") in words)

    return tuple(
        Step(step, number, *(say(step, what) for what in ("name", "title", "help")))
        for number, step in enumerate(reference.steps, 1)
    )


def _places(reference: Reference, step: int) -> Iterator[str]:
    """Where the words of a step stand: the form's own first, then those of its kind, then what holds for any form."""
    yield f"{reference.form.form}.{step}"
    if step == PLAN and reference.form.plan:
        yield "plan"
    if reference.asks_of_leave:
        yield f"leave.{step}"
    yield str(step)


def next_of(steps: Sequence[int], step: int, way: int) -> int | None:
    """The step so many places on; None where there is none."""
    at = steps.index(step) + way
    return steps[at] if 0 <= at < len(steps) else None
