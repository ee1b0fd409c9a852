"""The key of the unit's seal and its certificate: self-signed, naming the unit and nothing else.

A certificate holds for three years and for one name; then there is a new one with a new key. Certificates are kept for
good, to know one's own papers by; of the keys only the present one is left.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from fmstod.storage.store import SealKey
from fmstod.storage.tables import seal_keys, seals

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve's group (SEC 2, 2.4.2)
DRAWN = 40  # bytes of chance: 64 bits more than the key has, so that no key is likelier (FIPS 186-5, A.2.1)
VALID = timedelta(days=3 * 365)
LONGEST = 64  # bytes of a common name (RFC 5280, ub-common-name)
NAMELESS = "fmstod"


def current(db: sa.Connection, unit: str, at: datetime) -> SealKey | None:
    """The seal that holds for this name at this instant, if there is one."""
    chosen = sa.select(seals.c.certificate, seal_keys.c.secret).join(seal_keys).where(seals.c.unit == unit)
    row = db.execute(chosen).one_or_none()
    if row is None:
        return None
    certificate = x509.load_der_x509_certificate(row.certificate)
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        return None
    return usable(row.certificate, row.secret)


def make(db: sa.Connection, unit: str, at: datetime, draw: Callable[[int], bytes]) -> SealKey:
    """A new seal from `at` on, in the place of the one before. `draw` gives so many bytes of chance."""
    certificate, secret = new_seal(unit, at, draw)
    made = db.execute(sa.insert(seals).returning(seals.c.id), {"unit": unit, "certificate": certificate}).scalar_one()
    db.execute(sa.delete(seal_keys))
    db.execute(sa.insert(seal_keys), {"id": 1, "seal": made, "secret": secret})
    return usable(certificate, secret)


def new_seal(unit: str, at: datetime, draw: Callable[[int], bytes]) -> tuple[bytes, bytes]:
    """A certificate and the key in it. Nothing is written."""
    secret = int.from_bytes(draw(DRAWN)) % (ORDER - 1) + 1
    serial = int.from_bytes(draw(16)) >> 1
    return _certificate(unit, at, ec.derive_private_key(secret, CURVE), serial), secret.to_bytes(32)


def usable(certificate: bytes, secret: bytes) -> SealKey:
    key = ec.derive_private_key(int.from_bytes(secret), CURVE)
    # Deterministic (RFC 6979): the same paper is sealed with the same bytes, and no bad chance gives the key away.
    way = ec.ECDSA(SHA256(), deterministic_signing=True)
    return SealKey(certificate, lambda data: key.sign(data, way))


def certificates(db: sa.Connection) -> tuple[bytes, ...]:
    """All that this store has ever sealed with, oldest first."""
    return tuple(db.execute(sa.select(seals.c.certificate).order_by(seals.c.id)).scalars())


def _certificate(unit: str, at: datetime, key: ec.EllipticCurvePrivateKey, serial: int) -> bytes:
    """DER, signed with its own key."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _common_name(unit))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial or 1)
        .not_valid_before(at)
        .not_valid_after(at + VALID)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, SHA256(), ecdsa_deterministic=True)
    )
    return made.public_bytes(Encoding.DER)


def _usage() -> x509.KeyUsage:
    """For signatures, also such as one stands for; for nothing else."""
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _common_name(unit: str) -> str:
    """The unit's name in one line, as much of it as a certificate holds."""
    shown = "".join(char if char.isprintable() else " " for char in unit)
    words = " ".join(shown.split()).encode()
    return words[:LONGEST].decode(errors="ignore").strip() or NAMELESS
