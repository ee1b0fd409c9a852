"""The unit's seal: made once, kept in the encrypted store, for one name and some years, and nothing of a patient in it."""

import os
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from fmstod.storage.engine import connect
from fmstod.storage.folder import DATABASE
from fmstod.storage.seal_key import VALID, new_seal
from tests.storage.sample import log_of, reopened, secret_of

AT = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
UNIT = "Backens vårdcentral"


def certificate_of(key):
    return x509.load_der_x509_certificate(key.certificate)


def proves(key, signature, data):
    certificate_of(key).public_key().verify(signature, data, ec.ECDSA(SHA256()))


def test_the_seal_is_made_at_the_first_need_and_is_the_same_ever_after(store, folder):
    assert store.seals() == ()
    key = store.seal_key(UNIT, AT, os.urandom)
    assert store.seal_key(UNIT, AT + timedelta(days=400), os.urandom).certificate == key.certificate
    store.close()
    again = reopened(folder)
    later = again.seal_key(UNIT, AT + timedelta(days=900), os.urandom)
    assert later.certificate == key.certificate
    proves(key, later.sign(b"papper"), b"papper")
    with pytest.raises(InvalidSignature):
        proves(key, later.sign(b"papper"), b"Papper")
    assert again.seals() == (key.certificate,)
    again.close()


def test_the_certificate_names_the_unit_and_nothing_else_and_signs_itself(store):
    found = certificate_of(store.seal_key(UNIT, AT, os.urandom))
    assert found.subject.rfc4514_string() == found.issuer.rfc4514_string() == f"CN={UNIT}"
    found.verify_directly_issued_by(found)
    assert isinstance(found.public_key(), ec.EllipticCurvePublicKey)
    assert found.public_key().curve.name == "secp256r1"
    assert (found.not_valid_before_utc, found.not_valid_after_utc) == (AT, AT + VALID)
    usage = found.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert not usage.value.key_cert_sign
    assert not found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_making_one_is_logged_and_using_it_again_is_not(store):
    store.seal_key(UNIT, AT, os.urandom)
    store.seal_key(UNIT, AT, os.urandom)
    assert [row["activityType"] for row in log_of(store) if row["reason"] == "seal"] == ["Skriva"]


@pytest.mark.parametrize(
    ("unit", "at"),
    [
        ("Dalens vårdcentral", AT),
        (UNIT, AT + VALID + timedelta(seconds=1)),
        (UNIT, AT - timedelta(seconds=1)),  # a clock that was set back
    ],
)
def test_another_name_or_an_instant_outside_its_years_gets_a_seal_of_its_own(store, unit, at):
    first = store.seal_key(UNIT, AT, os.urandom)
    second = store.seal_key(unit, at, os.urandom)
    assert second.certificate != first.certificate
    assert certificate_of(second).public_key() != certificate_of(first).public_key()
    assert certificate_of(second).not_valid_before_utc <= at <= certificate_of(second).not_valid_after_utc
    assert store.seals() == (first.certificate, second.certificate)


def test_a_seal_holds_on_the_last_second_of_its_years(store):
    first = store.seal_key(UNIT, AT, os.urandom)
    assert store.seal_key(UNIT, AT + VALID, os.urandom).certificate == first.certificate


def test_only_the_key_of_the_present_seal_is_kept(store):
    for unit in ("A", "B", "A"):
        store.seal_key(unit, AT, os.urandom)
    with store._db.begin():
        assert len(store._db.exec_driver_sql("SELECT secret FROM seal_keys").all()) == 1
    assert len(store.seals()) == 3


@pytest.mark.parametrize("act", ["UPDATE seals SET unit = 'x'", "DELETE FROM seals"])
def test_a_certificate_that_papers_were_sealed_with_is_never_changed_or_removed(store, act):
    store.seal_key(UNIT, AT, os.urandom)
    with pytest.raises(sa.exc.IntegrityError, match="frozen"), store._db.begin():
        store._db.exec_driver_sql(act)


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("", "fmstod"),
        (" \n\t", "fmstod"),
        ("Norra\nvården\x00 \u202e", "Norra vården"),
        ("Å" * 500, "Å" * 32),
        ("lång " * 20, ("lång " * 20).encode()[:64].decode().strip()),
    ],
)
def test_any_name_of_a_unit_fits_in_a_certificate(store, unit, shown):
    found = certificate_of(store.seal_key(unit, AT, os.urandom))
    assert found.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value == shown


def test_the_key_lies_in_no_file_in_the_open(store, folder):
    key = store.seal_key(UNIT, AT, os.urandom)
    with store._db.begin():
        secret = store._db.exec_driver_sql("SELECT secret FROM seal_keys").scalar()
    store.close()
    for file in folder.rglob("*"):
        if file.is_file():
            held = file.read_bytes()
            assert secret not in held
            assert key.certificate not in held


def test_a_store_from_before_there_were_seals_gets_them_when_it_is_opened(store, folder):
    store.close()
    connection = connect(folder / DATABASE, secret_of(folder))
    for statement in ("DROP TABLE seal_keys", "DROP TABLE seals", "PRAGMA user_version=2"):
        connection.execute(statement)
    connection.close()
    again = reopened(folder)
    assert again.seals() == ()
    key = again.seal_key(UNIT, AT, os.urandom)
    assert again.seals() == (key.certificate,)
    again.close()


def test_same_chance_gives_the_same_seal_and_other_chance_another():
    same = [new_seal(UNIT, AT, lambda length: b"\x07" * length) for _ in range(2)]
    assert same[0] == same[1]
    assert new_seal(UNIT, AT, lambda length: b"\x08" * length) != same[0]
    assert all(new_seal(UNIT, AT, lambda length, fill=fill: fill * length) for fill in (b"\x00", b"\xff"))
