"""All of a patient's certificates on one axis: each has its place, its words and its way, and reading is asked for."""

from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from fmstod.domain.lifecycle import State
from fmstod.domain.period import Period
from fmstod.errors import StoreUnwritable
from fmstod.storage.store import CaseRow
from fmstod.texts import text
from fmstod.ui.timeline.axis import AxisCard, Lane, reach, said_of
from fmstod.ui.timeline.part import TimelinePart
from fmstod.ui.timeline.view import Timeline
from tests.ui import walk
from tests.ui.keys import press
from tests.ui.pages_5_7 import consult, ready
from tests.ui.windows import TODAY, dressed, show

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def case(name, **more):
    usual = {
        "version": 1,
        "name": "Tess",
        "number": "19840512-9803",
        "born": None,
        "diagnosis": "",
        "diagnosis_text": "",
    }
    last = {
        "periods": (),
        "changed_at": AT,
        "signed_at": AT,
        "has_plan": False,
        "followup": None,
        "state": State.SIGNED,
    }
    return CaseRow(id=name, **{**usual, **last, **more})


LONG = case("a", periods=(Period(degree=100, first=date(2026, 11, 23), last=date(2026, 12, 20)),), state=State.REPLACED)
SHORT = case("b", form=("ag1-14", "2.0"), span=(date(2026, 11, 23), date(2026, 12, 6)))
NONE = case("c", form=("luse", "1.3"))
OLD = case("d", periods=(Period(degree=50, first=date(2019, 1, 1), last=date(2019, 6, 1)),))


def card(qtbot, rows, text_size=1.0):
    asked = []

    def read():
        asked.append(1)
        if isinstance(rows, Exception):
            raise rows
        return rows

    made = show(qtbot, AxisCard(dressed(text=text_size), "a", TODAY, read), 344, 800)
    made.asked = asked
    return made


def toggle(made):
    made.toggle.click()
    QApplication.processEvents()


def words(shown):
    return [label.text() for label in walk.shown(shown, QLabel)]


def test_a_certificate_that_another_has_replaced_is_drawn_hollow(qtbot):
    drawn = {}
    for state in (State.SIGNED, State.REPLACED):
        made = card(qtbot, (LONG.changed(state=state), NONE))
        toggle(made)
        (lane,) = (each for each in made.findChildren(Lane) if "FK7804" in each.accessibleName())
        shot, colour = lane.grab().toImage(), made._look.colour("degree_100").rgb()
        drawn[state] = any(shot.pixel(x, y) == colour for x in range(shot.width()) for y in range(shot.height()))
    assert drawn == {State.SIGNED: True, State.REPLACED: False}


def test_nothing_is_read_before_it_is_asked_for_and_nothing_again_to_put_it_away(qtbot):
    made = card(qtbot, (LONG, SHORT))
    assert made.asked == []
    toggle(made)
    toggle(made)
    assert made.asked == [1]
    assert made.links == []


def test_each_certificate_says_its_form_its_days_and_its_state(qtbot):
    made = card(qtbot, (NONE, LONG, SHORT, OLD))
    toggle(made)
    assert [link.accessibleName() for link in made.links] == [
        "FK7804, 50 % 2019-01-01 till 2019-06-01, Signerat",
        "LUSE, signerat 2026-11-23, Signerat",
        "AG1-14, 2026-11-23 till 2026-12-06, Signerat",
    ]
    assert said_of(LONG, "here") in words(made)
    assert text("state.replaced") in words(made)


def test_a_certificate_opens_by_enter_and_by_the_mouse_on_its_bar(qtbot):
    made, opened = card(qtbot, (LONG, SHORT)), []
    made.opened.connect(opened.append)
    toggle(made)
    made.links[0].setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Return)
    lane = next(each for each in made.findChildren(Lane) if "AG1-14" in each.accessibleName())
    QTest.mouseClick(lane, Qt.MouseButton.LeftButton)
    assert opened == ["b", "b"]


def test_a_patient_with_one_certificate_and_one_without_a_number_are_told_so(qtbot):
    for row, key in ((LONG, "only"), (LONG.changed(number=""), "no_number")):
        made = card(qtbot, (row,))
        toggle(made)
        assert text(f"patient_axis.{key}") in words(made)


def test_what_cannot_be_read_is_said_in_its_place(qtbot):
    made = card(qtbot, StoreUnwritable())
    toggle(made)
    assert text(StoreUnwritable().text_key) in words(made)


def test_a_day_far_away_and_one_day_alone_have_their_place(qtbot):
    far = case("e", periods=(Period(degree=25, first=date(1900, 1, 1), last=date(1900, 1, 1)),))
    made = card(qtbot, (LONG, far), 2.0)
    toggle(made)
    assert reach(far) == (date(1900, 1, 1), date(1900, 1, 1))
    assert not made.grab().isNull()


def test_the_whole_sick_leave_stands_on_the_timeline_above_the_certificates(qtbot):
    """What was planned in this case and is signed now is drawn as signed."""
    model = consult(ready())
    model.seal(signed=True, plan_signed=False)
    picture = partial(TimelinePart, dressed(), model)
    made = show(qtbot, AxisCard(dressed(), "a", TODAY, lambda: (LONG, SHORT), picture), 344, 800)
    assert made.findChildren(Timeline) == []
    toggle(made)
    (timeline,) = made.findChildren(Timeline)
    said = timeline.accessibleDescription()
    assert "23 november 2026 till 20 december 2026: sjukskriven 100 %, 28 dagar." in said
    assert "planerad" not in said
