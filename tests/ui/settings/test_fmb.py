"""The settings' card of FMB, and what the list of cases says after an update."""

import os
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from fmstod import fmb
from fmstod.app import Desk, dress
from fmstod.domain.answers import Diagnosis
from fmstod.domain.review import Review
from fmstod.knowledge.update_text import Group
from fmstod.storage import editions
from fmstod.storage.key import Cost
from fmstod.ui.cases.touched import TouchedCard, is_open
from fmstod.ui.fmb.report import ReportView
from fmstod.ui.kit.tick import Tick
from fmstod.ui.settings.fmb import FmbCard
from fmstod.world import World
from tests.knowledge.exports import DIAGNOSES, TYPFALL, as_bytes, bent, brought_in, saved
from tests.storage.sample import ISSUER, TESS, disk_full_at, log_of
from tests.ui import walk
from tests.ui.keys import held, press
from tests.ui.test_walk import CASE, DUE, SIGNED
from tests.ui.windows import dressed, show

Key = Qt.Key
CHEAP = Cost(8, 1, 1)
TODAY = date(2026, 11, 23)
R = ("data", 0, "attributes", "rekommenderadsjukskrivning")
LONGER = bent(
    bent(TYPFALL, (*R, "maximalsjukskrivningstid"), "3"),
    (*R, "typfalletsrekommenderadesjukskrivning"),
    "Upp till 3 veckor",
)
COUGH = TESS.changed(
    conditions={"900001:severity": "mild"}, answers={**TESS.answers, "6": (Diagnosis(code="J20", text="Hosta"),)}
)


class Clinic:
    """A desk at a clinic that goes by an edition of its own, and a physician's hands."""

    def __init__(self, qtbot, home, chosen):
        self.qtbot, self.home, self.chosen = qtbot, home, chosen
        world = World(
            home,
            now=lambda: datetime(2026, 11, 23, 9, 42, tzinfo=UTC),
            today=lambda: TODAY,
            cost=CHEAP,
            floor=CHEAP,
            extra={"choose_fmb_files": lambda: self.chosen},
        )
        self.desk = Desk(dress("light", 1.0), world)
        qtbot.addWidget(self.desk)
        self.desk.show()
        self.desk.activateWindow()
        self.unlock()
        if not self.store.issuer().physician.name:
            self.desk.workspace._set_up(ISSUER)

    def unlock(self):
        self.desk.centralWidget().submitted.emit("fyra ord räcker långt")
        self.qtbot.waitUntil(lambda: self.desk.workspace is not None, timeout=10_000)

    def lock(self):
        self.desk.workspace.restore(None)
        self.desk.lock()

    @property
    def store(self):
        return self.desk._store

    def settings(self):
        self.desk.workspace.show_settings("fmb")
        return self.card

    @property
    def card(self):
        QApplication.processEvents()  # what is put into a layout shows with the next round
        return walk.shown(self.desk.workspace, FmbCard)[-1]

    @property
    def notice(self):
        QApplication.processEvents()
        return next(iter(walk.shown(self.desk, TouchedCard)), None)

    def words(self, widget):
        QApplication.processEvents()
        return [label.text() for label in walk.shown(widget, QLabel) if label.text()]

    def press(self, words, inside=None):
        next(b for b in walk.shown(inside or self.card, QPushButton) if b.text() == words).click()

    def read(self):
        """Choose the files and wait for what is said of them."""
        self.settings()
        self.press("Välj filer med FMB…")
        self.settle()

    def settle(self):
        self.qtbot.waitUntil(lambda: not self.card._work.busy)

    def tell_day(self, day="2026-11-01"):
        box = self.card._day
        box.setFocus()
        box.setText(day)
        box.editingFinished.emit()
        self.settle()

    def use(self):
        before = self.desk.workspace
        self.press("Använd filerna")
        self.qtbot.waitUntil(lambda: self.desk.workspace is not before)

    def report(self):
        return self.card.findChild(ReportView)._page.toPlainText().splitlines()


@pytest.fixture
def clinic(qapp, qtbot, own_home, tmp_path):
    brought_in(own_home)
    return Clinic(qtbot, own_home, saved(tmp_path, single=LONGER))


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


# The list of cases


def updated(clinic):
    clinic.store.save_case("a", COUGH, 0)
    clinic.store.save_case("b", TESS, 0)
    clinic.read()
    clinic.tell_day()
    clinic.use()
    clinic.desk.workspace.show_cases()


def test_open_cases_whose_recommendation_changed_are_listed_with_what_changed(clinic):
    updated(clinic)
    assert clinic.words(clinic.notice) == [
        "FMB är ändrad för ett ärende",
        "Hosta: upp till 2 veckor → upp till 3 veckor",
    ]
    clinic.press("Tess Kanariefågel, J20", clinic.notice)
    assert clinic.desk.workspace.case.model.case == "a"
    clinic.desk.workspace.show_cases()
    assert clinic.notice is not None


def test_of_many_touched_cases_five_show_and_the_others_one_press_away(clinic):
    for n in range(7):
        clinic.store.save_case(f"x{n}", COUGH, 0)
    updated(clinic)
    assert clinic.words(clinic.notice).count("Hosta: upp till 2 veckor → upp till 3 veckor") == 5
    clinic.press("Visa alla 8", clinic.notice)
    assert clinic.words(clinic.notice).count("Hosta: upp till 2 veckor → upp till 3 veckor") == 8
    assert clinic.notice.isAncestorOf(held())
    clinic.press("Jag har sett det", clinic.notice)
    assert clinic.notice is None


def test_it_stays_over_the_lock_until_it_is_said_to_be_seen(clinic):
    updated(clinic)
    clinic.lock()
    clinic.unlock()
    assert clinic.notice is not None
    clinic.press("Jag har sett det", clinic.notice)
    assert clinic.notice is None
    assert clinic.store.fmb_seen() == editions.used(clinic.home)[0]
    clinic.desk.workspace.show_cases()
    assert clinic.notice is None
    clinic.lock()
    clinic.unlock()
    assert clinic.notice is None


def test_an_update_by_the_command_is_told_at_the_next_unlock(clinic, tmp_path):
    clinic.store.save_case("a", COUGH, 0)
    clinic.desk.workspace.show_cases()
    clinic.lock()
    brought_in(clinic.home, single=LONGER, retrieved=date(2026, 11, 1))
    clinic.unlock()
    assert "Hosta: upp till 2 veckor → upp till 3 veckor" in clinic.words(clinic.notice)


def test_an_update_that_touches_no_open_case_counts_as_seen(clinic):
    clinic.store.save_case("b", TESS, 0)
    clinic.lock()
    name = brought_in(clinic.home, single=LONGER, retrieved=date(2026, 11, 1))
    clinic.unlock()
    assert clinic.notice is None
    assert clinic.store.fmb_seen() == name


def test_when_the_edition_before_is_gone_it_says_so(clinic):
    clinic.store.save_case("a", COUGH, 0)
    clinic.store.see_fmb("2020-01-01-000000000000")
    clinic.lock()
    clinic.unlock()
    assert any("Det går inte att visa vad som är ändrat" in line for line in clinic.words(clinic.notice))
    clinic.press("Jag har sett det", clinic.notice)
    assert clinic.notice is None


def test_answers_follow_a_renumbered_entry_into_an_open_draft(clinic):
    clinic.store.save_case("a", COUGH, 0)
    clinic.lock()
    later = [as_bytes(each).replace(b'"90000', b'"91000') for each in (DIAGNOSES, TYPFALL)]
    clinic.desk.world.home.joinpath("d").mkdir()
    clinic.chosen = saved(clinic.desk.world.home / "d", *later)
    clinic.unlock()
    clinic.read()
    clinic.tell_day()
    clinic.use()
    clinic.desk.workspace.show_cases()
    assert clinic.notice is None  # it says the same
    clinic.desk.workspace.open_case("a")
    assert clinic.desk.workspace.case.model.consultation.conditions == {"910001:severity": "mild"}


def test_a_damaged_edition_is_said_across_the_window_and_nobody_is_locked_out(clinic):
    clinic.lock()
    (clinic.home / "fmb" / editions.used(clinic.home)[0] / "meta.toml").unlink()
    fmb._own.cache_clear()
    clinic.unlock()
    assert any("är skadad. Programmets egen används" in line for line in clinic.words(clinic.desk.workspace.message))
    assert clinic.desk._knowledge.library.resolve("F32")


def test_a_review_of_what_changed_is_told(clinic):
    entry = clinic.desk._knowledge.library.resolve("J20").entry
    clinic.store.save_review(Review(entry=entry.fmb, content=entry.content, on=TODAY, by="Disa"))
    clinic.read()
    assert "Granskningar som inte gäller längre (1)" in clinic.report()


def test_drafts_and_cases_to_be_followed_up_are_open():
    assert is_open(CASE, TODAY)
    assert is_open(CASE.changed(periods=()), TODAY)
    assert is_open(DUE, TODAY)


def test_a_signed_case_whose_time_is_over_is_not_open():
    past = SIGNED.periods[0].changed(first=date(2026, 1, 1), last=date(2026, 1, 31))
    over = SIGNED.changed(periods=(past,), followup=None)
    assert not is_open(over, TODAY)
    assert is_open(over.changed(followup=TODAY), TODAY)
    assert is_open(over, date(2026, 1, 31))


def test_a_short_report_takes_no_more_room_than_its_words(qtbot):
    view = show(qtbot, ReportView(dressed()), 600, 500)
    view.show_groups([Group("Inget skiljer", [["Filerna rekommenderar detsamma."]])])
    assert view._page.height() < 100
    assert view._page.verticalScrollBar().maximum() == 0
    view.show_groups([Group("Nya", [[f"Rad {n}"] for n in range(90)])])
    assert view._page.height() == 360
