"""Beginning another certificate than the usual one, and how the list names it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fmstod.files import read_forms
from fmstod.ui.cases.forms import certificates, has_plan, name_of, others_to_begin
from fmstod.ui.cases.other_forms import OtherForms
from fmstod.ui.cases.start import StartPage
from fmstod.ui.cases.table import status_of
from tests.ui.keys import held, press, tab_to
from tests.ui.test_walk import CASE, SIGNED
from tests.ui.walk import clipped, nameless, outside, small
from tests.ui.windows import TODAY, dressed, listed, show, waits

Key = Qt.Key
LUSE = SIGNED.changed(id="9", form=("luse", "1.3"))


def start(qtbot, size=1.0):
    page = show(qtbot, StartPage(dressed(text=size), lambda: TODAY))
    page.show_cases(listed(CASE, SIGNED))
    page.forms = []
    page.form_wanted.connect(page.forms.append)
    tab_to("Annat intyg…")
    return page


@pytest.fixture
def page(qtbot):
    return start(qtbot)


def card(page):
    return next((each for each in page.findChildren(OtherForms) if each.isVisible()), None)


def test_every_form_that_can_be_begun_is_there_by_its_own_title_but_the_usual_one(page):
    press(Key.Key_Space)
    new = {form.title for form in read_forms().values() if form.status == "new" and form.form not in ("fk7804", "plan")}
    assert {row.text() for row in card(page).rows} == new
    assert len(new) == 5


def test_what_sick_leave_begins_with_comes_first():
    assert [form.form for form in others_to_begin()] == ["ag1-14", "ag7804", "luse", "luae_na", "luae_fs"]
    assert certificates()[0].form == "fk7804"
    assert certificates()[0].version == "2.0"


def test_arrows_move_and_enter_begins_one(page):
    press(Key.Key_Return)
    press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert page.forms == [("luse", "1.3")]
    assert card(page) is None


def test_escape_leads_back_to_the_button_and_begins_nothing(page):
    press(Key.Key_Space, Key.Key_Down, Key.Key_Escape)
    assert held().accessibleName() == "Annat intyg…"
    assert card(page) is None
    assert page.forms == []


def test_it_goes_when_the_work_goes_on_elsewhere(page):
    press(Key.Key_Space)
    page.focus_filter()
    assert card(page) is None
    assert held().accessibleName() == "Filtrera ärenden"


def test_what_is_better_made_from_a_signed_certificate_says_so(page):
    press(Key.Key_Space)
    said = [label.text() for label in card(page).findChildren(QLabel)]
    assert sum("ur ett signerat FK 7804" in words for words in said) == 2
    assert "FK 7800, version 1.3." in said


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_nothing_is_cut(qtbot, size):
    page = start(qtbot, size)
    press(Key.Key_Space)
    qtbot.wait(10)
    for look_at in (page, card(page)):
        assert not clipped(look_at)
        assert not nameless(look_at)
        assert not outside(look_at)
    assert not small(card(page))
    assert page.rect().contains(card(page).geometry())


def test_the_list_names_a_form_that_is_not_the_usual_one(page):
    page.show_cases(listed(CASE, LUSE))
    cells = {page._table.item(row, 2).text() for row in (1, 3)}
    assert "F43.8A Utmattningssyndrom" in cells
    assert any(words.startswith("FK 7800 · ") for words in cells)


def test_nobody_waits_for_the_plan_of_a_form_that_has_none():
    assert not has_plan(LUSE.form)
    standing = waits(SIGNED, LUSE).standing
    assert standing.no_plan == (SIGNED.id,)
    assert status_of(SIGNED, TODAY, standing)[1] == "Plan saknas"
    assert status_of(LUSE, TODAY, standing) == ("done", "Signerat 26 okt")


def test_a_form_that_is_gone_still_has_a_name():
    assert name_of(("gone", "1.0")) == "gone"
