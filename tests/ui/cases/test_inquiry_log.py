"""The log of what Försäkringskassan has asked: the latest first, a part at a time, and whose it is."""

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from fmstod.domain.event import Asked, Subject
from fmstod.domain.inquiry import Inquiry
from fmstod.storage.store import Listing
from fmstod.ui.cases.inquiry_log import SHOWN, InquiryLogPage
from tests.ui import walk
from tests.ui.keys import press
from tests.ui.test_walk import CASE
from tests.ui.windows import TODAY, dressed, show


class Asking:
    """A store with so many questions, one of each case, that tells whose names were read."""

    def __init__(self, number):
        self.read, self.lives = [], self
        self._asked = [
            (
                str(n),
                Inquiry(asked=Asked(id=str(n), subject=Subject.CONTACT, on=date(2026, 1, 1) + timedelta(n), text="?")),
            )
            for n in range(number)
        ]

    def inquiries(self):
        return tuple(self._asked)

    def listing(self, wanted):
        assert wanted.most == 0, "the list itself isn't read"
        self.read.append(wanted.also)
        return Listing((), waits=tuple(CASE.changed(id=case, name=f"Person {case}") for case in wanted.also))


def test_of_many_questions_the_latest_are_told_and_more_by_a_key(qtbot):
    store = Asking(SHOWN + 3)
    page, opened = show(qtbot, InquiryLogPage(dressed(), store, TODAY)), []
    page.opened.connect(opened.append)
    assert [link.accessibleName() for link in page.links][:2] == ["Person 52", "Person 51"]
    assert [len(part) for part in store.read] == [SHOWN], "only who is shown is read"
    more = next(b for b in walk.shown(page, QPushButton) if b.text() == "Visa 3 till")
    more.setFocus()
    press(Qt.Key.Key_Space)
    assert [link.accessibleName() for link in page.links][SHOWN:] == ["Person 2", "Person 1", "Person 0"]
    assert page.links[SHOWN].hasFocus()
    assert not more.isVisible()
    press(Qt.Key.Key_Return)
    assert opened == ["2"]


def test_no_question_is_said_and_nobody_is_read(qtbot):
    store = Asking(0)
    page = show(qtbot, InquiryLogPage(dressed(), store, TODAY))
    assert not page.links
    assert store.read == []
