"""Sick-leave cases out of certificates: what belongs together, and how much of it is lost work (sickleave.md 1.2, 1.3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from heapq import heappop, heappush
from typing import NamedTuple

from fmstod.domain.answers import PeriodRow
from fmstod.domain.consultation import FORM
from fmstod.domain.document import Document
from fmstod.domain.lifecycle import Life
from fmstod.domain.period import Degree, Period
from fmstod.domain.record import Record
from fmstod.sickleave.days import Days, Run, union

# Rehabstöd: as many days may lie strictly between two certificates of one case. Its setting goes from 0 to 90. It has
# nothing to do with the five days of 27 kap. 32 § (`returning.RELAPSE`).
REHABSTOD_GAP = 5
INFECTION = "27.1"  # Försäkringskassan's question: is kept from work by the law on communicable diseases


class Certificate(Record):
    """What is counted of a certificate. `signed` is an instant; one without a zone is UTC."""

    id: str | int | None = None
    signed: datetime
    periods: tuple[Period, ...] = ()

    def model_post_init(self, _context: object) -> None:
        if self.signed.tzinfo is None:
            object.__setattr__(self, "signed", self.signed.replace(tzinfo=UTC))


class Stretch(NamedTuple):
    """Days in a row on which one degree holds; both ends count."""

    first: int
    last: int
    degree: Degree


@dataclass(frozen=True, slots=True)
class Case:
    """A sick-leave case ("sjukfall"): its days, the degree that holds on each, and the certificates that gave them.

    `certificates` are in the order of their first day in the case.
    """

    days: Days
    stretches: Sequence[Stretch]
    certificates: Sequence[Certificate]

    @property
    def start(self) -> date:
        return date.fromordinal(self.days.first)

    @property
    def end(self) -> date:
        return date.fromordinal(self.days.last)

    def active(self, on: date) -> bool:
        """Whether it has begun and not ended; a gap inside it is part of it."""
        return self.days.first <= on.toordinal() <= self.days.last

    @property
    def hundredths(self) -> int:
        """Whole days lost, times 100: each day counts by its degree."""
        return sum((s.last - s.first + 1) * s.degree for s in self.stretches)

    @property
    def by_degree(self) -> Mapping[Degree, int]:
        """How many of its days each degree holds on."""
        found: dict[Degree, int] = {}
        for s in self.stretches:
            found[s.degree] = found.get(s.degree, 0) + s.last - s.first + 1
        return found

    def degree(self, on: date) -> Degree | None:
        """The degree that holds on the day, None on a day without sick leave."""
        day = on.toordinal()
        return next((s.degree for s in self.stretches if s.first <= day <= s.last), None)


def counted(document: Document, life: Life) -> Certificate | None:
    """What a signed document adds to the days; None for what doesn't count.

    As Rehabstöd counts (sickleave.md 1.1): certificates for sickness benefit alone, neither the employer's nor one that
    keeps from work by the law on communicable diseases. What is revoked, replaced or complemented holds no more.
    """
    if life.document != document.id or life.revoked or life.mark is not None or document.form[0] != FORM[0]:
        return None
    if document.answers.get(INFECTION) is True:
        return None
    rows = (row for value in document.answers.values() if isinstance(value, tuple) for row in value)
    periods = tuple(row.period for row in rows if isinstance(row, PeriodRow) and row.period)
    return Certificate(id=document.id, signed=document.signed_at, periods=periods)


def sick_days(certificates: Iterable[Certificate]) -> Days:
    """Every day that a certificate covers."""
    return union(run_of(period) for each in certificates for period in each.periods)


def run_of(period: Period) -> Run:
    return period.first.toordinal(), period.last.toordinal()


def cases_of(certificates: Sequence[Certificate], gap: int = REHABSTOD_GAP) -> tuple[Case, ...]:
    """The cases in time order. A certificate whose periods lie far apart may belong to several."""
    parts = list(sick_days(certificates).parts(gap))
    held, members = prevailing(certificates), _by_first_day(certificates)
    made, stretch, member = [], 0, 0
    for part in parts:
        begun, mine = stretch, dict[int, Certificate]()
        while stretch < len(held) and held[stretch].first <= part.last:
            stretch += 1
        while member < len(members) and members[member][0] <= part.last:
            place = members[member][-1]
            mine.setdefault(place, certificates[place])
            member += 1
        made.append(Case(part, held[begun:stretch], tuple(mine.values())))
    return tuple(made)


def _by_first_day(certificates: Sequence[Certificate]) -> Sequence[tuple[int, datetime, str, int]]:
    """The periods' first days, and of which certificate. Of one day, by the instant of signing and the id: the order in
    which they were given tells nothing.
    """
    return sorted(
        (period.first.toordinal(), each.signed, str(each.id), place)
        for place, each in enumerate(certificates)
        for period in each.periods
    )


def prevailing(certificates: Sequence[Certificate]) -> Sequence[Stretch]:
    """Each sick day by the degree of the certificate that was signed last; of those signed at once, by the higher."""
    latest = {at: n for n, at in enumerate(sorted({each.signed for each in certificates}, reverse=True))}
    waiting = sorted(
        (*run_of(period), latest[each.signed], -period.degree, period.degree)
        for each in certificates
        for period in each.periods
    )
    waiting.reverse()  # the earliest is taken from the end
    made: list[Stretch] = []
    begun: list[tuple[int, int, int, Degree]] = []  # what has begun: the one that prevails lies first
    day = 0
    while waiting or begun:
        if not begun:
            day = waiting[-1][0]
        while waiting and waiting[-1][0] == day:
            _, last, rank, order, degree = waiting.pop()
            heappush(begun, (rank, order, last, degree))
        _, _, last, degree = begun[0]
        end = min(last, waiting[-1][0] - 1) if waiting else last
        if made and made[-1].last == day - 1 and made[-1].degree == degree:
            made[-1] = Stretch(made[-1].first, end, degree)
        else:
            made.append(Stretch(day, end, degree))
        day = end + 1
        while begun and begun[0][2] < day:
            heappop(begun)
    return made
