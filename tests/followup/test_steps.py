"""The step-down: its steps are the certificate's rows, both ways, and it is proposed only after 28 days (sickleave.md 6.2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fmstod.domain.answers import PeriodRow
from fmstod.domain.period import Period
from fmstod.files import read_catalogue
from fmstod.followup.steps import Step, StepDown, rows, said, step_down_tip, steps_of

WORDS = read_catalogue().words
MONDAY = date(2026, 11, 23)
THREE = StepDown(
    steps=(
        Step(first=MONDAY, degree=100),
        Step(
            first=date(2026, 12, 7), degree=75, hours="2", possible="planerar", avoid="kunder", stop="sömnen blir sämre"
        ),
        Step(first=date(2026, 12, 21), degree=50, hours="4", possible="möten"),
    ),
    last=date(2027, 1, 17),
)


def row(degree, first, last):
    return PeriodRow(degree=degree, first=str(first), last=str(last))


@st.composite
def step_downs(draw):
    first = draw(st.dates(date(2000, 1, 1), date(2080, 1, 1)))
    degrees = draw(st.lists(st.sampled_from([0, 25, 50, 75, 100]), min_size=1, max_size=8))
    degrees = [d for n, d in enumerate(degrees) if d or (n and degrees[n - 1])]
    while degrees and degrees[-1] == 0:
        degrees.pop()
    steps = []
    for degree in degrees or [100]:
        text = st.sampled_from(["", "4", "planerar", "kunder; telefon"])
        steps.append(Step(first=first, degree=degree) if degree == 0 else
                     Step(first=first, degree=degree, hours=draw(text), possible=draw(text), avoid=draw(text), stop=draw(text)))  # fmt: skip
        first += timedelta(draw(st.integers(1, 60)))
    return StepDown(steps=tuple(steps), last=first - timedelta(1))


def test_steps_become_the_certificates_rows():
    assert rows(THREE) == (
        row(100, "2026-11-23", "2026-12-06"),
        row(75, "2026-12-07", "2026-12-20"),
        row(50, "2026-12-21", "2027-01-17"),
    )


@given(step_downs())
def test_steps_come_back_whole_from_their_rows(plan):
    assert steps_of(rows(plan), plan) == plan


@given(step_downs())
def test_dates_and_degrees_come_back_from_the_rows_alone_in_any_order(plan):
    bare = StepDown(steps=tuple(Step(first=s.first, degree=s.degree) for s in plan.steps), last=plan.last)
    assert steps_of(rows(plan)[::-1]) == bare
    assert rows(bare) == rows(plan)


@given(step_downs())
def test_rows_come_back_from_their_steps(plan):
    found = rows(plan)
    assert rows(steps_of(found)) == found


@given(step_downs())
def test_rows_cover_the_days_of_the_steps_and_no_day_twice(plan):
    days = [row.period.first + timedelta(n) for row in rows(plan) for n in range(row.period.days)]
    assert len(days) == len(set(days))
    ends = [s.first for s in plan.steps[1:]] + [plan.last + timedelta(1)]
    worked = {
        s.first + timedelta(n)
        for s, end in zip(plan.steps, ends, strict=True)
        if not s.degree
        for n in range((end - s.first).days)
    }
    assert set(days) | worked == {
        plan.steps[0].first + timedelta(n) for n in range((plan.last - plan.steps[0].first).days + 1)
    }


def test_days_between_two_rows_are_work_at_full_time():
    found = steps_of([row(50, "2026-11-23", "2026-11-29"), row(25, "2026-12-07", "2026-12-20")])
    assert [(step.degree, step.first) for step in found.steps] == [
        (50, MONDAY),
        (0, date(2026, 11, 30)),
        (25, date(2026, 12, 7)),
    ]


@pytest.mark.parametrize(
    "found",
    [
        [],
        [PeriodRow(degree=100, first="2026-11-23", last="")],
        [row(100, "2026-11-23", "2026-12-06"), row(50, "2026-12-06", "2026-12-20")],
        [row(100, "2026-11-23", "2026-12-20"), row(50, "2026-11-30", "2026-12-01")],
        [row(100, "2026-12-06", "2026-11-23")],
    ],
)
def test_rows_that_are_unfinished_or_overlap_are_no_steps(found):
    assert steps_of(found, THREE) is None


def test_a_step_that_is_moved_keeps_what_is_done_in_it():
    moved = [
        row(100, "2026-11-23", "2026-12-13"),
        row(75, "2026-12-14", "2026-12-27"),
        row(50, "2026-12-28", "2027-01-17"),
    ]
    found = steps_of(moved, THREE)
    assert [(step.degree, step.possible) for step in found.steps] == [(100, ""), (75, "planerar"), (50, "möten")]


def test_a_row_that_is_taken_away_takes_its_step_and_leaves_the_others():
    found = steps_of([rows(THREE)[0], row(50, "2026-12-07", "2027-01-17")], THREE)
    assert [(step.degree, step.possible) for step in found.steps] == [(100, ""), (50, "möten")]


@pytest.mark.parametrize(
    ("steps", "last"),
    [
        ((), MONDAY),
        ((Step(first=MONDAY, degree=100), Step(first=MONDAY, degree=50)), MONDAY),
        ((Step(first=MONDAY, degree=100),), MONDAY - timedelta(1)),
        ((Step(first=MONDAY, degree=0),), MONDAY),
        ((Step(first=MONDAY, degree=50), Step(first=MONDAY + timedelta(1), degree=0)), MONDAY + timedelta(2)),
    ],
)
def test_steps_that_are_no_step_down_are_refused(steps, last):
    with pytest.raises(ValueError):
        StepDown(steps=steps, last=last)


def test_no_other_degree_than_those_of_the_certificate_is_possible():
    with pytest.raises(ValueError):
        Step(first=MONDAY, degree=60)


def test_a_step_reads_as_a_line_of_the_plan():
    assert [said(step, WORDS) for step in THREE.steps] == [
        "100 % från 2026-11-23.",
        "75 % från 2026-12-07. 2 timmar per dag. Gör: planerar. Undvik: kunder. Avbryt om sömnen blir sämre.",
        "50 % från 2026-12-21. 4 timmar per dag. Gör: möten.",
    ]


def full(days, degree=100, first=MONDAY):
    return Period(degree=degree, first=first, last=first + timedelta(days - 1))


@pytest.mark.parametrize(
    ("periods", "tip"),
    [
        ([], False),
        ([full(28)], False),
        ([full(29)], True),
        ([full(14), full(15, first=MONDAY + timedelta(14))], True),
        ([full(20), full(20, first=MONDAY + timedelta(21))], False),
        ([full(60, degree=75)], False),
        ([full(29), full(14, 50, MONDAY + timedelta(29))], False),
        ([full(29, first=MONDAY - timedelta(60))], False),
        ([full(14, 50, MONDAY - timedelta(14)), full(40)], True),
        ([full(20), full(40, first=MONDAY + timedelta(10))], True),
    ],
)
def test_a_step_down_is_a_tip_after_more_than_28_days_at_100_percent(periods, tip):
    assert step_down_tip(periods, MONDAY) is tip
