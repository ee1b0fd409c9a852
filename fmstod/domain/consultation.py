"""One consultation: everything that the physician enters, once. Certificate and plan are filled from it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal, TypeVar

from pydantic import SerializerFunctionWrapHandler, model_serializer, model_validator

from fmstod.domain.answers import Answer, Diagnosis, IcfText, PeriodRow
from fmstod.domain.icd import is_code
from fmstod.domain.kept import Kept
from fmstod.domain.leave import DaysBefore, Instead, StillReduced, Stop
from fmstod.domain.patient import Doubt, Patient
from fmstod.domain.period import DayCounts, Period, covered_days
from fmstod.domain.record import Record
from fmstod.domain.work import Work

FORM, PLAN_FORM = ("fk7804", "2.0"), ("plan", "2.0")  # a new consultation's
_FIRST_PLAN = ("plan", "1.0")
# Försäkringskassan's question numbers, as FK 7804 and what is made like it have them; a form may number otherwise, so
# that what the answers hold is found by the kind of their rows.
DIAGNOSES, PERIODS, IMPAIRMENT, LIMITATION = "6", "32", "35", "17"

R = TypeVar("R", bound=Record)


def is_of_plan(ref: str) -> bool:
    """Whether a question or the place of a problem is the plan's; all others are the certificate's."""
    return ref.startswith("plan.")


class Earlier(Record):
    """Earlier sick leave in the same case: none, or since a day and so many days."""

    had: bool
    since: date | None = None
    days: int | None = None

    def room(self, first: date | None) -> int | None:
        """How many days it can have been at most before `first`, the plan's first day; None while that isn't known."""
        return (first - self.since).days if self.since and first else None


class Excess(Record):
    """Why longer than the recommendation: keys of `resources/texts` `excess.*`, and own words."""

    reasons: tuple[str, ...] = ()
    text: str = ""


class Consultation(Record):
    """A draft. `form` and `plan_form` are id and version of its forms; a draft stays on its versions.

    `answers` holds what was answered, by question ref: Försäkringskassan's number for the certificate, `plan.*` for
    the plan. A question with a `source` that isn't in `answers` is filled from its source; `drafted` keeps the source's
    text as it was when the user edited it, so that a later change shows both.
    `doubt` is set while only one part of the identity has been changed, until the user has said that it is right.
    `conditions` answers FMB's conditions: `<entry id>:severity` -> key, `<entry id>:course.<key>` -> bool.
    Under `<entry id>:event.<event>` stands the day that a time counts from, as `yyyy-mm-dd` or as typed while it is none.
    `still_reduced`, `days_before` and `stops` are what no certificate tells of the sick leave.
    `instead` is set while there is no sick leave: what was written of it is kept, and doesn't count.
    `tasks` are those of the physician's seven that somebody has ticked: no entry tells of them.
    `kept` is what stays as it is although a rule of quality would have it otherwise.
    `webcert` is the JSON of the draft that it was brought in from, so that it can be written back whole.
    """

    schema_version: Literal[1] = 1
    form: tuple[str, str] = FORM
    plan_form: tuple[str, str] = PLAN_FORM
    patient: Patient = Patient()
    doubt: Doubt = ""
    work: Work = Work()
    earlier: Earlier | None = None
    conditions: Mapping[str, str | bool] = {}
    excess: Excess = Excess()
    still_reduced: tuple[StillReduced, ...] = ()
    days_before: tuple[DaysBefore, ...] = ()
    stops: tuple[Stop, ...] = ()
    no_plan: str = ""
    instead: Instead | None = None
    tasks: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = {}
    drafted: Mapping[str, str] = {}
    kept: tuple[Kept, ...] = ()
    webcert: str = ""

    @model_validator(mode="before")
    @classmethod
    def _from_before(cls, value: object) -> object:
        """A record that was stored before the plan had versions names none: it stays on the first."""
        stored = isinstance(value, dict) and "schema_version" in value and "plan_form" not in value
        return {**value, "plan_form": _FIRST_PLAN} if isinstance(value, dict) and stored else value

    @model_serializer(mode="wrap")
    def _as_before(self, write: SerializerFunctionWrapHandler) -> dict[str, Any]:
        """What came later is written only where it says something: a record without it keeps its bytes."""
        later = {"instead": None, "tasks": ()}
        return {
            name: value
            for name, value in write(self).items()
            if name not in later or getattr(self, name) != later[name]
        }

    @property
    def diagnoses(self) -> tuple[Diagnosis, ...]:
        """Those that are written, whatever their question is called; also while it isn't shown."""
        return self._rows(Diagnosis)

    @property
    def codes(self) -> tuple[str, ...]:
        """The diagnoses' well-written codes; a name that is being searched for is none."""
        return tuple(row.code for row in self.diagnoses if is_code(row.code))

    @property
    def period_rows(self) -> tuple[PeriodRow, ...]:
        return self._rows(PeriodRow)

    @property
    def periods(self) -> tuple[Period, ...]:
        """The rows that are periods, in time order; none without sick leave."""
        made = (row.period for row in self.period_rows if self.instead is None)
        return tuple(sorted((p for p in made if p), key=lambda p: p.first))

    @property
    def day_counts(self) -> DayCounts:
        """Planned days, and earlier ones: 0 when there were none, None when unanswered or their number is unknown."""
        earlier = None if self.earlier is None else (self.earlier.days if self.earlier.had else 0)
        since = self.earlier.since if self.earlier and self.earlier.had else None
        return DayCounts(planned=covered_days(self.periods), earlier=earlier, periods=self.periods, since=since)

    def day_of_case(self, today: date) -> int | None:
        """Which day of the case today is; None while earlier sick leave is unanswered, or before the first day.

        Earlier days are added as days; only where their number is unknown, the calendar counts since the first of them.
        """
        earlier, periods = self.earlier, self.periods
        if earlier is None or not periods or (earlier.had and earlier.since is None and earlier.days is None):
            return None
        first = periods[0].first
        if earlier.had:
            since = earlier.since if earlier.since and earlier.days is None else first
            first = min(since, first - timedelta(earlier.days or 0))
        return (today - first).days + 1 if first <= today else None

    def described(self, ref: str) -> IcfText:
        """The impairment or limitation as entered so far."""
        value = self.answers.get(ref)
        return value if isinstance(value, IcfText) else IcfText()

    def _rows(self, kind: type[R]) -> tuple[R, ...]:
        values = (value for value in self.answers.values() if isinstance(value, tuple))
        return tuple(row for value in values for row in value if isinstance(row, kind))
