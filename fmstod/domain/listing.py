"""Which part of the list of cases is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from fmstod.domain.due import WEEK, Missing, Watched, is_active, missing


class Which(StrEnum):
    """What ended without a certificate is among all alone. The signed ones have a signed certificate; of these, those that run and have no plan, are active, or soon end."""

    ALL = "all"
    DRAFTS = "drafts"
    SIGNED = "signed"
    NO_PLAN = "no_plan"
    ACTIVE = "active"
    ENDS = "ends"


class Standing(NamedTuple):
    """How sick leave stands, by ids of cases: the active ones with their next day; the others, the longest first."""

    active: Mapping[str, date] = {}
    no_plan: Sequence[str] = ()
    ends: Sequence[str] = ()

    def of(self, which: Which) -> Sequence[str] | None:
        """The cases of this part; None for a part that isn't about how they stand."""
        named = {Which.NO_PLAN: self.no_plan, Which.ACTIVE: tuple(self.active), Which.ENDS: self.ends}
        return named.get(which)


def standing(cases: Iterable[Watched], today: date) -> Standing:
    """Of what isn't over: what lies ahead may lack a plan too."""
    going = sorted((case for case in cases if case.last >= today), key=lambda case: (case.since, case.id))
    return Standing(
        active={case.id: case.next for case in going if case.next and is_active(case, today)},
        no_plan=tuple(case.id for case in going if Missing.PLAN in missing(case)),
        ends=tuple(case.id for case in going if case.first <= today and case.last <= today + WEEK),
    )


class Wanted(NamedTuple):
    """The first `most` cases, drafts first, then the latest change first; every word of `find` stands in the case.

    With them come the cases `also`, wherever they are in the list; with none of the list they come alone.
    """

    find: str = ""
    which: Which = Which.ALL
    most: int = 200
    standing: Standing = Standing()
    also: Sequence[str] = ()
