"""Step 5, how long: periods, earlier days, and the recommendation beside them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from fmstod.domain.answers import PeriodRow
from fmstod.domain.consultation import Earlier, Excess
from fmstod.files import read_library
from fmstod.ui.models.leave import law_days
from fmstod.ui.pages.assessment import AssessmentPage
from tests.knowledge.libraries import as_exported
from tests.ui.fields import test_fields
from tests.ui.keys import held, press, replace_text, type_text
from tests.ui.pages_1_4 import go_to, shown
from tests.ui.pages_5_7 import ACUTE, FOUR_WEEKS, TWO_STEPS, consult, days, tess

# Step 5


def test_step_5_is_filled_in_by_keys_alone(qtbot):
    model = consult(tess(conditions=ACUTE))
    page = shown(qtbot, AssessmentPage, model)
    assert held().accessibleName() == "Nej"
    press(Qt.Key.Key_Space)
    go_to("Från och med, period 1")
    type_text("idag")
    go_to("Längd, period 1")
    type_text("4v")
    go_to("Grad, period 1")
    press(Qt.Key.Key_Down)
    go_to("Ny period")
    press(Qt.Key.Key_Return)
    assert held().accessibleName() == "Längd, period 2"
    type_text("6v")
    go_to("Grad, period 2")
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    go_to("Ja")
    press(Qt.Key.Key_Space)
    go_to("Vilka är de medicinska skälen?")
    type_text("Orkar inte hela dagar")
    go_to("Om … månader")
    press(Qt.Key.Key_Space)
    go_to("Hur många månader?")
    type_text("3")

    answers = model.consultation.answers
    assert model.consultation.earlier == Earlier(had=False)
    assert [(r.first, r.last, r.degree) for r in answers["32"]] == [
        ("2026-11-23", "2026-12-20", 100),
        ("2026-12-21", "2027-01-31", 50),
    ]
    assert (answers["33"], answers["33.2"]) == (True, "Orkar inte hela dagar")
    assert (answers["39"], answers["39.4"]) == ("ATER_X_ANTAL_MANADER", 3)
    assert not page.excess.isVisible()


def test_two_months_are_62_days_and_the_sum_is_told(qtbot):
    model = consult(tess(TWO_STEPS))
    page = shown(qtbot, AssessmentPage, model)
    go_to("Längd, period 2")
    replace_text("2m")
    assert model.consultation.periods[1].days == 62
    assert page.ruler.accessibleDescription().count("Totalt 90 dagar") == 1


def test_earlier_sick_leave_is_a_day_and_a_number_ofdays(qtbot):
    model = consult(tess(FOUR_WEEKS))
    page = shown(qtbot, AssessmentPage, model)
    press(Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert model.consultation.earlier == Earlier(had=True)
    go_to("Sedan")
    type_text("2026-10-01")
    go_to("Dagar")
    type_text("6v")
    assert model.consultation.earlier == Earlier(had=True, since=date(2026, 10, 1), days=42)
    page.refresh()
    assert page.earlier.days.text() == "6v"


def test_a_day_that_is_no_day_stays_as_typed_and_is_unknown(qtbot):
    model = consult(tess(FOUR_WEEKS, earlier=Earlier(had=True)))
    page = shown(qtbot, AssessmentPage, model)
    go_to("Sedan")
    type_text("2026-13-40")
    assert model.consultation.earlier == Earlier(had=True)
    assert page.earlier.since.text() == "2026-13-40"


@pytest.mark.parametrize(
    ("since", "number", "said"),
    [
        ("2026-10-01", "54", "Från 2026-10-01 till första perioden är det 53 dagar."),
        ("2026-10-01", "8v", "Från 2026-10-01 till första perioden är det 53 dagar."),
        ("2026-11-23", "1", "Skriv en dag före första perioden, som börjar 2026-11-23."),
        ("2026-10-01", "53", ""),
        ("", "400", ""),
    ],
)
def test_more_earlier_days_than_the_calendar_has_are_said_and_kept(qtbot, since, number, said):
    model = consult(tess(FOUR_WEEKS, earlier=Earlier(had=True)))
    page = shown(qtbot, AssessmentPage, model)
    go_to("Sedan")
    type_text(since)
    go_to("Dagar")
    type_text(number)
    assert page.earlier.days.text() == number
    warned = [line for line in test_fields.words(page) if line.startswith(("Från 20", "Skriv en dag före"))]
    assert [line.startswith(said) for line in warned] == ([True] if said else [])
    assert page.earlier.days.accessibleDescription().startswith(said or page.earlier._note.text())


def test_unanswered_earlier_days_are_never_compared(qtbot):
    longer = (PeriodRow(first="2026-11-23", last="2027-11-22", degree=100),)
    model = consult(tess(longer, conditions=ACUTE))
    page = shown(qtbot, AssessmentPage, model)
    said = page.ruler.accessibleDescription()
    assert "tidigare dagar okända" in said
    assert "längre än" not in said
    assert " av 186" not in said
    assert "Tidigare dagar okända" in page.verdict.text()
    assert not page.excess.isVisible()


def test_the_limit_is_told_with_its_date_and_never_as_exceeded(qtbot):
    model = consult(tess(TWO_STEPS, conditions=ACUTE, earlier=Earlier(had=False)))
    page = shown(qtbot, AssessmentPage, model)
    assert "42 av 186 dagar" in page.ruler.accessibleDescription()
    assert "upp till 6 månader" in page.ruler.accessibleDescription()
    assert "2017-01-30" in page.verdict.text()
    assert "2020-04-02" in page.verdict.text()
    model.change("longer", answers={**model.consultation.answers, "32": days(200)})
    said = page.ruler.accessibleDescription() + page.excess._head.text() + page.excess._source.text()
    assert "14 längre än uppgiften" in said
    assert "från 2020" in said
    assert " över " not in said


@pytest.mark.parametrize(("number", "asks"), [(186, False), (187, True)])
def test_a_reason_is_asked_for_from_the_first_day_beyond(qtbot, number, asks):
    model = consult(tess(days(number), conditions=ACUTE, earlier=Earlier(had=False)))
    page = shown(qtbot, AssessmentPage, model)
    assert page.excess.isVisible() is asks


def test_what_the_card_says_is_not_said_twice(qtbot):
    model = consult(tess(days(187), conditions=ACUTE, earlier=Earlier(had=False)))
    page = shown(qtbot, AssessmentPage, model)
    model.ask()
    assert "U-6" in {p.rule for p in model.now.problems}
    assert "U-6" not in {p.rule for p in page.problems("32")}


def test_earlier_days_count_toward_the_limit(qtbot):
    model = consult(tess(days(180), conditions=ACUTE, earlier=Earlier(had=True, days=7)))
    assert shown(qtbot, AssessmentPage, model).excess.isVisible()


def test_why_longer_becomes_the_draft_of_question_37(qtbot):
    model = consult(tess(days(200), conditions=ACUTE, earlier=Earlier(had=False)))
    page = shown(qtbot, AssessmentPage, model)
    go_to("Oväntat långsamt förlopp")
    press(Qt.Key.Key_Space)
    go_to("Med egna ord")
    type_text("Sömnen har inte kommit igång")
    assert model.consultation.excess == Excess(reasons=("course",), text="Sömnen har inte kommit igång")
    assert "37" not in model.consultation.answers
    drafted = page.fields["37"].words
    assert "långsamt förlopp" in drafted
    assert "Sömnen har inte kommit igång" in drafted
    assert model.now.answers["37"] == drafted


def test_an_entry_that_has_changed_at_its_source_shows_no_limit_and_asks_for_no_reason(qtbot):
    record = tess(days(300), diagnosis="M54.5", earlier=Earlier(had=False))
    model = consult(record, library=as_exported(read_library()))
    page = shown(qtbot, AssessmentPage, model)
    said = page.ruler.accessibleDescription()
    assert "ingen gräns" in said
    assert "längre" not in said
    assert "Ändrad hos Socialstyrelsen efter 2020" in page.verdict.text()
    assert not page.excess.isVisible()


def test_answers_that_no_recommendation_fits_dont_make_FMB_silent_of_the_diagnosis(qtbot):
    """FMB 498 speaks of mild and moderate acute stress reaction."""
    model = consult(tess(FOUR_WEEKS, diagnosis="F43.0", conditions={"498:severity": "severe"}))
    page = shown(qtbot, AssessmentPage, model)
    assert "FMB har inget som passar svaren" in page.ruler.accessibleDescription()
    assert not page.excess.isVisible()


def test_a_code_without_fmb_claims_nothing(qtbot):
    model = consult(tess(days(300), diagnosis="R53", earlier=Earlier(had=False)))
    page = shown(qtbot, AssessmentPage, model)
    assert "ingen tid för diagnosen" in page.ruler.accessibleDescription()
    assert not page.verdict.isVisible()
    assert not page.excess.isVisible()


def test_a_recommendation_without_an_end_says_so_and_asks_for_no_reason(qtbot):
    conditions = {"546:course.acute_phase": False, "546:factor.reduced_cognition": True}
    model = consult(tess(days(600), conditions=conditions, earlier=Earlier(had=False)))
    page = shown(qtbot, AssessmentPage, model)
    assert "12 månader eller längre" in page.ruler.accessibleDescription()
    assert "kan bli längre än 12 månader" in page.verdict.text()
    assert not page.excess.isVisible()


def test_while_a_question_is_open_the_time_is_not_claimed(qtbot):
    model = consult(tess(TWO_STEPS, earlier=Earlier(had=False)))
    page = shown(qtbot, AssessmentPage, model)
    assert "FMB beror på svaret" in page.ruler.accessibleDescription()
    assert "186" not in page.ruler.accessibleDescription()


def test_the_laws_days_are_marked_as_the_occupation_has_them(qtbot):
    employed = tess(TWO_STEPS, earlier=Earlier(had=False))
    page = shown(qtbot, AssessmentPage, consult(employed))
    assert [mark.day for mark in law_days(page.model)][:3] == [8, 15, 30]
    seeking = employed.changed(answers={**employed.answers, "28": ("ARBETSSOKANDE",)})
    assert [mark.day for mark in law_days(consult(seeking))] == [8]


def test_undo_takes_back_what_was_done_last(qtbot):
    model = consult(tess(FOUR_WEEKS))
    page = shown(qtbot, AssessmentPage, model)
    press(Qt.Key.Key_Space)
    assert model.consultation.earlier == Earlier(had=False)
    model.undo()
    assert model.consultation.earlier is None
    assert page.earlier.choice.value is None
    model.redo()
    assert page.earlier.choice.value is False
