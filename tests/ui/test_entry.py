"""The way in: unlock, first start, set-up, settings."""

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.ui.pages.unlock import UnlockPage
from fmstod.ui.settings.page import SettingsPage
from fmstod.ui.settings.setup import SetupPage
from tests.ui import walk
from tests.ui.keys import CTRL, held, press, replace_text, tab_to, type_text
from tests.ui.windows import TODAY, dressed, show

Key = Qt.Key
PHRASE = "korrekt häst batteri"
HEAVY = ("pydantic", "sqlalchemy", "sqlcipher3", "reportlab", "pikepdf", "cryptography", "fmstod.domain.consultation")


def words(page):
    return [label.text() for label in walk.shown(page, QLabel) if label.text()]


def opened(qtbot, **options):
    page = show(qtbot, UnlockPage(dressed(), **options))
    said = []
    page.submitted.connect(said.append)
    page.focus_first()
    return page, said


def test_enter_submits_the_passphrase(qtbot):
    page, said = opened(qtbot, note="Låst 10:47. Ditt utkast är sparat.")
    type_text(PHRASE)
    press(Key.Key_Return)
    assert said == [PHRASE]
    assert "Låst 10:47. Ditt utkast är sparat." in words(page)


def test_an_empty_passphrase_is_not_submitted(qtbot):
    page, said = opened(qtbot)
    press(Key.Key_Return)
    assert said == []
    assert "Skriv lösenfrasen." in words(page)


def test_a_wrong_passphrase_is_said_beside_the_field_and_can_be_written_over(qtbot):
    page, _ = opened(qtbot)
    type_text("fel")
    page.show_busy(True)
    page.show_busy(False)
    page.show_error("Lösenfrasen stämmer inte. Inget är ändrat. Skriv den igen.")
    assert held().accessibleDescription().startswith("Lösenfrasen stämmer inte")
    type_text("rätt")
    assert held().text() == "rätt"
    assert not any("stämmer inte" in said for said in words(page))


def test_the_passphrase_is_hidden_until_asked_for(qtbot):
    _page, _ = opened(qtbot)
    box = held()
    assert box.echoMode() == QLineEdit.EchoMode.Password
    tab_to("Visa")
    press(Key.Key_Space)
    assert box.echoMode() == QLineEdit.EchoMode.Normal


def test_a_passphrase_may_be_pasted(qtbot, qapp):
    _, said = opened(qtbot)
    qapp.clipboard().setText(PHRASE)
    press(Key.Key_V, modifiers=CTRL)
    press(Key.Key_Return)
    assert said == [PHRASE]


def test_the_first_start_says_that_a_lost_passphrase_is_lost_and_asks_twice(qtbot):
    page, said = opened(qtbot, first=True)
    assert any("kan inte återställas" in sentence for sentence in words(page))
    type_text(PHRASE)
    press(Key.Key_Return)
    assert held().accessibleName() == "Lösenfrasen en gång till"
    type_text("något annat")
    press(Key.Key_Return)
    assert said == []
    assert any("inte lika" in sentence for sentence in words(page))
    tab_to("Lösenfrasen en gång till")
    replace_text(PHRASE)
    press(Key.Key_Return)
    assert said == [PHRASE]


def test_a_new_passphrase_has_ten_characters_at_least(qtbot):
    page, said = opened(qtbot, first=True)
    type_text("kort")
    press(Key.Key_Return)
    type_text("kort")
    press(Key.Key_Return)
    assert said == []
    assert any("4 tecken" in sentence for sentence in words(page))


def test_an_old_passphrase_may_be_short(qtbot):
    _, said = opened(qtbot)
    type_text("kort")
    press(Key.Key_Return)
    assert said == ["kort"]


def test_the_unlock_window_imports_nothing_heavy():
    code = (
        "import sys, fmstod.ui.kit.style, fmstod.ui.kit.focus, fmstod.ui.pages.unlock;"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


FILLED = {
    "Namn": "Maja Testläkare", "Befattning": "Specialistläkare", "Eget personnummer": "196408233234",
    "Vårdenhetens namn": "Vårdcentralen Provet", "Vårdgivare": "Region Test", "Postadress": "Storgatan 1",
    "Postnummer": "123 45", "Postort": "Provstad", "Telefon": "010-123 45 67",
}  # fmt: skip
ISSUER = Issuer(
    physician=Physician(name="Maja Testläkare", title="Specialistläkare", number="19640823-3234"),
    unit=Unit(
        name="Vårdcentralen Provet", provider="Region Test", address="Storgatan 1", postcode="123 45", town="Provstad",
        phone="010-123 45 67",
    ),
)  # fmt: skip


def set_up(qtbot):
    page = show(qtbot, SetupPage(dressed(), lambda: TODAY))
    said = []
    page.finished.connect(said.append)
    page.focus_first()
    return page, said


def test_set_up_is_filled_in_by_keys(qtbot):
    _page, said = set_up(qtbot)
    for name, value in FILLED.items():
        tab_to(name)
        type_text(value)
    tab_to("Fortsätt")
    press(Key.Key_Return)
    assert said == [ISSUER]


def test_what_is_wrong_is_said_beside_its_field(qtbot):
    page, said = set_up(qtbot)
    press(Key.Key_Return, modifiers=CTRL)
    assert said == []
    assert held().accessibleName() == "Namn"
    assert "Namn saknas" in held().accessibleDescription()
    assert any("fält att rätta" in sentence for sentence in words(page))


@pytest.mark.parametrize(
    ("place", "bad", "good"),
    [
        ("physician.number", "19640823-3235", "640823-3234"),  # the last digit is Luhn's
        ("physician.hsa_id", "123", "SE2321000016-1A2B"),
        ("unit.postcode", "1234", "12345"),
        ("unit.phone", "ring mig", "+46 (0)10-123 45 67"),
    ],
)
def test_each_field_has_its_own_form(qtbot, place, bad, good):
    page, _ = set_up(qtbot)
    box = page.form.box(place)
    box.setFocus()
    type_text(bad)
    press(Key.Key_Tab)
    assert box.property("state") == "error"
    box.setFocus()
    replace_text(good)
    press(Key.Key_Tab)
    assert box.property("state") != "error"


def test_settings_show_what_is_stored_and_save_what_is_changed(qtbot):
    page = show(qtbot, SettingsPage(dressed(), lambda: TODAY))
    said, looks = [], []
    page.finished.connect(said.append)
    page.look_wanted.connect(lambda *look: looks.append(look))
    page.show_settings(ISSUER, "system", 1.0)
    page.form.box("unit.town").setFocus()
    replace_text("Nystad")
    next(b for b in walk.shown(page, QPushButton) if b.text() == "Spara").click()
    assert said == [ISSUER.changed(unit=ISSUER.unit.changed(town="Nystad"))]
    assert "Sparat" in words(page)
    next(b for b in page.findChildren(QPushButton) if b.text() == "Mörka").click()
    next(b for b in page.findChildren(QPushButton) if b.text() == "150 %").click()
    assert looks == [("dark", 1.0), ("dark", 1.5)]
