"""Procedures recorded by themselves: KVÅ codes."""

from datetime import date

from fmstod.domain.record import Record

PLAN_MADE = "DV077"


class Procedure(Record):
    """A KVÅ code recorded for a case on a day; `document` is the id of the signed plan that gave it."""

    code: str
    on: date
    document: str
