"""The KVÅ codes: the set that fmstod knows, and the one that it records."""

from datetime import date, timedelta

import pytest

from fmstod.domain.procedure import PLAN_MADE, load_procedure_codes, procedure
from fmstod.files import read_procedure_codes

CODES = read_procedure_codes()
WORDING = [{"text": "Namn", "source": "källa"}]


DAYS = {"valid_from": date(2021, 1, 1), "valid_source": "källa"}


def entry(**changes):
    return {"code": "DV077", "name": "namn", "wordings": WORDING, **DAYS, **changes}


def without(key):
    return {name: value for name, value in entry().items() if name != key}


def test_the_three_codes_of_sick_leave_are_known():
    assert set(CODES) == {"DV077", "AW026", "GC001"}


def test_the_names_in_use_are_kept_both_where_they_differ():
    """product.md section 0: "till" against "i" arbete, and two names of GC001."""
    said = {code: [wording.text for wording in kva.wordings] for code, kva in CODES.items()}
    assert [("till arbete" in text, "i arbete" in text) for text in said["DV077"]] == [(True, False), (False, True)]
    assert said["GC001"] == [
        "Koordineringsinsatser för att främja återgång eller inträde i arbetslivet",
        "Rehabiliteringskoordinering",
    ]


def test_a_code_holds_from_the_first_year_that_it_was_counted_and_says_how_that_is_known():
    """product.md F-046 to F-048: registered in 2021 and 2022. No source tells the day on which a code began."""
    for kva in CODES.values():
        assert kva.valid_from == date(2021, 1, 1)
        assert kva.valid_to is None
        assert "2021" in kva.valid_source


def test_what_fmstod_records_has_no_last_day():
    """H14: once DV077 gets one, its recording must ask for the day of signing."""
    assert CODES[PLAN_MADE].valid_to is None


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_is_recorded_from_its_first_day_to_its_last_and_on_no_day_beside(code):
    """H14, with an end put to it: none is known of any of them."""
    end = date(2027, 6, 30)
    codes = {code: CODES[code].changed(valid_to=end)}
    begin, day = CODES[code].valid_from, timedelta(1)
    made = {on: procedure(codes, code, on, "s") for on in (begin - day, begin, end, end + day)}
    assert [len(found) for found in made.values()] == [0, 1, 1, 0]
    for on in (begin, end):
        assert (made[on][0].on, made[on][0].name, made[on][0].valid_from) == (on, CODES[code].name, begin)


def test_each_code_says_when_it_is_recorded_and_where_its_names_and_days_are_from():
    for kva in CODES.values():
        assert kva.use.startswith("Registreras")
        assert "2021" in kva.valid_source
        assert all("Socialstyrelsen" in wording.source for wording in kva.wordings)


def test_a_sound_list_is_read():
    assert load_procedure_codes({"code": [entry()]})["DV077"].valid_from == date(2021, 1, 1)


@pytest.mark.parametrize(
    "codes",
    [
        [entry(), entry()],
        [entry(code="DV 077")],
        [entry(wordings=[])],
        [entry(name="")],
        [entry(valid_from=date(2024, 1, 2), valid_to=date(2024, 1, 1))],
        [entry(extra="ord")],
        [without("valid_from")],
        [without("valid_source")],
    ],
)
def test_a_wrong_list_is_refused(codes):
    with pytest.raises(ValueError, match=r"."):
        load_procedure_codes({"code": codes})
