"""All KVÅ codes in the window: what is shown and counted, taken back, recorded, copied and saved to a file."""

import json
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel

from fmstod.domain.code_page import PAGE, Receiver
from fmstod.domain.patient import Patient
from fmstod.domain.procedure import Contact, Procedure
from fmstod.errors import CannotWrite, StoreUnwritable
from fmstod.texts import text
from fmstod.ui.followup.code_cards import share
from fmstod.ui.followup.code_parts import COUNTS, CSV, JSON, ROWS, FileWanted
from fmstod.ui.followup.codes import CodesPage, days_of
from fmstod.ui.followup.codes_room import CodesRoom
from fmstod.ui.kit.tokens import Look
from tests.storage.sample import DV077, ISSUER, NAME, NUMBER, TESS, document, log_of, new_store
from tests.storage.test_followups import AW026, FIRST, planned
from tests.ui import walk
from tests.ui.keys import press, type_text
from tests.ui.windows import TODAY, dressed, show

CALL = Procedure(code="GC001", name="koordineringsinsatser", on=TODAY, source="k", contact=Contact.EMPLOYER, minutes=20)
ABOUT = 5  # the column that tells of contact and mistake


@pytest.fixture
def store(tmp_path):
    made = new_store(tmp_path / "store")
    made.save_issuer(ISSUER)
    planned(made, codes=[DV077.changed(name="upprättande av plan")])
    made.followups.finish(FIRST.changed(on=TODAY), 0, [AW026.changed(on=TODAY, name="uppföljning av plan")])
    yield made
    made.close()


@pytest.fixture
def room(qtbot, store, tmp_path):
    """The room with its page in a window; `said` keeps what it announces, `failed` what it couldn't do."""
    files, ids = [], iter(range(1000))

    def choose(name):
        files.append(name)
        return tmp_path / name

    session = SimpleNamespace(store=store, today=lambda: TODAY, choose_file=choose, new_id=lambda: f"new{next(ids)}")
    owner = QObject()

    def enter(page):
        show(qtbot, page, 1280, 800)
        return True

    made = CodesRoom(dressed(), session, owner, enter)
    made.owner, made.session, made.files, made.said, made.failures = owner, session, files, [], []
    made.announced.connect(lambda words, _level: made.said.append(words))
    made.failed.connect(made.failures.append)
    made.show()
    yield made
    QApplication.clipboard().clear()


def words(shown):
    QApplication.processEvents()  # what was put in place of something else is shown then
    return [label.text() for label in walk.shown(shown, QLabel) if label.text()]


def rows(page):
    table = page.table
    return [[table.item(at, c).text() for c in range(table.columnCount() - 1)] for at in range(table.rowCount())]


def case_of(store, name, number, case, **who):
    record = TESS.changed(patient=Patient(name=name, number=number, **who))
    signed = document(name=f"d{case}", patient=record.patient)
    store.sign(case, store.save_case(case, record, 0), [(signed, b"")], [])


# What is shown


def test_the_codes_of_this_month_stand_with_patient_and_whoever_recorded_them(room):
    assert rows(room.page) == [
        ["2026-11-23", "AW026", "uppföljning av plan", NAME, "SE1-D", ""],
        ["2026-11-23", "DV077", "upprättande av plan", NAME, "SE1-D", ""],
    ]
    said = words(room.page)
    assert said.count("1 av 1 (100 %)") == 3
    assert text("procedures.sums.per", part=1, whole=1) in said
    assert room.page.table.hasFocus()


def test_who_is_protected_is_neither_named_nor_copied_nor_saved_by_name(room, store, tmp_path):
    case_of(store, "Hemlig Hansson", "19900101-0017", "h", protected=True, born=date(1990, 1, 1))
    store.procedures.register("h", CALL)
    room.show()
    room.page.copy_wanted.emit()
    room.page.saving.wanted.emit(FileWanted(ROWS, CSV, Receiver.JOURNAL, names=True))
    told = [
        *(word for line in rows(room.page) for word in line),
        QApplication.clipboard().text(),
        (tmp_path / room.files[0]).read_text(encoding="utf-8"),
    ]
    assert not any("Hemlig" in each or "1990" in each for each in told)
    assert text("due.protected") in told[3]
    assert text("due.protected") in QApplication.clipboard().text()


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("year", date(2026, 1, 1), date(2026, 11, 30)),
    ],
)
def test_a_period_is_whole_months(period, first, last):
    assert days_of(period, TODAY) == (first, last)


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 12, 31), date(2026, 1, 1), date(2026, 3, 31)])
def test_months_end_on_their_last_day_in_every_month(today):
    for period in ("month", "last_month"):
        first, last = days_of(period, today)
        assert first.day == 1
        assert (last + timedelta(days=1)).day == 1
        assert first <= last
        assert (last - first).days < 31


def test_other_days_are_chosen_and_wrong_ones_said(room, store):
    store.procedures.register("a", CALL.changed(on=date(2026, 10, 5)))
    page = room.page
    page.period.buttons[1].click()
    assert [line[1] for line in rows(page)] == ["GC001"]
    page.period.buttons[3].click()
    assert page.first.hasFocus()
    assert (page.first.text(), page.last.text()) == ("2026-10-01", "2026-10-31")
    page.last.setFocus()
    page.last.selectAll()
    type_text("2026-09-01")
    assert text("procedures.bad_days") in words(page)
    assert len(rows(page)) == 1
    page.last.selectAll()
    type_text("2026-11-23")
    assert text("procedures.bad_days") not in words(page)
    assert len(rows(page)) == 3


def test_no_codes_are_said_and_nothing_can_be_copied_or_saved(room):
    page = room.page
    page.period.buttons[1].click()
    assert not page.table.isVisible()
    assert text("procedures.nothing_help") in words(page)
    assert not page.copy.isEnabled()
    assert not page.save.isEnabled()
    page.copy_wanted.emit()
    assert room.said == [text("procedures.none_copied")]
    assert text("procedures.sums.no_whole") in words(page)


def test_many_are_shown_a_part_at_a_time(room, store):
    for n in range(PAGE + 5):
        store.procedures.register("a", CALL.changed(source=f"k{n}"))
    room.show()
    page = room.page
    assert len(rows(page)) == PAGE
    page.more.click()
    assert len(rows(page)) == PAGE + 7
    assert not page.more.isVisible()
    assert len({each.id for each in page.table.shown}) == PAGE + 7
    assert page.table.currentRow() == PAGE


def test_enter_opens_the_case_and_escape_leaves(room):
    opened, left = [], []
    room.opened.connect(opened.append)
    room.left.connect(lambda: left.append(True))
    press(Qt.Key.Key_Return)
    assert opened == ["a"]
    press(Qt.Key.Key_Escape)
    assert left == [True]


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "inga de dagarna"),
        (0, 3, "0 av 3 (0 %)"),
        (1, 1000, "1 av 1000 (1 %)"),
        (999, 1000, "999 av 1000 (99 %)"),
        (1000, 1000, "1000 av 1000 (100 %)"),
    ],
)
def test_a_share_tells_both_numbers_and_is_never_rounded_to_all_or_none(part, whole, said):
    assert share(part, whole) == said


def test_each_code_is_told_of_with_its_days_and_its_sources(room):
    """product.md F-045, and that the files are of our own shape (F-049)."""
    said = "\n".join(words(room.page))
    for part in ("2021-01-01", "Inget slut är känt", "HSLF-FS 2016:91", "inte gjort för patientregistret"):
        assert part in said
    for code in ("DV077", "AW026", "GC001"):
        assert f"{code} " in said


@pytest.mark.parametrize(("theme", "size"), [("light", 1.0), ("dark", 1.0), ("light", 2.0)])
def test_everything_is_named_and_nothing_is_cut(room, theme, size):
    room._look = Look(theme=theme, text=size)
    dressed(theme, size)
    room.show()
    page = room.page
    for part in (page.saving, page.coordinating):
        page.enter(part)
        part.do()
        QApplication.processEvents()
        assert walk.nameless(page) == []
        assert walk.clipped(page) == []
        assert walk.outside(page) == []


# A mistake


def test_a_code_is_taken_back_by_keys_with_its_reason_and_stays_to_be_seen(room, store):
    press(Qt.Key.Key_Delete)
    page = room.page
    assert text("procedures.revoke_which", which=f"AW026, 2026-11-23, {NAME}") in words(page)
    type_text("Fel patient")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert [each.revoked.reason if each.revoked else "" for each in store.procedures.between()][1] == "Fel patient"
    assert "Fel patient" in rows(page)[0][ABOUT]
    assert text("procedures.sums.share", part=0, whole=1, percent=0) in words(page)
    assert room.said == [text("procedures.was_revoked", code="AW026")]
    page.table.setCurrentCell(0, 0)
    press(Qt.Key.Key_Delete)
    assert page._why is None, "it is a mistake already"


def test_a_code_that_another_window_took_back_meanwhile_is_refused_where_it_was_asked_for(room, store):
    press(Qt.Key.Key_Delete)
    store.procedures.revoke(room.page.table.shown[0].id, "redan")
    room.page._why.reason.setText("igen")
    room.page._why.do()
    assert text("not_allowed.code_revoked") in words(room.page)


# Coordination


def search(page, words):
    page.enter(page.coordinating)
    page.coordinating.search.setText(words)
    page.coordinating._search()


def test_coordination_is_recorded_for_a_case_that_was_looked_for_without_any_plan(room, store):
    case_of(store, "Utan Plan", "19900101-0017", "b")
    search(room.page, "utan plan")
    part = room.page.coordinating
    assert part.who.value is None, "nobody is chosen beforehand"
    for value, box in (("b", part.who), ("employer", part.contact)):
        part.do()
        assert room.page.coordinating is part
        box.show_value(value)
    part.minutes.show_text("20")
    part.on.show_value("2026-11-20")
    part.do()
    (made,) = [each for each in store.procedures.between() if each.case == "b"]
    assert (made.code, made.on, made.contact, made.minutes) == ("GC001", date(2026, 11, 20), Contact.EMPLOYER, 20)
    assert made.name == "koordineringsinsatser"
    assert room.page.coordinating is not part
    assert not room.page.coordinating.search.text()


@pytest.mark.parametrize("day", ["2026-11-24", "", "snart", "2020-12-31"])
def test_a_contact_ahead_or_on_a_day_without_the_code_is_not_recorded(room, store, day):
    search(room.page, "tess")
    part = room.page.coordinating
    part.who.show_value("a")
    part.contact.show_value("care")
    part.minutes.show_text("5")
    part.on.show_value(day)
    part.do()
    assert not [each for each in store.procedures.between() if each.code == "GC001"]
    invalid = text("case_followup.invalid", code="GC001")
    expected = invalid if day.startswith("2020") else text("procedures.coordinating.no_day")
    assert expected in words(part)


def test_a_contact_whose_answer_was_lost_is_recorded_once_when_it_is_tried_again(room, store, monkeypatch):
    """The disk fails after the row is safe: nobody knows, the page says so, and the same is asked again."""
    really = store.procedures.register

    def lost(case, made):
        really(case, made)
        raise StoreUnwritable

    search(room.page, "tess")
    part = room.page.coordinating
    part.who.show_value("a")
    part.contact.show_value("care")
    part.minutes.show_text("5")
    with monkeypatch.context() as patched:
        patched.setattr(store.procedures, "register", lost)
        part.do()
    assert text("error.StoreUnwritable") in words(part)
    part.do()
    assert [each.minutes for each in store.procedures.between() if each.code == "GC001"] == [5]
    assert room.page.coordinating is not part


def test_a_contact_that_is_mended_before_it_is_tried_again_is_recorded_as_mended(room, store, monkeypatch):
    def fail(_case, _made):
        raise StoreUnwritable

    search(room.page, "tess")
    part = room.page.coordinating
    part.who.show_value("a")
    part.contact.show_value("care")
    part.minutes.show_text("5")
    with monkeypatch.context() as patched:
        patched.setattr(store.procedures, "register", fail)
        part.do()
    part.minutes.show_text("50")
    part.do()
    assert [each.minutes for each in store.procedures.between() if each.code == "GC001"] == [50]


def test_drafts_are_not_offered_and_no_hit_is_said(room, store):
    store.save_case("draft", TESS.changed(patient=Patient(name="Bara Utkast")), 0)
    search(room.page, "bara utkast")
    assert room.page.coordinating.who.count() == 0
    assert text("procedures.coordinating.no_hits") in words(room.page.coordinating)


# Out of the window


def test_the_copy_has_each_patient_with_their_codes_and_no_mistake_and_is_logged(room, store):
    case_of(store, "Anna Andersson", "19900101-0017", "b")
    store.procedures.register("b", CALL)
    store.procedures.register("b", CALL.changed(source="l", minutes=1))
    store.procedures.revoke(next(e.id for e in store.procedures.between() if e.source == "l"), "fel")
    room.page.setFocus()
    press(Qt.Key.Key_J, modifiers=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.clipboard().text() == (
        f"{NAME}, född 1984-05-12\n2026-11-23 DV077 upprättande av plan\n2026-11-23 AW026 uppföljning av plan\n\n"
        "Anna Andersson\n2026-11-23 GC001 koordineringsinsatser\n"
    )
    assert NUMBER not in QApplication.clipboard().text()
    last = log_of(store)[-1]
    assert (last["activityType"], last["recipient"]) == ("Kopiera", "journal")
    assert {each["patient"] for each in last["resources"]} == {"a", "b"}
    assert room.said == [text("procedures.copied", count=3)]


def test_a_file_is_chosen_by_keys_and_nothing_is_chosen_beforehand(room):
    page, said = room.page, []
    page.saving.wanted.connect(said.append)
    page.enter(page.saving)
    page.saving.do()
    assert said == []
    assert text("procedures.saving.lacks") in words(page.saving)
    for choice in (page.saving.what, page.saving.shape, page.saving.to):
        choice.buttons[0].click()
    page.saving.do()
    assert said == [FileWanted(ROWS, CSV, Receiver.JOURNAL)]


def test_the_file_of_codes_is_logged_with_its_receiver_and_is_for_the_user_alone(room, store, tmp_path):
    room.page.saving.wanted.emit(FileWanted(ROWS, JSON, Receiver.REGION))
    assert room.files == ["atgardskoder-2026-11-01--2026-11-30.json"]
    file = tmp_path / room.files[0]
    assert [each["code"] for each in json.loads(file.read_bytes())["procedures"]] == ["DV077", "AW026"]
    assert NAME not in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0
    last = log_of(store)[-1]
    assert (last["activityType"], last["recipient"], last["outcome"]) == ("Export", "region", "ok")
    assert room.said == [text("procedures.saving.saved", file=file.name, recipient=text("recipient.region"))]


def test_counts_leave_without_ids_and_few_are_hidden_though_the_screen_shows_them(room, tmp_path):
    room.page.saving.wanted.emit(FileWanted(COUNTS, CSV, Receiver.REGION))
    said = (tmp_path / room.files[0]).read_bytes().decode("utf-8-sig")
    assert said.splitlines() == [
        "month;code;name;count;minutes",
        "2026-11;AW026;uppföljning av plan;<5;",
        "2026-11;DV077;upprättande av plan;<5;",
    ]


def test_counts_of_half_a_month_are_not_let_out(room):
    page = room.page
    page.days = (date(2026, 11, 2), date(2026, 11, 30))
    page.enter(page.saving)
    page.saving.wanted.emit(FileWanted(COUNTS, CSV, Receiver.REGION))
    assert room.files == []
    assert text("procedures.saving.no_months") in words(page.saving)


def test_a_file_that_cannot_be_written_is_told_and_logged_as_failed(room, store, tmp_path):
    room.session.choose_file = lambda _name: tmp_path / "nowhere" / "file.csv"
    room.page.saving.wanted.emit(FileWanted(ROWS, CSV, Receiver.JOURNAL))
    assert [type(error) for error in room.failures] == [CannotWrite]
    assert log_of(store)[-1]["outcome"] == "fel"
    assert room.said == []


def test_nothing_is_logged_when_the_file_is_not_chosen_after_all(room, store):
    before = len(log_of(store))
    room.session.choose_file = lambda _name: None
    room.page.saving.wanted.emit(FileWanted(ROWS, CSV, Receiver.JOURNAL))
    assert len(log_of(store)) == before


def test_a_store_that_fails_is_told_and_the_page_stays(room, store, monkeypatch):
    def fail(*_days):
        raise StoreUnwritable

    page = room.page
    monkeypatch.setattr(store.procedures, "page", fail)
    page.period.buttons[2].click()
    room.show()
    assert len(room.failures) == 2
    assert room.page is page
    assert isinstance(room.page, CodesPage)
