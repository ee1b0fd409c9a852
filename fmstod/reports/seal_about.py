"""What a unit's own seal says of itself, to compare with the seal of a file."""

from datetime import date
from typing import NamedTuple

from cryptography import x509
from cryptography.x509.oid import NameOID

from fmstod.clock import SWEDEN
from fmstod.reports.seal_check import fingerprint


class SealAbout(NamedTuple):
    """Whose, its control number, and the days on which it may be used, both included."""

    unit: str
    fingerprint: str
    first: date
    last: date


def about(certificate: bytes) -> SealAbout:
    """Of a certificate (DER) that the store made."""
    held = x509.load_der_x509_certificate(certificate)
    days = [moment.astimezone(SWEDEN).date() for moment in (held.not_valid_before_utc, held.not_valid_after_utc)]
    name = held.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    return SealAbout(str(name), fingerprint(certificate), days[0], days[1])
