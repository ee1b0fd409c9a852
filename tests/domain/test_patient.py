"""Personal numbers against two other people's libraries, and against every error of a single digit."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer as first_oracle
from stdnum.se import personnummer as second_oracle

from fmstod.domain.patient import (
    Identity,
    IdentityKind,
    Patient,
    Sex,
    in_doubt,
    read_birth_day,
    read_identity,
    read_reserve_number,
)
from fmstod.domain.problem import Problem

TODAY = date(2026, 11, 23)


def check_digit(nine):
    """Skatteverket's SKV 704: the digits doubled from the first, every other one, and the digits of that added up."""
    total = sum(int(digit) for i, said in enumerate(nine) for digit in str(int(said) * (2 if i % 2 == 0 else 1)))
    return str(-total % 10)


def number(born, serial, coordination=False):
    day = born.day + 60 if coordination else born.day
    nine = f"{born:%y%m}{day:02}{serial:03}"
    return f"{born:%Y%m}{day:02}-{serial:03}{check_digit(nine)}"


numbers = st.builds(number, st.dates(date(1850, 1, 1), TODAY), st.integers(1, 999), st.booleans())


def oracles_accept(said):
    """Whether the libraries take it. The second knows no coordination numbers, so those are the first's alone."""
    if not first_oracle.valid(said):
        return False
    return first_oracle.parse(said).is_coordination_number() or second_oracle.is_valid(said)


def test_the_example_patient_is_a_woman_born_in_may_1984():
    read = read_identity("19840512-9803", TODAY)
    assert (read.number, read.kind, read.born, read.sex) == (
        "19840512-9803",
        IdentityKind.PERSONNUMMER,
        date(1984, 5, 12),
        Sex.WOMAN,
    )


@given(numbers)
def test_every_well_made_number_is_read_and_so_say_the_libraries(said):
    read = read_identity(said, TODAY)
    assert isinstance(read, Identity)
    assert read.number == said
    assert oracles_accept(said)


@given(numbers)
def test_twelve_digits_may_be_written_with_or_without_a_sign(said):
    for way in (said.replace("-", ""), f" {said} ", said.replace("-", " - "), said.replace("-", "\u2013")):
        assert read_identity(way, TODAY).number == said


def test_ten_thousand_single_digit_errors_are_all_refused():
    chance = random.Random(20261123)
    tried = 0
    while tried < 10_000:
        born = date(1900, 1, 1) + timedelta(days=chance.randrange((TODAY - date(1900, 1, 1)).days))
        right = number(born, chance.randrange(1, 1000), chance.random() < 0.1)
        place = chance.choice([i for i, sign in enumerate(right) if i > 1 and sign.isdigit()])  # the check skips 19/20
        wrong = right[:place] + chance.choice([d for d in "0123456789" if d != right[place]]) + right[place + 1 :]
        assert isinstance(read_identity(wrong, TODAY), Problem), wrong
        tried += 1


@st.composite
def digits(draw):
    """What somebody may type: a real number, or digits of the right shape, most often with a right check digit."""
    ten = draw(st.from_regex(r"[0-9]{2}(0[0-9]|1[0-3])[0-9]{5}[0-9]", fullmatch=True))
    if draw(st.integers(0, 3)):
        ten = ten[:9] + check_digit(ten[:9])
    return draw(st.sampled_from(("", "19", "20"))) + ten[:6] + draw(st.sampled_from(("", "-", "+"))) + ten[6:]


@given(digits())
def test_any_digits_get_the_verdict_of_the_libraries(said):
    """The libraries ask the clock, so this test does; they take numbers of people who aren't born yet."""
    today = date.today()
    read, accepted = read_identity(said, today), oracles_accept(said)
    if accepted and (born := first_oracle.parse(said).get_date()) > today:
        assert isinstance(read, Problem) or read.born == born.replace(year=born.year - 100)
    else:
        assert isinstance(read, Identity) == accepted
        assert not accepted or read.born == first_oracle.parse(said).get_date()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "shape"),
        ("19840512", "shape"),
        ("19840512-980", "shape"),
        ("1984-05-12-9803", "shape"),
        ("TF840512-9803", "shape"),
        ("١٩٨٤٠٥١٢-٩٨٠٣", "shape"),  # Arabic digits are digits to Python
        ("19840512-9804", "luhn"),
        ("19840512-0000", "serial"),
        (f"19840631-980{check_digit('840631980')}", "date"),
        (f"19840592-980{check_digit('840592980')}", "date"),  # 92 - 60 is the 32nd
        (f"20270101-238{check_digit('270101238')}", "future"),
    ],
)
def test_a_refused_number_says_why(said, why):
    refused = read_identity(said, TODAY)
    assert (refused.rule, refused.field, refused.text_key) == ("L-02", "patient.id", f"problem.L-02.{why}")


def test_a_coordination_number_has_sixty_more_days():
    read = read_identity(number(date(1990, 3, 1), 239, coordination=True), TODAY)
    assert (read.kind, read.born, read.number[6:8]) == (IdentityKind.SAMORDNINGSNUMMER, date(1990, 3, 1), "61")


def test_ten_digits_mean_the_latest_century_that_has_been():
    born_today, tomorrow = number(TODAY, 238)[2:], number(TODAY + timedelta(days=1), 238)[2:]
    assert read_identity(born_today, TODAY).born == TODAY
    assert read_identity(tomorrow, TODAY).born == date(1926, 11, 24)


def test_plus_is_for_those_who_turn_a_hundred_this_year_or_are_older():
    for born in (date(1926, 11, 23), date(1926, 12, 31), date(1926, 1, 1), date(1927, 1, 1)):
        said = number(born, 238)[2:].replace("-", "+")
        expected = born if born.year <= 1926 else date(1827, 1, 1)
        assert read_identity(said, TODAY).born == expected


def test_the_twenty_ninth_of_february_needs_its_year():
    said = f"000229-238{check_digit('000229238')}"
    assert read_identity(said, TODAY).born == date(2000, 2, 29)
    assert read_identity(said.replace("-", "+"), TODAY).text_key == "problem.L-02.date"  # 1900 had none


@pytest.mark.parametrize("said", ["ab1234", "99SKA-00123", "ÅÄÖ123456789"])
def test_a_reserve_number_is_kept_as_written(said):
    read = read_reserve_number(said)
    assert (read.number, read.kind, read.born) == (said.upper(), IdentityKind.RESERVNUMMER, None)


@pytest.mark.parametrize("said", ["", "12345", "ABCDEF", "1" * 21, "12 3456", "ABC_123"])
def test_what_is_no_reserve_number_is_refused(said):
    assert read_reserve_number(said).text_key == "problem.L-02.reserve"


@pytest.mark.parametrize(
    ("today", "age"),
    [(date(2026, 5, 11), 41), (date(2026, 5, 12), 42), (date(1984, 5, 12), 0), (date(1984, 5, 11), None)],
)
def test_age_is_whole_years(today, age):
    assert Patient(born=date(1984, 5, 12)).age(today) == age


def test_age_on_a_leap_day_grows_on_the_first_of_march():
    patient = Patient(born=date(2000, 2, 29))
    assert (patient.age(date(2026, 2, 28)), patient.age(date(2026, 3, 1))) == (25, 26)
    assert Patient().age(TODAY) is None


# Whose the draft is (H1)

SWEDISH = "abcdefghijklmnopqrstuvwxyzåäö"
words = st.text(SWEDISH, min_size=4, max_size=10)
TESS = Patient(number="19840512-9803", name="Tess Testsson", born=date(1984, 5, 12), sex=Sex.WOMAN)
BO = Patient(number="19571231-2387", name="Bo Ödlund", born=date(1957, 12, 31), sex=Sex.MAN)


def test_one_part_of_another_person_is_in_doubt_and_both_are_not():
    assert in_doubt(TESS, TESS.changed(number=BO.number, born=BO.born)) == "number"
    assert in_doubt(TESS, TESS.changed(name=BO.name)) == "name"
    assert in_doubt(TESS, BO) == ""
    assert in_doubt(TESS, TESS) == ""


def test_a_doubt_from_before_ends_when_the_other_part_is_changed_too():
    assert in_doubt(TESS, TESS, "number") == "number"
    assert in_doubt(TESS, TESS.changed(number=BO.number), "number") == "number"
    assert in_doubt(TESS, TESS.changed(name=BO.name), "number") == ""


@pytest.mark.parametrize("part", ["number", "name"])
def test_what_was_not_there_before_belongs_to_nobody_else(part):
    assert in_doubt(TESS.changed(**{part: ""}), BO) in {"", *({"number", "name"} - {part})}
    assert in_doubt(TESS, TESS.changed(**{part: ""})) == ""


@pytest.mark.parametrize(
    "name", ["Tess", "TESS TESTSSON", "  Tess   Testsson ", "Tess Maria Testsson", "Testsson, Tess", "Tess Testson"]
)
def test_a_name_that_is_completed_or_mended_is_the_same(name):
    assert in_doubt(TESS, TESS.changed(name=name)) == ""


@pytest.mark.parametrize("name", ["Tess Ödlund", "Anna Testsson", "Bo", "Ödlund"])
def test_a_name_with_another_word_is_another(name):
    assert in_doubt(TESS, TESS.changed(name=name)) == "name"


@given(words, words, st.integers(0, 9), st.sampled_from(SWEDISH))
def test_one_wrong_letter_makes_nobody_else(first, last, place, letter):
    wrong = first[: place % len(first)] + letter + first[place % len(first) + 1 :]
    before, after = (TESS.changed(name=f"{name} {last}") for name in (first, wrong))
    assert in_doubt(before, after) == in_doubt(after, before) == ""


def test_a_number_that_follows_another_kind_is_the_same_persons_while_the_birth_date_holds():
    coordination = TESS.changed(number="19840572-9818", kind=IdentityKind.SAMORDNINGSNUMMER)
    reserve = TESS.changed(number="99SKA-00123", kind=IdentityKind.RESERVNUMMER)
    for before in (coordination, reserve):
        assert in_doubt(before, TESS) == in_doubt(TESS, before) == ""
        assert in_doubt(before, TESS.changed(number=BO.number, born=BO.born)) == "number"
    assert in_doubt(reserve, reserve.changed(number="99SKA-00124")) == "number"


# A day of birth by itself


@pytest.mark.parametrize(
    ("typed", "born"),
    [
        ("1984-05-12", date(1984, 5, 12)),
        ("19840512", date(1984, 5, 12)),
        (" 840512 ", date(1984, 5, 12)),
        ("261123", TODAY),
        ("261124", date(1926, 11, 24)),  # not yet this century's
        ("000229", date(2000, 2, 29)),
        ("2026-11-24", None),
        ("2026-02-29", None),
        ("12/5", None),
        ("idag", None),
        ("", None),
        ("٨٤٠٥١٢", None),
    ],
)
def test_a_birth_day_is_one_that_has_been(typed, born):
    assert read_birth_day(typed, TODAY) == born


@given(st.dates(date(1850, 1, 1), TODAY))
def test_every_birth_day_is_read_as_written(born):
    assert read_birth_day(born.isoformat(), TODAY) == read_birth_day(f"{born:%Y%m%d}", TODAY) == born
