"""Steps 5 to 7 without sick leave: what is done instead, and how the case ends."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fmstod.domain.answers import Measure
from fmstod.domain.leave import Instead
from fmstod.files import read_catalogue, read_forms
from fmstod.texts import text
from fmstod.ui.life.roles import RoleNote
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.journal import journal_of
from fmstod.ui.models.progress import step_state, to_mend
from fmstod.ui.pages.assessment import AssessmentPage
from fmstod.ui.pages.instead import CONSIDERED, WHY
from fmstod.ui.pages.review import ReviewPage
from fmstod.ui.plan.page import PlanPage
from tests.ui.keys import held, press, type_text
from tests.ui.pages_1_4 import settle
from tests.ui.pages_5_7 import ISSUER, ready, reference
from tests.ui.walk import clipped, shown
from tests.ui.windows import dressed, show

LAW = {each.key: each.law for each in read_catalogue().alternative}


def model_of(instead=None, **options):
    known = replace(reference(), issuer=ISSUER, plan_form=read_forms()["plan", "2.0"])
    return ConsultationModel("case", ready(instead=instead), known, **options)


def assessment(qtbot, model, scale=1.0, height=1400):
    page = show(qtbot, AssessmentPage(dressed(text=scale), model), 880, height)
    settle()
    return page


def test_one_key_says_that_there_is_no_sick_leave_and_one_undo_takes_it_back(qtbot):
    model = model_of()
    page, before = assessment(qtbot, model), model.consultation
    rows = before.answers["32"]
    press(Qt.Key.Key_F9)
    assert model.consultation.instead == Instead(), "nothing is chosen beforehand"
    assert (model.consultation.answers["32"], model.consultation.periods) == (rows, ())
    assert not page.fields["32"].isVisible()
    assert not page.fields["39"].isVisible()
    assert page.fields[WHY.ref].isAncestorOf(held())
    type_text("Kan arbeta med anpassning.")
    model.undo()
    model.undo()
    assert model.consultation == before
    assert page.fields["32"].isVisible()


def test_what_is_weighed_stands_in_the_plan_and_what_is_chosen_beside_it(qtbot):
    model = model_of(Instead())
    page = assessment(qtbot, model)
    weighed, chosen = page.instead.marks["travel"].buttons
    weighed.click()
    assert model.consultation.answers[CONSIDERED] == ("travel",)
    chosen.click()
    assert CONSIDERED not in model.consultation.answers, "what is chosen isn't told as weighed too"
    assert model.consultation.instead.chosen == ("travel",)
    chosen.click()
    assert model.consultation.instead == Instead()
    assert len(page.instead.marks["part"].buttons) == 1, "a part of sick leave can't be chosen when there is to be none"


def test_the_alternatives_of_the_law_tell_where_they_stand():
    """Sickleave.md 4.4, SFB 27:5-7, 27:45-46, 30:8-11, 31 kap., lag 2019:1297, and AML 3:3 for the employer's part."""
    paragraphs = {
        "part": "27 kap. 45 §", "uneven": "27 kap. 46 §", "preventive": "27 kap. 6–7 §§", "travel": "27 kap. 5 §",
        "rehabilitation": "31 kap.", "coordination": "2019:1297", "meeting": "30 kap. 8–11 §§", "adapted": "3 kap. 3 §",
    }  # fmt: skip
    assert {key for key, law in paragraphs.items() if law not in LAW[key]} == set()


def test_no_rule_of_the_certificate_speaks_and_all_come_back():
    model = model_of()
    model.answer("39", None)
    model.answer("6", None)
    model.ask()
    said = {p.rule for p in model.problems}
    assert said
    model.change("instead", instead=Instead())
    assert to_mend(model) == ()
    assert step_state(model, 5) == "done"
    model.change("patient", patient=model.consultation.patient.changed(number=""))
    assert {p.rule for p in to_mend(model)} == {"L-02"}, "who it is about matters for the record"
    model.undo()
    model.undo()
    assert {p.rule for p in model.problems} == said


def test_the_journal_text_tells_the_assessment_what_was_chosen_the_measures_and_the_day():
    model = model_of(Instead(chosen=("adapted",), why="Klarar arbetet utan lyft."))
    model.answer("plan.none_needed", None)
    model.answer("plan.measures", (Measure(what="Fysioterapi", owner="Patienten", when="2026-12-01"),))
    model.answer("plan.followup", "2026-12-14")
    said = journal_of(model)
    for words in (
        "Bedömningen bygger på: Fysiskt vårdmöte",
        "Tappar tråden.",
        "Ingen sjukskrivning.\nSkäl: Klarar arbetet utan lyft.\nI stället: Anpassning genom arbetsgivaren",
        "Fysioterapi, Patienten, 2026-12-01",
        "2026-12-14",
    ):
        assert words in said
    assert "%" not in said, "no degree, and no day of a sick leave"
    assert "rognos" not in said


def test_the_plan_keeps_measures_and_a_day_and_asks_no_reason_for_no_plan(qtbot):
    page = show(qtbot, PlanPage(dressed(), model_of(Instead())), 880, 1200)
    settle()
    assert page.fields["plan.followup"].isVisible()
    assert page.fields["plan.purpose"].isHidden(), "what the sick leave should lead to"
    assert page.fields["plan.none_needed"].isVisible()
    assert page.without.isHidden()
    assert text("active.whole") not in [label.text() for label in shown(page, type(page.title))]


def test_without_sick_leave_the_plan_requires_nothing_and_says_nothing_of_the_certificate(qtbot):
    model = model_of(Instead())
    page = show(qtbot, PlanPage(dressed(), model), 880, 1200)
    settle()

    def said():
        return "\n".join(label.text() for label in shown(page, QLabel))

    day = page.fields["plan.followup"].place("")
    assert "krävs" not in said() + day.accessibleDescription()
    assert "fråga 44" not in said()
    assert "intygets sista dag" not in said()
    model.change("instead", instead=None)
    settle()
    assert "krävs" in said()
    assert "krävs" in day.accessibleDescription()
    assert "fråga 44" in said()


def test_the_last_step_shows_the_journal_text_and_asks_once_before_it_ends(qtbot):
    model = model_of(Instead(chosen=("none",)))
    page, wanted = show(qtbot, ReviewPage(dressed(), model, lambda _: b""), 1080, 640), []
    settle()
    page.end_wanted.connect(lambda: wanted.append(True))
    assert not page.sign.isVisible()
    assert not page.preview.isVisible()
    assert "Råd, behandling och uppföljning räcker" in page.journal.words.toPlainText()
    page.end.way.click()
    press(Qt.Key.Key_Escape)
    assert held() is page.end.way
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert wanted == [True]
    page.end.refuse(text("not_allowed.leave"))
    assert page.end.question.isVisible()


def test_what_has_ended_is_read_in_every_step(qtbot):
    model = model_of(Instead(chosen=("adapted",)), ended=True)
    page = assessment(qtbot, model)
    assert text("step.ended") in [label.text() for label in shown(page, type(page.title))]
    press(Qt.Key.Key_F9)
    assert model.consultation.instead == Instead(chosen=("adapted",))
    assert not any(marks.isEnabled() for marks in page.instead.marks.values())


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_word_of_it_is_seen_whole(qtbot, scale):
    page = assessment(qtbot, model_of(Instead()), scale, 2600)
    assert clipped(page) == []


def test_two_of_the_four_roles_are_the_physicians_and_the_source_is_told(qtbot):
    """KI's report of 2013, after product.md F-008: the first and the third of the roles are the physician's."""
    note = show(qtbot, RoleNote(dressed()), 344, 600)
    before = [label.text() for label in shown(note, type(note.line))]
    assert len(before) == 1
    note.head.click()
    settle()
    words = "\n".join(label.text() for label in shown(note, type(note.line)))
    assert words.count(": du") == 2
    assert words.count(": inte du") == 2
    assert "Karolinska Institutet" in words


def test_what_has_ended_is_not_blamed_for_a_day_that_has_gone_by_since():
    answers = {"plan.followup": "2026-11-22"}
    assert [p.rule for p in with_answers(answers).now.problems] == ["PL-4"]
    over = with_answers(answers, ended=True)
    assert over.now.problems == ()
    assert (step_state(over, 6), step_state(over, 7)) == ("done", "done")


def with_answers(answers, **options):
    model = model_of(Instead())
    record = model.consultation.changed(answers={**model.consultation.answers, **answers})
    return ConsultationModel("case", record, model.reference, **options)
