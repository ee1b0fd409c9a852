"""Who the draft is about: what was typed is kept, and half of another person's identity is asked about (H1)."""

from PySide6.QtCore import Qt

from fmstod.domain.consultation import Consultation
from fmstod.domain.problem import Level
from fmstod.ui.pages.patient import PatientPage
from tests.ui.fields.test_fields import words
from tests.ui.keys import held, press, replace_text, type_text
from tests.ui.pages_1_4 import TESS, consult, go_to, shown


def test_a_birth_date_that_is_none_is_there_again_when_the_case_is_opened_again(qtbot):
    model = consult(Consultation())
    page = shown(qtbot, PatientPage, model)
    go_to("Patienten har reservnummer")
    press(Qt.Key.Key_Return)
    type_text("abc-123456")
    go_to("Födelsedatum")
    type_text("31/12 84")
    press(Qt.Key.Key_Return)
    again = consult(Consultation.model_validate_json(model.consultation.model_dump_json(by_alias=True)))
    page = shown(qtbot, PatientPage, again)
    assert go_to("Födelsedatum").text() == "31/12 84"
    press(Qt.Key.Key_Return)
    assert any("ingen dag som har varit" in line for line in words(page))
    assert "patient.born" in [p.field for p in again.now.problems]
    press(Qt.Key.Key_Backtab)
    replace_text("841231")
    assert again.consultation.patient.born.isoformat() == "1984-12-31"
    assert again.consultation.patient.typed_born == ""


OTHER = "19571231-2387"
ASKS = "namnet är fortfarande Tess Testsson"


def asks_whose(page, said=ASKS):
    return any(said in line for line in words(page))


def test_a_number_of_somebody_else_under_the_same_name_is_asked_about_once_it_is_left(qtbot):
    model = consult()
    page = shown(qtbot, PatientPage, model)
    replace_text(OTHER)
    assert not asks_whose(page), "not while it is typed"
    assert model.consultation.doubt == "number", "but kept, should the window be locked now"
    press(Qt.Key.Key_Return, Qt.Key.Key_Tab)
    assert asks_whose(page)
    assert [(p.rule, p.level) for p in model.now.problems if p.field == "patient.same"] == [("H1", Level.WARNING)]
    go_to("Det är rätt")
    press(Qt.Key.Key_Space)
    assert not asks_whose(page)
    assert model.consultation.patient.number == OTHER
    assert held() is page.number_box
    go_to("Namn")
    replace_text("Bo Ödlund")
    press(Qt.Key.Key_Return)
    assert asks_whose(page, f"numret är fortfarande {OTHER}"), "what was right is what is asked about from now on"


def test_once_both_are_changed_nothing_is_asked(qtbot):
    model = consult()
    page = shown(qtbot, PatientPage, model)
    replace_text(OTHER)
    go_to("Namn")
    assert asks_whose(page)
    replace_text("Bo Ödlund")
    press(Qt.Key.Key_Return)
    assert not asks_whose(page)
    assert model.consultation.doubt == ""
    model.undo()
    assert (model.consultation.patient.name, model.consultation.doubt) == ("Tess Testsson", "number")


def test_another_name_on_the_same_number_is_asked_about_and_the_old_one_back_ends_it(qtbot):
    model = consult()
    page = shown(qtbot, PatientPage, model)
    go_to("Namn")
    replace_text("Bo Ödlund")
    press(Qt.Key.Key_Return)
    assert asks_whose(page, "numret är fortfarande 19840512-9803")
    press(Qt.Key.Key_Backtab)
    while held().accessibleName() != "Namn":
        press(Qt.Key.Key_Backtab)
    replace_text("Tess Testsson")
    press(Qt.Key.Key_Return)
    assert not asks_whose(page, "numret är fortfarande")


def test_what_is_asked_is_asked_again_when_the_case_is_opened_again(qtbot):
    model = consult(TESS.changed(doubt="number"))
    page = shown(qtbot, PatientPage, model)
    go_to("Namn")
    press(Qt.Key.Key_Return)
    assert asks_whose(page)


def test_a_new_patient_is_entered_and_a_slip_mended_without_any_question(qtbot):
    model = consult(Consultation())
    page = shown(qtbot, PatientPage, model)
    type_text("19840512-9804")
    go_to("Namn")
    type_text("Tess Testsn")
    press(Qt.Key.Key_Return)
    while held() is not page.number_box:
        press(Qt.Key.Key_Backtab)
    replace_text("19840512-9803")
    go_to("Namn")
    press(Qt.Key.Key_End, Qt.Key.Key_Backspace)
    type_text("son")
    press(Qt.Key.Key_Return)
    assert model.consultation.patient.name == "Tess Testsson"
    assert model.consultation.doubt == ""
    assert not asks_whose(page, "fortfarande")
