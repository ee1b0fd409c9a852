"""Lost letters and overlong texts (STR-09)."""

import pytest

from tests.quality.certificates import found, rules


def told(changes):
    return [(p.field, p.key) for p in found(changes) if p.rule == "STR-09"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"35": "Unders?kt i dag. H?ger arm lyfts till 60 grader. M?ttlig neds?ttning."}, [("35", "STR-09")]),
        ({"35": "Undersokt i dag. Hoger arm lyfts till 60 grader. Mattlig nedsattning."}, [("35", "STR-09")]),
        ({"35": "Armen lyfts till 60 grader?", "25": "Vad är rimligt? Svara gärna."}, []),
        ({"25": "Ord. " * 700}, [("25", "STR-09.long")]),
        ({"25": "Ord. " * 600}, []),
    ],
)
def test_what_is_lost_or_too_long_is_told_with_its_question(changes, expected):
    assert [(field, key or "STR-09") for field, key in told(changes)] == expected


def test_a_whole_certificate_without_dots_and_rings_has_lost_them():
    plain = dict.fromkeys(("29", "35", "17", "19", "44"), "Har ont i axeln vid lyft, och armen domnar.")
    assert "STR-09" in rules(plain)
    assert "STR-09" not in rules({**plain, "44": "Återbesök 2026-12-17."})


def test_the_words_are_marked():
    text = "Undersokt i dag. Hoger arm."
    (problem,) = (p for p in found({"35": text}) if p.rule == "STR-09")
    assert [text[a:b] for a, b in problem.spans] == ["Undersokt", "Hoger"]
