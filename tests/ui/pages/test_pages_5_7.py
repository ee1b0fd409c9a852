"""Step 6 as a physician fills it in, and what holds for steps 5 to 7: by keys only; what counts is the model's record."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fmstod.domain.answers import Diagnosis, Measure
from fmstod.domain.consultation import Earlier
from fmstod.ui.pages.assessment import AssessmentPage
from fmstod.ui.pages.problem_list import ProblemRow
from fmstod.ui.pages.review import ReviewPage
from fmstod.ui.plan.page import PlanPage
from tests.ui.keys import held, press, replace_text, stops, type_text
from tests.ui.pages_1_4 import go_to, shown
from tests.ui.pages_5_7 import ACUTE, FOUR_WEEKS, TWO_STEPS, consult, days, tess
from tests.ui.walk import by_geometry, clipped, nameless, outside, reachable, small

# Step 6


def test_step_6_is_filled_in_by_keys_alone(qtbot):
    model = consult(tess(TWO_STEPS))
    page = shown(qtbot, PlanPage, model)
    assert held().accessibleName() == "Vad ska sjukskrivningen leda till?"
    replace_text("Tillbaka på 50 % vid jul")
    go_to("Vad, åtgärd 1")
    type_text("Samtal med kurator")
    go_to("Vem, åtgärd 1")
    type_text("Vårdcentralen")
    go_to("Nästa uppföljning")
    replace_text("2026-12-18")
    go_to("Ja")
    press(Qt.Key.Key_Space)
    go_to("Patientens eget mål")
    type_text("Orka läsa en bok")

    answers = model.consultation.answers
    assert answers["plan.purpose"] == "Tillbaka på 50 % vid jul"
    assert answers["plan.measures"] == (Measure(what="Samtal med kurator", owner="Vårdcentralen"),)
    assert answers["plan.followup"] == "2026-12-18"
    assert answers["plan.participated"] is True
    assert answers["plan.goal"] == "Orka läsa en bok"
    assert page.fields["44"].words.startswith("Samtal med kurator")


def test_a_draft_is_shown_and_becomes_the_users_own_only_when_edited(qtbot):
    model = consult(tess(TWO_STEPS))
    page = shown(qtbot, PlanPage, model)
    assert "sjuksköterska" in page.fields["plan.purpose"].words
    assert "plan.purpose" not in model.consultation.answers
    model.answer("32", FOUR_WEEKS)
    assert "2026-12-21" not in page.fields["plan.purpose"].words


def test_without_a_plan_a_reason_is_enough_and_the_plans_questions_go(qtbot):
    model = consult(tess(TWO_STEPS))
    page = shown(qtbot, PlanPage, model)
    press(Qt.Key.Key_Backtab)
    go_to("Utan plan just nu")
    press(Qt.Key.Key_Space)
    assert held().accessibleName() == "Varför ingen plan nu?"
    type_text("Väntar på remissvar")
    assert model.consultation.no_plan == "Väntar på remissvar"
    assert not page.fields["plan.purpose"].isVisible()
    assert page.fields["44"].isVisible()
    page.without.click()
    assert model.consultation.no_plan == ""
    assert page.fields["plan.purpose"].isVisible()


def test_a_certificate_signed_without_a_plan_leaves_the_plan_to_write(qtbot):
    model = consult(tess(TWO_STEPS).changed(no_plan="Väntar på remissvar"))
    page = shown(qtbot, PlanPage, model)
    assert not page.fields["plan.purpose"].isVisible()
    model.seal(signed=True, plan_signed=False)
    assert page.fields["plan.purpose"].isVisible()
    assert page.fields["plan.purpose"].isEnabled()
    assert not page.without.isVisible()
    assert not page.reason.isVisible()
    assert model.consultation.no_plan == "Väntar på remissvar"


def test_the_plan_is_open_until_it_is_signed_itself(qtbot):
    model = consult(tess(TWO_STEPS))
    page = shown(qtbot, PlanPage, model)
    model.seal(signed=True, plan_signed=False)
    assert not page.fields["44"].isEnabled()
    assert page.fields["plan.purpose"].isEnabled()
    model.seal(signed=True, plan_signed=True)
    assert not page.fields["plan.purpose"].isEnabled()


def test_a_problem_below_the_fold_opens_it(qtbot):
    page = shown(qtbot, PlanPage, consult(tess(TWO_STEPS)))
    assert not page.fields["plan.worse"].isVisible()
    page.place("plan.worse")
    assert page.fields["plan.worse"].isVisible()
    assert held().accessibleName() == "Om det blir sämre"


# What holds for all three


def pages(look, model):
    return (
        AssessmentPage(look, model),
        PlanPage(look, model),
        ReviewPage(look, model, lambda kind: b""),
    )


ROOM = {1.0: 704, 1.25: 1036, 1.5: 992, 2.0: 904}  # px that a step has in a window of 1280; FMB is open at 100 % only


@pytest.fixture(params=ROOM.items(), ids=str)
def room(request):
    return request.param


@pytest.fixture(params=[5, 6, 7])
def full_page(qtbot, request, room):
    """A step with everything open that can be."""
    text, width = room
    model = consult(tess(days(200), conditions=ACUTE, earlier=Earlier(had=True, days=3)))
    page = shown(qtbot, lambda look, given: pages(look, given)[request.param - 5], model, text=text, width=width)
    if request.param == 6:
        page.more.click()
    if request.param == 7:
        page.sign.ask_reason()
    model.ask()
    QApplication.processEvents()
    return page


def test_tab_visits_every_stop_in_the_order_of_reading_and_comes_round(full_page):
    full_page.focus_first()
    met = stops()
    assert {id(stop) for stop in met} == {id(widget) for widget in reachable(full_page)}
    start = next(n for n, stop in enumerate(met) if stop.accessibleName() == "Dölj hjälp")
    assert by_geometry(full_page.area.widget(), met[start:] + met[:start]) or full_page.step == 7  # two columns


def test_everything_has_a_name_and_is_large_enough(full_page):
    assert nameless(full_page) == []
    assert small(full_page) == []


def test_no_words_are_cut_and_nothing_lies_outside(full_page):
    assert [found for found in clipped(full_page) if found[0] not in _wrapping(full_page)] == []
    assert outside(full_page) == []


def _wrapping(page):
    """Buttons that wrap their words."""
    return {row.text() for row in page.findChildren(ProblemRow)}


def two(*codes):
    """Sixty days for a severe depression and a neck that has four weeks in light work."""
    given = {"508:severity": "severe", "workload": "light"}
    rows = tuple(Diagnosis(code=code, text="Diagnos") for code in codes)
    return consult(tess(days(60), answers={"6": rows}, conditions=given, earlier=Earlier(had=False)))


def test_of_two_diagnoses_each_is_compared_and_the_first_decides_whether_to_ask_why(qtbot):
    page = shown(qtbot, AssessmentPage, two("M50", "F32"))
    assert page.excess.isVisible()
    assert not page.verdict.isVisible()
    page = shown(qtbot, AssessmentPage, two("F32", "M50"))
    assert not page.excess.isVisible()
    for words in ("Depressiv episod: 60 dagar ryms", "diskbråck: 60 dagar är 32 dagar längre än uppgiften från 2020"):
        assert words in page.verdict.text()
    assert "över" not in page.verdict.text()


def test_what_a_diagnosis_own_line_says_is_not_said_again_below_it(qtbot):
    rows = tuple(Diagnosis(code=code, text="Diagnos") for code in ("F32", "S52.5"))
    page = shown(qtbot, AssessmentPage, consult(tess(days(14), answers={"6": rows}, earlier=Earlier(had=False))))
    assert page.ruler.accessibleDescription().count("FMB beror på svaret") == 2
    assert "svara på" not in page.verdict.text()
    (source,) = page.verdict.text().splitlines()  # both are of one day, which is said once
    assert "Depressiv episod gäller från 2017-01-30 och Distal radiusfraktur gäller från" in source
    assert source.count("hämtad 2020-04-02") == 1
    assert all(line.count(":") == 1 for line in page.ruler._plan.limit_words)


def test_where_another_diagnosis_allows_the_time_it_is_a_tip_to_say_how_they_act_together():
    (found,) = (p for p in two("M50", "F32").now.problems if p.rule == "U-6")
    assert (found.level.value, found.text_key) == ("tip", "problem.U-6.other")
    assert "U-6" not in {p.rule for p in two("F32", "M50").now.problems}


def test_a_time_from_an_operation_is_no_limit_from_the_first_day(qtbot):
    given = {"294000:treatment.joint": "done.hip_replacement", "workload": "light"}
    model = consult(tess(days(90), diagnosis="M16", conditions=given, earlier=Earlier(had=False)))
    page = shown(qtbot, AssessmentPage, model)
    assert "34 dagar längre än uppgiften från 2020" in page.verdict.text()
    assert "om operationen var första dagen. FMB räknar från operationen" in page.excess._head.text()
    assert page.excess.isVisible()  # offered
    (found,) = (p for p in model.now.problems if p.rule == "U-6")
    assert (found.level.value, found.text_key) == ("tip", "problem.U-6.first.operation")


def test_no_sick_leave_is_said_as_such_and_never_as_no_days(qtbot):
    given = {"103:severity": "moderate"}
    model = consult(tess(days(14), diagnosis="K58", conditions=given, earlier=Earlier(had=False)))
    page = shown(qtbot, AssessmentPage, model)
    assert page.excess.isVisible()
    assert "FMB 2020: ingen sjukskrivning utöver egen sjukanmälan" in page.ruler.accessibleDescription()
    assert " 0 dagar" not in " ".join((page.ruler.accessibleDescription(), *(p.text_key for p in model.now.problems)))


def test_at_twice_the_text_size_the_card_fits_beside_the_steps(qtbot):
    page = shown(qtbot, AssessmentPage, two("M50", "F32"), text=2.0)
    assert page.excess.isVisible()
    assert page.excess.minimumSizeHint().width() <= 904 - 48  # 1280 px less the steps' column and the page's edges
