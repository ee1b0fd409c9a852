"""Who issues: the physician and the unit, frozen into each signed document."""

from fmstod.domain.record import Record


class Physician(Record):
    """The user. `number` is the own personal number, kept to refuse certificates for oneself (rule ADM-01)."""

    name: str = ""
    title: str = ""
    specialty: str = ""
    hsa_id: str = ""
    number: str = ""


class Unit(Record):
    """The care unit: `workplace` is the arbetsplatskod, `provider` the vårdgivare."""

    name: str = ""
    provider: str = ""
    workplace: str = ""
    address: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""


class Issuer(Record):
    physician: Physician = Physician()
    unit: Unit = Unit()
