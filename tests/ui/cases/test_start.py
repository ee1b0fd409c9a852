"""The list of cases: who, when, where it stands; and what waits."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from fmstod.domain.lifecycle import State
from fmstod.domain.listing import Which
from fmstod.domain.period import Period
from fmstod.ui.cases.start import PART, StartPage
from fmstod.ui.cases.waiting import backup_words
from tests.ui import walk
from tests.ui.keys import CTRL, held, press, type_text
from tests.ui.test_walk import CASE, DUE, SIGNED
from tests.ui.windows import TODAY, dressed, listed, show, waits

Key = Qt.Key
BACKUP = datetime(2026, 11, 22, 16, 2, tzinfo=UTC)


@pytest.fixture
def page(qtbot):
    page = show(qtbot, StartPage(dressed(), lambda: TODAY))
    page.opened_ids, page.plans, page.news = [], [], []
    page.opened.connect(page.opened_ids.append)
    page.plan_wanted.connect(page.plans.append)
    page.new_wanted.connect(lambda: page.news.append(True))
    page.wholes = []
    page.due_wanted.connect(lambda: page.wholes.append(True))
    page.show_cases(listed(CASE, SIGNED, DUE), BACKUP, waits=waits(CASE, SIGNED, DUE))
    page.focus_first()
    return page


def rows(page):
    table = page._table
    return [[table.item(r, c).text() for c in (0, 1, 2, 4)] for r in range(table.rowCount())]


def words(page):
    return [label.text() for label in walk.shown(page, QLabel) if label.text()]


def test_drafts_and_signed_stand_in_groups(page):
    names = [row[0] for row in rows(page)]
    assert names == ["Utkast  1", "Tess Testsson", "Signerade  2", "Björn Mallgren", "Maj-Britt Övning"]


def test_what_ended_without_a_certificate_stands_apart_from_drafts(page):
    over = CASE.changed(id="over", state=State.WITHOUT_LEAVE)
    page.show_cases(listed(CASE, over, SIGNED), BACKUP, waits=waits(CASE, SIGNED))
    heads = [row[0] for row in rows(page) if not row[3]]
    assert heads == ["Utkast  1", "Avslutade utan intyg  1", "Signerade  1"]
    page._choose(Which.DRAFTS)
    assert [row[0] for row in rows(page)] == ["Utkast  1", "Tess Testsson"]
    page._choose(Which.SIGNED)
    assert next(row[0] for row in rows(page)) == "Signerade  1"


def test_the_birth_date_shows_and_the_full_number_only_on_focus(page):
    assert rows(page)[1][1] == "19840512-9803"
    assert rows(page)[3][1] == "1984-05-12"
    press(Key.Key_Down)  # passes over the group's name
    assert rows(page)[1][1] == "1984-05-12"
    assert rows(page)[3][1] == "19840512-9803"
    page.focus_filter()
    assert {row[1] for row in rows(page)} == {"", "1984-05-12"}


def test_where_a_case_stands_is_told_by_shape_and_words(page):
    assert [row[3] for row in rows(page)] == ["", "Ändrat 23 nov", "", "Plan saknas", "Aktiv, 27 nov"]
    icons = [page._table.item(r, 4).icon().pixmap(16, 16).toImage() for r in (1, 3, 4)]
    assert icons[0] != icons[1] != icons[2]


def test_in_the_narrowest_window_the_diagnosis_is_read_and_a_draft_can_be_discarded(page):
    assert not page._table.isColumnHidden(3), "the bars, where there is room"
    page.resize(1024, 680)
    QApplication.processEvents()
    table = page._table
    assert table.columnWidth(2) >= 120
    assert table.columnViewportPosition(5) + table.columnWidth(5) <= table.viewport().width()


def test_enter_opens_the_case_in_focus(page):
    press(Key.Key_Return)
    press(Key.Key_Down, Key.Key_Return)
    assert page.opened_ids == ["1", "2"]


def test_a_new_consultation_says_its_key(page):
    assert "Ctrl+N" in words(page)
    next(b for b in walk.shown(page, QPushButton) if b.text() == "Ny konsultation").click()
    assert page.news == [True]


def test_who_is_looked_for_is_asked_once_the_user_pauses(page, qtbot):
    asked = []
    page.searched.connect(asked.append)
    page.focus_filter()
    with qtbot.waitSignal(page.searched):
        type_text("maj-b")
    assert asked == ["maj-b"], "not at each letter: each search is logged"
    page.show_found(listed(DUE))
    assert [row[0] for row in rows(page)] == ["Signerade  1", "Maj-Britt Övning"]


def test_no_hits_says_what_to_do_and_escape_empties_the_filter(page, qtbot):
    page.searched.connect(lambda _: page.show_found(listed()))
    page.focus_filter()
    with qtbot.waitSignal(page.searched):
        type_text("xyz")
    assert "Inget ärende passar filtret" in words(page)
    press(Key.Key_Escape)
    assert len(rows(page)) == 5


def test_what_was_looked_for_is_asked_anew_with_the_list(page, qtbot):
    page.focus_filter()
    with qtbot.waitSignal(page.searched):
        type_text("tess")
    with qtbot.waitSignal(page.searched) as again:
        page.show_cases(listed(SIGNED, DUE))
    assert again.args == ["tess"]


def test_delete_discards_a_draft_and_no_signed_case(page):
    wanted = []
    page.discard_wanted.connect(wanted.append)
    press(Key.Key_Delete, Key.Key_Down, Key.Key_Delete)
    assert wanted == [CASE]
    table = page._table
    assert [table.item(r, 5).icon().isNull() for r in (1, 3, 4)] == [False, True, True]


def test_the_cross_of_a_draft_discards_it_and_opens_nothing(page, qtbot):
    table = page._table
    with qtbot.waitSignal(page.discard_wanted) as wanted:
        place = table.visualItemRect(table.item(1, 5)).center()
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        table.activated.emit(table.model().index(1, 5))  # the second press of a double click
    assert wanted.args == [CASE]
    assert page.opened_ids == []


def test_the_list_never_tells_who_has_protected_identity(page):
    hidden = {"protected": True, "name": "Hemliga Hilda"}
    hide = [case.changed(**hidden) for case in (CASE, SIGNED, DUE)]
    page.show_cases(listed(*hide), BACKUP, waits=waits(*hide))
    page.focus_first()
    QApplication.processEvents()
    assert [row[:2] for row in rows(page) if row[3]] == [["Skyddad identitet", ""]] * 3
    told = words(page) + [b.accessibleName() for b in walk.shown(page, QPushButton)]
    told += [page._table.verticalHeaderItem(r).text() for r in range(5)] + [text for row in rows(page) for text in row]
    assert not [said for said in told if "Hilda" in said or "1984" in said or "9803" in said]
    assert "Skyddad identitet, signerat 26 okt" in told
    press(Key.Key_Return)
    assert page.opened_ids == ["1"], "it shows once it is open"


def test_ctrl_f_goes_to_the_filter(page):
    press(Key.Key_F, modifiers=CTRL)
    assert held().accessibleName() == "Filtrera ärenden"


def test_segments_show_drafts_or_signed(page):
    next(b for b in walk.shown(page, QPushButton) if b.text() == "Utkast 1").click()
    assert [row[0] for row in rows(page)] == ["Utkast  1", "Tess Testsson"]
    next(b for b in walk.shown(page, QPushButton) if b.text() == "Signerade 2").click()
    assert [row[0] for row in rows(page)] == ["Signerade  2", "Björn Mallgren", "Maj-Britt Övning"]


def test_what_is_over_is_told_by_its_state_and_nobody_is_reproached(page):
    """A plan is missed only while the sick leave runs, and never called passive."""
    over = SIGNED.changed(id="4", periods=(Period(degree=100, first=date(2026, 9, 1), last=date(2026, 9, 30)),))
    shown = (
        over,
        SIGNED.changed(id="5", state=State.CLOSED),
        SIGNED.changed(id="6", state=State.RENEWED),
        DUE.changed(id="7", followup=date(2026, 11, 20)),
    )
    page.show_cases(listed(*shown), BACKUP, waits=waits(*shown))
    found = {case.id: page._table.item(n, 4).text() for n, case in page._table._cases.items()}
    assert found == {"4": "Signerat 26 okt", "5": "Avslutat", "6": "Förnyat", "7": "Signerat 26 okt"}


@pytest.mark.parametrize(("part", "name"), [("Utan plan 1", "Björn Mallgren"), ("Aktiva 1", "Maj-Britt Övning")])
def test_the_list_shows_a_part_by_how_sick_leave_stands(page, part, name):
    next(b for b in walk.shown(page, QPushButton) if b.text() == part).click()
    assert [row[0] for row in rows(page)] == ["Signerade  1", name]
    next(b for b in walk.shown(page, QPushButton) if b.text() == "Går ut 0").click()
    assert "Inget ärende passar filtret" in words(page)


def test_what_waits_leads_to_its_case(page):
    assert "Björn Mallgren, signerat 26 okt" in words(page)
    names = {b.accessibleName(): b for b in walk.shown(page, QPushButton)}
    names["Skriv plan för Björn Mallgren"].click()
    assert names["Maj-Britt Övning"].accessibleDescription() == "följs upp 27 nov"
    names["Maj-Britt Övning"].click()
    names["Visa hela listan"].click()
    assert page.wholes == [True]
    assert page.plans == ["2"]
    assert page.opened_ids == ["3"]


def test_an_empty_list_says_how_to_begin(qtbot):
    page = show(qtbot, StartPage(dressed(), lambda: TODAY))
    page.show_cases(listed())
    page.focus_first()
    assert "Inga ärenden än" in words(page)
    assert any(said.startswith("Ingen säkerhetskopia än") for said in words(page))
    assert held().accessibleName() == "Filtrera ärenden"


def test_the_case_in_focus_stays_when_the_list_is_shown_anew(page):
    press(Key.Key_Down)
    page.show_cases(listed(DUE, SIGNED, CASE), BACKUP)
    assert page._table.current_case == "2"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 22, 16, 2, tzinfo=UTC), "Säkerhetskopia i går 17:02, kontrollerad"),  # Swedish time
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "Säkerhetskopia i dag 00:30, kontrollerad"),
        (datetime(2026, 11, 2, 9, 0, tzinfo=UTC), "Säkerhetskopia 2026-11-02, kontrollerad"),
    ],
)
def test_the_last_backup_is_said_in_swedish_time(at, said):
    assert backup_words(at, date(2026, 11, 23)) == said


def test_the_days_of_what_does_not_hold_are_drawn_hollow_and_told_so(page):
    """Nobody who runs down the list takes a revoked or replaced certificate for a sick leave that holds."""
    off = (State.REVOKED, State.REPLACED, State.COMPLEMENTED, State.LOCKED, State.COPIED)
    held = (State.SIGNED, State.SENT, State.RENEWED, State.DRAFT)
    page.show_cases(listed(*[DUE.changed(id=state, state=state) for state in (*held, *off)]), BACKUP)
    table = page._table
    lines = {case.state: n for n, case in table._cases.items()}
    assert set(lines) == {*held, *off}

    def filled(state):
        box = table.visualRect(table.model().index(lines[state], 3))
        shot, colour = table.viewport().grab(box).toImage(), table._look.colour("degree_100").rgb()
        return sum(shot.pixel(x, y) == colour for x in range(shot.width()) for y in range(shot.height()))

    assert {state for state in lines if filled(state)} == set(held)
    told = {state: table.item(n, 3).data(Qt.ItemDataRole.AccessibleTextRole) for state, n in lines.items()}
    assert told[State.REVOKED] == "Makulerat, gäller inte: 100 % 2026-11-23 till 2026-12-20"
    assert {state for state, words in told.items() if "gäller inte" in words} == set(off)


def test_each_cell_tells_its_row_and_column_to_a_screen_reader(page):
    table = page._table
    assert [table.horizontalHeaderItem(c).text() for c in range(5)] == [
        "Patient", "Född", "Diagnos", "Sjukskrivning", "Status",
    ]  # fmt: skip
    assert table.horizontalHeaderItem(5).data(Qt.ItemDataRole.AccessibleTextRole) == "Släng"
    assert table.verticalHeaderItem(1).text() == "Tess Testsson"
    assert "100 % 2026-11-23 till 2026-12-20" in table.item(1, 3).data(Qt.ItemDataRole.AccessibleTextRole)


def test_a_long_list_shows_its_beginning_and_more_by_a_key(page, qtbot):
    many = [SIGNED.changed(id=str(number), name=f"Person {number}") for number in range(PART + 50)]
    whole = listed(*many)
    page.searched.connect(lambda _: page.show_found(whole._replace(rows=tuple(many[: page.most]))))
    page.show_cases(whole._replace(rows=whole.rows[:PART]), BACKUP)
    assert rows(page)[0][0] == f"Signerade  {PART + 50}"
    assert page._table.rowCount() == PART + 1
    more = next(b for b in walk.shown(page, QPushButton) if b.text() == "Visa 50 till av 50")
    more.setFocus()
    press(Key.Key_Space)
    assert page._table.rowCount() == PART + 51
    assert page._table.hasFocus()
    assert page._table.current_case == str(PART - 1)
    assert not more.isVisible()


def test_drafts_beyond_the_beginning_are_asked_for(page, qtbot):
    whole = listed(CASE, SIGNED, DUE)
    page.show_cases(whole._replace(rows=(CASE,)), BACKUP)
    with qtbot.waitSignal(page.searched) as asked:
        next(b for b in walk.shown(page, QPushButton) if b.text() == "Signerade 2").click()
    assert (asked.args, page.which) == ([""], "signed")
