"""The field for question 6, by keys: hits at each keystroke, no code taken by haste."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea

from fmstod.domain.answers import Diagnosis
from fmstod.files import read_library
from fmstod.knowledge.codes import CodeIndex
from tests.ui.keys import held, press, replace_text, tab_to, type_text
from tests.ui.windows import Sheet, dressed, field_of, show

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
    shown = field._hits.list
    return [shown.item(n).text() for n in range(shown.count())] if shown.isVisible() else []


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
    field._hits.list.itemClicked.emit(field._hits.list.item(0))
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


def marked(field):
    hit = field._hits.list.current
    return hit.code if hit else ""


def says(field, words):
    return any(words in label.text() for label in field.findChildren(QLabel) if label.isVisible())


def test_arrows_go_to_the_codes_below_and_to_the_one_above(search):
    sheet, field = search
    type_text("stress")
    press(Key.Key_Down, Key.Key_Right)
    assert hits(field) == [
        "F43   Anpassningsstörningar och reaktion på svår stress · välj fjärde tecken",
        "F43.8A   Utmattningssyndrom",
    ]
    assert marked(field) == "F438A"
    press(Key.Key_Left)
    assert marked(field) == "F43"
    assert held().accessibleDescription().startswith("F43   Anpassningsstörningar")
    press(Key.Key_Right, Key.Key_Return)
    assert sheet.last == (Diagnosis(code="F438A", text="Utmattningssyndrom"),)


def test_the_keys_are_told_where_they_lead_and_no_way_where_there_is_none(search):
    _, field = search
    type_text("depr")
    ways = [b for b in field._hits.findChildren(QPushButton) if b.isVisible()]
    assert ways == []
    press(Key.Key_Down)  # F32
    assert [b.text() for b in field._hits.findChildren(QPushButton) if b.isVisible()] == ["Högerpil: koderna under F32"]
    press(Key.Key_Down)  # F32.1
    (up,) = [b for b in field._hits.findChildren(QPushButton) if b.isVisible()]
    assert up.text() == "Vänsterpil: upp till F32"
    up.click()
    assert marked(field) == "F32"
    press(Key.Key_Left)  # nothing is above
    assert marked(field) == "F32"


def test_left_moves_in_the_box_until_the_arrows_have_gone_to_the_hits(search):
    _, field = search
    type_text("F438A")
    assert marked(field) == "F438A"
    press(Key.Key_Left, Key.Key_Left)
    assert marked(field) == "F438A"
    assert held().cursorPosition() == 3
    press(Key.Key_Right)
    assert held().cursorPosition() == 4
    press(Key.Key_Down, Key.Key_Left)
    assert marked(field) == "F43"


def test_a_hit_tells_whether_FMB_knows_it(search):
    _, field = search
    field.use_codes(CodeIndex({"M545": "Lumbago", "Q874": "Marfans syndrom"}), read_library())
    type_text("m")
    assert {words.split()[0]: words.endswith("   FMB") for words in hits(field)} == {"M54.5": True, "Q87.4": False}


def test_a_name_of_fmb_is_none_that_the_user_wrote(search):
    """The draft is from before the register was read in, where the name is another."""
    sheet, field = search
    field.use_codes(CodeIndex({"F438A": "Utmattning", "M545": "Lumbago"}), read_library())
    sheet._edited("6", (Diagnosis(code="F438A", text=read_library().icd["F438A"]),))
    replace_text("M545")
    assert sheet.last == (Diagnosis(code="M545", text="Lumbago"),)


def test_an_everyday_word_stands_beside_the_name_that_it_led_to(search):
    _, field = search
    field.use_codes(CodeIndex({"M545": "Lumbago"}, everyday={"ryggskott": ("M545",)}))
    type_text("ryggsk")
    assert hits(field) == ["M54.5   Lumbago · ryggskott"]


def test_nothing_found_says_what_to_try_and_a_whole_code_that_it_is_kept(search):
    sheet, field = search
    type_text("xyzzy")
    assert says(field, "Inga träffar bland FMB:s koder")
    press(Key.Key_Escape)
    assert not says(field, "Inga träffar")
    replace_text("X999")
    assert says(field, "Den står kvar som du skrev den")
    assert sheet.last == (Diagnosis(code="X999", text=""),)


def test_the_empty_field_says_what_to_type_until_there_is_a_diagnosis(search):
    _, field = search
    assert says(field, "Skriv början av koden")
    type_text("M545")
    assert not says(field, "Skriv början av koden")


def test_an_edited_text_is_asked_of_when_its_code_changes(search):
    sheet, field = search
    type_text("M545")
    press(Key.Key_Tab)
    replace_text("Ryggskott sedan i fredags")
    field.place("6[0].code").setFocus()
    replace_text("F438A")
    assert sheet.last == (Diagnosis(code="F438A", text="Ryggskott sedan i fredags"),)
    assert says(field, "Du skrev texten för M54.5, men nu står F43.8A: Utmattningssyndrom.")
    replace_text("M545")
    assert not says(field, "Du skrev texten")
    replace_text("F438A")
    tab_to("Använd namnet för koden")
    press(Key.Key_Return)
    assert sheet.last == (Diagnosis(code="F438A", text="Utmattningssyndrom"),)
    assert not says(field, "Du skrev texten")


def test_a_text_that_is_kept_or_edited_again_is_not_asked_of_twice(search):
    sheet, field = search
    sheet._edited("6", (Diagnosis(code="M545", text="Egen"),))  # as when a draft is opened
    replace_text("F438A")
    tab_to("Behåll texten")
    press(Key.Key_Return)
    assert sheet.last == (Diagnosis(code="F438A", text="Egen"),)
    assert not says(field, "Du skrev texten")
    field.place("6[0].code").setFocus()
    replace_text("M545")
    assert says(field, "Du skrev texten för F43.8A")
    field.place("6[0].text").setFocus()
    type_text("!")
    assert not says(field, "Du skrev texten")


def test_the_name_of_an_opened_draft_still_follows_its_code(search):
    sheet, _ = search
    sheet._edited("6", (Diagnosis(code="M545", text="Lumbago"),))
    replace_text("F438A")
    assert sheet.last == (Diagnosis(code="F438A", text="Utmattningssyndrom"),)


def test_an_undo_takes_the_question_away(search):
    sheet, field = search
    before = (Diagnosis(code="M545", text="Egen"),)
    sheet._edited("6", before)
    replace_text("F438A")
    assert says(field, "Du skrev texten")
    field.place("6[0].text").setFocus()
    sheet._edited("6", before)
    assert not says(field, "Du skrev texten")


def test_long_names_show_whole_and_the_list_scrolls(qtbot):
    _, field = field_of(qtbot, "6", text=2.0)
    names = {f"M{n}": f"{'Mycket långt namn på en diagnos ' * 3}{n}" for n in range(10, 40)}
    field.use_codes(CodeIndex(names))
    type_text("mycket")
    shown = field._hits.list
    assert shown.count() == 20
    assert shown.sizeHintForRow(0) > 2 * 28 * 2  # three lines at twice the size
    press(*[Key.Key_Down] * 20)
    assert marked(field) == "M29"
    assert shown.verticalScrollBar().value() == shown.verticalScrollBar().maximum()


def test_at_twice_the_size_the_hits_are_in_sight_under_their_box(qtbot):
    sheet = show(qtbot, Sheet(dressed(text=2.0), ["1", "6"]), 864, 380)
    field = sheet.fields["6"]
    field.use_codes(CODES, read_library())
    field.focus_first()
    type_text("f")
    press(*[Key.Key_Down] * 4)
    qtbot.wait(20)
    area = sheet.findChild(QScrollArea)
    box, hits = field.place("6[0].code"), field._hits
    top = box.mapTo(sheet, box.rect().topLeft()).y()
    end = hits.mapTo(sheet, hits.rect().bottomLeft()).y()
    assert 0 <= top < end <= area.height()
    assert hits.list.visualItemRect(hits.list.currentItem()).bottom() <= hits.list.viewport().height()
