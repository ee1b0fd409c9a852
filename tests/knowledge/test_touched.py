"""What a change of edition means for a case that is open."""

from dataclasses import replace

import pytest

from fmstod.files import read_library
from fmstod.knowledge.renumbering import moved
from fmstod.knowledge.touched import Difference, differences
from fmstod.texts import catalogue

NOW = read_library()
DEPRESSION = (["F32.1"], {"508:severity": "moderate"}, "")


def with_entry(number, **values):
    """The library with one entry changed."""
    entries = [entry.changed(**values) if entry.fmb == number else entry for entry in NOW.entries]
    return replace(NOW, entries=tuple(entries))


def entry(number):
    return next(each for each in NOW.entries if each.fmb == number)


def with_time(number, which, **values):
    changed = [r.changed(**values) if r.id == which else r for r in entry(number).recommendation]
    return with_entry(number, recommendation=changed)


def told(before, after, asked=DEPRESSION):
    return [each.told(catalogue()) for each in differences(before, after, asked, catalogue())]


def test_a_changed_limit_is_told_before_and_now():
    assert told(NOW, with_time(508, 511, time=4)) == ["Depressiv episod: upp till 6 månader → upp till 4 månader"]


def test_what_an_answer_has_excluded_tells_nothing():
    assert told(NOW, with_time(508, 510, time=4)) == []


def test_the_same_edition_and_another_disease_tell_nothing():
    assert told(NOW, NOW) == []
    assert told(NOW, with_time(546, 548, kind="individual", time=None, unit=None)) == []


def test_dates_numbers_and_sources_tell_nothing():
    source = entry(508).source.changed(version=9, checked=None)
    assert told(NOW, with_entry(508, fmb=900, source=source.changed(replaces=(508,)))) == []


def test_a_code_that_lost_or_got_a_recommendation_is_told():
    without = replace(NOW, entries=tuple(each for each in NOW.entries if each.fmb != 508))
    assert told(NOW, without) == ["Depressiv episod: upp till 6 månader → FMB har inget för F32.1"]
    assert told(without, NOW) == ["Depressiv episod: FMB har inget för F32.1 → upp till 6 månader"]


def test_a_change_that_moves_no_limit_is_told_as_what_it_is():
    changed = with_time(508, 511, extent=("part",), note=())
    (found,) = differences(NOW, changed, DEPRESSION, catalogue())
    assert (found.old, found.new) == ("Upp till 6 månader", "Upp till 6 månader")
    assert (
        found.told(catalogue())
        == "Depressiv episod: upp till 6 månader som förut, men villkor eller omfattning är ändrade"
    )


def test_two_codes_of_one_entry_are_told_once_and_each_entry_by_itself():
    after = with_time(508, 511, time=4)
    assert len(told(NOW, after, (["F32", "F32.1"], {"508:severity": "severe"}, ""))) == 1
    assert told(NOW, after, (["M54.5", "F32"], {"508:severity": "severe"}, "light")) == [
        "Depressiv episod: upp till 6 månader → upp till 4 månader"
    ]


def test_a_case_without_codes_tells_nothing():
    assert differences(NOW, with_time(508, 511, time=4), ([], {}, ""), catalogue()) == ()


@pytest.mark.parametrize(
    ("answers", "now"),
    [
        ({"508:severity": "mild", "546:x": True}, {"900:severity": "mild", "546:x": True}),
        ({"508:severity": "mild", "900:severity": "severe"}, {"900:severity": "severe"}),
        ({"5080:severity": "mild"}, {"5080:severity": "mild"}),
        ({}, {}),
    ],
)
def test_answers_follow_an_entry_to_its_new_number(answers, now):
    after = with_entry(508, fmb=900, source=entry(508).source.changed(replaces=(508,)))
    assert moved(after, answers) == now
    assert moved(NOW, answers) == answers


def test_a_difference_is_told_with_small_letters_but_for_abbreviations():
    assert Difference("KOL", "Upp till 2 veckor", "FMB har inget för J44").told(catalogue()) == (
        "KOL: upp till 2 veckor → FMB har inget för J44"
    )
