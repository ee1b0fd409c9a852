"""The days of a case to which the law ties something. The law is data (`resources/law`), with days of validity."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from fmstod.domain.record import Record


class LawMark(Record):
    """What the law ties to one day of a case. `day` counts from 1; `valid_to` is the last day of that wording.

    It asks for something only when the case is expected to last `least_days`; otherwise `otherwise` is what to say.
    """

    day: int
    caption: str
    otherwise: str = ""
    least_days: int = 0
    source: str
    valid_from: date
    valid_to: date | None = None


class LawFile(Record):
    mark: tuple[LawMark, ...]


class DayMark(Record):
    """A mark of one case: its day in the case, its date, and whether the law asks for something then."""

    day: int
    on: date
    caption: str
    applies: bool
    source: str


def read_marks(content: Mapping[str, object]) -> tuple[LawMark, ...]:
    """The marks from parsed TOML. Raises pydantic's ValidationError (a ValueError)."""
    return LawFile.model_validate(content).mark


def day_marks(law: Iterable[LawMark], first: date, last: date, earlier_days: int) -> tuple[DayMark, ...]:
    """The marks of a case that is planned from `first` to `last` after `earlier_days`, those that lie from `first` on.

    They may lie after `last`: the day that isn't reached is worth knowing too. Both ends count. The days are an
    estimate: Försäkringskassan counts them (sickleave.md 4.2).
    """
    expected = earlier_days + (last - first).days + 1
    day_one = first - timedelta(days=earlier_days)
    found = []
    for mark in law:
        on = day_one + timedelta(days=mark.day - 1)
        if on < first or on < mark.valid_from or (mark.valid_to and on > mark.valid_to):
            continue
        applies = expected >= mark.least_days
        if applies or mark.otherwise:
            caption = mark.caption if applies else mark.otherwise
            found.append(DayMark(day=mark.day, on=on, caption=caption, applies=applies, source=mark.source))
    return tuple(found)
