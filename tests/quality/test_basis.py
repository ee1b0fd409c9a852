"""Question 1: what a certificate is based on (STR-08)."""

from datetime import date

from tests.quality.certificates import found, rules

BORN = date(1984, 5, 12)


def basis(journal):
    return {"1": [{"kind": "FYSISKUNDERSOKNING", "date": "2026-11-23"}, {"kind": "JOURNALUPPGIFTER", "date": journal}]}


def test_a_day_before_the_patient_was_born_is_told_where_it_stands():
    (said,) = found(basis("1984-05-11"), born=BORN)
    assert (said.rule, said.field, said.level) == ("STR-08", "1[1].date", "warning")
    assert said.values["day"] == date(1984, 5, 11)


def test_the_day_of_birth_and_a_birth_that_nobody_knows_are_no_fault():
    assert rules(basis("1984-05-12"), born=BORN) == set()
    assert rules(basis("1984-05-11")) == set()
    assert rules(basis("0001-01-01"), born=BORN) == set()
    assert rules(basis("i går"), born=BORN) == set()
