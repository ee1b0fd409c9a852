"""ICF suggestions from the diagnoses: shared ones first, then per diagnosis, central before additional (fmb.md 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from fmstod.knowledge.library import Library


@dataclass(frozen=True)
class Suggestion:
    """An ICF category. `label` is the plain-language term if there is one, else the official `name`."""

    code: str
    label: str
    name: str
    central: bool


@dataclass(frozen=True)
class Suggestions:
    """Those that belong to the diagnoses `codes` (as resolved): several when shared, else one."""

    codes: Sequence[str]
    items: Sequence[Suggestion]

    @property
    def shared(self) -> bool:
        return len(self.codes) > 1


def suggest_icf(library: Library, codes: Sequence[str], component: Literal["b", "d"]) -> Sequence[Suggestions]:
    """Groups for impairment (`b`) or limitation (`d`) of up to three diagnoses; no group is empty."""
    raise NotImplementedError
