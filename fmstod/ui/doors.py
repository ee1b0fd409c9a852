"""Ways out of the window to what the clinic has read in. The owner of the window makes them; tests give their own."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fmstod.knowledge.codes import Edition
from fmstod.knowledge.search.register_text import Progress


class CodeReport(Protocol):
    """What an import of codes did; the numbers compare it with `before`, the edition known until then."""

    @property
    def edition(self) -> Edition: ...
    @property
    def codes(self) -> int: ...
    @property
    def before(self) -> Edition | None: ...
    @property
    def added(self) -> int: ...
    @property
    def removed(self) -> int: ...
    @property
    def renamed(self) -> int: ...


@dataclass(frozen=True)
class Register:
    """An edition of ICD-10-SE that has been read in, and its number of codes."""

    edition: Edition
    codes: int


@dataclass(frozen=True)
class CodeDoor:
    """`registers` are the editions read in, by the day they hold from; `unreadable` the files that turned out damaged.

    `read_in` takes the files of one edition, its year, the progress to tell, and the doubts to pass over. It runs in a
    thread, and raises the errors of an import of codes.
    """

    registers: Callable[[], Sequence[Register]]
    unreadable: Callable[[], Sequence[str]]
    read_in: Callable[[Sequence[Path], str, Progress, Collection[str]], CodeReport]
