"""The part of the store's door that is about follow-ups."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from fmstod.domain.due import DueCase, Watched
from fmstod.domain.followup import FollowUp, StoredFollowUp
from fmstod.domain.leave import Stop
from fmstod.domain.procedure import Procedure
from fmstod.sickleave.groups import Standing


class FollowUps(Protocol):
    """Each change is one transaction with its log row. A case has one draft at most."""

    def of(self, case: str) -> tuple[StoredFollowUp, ...]:
        """All of a case, oldest first, the draft last. It belongs to a case that is open: that it was read is logged."""

    def save(self, followup: FollowUp, version: int) -> int:
        """Save a draft and return its new version; 0 makes it. Raises StaleRecord, NotAllowed."""

    def discard(self, followup: str, version: int) -> None:
        """Remove a draft. Raises StaleRecord, NotAllowed."""

    def finish(self, followup: FollowUp, version: int, procedures: Sequence[Procedure]) -> None:
        """Freeze it, with AW026. Told again of one that is done as it is, nothing happens. Raises StaleRecord, NotAllowed."""

    def close(self, case: str, no_plan: str = "") -> None:
        """End the sick leave as the last follow-up says. Without a plan a reason is needed. Raises NotAllowed."""

    def watched(self, today: date) -> tuple[Watched, ...]:
        """The signed cases that hold and aren't renewed or closed; how the sick leave is counted of those that run today.

        Nobody is named, and nothing is logged.
        """

    def standings(self, of: Sequence[str]) -> Mapping[str, tuple[Standing, tuple[Stop, ...]]]:
        """What decides what the law's days ask of these cases, and what was set for them. Nobody is named, nothing logged."""

    def named(self, of: Sequence[str]) -> Mapping[str, DueCase]:
        """Who these cases are about, by their ids. Logged as a list."""

    def plan_after(self) -> int:
        """From which day of sick leave a plan is missed."""

    def choose_plan_after(self, days: int) -> None:
        """From 1 to 365. Raises NotAllowed."""
