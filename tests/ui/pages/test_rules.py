"""The help's page of all rules: found by keys, searched by words, put away with the focus where it was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from fmstod.ui.kit.parts import column
from fmstod.ui.pages.rules import RulesPage, all_rules
from fmstod.ui.shortcuts import ShortcutList
from tests.ui.keys import held, press, tab_to, type_text
from tests.ui.walk import clipped, nameless, outside
from tests.ui.windows import dressed, show

Key = Qt.Key


@pytest.fixture
def work(qtbot):
    """A window with a field that has the focus."""
    return at_work(qtbot, 1.0)


def at_work(qtbot, size):
    window, look = QWidget(), dressed(text=size)
    window.look, window.room = look, QWidget()
    window.field = QLineEdit(window.room)
    window.setLayout(column(window.room))
    show(qtbot, window)
    window.field.setFocus()
    return window


def open_rules(window):
    ShortcutList(window.look, window, window.room).open_beside()
    tab_to("Alla regler")
    press(Key.Key_Space)
    return window.room.findChild(RulesPage)


def words(page):
    return page.page.toPlainText()


def test_the_list_of_keys_leads_to_it_and_escape_leads_back_to_the_field(work):
    page = open_rules(work)
    assert page.geometry() == work.room.rect()
    assert not [each for each in work.findChildren(ShortcutList) if each.isVisible()]
    press(Key.Key_Escape)
    assert held() is work.field
    assert not [each for each in work.findChildren(RulesPage) if each.isVisible()]


def test_every_rule_stands_there_with_its_sentences(work):
    said = words(open_rules(work))
    for line in all_rules():
        assert f"\n{line.rule}  " in said
        assert all(sentence in said for sentence in line.says)


def test_it_is_searched_by_words_of_any_part(work):
    page = open_rules(work)
    type_text("u-7 sjuklön")
    assert words(page).count("Källa:") == 1
    assert "sjukskrivningen är … dagar" in words(page).lower()
    assert [label.text() for label in page.findChildren(QLabel) if "1 regel" in label.text()] == ["1 regel"]


def test_the_beginning_of_an_id_finds_the_rules_that_begin_so(work):
    page = open_rules(work)
    type_text("U-")
    assert words(page).count("\nU-") == sum(line.rule.startswith("U-") for line in all_rules())
    assert "MU-1" not in words(page)
    page.search.clear()
    type_text("dx-1")
    assert [line for line in ("DX-1  ", "DX-10  ", "DX-11  ", "DX-2  ") if line in words(page)] == [
        "DX-1  ", "DX-10  ", "DX-11  ",
    ]  # fmt: skip


def test_no_hit_says_what_to_do_and_empty_words_bring_all_back(work):
    page = open_rules(work)
    every = words(page)
    type_text("<b>&\u202e")
    assert words(page) == ""
    assert any(label.text() == "Ingen regel passar. Pröva ett annat ord." for label in page.findChildren(QLabel))
    page.search.clear()
    assert words(page) == every


def test_the_arrows_scroll_while_the_search_has_the_focus(work):
    page = open_rules(work)
    press(Key.Key_PageDown, Key.Key_Down)
    assert page.page.verticalScrollBar().value() > 0
    assert held() is page.search


def test_a_way_to_another_place_takes_it_away(work):
    page = open_rules(work)
    work.field.setFocus()
    assert not page.isVisible()
    assert held() is work.field


def test_it_follows_the_window_and_closes_by_its_button(work):
    page = open_rules(work)
    work.resize(900, 700)
    assert page.size() == work.room.size()
    next(b for b in page.findChildren(QPushButton) if b.text() == "Stäng").click()
    assert held() is work.field


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_nothing_is_cut_or_nameless(qtbot, size):
    window = at_work(qtbot, size)
    card = ShortcutList(window.look, window, window.room)
    card.open_beside()
    assert not clipped(card)
    assert card.geometry().bottom() < window.height()
    card.close()
    page = open_rules(window)
    assert not clipped(page)
    assert not nameless(page)
    assert not outside(page)
