"""Small parts that several pages share."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

import fmstod.ui
from fmstod.app import dress
from fmstod.ui.parts import button, show_chosen
from tests.ui.keys import press


@pytest.fixture
def chip(qapp, qtbot):
    look = dress("light", 1.0)
    made = button(look, "Arbeta natt", "chip")
    made.setCheckable(True)
    made.clicked.connect(lambda: show_chosen(look, made, made.isChecked()))
    show_chosen(look, made, chosen=False)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def picture(made):
    return made.icon().pixmap(16, 16).toImage()


def test_a_chip_chosen_by_a_key_gets_its_tick_and_loses_it_again(chip):
    plus = picture(chip)
    press(Qt.Key.Key_Space)
    assert chip.isChecked()
    assert picture(chip) != plus
    press(Qt.Key.Key_Space)
    assert picture(chip) == plus


def test_no_layout_is_asked_for_its_items():
    """PySide keeps the wrapper that QLayout.itemAt returns after Qt has deleted the item, and the heap breaks."""
    package = Path(fmstod.ui.__file__).parent
    assert [f.name for f in package.rglob("*.py") if ".itemAt(" in f.read_text(encoding="utf-8")] == []
