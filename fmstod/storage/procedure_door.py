"""The part of the store's door that is about KVÅ codes."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol, TypeAlias

from fmstod.domain.code_page import CodePage, Receiver
from fmstod.domain.due import DueCase
from fmstod.domain.procedure import Coverage, MonthCount, Procedure, Registered

# Given the codes and who they are about: entered to make ready what leaves, left to let it go.
CodeWay: TypeAlias = Callable[[Sequence[Registered], Mapping[str, DueCase]], AbstractContextManager[None]]


class Procedures(Protocol):
    """A code is recorded once for what gave it, and never removed. Days are included, both; None is no limit."""

    def register(self, case: str, procedure: Procedure) -> None:
        """Coordination of a signed case. Told again of the same contact, nothing happens. Raises KeyError, NotAllowed."""

    def revoke(self, procedure: str, reason: str) -> None:
        """It was a mistake. Raises KeyError, NotAllowed without a reason or when it is revoked already."""

    def of(self, case: str) -> tuple[Registered, ...]:
        """Those of a case that stands open: that it was read is logged."""

    def between(self, first: date | None = None, last: date | None = None) -> tuple[Registered, ...]:
        """All on these days in time order; the revoked ones too. Logged as a list."""

    def page(self, first: date | None, last: date | None, start: int = 0) -> CodePage:
        """The `PAGE` codes after the first `start`, the revoked ones too. Logged as a list of their cases."""

    def sums(self, first: date | None, last: date | None) -> tuple[Sequence[MonthCount], Coverage]:
        """How many there are, and of what. Nobody is named and nothing logged."""

    def leave(self, first: date | None, last: date | None, to: Receiver, way: CodeWay, *, copied: bool = False) -> None:
        """Let all of these days out to a file, or copied, to somebody; nothing goes without its row in the log.

        What fails on the way (CannotWrite) is logged as failed.
        """
