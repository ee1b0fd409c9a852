"""The four counts of the days of sick leave, D1 to D4, each with its name and its rule (sickleave.md 1.4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fmstod.domain.leave import DaysBefore, StillReduced
from fmstod.domain.record import Record
from fmstod.sickleave.cases import REHABSTOD_GAP, Certificate, sick_days
from fmstod.sickleave.chain import Chain, chain_at, chains_of
from fmstod.sickleave.days import Days


class Count(StrEnum):
    LENGTH = "D1"
    SINCE_START = "D2"
    CALENDAR_DAY = "D3"
    CHAIN_DAY = "D4"


class CountRule(Record):
    """What one count is called, how it is said (`days` goes in) and counted, and who counts so.

    `planned` says the same of the last planned day, where that is another number. `valid_to` is the last day it held.
    """

    id: Count
    label: str
    said: str
    planned: str = ""
    rule: str
    source: str
    valid_from: date
    valid_to: date | None = None


class CountFile(Record):
    count: tuple[CountRule, ...]


class Told(Record):
    """One count as it is shown. It is never shown without its label, and its rule and source are always at hand."""

    id: Count
    label: str
    days: int
    said: str
    planned: str
    rule: str
    source: str


@dataclass(frozen=True, slots=True)
class Counts:
    """The days on one day: of the case that is active then and of the chain that the day lies in, None without one.

    Beyond the active case's end its counts say nothing; the chain goes on for 90 days.
    """

    on: date
    case: Days | None
    chain: Chain | None

    @property
    def days(self) -> Mapping[Count, int]:
        """Each count that there is. The chain's is a lowest estimate: certificates elsewhere aren't known here."""
        found: dict[Count, int] = {}
        if self.case:
            since = self.on.toordinal() - self.case.first
            found |= {Count.LENGTH: self.case.count, Count.SINCE_START: since, Count.CALENDAR_DAY: since + 1}
        if self.chain:
            found[Count.CHAIN_DAY] = self.chain.day(self.on)
        return found

    @property
    def planned(self) -> Mapping[Count, int]:
        """The counts on the last planned day, where that is another day than today."""
        return {Count.CHAIN_DAY: self.chain.total} if self.chain and self.chain.end > self.on else {}


def count(
    certificates: Sequence[Certificate],
    on: date,
    *,
    gap: int = REHABSTOD_GAP,
    before: Iterable[DaysBefore] = (),
    reduced: Iterable[StillReduced] = (),
) -> Counts:
    """The counts of one patient. A gap marked as still reduced belongs to the chain alone: Rehabstöd doesn't know it."""
    days, day = sick_days(certificates), on.toordinal()
    active = next((part for part in days.parts(gap) if part.first <= day <= part.last), None)
    chain = chain_at(chains_of(days, reduced), on)
    return Counts(on, active, chain.after(before) if chain else None)


def read_counts(content: Mapping[str, object]) -> tuple[CountRule, ...]:
    """The counts from parsed TOML (`resources/law/day_counts.toml`). Raises pydantic's ValidationError (a ValueError)."""
    return CountFile.model_validate(content).count


def told(counts: Counts, rules: Iterable[CountRule]) -> Sequence[Told]:
    """The counts as they are shown, in the order of the rules that hold on the day."""
    return [
        Told(
            id=rule.id,
            label=rule.label,
            days=counts.days[rule.id],
            said=rule.said.format(days=counts.days[rule.id]),
            planned=rule.planned.format(days=counts.planned[rule.id]) if rule.id in counts.planned else "",
            rule=rule.rule,
            source=rule.source,
        )
        for rule in rules
        if rule.id in counts.days and rule.valid_from <= counts.on <= (rule.valid_to or date.max)
    ]
