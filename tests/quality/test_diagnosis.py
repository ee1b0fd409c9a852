"""Codes and texts tell of the same illnesses, as exactly as they can (DIA)."""

import pytest

from fmstod.domain.problem import Problem
from fmstod.files import own_codes, read_library
from fmstod.judging import read_rulebook
from fmstod.quality.judge import judge
from tests.quality.certificates import found, given, rules

CODES = own_codes(read_library())
LONG = [{"degree": 100, "from": "2026-11-23", "to": "2026-12-28"}]


def code(code, text="", **more):
    return {"6": [{"code": code, "text": text}], **more}


@pytest.mark.parametrize(
    ("rule", "flawed", "good"),
    [
        ("DIA-02", code("M75", "Sjukdomar i skulderleden"), code("M751", "Rotatorcuffsyndrom")),
        (
            "DIA-03",
            code("R074", "Bröstsmärta"),
            code("R074", "Bröstsmärta", **{"25": "Remiss till hjärtmottagningen."}),
        ),
        ("DIA-03", code("Z563", "Stress"), code("F432", "Anpassningsstörning")),
        ("DIA-04", code("M199", "Artros, ospecificerad", **{"32": LONG}), code("G359", "Ms", **{"32": LONG})),
        (
            "DIA-05",
            code("Q799", "Missbildning"),
            code("Q799", "Missbildning", **{"37": "Läkning tar oftast sex veckor."}),
        ),
    ],
)
def test_it_is_said_of_the_flawed_and_not_of_the_good(rule, flawed, good):
    assert rule in rules(flawed, codes=CODES)
    assert rule not in rules(good, codes=CODES)


def test_an_unspecified_code_may_do_for_a_month():
    assert "DIA-04" not in rules(code("M199", "Artros, ospecificerad"), codes=CODES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Axeln lyfts till 60 grader. Har också migrän som hindrar arbete vid skärm.", True),
        ("Axeln lyfts till 60 grader. Hade migrän för tio år sedan, den påverkar inte nu.", False),
        ("Axeln lyfts till 60 grader. Modern hade migrän.", False),
    ],
)
def test_another_illness_that_matters_now_belongs_among_the_rows(text, said):
    assert ("DIA-06" in rules({"35": text})) is said


def test_an_illness_is_known_under_its_code_and_under_other_words():
    text = {"35": "Axeln lyfts till 60 grader. Dessutom sänker depressionen tempot."}
    shoulder = {"code": "M751", "text": "Rotatorcuffsyndrom"}
    assert "DIA-06" in rules(text)
    assert "DIA-06" not in rules({**text, "6": [shoulder, {"code": "F321", "text": "Medelsvår episod"}]})


def test_a_row_of_which_nothing_is_seen_is_told():
    rows = [{"code": "M751", "text": "Rotatorcuffsyndrom"}, {"code": "J459", "text": "Astma"}]
    (problem,) = (p for p in found({"6": rows}) if p.rule == "DIA-06")
    assert (problem.field, problem.key) == ("6[1].code", "DIA-06.unseen")
    assert "DIA-06" not in rules({"6": rows, "17": "Blir andfådd efter en trappa. Bär högst två kilo."})


def test_where_the_form_wants_four_characters_it_says_so_alone():
    coarse = given(code("F32", "Depressiv episod"), codes=CODES)
    assert "DIA-02" in {p.rule for p in judge(read_rulebook(), coarse)}
    assert "DIA-02" not in {p.rule for p in judge(read_rulebook(), coarse, [Problem("DX-4", "6[0].code")])}
