"""The application around the pages: what happens when the program itself fails, and when it is closed."""

import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fmstod.app import Desk, dress
from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.errors import ImportStopped
from fmstod.storage.key import Cost
from fmstod.texts import text
from fmstod.ui.doors import CodeDoor
from fmstod.world import World
from tests.ui.keys import held, press, tab_to

CHEAP = Cost(8, 1, 1)
ISSUER = Issuer(physician=Physician(name="Disa Doktorsson", title="Läkare"), unit=Unit(name="Exempelvårdcentralen"))


def enter(qtbot, home, **extra):
    """A window with an unlocked store."""
    world = World(
        home,
        now=lambda: datetime(2026, 11, 23, 9, 42, tzinfo=UTC),
        today=lambda: date(2026, 11, 23),
        cost=CHEAP,
        floor=CHEAP,
        extra=extra,
    )
    desk = Desk(dress("light", 1.0), world)
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    desk.centralWidget().submitted.emit("fyra ord räcker långt")
    qtbot.waitUntil(lambda: desk.workspace is not None, timeout=10_000)
    desk.workspace._set_up(ISSUER)
    return desk


@pytest.fixture
def desk(qapp, qtbot, own_home):
    return enter(qtbot, own_home)


def test_a_bug_saves_the_draft_and_leaves_no_value_in_the_trace(desk, capsys):
    desk.workspace.new_case()
    case = desk.workspace.case
    case.model.answer("25", "hemligt om Tess")
    said = "hemligt om Tess"
    try:
        raise ValueError(said)
    except ValueError as error:
        desk.meet_bug(type(error), error, error.__traceback__)
    assert not case.autosave.pending
    assert "hemligt" not in capsys.readouterr().err
    assert desk.workspace.message.isVisible()


def test_another_look_keeps_the_open_case(desk, qtbot):
    desk.workspace.new_case()
    case = desk.workspace.case
    case.model.answer("25", "text")
    desk.workspace.show_settings()
    desk.change_look("dark", 1.25)
    qtbot.waitUntil(lambda: desk.workspace.case is None)
    assert desk.look.theme == "dark"
    assert [row.id for row in desk._store.cases()] == [case.model.case]


def offers(desk):
    words = text("settings_codes.offer")
    return any(label.text() == words for label in desk.workspace.case.findChildren(QLabel) if label.isVisible())


def test_what_a_register_gives_is_offered_until_it_is_put_away_on_this_computer(desk, qtbot):
    desk.workspace.new_case()
    desk.workspace.case.go(2)
    assert offers(desk)
    tab_to(text("settings_codes.offer_no"))
    press(Qt.Key.Key_Return)
    assert not offers(desk)
    assert held().accessibleName() == "Huvuddiagnos, Kod eller namn"
    desk.lock()
    desk.centralWidget().submitted.emit("fyra ord räcker långt")
    qtbot.waitUntil(lambda: desk.workspace is not None, timeout=10_000)
    desk.workspace.new_case()
    desk.workspace.case.go(2)
    assert not offers(desk)


def test_the_offer_leads_to_the_card_of_codes(desk):
    desk.workspace.new_case()
    desk.workspace.case.go(2)
    tab_to(text("settings_codes.offer_lead"))
    press(Qt.Key.Key_Return)
    assert desk.workspace.case is None
    assert held().accessibleName() == text("settings_codes.choose")


def test_no_second_window_opens_on_the_way_through_the_steps(desk, qapp, qtbot):
    desk.workspace.new_case()
    for step in range(1, 8):
        desk.workspace.case.go(step)
        qtbot.wait(20)
        assert [w for w in qapp.topLevelWidgets() if w.isVisible()] == [desk]


def test_closing_the_window_stops_what_is_being_read_in(qapp, qtbot, own_home):
    stopped = threading.Event()

    def slow(tell, *_):
        while tell(1, 4):
            time.sleep(0.01)
        stopped.set()
        raise ImportStopped

    door = CodeDoor(tuple, tuple, lambda _files, _edition, tell, _accept: slow(tell))
    desk = enter(qtbot, own_home, code_door=door, choose_files=lambda: [Path("icd10se-2026.tsv")])
    desk.workspace.show_settings("codes")
    press(Qt.Key.Key_Return)
    desk.close()
    qtbot.waitUntil(stopped.is_set)


def test_closing_right_after_the_start_ends_quietly(own_home):
    code = (
        "import sys, fmstod.app as app\n"
        "from PySide6.QtCore import QTimer\n"
        "start = app.start_qt\n"
        "def started(arguments):\n"
        "    qt = start(arguments)\n"
        "    QTimer.singleShot(100, qt.quit)\n"
        "    return qt\n"
        "app.start_qt = started\n"
        "sys.exit(app.main([]))\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr.strip()) == (0, "")
