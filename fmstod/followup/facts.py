"""What of a consultation decides what can be suggested for its plan."""

from collections.abc import Iterator
from datetime import date

from fmstod.domain.answers import IcfText
from fmstod.domain.consultation import Consultation
from fmstod.domain.icd import normalise
from fmstod.domain.period import Period
from fmstod.domain.record import Record
from fmstod.domain.work import EMPLOYED, Ability, Work, occupations_of
from fmstod.followup.catalogue import Phase

LONG = 60  # days; more than that is expected: "över 60 dagar"


class Facts(Record):
    """What suggestions go by. `codes` without dots, the main diagnosis first; `limited` are ICF categories d.

    `days` is how many days the sick leave lasts to its planned end, earlier ones counted too; None: nobody knows.
    `occupations` are codes of KV_FKMU_0002.
    """

    codes: tuple[str, ...] = ()
    work: Work = Work()
    occupations: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    limited: tuple[str, ...] = ()
    days: int | None = None
    extension: bool = False

    @property
    def phases(self) -> frozenset[Phase]:
        return frozenset(self._phases())

    def _phases(self) -> Iterator[Phase]:
        yield "extension" if self.extension else "first"
        if (self.days or 0) > LONG:
            yield "long"

    @property
    def last(self) -> date | None:
        """The last planned day."""
        return max((period.last for period in self.periods), default=None)

    def rated(self, demand: str) -> Ability | None:
        """What the patient manages of a demand; CANNOT and PARTLY before nothing said. None also for no such demand."""
        return next((each.ability for each in self.work.demands if each.key == demand), None)

    def hindered(self) -> Iterator[str]:
        """The demands that aren't managed, then those that are partly, then those of which nothing is said."""
        for ability in (Ability.CANNOT, Ability.PARTLY, None):
            yield from (each.key for each in self.work.demands if each.ability is ability)


def facts_of(
    consultation: Consultation,
    *,
    days: int | None = None,
    extension: bool = False,
) -> Facts:
    """The facts of a consultation.

    Where the form doesn't ask for the occupation, whoever has described a work has one.
    `days` defaults to those of its own periods and earlier ones; planned days alone where nobody has said how many came
    before.
    """
    counts = consultation.day_counts
    described = (value for value in consultation.answers.values() if isinstance(value, IcfText))
    return Facts(
        codes=tuple(normalise(code) for code in consultation.codes),
        work=consultation.work,
        occupations=occupations_of(consultation.answers) or ((EMPLOYED,) if _has_work(consultation.work) else ()),
        periods=consultation.periods,
        limited=tuple(
            rating.code
            for each in described
            for rating in each.icf
            if rating.code.startswith("d") and rating.severity != 0
        ),
        days=days if days is not None else (counts.planned if counts.total is None else counts.total),
        extension=extension or bool(counts.earlier),
    )


def _has_work(work: Work) -> bool:
    return bool(work.occupation.strip() or work.tasks.strip() or work.demands)
