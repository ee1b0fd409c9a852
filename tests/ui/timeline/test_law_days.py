"""The law's days on the assessment's timeline, for the patient's own occupation and age."""

from datetime import date

import pytest

from fmstod.domain.consultation import Earlier
from fmstod.ui.models.leave import law_days
from fmstod.ui.pages.assessment import AssessmentPage
from tests.ui.pages_5_7 import consult, days, tess
from tests.ui.windows import dressed


def marks(qtbot, *occupations, earlier=0, born=None):
    had = Earlier(had=True, since=date(2025, 1, 1), days=earlier) if earlier else Earlier(had=False)
    record = tess(days(90), answers={"28": occupations}, earlier=had)
    record = record.changed(patient=record.patient.changed(born=born or record.patient.born))
    page = AssessmentPage(dressed(), consult(record))
    qtbot.addWidget(page)
    page.refresh()
    return {mark.day: mark.caption for mark in law_days(page.model) if mark.applies}


@pytest.mark.parametrize(
    ("occupations", "asked"),
    [
        (("NUVARANDE_ARBETE",), {8, 15, 30, 91, 181, 366, 550}),
        (("ARBETSSOKANDE",), {8}),
        (("STUDIER",), {15}),
        (("STUDIER", "NUVARANDE_ARBETE"), {8, 15, 30, 91, 181, 366, 550}),
        ((), set()),
    ],
)
def test_the_days_are_those_of_the_occupation(qtbot, occupations, asked):
    assert set(marks(qtbot, *occupations)) == asked


def test_near_pension_nobody_is_measured_against_other_occupations(qtbot):
    assert 181 not in marks(qtbot, "NUVARANDE_ARBETE", earlier=120, born=date(1961, 1, 1))
    assert "yrkesgrupp" in marks(qtbot, "NUVARANDE_ARBETE", earlier=120, born=date(1970, 1, 1))[181]
