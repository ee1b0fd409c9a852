"""What a visit is compared with: of each thing what was said last, with its day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.answers import IcfRating, IcfText
from fmstod.domain.followup import FollowUp, MeasureOutcome, Picture, Reason, Waiting, Went, begun
from fmstod.domain.last_known import after, last_known, planned_anew, stepped
from fmstod.domain.period import Period

SIGNED = date(2026, 9, 1)
CODES = ("b1300", "b140", "b152")
MEASURES = ("Samtal", "Träning", "Besök")


def icf(**rated):
    return IcfText(icf=tuple(IcfRating(code=code, severity=severity) for code, severity in rated.items()))


ratings = st.dictionaries(st.sampled_from(CODES), st.none() | st.integers(0, 4)).map(lambda rated: icf(**rated))
went = st.none() | st.sampled_from(Went)
measures = st.dictionaries(st.sampled_from(MEASURES), went).map(
    lambda said: tuple(MeasureOutcome(what=what, went=how) for what, how in said.items())
)
parts = st.fixed_dictionaries(
    {
        "measures": measures,
        "impairment": ratings,
        "capacity": st.sampled_from(("", "läser", "går")),
        "degree": st.sampled_from((None, 0, 25, 50, 75, 100)),
    }
)
firsts = parts.map(lambda said: Picture(on=SIGNED, **said))
visits = st.lists(parts, max_size=5).map(
    lambda all_said: [
        FollowUp(id=str(n), case="a", on=SIGNED + timedelta(weeks=n), **said) for n, said in enumerate(all_said, 1)
    ]
)


def told(*facts):
    """By going through every visit from the newest back: what it says of each thing, and when."""
    found = {}
    for each in reversed(facts):
        said = {row.code: row.severity for row in each.impairment.icf} | {m.what: m.went for m in each.measures}
        for thing, value in {**said, "capacity": each.capacity or None, "degree": each.degree}.items():
            if value is not None and thing not in found:
                found[thing] = (value, each.on)
    return found


def known(picture):
    values = {row.code: row.severity for row in picture.impairment.icf} | {m.what: m.went for m in picture.measures}
    values |= {"capacity": picture.capacity or None, "degree": picture.degree}
    return {thing: (value, picture.day_of(thing)) for thing, value in values.items() if value is not None}


@given(firsts, visits)
def test_of_each_thing_the_last_that_was_said_is_known_with_its_day(first, done):
    assert known(last_known(first, done)) == told(first, *done)


@given(firsts, visits, st.integers(0, 5))
def test_a_visit_that_says_nothing_changes_no_baseline(first, done, place):
    empty = FollowUp(id="e", case="a", on=SIGNED + timedelta(days=365))
    before = last_known(first, done)
    with_it = last_known(first, [*done[:place], empty, *done[place:]])
    assert known(with_it) == known(before)
    assert {m.what for m in with_it.measures} == {m.what for m in before.measures}


@given(firsts, visits)
def test_one_that_was_begun_and_left_unanswered_changes_no_baseline_either(first, done):
    before = last_known(first, done)
    assert known(after(before, begun("g", "a", date(2027, 9, 1), before).picture)) == known(before)


@given(firsts, visits)
def test_a_renewal_goes_on_as_if_it_were_one_case(first, done):
    """A new certificate is one more picture: what it says nothing of is known from the case before it."""
    certificate = Picture(on=date(2027, 1, 1), impairment=icf(b140=2))
    whole = after(last_known(first, done), certificate)
    assert known(whole) == {**known(last_known(first, done)), "b140": (2, date(2027, 1, 1))}


def test_a_new_plan_asks_for_its_own_measures_with_how_they_went_so_far():
    before = Picture(
        on=SIGNED,
        measures=(
            MeasureOutcome(what="Samtal", went=Went.DONE),
            MeasureOutcome(what="Träning", went=Went.ONGOING, note="två pass", since=SIGNED),
            MeasureOutcome(what="Besök", went=Went.NOT_BEGUN),
        ),
    )
    plan = [MeasureOutcome(what=what, since=date(2026, 10, 1)) for what in ("Samtal", "Träning", "Möte")]
    now = planned_anew(before, plan)
    assert [(m.what, m.went, m.note) for m in now.measures] == [
        ("Samtal", Went.DONE, ""),
        ("Träning", Went.ONGOING, "två pass"),
        ("Möte", None, ""),
    ]
    assert [m.what for m in begun("f", "a", date(2026, 10, 9), now).measures] == ["Träning", "Möte"]
    assert now.measures[1].since == SIGNED, "it was planned first on that day"


def test_a_measure_waits_since_the_day_that_was_told_of_it():
    training = MeasureOutcome(what="Träning", went=Went.NOT_BEGUN, since=date(2026, 9, 20))
    visit = FollowUp(
        id="f",
        case="a",
        on=date(2026, 10, 1),
        measures=(training, training.changed(what="Samtal")),
        reasons=(Reason.WAITING,),
        waiting=Waiting(what="Träning", since="2026-09-05"),
    )
    first = Picture(on=SIGNED, measures=(training,))
    assert [m.since for m in last_known(first, [visit]).measures] == [date(2026, 9, 5), date(2026, 9, 20)]
    untold = visit.changed(reasons=())
    assert [m.since for m in last_known(first, [untold]).measures] == [date(2026, 9, 20)] * 2


@pytest.mark.parametrize(
    ("said", "day", "known"),
    [
        (None, 27, (100, 0)),
        (None, 28, (50, 28)),
        (None, 60, (50, 28)),
        ((75, 20), 27, (75, 20)),
        ((75, 20), 30, (50, 28)),
        ((75, 29), 40, (75, 29)),
    ],
)
def test_the_degree_is_that_of_the_period_that_has_begun_since_one_was_last_said(said, day, known):
    """Four weeks of 100 and two of 50 %: a visit in the second is compared with 50 %, or a rise would read as a fall."""
    periods = (
        Period(degree=100, first=SIGNED, last=SIGNED + timedelta(days=27)),
        Period(degree=50, first=SIGNED + timedelta(days=28), last=SIGNED + timedelta(days=41)),
    )
    done = [FollowUp(id="1", case="a", on=SIGNED + timedelta(days=said[1]), degree=said[0])] if said else []
    picture = stepped(last_known(Picture(on=SIGNED, degree=100), done), periods, on=SIGNED + timedelta(days=day))
    assert (picture.degree, (picture.day_of("degree") - SIGNED).days) == known
