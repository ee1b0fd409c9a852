"""The first four steps as a physician fills them in, by keys only; what counts is the model's record."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from fmstod.domain.answers import Basis, DatedChoice, Diagnosis, IcfRating, IcfText
from fmstod.domain.consultation import Consultation
from fmstod.domain.patient import IdentityKind, Sex
from fmstod.domain.work import Ability, Demand
from fmstod.ui.pages.activity import ActivityPage
from fmstod.ui.pages.diagnosis import DiagnosisPage
from fmstod.ui.pages.function import FunctionPage
from fmstod.ui.pages.patient import PatientPage
from tests.ui import walk
from tests.ui.keys import CTRL, held, press, replace_text, type_text
from tests.ui.pages_1_4 import EXHAUSTION, TESS, consult, go_to, shown

NUMBER = "Personnummer eller samordningsnummer"


def words(page):
    QApplication.processEvents()  # what was just put in a layout shows a moment later
    return [label.text() for label in walk.shown(page, QLabel)]


def test_step_1_is_filled_in_by_keys_alone(qtbot):
    model = consult(Consultation())
    shown(qtbot, PatientPage, model)
    type_text("19840512-9803")
    press(Qt.Key.Key_Return)
    go_to("Namn")
    type_text("Tess Testsson")
    go_to("Skyddade personuppgifter")
    press(Qt.Key.Key_Space)
    go_to("Fysiskt vårdmöte")
    press(Qt.Key.Key_Space)
    assert held().accessibleName() == "Fysiskt vårdmöte, dag"
    type_text("idag")
    go_to("Nuvarande arbete")
    press(Qt.Key.Key_Space)
    go_to("Yrke")
    type_text("Sjuksköterska")
    go_to("Omfattning och tider")
    type_text("80 %, skift")
    go_to("Vad patienten gör en vanlig dag")
    type_text("Delar läkemedel åt åtta patienter")
    go_to("Måttlig belastning")
    press(Qt.Key.Key_Space)
    go_to("Göra flera saker samtidigt")
    press(Qt.Key.Key_Space)
    go_to("Lyfta och förflytta människor")
    press(Qt.Key.Key_Space)
    go_to("Lyfta och förflytta människor, hur mycket")
    type_text("två i taget")

    record = model.consultation
    assert record.patient.number == "19840512-9803"
    assert (record.patient.name, record.patient.sex, record.patient.protected) == ("Tess Testsson", Sex.WOMAN, True)
    assert record.patient.born is not None
    assert record.patient.born.isoformat() == "1984-05-12"
    assert record.answers["1"] == (DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"),)
    assert record.answers["28"] == ("NUVARANDE_ARBETE",)
    assert (record.work.occupation, record.work.extent, record.work.load) == (
        "Sjuksköterska",
        "80 %, skift",
        "moderate",
    )
    assert record.work.tasks == "Delar läkemedel åt åtta patienter"
    # In the order of the groups, whichever was chosen first.
    assert record.work.demands == (Demand(key="people_lifts", note="två i taget"), Demand(key="parallel"))
    assert "29" not in record.answers
    draft = str(model.now.answers["29"])
    assert draft.startswith("Sjuksköterska, 80 %, skift. Delar läkemedel åt åtta patienter.")
    assert "lyfta och förflytta människor (två i taget) och göra flera saker samtidigt" in draft


def test_a_number_with_one_wrong_digit_stays_as_typed_and_says_what_is_wrong(qtbot):
    model = consult()
    page = shown(qtbot, PatientPage, model)
    replace_text("19840512-9804")
    assert not any("Kontrollsiffran" in line for line in words(page)), "said before the field was left"
    press(Qt.Key.Key_Return)
    assert any("Kontrollsiffran" in line for line in words(page))
    assert page.number_box.text() == "19840512-9804"
    assert (model.consultation.patient.number, model.consultation.patient.born) == ("", None)
    assert model.consultation.patient.name == "Tess Testsson"
    press(Qt.Key.Key_Backtab)
    replace_text("8405129803")
    assert page.number_box.text() == "8405129803", "what is being typed isn't rewritten"
    press(Qt.Key.Key_Return)
    assert not any("Kontrollsiffran" in line for line in words(page))
    assert page.number_box.text() == model.consultation.patient.number == "19840512-9803"
    assert "42 år, kvinna" in words(page)


def test_undo_gives_the_number_back_and_the_text_of_a_field(qtbot):
    model = consult()
    page = shown(qtbot, PatientPage, model)
    replace_text("1984")
    model.undo()
    assert page.number_box.text() == model.consultation.patient.number == "19840512-9803"
    name = go_to("Namn")
    type_text(" Provlund")
    assert model.consultation.patient.name.endswith("Provlund")
    model.undo()
    assert name.text() == "Tess Testsson"
    model.redo()
    assert name.text().endswith("Provlund")


def test_a_reserve_number_asks_for_birth_date_and_sex(qtbot):
    model = consult(Consultation())
    page = shown(qtbot, PatientPage, model)
    type_text("1984")
    go_to("Patienten har reservnummer")
    press(Qt.Key.Key_Return)
    assert held().accessibleName() == "Reservnummer"
    type_text("abc-123456")
    go_to("Födelsedatum")
    type_text("2027-01-01")
    go_to("Kvinna")
    press(Qt.Key.Key_Space)
    assert any("ingen dag som har varit" in line for line in words(page))
    patient = model.consultation.patient
    assert (patient.number, patient.kind) == ("ABC-123456", IdentityKind.RESERVNUMMER)
    assert (patient.born, patient.sex) == (None, Sex.WOMAN)
    press(Qt.Key.Key_Backtab)
    assert held().text() == "2027-01-01", "nothing typed is lost"
    replace_text("1984-05-12")
    assert model.consultation.patient.born.isoformat() == "1984-05-12"
    go_to("Patienten har personnummer")
    press(Qt.Key.Key_Return)
    assert held().text() == "1984", "the other kind of number is still there as typed"


def test_a_coordination_number_says_what_it_is(qtbot):
    model = consult(Consultation())
    page = shown(qtbot, PatientPage, model)
    type_text("19701063-2391")  # Skatteverket's test number: day 63 - 60 = 3
    assert model.consultation.patient.kind is IdentityKind.SAMORDNINGSNUMMER
    assert "Samordningsnummer · 56 år, man" in words(page)


def test_a_hidden_answer_is_kept_and_comes_back(qtbot):
    model = consult(TESS.changed(answers={**TESS.answers, "1": (DatedChoice(kind="ANNAT", date="2026-11-20"),)}))
    page = shown(qtbot, PatientPage, model)
    go_to("Avstår från arbete enligt smittskyddslagen")
    press(Qt.Key.Key_Space)
    assert not page.fields["1"].isVisible()
    assert not page.fields["work.occupation"].isVisible()
    assert model.consultation.answers["1"] == (DatedChoice(kind="ANNAT", date="2026-11-20"),)
    press(Qt.Key.Key_Space)
    assert page.fields["1"].isVisible()
    assert go_to("Annat, dag").text() == "2026-11-20"


def test_an_edited_text_of_question_29_is_never_overwritten(qtbot):
    model = consult()
    page = shown(qtbot, PatientPage, model)
    text = go_to("Yrke och arbetsuppgifter")
    assert text.toPlainText().startswith("Sjuksköterska.")
    press(Qt.Key.Key_End, modifiers=CTRL)
    type_text(" Ensam på natten.")
    own = text.toPlainText()
    assert own.endswith("Ensam på natten.")
    go_to("Yrke")
    replace_text("Undersköterska")
    assert text.toPlainText() == model.consultation.answers["29"] == own
    assert any(line.startswith("Undersköterska.") for line in words(page)), "the new draft is shown beside"
    go_to("Behåll min text")
    press(Qt.Key.Key_Return)
    assert model.consultation.answers["29"] == own
    assert not any(line.startswith("Undersköterska.") for line in words(page))
    go_to("Yrke")
    press(Qt.Key.Key_End)
    type_text(" natt")
    go_to("Använd nya")
    press(Qt.Key.Key_Return)
    assert "29" not in model.consultation.answers
    assert text.toPlainText().startswith("Undersköterska natt.")


def test_step_2_finds_a_diagnosis_by_its_name(qtbot):
    model = consult(TESS.changed(answers={}))
    page = shown(qtbot, DiagnosisPage, model)
    type_text("utmattningss")
    assert model.now.advice.without == (), "a name being searched for is no code without FMB"
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert model.consultation.answers["6"][0].code in ("F438", "F438A")
    assert any("FMB har rekommendationer" in line for line in words(page))


def test_step_2_opens_a_code_that_needs_a_fourth_character(qtbot):
    model = consult(TESS.changed(answers={}))
    page = shown(qtbot, DiagnosisPage, model)
    type_text("f32")
    press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert any(line.startswith("F32 behöver ett fjärde tecken.") for line in words(page))
    type_text("1")
    assert model.consultation.answers["6"] == (Diagnosis(code="F321", text="Depressiv episod"),)
    assert not any("fjärde tecken" in line for line in words(page))


def test_step_2_takes_a_code_outside_the_list_with_a_text_of_its_own(qtbot):
    model = consult(TESS.changed(answers={}))
    page = shown(qtbot, DiagnosisPage, model)
    type_text("q87.4")
    press(Qt.Key.Key_Tab)
    type_text("Marfans syndrom på spanska: síndrome")
    assert model.consultation.answers["6"] == (Diagnosis(code="Q874", text="Marfans syndrom på spanska: síndrome"),)
    assert any(line.startswith("FMB har inget för Q87.4. Du bedömer") for line in words(page))


def test_step_2_says_for_which_code_fmb_was_found(qtbot):
    codes = [Diagnosis(code=code, text="x") for code in ("F438A", "F438W", "F32")]
    said = words(shown(qtbot, DiagnosisPage, consult(TESS.changed(answers={"6": tuple(codes)}))))
    assert any(line.startswith("F43.8A: FMB har rekommendationer för F43.8,") for line in said)
    assert any(line.startswith("FMB gäller ") and ", inte F43.8W. Välj" in line for line in said)
    assert any(line.startswith("F32: FMB har rekommendationer under") for line in said)


def test_step_2_says_that_a_code_has_lost_its_recommendation_and_which_codes_have_one(qtbot):
    codes = [Diagnosis(code=code, text="x") for code in ("I66", "M791", "G450")]
    said = words(shown(qtbot, DiagnosisPage, consult(TESS.changed(answers={"6": tuple(codes)}))))
    stroke = "FMB gäller inte längre I66. Stroke och TIA gäller I60–I64, I67, I69, G45.3 och G45.9."
    assert f"{stroke} Du bedömer utan rekommendation." in said
    assert any(line.startswith("FMB gäller inte längre M79.1.") and "M79.7" in line for line in said)
    assert any(line.startswith("FMB har inget för G45.0, men för G45.3 och G45.9. Välj") for line in said)


def test_step_2_offers_the_codes_that_fmb_has_below_one_that_it_has_not(qtbot):
    model = consult(TESS.changed(answers={"6": (Diagnosis(), Diagnosis(code="F43", text="Svår stress efter olycka"))}))
    page = shown(qtbot, DiagnosisPage, model)
    assert any(line.startswith("FMB har rekommendationer för F43.0, ") for line in words(page))
    offered = [b.text().split()[0] for b in page.coverage.findChildren(QPushButton)]
    assert "F43.8A" in offered
    assert "F43" not in offered
    go_to(next(b.text() for b in page.coverage.findChildren(QPushButton) if b.text().startswith("F43.8A")))
    press(Qt.Key.Key_Return)
    assert model.consultation.answers["6"] == (Diagnosis(), Diagnosis(code="F438A", text="Svår stress efter olycka"))
    assert any(line.startswith("F43.8A: FMB har rekommendationer för F43.8,") for line in words(page))


def test_step_2_explains_a_code_of_primary_care_and_offers_those_of_icd_10_se(qtbot):
    page = shown(qtbot, DiagnosisPage, consult(TESS.changed(answers={"6": (Diagnosis(code="F32-P", text="x"),)})))
    assert any(line.startswith("F32-P hör till KSH97-P. FMB finns för ICD-10-SE: ") for line in words(page))
    assert any("Intyget tar bara ICD-10-SE" in line for line in words(page))
    assert page.coverage.findChildren(QPushButton)


def test_step_2_leads_to_what_fmb_says_of_the_code(qtbot):
    codes = tuple(Diagnosis(code=code, text="x") for code in ("F438A", "M545"))
    page = shown(qtbot, DiagnosisPage, consult(TESS.changed(answers={"6": codes})))
    go_to("Visa M54.5 i FMB")
    with qtbot.waitSignal(page.fmb_wanted) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == ["M545"]


def test_step_3_rates_what_the_diagnosis_suggests_and_keeps_the_text(qtbot):
    model = consult()
    page = shown(qtbot, FunctionPage, model)
    field = page.fields["35"]
    assert held() is field.picker.box
    press(Qt.Key.Key_Tab)
    chip = held()
    code = chip.accessibleName().split()[0]
    assert code.startswith("b")
    press(Qt.Key.Key_Space)
    assert model.consultation.answers["35"] == IcfText(icf=(IcfRating(code=code),)), "nothing is rated beforehand"
    field.place("35[0].severity").setFocus()
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Down)
    go_to("Vad har du sett, mätt och bedömt?")
    type_text("Tappar tråden.")
    answer = model.consultation.answers["35"]
    assert answer.text == "Tappar tråden."
    assert answer.icf[0].severity == 3
    assert answer.icf[0].basis is Basis.EXAMINATION


def test_step_3_without_a_diagnosis_says_what_to_do(qtbot):
    page = shown(qtbot, FunctionPage, consult(TESS.changed(answers={})))
    with qtbot.waitSignal(page.step_asked) as asked:
        go_to("Gå till steg 2")
        press(Qt.Key.Key_Return)
    assert asked.args == [2]


def test_step_4_weighs_each_demand(qtbot):
    model = consult()
    page = shown(qtbot, ActivityPage, model)
    choice = page.abilities.rows["parallel"].choice
    choice.stop.setFocus()
    press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Space)
    page.abilities.rows["rotating"].choice.stop.setFocus()
    press(Qt.Key.Key_Right, Qt.Key.Key_Space)
    go_to("Vad klarar patienten inte i sitt arbete?")
    type_text("Klarar en sak i taget i 15 minuter.")
    record = model.consultation
    assert [d.ability for d in record.work.demands] == [Ability.CANNOT, None, Ability.PARTLY]
    assert record.answers["17"].text == "Klarar en sak i taget i 15 minuter."
    assert record.work.demands[2].note == "tre nätter i veckan"
    model.undo()
    model.undo()
    assert [d.ability for d in model.consultation.work.demands] == [Ability.CANNOT, None, None]


def test_step_4_is_not_asked_under_the_infection_act_and_keeps_its_text(qtbot):
    told = IcfText(text="Klarar inte att stå.")
    model = consult(TESS.changed(answers={"27.1": True, "6": EXHAUSTION, "17": told}))
    page = shown(qtbot, ActivityPage, model)
    assert not page.fields["17"].isVisible()
    assert "Behövs inte vid smittskydd" in words(page)
    model.answer("27.1", None)
    assert page.fields["17"].isVisible()
    assert page.fields["17"].box.toPlainText() == told.text


def test_the_demands_move_beside_the_text_where_there_is_room_and_keep_the_focus(qtbot):
    page = shown(qtbot, ActivityPage, consult())
    stop = page.abilities.rows["parallel"].choice.stop
    stop.setFocus()
    assert page.area.isAncestorOf(stop)
    page.resize(1080, 648)
    assert not page.area.isAncestorOf(stop)
    assert held() is stop
    page.resize(704, 648)
    assert page.area.isAncestorOf(stop)
    assert held() is stop


def test_a_signed_certificate_can_not_be_changed_but_read(qtbot):
    model = consult(signed=True)
    page = shown(qtbot, PatientPage, model)
    assert any("signerat" in line for line in words(page))
    assert not page.fields["patient.name"].isEnabled()
    assert not page.number_box.isEnabled()


def test_nor_what_the_patient_manages_of_the_work(qtbot):
    """The store refuses it: a case that can't be saved can't be left, and its plan can't be signed."""
    page = shown(qtbot, ActivityPage, consult(signed=True))
    rows = page.abilities.rows.values()
    assert rows
    assert not any(row.choice.isEnabled() for row in rows)
