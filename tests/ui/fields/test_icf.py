"""The fields for questions 35 and 17: suggestions, search, meaning, ratings and text; nothing is chosen beforehand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from fmstod.domain.answers import Basis, IcfRating, IcfText
from fmstod.files import read_descriptions, read_library
from fmstod.knowledge.categories import CategoryHit, CategoryIndex
from fmstod.knowledge.library import IcfLabel
from fmstod.knowledge.suggest import Suggestion, Suggestions
from fmstod.ui.fields.icf_card import described, tooltip
from fmstod.ui.pages.activity import ActivityPage
from fmstod.ui.pages.function import FunctionPage
from tests.ui import walk
from tests.ui.fields.test_fields import words
from tests.ui.keys import held, press, replace_text, tab_to, type_text
from tests.ui.pages_1_4 import TESS, consult, go_to, settle, shown
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
INDEX = CategoryIndex(
    {c: IcfLabel(n, "") for c, n in {**NAMES, "b730": "Muskelkraft", "d430": "Lyfta", "b199": "Okänd"}.items()},
    read_descriptions(),
    "b",
)


@pytest.fixture
def icf(qtbot):
    sheet, field = field_of(qtbot, "35")
    field.suggest((SHARED, OWN), INDEX)
    field.focus_first()
    return sheet, field


def chips(field):
    return [chip.text() for chip in field.picker.chips.values() if chip.isVisible()]


def listed(field):
    hits = field.picker.hits
    return [hits.item(n).text() for n in range(hits.count())] if hits.isVisible() else []


def told(field):
    """The card's words, nothing while there is none."""
    return [label.text() for label in field.picker.card.findChildren(QLabel) if label.isVisible()]


def test_nothing_is_chosen_beforehand_and_the_shared_come_first(icf, qtbot):
    sheet, field = icf
    qtbot.waitUntil(lambda: len(chips(field)) == 6)
    assert sheet.said == []
    assert not any(chip.isChecked() for chip in field.picker.chips.values())
    assert chips(field)[:2] == ["b140 Uppmärksamhet", "b144 Minne"]
    assert "Att pröva, gemensamma för F43.8A, M54.5" in words(field)
    assert told(field) == []


def test_a_chip_makes_a_row_to_rate_by_keys(icf):
    sheet, _ = icf
    tab_to("b140 Uppmärksamhet")
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
    tab_to("b140 Uppmärksamhet")
    press(Key.Key_Space, Key.Key_Space)
    assert sheet.last is None


def test_text_and_ratings_are_kept_together(icf):
    sheet, field = icf
    field.toggle("b140")
    field.box.setFocus()
    type_text("Tappar tråden")
    assert sheet.last == IcfText(text="Tappar tråden", icf=(IcfRating(code="b140"),))
    field.toggle("b140")
    assert sheet.last == IcfText(text="Tappar tråden")


def test_all_suggestions_can_be_shown(icf, qtbot):
    _, field = icf
    qtbot.waitUntil(lambda: len(chips(field)) == 6)
    field.picker.more.click()
    qtbot.waitUntil(lambda: len(chips(field)) == 8)
    assert field.picker.more.text() == "Visa färre"


def test_a_chosen_category_stays_when_its_diagnosis_goes_and_all_can_still_be_found(icf):
    _, field = icf
    field.toggle("b140")
    field.suggest((), INDEX)
    assert "Uppmärksamhet" in words(field)
    assert chips(field) == []
    type_text("kraft")
    assert listed(field)[0] == "b730   Muskelkraft"


def test_places_lead_to_scale_basis_and_text(icf):
    _, field = icf
    field.toggle("b140")
    assert "svårighet" in field.place("35[0].severity").accessibleDescription()
    assert field.place("35[0].basis").accessibleName() == "b140, grund"
    assert field.place("35") is field.box


def test_a_chosen_chip_shows_a_tick_instead_of_a_plus(icf):
    _, _field = icf
    tab_to("b140 Uppmärksamhet")
    before = held().icon().pixmap(16, 16).toImage()
    press(Key.Key_Space)
    assert held().icon().pixmap(16, 16).toImage() != before
    press(Key.Key_Space)
    assert held().icon().pixmap(16, 16).toImage() == before


def test_hits_follow_each_keystroke_in_place_of_the_chips(icf):
    sheet, field = icf
    type_text("m")
    assert "b144   Minne · förslag" in listed(field)
    assert chips(field) == []
    type_text("inne")
    assert listed(field) == ["b144   Minne · förslag"]
    replace_text("")
    assert listed(field) == []
    assert len(chips(field)) == 6
    assert sheet.said == []


def test_enter_adds_the_marked_category_and_a_second_enter_takes_it_away(icf):
    sheet, field = icf
    type_text("sova")
    press(Key.Key_Return)
    assert sheet.said == []  # the first Enter marks, as among diagnoses
    press(Key.Key_Return)
    assert sheet.last == IcfText(icf=(IcfRating(code="b134"),))
    assert "Valda: 1" in words(field)
    assert held().accessibleDescription().endswith(", vald")
    press(Key.Key_Return)
    assert sheet.last is None
    assert not held().accessibleDescription().endswith(", vald")


def test_delete_takes_a_chosen_category_away_and_else_deletes_letters(icf):
    sheet, field = icf
    type_text("sova")
    press(Key.Key_Down, Key.Key_Return, Key.Key_Delete)
    assert sheet.last is None
    said = len(sheet.said)
    press(Key.Key_Home, Key.Key_Delete)
    assert field.picker.box.text() == "ova"
    assert len(sheet.said) == said


def test_the_next_word_is_typed_over_the_one_that_was_taken(icf):
    sheet, _ = icf
    type_text("sova")
    press(Key.Key_Down, Key.Key_Return)
    type_text("minne")
    press(Key.Key_Down, Key.Key_Return)
    assert sheet.last == IcfText(icf=(IcfRating(code="b134"), IcfRating(code="b144")))


def test_down_lists_all_with_the_suggested_first_and_arrows_move_without_choosing(icf):
    sheet, field = icf
    press(Key.Key_Down)
    assert len(listed(field)) == 10
    assert [line.endswith(" · förslag") for line in listed(field)] == [True] * 8 + [False] * 2
    assert field.picker.hits.current is None
    press(Key.Key_Down)
    assert field.picker.hits.current.code == "b140"  # the first, as among diagnoses
    press(Key.Key_Down)
    assert field.picker.hits.current.code == "b144"
    press(Key.Key_Down, Key.Key_Up)
    assert field.picker.hits.current.code == "b144"
    press(Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageDown)
    assert field.picker.hits.current.code == "b730"
    assert sheet.said == []


def test_escape_and_tab_put_the_list_away_and_nothing_is_chosen(icf):
    sheet, field = icf
    type_text("minne")
    press(Key.Key_Escape)
    assert (listed(field), field.picker.box.text()) == ([], "")
    assert held() is field.picker.box
    type_text("minne")
    press(Key.Key_Tab)
    assert (listed(field), field.picker.box.text()) == ([], "")
    assert len(chips(field)) == 6
    assert sheet.said == []


def test_enter_in_the_empty_box_goes_on(icf):
    sheet, field = icf
    press(Key.Key_Return)
    assert held() is not field.picker.box
    assert sheet.said == []


def test_the_mouse_opens_the_list_and_takes_a_hit(icf):
    sheet, field = icf
    QTest.mouseClick(field.picker.box, Qt.MouseButton.LeftButton)
    assert len(listed(field)) == 10
    hits = field.picker.hits
    QApplication.processEvents()
    QTest.mouseClick(hits.viewport(), Qt.MouseButton.LeftButton, pos=hits.visualItemRect(hits.item(1)).center())
    assert sheet.last == IcfText(icf=(IcfRating(code="b144"),))
    assert held() is field.picker.box


def test_a_hit_tells_what_is_seen_and_an_example_that_is_never_put_in(icf):
    sheet, field = icf
    type_text("minne")
    own = read_descriptions().category["b144"]
    assert told(field) == [
        "b144 Minne", own.meaning, "Så ser du det", own.shows, "Exempel, om en påhittad patient", own.example,
    ]  # fmt: skip
    press(Key.Key_Down, Key.Key_Return)
    assert sheet.last.text == ""
    assert field.box.toPlainText() == ""


def test_chips_and_rows_tell_it_too_and_it_stays_while_one_writes(icf):
    _, field = icf
    tab_to("b140 Uppmärksamhet")
    assert told(field)[0] == "b140 Uppmärksamhet"
    press(Key.Key_Right)
    assert told(field)[0] == "b144 Minne"
    press(Key.Key_Space, Key.Key_Right)
    tab_to("0, ingen", key=Key.Key_Backtab)
    assert told(field)[0] == "b144 Minne"
    field.box.setFocus()
    assert told(field)[0] == "b144 Minne"


def test_what_belongs_to_the_other_step_is_said(icf):
    _, field = icf
    type_text("lyfta")
    assert (
        "d430 Lyfta är en aktivitet och hör till steg 4. Sök här vad du har sett eller mätt, t.ex. smärta, "
        in "".join(words(field))
    )
    replace_text("xyz")
    assert "Ingen träff. Pröva ett annat ord, gärna det som patienten själv använder." in words(field)
    assert told(field) == []
    press(Key.Key_Escape)
    assert len(chips(field)) == 6


def test_a_category_that_nothing_is_said_of_has_no_card(icf):
    sheet, field = icf
    type_text("minne")
    replace_text("b199")
    assert (listed(field), told(field)) == (["b199   Okänd"], [])
    press(Key.Key_Down, Key.Key_Return)
    assert sheet.last == IcfText(icf=(IcfRating(code="b199"),))


@pytest.mark.parametrize("typed", ["<b>fet</b>", "b" * 5000, "%s {0} {code}", "  ", "\\", "’ŋ"])
def test_whatever_is_sought_chooses_nothing(icf, typed):
    sheet, field = icf
    field.picker.box.setText(typed)
    field.picker.box.textEdited.emit(typed)
    assert sheet.said == []
    press(Key.Key_Escape)
    assert len(chips(field)) == 6


def test_a_tooltip_is_marked_up_and_holds_no_markup_of_the_labels():
    hit = CategoryHit("b999", "A <i>& B", "A", None)
    assert tooltip(hit) == "<qt>b999 A &lt;i&gt;&amp; B</qt>"
    assert described(hit) == "b999 A <i>& B"
    own = INDEX.hit("b144")
    assert own.described.shows in tooltip(own)
    assert described(own).startswith("b144 Minne. Att ta in, behålla")


@pytest.mark.parametrize(
    ("kind", "component", "count", "head"),
    [(FunctionPage, "b", 82, "Så ser du det"), (ActivityPage, "d", 63, "Det här klarar inte personen")],
)
def test_every_category_of_a_step_is_reached_and_told_by_keys(qtbot, kind, component, count, head):
    page = shown(qtbot, kind, consult())
    (field,) = page.fields.values()
    field.focus_first()
    press(Key.Key_Down, Key.Key_Down)
    seen = {}
    for _ in range(count):
        seen[field.picker.hits.current.code] = told(field)
        press(Key.Key_Down)
    assert set(seen) == {code for code in read_library().icf if code.startswith(component)}
    assert all(head in card for card in seen.values())


@pytest.mark.parametrize(("kind", "word"), [(FunctionPage, "Det du ser, mäter"), (ActivityPage, "Det patienten inte")])
def test_a_step_begins_with_what_belongs_to_it_and_that_folds_away(qtbot, kind, word):
    page = shown(qtbot, kind, consult())
    assert page.help.text().startswith(word)
    assert page.help.isVisible()
    assert page.help.height() <= 3 * page.help.fontMetrics().lineSpacing()
    go_to("Dölj hjälp")
    press(Key.Key_Return)
    assert not page.help.isVisible()


@pytest.mark.parametrize(("text", "width", "height"), [(1.0, 704, 648), (2.0, 880, 600)])
@pytest.mark.parametrize("kind", [FunctionPage, ActivityPage])
def test_box_hits_and_meaning_are_in_sight_together(qtbot, kind, text, width, height):
    page = shown(qtbot, kind, consult(), text, width, height)
    (field,) = page.fields.values()
    field.focus_first()
    type_text("koncentration")
    assert field.picker.hits.current is None
    press(Key.Key_Down)
    assert field.picker.hits.current.code in ("b140", "d160")
    seen = page.area.viewport().rect()
    settle()
    card = field.picker.card
    parts = [field.picker.box, field.picker.hits, card if text == 1.0 else card.findChildren(QLabel)[4]]
    for part in parts:
        place = part.rect().translated(part.mapTo(page.area.viewport(), part.rect().topLeft()))
        assert seen.contains(place), part
    assert walk.clipped(page) == []


@pytest.mark.parametrize("chosen", [("d430",), ("d430", "d450"), ("d450", "d430")])
def test_a_category_taken_away_by_keys_in_its_step_is_gone_from_the_record(qtbot, chosen):
    ratings = IcfText(icf=tuple(IcfRating(code=code, severity=2) for code in chosen))
    model = consult(TESS.changed(answers={**TESS.answers, "17": ratings}))
    page = shown(qtbot, ActivityPage, model)
    go_to("Ta bort d430 Lyfta och bära föremål")
    press(Key.Key_Space)
    settle()
    left = model.consultation.described("17").icf
    assert [rating.code for rating in left] == [code for code in chosen if code != "d430"]
    assert held() is page.fields["17"].picker.box  # not lost with the row
    model.undo()
    settle()
    assert [rating.code for rating in model.consultation.described("17").icf] == list(chosen)
    assert list(page.fields["17"]._rows) == list(chosen)


@pytest.mark.parametrize("size", [1.0, 1.5, 2.0])
def test_a_rated_category_is_no_wider_than_a_step_surely_is(qtbot, size):
    chosen = IcfText(icf=(IcfRating(code="b140", severity=2, basis=Basis.OBSERVATION),))
    page = shown(qtbot, FunctionPage, consult(TESS.changed(answers={**TESS.answers, "35": chosen})), size)
    (field,) = page.fields.values()
    assert field._rows["b140"].line.minimumSizeHint().width() <= page.look.form_width
