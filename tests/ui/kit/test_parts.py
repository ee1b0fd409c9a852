"""Small parts that several pages share."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

import fmstod.ui
from fmstod.app import dress
from fmstod.domain.patient import Patient
from fmstod.ui.kit.elided import breakable
from fmstod.ui.kit.parts import button, show_chosen
from fmstod.ui.life.signing import SignCard
from tests.ui.keys import press
from tests.ui.windows import dressed, show


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


def test_who_it_is_signed_for_stands_whole_however_long_the_name_is(qtbot):
    """A name without a place to break takes more lines instead of being cut; the screen reader says it as it is."""
    for name in ("Å" * 100, "Anna-Maria Charlotta von Testenhielm-Provsson"):
        card = show(qtbot, SignCard(dressed()), 344, 500)
        card.show_patient(Patient(name=name, number="19840512-9803"))
        qtbot.wait(1)
        metrics, label = QFontMetrics(card.name.font()), card.name
        room = QRect(0, 0, label.width(), 10_000)
        needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, label.text())
        assert needed.width() <= label.width()
        assert needed.height() <= label.height() + 2
        assert label.text().replace("\u200b", "") == name
        assert label.accessibleName() == name
    assert breakable("Anna-Maria Testenhielm") == "Anna-Maria Testenhielm"
