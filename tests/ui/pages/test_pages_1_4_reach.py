"""What holds for each of the first four steps: keys reach everything, everything has a Swedish name and room."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from fmstod.domain.answers import DatedChoice, Diagnosis, IcfRating, IcfText
from fmstod.domain.consultation import Consultation
from fmstod.texts import catalogue
from fmstod.ui.kit.tab_order import stops
from fmstod.ui.pages.activity import ActivityPage
from fmstod.ui.pages.patient import PatientPage
from tests.ui import walk
from tests.ui.keys import held, press
from tests.ui.pages_1_4 import EXHAUSTION, PAGES, TESS, consult, shown
from tests.ui.windows import dressed

FULL = TESS.changed(
    answers={
        **TESS.answers,
        "1": (DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"), DatedChoice(kind="ANNAT", date="2026-11-20")),
        "6": (*EXHAUSTION, Diagnosis(code="M545", text="Lumbago")),
        "35": IcfText(text="Tappar tråden.", icf=(IcfRating(code="b140", severity=3), IcfRating(code="b144"))),
        "17": IcfText(text="Klarar en sak i taget.", icf=(IcfRating(code="d160", severity=2), IcfRating(code="d240"))),
    }
)
KEY = re.compile(r"[a-z_]+(\.[a-z0-9_]+)+")
ENGLISH = {
    "the",
    "and",
    "of",
    "undo",
    "redo",
    "cut",
    "copy",
    "paste",
    "cancel",
    "ok",
    "open",
    "clear",
    "none",
    "choose",
}


@pytest.mark.parametrize("record", [Consultation(), FULL], ids=["empty", "full"])
@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_tab_visits_every_stop_once_in_reading_order_and_comes_back(qtbot, kind, record):
    page = shown(qtbot, kind, consult(record))
    expected = stops(page)
    first = held()
    visited = [first]
    for _ in range(200):
        press(Qt.Key.Key_Tab)
        if held() is first:
            break
        visited.append(held())
    assert held() is first, "Tab never came back"
    at = expected.index(first)
    assert visited == expected[at:] + expected[:at]
    press(Qt.Key.Key_Backtab)
    assert held() is visited[-1]


def test_tab_reaches_what_was_made_late_where_it_stands(qtbot):
    page = shown(qtbot, PatientPage, consult())
    page.go_to(page.fields["work.load"].place(""))
    press(Qt.Key.Key_Tab)
    assert held().accessibleName() == "Lyfta tungt"
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Tab)
    assert held().accessibleName() == "Lyfta tungt, hur mycket"


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_enter_leads_from_field_to_field(qtbot, kind):
    page = shown(qtbot, kind, consult(FULL))
    for stop in stops(page):
        if isinstance(stop, QPlainTextEdit) or (isinstance(stop, QAbstractButton) and not stop.isCheckable()):
            continue  # a new line; what the button does
        page.go_to(stop)
        press(Qt.Key.Key_Return)
        assert held() is not stop, stop.accessibleName()


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_everything_that_can_be_reached_has_a_name_and_is_no_small_target(qtbot, kind):
    page = shown(qtbot, kind, consult(FULL))
    assert walk.nameless(page) == []
    assert walk.small(page) == []


@pytest.mark.parametrize("record", [Consultation(), FULL], ids=["empty", "full"])
@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_no_key_of_a_text_and_no_english_is_shown(qtbot, kind, record):
    model = consult(record)
    model.ask()
    page = shown(qtbot, kind, model)
    said = {words for widget in walk.shown(page, QWidget) for words in _words(widget) if words}
    typed = {box.text() for box in walk.shown(page, QLineEdit)}
    assert {words for words in said - typed if KEY.fullmatch(words) or words in catalogue()} == set()
    assert {words for words in said if ENGLISH & set(re.findall(r"[a-z]+", words.lower()))} == set()


@pytest.mark.parametrize("text", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.__name__)
def test_every_word_has_room_beside_fmb_and_with_large_text(qtbot, kind, text):
    width = dressed(text=text).form_width + 48 + 10  # its own margins, a scroll bar
    page = shown(qtbot, kind, consult(FULL), text=text, width=width)
    assert page.area.widget().width() <= page.area.viewport().width(), "it would scroll sideways"
    assert walk.clipped(page) == []
    assert walk.outside(page) == []


def test_both_layouts_of_step_4_come_back_to_the_first_stop(qtbot):
    page = shown(qtbot, ActivityPage, consult(FULL), width=1080)
    first = held()
    for _ in range(len(stops(page))):
        press(Qt.Key.Key_Tab)
    assert held() is first
    assert first is page.abilities.rows["parallel"].choice.stop


def test_a_problem_leads_to_its_place(qtbot):
    page = shown(qtbot, PatientPage, consult(FULL))
    page.place("patient.id")
    assert held() is page.number_box
    page.place("1[1].date")
    assert held().accessibleName() == "Annat, dag"


def test_help_folds_away_and_back(qtbot):
    page = shown(qtbot, PatientPage, consult())
    shown_before = len(walk.shown(page, QLabel))
    fold = next(stop for stop in stops(page) if stop.accessibleName() == "Dölj hjälp")
    page.go_to(fold)
    press(Qt.Key.Key_Return)
    assert fold.text() == "Visa hjälp"
    assert not page.help.isVisible()
    press(Qt.Key.Key_Return)
    assert len(walk.shown(page, QLabel)) == shown_before


def _words(widget):
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    empty = widget.placeholderText() if isinstance(widget, QLineEdit) else ""
    return (text, empty, widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
