"""The part of the store's door that the checker of quality needs: counts and choices of this unit, nothing of anyone."""

from collections.abc import Mapping
from typing import Protocol


class Checker(Protocol):
    """A rule is named by its id."""

    def kept(self) -> Mapping[str, int]:
        """How often what a rule said was kept as it was."""

    def count_kept(self, rule: str, by: int = 1) -> None:
        """Once more, or once less where it was taken back; never below none."""

    def muted(self) -> frozenset[str]:
        """The rules that the unit doesn't want to hear."""

    def mute(self, rule: str, *, muted: bool) -> None: ...

    def asked(self) -> Mapping[str, int]:
        """How often Försäkringskassan has asked for complements here, by group of questions."""
