"""A step-down is proposed only after 28 days (sickleave.md 6.2), and how a step reads."""

from datetime import date, timedelta

import pytest

from fmstod.domain.answers import StepRow
from fmstod.domain.period import Period
from fmstod.files import read_catalogue
from fmstod.followup.steps import said_row, step_down_tip

MONDAY = date(2026, 11, 23)


def test_a_step_reads_as_a_line_and_tells_its_days_where_no_certificate_does():
    words = read_catalogue().words
    here = StepRow(ahead=False, degree=75, hours="2", possible="planerar", avoid="kunder", stop="sömnen blir sämre.")
    assert (
        said_row(here, words) == "75 %. 2 timmar per dag. Gör: planerar. Undvik: kunder. Avbryt om sömnen blir sämre."
    )
    ahead = StepRow(ahead=True, degree=50, first="2026-12-21", last="2027-01-03")
    assert said_row(ahead, words) == "50 % från 2026-12-21 till 2027-01-03."


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
