"""The names and rules of the four counts, and the rules that look like them (sickleave.md 1.4, 4.2)."""

from datetime import date, timedelta

import pytest

from fmstod.domain.leave import DaysBefore, StillReduced
from fmstod.files import read_count_rules
from fmstod.sickleave.cases import REHABSTOD_GAP
from fmstod.sickleave.chain import CHAIN_GAP, chains_of
from fmstod.sickleave.counts import Count, count, read_counts, told
from fmstod.sickleave.days import union
from fmstod.sickleave.returning import LONG_WAIT_RELAPSE, RELAPSE, goes_on, goes_on_with_long_wait
from tests.sickleave.test_engine import AUTUMN, JANUARY, LATER

ON = date(2026, 1, 20)
DAY = timedelta(1)


def test_every_count_has_a_name_a_rule_and_a_source():
    rules = read_count_rules()
    assert [rule.id for rule in rules] == list(Count)
    assert all(rule.label and rule.rule and rule.source and "{days}" in rule.said for rule in rules)


def test_the_chain_is_told_as_a_lowest_estimate_and_with_what_is_planned():
    found = {each.id: each for each in told(count([JANUARY, LATER, AUTUMN], ON), read_count_rules())}
    assert found[Count.CHAIN_DAY].said == "minst dag 37, uppskattad; Försäkringskassan räknar"
    assert found[Count.CHAIN_DAY].planned == "minst dag 48 när intygen slutar, uppskattad; Försäkringskassan räknar"
    assert "27 kap. 51 §" in found[Count.CHAIN_DAY].source
    assert found[Count.LENGTH].planned == ""
    on_the_last_day = told(count([LATER], date(2026, 1, 31)), read_count_rules())
    assert [each.planned for each in on_the_last_day] == [""] * 4


def test_a_count_is_told_from_the_first_day_to_the_last_on_which_its_rule_held():
    rule = read_count_rules()[0].changed(valid_from=ON, valid_to=ON + DAY)
    assert [len(told(count([LATER], ON + n * DAY), [rule])) for n in (-1, 0, 1, 2)] == [0, 1, 1, 0]


def test_after_a_case_only_its_chain_is_told():
    assert [each.id for each in told(count([JANUARY], ON), read_count_rules())] == [Count.CHAIN_DAY]
    assert told(count([], ON), read_count_rules()) == []


def test_a_file_without_counts_is_refused():
    with pytest.raises(ValueError):
        read_counts({"counts": []})


def test_the_four_gaps_are_four_rules():
    assert (REHABSTOD_GAP, RELAPSE, LONG_WAIT_RELAPSE, CHAIN_GAP) == (5, 5, 20, 90)


@pytest.mark.parametrize(
    ("waiting", "days", "same"),
    [(None, 5, True), (None, 6, False), (1, 6, False), (7, 6, False), (14, 20, True), (14, 21, False), (90, 20, True)],
)
def test_only_a_long_waiting_time_of_ones_own_business_goes_on_for_twenty_days(waiting, days, same):
    ended = date(2026, 2, 27)
    assert goes_on_with_long_wait(ended, ended + days * DAY, waiting) is same
    assert goes_on(ended, ended + days * DAY) is (days <= 5)


def test_days_before_are_those_of_the_chain_that_their_day_lies_in():
    (chain,) = chains_of(union([(JANUARY.periods[0].first.toordinal(), JANUARY.periods[0].last.toordinal())]))
    mine, other = DaysBefore(on=ON, days=40), DaysBefore(on=date(2025, 6, 1), days=7)
    assert chain.after([other]).total == 14
    assert chain.after([other, mine]).total == 54
    assert chain.after([mine, DaysBefore(on=date(2026, 1, 2), days=30)]).total == 44, "the first tells of all before it"


def test_a_marked_gap_joins_what_would_be_two_chains():
    far = LATER.changed(periods=(LATER.periods[0].changed(first=date(2026, 6, 1), last=date(2026, 6, 10)),))
    gap = StillReduced(first=date(2026, 3, 1), last=date(2026, 3, 31))
    assert count([JANUARY, far], date(2026, 6, 10)).days[Count.CHAIN_DAY] == 10
    joined = count([JANUARY, far], date(2026, 6, 10), reduced=[gap])
    assert joined.days[Count.CHAIN_DAY] == 14 + 31 + 10
    assert joined.days[Count.LENGTH] == 10, "Rehabstöd doesn't know of it"


def test_a_gap_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError):
        StillReduced(first=ON, last=ON - DAY)
