"""How a fault that pydantic found is told: place, kind and reason."""

from dataclasses import dataclass

from pydantic import ValidationError


@dataclass(frozen=True)
class Fault:
    """`place` joins names and positions with dots; `kind` is pydantic's name for the fault; `reason` is in English."""

    place: str
    kind: str
    reason: str


def first_fault(error: ValidationError, *before: str) -> Fault:
    """The first fault, its place after `before`."""
    found = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part) for part in (*before, *found["loc"]))
    return Fault(place, found["type"], found["msg"])
