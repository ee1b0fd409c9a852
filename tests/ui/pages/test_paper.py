"""The documents over the work: shown, followed, put away, gone with what they lie over."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from fmstod.domain.document import DocumentKind
from fmstod.ui.kit.parts import column
from fmstod.ui.pages.paper import PaperPage, show_paper, show_signed
from tests.ui.keys import held, press
from tests.ui.pages.test_review import Papers
from tests.ui.pages_5_7 import consult, ready
from tests.ui.walk import clipped, nameless, outside
from tests.ui.windows import dressed, show


@pytest.fixture
def work(qtbot):
    window = QWidget()
    window.look, window.field, window.model = dressed(), QLineEdit(), consult(ready())
    window.setLayout(column(window.field, ...))
    show(qtbot, window)
    window.field.setFocus()
    return window


def page_of(window):
    return next((page for page in window.findChildren(PaperPage) if not page.isHidden()), None)


def gone():
    """What was closed is deleted."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def test_it_follows_the_record_while_it_is_open_and_leaves_it_alone_afterwards(work, qtbot):
    papers = Papers()
    show_paper(work.look, work, work.model, papers)
    page = page_of(work)
    qtbot.waitUntil(lambda: page.preview.page_count == 2)
    before = len(papers.asked)
    work.model.answer("25", "Ny text")
    qtbot.waitUntil(lambda: len(papers.asked) > before)
    press(Qt.Key.Key_Escape)
    assert held() is work.field
    gone()
    made = len(papers.asked)
    work.model.answer("25", "Ännu en text")
    qtbot.wait(600)
    assert len(papers.asked) == made


def test_the_same_key_puts_it_away(work):
    show_paper(work.look, work, work.model, Papers())
    show_paper(work.look, work, work.model, Papers())
    assert page_of(work) is None
    assert held() is work.field


def test_it_goes_when_the_work_goes_on_elsewhere(work):
    show_paper(work.look, work, work.model, Papers())
    work.field.setFocus()
    assert page_of(work) is None


def test_a_window_that_closes_takes_it_along(work):
    show_paper(work.look, work, work.model, Papers())
    page_of(work).deleteLater()
    gone()
    work.field.setFocus()
    work.model.answer("25", "Ny text")
    assert held() is work.field


def test_a_case_that_has_signed_nothing_shows_nothing(work):
    show_signed(work.look, work, "Tess Testsson", (), Papers())
    assert page_of(work) is None


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_nothing_is_cut_and_one_document_needs_no_choice(qtbot, size):
    window, look = QWidget(), dressed(text=size)
    window.setLayout(column(...))
    show(qtbot, window)
    show_signed(look, window, "Maj-Britt Övning", (DocumentKind.CERTIFICATE,), Papers(1))
    page = page_of(window)
    qtbot.waitUntil(lambda: page.preview.page_count == 1)
    assert not page.preview.tabs.isVisible()
    assert not clipped(page)
    assert not nameless(page)
    assert not outside(page)
