"""Choosing among a few, by keys: nothing is chosen beforehand, and all can be taken back."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from fmstod.ui.kit.choices import Pick, Segments, SeverityScale
from fmstod.ui.kit.parts import column, panel
from tests.ui.keys import held, press, stops, type_text
from tests.ui.windows import dressed, show

Key = Qt.Key


def window(qtbot, *widgets):
    return show(qtbot, panel(column(*widgets, ...), ground="surface"))


@pytest.fixture
def answers(qtbot):
    """Segments with what they have said."""
    segments = Segments(dressed(), [(False, "Nej"), (True, "Ja"), ("x", "Oklart")], "Sjukskriven tidigare?")
    said = []
    segments.chosen.connect(said.append)
    window(qtbot, segments)
    segments.stop.setFocus()
    return segments, said


def test_arrows_move_without_choosing_and_space_chooses(answers):
    _segments, said = answers
    press(Key.Key_Right)
    assert held().text() == "Ja"
    assert said == []
    press(Key.Key_Space)
    assert said == [True]


def test_the_chosen_one_pressed_again_is_taken_back(answers):
    segments, said = answers
    press(Key.Key_Space, Key.Key_Space)
    assert said == [False, None]
    assert not any(made.isChecked() for made in segments.buttons)


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_delete_takes_the_choice_back(answers, key):
    _segments, said = answers
    press(Key.Key_Right, Key.Key_Space, key)
    assert said == [True, None]
    press(key)
    assert said == [True, None]  # nothing is left to take back


def test_arrows_come_round(answers):
    press(Key.Key_Left)
    assert held().text() == "Oklart"
    press(Key.Key_Right)
    assert held().text() == "Nej"


def test_showing_a_value_says_nothing(answers):
    segments, said = answers
    segments.show_value(True)
    segments.show_value(None)
    assert said == []


def test_a_choice_is_one_tab_stop_at_the_chosen(qtbot):
    look = dressed()
    first, second = (Segments(look, [(n, f"{n}") for n in range(4)], name) for name in ("A", "B"))
    first.show_value(2)
    window(qtbot, first, second)
    first.stop.setFocus()
    assert [stop.text() for stop in stops()] == ["2", "0"]


def test_each_choice_tells_what_it_belongs_to(answers):
    segments, _ = answers
    assert {made.accessibleName() for made in segments.buttons} == {"Nej", "Ja", "Oklart"}
    assert {made.accessibleDescription() for made in segments.buttons} == {"Sjukskriven tidigare?"}


def test_choices_too_wide_for_the_row_stand_in_a_column(qtbot):
    segments = Segments(dressed(), [(n, f"Ett ganska långt svar nummer {n}") for n in range(3)], "Vilket?", width=400)
    window(qtbot, segments)
    assert len({made.x() for made in segments.buttons}) == 1
    assert len({made.y() for made in segments.buttons}) == 3


def test_choosing_moves_no_other_choice(answers):
    segments, _ = answers
    before = [made.geometry() for made in segments.buttons]
    press(Key.Key_Space)
    QApplication.processEvents()
    assert [made.geometry() for made in segments.buttons] == before


def test_a_digit_rates_the_severity_and_the_word_follows(qtbot):
    scale = SeverityScale(dressed(), "d220")
    said = []
    scale.chosen.connect(said.append)
    window(qtbot, scale)
    scale.stop.setFocus()
    type_text("3")
    assert said == [3]
    assert [made.property("level") for made in scale.buttons] == ["off", "on", "on", "on", "off"]
    type_text("0")
    assert said == [3, 0]  # "none" is an answer
    press(Key.Key_Delete)
    assert said == [3, 0, None]


def test_a_pick_begins_empty_and_speaks_only_of_the_user(qtbot):
    pick = Pick(dressed(), [("t", "Test"), ("o", "Observation")], "Grund")
    said = []
    pick.chosen.connect(said.append)
    window(qtbot, pick)
    assert pick.value is None
    assert pick.currentText() == ""
    pick.show_value("o")
    assert said == []
    pick.setFocus()
    press(Key.Key_Up)
    assert said == ["t"]
    press(Key.Key_Delete)
    assert said == ["t", None]
    assert pick.value is None


def test_the_wheel_never_changes_an_answer(qtbot):
    pick = Pick(dressed(), [("t", "Test"), ("o", "Observation")], "Grund")
    window(qtbot, pick)
    pick.show_value("t")
    pick.setFocus()
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(pick, turn)
    assert pick.value == "t"
