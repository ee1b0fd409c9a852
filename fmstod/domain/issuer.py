"""Who issues: the physician and the unit, frozen into each signed document."""

import re
from datetime import date

from fmstod.domain.patient import Identity, read_identity
from fmstod.domain.record import Record

OPTIONAL = frozenset({"physician.specialty", "physician.hsa_id", "unit.workplace"})
# How it is written, by place; what isn't here is any words.
_WRITTEN = {
    "physician.hsa_id": re.compile(r"SE\d{10}-[0-9A-Z]{1,20}", re.ASCII),
    "unit.workplace": re.compile(r"[0-9A-Za-z-]{1,20}", re.ASCII),
    "unit.postcode": re.compile(r"\d{3} ?\d{2}", re.ASCII),  # UN-2
    "unit.phone": re.compile(r"\+?[\d ()/-]{5,20}", re.ASCII),
}


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


def accepted(place: str, words: str, today: date) -> bool:
    """Whether `words` can stand at `physician.number`, `unit.phone`."""
    if not words:
        return place in OPTIONAL
    if place == "physician.number":
        return isinstance(read_identity(words, today), Identity)
    return place not in _WRITTEN or _WRITTEN[place].fullmatch(words) is not None


def comparable(physician: Physician, today: date) -> Physician:
    """With the own number in the one way of writing in which patients' are kept, where it is one."""
    found = read_identity(physician.number, today)
    return physician.changed(number=found.number) if isinstance(found, Identity) else physician
