"""Hours a week at each degree, by keys: nothing of it goes into the record."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fmstod.ui.pages.hours import HoursHelper, in_words
from tests.ui.keys import held, press, replace_text, type_text
from tests.ui.pages_5_7 import TWO_STEPS, consult, tess
from tests.ui.walk import clipped, nameless, outside, shown
from tests.ui.windows import dressed, show

Key = Qt.Key


def helper(qtbot, record=None, size=1.0):
    model = consult(record or tess(TWO_STEPS))
    made = show(qtbot, HoursHelper(dressed(text=size), model), 704)
    made.model = model
    made.open.setFocus()
    return made


def lines(made):
    """Degree, hours left and days, as they stand in the rows."""
    grid = made._cells
    return {degree: tuple(label.text() for label in labels[1:]) for degree, labels in grid.items()}


def words(made):
    return [label.text() for label in shown(made, QLabel) if label.text()]


def test_one_key_opens_it_and_forty_hours_leave_what_is_not_lost(qtbot):
    made = helper(qtbot)
    press(Key.Key_F4)
    type_text("40")
    assert lines(made) == {
        100: ("0 timmar kvar i veckan", "28 dagar"),
        75: ("10 timmar kvar i veckan", ""),
        50: ("20 timmar kvar i veckan", "14 dagar"),
        25: ("30 timmar kvar i veckan", ""),
    }


@pytest.mark.parametrize(("typed", "half"), [("38,25", "19,13"), ("38.5", "19,25"), ("168", "84"), ("0", "0")])
def test_hours_are_typed_with_comma_or_point(qtbot, typed, half):
    made = helper(qtbot)
    press(Key.Key_F4)
    type_text(typed)
    assert lines(made)[50][0] == f"{half} timmar kvar i veckan"


def test_more_hours_than_a_week_has_are_refused(qtbot):
    made = helper(qtbot)
    press(Key.Key_F4)
    type_text("168,01")
    assert any("168 timmar" in said for said in words(made))
    assert lines(made)[50][0] == ""
    replace_text("40")
    assert not any("168 timmar" in said for said in words(made))


@pytest.mark.parametrize("typed", ["", "åtta", "-4", "4e9", "٤٠", "1" * 400, "<b>40</b>"])
def test_what_is_no_number_gives_no_hours(qtbot, typed):
    made = helper(qtbot)
    press(Key.Key_F4)
    type_text(typed)
    assert {hours for hours, _ in lines(made).values()} == {""}


def test_escape_closes_it_forgets_the_hours_and_leaves_no_trace_in_the_record(qtbot):
    made = helper(qtbot)
    before = made.model.consultation
    press(Key.Key_F4)
    type_text("40")
    press(Key.Key_Escape)
    assert held() is made.open
    assert not made.box.isVisible()
    assert made.model.consultation is before
    press(Key.Key_F4)
    assert made.box.text() == ""


def test_the_days_follow_the_periods_while_it_is_open(qtbot):
    made = helper(qtbot, tess())
    press(Key.Key_F4)
    type_text("40")
    assert {days for _, days in lines(made).values()} == {""}
    made.model.answer("32", TWO_STEPS)
    assert lines(made)[100][1] == "28 dagar"
    assert lines(made)[50][0] == "20 timmar kvar i veckan"


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_nothing_is_cut_or_nameless(qtbot, size):
    made = helper(qtbot, size=size)
    press(Key.Key_F4)
    type_text("38,25")
    qtbot.wait(10)
    assert not clipped(made)
    assert not nameless(made)
    assert not outside(made)


def test_hours_are_written_without_needless_zeros():
    assert [in_words(Decimal(n)) for n in ("40.00", "10", "9.5", "0", "0.125")] == ["40", "10", "9,5", "0", "0,13"]
