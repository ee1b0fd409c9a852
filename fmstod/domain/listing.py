"""Which part of the list of cases is asked for."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Which(StrEnum):
    """The signed ones have a signed certificate."""

    ALL = "all"
    DRAFTS = "drafts"
    SIGNED = "signed"


class Wanted(NamedTuple):
    """The first `most` cases, drafts first, then the latest change first; every word of `find` stands in the case.

    With them comes what waits in all cases: follow-ups until a day, `until`, and plans where `plans` says that a case of
    this form has one.
    """

    until: date
    plans: Callable[[tuple[str, str]], bool]
    find: str = ""
    which: Which = Which.ALL
    most: int = 200
