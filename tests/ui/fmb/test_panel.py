"""The FMB column's parts: age, diagnoses side by side, codes near by, the source's own text, the clinician's review."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from fmstod.domain.answers import Diagnosis
from fmstod.domain.consultation import Earlier
from fmstod.domain.issuer import Issuer
from fmstod.domain.review import Review
from fmstod.files import read_library
from fmstod.knowledge.official import Official, Section
from fmstod.ui.fmb.source import FEW
from fmstod.ui.workbench import FmbColumn
from tests.knowledge.libraries import as_exported
from tests.ui.fmb.test_on_pages import open_panel, words
from tests.ui.keys import held, press, stops
from tests.ui.pages_1_4 import go_to
from tests.ui.pages_5_7 import ACUTE, FOUR_WEEKS, consult, tess
from tests.ui.walk import clipped, nameless, outside, small
from tests.ui.windows import TODAY, dressed, show

NO_EARLIER = Earlier(had=False)
ENTRY = read_library().resolve("F438A").entry
READ = Review(entry=546, content=ENTRY.content, on=date(2026, 11, 20), by="Maja Testläkare")
HOSTILE = "<b>fet</b> <img src=x> &amp; " + "långt stycke " * 60


def with_codes(*codes, text="Diagnos", **fields):
    return tess(answers={"6": tuple(Diagnosis(code=code, text=text) for code in codes)}, **fields)


def test_facts_older_than_180_days_are_told_with_their_age_beside_the_answer(qtbot):
    panel = open_panel(qtbot, consult(tess(conditions=ACUTE)))
    assert panel.answer.age.text() == "Uppgift från 2020, 6 år gammal och ej jämförd med dagens sida."


def test_facts_compared_less_than_180_days_ago_are_not_warned_of(qtbot):
    panel = open_panel(qtbot, consult(tess(diagnosis="U07.1")))  # compared 2026-09-26
    assert not panel.answer.age.isVisible()
    assert "Jämförd med källans sida 2026-09-26" in words(panel)


def test_a_recommendation_without_conditions_is_told_to_be_for_everybody(qtbot):
    panel = open_panel(qtbot, consult(tess(diagnosis="M10")))
    advice = panel.model.now.advice.entries[0]
    assert not any(advice.deciding.recommendation.when.terms())
    assert panel.answer.details.text() == "Gäller alla med diagnosen · heltid"


def test_answers_given_before_are_folded_and_can_be_changed(qtbot):
    panel = open_panel(qtbot, consult(tess(conditions=ACUTE)), height=9000)
    choice = panel.questions.choices["546:course.acute_phase"]
    assert not choice.isVisible()
    go_to("Dina svar (2)")
    press(Qt.Key.Key_Space)
    assert choice.isVisible()
    choice.buttons[0].click()
    assert panel.model.consultation.conditions["546:course.acute_phase"] is False


def test_what_may_apply_is_told_with_the_question_that_would_decide(qtbot):
    panel = open_panel(qtbot, consult(tess()), height=9000)
    panel.others.fold.head.click()
    said = words(panel)
    assert "Kan gälla. Avgörs av: Kvarstående kognitiv nedsättning?" in said
    assert "Andra rekommendationer" not in said, "nothing is settled yet"


def test_webcerts_figure_is_told_with_its_code(qtbot):
    panel = open_panel(qtbot, consult(tess(conditions=ACUTE)))
    assert "372 dagar för F43.8" in panel.foot.webcert.text()  # 12 months of 31 days, whatever was answered


def test_related_codes_stand_in_a_line_and_many_are_folded(qtbot):
    panel = open_panel(qtbot, consult(tess(diagnosis="K40")))
    assert "Gäller också: K41 och K42" in words(panel)
    many = next(e for e in read_library().entries if len(e.icd10se) > FEW + 1)
    panel = open_panel(qtbot, consult(tess(diagnosis=many.icd10se[0])), height=9000)
    assert "Gäller också:" not in words(panel)
    panel.foot.codes.fold.head.click()
    assert panel.foot.codes.fold.head.text() == f"Gäller också {len(many.icd10se) - 1} andra koder"


def test_the_patients_days_stand_among_the_times(qtbot):
    panel = open_panel(qtbot, consult(tess(FOUR_WEEKS, earlier=NO_EARLIER)))
    assert "Patientens dagar: 28 dagar." in panel.diagram.accessibleDescription()


def test_no_time_of_a_changed_entry_is_drawn(qtbot):
    panel = open_panel(qtbot, consult(tess(diagnosis="M545"), library=as_exported(read_library())))
    assert not panel.diagram.isVisible()


# Several diagnoses


def test_two_diagnoses_stand_side_by_side_and_neither_speaks_for_the_other(qtbot):
    record = with_codes("F438A", "F321", conditions={**ACUTE, "508:severity": "mild"})
    panel = open_panel(qtbot, consult(record))
    said = words(panel.compare)
    assert "F43.8A" in said
    assert "Upp till 6 månader" in said
    assert "F32.1" in said
    assert "3 månader" in said
    title, answer, detail = panel.words
    assert title == "Utmattningssyndrom"
    assert answer == "F43.8A: Upp till 6 månader"
    assert detail.startswith("F32.1:")


def test_each_of_several_says_of_which_day_it_is_also_where_the_column_is_folded(qtbot):
    """M-07: every line that states a recommendation."""
    panel = open_panel(qtbot, consult(with_codes("F438A", "M545", "R53")))
    said = words(panel.compare)
    assert "2017-01-30, hämtad 2020-04-02" in said
    assert "2023-09-25, hämtad 2026-09-26" in said
    assert said.count("hämtad") == 2, "what FMB knows nothing of has no day"
    assert panel.words[2].endswith("Hämtat 2020-04-02 och 2026-09-26.")


def test_shortest_and_longest_are_told_only_when_no_answer_could_change_it(qtbot):
    settled = {**ACUTE, "508:severity": "mild", "508:course.recurrent": False}
    panel = open_panel(qtbot, consult(with_codes("F438A", "F321", conditions=settled)))
    assert [limit.sure for limit in panel.model.now.advice.limits] == [True, True]
    assert "längst tid" in words(panel.compare)
    assert "kortast tid" in words(panel.compare)
    panel = open_panel(qtbot, consult(with_codes("F438A", "M545", conditions=ACUTE)))
    unsure = panel.model.now.advice.limits[1]
    assert (unsure.sure, unsure.days) == (False, 14)
    assert "tid" not in words(panel.compare).split()


def test_one_diagnosis_has_no_table(qtbot):
    assert not open_panel(qtbot, consult(tess())).compare.isVisible()


def test_a_question_of_two_diagnoses_is_answered_once(qtbot):
    panel = open_panel(qtbot, consult(with_codes("M545", "G560")), height=9000)
    assert panel.model.now.advice.shared == {"workload"}
    assert "Svaret gäller alla diagnoser som frågar efter det." in words(panel)
    panel.questions.choices["workload"].buttons[-1].click()
    assert panel.model.consultation.conditions == {"workload": "high"}
    panel.choose("G560")
    assert panel.questions.choices["workload"].value == "high"


def test_three_diagnoses_one_without_fmb_all_stand_there(qtbot):
    panel = open_panel(qtbot, consult(with_codes("F438A", "M545", "R53")))
    assert "FMB har inget för R53" in words(panel.compare)
    assert "FMB har inget för R53." in panel.words[2]


# Codes near by


def test_plain_f43_offers_the_codes_below_it_that_fmb_has(qtbot):
    panel = open_panel(qtbot, consult(with_codes("F43", text="")))
    assert "Välj en mer precis kod" in words(panel)
    assert not panel.foot.isVisible()
    go_to("Ändra diagnosen till F43.8A Utmattningssyndrom")
    press(Qt.Key.Key_Space)
    (row,) = panel.model.consultation.diagnoses
    assert row == Diagnosis(code="F438A", text="Utmattningssyndrom")
    assert panel.words[0] == "Utmattningssyndrom"
    panel.model.undo()
    assert panel.model.consultation.diagnoses[0].code == "F43"


def test_a_diagnosis_that_lacks_its_fourth_character_is_still_a_diagnosis(qtbot):
    panel = open_panel(qtbot, consult(with_codes("Z73")))
    assert panel.words[1] == "FMB har inget för Z73"
    assert not panel.near.isVisible()


def test_a_text_that_the_user_wrote_stays_when_the_code_changes(qtbot):
    panel = open_panel(qtbot, consult(with_codes("I10", "F43", text="Egna ord")))
    panel.choose("F43")
    panel.near.taken.emit("F431")
    first, second = panel.model.consultation.diagnoses
    assert first.code == "I10"
    assert second == Diagnosis(code="F431", text="Egna ord")


def test_a_code_of_ksh97_p_is_explained_and_leads_to_icd(qtbot):
    panel = open_panel(qtbot, consult(with_codes("F43-P")))
    said = words(panel)
    assert "KSH97-P" in said
    assert "månader" not in said
    panel.near.taken.emit("F438A")
    assert panel.model.consultation.diagnoses[0].code == "F438A"


def test_a_lost_code_offers_only_what_lies_below_it(qtbot):
    panel = open_panel(qtbot, consult(with_codes("M79")))
    assert [hit.code for hit in panel.near._hits] == ["M797"]
    panel = open_panel(qtbot, consult(with_codes("I65.2")))
    assert not panel.near.isVisible()


def test_the_step_that_offers_the_codes_itself_is_not_doubled(qtbot):
    panel = open_panel(qtbot, consult(with_codes("F43")))
    panel.follow_step(2)
    assert not panel.near.isVisible()
    panel.follow_step(5)
    assert panel.near.isVisible()


def test_a_signed_certificate_offers_no_other_code(qtbot):
    model = consult(with_codes("F43"))
    panel = open_panel(qtbot, model)
    model.seal(signed=True, plan_signed=False)
    assert not panel.near.isVisible()


# The source's own text


def test_the_sources_text_is_shown_when_asked_for_as_plain_text_with_its_day(qtbot):
    official = {546: Official([Section("Symtom", [HOSTILE, "Andra stycket"])], date(2020, 4, 2))}
    panel = open_panel(qtbot, consult(tess(), official=official), height=9000)
    assert "Andra stycket" not in words(panel)
    panel.foot.official.fold.head.click()
    QApplication.processEvents()
    said = words(panel)
    assert "<b>fet</b> <img src=x> &amp;" in said
    assert "2020-04-02" in said
    assert {label.textFormat() for label in panel.findChildren(QLabel) if label.text()} == {Qt.TextFormat.PlainText}
    assert clipped(panel) == []


def test_without_the_sources_text_there_is_the_link_alone(qtbot):
    panel = open_panel(qtbot, consult(tess()))
    assert not panel.foot.official.isVisible()
    assert panel.foot.link.isVisible()


# The clinician's review


def test_a_review_is_never_asked_for_and_tells_what_is_kept(qtbot):
    panel = open_panel(qtbot, consult(tess()), height=9000)
    kept = []
    panel.reviewed.connect(kept.append)
    assert not panel.foot.review.read.isVisible()
    go_to("Jag har granskat uppgiften mot källan")
    press(Qt.Key.Key_Space)
    assert "Maja Testläkare och 2026-11-23 sparas" in words(panel)
    assert kept == []
    press(Qt.Key.Key_Tab, Qt.Key.Key_Space)
    assert kept == [Review(entry=546, content=ENTRY.content, on=TODAY, by="Maja Testläkare")]


def test_a_review_is_told_and_can_be_taken_back(qtbot):
    panel = open_panel(qtbot, consult(tess(), reviews=(READ,)), height=9000)
    taken = []
    panel.review_taken_back.connect(taken.append)
    assert "Granskad av Maja Testläkare 2026-11-20" in words(panel)
    panel.foot.review.fold.head.click()
    assert not panel.foot.review.read.isVisible()
    panel.foot.review.undo.click()
    assert taken == [READ]


def test_the_focus_goes_to_the_other_way_when_a_review_is_kept_or_taken_back(qtbot):
    model = consult(tess())
    panel = open_panel(qtbot, model, height=9000)

    def keep(review):
        model.reference = replace(model.reference, reviews=(review,))
        panel.refresh()

    def take_back(_review):
        model.reference = replace(model.reference, reviews=())
        panel.refresh()

    panel.reviewed.connect(keep)
    panel.review_taken_back.connect(take_back)
    panel.foot.review.fold.head.click()
    panel.foot.review.read.setFocus()
    press(Qt.Key.Key_Space)
    assert held() is panel.foot.review.undo
    press(Qt.Key.Key_Space)
    assert held() is panel.foot.review.read


def test_a_review_of_other_content_holds_no_more(qtbot):
    panel = open_panel(qtbot, consult(tess(), reviews=(READ.changed(content="0" * 64),)))
    assert "Ändrad sedan Maja Testläkare granskade den 2026-11-20" in words(panel)


def test_nobody_reviews_without_a_name(qtbot):
    model = consult(tess())
    model.reference = replace(model.reference, issuer=Issuer())
    panel = open_panel(qtbot, model, height=9000)
    panel.foot.review.fold.head.click()
    assert not panel.foot.review.read.isVisible()
    assert "Skriv ditt namn i inställningarna" in words(panel)


# All of it


def test_tab_reaches_every_fold_in_the_order_of_reading(qtbot):
    official = {546: Official([Section("Symtom", ["Ett stycke"])], date(2020, 4, 2))}
    record = with_codes("F438A", "F321", conditions=ACUTE)
    panel = open_panel(qtbot, consult(record, official=official), height=9000)
    for fold in (panel.others.fold, panel.foot.official.fold, panel.foot.review.fold):
        fold.head.click()
    QApplication.processEvents()
    panel.questions.given.setFocus()
    met = stops()
    tall = [stop.mapTo(panel, stop.rect().topLeft()).y() for stop in met]
    turn = tall.index(min(tall))
    assert tall[turn:] + tall[:turn] == sorted(tall)
    assert {panel.foot.review.read, panel.foot.link, panel.others.fold.head} <= set(met)


@pytest.mark.parametrize("text", [1.0, 2.0])
@pytest.mark.parametrize(
    "codes",
    [("F438A", "F321"), ("F438A", "M545", "R53"), ("F43",), ("F43-P",), ("K40",), ("G562",), ("M754",), ("M05",)],
)
def test_nothing_is_cut_whatever_the_column_says(qtbot, codes, text):
    model = consult(with_codes(*codes, earlier=NO_EARLIER).changed())
    panel = open_panel(qtbot, model, text=text, width=round(376 * text), height=9000)
    for fold in (panel.others.fold, panel.foot.review.fold):
        fold.head.click()
    QApplication.processEvents()
    assert clipped(panel) == []
    assert outside(panel) == []
    assert nameless(panel) == []
    assert small(panel) == []


@pytest.mark.parametrize("text", [1.0, 2.0])
def test_the_longest_title_has_room_in_the_columns_head(qtbot, text):
    longest = max(read_library().entries, key=lambda e: len(e.title))
    assert len(longest.title) == 91  # fmb.md 1.1
    look = dressed(text=text)
    column = FmbColumn(look, QLabel())
    column.show_title(longest.title)
    show(qtbot, column, look.px(376), 800)
    assert clipped(column) == []
