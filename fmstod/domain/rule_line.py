"""One rule as the help tells it, whoever judges by it: a form's own checks, or what is said of how it is written."""

from dataclasses import dataclass

from fmstod.domain.problem import Level


@dataclass(frozen=True)
class RuleLine:
    """`group` is the heading that it stands under, `questions` the numbers that the user sees.

    `says` are its sentences, with `…` for what only a record knows; `why` and `source` are whole sentences or empty.
    `forms` are the names of those that have it, with their versions; empty when it belongs to no form.
    """

    rule: str
    group: str
    levels: tuple[Level, ...]
    questions: tuple[str, ...]
    says: tuple[str, ...]
    why: str = ""
    source: str = ""
    forms: tuple[str, ...] = ()
