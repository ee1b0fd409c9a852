"""What a certificate is worth a word for, though nothing in it is wrong, and how the words are put."""

from datetime import date

import pytest

from fmstod.certificate.rules import WORDED
from fmstod.domain.issuer import Unit
from fmstod.domain.period import DayCounts, Period
from fmstod.knowledge.comparison import compare, told
from fmstod.texts import catalogue, text
from tests.certificate.test_rules import (
    ERRORS,
    UNIT,
    basis,
    diagnoses,
    limit,
    over,
    periods,
)

# Notices


@pytest.mark.parametrize(
    ("first", "other", "expected"),
    [
        ("2026-11-16", None, []),  # seven days back is not more than seven
        ("2026-11-15", None, [("U-1", "32[0].from", "warning")]),
        ("2026-11-15", "Sökte först i dag", [("U-1", "32[0].from", "tip")]),
    ],
)
def test_an_early_start_wants_its_reason(said, first, other, expected):
    assert said({**periods((100, first, "2026-12-20")), "25": other}) == expected


@pytest.mark.parametrize("kind", ["TELEFONKONTAKT", "JOURNALUPPGIFTER", "ANNAT"])
def test_no_examination_is_worth_a_word(said, kind):
    without = {**basis((kind, "2026-11-23")), "1.3": "Mor"}
    assert said(without) == [("U-2", "1", "warning")]
    assert said({**without, "25": "Väl känd patient"}) == [("U-2", "1", "tip")]
    for examination in ("FYSISKUNDERSOKNING", "DIGITALUNDERSOKNING"):
        assert said(basis((examination, "2026-11-23"), ("TELEFONKONTAKT", "2026-11-23"))) == []


def test_several_occupations_may_differ(said):
    several = {"28": ["NUVARANDE_ARBETE", "STUDIER"]}
    assert said(several) == [("U-3", "28", "warning")]
    assert said({**several, "25": "Studierna klaras på halvfart"}) == [("U-3", "28", "tip")]


def test_longer_than_the_recommendation_asks_for_a_reason(said):
    assert said(**over(27)) == [("U-6", "32", "warning")]
    assert said(**over(28)) == []
    assert said(**over(27, earlier=None)) == []  # unknown earlier days: no claim
    assert said(**over(60, earlier=33)) == [("U-6", "32", "warning")]
    assert said({"37": "Komplikation"}, **over(27)) == []


def test_the_first_diagnosis_sets_the_limit_and_another_that_allows_more_explains_the_length(said):
    assert said(**over(14, 27)) == [("U-6", "32", "warning")]
    assert said(**over(14, 28)) == [("U-6", "32", "tip")]
    assert said(**over(14, None)) == [("U-6", "32", "tip")]
    assert said(**over(28, 14)) == []
    assert said(**over(None, 14)) == []
    assert said(**over(14, sure=False)) == [("U-6", "32", "warning")]  # the most generous that may apply
    assert said(**over(0)) == [("U-6", "32", "warning")]
    assert said(**over(0, sure=False)) == []  # "no sick leave" that perhaps isn't for this patient
    assert said(**over()) == []


@pytest.mark.parametrize("how", ["to_be_avoided", "own_report", ""])
def test_no_sick_leave_is_told_in_the_words_of_the_comparison(problems, how):
    """What the panel calls "undvik sjukskrivning" isn't "ingen sjukskrivning" beside the question."""
    for rechecked in (None, date(2026, 10, 1)):
        same = {"rechecked": rechecked, **({how: True} if how else {})}
        (found,) = problems(**over(0, **same))
        days, bound = DayCounts(planned=28, earlier=0), limit(0, **same)
        panel = told(compare(days, bound), days, bound, catalogue())
        words, heading = text(found.text_key, **found.values), panel.partition(": ")[2]
        assert heading in words
        assert ("2020" in words) is (rechecked is None)
    assert "undvik" in words or how != "to_be_avoided"


def from_operation(**other):
    """28 days from the 23rd of November; 14 days after an operation."""
    plan = (Period(degree=100, first=date(2026, 11, 23), last=date(2026, 12, 20)),)
    known = over(None, after_event=14, counts_from="operation", **other)
    return {**known, "days": known["days"].changed(periods=plan)}


def test_longer_than_a_time_after_an_operation_is_a_tip_until_its_day_is_known(said, problems):
    assert said(**from_operation()) == [("U-6", "32", "tip")]
    (tip,) = problems(**from_operation(rechecked=date(2026, 10, 1)))
    words = text(tip.text_key, **tip.values)
    assert "28 dagar (fråga 32) är längre om den var första dagen" in words
    assert "över" not in words
    assert said({"37": "Komplikation"}, **from_operation()) == []
    assert said(**from_operation(event=date(2026, 12, 7))) == []
    assert said(**from_operation(event=date(2026, 12, 6))) == [("U-6", "32", "warning")]


@pytest.mark.parametrize(
    ("rechecked", "words"),
    [(None, "15 dagar från 2026-12-06 (fråga 32) är längre än uppgiften från 2020"),
     (date(2026, 10, 1), "15 dagar från 2026-12-06 (fråga 32) är över rekommendationen")],
)  # fmt: skip
def test_longer_than_a_time_from_a_known_day_names_the_day(problems, rechecked, words):
    (found,) = problems(**from_operation(event=date(2026, 12, 6), rechecked=rechecked))
    assert words in text(found.text_key, **found.values)


@pytest.mark.parametrize("event", ["operation", "procedure", "treatment", "discharge"])
def test_each_event_has_its_words(problems, event):
    (found,) = problems(**{**from_operation(), "limits": (limit(None, after_event=14, counts_from=event),)})
    assert text(found.text_key, **found.values)


def test_no_sick_leave_is_told_as_such_and_not_as_no_days(problems):
    for rechecked, words in (
        (None, "FMB 2020 anger ingen sjukskrivning"),
        (date(2026, 1, 1), "FMB anger ingen sjukskrivning"),
    ):
        (found,) = problems(**over(0, rechecked=rechecked))
        assert words in text(found.text_key, **found.values)


def test_only_a_rechecked_recommendation_says_over(problems):
    (old,) = problems(**over(14))
    said = text(old.text_key, **old.values)
    assert "längre än uppgiften från 2020" in said
    assert "över" not in said
    (new,) = problems(**over(14, rechecked=date(2026, 10, 1)))
    assert "över rekommendationen" in text(new.text_key, **new.values)


@pytest.mark.parametrize("rule", sorted(WORDED))
def test_every_rule_has_a_sentence(rule):
    assert any(key.removeprefix("problem.").split(".")[0] == rule for key in catalogue())


@pytest.mark.parametrize("spoilt", [refused for _, refused, _, _ in ERRORS])
def test_every_message_is_whole_and_says_where_and_what_to_do(problems, spoilt):
    for problem in problems(spoilt):
        said = text(problem.text_key, **problem.values)
        assert "{" not in said
        assert said.endswith(".")
        assert "fråga" in said.lower() or "Intyget" in said
        assert problem.level != "error" or problem.rule in WORDED


def test_a_message_repeats_of_a_code_only_what_a_terminal_can_show(problems):
    (problem,) = problems(diagnoses(("\x1b[31m\n" * 1000, "Lumbago")))
    said = text(problem.text_key, **problem.values)
    assert said.isprintable()
    assert len(said) < 200


def test_what_is_only_missing_is_marked_so(problems):
    """certificates.md 2.9: shown after the user has asked; a wrong format shows at once."""
    emptied = dict.fromkeys(("1", "28", "29", "6", "35", "17", "32", "39"))
    assert all(problem.missing for problem in problems(emptied))
    wrong = {**basis(("TELEFONKONTAKT", "i går")), **periods((100, "2026-11-23", "2026-11-22"))}
    assert not any(problem.missing for problem in problems(wrong))


def test_a_problem_knows_its_question(problems):
    assert {p.ref for p in problems({"32": [{"degree": 100}], "39": None})} == {"32", "39"}
    assert [p.ref for p in problems(unit=Unit(**{**UNIT, "town": ""}))] == ["unit.town"]
