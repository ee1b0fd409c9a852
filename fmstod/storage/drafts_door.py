"""The part of the store's door that is about drafts: how long one is open, and how it ends without a certificate."""

from typing import Protocol


class Drafts(Protocol):
    """Each step is one transaction with its log row.

    Each raises NotAllowed with the reason that `transitions.refusal` gives, KeyError for a case that isn't there.
    """

    def mark_ready(self, case: str, version: int) -> None:
        """The draft waits for its signature; it can still be changed. Raises StaleRecord."""

    def end(self, case: str, version: int) -> None:
        """The assessment is done, and there is to be no sick leave: from now on the draft is read. Raises StaleRecord."""

    def reopen(self, case: str) -> None:
        """It can be written again, until the time of any draft is out."""

    def lock_after(self) -> int:
        """After how many days a draft is locked."""

    def choose_lock_after(self, days: int) -> None:
        """From one day to fourteen. What is locked stays locked. Raises NotAllowed."""
