"""Keys for seals in tests, and papers sealed with them."""

from datetime import UTC, datetime

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko_certvalidator import ValidationContext

from fmstod.reports.seal import seal
from fmstod.storage.seal_key import new_seal, usable

AT = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
UNIT = "Exempelvårdcentralen"
_DRAWN = iter(range(1, 1 << 30))


def draw(length):
    """Chance that never repeats in a run, and is the same in every run."""
    return next(_DRAWN).to_bytes(8).rjust(length, b"\x5a")


def new_key(unit=UNIT, at=AT):
    """A seal as a store makes it."""
    return usable(*new_seal(unit, at, draw))


def sealed(pdf, key=None):
    key = key or new_key()
    return seal(pdf, key.certificate, key.sign, AT)


def trust_in(certificate):
    """What pyHanko is to trust: this certificate, at the time of the record, and nobody on a net."""
    roots = list(load_certs_from_pemder_data(certificate))
    return ValidationContext(trust_roots=roots, moment=AT, allow_fetching=False)
