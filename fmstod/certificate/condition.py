"""Conditions on answers: when a question shows, what may not be answered together."""

from collections.abc import Mapping
from typing import TypeAlias

from pydantic import model_validator

from fmstod.domain.answers import Answer, DatedChoice, Diagnosis, IcfText, Measure, PeriodRow, StepRow
from fmstod.domain.record import Record


class Condition(Record):
    """A question shows only `when` this holds (or `unless` it does); `ref` names an earlier question."""

    ref: str
    equals: bool | str | None = None
    includes: tuple[int | str, ...] = ()
    filled: bool = False

    @model_validator(mode="after")
    def _one_operator(self) -> "Condition":
        if (self.equals is not None) + bool(self.includes) + self.filled != 1:
            raise ValueError("a condition has exactly one of equals, includes, filled")
        return self


class Clash(Condition):
    """What may not be answered while this holds; `rule` is the rule that it breaks.

    It says nothing while the other question doesn't show, unless `hidden` is set.
    """

    rule: str
    hidden: bool = False


def is_filled(value: Answer | None) -> bool:
    """Whether anything has been said: `False` and 0 are answers, blank text and empty rows are not."""
    match value:
        case None:
            return False
        case bool() | int():
            return True
        case str():
            return bool(value.strip())
        case IcfText():
            return bool(value.text.strip() or value.icf)
        case tuple():
            return any(_row_filled(row) for row in value)


Row: TypeAlias = str | DatedChoice | Diagnosis | PeriodRow | Measure | StepRow


def _row_filled(row: Row) -> bool:
    match row:
        case str() | DatedChoice():
            return True
        case Diagnosis():
            return bool(row.code.strip() or row.text.strip())
        case PeriodRow():
            return bool(row.degree or row.first.strip() or row.last.strip())
        case Measure():
            return bool(row.what.strip() or row.owner.strip() or row.when.strip())
        case StepRow():
            return row.says or (row.ahead and _row_filled(row.row))


def holds(condition: Condition, answers: Mapping[str, Answer]) -> bool:
    """Whether the condition is met by what was answered; `includes` looks at codes, kinds and degrees of valid rows."""
    value = answers.get(condition.ref)
    if condition.filled:
        return is_filled(value)
    if condition.equals is not None:
        return value == condition.equals
    if not isinstance(value, tuple):
        return value in condition.includes
    return any(_mark(row) in condition.includes for row in value)


def _mark(row: Row) -> int | str | None:
    match row:
        case str():
            return row
        case DatedChoice():
            return row.kind
        case Diagnosis():
            return row.code
        case PeriodRow():
            return row.period.degree if row.period else None  # WT-1: only a valid period counts
        case Measure():
            return row.what
        case StepRow():
            return row.degree
