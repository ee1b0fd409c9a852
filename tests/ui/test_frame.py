"""The frame of a consultation: who, where, what is missing, the way on."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from fmstod.domain.answers import Diagnosis
from fmstod.domain.consultation import Consultation
from fmstod.domain.event import Event, Happened
from fmstod.domain.lifecycle import State
from fmstod.domain.problem import Level, Problem
from fmstod.errors import NotAllowed, StoreUnwritable
from fmstod.ui.frame import BottomBar, PatientBanner, StepNav
from fmstod.ui.kit.elided import Elided
from fmstod.ui.kit.focus import FocusRing
from fmstod.ui.kit.parts import button, column, panel, text
from fmstod.ui.messages import MessageBar, failure_of
from fmstod.ui.models.steps import steps_of
from fmstod.ui.states import since
from fmstod.ui.top_bar import TopBar, TrialStrip
from fmstod.ui.workbench import FmbColumn, FmbStrip, Workbench
from tests.ui import walk
from tests.ui.keys import held, press
from tests.ui.pages_1_4 import reference
from tests.ui.test_walk import TESS
from tests.ui.windows import TODAY, dressed, show

Key = Qt.Key


def words(widget):
    return [label.text() for label in walk.shown(widget, QLabel) if label.text()]


def test_the_banner_says_who_and_which_day(qtbot):
    banner = PatientBanner(dressed())
    banner.show_case(TESS, date(2026, 11, 30), "10:42", 8)
    show(qtbot, banner, 1280, 48)
    assert words(banner) == [
        "Tess Testsson", "19840512-9803", "42 år, kvinna", "Skyddade personuppgifter", "F43.8A", "Utmattningssyndrom",
        "Dag 8", "i sjukfallet", "Utkast sparat 10:42",
    ]  # fmt: skip
    assert "Tess Testsson" in banner.accessibleName()


def test_the_banner_of_a_closed_sick_leave_says_when_and_no_longer_signed(qtbot):
    banner = PatientBanner(dressed())
    closed = Event(kind=Happened.CLOSED, at=datetime(2026, 3, 11, 23, 30, tzinfo=UTC))  # half past midnight in Sweden
    banner.show_state(State.CLOSED, since(State.CLOSED, [closed]))
    banner.show_case(TESS, date(2026, 11, 30), "10:42", signed=True)
    show(qtbot, banner, 1280, 48)
    assert words(banner)[-1] == "Avslutat 12 mars 2026"
    assert "Signerat" not in words(banner)
    assert "Avslutat 12 mars 2026" in banner.accessibleName()
    banner.show_state(State.REPLACED, since(State.REPLACED, [closed]))
    assert words(banner)[-1] == "Ersatt", "when, the other certificate tells"


def test_the_banner_wraps_before_it_cuts(qtbot):
    banner = PatientBanner(dressed(text=2.0))
    name = "Anna-Maria Charlotta von Testenhielm-Provsson"
    banner.show_case(TESS.changed(patient=TESS.patient.changed(name=name)), TODAY, "10:42")
    show(qtbot, banner, 1280, 200)
    qtbot.wait(1)
    assert walk.clipped(banner) == []


@pytest.mark.parametrize("text_size", [1.0, 2.0])
def test_a_name_without_end_is_cut_with_a_mark_and_whole_for_pointer_and_screen_reader(qtbot, text_size):
    name = "Å" * 100
    banner = PatientBanner(dressed(text=text_size))
    banner.show_case(TESS.changed(patient=TESS.patient.changed(name=name)), TODAY, "10:42")
    show(qtbot, banner, 1280, 200)
    qtbot.wait(1)
    (shown,) = (each for each in banner.findChildren(Elided) if each.text() == name)
    assert shown.shown.endswith("…")
    assert shown.toolTip() == name
    assert name in banner.accessibleName()
    assert shown.mapTo(banner, QPoint(shown.width(), 0)).x() <= banner.width()


def test_in_large_text_the_banner_has_two_lines_whatever_the_case_is_about(qtbot):
    long = (Diagnosis(code="F438A", text="Utmattningssyndrom efter långvarig belastning i arbete och hem"),)
    banner = PatientBanner(dressed(text=2.0))
    banner.show_form("Läkarutlåtande för sjukersättning")
    banner.show_case(TESS.changed(answers={"6": long}), date(2026, 11, 30), "10:42", 8)
    show(qtbot, banner, 1280, banner.sizeHint().height())
    qtbot.wait(1)
    places = {
        label.mapTo(banner, label.rect().center()).y() // 40
        for label in walk.shown(banner, QLabel)
        if label.text() and label.text() != "Utkast sparat 10:42"
    }
    assert len(places) == 2
    assert walk.clipped(banner) == []
    assert banner.height() <= 2 * 80
    assert "Utmattningssyndrom efter långvarig belastning i arbete och hem" in banner.accessibleName()


def test_an_empty_consultation_has_a_quiet_banner(qtbot):
    banner = PatientBanner(dressed())
    banner.show_case(Consultation(), TODAY)
    show(qtbot, banner, 1280, 48)
    assert words(banner) == ["Ny konsultation"]


def test_only_rooms_that_exist_have_a_tab(qtbot):
    top = TopBar(dressed())
    asked = []
    top.tab_wanted.connect(asked.append)
    show(qtbot, top, 1280, 48)
    top.show_tab("cases", ("cases",))
    assert [b.text() for b in walk.shown(top, QPushButton)] == ["Ärenden", "Uppföljning", "Inställningar", "Lås"]
    top.show_tab("", ())
    assert [b.text() for b in walk.shown(top, QPushButton)] == ["Inställningar", "Lås"]
    top.show_tab("consultation")
    press(Key.Key_Right)
    assert [b.text() for b in walk.shown(top, QPushButton)][:3] == ["Ärenden", "Uppföljning", "Konsultation"]
    next(b for b in walk.shown(top, QPushButton) if b.text() == "Ärenden").click()
    assert asked == ["cases"]


def test_the_trial_strip_says_not_for_real_patients(qtbot):
    strip = show(qtbot, TrialStrip(dressed()), 1280, 24)
    assert words(strip) == ["Provversion, inte för riktiga patienter"]


def test_a_step_tells_its_state_by_shape_and_by_name(qtbot):
    nav = StepNav(dressed(), steps_of(reference()))
    asked = []
    nav.step_wanted.connect(asked.append)
    show(qtbot, nav, 200, 600)
    nav.show_steps(["done", "begun", "warn", "untouched", "untouched", "untouched", "untouched"], 2)
    buttons = walk.shown(nav, QPushButton)
    assert [b.accessibleName() for b in buttons][:4] == [
        "Steg 1, Patient, klart", "Steg 2, Diagnos, påbörjat", "Steg 3, Funktion, något att rätta",
        "Steg 4, Aktivitet, inte påbörjat",
    ]  # fmt: skip
    pictures = [b.icon().pixmap(16, 16).toImage() for b in buttons[:4]]
    assert all(one != other for n, one in enumerate(pictures) for other in pictures[n + 1 :])
    assert [b.isChecked() for b in buttons] == [False, True, False, False, False, False, False]
    buttons[1].setFocus()
    press(Key.Key_Down, Key.Key_Space)
    assert asked == [3]
    assert not buttons[2].isChecked()  # the view decides


def problems(*levels):
    return [Problem("AB-1", "17", level) for level in levels]


def test_the_bottom_bar_counts_and_leads_to_the_first(qtbot):
    bottom = BottomBar(dressed())
    places, levels = [], []
    bottom.place_wanted.connect(places.append)
    bottom.level_wanted.connect(levels.append)
    show(qtbot, bottom, 1280, 56)
    found = problems(Level.ERROR, Level.ERROR, Level.WARNING, Level.TIP)
    bottom.show_problems(found)
    bottom.show_way("Plan", back=True)
    shown = list(walk.shown(bottom, QPushButton))
    assert [b.text() for b in shown[:3]] == ["Saknas 2", "Varning 1", "Tips 1"]
    assert shown[-1].text() == "Nästa: Plan"
    shown[3].click()
    shown[1].click()
    assert places == [found[0]]
    assert levels == [Level.WARNING]


def test_nothing_to_mend_shows_no_count(qtbot):
    bottom = show(qtbot, BottomBar(dressed()), 1280, 56)
    bottom.show_problems(())
    bottom.show_way("Diagnos", back=False)
    assert [b.text() for b in walk.shown(bottom, QPushButton)] == ["Nästa: Diagnos"]
    bottom.show_way("", back=True)
    assert [b.text() for b in walk.shown(bottom, QPushButton)] == ["Tillbaka"]


def test_a_long_way_is_shortened_but_whole_for_the_screen_reader(qtbot):
    bottom = show(qtbot, BottomBar(dressed(text=2.0)), 1280, 112)
    bottom.show_way("Bedömning", back=True)
    bottom.show_problems(problems(Level.ERROR, Level.WARNING, Level.TIP))
    qtbot.wait(1)
    link = walk.shown(bottom, QPushButton)[3]
    assert link.text().endswith("…")
    assert "…" not in link.accessibleName()
    assert bottom.width() == 1280


def test_the_current_step_is_in_sight_where_all_seven_have_no_room(qtbot):
    nav = StepNav(dressed(text=2.0), steps_of(reference()))
    show(qtbot, nav, 400, 440)
    last = walk.shown(nav, QPushButton)[-1]
    nav.show_steps(["untouched"] * 7, 7)
    assert last.visibleRegion().boundingRect().size() == last.size()
    nav.show_steps(["untouched"] * 7, 1)
    assert last.visibleRegion().isEmpty()


def bench_of(look):
    inside = QLineEdit()
    inside.setAccessibleName("i panelen")
    fmb = FmbColumn(look, panel(column(inside, text("Upp till 6 månader", "figure"), ...), ground="window"))
    form = QLineEdit()
    form.setAccessibleName("i formuläret")
    bench = Workbench(look, StepNav(look, steps_of(reference())), panel(column(form, ...), ground="surface"), fmb)
    bench.show_answer("Upp till 6 månader", "akut fas")
    return bench, fmb, inside, form


def test_fmb_folds_to_a_strip_that_still_says_the_answer(qtbot):
    bench, fmb, inside, _form = bench_of(dressed())
    show(qtbot, bench, 1280, 600)
    assert fmb.isVisible()
    assert "akut fas" not in words(bench)
    inside.setFocus()
    press(Key.Key_F2)
    assert not fmb.isVisible()
    assert {"Upp till 6 månader", "akut fas"} <= set(words(bench))
    assert held().text() == "Visa FMB"  # the focus isn't lost with the column
    press(Key.Key_F2)
    assert fmb.isVisible()


@pytest.mark.parametrize(
    ("answer", "detail"),
    [
        ("Som längst 4 månader", "En fråga avgör"),
        ("F43.8A: Beror på svaren", "M54.5: Ingen rekommendation passar svaren. R53: FMB har inget för R53."),
        ("Ingen rekommendation passar svaren", ""),
    ],
)
def test_the_strip_takes_one_line_of_the_least_window_with_the_largest_text(qtbot, answer, detail):
    """The room is for the form; the whole is there for pointer and screen reader, and in the panel (F2)."""
    bench, *_ = bench_of(dressed(text=2.0))
    bench.show_answer(answer, detail)
    show(qtbot, bench, 1024, 680)
    for _ in range(3):
        qtbot.wait(1)
    assert {answer, detail} - {""} <= set(words(bench))
    assert walk.clipped(bench) == []
    assert bench.findChild(FmbStrip).height() <= 80


def test_in_a_narrow_window_fmb_starts_folded_and_opens_as_a_drawer(qtbot):
    bench, fmb, _, form = bench_of(dressed())
    show(qtbot, bench, 1100, 600)
    assert bench.folded
    width = form.width()
    form.setFocus()
    press(Key.Key_F2)
    assert fmb.isVisible()
    assert form.width() == width  # the form doesn't move
    assert fmb.geometry().right() == bench.rect().right()
    assert fmb.isAncestorOf(held())
    press(Key.Key_Escape)
    assert bench.folded
    assert held().text() == "Visa FMB"


@pytest.mark.parametrize(("text_size", "folded"), [(1.0, False), (1.1, True), (2.0, True)])
def test_large_text_folds_fmb_already_at_110_per_cent(qtbot, text_size, folded):
    bench, *_ = bench_of(dressed(text=text_size))
    show(qtbot, bench, 1280, 700)
    assert bench.folded is folded


@pytest.mark.parametrize(("text_size", "width", "named"), [(1.0, 1024, True), (2.0, 1280, True), (2.0, 1024, False)])
def test_the_steps_leave_the_form_its_room_before_it_scrolls_sideways(qtbot, text_size, width, named):
    bench, *_ = bench_of(dressed(text=text_size))
    nav = bench.findChild(StepNav)
    nav.show_steps(["untouched"] * 7, 1)
    show(qtbot, bench, width, 680)
    first = walk.shown(nav, QPushButton)[0]
    assert ("Patient" in first.text()) is named
    assert "Patient" in first.accessibleName()
    assert (first.toolTip() == "Patient") is not named
    assert width - nav.width() >= 430 * text_size  # what step 1 needs


def test_a_failure_is_said_in_a_bar_until_it_is_put_away(qtbot):
    bar = MessageBar(dressed())
    window = panel(column(bar, ...), ground="surface")
    show(qtbot, window, 800, 200)
    assert not bar.isVisible()
    acted = []
    bar.acted.connect(lambda: acted.append(True))
    bar.show_failure(StoreUnwritable())
    assert bar.isVisible()
    assert failure_of(StoreUnwritable()) in words(bar)
    bar.show_message("Sparat som eget ärende.", Level.WARNING, "Visa")
    shown = walk.shown(bar, QPushButton)
    shown[0].click()
    assert acted == [True]
    shown[0].setFocus()
    press(Key.Key_Escape)
    assert not bar.isVisible()


def test_why_something_is_not_allowed_is_said():
    assert failure_of(NotAllowed(why="not_allowed.certificate_signed")).startswith("Intyget är signerat")


def test_the_ring_follows_the_focus_and_leaves_a_clicked_button(qtbot):
    look = dressed()
    one, other = button(look, "Ett"), button(look, "Två")
    window = panel(column(one, 20, other, ..., pad=(20, 20, 20, 20)), ground="surface")
    ring = FocusRing(window, look)
    show(qtbot, window, 300, 200)
    one.setFocus()
    assert ring.isVisible()
    assert ring.geometry().contains(one.geometry())
    press(Key.Key_Tab)
    assert ring.geometry().contains(other.geometry())
    QTest.mouseClick(one, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert held() is one
    assert not ring.isVisible()
    press(Key.Key_Shift)
    assert ring.isVisible()
