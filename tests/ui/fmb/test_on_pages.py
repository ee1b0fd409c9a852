"""The FMB column: how long for this patient, what decides it, and nothing that FMB doesn't say."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from fmstod.domain.answers import Diagnosis, IcfRating, IcfText
from fmstod.domain.consultation import Consultation
from fmstod.files import read_library
from fmstod.ui.fmb.panel import FmbPanel
from fmstod.ui.kit.choices import Segments
from tests.knowledge.libraries import as_exported
from tests.ui.keys import held, press, stops
from tests.ui.pages_1_4 import go_to, shown
from tests.ui.pages_5_7 import ACUTE, consult, tess
from tests.ui.walk import clipped, nameless, outside, small
from tests.ui.walk import shown as visible


class Panel(FmbPanel):
    """As the window has it: focus goes to its first control."""

    def focus_first(self):
        self.focusNextChild()


def open_panel(qtbot, model, opened=None, **options):
    opened = [] if opened is None else opened
    return shown(qtbot, lambda look, given: Panel(look, given, opened.append), model, **{"width": 376, **options})


def words(panel):
    return " ".join(label.text() for label in visible(panel, QLabel))


def test_nothing_is_answered_beforehand_and_the_time_is_not_guessed(qtbot):
    panel = open_panel(qtbot, consult(tess()))
    assert [choice.value for choice in panel.questions.choices.values()] == [None, None]
    assert panel.answer.answer.text() == "Beror på svaren"
    assert "2 frågor avgör" in panel.answer.details.text()


def test_guidance_is_called_guidance_beside_the_answer(qtbot):
    """H4: never read as a rule."""
    assert words(open_panel(qtbot, consult(tess(conditions=ACUTE)))).startswith("Vägledande för den här patienten")


def test_the_answers_decide_and_are_kept_in_the_record(qtbot):
    model = consult(tess())
    panel = open_panel(qtbot, model)
    go_to("Nej")
    press(Qt.Key.Key_Space, Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert model.consultation.conditions == ACUTE
    assert panel.answer.answer.text() == "Upp till 6 månader"
    assert "heltid eller deltid" in panel.answer.details.text()
    model.undo()
    assert panel.answer.answer.text() == "Som längst 6 månader"


def test_an_answer_can_be_taken_back(qtbot):
    model = consult(tess(conditions=ACUTE))
    panel = open_panel(qtbot, model)
    choice = panel.questions.choices["546:course.acute_phase"]
    choice.buttons[1].click()
    assert model.consultation.conditions == {"546:factor.reduced_cognition": False}


def test_an_answer_leaves_the_focus_where_it_is_and_the_next_question_comes(qtbot):
    panel = open_panel(qtbot, consult(tess(diagnosis="E11")), height=9000)
    first = panel.model.now.advice.entries[0].asks[0]
    asked = [key for key, made in panel.questions.choices.items() if made.isVisible()]
    assert asked == [first], "one question at a time, the best first"
    yes = panel.questions.choices[first].buttons[1]
    yes.setFocus()
    press(Qt.Key.Key_Space)
    assert held() is yes
    assert yes.isChecked()
    (following,) = panel.model.now.advice.entries[0].asks[:1]
    assert panel.questions.choices[following].isVisible()
    before = len(visible(panel, Segments))
    panel.questions.more.click()
    assert len(visible(panel, Segments)) > before


def test_what_follows_from_the_work_is_told_and_not_asked(qtbot):
    record = tess(diagnosis="G560")
    panel = open_panel(qtbot, consult(record.changed(work=record.work.changed(load="moderate"))), height=9000)
    assert "Måttlig belastning, enligt det du redan skrivit" in words(panel)
    assert not panel.questions.choices["workload"].isVisible()


def test_what_was_signed_can_not_be_answered_anew(qtbot):
    model = consult(tess(conditions=ACUTE))
    panel = open_panel(qtbot, model)
    model.seal(signed=True, plan_signed=False)
    assert not panel.questions.choices["546:course.acute_phase"].isEnabled()


def test_the_source_is_told_with_its_dates_and_what_nobody_has_done(qtbot):
    panel = open_panel(qtbot, consult(tess(conditions=ACUTE)))
    said = panel.foot.source.text()
    assert "F43.8, dit F43.8A hör" in said
    assert "2017-01-30" in said
    assert "2020-04-02" in said
    assert "Uppgift från 2020, ej jämförd med dagens sida" in said
    assert "uppgiften är 6 år gammal" in said
    assert "Ej granskad av läkare" in said


def test_the_source_opens_only_when_asked(qtbot):
    opened = []
    panel = open_panel(qtbot, consult(tess()), opened)
    assert opened == []
    panel.foot.link.click()
    assert opened == ["https://roi.socialstyrelsen.se/fmb/utmattningssyndrom/546"]


def test_an_entry_that_has_changed_shows_no_limit(qtbot):
    panel = open_panel(qtbot, consult(tess(diagnosis="M54.5"), library=as_exported(read_library())))
    said = words(panel)
    assert "Ändrad hos Socialstyrelsen efter 2020, se källan" in said
    assert "Upp till" not in said
    assert "vecka" not in said
    assert panel.questions.choices == {}
    assert not panel.others.isVisible()


def test_a_code_without_fmb_says_so_and_offers_nothing(qtbot):
    panel = open_panel(qtbot, consult(tess(diagnosis="R53")))
    said = words(panel)
    assert "R53" in said
    assert "Upp till" not in said
    assert not panel.foot.link.isVisible()
    assert not panel.icf.isVisible()
    assert not panel.others.isVisible()


def test_f438w_does_not_inherit_and_is_told_what_fmb_is_for(qtbot):
    said = words(open_panel(qtbot, consult(tess(diagnosis="F43.8W"))))
    assert "inte F43.8W" in said
    assert "månader" not in said


def test_a_code_that_lost_its_recommendation_says_so_and_shows_nothing_of_the_old_one(qtbot):
    panel = open_panel(qtbot, consult(tess(diagnosis="I65.2")))
    said = words(panel)
    assert "FMB gäller inte längre I65.2. Stroke och TIA gäller I60–I64, I67, I69, G45.3 och G45.9" in said
    assert "månader" not in said
    assert not panel.foot.link.isVisible()
    assert not panel.icf.isVisible()
    assert not panel.others.isVisible()


def test_a_stroke_is_settled_by_one_question(qtbot):
    panel = open_panel(qtbot, consult(tess(diagnosis="I63.9")))
    assert list(panel.questions.choices) == ["842:severity"]
    panel = open_panel(qtbot, consult(tess(diagnosis="I63.9", conditions={"842:severity": "minor_stroke"})))
    said = words(panel)
    assert "Upp till 6 månader" in said
    assert "heltid, sedan deltid som kan pågå längre" in said
    assert "ICF-kategorierna är den tidigare textens" in said


def test_a_long_choice_never_widens_the_column(qtbot):
    panel = open_panel(qtbot, consult(tess(diagnosis="G43")))
    longest = max(len("".join(option.labels)) for option in panel.model.now.advice.entries[0].questions[0].options)
    assert longest > 60
    assert panel.minimumSizeHint().width() <= 376


def test_without_a_diagnosis_it_says_what_to_do(qtbot):
    assert "steg 2" in words(open_panel(qtbot, consult(Consultation())))


def test_with_several_diagnoses_each_can_be_looked_at(qtbot):
    codes = ("F438A", "F321", "R53")
    record = tess(answers={"6": tuple(Diagnosis(code=code, text="Diagnos") for code in codes)})
    panel = open_panel(qtbot, consult(record))
    assert isinstance(panel._tabs, Segments)
    assert [made.text() for made in panel._tabs.buttons] == ["F43.8A", "F32.1", "R53"]
    assert panel._tabs.value == "F438A"
    panel._tabs.buttons[1].click()
    assert panel.words[0] == "Depressiv episod"
    panel._tabs.buttons[2].click()
    assert "R53" in panel.words[1]
    assert not panel.foot.link.isVisible()


def test_the_others_are_told_with_why_not(qtbot):
    panel = open_panel(qtbot, consult(tess(conditions=ACUTE)))
    panel.others.fold.head.click()
    said = words(panel)
    assert "12 månader" in said
    assert "Gäller inte. Kvarstående kognitiv nedsättning? Nej" in said


def test_a_chip_adds_a_category_without_a_rating_and_takes_it_back(qtbot):
    model = consult(tess(answers={"35": IcfText(text="Tappar tråden.")}))
    panel = open_panel(qtbot, model)
    (ref, code), chip = next(iter(panel.icf.chips.items()))
    assert ref == "35"
    chip.click()
    assert model.consultation.answers["35"] == IcfText(text="Tappar tråden.", icf=(IcfRating(code=code),))
    chip.click()
    assert model.consultation.answers["35"] == IcfText(text="Tappar tråden.")


def test_all_categories_are_one_press_away(qtbot):
    panel = open_panel(qtbot, consult(tess()))
    panel.icf.more.click()
    assert len(panel.icf.chips) == 37  # entry 546: 14 impairments and 23 limitations
    assert "av 37 valda" in words(panel)


def test_the_steps_that_offer_categories_are_not_doubled(qtbot):
    panel = open_panel(qtbot, consult(tess()))
    panel.follow_step(3)
    assert not panel.icf.isVisible()
    panel.follow_step(5)
    assert panel.icf.isVisible()


def test_the_folded_column_is_told_what_to_say(qtbot):
    model = consult(tess())
    panel = open_panel(qtbot, model)
    with qtbot.waitSignal(panel.told) as told:
        model.change("conditions", conditions=ACUTE)
    detail = "Akut fas · heltid eller deltid · 2017-01-30, hämtad 2020-04-02"  # M-07
    assert told.args == ["Utmattningssyndrom", "Upp till 6 månader", detail]


def test_tab_goes_as_the_column_is_read_and_comes_round(qtbot):
    panel = open_panel(qtbot, consult(tess()))
    panel.questions.choices["546:factor.reduced_cognition"].stop.setFocus()
    met = stops()
    tall = [stop.mapTo(panel, stop.rect().topLeft()).y() for stop in met]
    assert tall == sorted(tall)
    assert held() is met[0]
    assert all(stop.accessibleName() for stop in met)


@pytest.mark.parametrize("text", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("code", ["F438A", "M545", "G560", "C50", "D25", "E66", "F19", "R53"])
def test_no_words_are_cut_in_any_text_size(qtbot, code, text):
    panel = open_panel(qtbot, consult(tess(diagnosis=code)), text=text, width=round(376 * text), height=9000)
    panel.others.fold.head.click()
    panel.icf.more.click()
    QApplication.processEvents()
    assert clipped(panel) == []
    assert outside(panel) == []
    assert nameless(panel) == []
    assert small(panel) == []
