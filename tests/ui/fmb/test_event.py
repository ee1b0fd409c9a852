"""The day that a time after an operation counts from: asked where it matters, kept as typed, followed everywhere."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fmstod.domain.consultation import Earlier
from fmstod.ui.pages.assessment import AssessmentPage
from tests.ui.fmb.test_on_pages import open_panel, words
from tests.ui.keys import press, replace_text, type_text
from tests.ui.pages_1_4 import shown
from tests.ui.pages_5_7 import consult, days, tess
from tests.ui.walk import clipped, nameless, outside, small

HIP = {"294000:treatment.joint": "done.hip_replacement", "workload": "light"}  # eight weeks from the operation
KEY = "294000:event.operation"
ASKED = "Vilken dag opererades patienten?"


NO_EARLIER = Earlier(had=False)


def operated(number=90, earlier=NO_EARLIER, **given):
    conditions = {**HIP, **({KEY: given["on"]} if "on" in given else {})}
    return consult(tess(days(number), diagnosis="M16", conditions=conditions, earlier=earlier))


@pytest.mark.parametrize(
    ("number", "earlier", "asked"),
    [
        (56, Earlier(had=False), False),  # whatever day it was, the days fit
        (57, Earlier(had=False), True),
        (14, Earlier(had=True, days=43), True),
        (14, None, True),  # the earlier days don't count if the operation came after them
    ],
)
def test_the_day_is_asked_for_only_where_it_can_change_the_comparison(qtbot, number, earlier, asked):
    panel = open_panel(qtbot, operated(number, earlier))
    assert panel.event_day.isVisible() is asked
    assert (ASKED in words(panel)) is asked


@pytest.mark.parametrize("given", [{"workload": "light"}, {"294000:treatment.joint": "ongoing.symptom_treatment"}, {}])
def test_it_isnt_asked_for_before_it_is_known_that_the_time_counts_from_an_operation(qtbot, given):
    model = consult(tess(days(90), diagnosis="M16", conditions=given, earlier=Earlier(had=False)))
    assert not open_panel(qtbot, model).event_day.isVisible()


def test_a_typed_day_makes_the_comparison_exact_and_moves_the_mark(qtbot):
    model = operated()
    page, panel = shown(qtbot, AssessmentPage, model), open_panel(qtbot, model)
    assert page.ruler._plan.limit_days == (None,)
    panel.event_day.box.setFocus()
    type_text("14/12")
    assert model.consultation.conditions[KEY] == "2026-12-14"
    assert "69 dagar från operationen 2026-12-14 är 13 dagar längre" in page.excess._head.text()
    assert page.ruler._plan.limit_days == (date(2027, 2, 7),)  # the 56th day, the 14th of December the first
    assert "från operationen 2026-12-14, till 7 feb 2027" in page.ruler.accessibleDescription()
    (found,) = (p for p in model.now.problems if p.rule == "U-6")
    assert found.level.value == "warning"
    model.undo()
    assert KEY not in model.consultation.conditions
    assert panel.event_day.box.text() == ""


def test_the_days_fit_when_the_operation_came_late_and_no_reason_is_asked_for(qtbot):
    model = operated(on="2026-12-27")
    page = shown(qtbot, AssessmentPage, model)
    assert "56 dagar från operationen 2026-12-27 ryms" in page.verdict.text()
    assert not page.excess.isVisible()
    assert "U-6" not in {p.rule for p in model.now.problems}


def test_what_is_no_day_stays_is_kept_and_is_told(qtbot):
    model = operated()
    panel = open_panel(qtbot, model)
    panel.event_day.box.setFocus()
    type_text("i julas")
    press(Qt.Key.Key_Tab)
    assert panel.event_day.box.text() == "i julas"
    assert model.consultation.conditions[KEY] == "i julas"
    assert "Det är ingen dag" in words(panel)
    assert "om operationen var första dagen" in shown(qtbot, AssessmentPage, model).excess._head.text()
    again = open_panel(qtbot, operated(on="i julas"))
    assert again.event_day.box.text() == "i julas"
    assert "Det är ingen dag" in words(again)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-24", "Planerat om 1 dag."),
        ("2026-12-14", "Planerat om 21 dagar."),
        ("2025-11-22", "Mer än ett år sedan: stämmer dagen?"),
        ("2026-11-20", ""),
    ],
)
def test_a_planned_day_and_one_long_ago_are_told_as_such(qtbot, day, said):
    panel = open_panel(qtbot, operated(on=day))
    notes = [label.text() for label in panel.event_day.findChildren(QLabel) if label.isVisible()]
    assert [note for note in notes if note and note != ASKED] == [] if not said else said in " ".join(notes)


def test_a_day_once_given_stays_in_sight_and_can_be_taken_back(qtbot):
    model = operated(14, on="2026-11-20")
    panel = open_panel(qtbot, model)
    assert panel.event_day.isVisible()
    panel.event_day.box.setFocus()
    replace_text("")
    assert KEY not in model.consultation.conditions


def test_once_signed_the_day_can_only_be_read(qtbot):
    model = operated(on="2026-11-20")
    model.seal(signed=True, plan_signed=True)
    assert not open_panel(qtbot, model).event_day.box.isEnabled()


@pytest.mark.parametrize(("text", "width"), [(1.0, 376), (2.0, 640)])
def test_it_is_named_large_enough_and_whole(qtbot, text, width):
    part = open_panel(qtbot, operated(on="2026-12-14"), text=text, width=width, height=9000).event_day
    assert nameless(part) == []
    assert small(part) == []
    assert clipped(part) == []
    assert outside(part) == []
