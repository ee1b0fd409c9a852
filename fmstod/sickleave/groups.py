"""For whom the law's days read otherwise: groups by occupation, by age and by what was told (`resources/law/groups.toml`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import model_validator

from fmstod.domain.record import Record

EMPLOYED, AS_NEEDED, SELF_EMPLOYED, SPECIAL_CASE = "employed", "as_needed", "self_employed", "special_case"
NEAR_PENSION, PAST_PENSION = "near_pension", "past_pension"


class Group(Record):
    """People for whom some of the days read otherwise. `occupation` is a code of KV_FKMU_0002.

    `told`: the certificate doesn't ask for it, so that somebody has to say it.
    """

    key: str
    label: str
    occupation: str = ""
    told: bool = False


class Reading(Record):
    """What days mean for groups instead. None is as for everyone; an empty sentence is nothing to say.

    `applies` is False where the law asks for nothing then, and `why_not` tells why. Both ends of its validity count.
    """

    groups: tuple[str, ...]
    days: tuple[int, ...]
    applies: bool = True
    caption: str | None = None
    physician: str | None = None
    patient: str | None = None
    employer: str | None = None
    why_not: str = ""
    source: str | None = None
    valid_from: date = date.min
    valid_to: date = date.max
    uncertain: str | None = None

    @model_validator(mode="after")
    def _says_why_not(self) -> "Reading":
        if not self.applies and not (self.why_not and self.caption):
            raise ValueError(f"{self.groups}, {self.days}: a day that doesn't apply says why not")
        return self


class PensionAge(Record):
    """In whole years: when income-based pension can first be taken, and guaranteed pension. Both ends count."""

    valid_from: date
    valid_to: date = date.max
    earliest: int
    guarantee: int
    source: str
    uncertain: str = ""


class Groups(Record):
    """What `resources/law/groups.toml` holds."""

    group: tuple[Group, ...]
    reading: tuple[Reading, ...]
    pension: tuple[PensionAge, ...]

    @model_validator(mode="after")
    def _names_fit(self) -> "Groups":
        keys = [group.key for group in self.group]
        if len(set(keys)) < len(keys):
            raise ValueError("a group stands twice")
        seen: set[tuple[str, int]] = set()
        for reading in self.reading:
            for at in ((key, day) for key in reading.groups for day in reading.days):
                if at[0] not in keys or at in seen:
                    raise ValueError(f"{at[0]}, day {at[1]}: the group isn't known, or the day stands twice")
                seen.add(at)
        return self

    def label(self, key: str) -> str:
        return next(group.label for group in self.group if group.key == key)


class Standing(Record):
    """What decides which groups a patient belongs to. Without any occupation the patient counts as employed."""

    occupations: tuple[str, ...] = ()
    told: frozenset[Literal["self_employed", "as_needed", "special_case"]] = frozenset()
    born: date | None = None


class Read(Record):
    """The group whose rules hold for a day, and how it reads for them; no reading: as for everyone."""

    group: str
    reading: Reading | None = None

    @property
    def applies(self) -> bool:
        return self.reading is None or self.reading.applies


def read_for(law: Groups, standing: Standing, day: int, on: date) -> Read:
    """How the law's day `day`, which is the date `on`, reads for the patient.

    With several occupations each has its own rules: it applies when it does for one of them.
    """
    found = [_first(law, ways, day, on) for ways in groups_of(law, standing, on)]
    return next((read for read in found if read.applies), found[0])


def groups_of(law: Groups, standing: Standing, on: date) -> Sequence[Sequence[str]]:
    """The patient's groups on a day: for each occupation its own, those that go before it first."""
    age = pension_step(law.pension, standing.born, on)
    return [[*_before(standing, base, age), base] for base in _bases(law, standing)]


def pension_step(ages: Iterable[PensionAge], born: date | None, on: date) -> str:
    """NEAR_PENSION, PAST_PENSION, or empty: younger than both, or nobody knows."""
    age = next((each for each in ages if each.valid_from <= on <= each.valid_to), None)
    if born is None or age is None:
        return ""
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if years < age.earliest:
        return ""
    return NEAR_PENSION if years < age.guarantee else PAST_PENSION


def _bases(law: Groups, standing: Standing) -> Sequence[str]:
    if SPECIAL_CASE in standing.told:
        return [SPECIAL_CASE]
    by_code: Mapping[str, str] = {group.occupation: group.key for group in law.group if group.occupation}
    found = [by_code[code] for code in standing.occupations if code in by_code] or [EMPLOYED]
    found.sort(key=lambda key: key != EMPLOYED)
    return [SELF_EMPLOYED if key == EMPLOYED and SELF_EMPLOYED in standing.told else key for key in found]


def _before(standing: Standing, base: str, age: str) -> Iterator[str]:
    """What goes before an occupation's own rules. Near pension holds for those who have an employer (27:49 d)."""
    if age == PAST_PENSION or (age == NEAR_PENSION and base == EMPLOYED):
        yield age
    if base == EMPLOYED and AS_NEEDED in standing.told:
        yield AS_NEEDED


def _first(law: Groups, ways: Sequence[str], day: int, on: date) -> Read:
    """The first of the groups that has a reading of the day; else the occupation's own group, as for everyone."""
    for key in ways:
        for reading in law.reading:
            if key in reading.groups and day in reading.days and reading.valid_from <= on <= reading.valid_to:
                return Read(group=key, reading=reading)
    return Read(group=ways[-1])
