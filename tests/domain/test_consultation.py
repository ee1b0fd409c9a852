"""What a consultation says of itself."""

from datetime import date

import pytest

from fmstod.domain.answers import Diagnosis, PeriodRow
from fmstod.domain.consultation import Consultation, Earlier
from fmstod.domain.leave import Instead

FOUR_WEEKS = PeriodRow(degree=100, first="2026-11-23", last="2026-12-20")


@pytest.mark.parametrize(
    ("earlier", "day"),
    [
        (None, None),  # unanswered: no claim
        (Earlier(had=False), 3),
        (Earlier(had=True), None),
        (Earlier(had=True, since=date(2026, 11, 1)), 25),
        (Earlier(had=True, days=10), 13),
        (Earlier(had=True, since=date(2026, 10, 1), days=10), 13),
    ],
)
def test_the_day_of_the_case_counts_earlier_sick_leave(earlier, day):
    record = Consultation(earlier=earlier, answers={"32": (FOUR_WEEKS,)})
    assert record.day_of_case(date(2026, 11, 25)) == day


def test_before_the_first_day_there_is_no_day():
    record = Consultation(earlier=Earlier(had=False), answers={"32": (FOUR_WEEKS,)})
    assert record.day_of_case(date(2026, 11, 23)) == 1
    assert record.day_of_case(date(2026, 11, 22)) is None


def test_a_name_that_is_searched_for_is_no_code():
    rows = (Diagnosis(code="F43.8A", text="Utmattningssyndrom"), Diagnosis(code="utmatt"), Diagnosis(text="Lumbago"))
    assert Consultation(answers={"6": rows}).codes == ("F43.8A",)


def test_without_sick_leave_the_days_that_were_written_are_kept_and_count_for_nothing():
    leave = Consultation(earlier=Earlier(had=False), answers={"32": (FOUR_WEEKS,)})
    without = leave.changed(instead=Instead(chosen=("adapted",), why="Kan arbeta om lyft undviks."))
    assert without.period_rows == (FOUR_WEEKS,)
    assert without.periods == ()
    assert without.day_counts.planned == 0
    assert Consultation.model_validate_json(without.model_dump_json(by_alias=True)) == without
    assert without.changed(instead=None) == leave


def test_a_record_of_sick_leave_keeps_the_bytes_that_it_had_before_there_was_anything_instead():
    stored = Consultation(answers={"32": (FOUR_WEEKS,)}).model_dump_json(by_alias=True)
    assert "instead" not in stored
    assert '"no_plan":"","answers":' in stored
