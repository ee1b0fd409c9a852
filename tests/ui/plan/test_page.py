"""The plan's page in its second version: suggestions, the step-down as one table, and what stands beside it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt

from fmstod.domain.answers import Measure, PeriodRow, StepRow
from fmstod.domain.document import DocumentKind
from fmstod.domain.work import Ability, Demand
from fmstod.files import read_catalogue, read_forms
from fmstod.texts import text
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.signing import document_of
from fmstod.ui.plan.page import PlanPage
from tests.ui.keys import held, press
from tests.ui.pages_1_4 import settle
from tests.ui.pages_5_7 import ISSUER, ready, reference
from tests.ui.windows import TODAY, dressed, show

EIGHT_WEEKS = (PeriodRow(degree=100, first="2026-11-23", last="2027-01-17"),)


def known():
    return replace(reference(), issuer=ISSUER, plan_form=read_forms()["plan", "2.0"])


def model_of(answers=None, *, demands=(), without=("plan.none_needed",), **options):
    record = ready()
    own = {ref: value for ref, value in {**record.answers, **(answers or {})}.items() if ref not in without}
    work = record.work.changed(demands=demands or record.work.demands)
    return ConsultationModel("case", record.changed(answers=own, work=work), known(), **options)


def shown(qtbot, model, scale=1.0, width=704):
    page = show(qtbot, PlanPage(dressed(text=scale), model), width, 648)
    settle()
    return page


def measures(model):
    return [row for row in model.now.answers.get("plan.measures", ()) if isinstance(row, Measure)]


def test_nothing_is_taken_before_somebody_takes_it_and_enter_takes_one(qtbot):
    model = model_of()
    page = shown(qtbot, model)
    assert measures(model) == []
    first, second = page.ideas.buttons[:2]
    wanted, left = first.text(), second.text()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Return)
    (row,) = measures(model)
    assert row.what == wanted
    assert row.when > TODAY.isoformat()
    assert read_catalogue().idea(row.idea).text == wanted
    assert wanted not in [made.text() for made in page.ideas.buttons]
    assert left in [made.text() for made in page.ideas.buttons]
    assert held() in page.ideas.buttons  # and the hands stay where they were
    model.undo()
    assert measures(model) == []


def test_why_a_measure_is_suggested_stands_beside_it_and_is_said(qtbot):
    demands = (Demand(key="heavy_lifts", ability=Ability.CANNOT),)
    page = shown(qtbot, model_of(demands=demands))
    page.ideas.more.click()
    why = [made.accessibleDescription() for made in page.ideas.buttons]
    assert "vid F43.8A" in why
    assert any("lyft" in each for each in why)


def test_every_measure_of_the_catalogue_can_be_found_by_its_words(qtbot):
    page = shown(qtbot, model_of())
    for idea in read_catalogue().measure[::20]:
        page.ideas.search.setText(idea.text)
        page.ideas.search.textEdited.emit(idea.text)
        assert idea.text in [made.text() for made in page.ideas.buttons]
    page.ideas.search.textEdited.emit("xyzzy")
    page.ideas.search.setText("xyzzy")
    page.ideas.search.typed.emit("xyzzy")
    assert page.ideas.buttons == []


def test_a_preset_of_a_scheme_names_it_beside_the_measure(qtbot):
    page = shown(qtbot, model_of())
    presets = [idea for idea in read_catalogue().measure if idea.program]
    assert {idea.program for idea in presets} == {"guarantee", "internet"}
    for idea in presets:
        page.ideas.search.setText(idea.text)
        page.ideas.search.textEdited.emit(idea.text)
        (made,) = [made for made in page.ideas.buttons if made.text() == idea.text]
        assert "regionen" in made.accessibleDescription()


def test_a_reminder_is_on_the_screen_alone(qtbot):
    model = model_of()
    page = shown(qtbot, model)
    page.reminders.open(shown=True)
    said = [each.text for each in read_catalogue().remember]
    assert page.reminders.isVisible()
    assert not any(words in str(model.now.answers) for words in said)
    assert not any(words in [made.text() for made in page.ideas.buttons] for words in said)


def test_an_edit_of_a_period_in_the_plan_is_the_certificates_and_the_other_way_round(qtbot):
    model = model_of()
    page = shown(qtbot, model)
    table = page.steps.table
    table._rows[1].last.setText("2027-01-10")
    table._rows[1].last.day_typed.emit("2027-01-10")
    assert model.consultation.period_rows[1].last == "2027-01-10"
    model.answer("32", EIGHT_WEEKS)
    settle()
    assert table._rows[0].last.value == "2027-01-17"
    assert table._rows[1].first.value == ""


def test_what_is_said_of_a_step_is_the_plans_and_follows_its_degree(qtbot):
    model = model_of()
    page = shown(qtbot, model)
    box = page.steps.table.place("32[1].possible")
    box.setFocus()
    box.insertPlainText("planerar")
    assert model.consultation.answers["plan.stepdown"] == (StepRow(ahead=False, degree=50, possible="planerar"),)
    quarter = model.consultation.period_rows[1].changed(degree=25)
    page.steps.table._commit([model.consultation.period_rows[0], quarter])
    assert model.consultation.answers["plan.stepdown"] == (StepRow(ahead=False, degree=25, possible="planerar"),)
    model.undo()
    assert [row.degree for row in model.consultation.period_rows] == [100, 50]
    assert model.consultation.answers["plan.stepdown"][0].degree == 50


def test_a_step_down_is_a_tip_that_fills_the_periods_and_one_undo_takes_it_back(qtbot):
    model = model_of({"32": EIGHT_WEEKS})
    page = shown(qtbot, model)
    assert page.steps.tip.isVisible()
    page.steps._take.click()
    assert [row.degree for row in model.consultation.period_rows] == [100, 50, 25]
    settle()
    assert not page.steps.tip.isVisible()
    model.undo()
    assert model.consultation.period_rows == EIGHT_WEEKS
    settle()
    assert page.steps.tip.isVisible()


def test_what_makes_a_sick_leave_active_is_said_and_asked_for_nowhere(qtbot):
    model = model_of()
    page = shown(qtbot, model)
    assert page._active.text() == text("active.lacks", parts=text("active.measure"))
    model.answer("plan.measures", (Measure(what="Samtal"),))
    settle()
    assert page._active.text() == text("active.whole")


def test_four_weeks_give_no_tip(qtbot):
    page = shown(qtbot, model_of({"32": (PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"),)}))
    page.fold.open(shown=True)
    assert not page.steps.tip.isVisible()


def test_after_the_certificate_the_steps_are_ahead_and_its_own_days_stand(qtbot):
    model = model_of({"32": EIGHT_WEEKS}, signed=True)
    page = shown(qtbot, model)
    assert not any(box.isEnabled() for box in page.steps.table._rows[0].boxes)
    page.steps._take.click()
    assert model.consultation.period_rows == EIGHT_WEEKS
    assert [(row.ahead, row.degree, row.first) for row in model.consultation.answers["plan.stepdown"]] == [
        (True, 50, "2027-01-18"),
        (True, 25, "2027-02-01"),
    ]
    model.undo()
    assert "plan.stepdown" not in model.consultation.answers


def test_a_short_first_sick_leave_asks_for_the_short_plan_and_a_longer_one_for_all_of_it(qtbot):
    fortnight = (PeriodRow(degree=100, first="2026-11-23", last="2026-12-06"),)
    assert shown(qtbot, model_of({"32": fortnight})).fold.inside.isHidden()
    assert not shown(qtbot, model_of()).fold.inside.isHidden()


def test_a_follow_up_after_the_certificates_last_day_is_said_beside_it(qtbot):
    model = model_of()
    page = shown(qtbot, model)
    assert page._late.isHidden()
    model.answer("plan.followup", "2027-01-20")
    settle()
    assert page._late.text() == text("steps.late", day="2027-01-03")


def test_the_key_that_copies_an_order_is_told_once_there_is_something_to_order(qtbot):
    model = model_of()
    page = shown(qtbot, model)
    assert page._order.isHidden()
    model.answer("plan.measures", (Measure(what="Lungfunktion", idea="service.lab"),))
    settle()
    assert page._order.isVisible()


def test_a_signed_plan_shows_what_was_signed_whatever_would_be_drafted_today(qtbot):
    before = model_of()
    signed = document_of(before, DocumentKind.PLAN, "p", datetime(2026, 11, 23, 9, 42, tzinfo=UTC))
    later = replace(known(), today=lambda: date(2026, 12, 30))
    model = ConsultationModel("case", before.consultation, later, signed=True, plan=signed)
    page = shown(qtbot, model)
    assert model.plan_signed
    assert model.now.answers["plan.followup"] == signed.answers["plan.followup"] == "2026-12-18"
    assert not page.fields["plan.followup"].isEnabled()
    assert "PL-4" not in {p.rule for p in model.now.problems}, "the day had not been on the day of the signature"
    page.focus_first()
    assert held() is page.version.change, "nothing else can be done in it"
    page.place("plan.goal")
    assert held() is page.version.change, "who is led to a question of a signed plan opens it first"
    page.version.change.click()
    assert not model.plan_signed
    assert model.now.answers["plan.followup"] == "2026-12-18"
    assert "PL-4" in {p.rule for p in model.now.problems}, "a new version needs a day to come"


def test_what_the_patient_can_do_is_written_as_a_sentence(qtbot):
    model = model_of()
    page = shown(qtbot, model)
    page._can.open(shown=True)
    settle()
    chip = page.capacities.buttons[0]
    words = chip.text()
    chip.click()
    assert model.now.answers["plan.works"].endswith(f"{words}.")
    assert words not in [made.text() for made in page.capacities.buttons]


def test_at_twice_the_text_everything_stands_within_the_width(qtbot):
    page = shown(qtbot, model_of(), scale=2.0, width=1000)
    page.fold.open(shown=True)
    settle()
    assert page._inside.width() <= page.area.viewport().width()
