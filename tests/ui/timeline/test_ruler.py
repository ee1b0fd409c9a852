"""The ruler says what is planned against the recommendation, and never more than the facts carry."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shiboken6 import delete

from fmstod.domain.period import Period
from fmstod.ui.dates import length_words, month_starts, span
from fmstod.ui.timeline.ruler import Ruler
from fmstod.ui.timeline.ruler_plan import Bound, Plan
from tests.ui.windows import TODAY, dressed, show


def plan(*steps, limit=186, first=TODAY, **values):
    """Periods one after the other from (degree, days); degree 0 is a gap."""
    periods, day = [], first
    for degree, days in steps:
        if degree:
            periods.append(Period(degree=degree, first=day, last=day + timedelta(days - 1)))
        day += timedelta(days)
    words = "FMB upp till 6 månader" if limit else "FMB: ingen övre gräns"
    bounds = values.pop("bounds", (Bound(words, limit),))
    return Plan(tuple(periods), values.pop("today", TODAY), bounds, **values)


def test_the_planned_days_stand_against_the_limit():
    assert plan((100, 28), (50, 14)).summary == "42 av 186 dagar"
    assert plan((100, 28), (50, 14)).limit_words == ("FMB upp till 6 månader, till 27 maj 2027",)


def test_while_nothing_is_planned_it_says_what_has_been_used_if_that_is_known():
    assert plan(earlier=56).summary == "Hittills 56 av 186 dagar"
    assert plan(earlier=56, limit=None).summary == "Hittills 56 dagar"
    assert plan(earlier=56, at_least=True).summary == "Hittills minst 56 dagar"
    assert plan(earlier=0).summary == plan(earlier=None).summary == ""


def test_longer_than_the_fact_says_by_how_much_and_never_over():
    said = plan((100, 200)).summary
    assert said == "200 dagar, 14 längre än uppgiften"
    assert "över" not in said


def test_earlier_days_count_from_the_first_day_of_the_case():
    made = plan((100, 28), earlier=400, limit=14)
    assert made.summary == "428 dagar (400 tidigare), 414 längre än uppgiften"
    assert made.date_of(1) == TODAY - timedelta(400)
    assert made.day_of(TODAY) == 401


def test_days_between_earlier_sick_leave_and_the_plan_use_up_nothing_of_the_limit():
    """5 days somewhere since October and 14 now: 9 of 28 are left, so the limit is nine days after the plan."""
    made = plan((100, 14), limit=28, earlier=5, since=date(2026, 10, 1))
    assert made.summary == "19 av 28 dagar (5 tidigare)"
    assert made.limit_words == ("FMB upp till 6 månader, till 15 dec 2026",)
    assert made.day_of(TODAY) == 6


def test_neither_do_the_days_of_a_gap():
    assert plan((100, 7), (0, 14), (50, 7), limit=20).limit_days == (TODAY + timedelta(7 + 14 + 7 + 6 - 1),)
    assert plan((100, 7), (0, 14), (50, 7), limit=10).limit_days == (TODAY + timedelta(7 + 14 + 3 - 1),)


def test_of_a_limit_that_earlier_days_have_passed_no_day_is_said():
    made = plan((100, 14), limit=28, earlier=53, since=date(2026, 9, 1))
    assert made.limit_words == ("FMB upp till 6 månader",)
    assert made.summary == "67 dagar (53 tidigare), 39 längre än uppgiften"


def test_while_earlier_days_are_unknown_nothing_is_compared():
    made = plan((100, 28), earlier=None)
    assert made.limit_days == (None,)
    assert "tidigare dagar okända" in made.summary
    assert made.limit_words == ("FMB upp till 6 månader",)


def test_without_an_upper_limit_only_the_days_are_said():
    assert plan((100, 28), limit=None).summary == "28 dagar"
    assert plan((100, 1), limit=None).summary == "1 dag"


def test_a_gap_is_not_counted():
    assert plan((100, 7), (0, 14), (50, 7)).days == 14


@pytest.mark.parametrize(
    "made",
    [
        plan(),
        plan(limit=None),
        plan((100, 28), (50, 14)),
        plan((100, 28), (75, 28), (50, 28), (25, 28), today=TODAY + timedelta(20)),
        plan((100, 200), (50, 165), today=TODAY + timedelta(100)),
        plan((100, 3), limit=14),
        plan((25, 10), limit=7, today=TODAY + timedelta(7)),
        plan((100, 28), limit=14, earlier=400),
        plan((100, 7), (0, 14), (50, 7), (75, 2), (100, 2)),
        plan((100, 28), earlier=None, since=date(2026, 1, 1)),
        plan((100, 28), today=TODAY - timedelta(30)),
        plan((100, 28), today=TODAY + timedelta(900)),
    ],
)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_plan_is_drawn_and_described(qtbot, theme, made):
    look = dressed(theme)
    ruler = Ruler(look)
    show(qtbot, ruler, 656, ruler.sizeHint().height())
    blank = ruler.grab().toImage()
    ruler.show_plan(made)
    picture = ruler.grab().toImage()
    assert picture != blank
    assert ruler.accessibleName() == "Rekommenderad tid"
    for period in made.periods:
        assert f"{period.degree} % {period.first} till {period.last}" in ruler.accessibleDescription()
        colour = look.colour(f"degree_{period.degree}").rgb()
        assert any(picture.pixel(x, y) == colour for x in range(656) for y in range(24, 37))


STEPS = st.lists(st.tuples(st.sampled_from([0, 25, 50, 75, 100]), st.integers(1, 400)), max_size=5)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    steps=STEPS,
    limit=st.one_of(st.none(), st.integers(1, 800)),
    earlier=st.one_of(st.none(), st.integers(0, 900)),
    elapsed=st.integers(-400, 900),
    width=st.integers(1, 1200),
)
def test_no_plan_breaks_the_drawing(qapp, steps, limit, earlier, elapsed, width):
    ruler = Ruler(dressed())
    ruler.resize(width, ruler.sizeHint().height())
    ruler.show_plan(plan(*steps, limit=limit, earlier=earlier, today=TODAY + timedelta(elapsed)))
    drawn = not ruler.grab().isNull()
    delete(ruler)
    assert drawn


def test_lengths_are_said_in_weeks_when_they_are_weeks():
    assert [span(d) for d in (1, 7, 10, 28)] == ["1 dag", "1 vecka", "10 dagar", "4 veckor"]
    assert [length_words(d) for d in (14, 62)] == ["2v", "62d"]


def test_months_begin_on_their_first():
    assert month_starts(date(2026, 11, 23), date(2027, 2, 1)) == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]


TWO = (
    Bound("FMB upp till 4 veckor", 28, "Cervikal rizopati"),
    Bound("FMB upp till 6 månader", 186, "Depressiv episod"),
)


def test_two_recommendations_are_told_one_below_the_other_and_neither_speaks_for_both():
    made = plan((100, 60), bounds=TWO)
    assert made.summary == "60 dagar"
    assert made.limit_words == (
        "1. Cervikal rizopati: FMB upp till 4 veckor, till 20 dec 2026",
        "2. Depressiv episod: FMB upp till 6 månader, till 27 maj 2027",
    )


def test_each_of_two_recommendations_is_marked_and_has_a_line(qtbot):
    ruler = Ruler(dressed())
    show(qtbot, ruler, 656, 400)
    ruler.show_plan(plan((100, 60), bounds=TWO[:1]))
    low = ruler.sizeHint().height()
    ruler.show_plan(plan((100, 60), bounds=TWO))
    assert ruler.sizeHint().height() > low
    for words in ("Cervikal rizopati: FMB upp till 4 veckor", "Depressiv episod: FMB upp till 6 månader"):
        assert words in ruler.accessibleDescription()
    first = ruler.grab().toImage()
    ruler.show_plan(plan((100, 60), bounds=(TWO[0], Bound("FMB upp till 6 månader", None, "Depressiv episod"))))
    assert ruler.grab().toImage() != first


def test_what_is_only_known_at_least_is_told_as_that_and_has_no_day_of_a_limit():
    made = plan((100, 28), earlier=101, at_least=True)
    assert made.summary == "Minst 129 dagar (101 tidigare)"
    assert made.limit_days == (None,)
    longer = plan((100, 28), earlier=101, limit=28, at_least=True)
    assert longer.summary == "Minst 129 dagar (101 tidigare), 101 längre än uppgiften"
