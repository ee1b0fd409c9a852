"""The table of the step-down: days stand once, and what is said follows them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.answers import PeriodRow, StepRow
from fmstod.domain.consultation import Consultation
from fmstod.domain.period import Period
from fmstod.domain.work import Ability, Demand, Work
from fmstod.files import read_catalogue
from fmstod.followup.facts import facts_of
from fmstod.followup.stepdown import ahead_of, beside, filled, noted, proposal, proposal_ahead, renamed, with_ahead

MONDAY = date(2026, 11, 23)
FULL = PeriodRow(degree=100, first="2026-11-23", last="2026-12-20")
HALF = PeriodRow(degree=50, first="2026-12-21", last="2027-01-03")
SAID = StepRow(ahead=False, degree=50, hours="4", possible="planerar")


def test_what_is_said_of_a_step_stands_beside_the_period_of_its_degree():
    assert beside((FULL, HALF), (SAID,)) == [StepRow(ahead=False, degree=100), SAID]
    assert beside((HALF, HALF), (SAID,))[1] == StepRow(ahead=False, degree=50)  # a mistake shows it once


def test_saying_nothing_more_leaves_nothing_behind():
    assert noted((), SAID) == (SAID,)
    assert noted((SAID,), SAID.changed(hours="", possible=" ")) == ()


def test_what_is_said_follows_a_row_that_gets_another_degree():
    quarter = HALF.changed(degree=25)
    assert renamed((SAID,), (FULL, HALF), (FULL, quarter)) == (SAID.changed(degree=25),)
    own = StepRow(ahead=False, degree=25, hours="6")
    assert set(renamed((SAID, own), (FULL, HALF), (FULL, quarter))) == {SAID, own}  # never written over
    assert renamed((SAID,), (FULL, HALF), (FULL,)) == (SAID,)  # it comes back with the period


@given(st.lists(st.integers(1, 40), max_size=4), st.data())
def test_steps_ahead_keep_what_is_said_when_one_of_them_goes(lengths, data):
    first, steps = MONDAY, []
    for n, days in enumerate(lengths):
        last = first + timedelta(days - 1)
        steps.append(StepRow(ahead=True, degree=(100, 75, 50, 25)[n], first=str(first), last=str(last), hours=str(n)))
        first = last + timedelta(1)
    stored = (SAID, *steps)
    rows = [step.row for step in steps]
    assert with_ahead(stored, rows) == stored
    if rows:
        gone = data.draw(st.integers(0, len(rows) - 1))
        left = [step for n, step in enumerate(steps) if n != gone]
        assert ahead_of(with_ahead(stored, [step.row for step in left])) == left


@pytest.mark.parametrize(
    ("days", "degrees"), [(28, []), (29, [100, 50]), (41, [100, 50]), (42, [100, 50, 25]), (56, [100, 50, 25])]
)
def test_a_step_down_is_proposed_after_twenty_eight_days_and_fills_the_same_days(days, degrees):
    whole = Period(degree=100, first=MONDAY, last=MONDAY + timedelta(days - 1))
    made = [row.period for row in proposal((whole,))]
    assert [period.degree for period in made] == degrees
    if made:
        assert made[0].days == 28
        assert (made[0].first, made[-1].last) == (whole.first, whole.last)
        assert all(b.first == a.last + timedelta(1) for a, b in pairwise(made))


def test_no_step_down_is_proposed_where_the_plan_has_one_or_the_degree_is_lower():
    half = Period(degree=50, first=MONDAY, last=MONDAY + timedelta(60))
    assert proposal((half,)) == proposal(()) == ()


def test_after_a_signed_certificate_two_weeks_on_each_degree_are_proposed():
    made = proposal_ahead(FULL.period)
    assert made == (HALF, PeriodRow(degree=25, first="2027-01-04", last="2027-01-17"))


def test_proposals_fill_only_what_is_empty_and_nothing_of_a_step_in_which_nobody_works():
    work = Work(demands=(Demand(key="heavy_lifts", ability=Ability.CANNOT),))
    facts, known = facts_of(Consultation(work=work)), read_catalogue()
    made = filled(SAID, facts, known, known.words)
    assert (made.hours, made.possible, made.avoid) == ("4", "planerar", "tunga lyft")
    assert made.stop
    full = StepRow(ahead=False, degree=100)
    assert filled(full, facts, known, known.words) == full
