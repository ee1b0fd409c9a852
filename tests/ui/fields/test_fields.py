"""One widget for each kind of question; each says what the user did, and only that."""

from typing import get_args

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from fmstod.certificate.form import Question
from fmstod.domain.answers import DatedChoice, Measure
from fmstod.domain.problem import Problem
from fmstod.ui.fields.kinds import FIELDS
from tests.ui.keys import CTRL, held, press, replace_text, stops, tab_to, type_text
from tests.ui.windows import Sheet, dressed, field_of, questions, show

Key = Qt.Key


def words(widget):
    QApplication.processEvents()
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_each_kind_of_question_has_its_field():
    kinds = {kind.model_fields["kind"].annotation.__args__[0] for kind in get_args(get_args(Question)[0])}
    assert set(FIELDS) == kinds


@pytest.mark.parametrize("ref", sorted(questions()))
def test_an_empty_field_says_nothing_by_being_shown(qtbot, ref):
    sheet, field = field_of(qtbot, ref)
    field.show_value(None)
    press(Key.Key_Tab)
    assert sheet.said == []


@pytest.mark.parametrize("ref", sorted(questions()))
def test_the_label_and_where_it_is_asked_stand_with_the_field(qtbot, ref):
    _, field = field_of(qtbot, ref)
    question = questions()[ref]
    said = " ".join([*words(field), *(b.text() for b in field.findChildren(type(held())) if hasattr(b, "text"))])
    assert (question.ask or question.label) in said
    assert ("krävs" in said) == question.required
    assert (f"fråga {ref}" in said) == ref[0].isdigit()
    assert field.place(ref).accessibleName()


def test_a_flag_is_true_or_unsaid(qtbot):
    sheet, _ = field_of(qtbot, "27.1")
    press(Key.Key_Space, Key.Key_Space)
    assert sheet.said == [("27.1", True), ("27.1", None)]


def test_yes_and_no_are_answers(qtbot):
    sheet, _ = field_of(qtbot, "33")
    press(Key.Key_Space)
    assert sheet.last is False
    press(Key.Key_Right, Key.Key_Space)
    assert sheet.last is True


def test_a_choice_says_its_code(qtbot):
    sheet, _ = field_of(qtbot, "39")
    press(Key.Key_Right, Key.Key_Space)
    assert sheet.last == "ATER_X_ANTAL_MANADER"


def test_choices_keep_the_order_of_the_form(qtbot):
    sheet, _ = field_of(qtbot, "28")
    press(Key.Key_Right, Key.Key_Space, Key.Key_Left, Key.Key_Space)
    assert sheet.last == ("NUVARANDE_ARBETE", "ARBETSSOKANDE")
    press(Key.Key_Space, Key.Key_Right, Key.Key_Space)
    assert sheet.last is None


def test_a_number_takes_digits_only(qtbot):
    sheet, _ = field_of(qtbot, "39.4")
    type_text("1x2")
    assert sheet.last == 12
    type_text("3")
    assert sheet.last == 12  # 99 is the most: no third digit
    replace_text("")
    assert sheet.last is None


def test_a_ticked_basis_asks_for_its_day_and_takes_idag(qtbot):
    sheet, field = field_of(qtbot, "1")
    press(Key.Key_Space)
    assert sheet.last == (DatedChoice(kind="FYSISKUNDERSOKNING", date=""),)
    assert held().accessibleName() == "Fysiskt vårdmöte, dag"
    type_text("idag")
    assert sheet.last == (DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"),)
    assert held().text() == "idag"  # as typed while it is being typed
    day = held()
    press(Key.Key_Tab)
    assert day.text() == "2026-11-23"
    assert field.place("1[0].date") is day


def test_a_day_that_is_none_is_kept_as_typed(qtbot):
    sheet, _ = field_of(qtbot, "plan.followup")
    type_text("2026-02-30")
    assert sheet.last == "2026-02-30"
    replace_text("1/12")
    assert sheet.last == "2026-12-01"
    press(Key.Key_Up)
    assert sheet.last == "2026-12-02"
    press(Key.Key_Down, Key.Key_Down)
    assert sheet.last == "2026-11-30"


@pytest.mark.parametrize(("ref", "day"), [("plan.followup", "2027-01-03"), ("1", "2026-01-03")])
def test_the_third_of_january_typed_in_november_is_the_one_that_is_asked_for(qtbot, ref, day):
    """A follow-up is to come, an examination has been; the year shows while it is typed."""
    sheet, _ = field_of(qtbot, ref)
    if ref == "1":
        press(Key.Key_Space)
    type_text("3/1")
    assert sheet.last == (day if ref == "plan.followup" else (DatedChoice(kind="FYSISKUNDERSOKNING", date=day),))


def test_a_text_says_each_letter_and_tab_leaves_it(qtbot):
    sheet, _field = field_of(qtbot, "37")
    type_text("å é")
    assert [answer for _, answer in sheet.said] == ["å", "å ", "å é"]
    box = held()
    press(Key.Key_Tab)
    assert held() is not box or len(stops()) == 1


def test_a_text_grows_from_three_lines_to_twelve(qtbot):
    _, field = field_of(qtbot, "37")
    heights = []
    for lines in (1, 3, 8, 12, 40):
        field.show_value("rad\n" * (lines - 1) + "rad")
        heights.append(field.box.height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]
    assert heights[1] == pytest.approx(3 * field.box.fontMetrics().lineSpacing(), abs=24)


def test_what_a_certificate_cannot_carry_goes_with_a_notice(qtbot):
    sheet, field = field_of(qtbot, "37")
    type_text("blå–😀å")
    assert sheet.last == "blå-å"  # the dash is written plainly, the face can't be written
    assert any("😀" in said for said in words(field))
    assert "😀" in held().accessibleDescription()


def test_the_cursor_stays_where_a_sign_was_removed(qtbot):
    sheet, _field = field_of(qtbot, "37")
    type_text("abcd")
    press(Key.Key_Left, Key.Key_Left)
    type_text("Ω!")
    assert sheet.last == "ab!cd"


def test_the_count_shows_when_the_end_is_near(qtbot):
    _, field = field_of(qtbot, "1.3")  # at most 50
    field.show_value("x" * 39)
    assert not any("tecken" in said for said in words(field) if " av " in said)
    field.show_value("x" * 40)
    assert "40 av 50 tecken" in words(field)
    field.show_value("x" * 60)  # too long is said by a rule, never cut
    assert field.words == "x" * 60


def test_an_emptied_draft_is_the_users_own_empty_text(qtbot):
    sheet, field = field_of(qtbot, "29")
    field.show_value("Sjuksköterska.")
    replace_text("")
    assert sheet.last == ""
    sheet, field = field_of(qtbot, "37.9") if "37.9" in questions() else field_of(qtbot, "25")
    type_text("a")
    press(Key.Key_Backspace)
    assert sheet.last is None  # nothing drafts question 25


def test_a_draft_says_where_it_comes_from(qtbot):
    _, field = field_of(qtbot, "29")
    field.show_value("Sjuksköterska.")
    field.show_draft("Sjuksköterska.", changed=False)
    assert any(said.startswith("Utkast från") for said in words(field))
    field.show_draft("")
    assert not any(said.startswith("Utkast från") for said in words(field))


def test_when_the_source_changes_both_texts_show_and_either_can_be_taken(qtbot):
    sheet, field = field_of(qtbot, "29")
    field.show_value("Min text")
    field.show_draft("Ny text från källan")
    assert field.words == "Min text"
    assert "Ny text från källan" in words(field)
    press(Key.Key_Tab)
    assert held().text() == "Använd nya"
    press(Key.Key_Space)
    assert sheet.last is None  # the own answer taken back: the source answers
    field.show_value("Min text")
    press(Key.Key_Tab)
    press(Key.Key_Return)
    assert sheet.last == "Min text"


def test_a_problem_stands_beside_the_field_and_in_its_description(qtbot):
    sheet = show(qtbot, Sheet(dressed(), ["37", "39.4"]))
    sheet.fields["37"].focus_first()
    field = sheet.fields["39.4"]
    problem = Problem("PR-2", "39.4", values={"min": 1, "max": 99})
    field.show_problems([problem])
    shown = [said for said in words(field) if said != "Hur många månader?"]
    assert any("39.4" in said or "månader" in said.lower() for said in shown)
    assert field.place("39.4").property("state") == "error"
    assert len(field.place("39.4").accessibleDescription()) > len("krävs. fråga 39.4")
    field.show_problems([])
    assert field.place("39.4").property("state") == ""


def test_a_new_problem_waits_until_the_user_has_left(qtbot):
    sheet = show(qtbot, Sheet(dressed(), ["39.4", "37"]))
    field = sheet.fields["39.4"]
    field.focus_first()
    field.show_problems([Problem("PR-2", "39.4", values={"min": 1, "max": 99})])
    assert field.place("39.4").property("state") != "error"
    press(Key.Key_Tab)
    assert field.place("39.4").property("state") == "error"


def test_enter_goes_to_the_next_field(qtbot):
    sheet = show(qtbot, Sheet(dressed(), ["39.4", "33", "37"]))
    sheet.fields["39.4"].focus_first()
    press(Key.Key_Return)
    assert sheet.fields["33"].isAncestorOf(held())
    press(Key.Key_Return)
    assert sheet.fields["37"].isAncestorOf(held())
    assert sheet.said == []


def test_undo_belongs_to_the_record_not_to_the_box(qtbot):
    for ref in ("37", "1.3"):
        _sheet, field = field_of(qtbot, ref)
        type_text("ab")
        press(Key.Key_Z, modifiers=CTRL)
        assert field.words == "ab"


def test_measures_are_written_in_rows(qtbot):
    sheet, field = field_of(qtbot, "plan.measures")
    type_text("Avstämning")
    press(Key.Key_Tab)
    type_text("Arbetsgivaren")
    press(Key.Key_Tab)
    type_text("1/12")
    assert sheet.last == (Measure(what="Avstämning", owner="Arbetsgivaren", when="2026-12-01"),)
    press(Key.Key_Tab)
    press(Key.Key_Space)
    type_text("Samtal")
    assert sheet.last[1] == Measure(what="Samtal")
    assert field.place("plan.measures[1].when").accessibleName() == "När, åtgärd 2"


def test_a_measure_that_is_longer_than_its_column_is_read_whole(qtbot):
    _, field = field_of(qtbot, "plan.measures")
    short, long = "Avstämning", "Be Försäkringskassan pröva om arbetsträning passar, utan krav på hur mycket"
    field.show_value((Measure(what=short), Measure(what=long)))
    QApplication.processEvents()
    boxes = [field.place(f"plan.measures[{n}].what") for n in range(2)]
    for box in boxes:
        assert box.fontMetrics().horizontalAdvance(box.text()) < box.width() - 16
    owners = [field.place(f"plan.measures[{n}].owner") for n in range(2)]
    assert len({owner.x() for owner in owners}) == 1, "all owners stand under their head"
    assert owners[0].y() == boxes[0].y()
    assert owners[1].y() > boxes[1].y()


def test_a_measure_can_be_taken_away(qtbot):
    sheet, field = field_of(qtbot, "plan.measures")
    field.show_value((Measure(what="A"), Measure(what="B")))
    sheet.answers["plan.measures"] = (Measure(what="A"), Measure(what="B"))
    field.focus_first()
    tab_to("Ta bort, åtgärd 1")
    press(Key.Key_Space)
    assert sheet.last == (Measure(what="B"),)
    assert held().accessibleName() == "Vad, åtgärd 1"


def test_a_text_that_fits_is_never_scrolled(qtbot):
    _, field = field_of(qtbot, "37")
    for _ in range(8):
        type_text("rad")
        press(Key.Key_Return)
    qtbot.waitUntil(lambda: field.box.verticalScrollBar().maximum() == 0)


def test_a_line_that_is_too_long_shows_its_beginning_when_left(qtbot):
    sheet = show(qtbot, Sheet(dressed(), ["1.3", "37"]))
    box = sheet.fields["1.3"].box
    box.setFocus()
    type_text("en lång rad " * 20)
    press(Key.Key_Tab)
    assert box.cursorPosition() == 0


def test_a_line_that_is_too_long_shows_its_beginning_when_tab_comes_to_it(qtbot):
    sheet, field = field_of(qtbot, "6")
    code, words_box = field.place("6[0].code"), field.place("6[0].text")
    words_box.show_text("Ocklusion och stenos av precerebrala artärer som ej lett till cerebral infarkt " * 2)
    code.setFocus()
    press(Key.Key_Tab)
    assert held() is words_box
    assert words_box.selectedText() == words_box.text()
    assert words_box.cursorPosition() == 0
    type_text("x")
    assert sheet.last[0].text == "x"


def test_a_length_alone_is_meant_ahead_for_a_coming_day_and_back_for_one_that_has_been(qtbot):
    sheet, _ = field_of(qtbot, "plan.followup")
    type_text("4v")
    assert sheet.last == "2026-12-21"  # the same day of the week
    sheet, _ = field_of(qtbot, "1")
    press(Key.Key_Space)
    type_text("2v")
    assert [row.date for row in sheet.last] == ["2026-11-09"]
