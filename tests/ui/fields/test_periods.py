"""The field for question 32, by keys: typed days and lengths, rows that follow each other, the sum."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from shiboken6 import delete

from fmstod.domain.answers import PeriodRow
from fmstod.domain.problem import Problem
from fmstod.ui.fields.periods import PeriodsField
from tests.ui.fields.test_fields import words
from tests.ui.keys import held, press, replace_text, tab_to, type_text
from tests.ui.windows import TODAY, dressed, field_of, questions

Key = Qt.Key
FOUR_WEEKS = PeriodRow(degree=100, first="2026-11-23", last="2026-12-20")
TWO_MORE = PeriodRow(degree=50, first="2026-12-21", last="2027-01-03")


def given_rows(qtbot, *rows, text=1.0):
    sheet, field = field_of(qtbot, "32", text=text)
    sheet.answers["32"] = rows
    field.show_value(rows)
    return sheet, field


def at(field, place):
    field.place(place).setFocus()


def test_a_period_is_typed_as_day_length_and_degree(qtbot):
    sheet, _ = field_of(qtbot, "32")
    type_text("idag")
    press(Key.Key_Tab)
    type_text("4v")
    assert sheet.last == (PeriodRow(first="2026-11-23", last="2026-12-20"),)  # 28 days, both ends counted
    press(Key.Key_Tab, Key.Key_Tab)
    assert held().accessibleName() == "Grad, period 1"
    press(Key.Key_Down)
    assert sheet.last == (FOUR_WEEKS,)


def test_a_period_over_the_new_year_is_typed_without_years(qtbot):
    sheet, field = field_of(qtbot, "32")
    for first, last, said in (
        ("1/12", "3/1", ("2026-12-01", "2027-01-03")),
        ("1/9", "1/7", ("2026-09-01", "2027-07-01")),
    ):
        at(field, "32[0].from")
        replace_text(first)
        at(field, "32[0].to")
        replace_text(last)
        assert sheet.last == (PeriodRow(first=said[0], last=said[1]),)
    replace_text("20/8")  # before the first day: a slip that is said, not made into next year's
    assert sheet.last == (PeriodRow(first="2026-09-01", last="2026-08-20"),)


def test_the_next_period_begins_the_day_after(qtbot):
    sheet, field = given_rows(qtbot, FOUR_WEEKS)
    at(field, "32[0].degree")
    tab_to("Ny period")
    press(Key.Key_Space)
    assert sheet.last == (FOUR_WEEKS, PeriodRow(first="2026-12-21"))
    assert held().accessibleName() == "Längd, period 2"
    type_text("14d")
    assert sheet.last[1] == PeriodRow(first="2026-12-21", last="2027-01-03")
    assert "28 + 14 =" not in words(field)  # no degree yet: no period
    press(Key.Key_Tab, Key.Key_Tab, Key.Key_Down, Key.Key_Down, Key.Key_Down)
    assert sheet.last == (FOUR_WEEKS, TWO_MORE)
    assert "28 + 14 =" in words(field)
    assert "42 dagar" in words(field)


def test_two_months_are_62_days_and_stay_as_written(qtbot):
    sheet, field = given_rows(qtbot, FOUR_WEEKS)
    at(field, "32[0].length")
    replace_text("2m")
    assert sheet.last == (PeriodRow(degree=100, first="2026-11-23", last="2027-01-23"),)
    press(Key.Key_Tab)
    assert field.place("32[0].length").text() == "2m"


def test_the_arrows_stop_at_the_end_of_the_calendar(qtbot):
    """An OverflowError in a key event ended the process."""
    sheet, field = given_rows(qtbot, FOUR_WEEKS)
    at(field, "32[0].to")
    for typed, key in (("9999-12-31", Key.Key_Up), ("0001-01-01", Key.Key_Down)):
        replace_text(typed)
        press(key)
        assert sheet.last[0].last == typed
    replace_text("2026-12-31")
    press(Key.Key_Up)
    assert sheet.last[0].last == "2027-01-01"


def test_a_last_day_at_the_end_of_the_calendar_stops_no_key(qtbot):
    sheet, field = given_rows(qtbot, FOUR_WEEKS, TWO_MORE)
    at(field, "32[0].to")
    replace_text("9999-12-31")
    at(field, "32[0].from")
    replace_text("2026-11-30")
    assert sheet.last[0].first == "2026-11-30"
    assert sheet.last[1] == TWO_MORE


@pytest.mark.parametrize("typed", ["4", "2x", "0d", "2,5v"])
def test_a_length_that_cant_be_read_leaves_no_end_that_could_be_signed(qtbot, typed):
    sheet, field = given_rows(qtbot, FOUR_WEEKS, TWO_MORE)
    at(field, "32[0].length")
    replace_text(typed)
    press(Key.Key_Tab)
    assert sheet.last == (FOUR_WEEKS.changed(last=""), TWO_MORE)
    assert field.place("32[0].length").text() == typed
    assert "14 dagar" in words(field)
    at(field, "32[0].length")
    replace_text("2v")
    assert [(r.first, r.last) for r in sheet.last] == [("2026-11-23", "2026-12-06"), ("2026-12-07", "2026-12-20")]


def test_a_changed_length_moves_the_rows_that_follow(qtbot):
    sheet, field = given_rows(qtbot, FOUR_WEEKS, TWO_MORE)
    at(field, "32[0].length")
    replace_text("2v")
    assert sheet.last == (
        PeriodRow(degree=100, first="2026-11-23", last="2026-12-06"),
        PeriodRow(degree=50, first="2026-12-07", last="2026-12-20"),  # its 14 days are kept
    )


def test_a_row_after_a_gap_is_left_where_it_is(qtbot):
    later = PeriodRow(degree=50, first="2027-01-11", last="2027-01-24")
    sheet, field = given_rows(qtbot, FOUR_WEEKS, later)
    at(field, "32[0].to")
    replace_text("2026-12-13")
    assert sheet.last == (FOUR_WEEKS.changed(last="2026-12-13"), later)


def test_a_moved_first_day_keeps_the_length(qtbot):
    sheet, field = given_rows(qtbot, FOUR_WEEKS)
    at(field, "32[0].from")
    replace_text("2026-11-24")
    assert sheet.last == (PeriodRow(degree=100, first="2026-11-24", last="2026-12-21"),)


def test_a_length_typed_before_its_first_day_waits_for_it(qtbot):
    sheet, field = field_of(qtbot, "32")
    at(field, "32[0].length")
    type_text("14d")
    assert sheet.said == []
    at(field, "32[0].from")
    type_text("2026-11-23")
    assert sheet.last == (PeriodRow(first="2026-11-23", last="2026-12-06"),)


def test_what_is_no_day_is_kept_as_typed(qtbot):
    sheet, _ = field_of(qtbot, "32")
    type_text("32/13")
    assert sheet.last == (PeriodRow(first="32/13"),)


def test_a_length_beyond_the_calendar_gives_no_day(qtbot):
    sheet, field = given_rows(qtbot, PeriodRow(first="9999-12-01"))
    at(field, "32[0].length")
    type_text("999m")
    assert sheet.last == (PeriodRow(first="9999-12-01"),)


def test_a_row_can_be_taken_away_and_an_emptied_question_is_unanswered(qtbot):
    sheet, field = given_rows(qtbot, FOUR_WEEKS, TWO_MORE)
    at(field, "32[0].degree")
    press(Key.Key_Tab)
    assert held().accessibleName() == "Ta bort, period 1"
    press(Key.Key_Space)
    assert sheet.last == (TWO_MORE,)
    for place in ("from", "to"):
        at(field, f"32[0].{place}")
        replace_text("")
    at(field, "32[0].degree")
    press(Key.Key_Delete)
    assert sheet.last is None


def test_there_are_at_most_four_rows_one_for_each_degree(qtbot):
    _, field = field_of(qtbot, "32")
    for _ in range(6):
        new = next(b for b in field.findChildren(type(field._new)) if b.accessibleName() == "Ny period")
        new.click()
    assert sum(made.first.isVisible() for made in field._rows) == 4
    assert not new.isEnabled()


def test_overlapping_rows_are_not_added_up(qtbot):
    _, field = given_rows(qtbot, FOUR_WEEKS, PeriodRow(degree=50, first="2026-12-14", last="2026-12-27"))
    assert "35 dagar" in words(field)  # a day in two periods counts once
    assert not any("+" in said for said in words(field))


def test_a_problem_marks_its_own_box(qtbot):
    _, field = given_rows(qtbot, FOUR_WEEKS, TWO_MORE)
    held().clearFocus()
    field.show_problems([Problem("SL-7", "32[1].from", values={"day": "2026-12-21"})])
    assert field.place("32[1].from").property("state") == "error"
    assert field.place("32[0].from").property("state") != "error"
    assert field.place("32[1].from").accessibleName() == "Från och med, period 2"


@pytest.mark.parametrize("text", [1.0, 1.5, 2.0])
def test_the_same_rows_show_at_every_text_size(qtbot, text):
    _, field = given_rows(qtbot, FOUR_WEEKS, TWO_MORE, text=text)
    assert field.place("32[1].to").text() == "2027-01-03"
    assert field.place("32[1].length").text() == "2v"
    assert "42 dagar" in words(field)


ROWS = st.lists(
    st.builds(
        PeriodRow,
        degree=st.sampled_from([None, 25, 50, 75, 100]),
        first=st.one_of(st.just(""), st.dates(TODAY, TODAY.replace(year=2028)).map(str), st.text(max_size=8)),
        last=st.one_of(st.just(""), st.dates(TODAY, TODAY.replace(year=2028)).map(str), st.text(max_size=8)),
    ),
    max_size=4,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ROWS)
def test_showing_any_answer_never_says_anything(qapp, rows):
    field = PeriodsField(dressed(), questions()["32"], lambda: TODAY)
    said = []
    field.edited.connect(lambda *answer: said.append(answer))
    field.show_value(tuple(rows))
    field.show_value(None)
    delete(field)
    assert said == []


@pytest.mark.parametrize(
    ("code", "last"),
    [
        ("7d", "2026-11-29"), ("D7", "2026-11-29"), ("2v", "2026-12-06"), ("v2", "2026-12-06"),
        ("1m", "2026-12-23"), ("M1", "2026-12-23"), ("999d", "2029-08-17"), ("20261201", "2026-12-01"),
    ],
)  # fmt: skip
def test_a_day_code_in_the_last_day_counts_from_the_first_and_includes_it(qtbot, code, last):
    """certificates.md 7: from + n - 1, a month is 31 days."""
    sheet, field = given_rows(qtbot, PeriodRow(first="2026-11-23"))
    at(field, "32[0].to")
    type_text(code)
    assert sheet.last == (PeriodRow(first="2026-11-23", last=last),)
    at(field, "32[0].from")
    assert field.place("32[0].to").text() == last


@pytest.mark.parametrize("code", ["0d", "1000d", "7", "7dd", "d", "-7d7"])
def test_what_is_no_day_code_stays_as_typed(qtbot, code):
    sheet, field = given_rows(qtbot, PeriodRow(first="2026-11-23"))
    at(field, "32[0].to")
    type_text(code)
    assert sheet.last[0].last == code


def test_a_day_code_without_a_first_day_means_nothing_yet(qtbot):
    sheet, field = given_rows(qtbot, PeriodRow(degree=100))
    at(field, "32[0].to")
    type_text("7d")
    assert sheet.last == (PeriodRow(degree=100, last="7d"),)


def test_a_first_day_beyond_the_calendar_breaks_no_day_code(qtbot):
    sheet, field = given_rows(qtbot, PeriodRow(first="9999-12-30"))
    at(field, "32[0].to")
    type_text("9m")
    assert sheet.last[0].last == "9m"
