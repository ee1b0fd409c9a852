"""The settings' card of diagnosis codes: what it says, what it asks, and that one work goes on at a time."""

import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from fmstod.errors import BadRegister, DoubtfulRegister, ImportStopped
from fmstod.files import read_library
from fmstod.knowledge.codes import CodeIndex, Edition
from fmstod.ui.doors import CodeDoor, Register
from fmstod.ui.kit.long_work import LOOKED_AT_MS, SHOWN_AFTER_MS
from fmstod.ui.settings.codes import CodesCard
from fmstod.ui.settings.page import SettingsPage
from tests.ui.keys import held, press, tab_to, type_text
from tests.ui.windows import TODAY, dressed, show

Key = Qt.Key
OLD = Edition("2025", date(2025, 1, 1), "icd10se-2025.tsv", date(2025, 3, 1))
NEW = Edition("2026", date(2026, 1, 1), "icd10se-2026.tsv", TODAY)


@dataclass(frozen=True)
class Report:
    edition: Edition = NEW
    codes: int = 35684
    before: Edition | None = None
    added: int = 0
    removed: int = 0
    renamed: int = 0


class Clinic:
    """What is there, which files are chosen, and what reading them in does."""

    def __init__(self):
        self.registers, self.unreadable = [], []
        self.files = [Path("icd10se-2026.tsv")]
        self.asked, self.calls = 0, []
        self.act = lambda _tell, _accept: Report()

    def choose(self):
        self.asked += 1
        return self.files

    def read_in(self, files, edition, tell, accept):
        self.calls.append((tuple(files), edition, tuple(accept)))
        return self.act(tell, accept)

    def card(self, look, codes):
        door = CodeDoor(lambda: self.registers, lambda: self.unreadable, self.read_in)
        return CodesCard(look, door, codes, self.choose, len(read_library().icd))


@pytest.fixture
def clinic():
    return Clinic()


@pytest.fixture
def settings(qtbot, clinic):
    """The page with the card, the focus in its button."""

    def build(edition=None, text=1.0):
        look = dressed(text=text)
        card = clinic.card(look, CodeIndex({}, edition=edition))
        page = show(qtbot, SettingsPage(look, lambda: TODAY, {"codes": card}))
        card.grew.connect(lambda: page.show_card(card))
        card.focus_first()
        return page, card

    return build


def says(card, words):
    return any(words in label.text() for label in card.findChildren(QLabel) if label.isVisible())


def wait(qtbot, card):
    qtbot.waitUntil(lambda: not card._work.busy)
    qtbot.wait(1)


def test_without_a_register_it_says_what_reading_one_in_gives(settings):
    _, card = settings()
    assert says(card, f"fmstod känner bara koderna i FMB ({len(read_library().icd)}).")
    assert says(card, "en kod som inte finns upptäcks innan du signerar")
    assert held().accessibleName() == "Välj filer med ICD-10-SE…"


def test_each_edition_is_told_with_source_and_days_and_which_is_in_use(settings, clinic):
    clinic.registers = [Register(OLD, 35000), Register(NEW, 35684)]
    clinic.unreadable = ["icd10se-2024.1.db"]
    _, card = settings(edition=NEW)
    shown = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    heads = [words for words in shown if words.startswith("ICD-10-SE") or words == "används i dag"]
    assert heads == ["ICD-10-SE 2026: 35\u00a0684 koder", "används i dag", "ICD-10-SE 2025: 35\u00a0000 koder"]
    assert "Gäller från 2026-01-01. Ur icd10se-2026.tsv, inläst 2026-11-23." in shown
    assert says(card, "icd10se-2024.1.db går inte att läsa längre. Läs in utgåvan på nytt.")
    assert held().accessibleName() == "Läs in en utgåva till…"


def test_what_was_read_in_is_told_with_what_changed(settings, clinic, qtbot):
    clinic.act = lambda _tell, _accept: Report(before=OLD, added=12, removed=3, renamed=4)
    _, card = settings()
    with qtbot.waitSignal(card.changed) as told:
        press(Key.Key_Return)
    (words,) = told.args
    assert words.startswith(
        "ICD-10-SE 2026 är inläst med 35\u00a0684 koder. Sedan 2025: 12 nya, 3 borttagna, 4 med nytt"
    )
    assert words.endswith("Signerade intyg behåller sina namn.")
    assert clinic.calls == [((Path("icd10se-2026.tsv"),), "2026", ())]


def test_no_file_chosen_changes_nothing(settings, clinic):
    clinic.files = []
    _, card = settings()
    press(Key.Key_Return)
    assert not card._work.busy
    assert clinic.calls == []


def test_a_refusal_says_file_and_line_and_the_next_try_takes_it_away(settings, clinic, qtbot):
    def refuse(_tell, _accept):
        raise BadRegister(file="lista.tsv", line=7, detail="2", why="codes.fault.columns")

    clinic.act = refuse
    _, card = settings()
    press(Key.Key_Return)
    wait(qtbot, card)
    assert says(card, "lista.tsv, rad 7: raden har fel antal kolumner (2).")
    assert "rad 7" in held().accessibleDescription()
    clinic.act = lambda _tell, _accept: Report()
    press(Key.Key_Return)
    wait(qtbot, card)
    assert not says(card, "rad 7")


def test_doubts_are_asked_one_after_the_other(settings, clinic, qtbot):
    def doubt(_tell, accept):
        for doubt in ("older", "fewer"):
            if doubt not in accept:
                values = {"name": "2025", "known": "2026", "codes": 10, "before": 20}
                raise DoubtfulRegister(doubt=doubt, why=f"codes.doubt.{doubt}", **values)
        return Report()

    clinic.act = doubt
    _, card = settings()
    press(Key.Key_Return)
    wait(qtbot, card)
    assert says(card, "Utgåvan 2025 är äldre än 2026")
    assert held().accessibleName() == "Läs in ändå"
    press(Key.Key_Return)
    wait(qtbot, card)
    assert says(card, "Utgåvan 2025 har 10 koder, men 2026 har 20")
    with qtbot.waitSignal(card.changed):
        press(Key.Key_Return)
    assert [accept for _, _, accept in clinic.calls] == [(), ("older",), ("older", "fewer")]


def test_a_doubt_that_is_left_changes_nothing(settings, clinic, qtbot):
    def doubt(_tell, _accept):
        raise DoubtfulRegister(doubt="older", why="codes.doubt.older", name="2025", known="2026", codes=1, before=2)

    clinic.act = doubt
    _, card = settings()
    press(Key.Key_Return)
    wait(qtbot, card)
    press(Key.Key_Tab)
    assert held().accessibleName() == "Låt bli"
    press(Key.Key_Return)
    assert not says(card, "äldre än")
    assert held().accessibleName() == "Välj filer med ICD-10-SE…"
    assert len(clinic.calls) == 1


def test_a_year_that_no_name_tells_is_asked_for(settings, clinic, qtbot):
    clinic.files = [Path("koder.tsv")]
    _, card = settings()
    press(Key.Key_Return)
    assert says(card, "Vilket år gäller utgåvan?")
    assert held().accessibleName() == "Utgåvans år"
    type_text("20")
    press(Key.Key_Return)
    assert clinic.calls == []
    assert says(card, "Skriv utgåvans år med fyra siffror")
    type_text("26")
    with qtbot.waitSignal(card.changed):
        press(Key.Key_Return)
    assert clinic.calls == [((Path("koder.tsv"),), "2026", ())]


@pytest.fixture
def slow(clinic):
    """A work that goes on until the test lets it go or the user stops it."""
    gate = threading.Event()

    def act(tell, _accept):
        while not gate.wait(0.01):
            if not tell(1, 4):
                raise ImportStopped
        return Report()

    clinic.act = act
    yield gate
    gate.set()


def test_progress_shows_after_a_while_and_can_be_stopped(settings, clinic, slow, qtbot):
    _, card = settings()
    press(Key.Key_Return)
    assert not says(card, "Läser in diagnoskoder")
    qtbot.waitUntil(lambda: says(card, "Läser in diagnoskoder"), timeout=SHOWN_AFTER_MS * 10)
    qtbot.waitUntil(lambda: card._work._bar.value() == 250, timeout=LOOKED_AT_MS * 20)
    tab_to("Avbryt")
    press(Key.Key_Return)
    wait(qtbot, card)
    assert says(card, "Inläsningen avbröts. Inget är ändrat.")
    assert not says(card, "Läser in diagnoskoder")


def test_escape_stops_it_too_and_a_second_press_starts_nothing(settings, clinic, slow, qtbot):
    _, card = settings()
    press(Key.Key_Return, Key.Key_Return)
    assert clinic.asked == 1
    press(Key.Key_Escape)
    wait(qtbot, card)
    assert len(clinic.calls) == 1
    assert says(card, "Inläsningen avbröts")


def test_a_window_that_closes_stops_the_work_and_nobody_is_told(settings, clinic, slow, qtbot):
    page, card = settings()
    told, ended = [], threading.Event()
    card.changed.connect(told.append)
    act = clinic.act

    def seen(tell, accept):
        try:
            return act(tell, accept)
        finally:
            ended.set()

    clinic.act = seen
    press(Key.Key_Return)
    qtbot.kept.remove(page)
    page.close()
    page.deleteLater()
    qtbot.waitUntil(ended.is_set)
    qtbot.wait(20)
    assert told == []


def test_what_appears_is_brought_into_sight_at_twice_the_size(settings, clinic, qtbot):
    clinic.files = [Path("koder.tsv")]
    page, _ = settings(text=2.0)
    press(Key.Key_Return)
    for _ in range(10):
        QApplication.processEvents()
    box = held()
    assert box.accessibleName() == "Utgåvans år"
    top = box.mapTo(page, box.rect().topLeft()).y()
    assert 0 <= top <= page.height() - box.height()
