"""The field for question 6, by keys: hits at each keystroke, no code taken by haste."""

import pytest
from PySide6.QtCore import Qt

from fmstod.domain.answers import Diagnosis
from fmstod.knowledge.codes import CodeIndex
from tests.ui.keys import held, press, replace_text, type_text
from tests.ui.windows import field_of

Key = Qt.Key
CODES = CodeIndex(
    {
        "F32": "Depressiv episod",
        "F321": "Medelsvår depressiv episod",
        "F43": "Anpassningsstörningar och reaktion på svår stress",
        "F438A": "Utmattningssyndrom",
        "M545": "Lumbago",
    }
)


@pytest.fixture
def search(qtbot):
    sheet, field = field_of(qtbot, "6")
    field.use_codes(CODES)
    field.focus_first()
    return sheet, field


def hits(field):
    return [field._hits.item(n).text() for n in range(field._hits.count())] if field._hits.isVisible() else []


def test_hits_follow_each_keystroke(search):
    _, field = search
    type_text("f")
    assert len(hits(field)) == 4
    type_text("438")
    assert hits(field) == ["F43.8A   Utmattningssyndrom"]
    replace_text("lumb")
    assert hits(field) == ["M54.5   Lumbago"]


def test_a_name_is_chosen_with_arrow_and_enter(search):
    sheet, _ = search
    type_text("utmatt")
    press(Key.Key_Down, Key.Key_Return)
    assert sheet.last == (Diagnosis(code="F438A", text="Utmattningssyndrom"),)
    assert held().accessibleName() == "Huvuddiagnos, Diagnos på intyget"


def test_enter_alone_marks_before_it_takes(search):
    sheet, _ = search
    type_text("utmatt")
    press(Key.Key_Return)
    assert sheet.last == (Diagnosis(code="utmatt"),)
    assert held().accessibleDescription() == "F43.8A   Utmattningssyndrom"
    press(Key.Key_Return)
    assert sheet.last == (Diagnosis(code="F438A", text="Utmattningssyndrom"),)


def test_a_code_typed_in_full_gets_its_name(search):
    sheet, field = search
    type_text("f43.8a")
    assert sheet.last == (Diagnosis(code="F438A", text="Utmattningssyndrom"),)
    press(Key.Key_Tab)
    assert field.place("6[0].code").text() == "F43.8A"


def test_a_three_character_hit_opens_for_its_fourth(search):
    sheet, field = search
    type_text("F32")
    press(Key.Key_Return)
    assert held().text() == "F32."
    assert hits(field) == ["F32.1   Medelsvår depressiv episod"]
    type_text("2")  # not in the list: kept, under the parent's name
    assert sheet.last == (Diagnosis(code="F322", text="Depressiv episod"),)
    replace_text("F321")
    assert sheet.last == (Diagnosis(code="F321", text="Medelsvår depressiv episod"),)


def test_a_well_formed_code_outside_the_list_takes_typed_text(search):
    sheet, _ = search
    type_text("Z999")
    press(Key.Key_Tab)
    type_text("Egen text")
    assert sheet.last == (Diagnosis(code="Z999", text="Egen text"),)


def test_the_users_own_text_is_not_overwritten_by_a_typed_code(search):
    sheet, field = search
    field.place("6[0].text").setFocus()
    type_text("Min text")
    field.place("6[0].code").setFocus()
    type_text("M545")
    assert sheet.last == (Diagnosis(code="M545", text="Min text"),)


def test_escape_puts_the_hits_away_and_tab_leaves_them(search):
    _, field = search
    type_text("f4")
    press(Key.Key_Escape)
    assert hits(field) == []
    type_text("3")
    assert hits(field)
    press(Key.Key_Tab)
    assert hits(field) == []


def test_a_hit_is_taken_with_the_mouse_too(search):
    sheet, field = search
    type_text("lumb")
    field._hits.itemClicked.emit(field._hits.item(0))
    assert sheet.last == (Diagnosis(code="M545", text="Lumbago"),)


def test_the_third_row_may_be_filled_while_the_second_is_empty(search):
    sheet, field = search
    field.place("6[2].code").setFocus()
    type_text("M545")
    assert sheet.last == (Diagnosis(), Diagnosis(), Diagnosis(code="M545", text="Lumbago"))
    replace_text("")
    assert sheet.last is None


def test_no_code_is_taken_because_it_looks_alike(search):
    _, field = search
    type_text("F483A")  # two digits swapped
    assert hits(field) == []
