"""What a draft's days are held against FMB with: its own, those that signed certificates tell of, and those entered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise

from fmstod.domain.consultation import Consultation, Earlier
from fmstod.domain.leave import DaysBefore, StillReduced
from fmstod.domain.period import DayCounts, Degree, Period, covered_days
from fmstod.sickleave.cases import REHABSTOD_GAP, Case, Certificate, cases_of, sick_days
from fmstod.sickleave.chain import Chain, chain_at, chains_of
from fmstod.sickleave.counts import Counts
from fmstod.sickleave.days import Days, union
from fmstod.sickleave.milestones import Counted

LONGEST_GAP = 366  # days of a gap in which somebody may still know how it was


@dataclass(frozen=True, slots=True)
class Compared:
    """The draft's days in its case and in its chain.

    `days` (D1) is what FMB is compared with: FMB speaks of one sick leave. `chain` (D4) is told beside it, never compared.
    `certificates` are the signed ones that were counted, `since` the first day of the case by them and the draft.
    `contradicts` means that no earlier sick leave was entered although certificates tell of some. `by_degree` is how many
    of the known days of the case each degree holds on, the draft's own as they are planned. `case` are the days of the
    case, those entered beyond the certificates before its first; None while nobody knows how many they are. `gaps` are
    the days without certificate in the chain and right before it, which may have been sick days all the same.

    While nothing is planned, all of it is what certificates tell of the case and the chain that today lies in.
    """

    days: DayCounts
    chain: Chain | None
    since: date | None
    certificates: Sequence[Certificate]
    by_degree: Mapping[Degree, int]
    contradicts: bool
    case: Days | None
    gaps: Sequence[tuple[date, date]]

    def counts(self, today: date) -> Counts:
        """The four counts today; before the case begins on its first day, after its end on its last."""
        if self.case is None:
            return Counts(today, None, self.chain)
        day = min(max(today.toordinal(), self.case.first), self.case.last)
        return Counts(date.fromordinal(day), self.case, self.chain)

    @property
    def counted(self) -> Counted | None:
        """How the law's days are counted; None while it isn't known how many days came before, or only how many at least."""
        if self.case is None or self.chain is None or self.days.at_least:
            return None
        first, last = date.fromordinal(self.case.first), date.fromordinal(self.case.last)
        return Counted(first, last, self.chain.days, self.chain.before, open=not self.days.planned)

    @property
    def entered(self) -> Earlier | None:
        """How the earlier days would be entered by what certificates tell; None where they tell nothing, or while nobody
        knows whether what will be planned belongs to them.
        """
        if not (self.certificates and self.days.planned):
            return None
        known = covered_days(self.days.periods + self.days.known) - self.days.planned
        return Earlier(had=True, since=self.since, days=known)


def compared(
    draft: Consultation,
    certificates: Iterable[Certificate],
    *,
    on: date | None = None,
    leaving_out: Collection[str] = (),
    gap: int = REHABSTOD_GAP,
    before: Iterable[DaysBefore] = (),
    reduced: Iterable[StillReduced] = (),
) -> Compared:
    """`certificates` are the patient's that count (`cases.counted`); `leaving_out` are ids of the draft's own and of the
    one that it replaces or complements. Without any the days are those of the draft (`Consultation.day_counts`). While
    the draft has no days, those of the case and the chain that `on` lies in are told: it may go on with them.
    """
    others = [each for each in certificates if each.id not in leaving_out]
    own = Certificate(signed=datetime.max.replace(tzinfo=UTC), periods=draft.periods)  # what is planned goes before all
    anchor = min((p.first for p in draft.periods), default=on)
    mine = [case for case in cases_of([*others, own], gap) if own in case.certificates or _goes_on(case, own, on, gap)]
    earlier = [each for each in others if any(each in case.certificates for case in mine)]
    known = tuple(p for each in earlier for p in each.periods if any(case.active(p.first) for case in mine))
    if not covered_days(draft.periods + known) > covered_days(draft.periods):
        earlier, known = [], ()
    days = _days(draft, known)
    sick = sick_days([*others, own])
    chain = _chain(days, sick, chains_of(sick, reduced), before, anchor)
    return Compared(
        days=days,
        chain=chain,
        since=min((case.start for case in mine), default=None),
        certificates=earlier,
        by_degree=_by_degree(mine),
        contradicts=bool(known and draft.periods) and draft.earlier is not None and not draft.earlier.had,
        case=_case(days, mine),
        gaps=_gaps(sick, chain) if chain else (),
    )


def _goes_on(case: Case, own: Certificate, on: date | None, gap: int) -> bool:
    """Whether sick leave that began on the day would be of the case, while nothing is planned yet."""
    return on is not None and not own.periods and case.days.first <= on.toordinal() <= case.days.last + gap + 1


def _days(draft: Consultation, known: tuple[Period, ...]) -> DayCounts:
    """The larger of what was entered and what is known: a renewal has entered what the certificates told."""
    entered = draft.day_counts
    if not known:
        return entered
    told = covered_days(draft.periods + known) - entered.planned
    return entered.changed(
        earlier=max(told, entered.earlier or 0),
        known=known,
        at_least=entered.earlier is None,
    )


def _chain(
    days: DayCounts, sick: Days, chains: Sequence[Chain], before: Iterable[DaysBefore], anchor: date | None
) -> Chain | None:
    """The chain that the draft goes on with on the day, after what was entered beyond the certificates.

    Entered days may be those of any certificate since their first day, also of an earlier case: none is counted twice.
    """
    found = chain_at(chains, anchor) if anchor else None
    if found is None:
        return None
    since = days.since.toordinal() if days.since else found.days.first
    told = sick.within(max(since, found.days.first), found.days.last).count
    found = found.after(before)
    return Chain(found.days, max(found.before, days.planned + (days.earlier or 0) - told, 0))


def _case(days: DayCounts, mine: Sequence[Case]) -> Days | None:
    """The days of the case, what was entered beyond the certificates right before the first that is known."""
    if days.earlier is None or not mine:
        return None
    found = union(run for case in mine for run in case.days.runs)
    beyond = min(max(days.planned + days.earlier - found.count, 0), found.first - 1)
    return union([(found.first - beyond, found.first - 1), *found.runs]) if beyond else found


def _gaps(sick: Days, chain: Chain) -> Sequence[tuple[date, date]]:
    """Between sick days by certificates, in the chain and right before it."""
    pairs = ((one[1] + 1, two[0] - 1) for one, two in pairwise(sick.runs))
    return [
        (date.fromordinal(first), date.fromordinal(last))
        for first, last in pairs
        if chain.days.first <= last + 1 <= chain.days.last and last - first < LONGEST_GAP
    ]


def _by_degree(cases: Iterable[Case]) -> Mapping[Degree, int]:
    found: dict[Degree, int] = {}
    for case in cases:
        for degree, days in case.by_degree.items():
            found[degree] = found.get(degree, 0) + days
    return found
