"""The settings' card of FMB, and what the list of cases says after an update."""

import os
from datetime import date

import pytest
from PySide6.QtCore import Qt

from fmstod.storage import editions
from fmstod.ui.fmb.report import ReportView
from fmstod.ui.kit.tick import Tick
from tests.knowledge.exports import DIAGNOSES, TYPFALL, as_bytes, brought_in, saved
from tests.storage.sample import disk_full_at, log_of
from tests.ui import walk
from tests.ui.keys import press
from tests.ui.settings.clinic import Clinic

Key = Qt.Key


def test_the_card_says_whose_facts_are_in_use_how_old_and_how_far_they_were_compared(clinic):
    assert clinic.words(clinic.settings())[:6] == [
        "FMB",
        "Din inlästa FMB, hämtad 2020-05-01: 6 år gammal",
        "2 diagnoser med 3 rekommendationer. 0 av diagnoserna är jämförda med Socialstyrelsens sida.",
        "0 av 2 diagnoser är avlästa mot källan.",
        "Socialstyrelsens egna texter visas för 2 diagnoser.",
        "Socialstyrelsen lämnar ut FMB som två filer, diagnoserna och typfallen. Välj båda. Du ser vad som ändras innan det används.",
    ]


def test_the_changes_are_read_before_they_are_used_and_the_day_is_asked_for(clinic):
    clinic.read()
    assert clinic.report()[:2] == [
        "Ändrade tider (1)",
        "Hosta (J20, J21), lindrig: upp till 2 veckor → upp till 3 veckor",
    ]
    assert clinic.card._day.hasFocus()
    assert not clinic.card._use.isEnabled()
    assert editions.used(clinic.home)[0].startswith("2020-05-01")
    clinic.tell_day()
    clinic.use()
    clinic.qtbot.waitUntil(clinic.desk.workspace.message.isVisible)
    assert "FMB är uppdaterad." in clinic.words(clinic.desk.workspace.message)
    assert clinic.words(clinic.card)[1] == "Din inlästa FMB, hämtad 2026-11-01: 22 dagar gammal"
    assert clinic.desk._knowledge.library.resolve("J20").entry.recommendation[0].read_days == 21
    assert ("FMB-uppdatering", editions.used(clinic.home)[0]) in [
        (row["activityType"], row["reason"]) for row in log_of(clinic.store)
    ]


def test_going_back_is_one_press(clinic):
    clinic.read()
    clinic.tell_day()
    clinic.use()
    before = clinic.desk.workspace
    clinic.press("Gå tillbaka till FMB från 2020-05-01")
    clinic.qtbot.waitUntil(lambda: clinic.desk.workspace is not before)
    assert clinic.desk._knowledge.library.resolve("J20").entry.recommendation[0].read_days == 14


def test_leaving_changes_nothing_by_button_and_by_escape(clinic):
    before = editions.used(clinic.home)
    for leave in (lambda: clinic.press("Avbryt"), lambda: press(Key.Key_Escape)):
        clinic.read()
        leave()
        assert "Inget är ändrat." in clinic.words(clinic.card)
        assert not clinic.card._use.isVisible()
    assert editions.used(clinic.home) == before


def test_no_files_chosen_is_no_mistake(clinic):
    clinic.chosen = []
    clinic.settings()
    clinic.press("Välj filer med FMB…")
    assert not clinic.card._work.busy


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "t.json: filen är inte hel, eller inte en av Socialstyrelsens två (JSON, rad och tecken 1:2). Inget är ändrat. Hämta båda filerna på nytt från Socialstyrelsen."),
        (as_bytes(TYPFALL).replace(b"lindrig", b"ganska"), "t.json: ganska är inget känt villkor (post 900002, fältet severity). Inget är ändrat. Hämta båda filerna på nytt från Socialstyrelsen."),
    ],
)  # fmt: skip
def test_a_refused_file_says_which_and_why_in_the_card(clinic, content, words):
    clinic.chosen[1].write_bytes(content)
    clinic.read()
    assert words in clinic.words(clinic.card)
    assert not clinic.card._use.isVisible()


@pytest.mark.parametrize("which", [(0, 1, 0), (0,), (1, 1)])
def test_other_than_the_two_files_is_refused(clinic, which):
    clinic.chosen = [clinic.chosen[n] for n in which]
    clinic.read()
    assert "Välj två filer: diagnoserna och typfallen." in clinic.words(clinic.card)


def test_an_older_export_is_taken_only_when_it_is_wanted(qapp, qtbot, own_home, tmp_path):
    later = (
        as_bytes(DIAGNOSES).replace(b"2017-01-29", b"2024-01-24"),
        as_bytes(TYPFALL).replace(b"2017-01-29", b"2024-01-24"),
    )
    files = saved(tmp_path, *later)
    brought_in(own_home, retrieved=date(2026, 1, 1))
    clinic = Clinic(qtbot, own_home, files)
    clinic.read()
    clinic.tell_day("2026-02-01")
    clinic.use()
    saved(tmp_path)
    clinic.read()
    assert any("den är äldre än det som används nu" in line for line in clinic.words(clinic.card))
    clinic.press("Läs in den äldre ändå")
    clinic.settle()
    assert clinic.card._use.isVisible()


def test_a_day_to_come_is_refused(clinic):
    clinic.read()
    clinic.tell_day("2026-11-24")
    assert "2026-11-24 har inte varit än. Ange dagen då filerna hämtades." in clinic.words(clinic.card)
    assert not clinic.card._use.isEnabled()


def test_an_entry_made_by_hand_is_exchanged_by_a_tick_and_the_report_follows(qapp, qtbot, own_home, tmp_path):
    brought_in(own_home)
    named = [as_bytes(each).replace(b"J30", b"M545") for each in (DIAGNOSES, TYPFALL)]
    clinic = Clinic(qtbot, own_home, saved(tmp_path, *named))
    clinic.read()
    clinic.tell_day()
    assert any("740, gjordes för hand" in line and "om du inte väljer filens" in line for line in clinic.report())
    (tick,) = walk.shown(clinic.card, Tick)
    assert tick.text() == "Byt Akut lumbago (740), gjord för hand, mot filens"
    tick.click()
    clinic.settle()
    assert any("740, gjordes för hand" in line and "som du valde" in line for line in clinic.report())
    (tick,) = walk.shown(clinic.card, Tick)
    assert tick.isChecked()
    clinic.use()
    assert clinic.desk._knowledge.library.resolve("M545").entry.fmb == 900005


def test_a_full_disk_is_told_and_leaves_what_was_in_use(clinic):
    clinic.read()
    clinic.tell_day()
    before = editions.used(clinic.home)
    with disk_full_at(2_000):
        clinic.press("Använd filerna")
        clinic.settle()
    assert any("disken är full" in line for line in clinic.words(clinic.card))
    assert editions.used(clinic.home) == before
    clinic.use()


def test_an_edition_that_cannot_be_written_is_told_and_logged_as_failed(clinic):
    clinic.read()
    clinic.tell_day()
    before = editions.used(clinic.home)
    (clinic.home / "fmb" / f".new-{os.getpid()}").write_bytes(b"in the way")
    clinic.press("Använd filerna")
    clinic.settle()
    assert any("Det går inte att skriva" in line for line in clinic.words(clinic.card))
    assert editions.used(clinic.home) == before
    assert [(row["activityType"], row["outcome"]) for row in log_of(clinic.store)[-2:]] == [
        ("FMB-uppdatering", "ok"),
        ("FMB-uppdatering", "fel"),
    ]


def test_the_search_keeps_what_has_all_its_words(clinic):
    clinic.read()
    view = clinic.card.findChild(ReportView)
    view._search.setText("STROKE körkort")
    view._search.textEdited.emit("")
    heading, entry, *recommendations = clinic.report()
    assert (heading, entry) == ("Nya diagnoser (6)", "Stroke och TIA (I60, I61, I62, I63 och 5 till)")
    assert "– TIA: upp till 2 veckor, heltid, andra uppgifter först om arbetet kräver körkort." in recommendations
    view._search.setText("finns inte")
    view._search.textEdited.emit("")
    assert "Ingen ändring har de orden." in clinic.words(view)


def test_tab_leaves_the_report(clinic):
    clinic.read()
    clinic.card.findChild(ReportView).focus_first()
    press(Key.Key_Tab)
    assert not clinic.card.findChild(ReportView)._page.hasFocus()
