"""The settings' ways to their parts, and the seal's control number as `fmstod verify` says it."""

import os
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fmstod.reports.seal_about import about
from fmstod.reports.seal_check import fingerprint
from fmstod.storage.seal_key import new_seal
from fmstod.ui.settings.page import SettingsPage
from fmstod.ui.settings.seal import SealCard
from tests.ui.keys import held, press, tab_to
from tests.ui.walk import clipped, nameless, outside, shown
from tests.ui.windows import TODAY, dressed, show

AT = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
OLD, NEW = (new_seal(unit, AT, os.urandom)[0] for unit in ("Gamla namnet", "Exempelvårdcentralen"))


def words(page):
    return [label.text() for label in shown(page, QLabel)]


def settings(qtbot, seals, size=1.0):
    look = dressed(text=size)
    card = SealCard(seals)
    return show(qtbot, SettingsPage(look, lambda: TODAY, {"seal": card}))


def test_the_number_is_the_one_that_verify_tells_and_the_newest_comes_first(qtbot):
    page = settings(qtbot, (OLD, NEW))
    said = words(page)
    assert said.index(fingerprint(NEW)) < said.index(fingerprint(OLD))
    assert "Exempelvårdcentralen. Används nu, gäller 2026-11-23 till 2029-11-22." in said
    assert any(line.startswith("Gamla namnet. Tidigare sigill") for line in said)


def test_before_the_first_signature_it_says_when_there_will_be_one(qtbot):
    assert any("när du signerar första gången" in line for line in words(settings(qtbot, ())))


def test_a_seal_tells_whose_it_is_and_when_it_may_be_used():
    told = about(NEW)
    assert told.unit == "Exempelvårdcentralen"
    assert told.first.isoformat() == "2026-11-23"
    assert (told.last - told.first).days == 3 * 365


@pytest.mark.parametrize("seals", [(), (OLD, NEW)])
def test_a_way_leads_to_each_part_with_the_focus_in_it(qtbot, seals):
    page = settings(qtbot, seals)
    page.focus_first()
    tab_to("Läkare och enhet", key=Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Left, Qt.Key.Key_Space)
    card = page.findChild(SealCard)
    assert card.isAncestorOf(held())
    assert not card.visibleRegion().isEmpty()
    tab_to("Läkare och enhet", key=Qt.Key.Key_Backtab)
    press(Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert held().accessibleDescription() != "Gå till en del av inställningarna"
    assert not page.form.isAncestorOf(held())


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_nothing_is_cut_or_nameless(qtbot, size):
    page = settings(qtbot, (OLD, NEW), size)
    qtbot.wait(10)
    assert not clipped(page)
    assert not nameless(page)
    assert not outside(page)
