"""How a physician and a unit are written."""

from datetime import date

import pytest

from fmstod.domain.issuer import OPTIONAL, Issuer, Physician, accepted, comparable

TODAY = date(2026, 11, 23)
PLACES = [f"{part}.{name}" for part in Issuer.model_fields for name in type(getattr(Issuer(), part)).model_fields]


@pytest.mark.parametrize("place", PLACES)
def test_only_what_not_everybody_has_may_be_left_out(place):
    assert accepted(place, "", TODAY) == (place in {"physician.specialty", "physician.hsa_id", "unit.workplace"})


def test_what_may_be_left_out_is_there():
    assert set(PLACES) >= OPTIONAL


@pytest.mark.parametrize(
    ("place", "right", "wrong"),
    [
        ("unit.postcode", ["123 45", "12345"], ["1234", "123456", "123  45", "S-123 45", "١٢٣ ٤٥"]),
        ("unit.phone", ["08-123 45 67", "+46 (0)8 123", "031/123 45"], ["1234", "ring mig", "0" * 21]),
        ("physician.hsa_id", ["SE2321000016-A1B2"], ["se2321000016-A1B2", "SE232100-A", "SE2321000016-"]),
        ("physician.number", ["840512-9803", "198405129803"], ["840512-9804", "A"]),
        ("unit.workplace", ["1234567", "AB-12"], ["ett ord", "Å1", "1" * 21]),
        ("unit.town", ["Provstad", "X"], []),
    ],
)
def test_each_is_written_in_its_way(place, right, wrong):
    assert all(accepted(place, words, TODAY) for words in right)
    assert not any(accepted(place, words, TODAY) for words in wrong)


def test_the_own_number_is_kept_as_patients_are():
    assert comparable(Physician(number="8405129803"), TODAY).number == "19840512-9803"
    assert comparable(Physician(number="1984"), TODAY).number == "1984"
