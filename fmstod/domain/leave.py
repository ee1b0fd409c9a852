"""What somebody tells of a sick leave that no certificate does: gaps, days before, the law's days, or that there is none."""

from datetime import date
from typing import Literal, TypeAlias

from pydantic import model_validator

from fmstod.domain.record import Record

Status: TypeAlias = Literal["planned", "done", "exempt"]


class StillReduced(Record):
    """A gap without certificate in which the physician knows that work capacity was reduced; both ends count.

    A sick-leave period lasts while capacity is reduced by at least a quarter, paid for or not (HFD 2018 ref. 69).
    """

    first: date
    last: date

    def model_post_init(self, _context: object) -> None:
        if self.last < self.first:
            raise ValueError("a gap ends before it begins")


class DaysBefore(Record):
    """Days of the chain in which `on` lies that no certificate here tells of; they came before its first day."""

    on: date
    days: int


class Instead(Record):
    """The assessment ends without sick leave, 0 %. `chosen` are keys of the catalogue's alternatives, `why` own words.

    What was only weighed stands in the plan's `plan.considered`, as for every sick leave.
    """

    chosen: tuple[str, ...] = ()
    why: str = ""


class Stop(Record):
    """What somebody has set for a day of the law. Without one it is planned, or exempt where the law asks for nothing."""

    day: int
    status: Status
    reason: str = ""
    due: date | None = None

    @model_validator(mode="after")
    def _exempt_for_a_reason(self) -> "Stop":
        if self.status == "exempt" and not self.reason.strip():
            raise ValueError("an exempt day needs a reason")
        return self
