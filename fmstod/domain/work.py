"""The patient's work and its demands, against which activity limitation is judged (R001-6)."""

from enum import StrEnum

from fmstod.domain.record import Record


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
