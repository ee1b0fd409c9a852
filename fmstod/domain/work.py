"""The patient's work and its demands, against which activity limitation is judged (R001-6)."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from pydantic import model_validator

from fmstod.domain.record import Record

EMPLOYED = "NUVARANDE_ARBETE"
OCCUPATIONS = frozenset({EMPLOYED, "ARBETSSOKANDE", "FORALDRALEDIG", "STUDIER"})  # KV_FKMU_0002


def occupations_of(answers: Mapping[str, object]) -> tuple[str, ...]:
    """What work capacity is judged against, whichever question of a form asks for it; empty where nobody has said."""
    chosen = (value for value in answers.values() if isinstance(value, tuple) and value)
    return next((value for value in chosen if all(isinstance(v, str) and v in OCCUPATIONS for v in value)), ())


class Ability(StrEnum):
    CAN = "can"
    PARTLY = "partly"
    CANNOT = "cannot"


class Demand(Record):
    """One demand of the work: a key of `resources/work.toml`, an own note to it, and what the patient manages."""

    key: str
    note: str = ""
    ability: Ability | None = None


class Work(Record):
    """Occupation, what is done there, and its demands. `load` is a key of FMB's three levels or empty."""

    occupation: str = ""
    extent: str = ""
    tasks: str = ""
    load: str = ""
    demands: tuple[Demand, ...] = ()


class Named(Record):
    """A key and what people call it."""

    key: str
    label: str


class DemandGroup(Record):
    key: str
    label: str
    demands: tuple[Named, ...]


class DemandCatalogue(Record):
    """What `resources/work.toml` holds: levels of physical load and the demands to choose from, in groups."""

    loads: tuple[Named, ...]
    groups: tuple[DemandGroup, ...]

    @model_validator(mode="after")
    def _keys_are_unique(self) -> "DemandCatalogue":
        keys = [demand.key for demand in self.demands()]
        if twice := {key for key in keys if keys.count(key) > 1}:
            raise ValueError(f"demands stand twice: {', '.join(sorted(twice))}")
        return self

    def demands(self) -> Iterator[Named]:
        """All demands in the order of the file."""
        for group in self.groups:
            yield from group.demands

    def phrases(self) -> Mapping[str, str]:
        """The labels as sentences by key: `demand.<key>` and `load.<key>`, for drafts of text."""
        return {f"demand.{d.key}": d.label for d in self.demands()} | {f"load.{n.key}": n.label for n in self.loads}


def load_demands(content: Mapping[str, object]) -> DemandCatalogue:
    """The catalogue from parsed TOML. Raises pydantic's ValidationError (a ValueError) that names the place."""
    return DemandCatalogue.model_validate(content)
