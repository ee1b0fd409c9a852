"""U-7 beside the signature: a short sick leave seldom goes to Försäkringskassan."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fmstod.domain.answers import PeriodRow
from fmstod.domain.consultation import Earlier
from fmstod.ui.life.handing import HandingNotice
from tests.ui.keys import press, tab_to
from tests.ui.pages_5_7 import consult, days, tess
from tests.ui.walk import clipped, nameless, shown
from tests.ui.windows import dressed, show


def notice(qtbot, record, size=1.0):
    made = show(qtbot, HandingNotice(dressed(text=size)), 344)
    made.show_for(consult(record))
    return made


def words(made):
    return " ".join(label.text() for label in shown(made, QLabel) if label.text())


def unfold():
    tab_to("Undantag, och vad du gör i stället")
    press(Qt.Key.Key_Space)


def test_fourteen_days_are_told_with_the_exceptions_and_what_to_do_instead(qtbot):
    made = notice(qtbot, tess(days(14)))
    assert words(made) == "14 dagar: Försäkringskassan behöver sällan intyget"
    unfold()
    said = words(made)
    assert "från dag 8" in said
    assert "AG1-14" in said
    made.show_for(consult(tess(days(1))))
    assert words(made).startswith("1 dag: ")


@pytest.mark.parametrize(
    "record",
    [
        tess(days(15)),
        tess(),
        tess(days(7), earlier=Earlier(had=True, days=8)),
        tess(days(7), answers={"27.1": True}),
        tess((PeriodRow(degree=100, first="2026-11-23"),)),
    ],
)
def test_nothing_is_said_and_no_room_taken_otherwise(qtbot, record):
    assert not notice(qtbot, record).isVisible()


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_nothing_is_cut_in_a_narrow_column(qtbot, size):
    made = notice(qtbot, tess(days(14)), size)
    made.resize(344 if size == 1 else 800, 700)
    unfold()
    qtbot.wait(10)
    assert not clipped(made)
    assert not nameless(made)
