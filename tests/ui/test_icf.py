"""The fields for questions 35 and 17: suggestions, ratings and text; nothing is chosen beforehand."""

import pytest
from PySide6.QtCore import Qt

from fmstod.domain.answers import Basis, IcfRating, IcfText
from fmstod.knowledge.suggest import Suggestion, Suggestions
from tests.ui.keys import held, press, tab_to, type_text
from tests.ui.test_fields import words
from tests.ui.windows import field_of

Key = Qt.Key
NAMES = {
    "b140": "Uppmärksamhet", "b144": "Minne", "b134": "Sömn", "b152": "Emotioner", "b160": "Tänkande",
    "b130": "Energi", "b280": "Smärta", "b455": "Ork",
}  # fmt: skip
SHARED = Suggestions(
    ("F438A", "M545"), tuple(Suggestion(c, NAMES[c], NAMES[c], central=True) for c in ("b140", "b144"))
)
OWN = Suggestions(
    ("F438A",), tuple(Suggestion(c, n, n, central=False) for c, n in NAMES.items() if c not in ("b140", "b144"))
)


@pytest.fixture
def icf(qtbot):
    sheet, field = field_of(qtbot, "35")
    field.suggest((SHARED, OWN), NAMES)
    field.focus_first()
    return sheet, field


def chips(field):
    return [chip.text() for chip in field._chips.values() if chip.isVisible()]


def test_nothing_is_chosen_beforehand_and_the_shared_come_first(icf, qtbot):
    sheet, field = icf
    qtbot.waitUntil(lambda: len(chips(field)) == 6)
    assert sheet.said == []
    assert not any(chip.isChecked() for chip in field._chips.values())
    assert chips(field)[:2] == ["b140 Uppmärksamhet", "b144 Minne"]
    assert "Gemensamma för F43.8A, M54.5" in words(field)
    assert "0 av 8 valda" in words(field)


def test_a_chip_makes_a_row_to_rate_by_keys(icf):
    sheet, _ = icf
    press(Key.Key_Space)
    assert sheet.last == IcfText(icf=(IcfRating(code="b140"),))  # unrated: the physician judges
    tab_to("0, ingen", key=Key.Key_Backtab)
    type_text("3")
    press(Key.Key_Tab)
    assert held().accessibleName() == "b140, grund"
    press(Key.Key_Down)
    assert sheet.last == IcfText(icf=(IcfRating(code="b140", severity=3, basis=Basis.EXAMINATION),))


def test_a_chip_pressed_again_takes_its_row_away(icf):
    sheet, _ = icf
    press(Key.Key_Space, Key.Key_Space)
    assert sheet.last is None


def test_text_and_ratings_are_kept_together(icf):
    sheet, field = icf
    press(Key.Key_Space)
    field.box.setFocus()
    type_text("Tappar tråden")
    assert sheet.last == IcfText(text="Tappar tråden", icf=(IcfRating(code="b140"),))
    field.toggle("b140")
    assert sheet.last == IcfText(text="Tappar tråden")


def test_all_suggestions_can_be_shown(icf, qtbot):
    _, field = icf
    qtbot.waitUntil(lambda: len(chips(field)) == 6)
    field._more.click()
    qtbot.waitUntil(lambda: len(chips(field)) == 8)
    assert field._more.text() == "Visa färre"


def test_a_chosen_category_stays_when_its_diagnosis_goes(icf):
    _, field = icf
    press(Key.Key_Space)
    field.suggest((), NAMES)
    assert "Uppmärksamhet" in words(field)
    assert "ICF att pröva" not in words(field)


def test_places_lead_to_scale_basis_and_text(icf):
    _, field = icf
    press(Key.Key_Space)
    assert "svårighet" in field.place("35[0].severity").accessibleDescription()
    assert field.place("35[0].basis").accessibleName() == "b140, grund"
    assert field.place("35") is field.box


def test_a_chosen_chip_shows_a_tick_instead_of_a_plus(icf):
    _, _field = icf
    before = held().icon().pixmap(16, 16).toImage()
    press(Key.Key_Space)
    assert held().icon().pixmap(16, 16).toImage() != before
    press(Key.Key_Space)
    assert held().icon().pixmap(16, 16).toImage() == before
