"""The timeline: what is drawn of it at each zoom, how keys move along it, and what is said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from fmstod.domain.period import DEGREES, Period
from fmstod.sickleave.cases import Certificate
from fmstod.sickleave.timeline import Kind, Mark, Zoom
from fmstod.sickleave.timeline import timeline as laid
from fmstod.ui.timeline import paint
from fmstod.ui.timeline.bars import Words
from fmstod.ui.timeline.paint import APART, Lanes
from fmstod.ui.timeline.view import Timeline
from tests.ui.windows import TODAY, dressed, show

DAY = timedelta(1)
DRAFT = (Period(degree=50, first=TODAY, last=TODAY + 27 * DAY),)
MARKS = (
    Mark(on=TODAY + 20 * DAY, kind=Kind.FOLLOW_UP, caption="nästa uppföljning"),
    Mark(on=TODAY + 13 * DAY, kind=Kind.LIMIT, caption="FMB upp till 2 veckor"),
    Mark(on=TODAY + 7 * DAY, kind=Kind.MILESTONE, caption="dag 8, läkarintyg", day=8),
    Mark(on=TODAY + 29 * DAY, kind=Kind.MILESTONE, caption="dag 30, arbetsgivarens plan", state="exempt", day=30),
    Mark(on=TODAY + 10 * DAY, kind=Kind.STEP, caption="arbetsplatsbesök", state="done"),
)


def certificate(first, days, degree=100, name="a"):
    period = Period(degree=degree, first=first, last=first + (days - 1) * DAY)
    return Certificate(id=name, signed=datetime(2026, 1, 1, tzinfo=UTC), periods=(period,))


def two_years():
    """Twenty certificates in a row, to the day before the draft."""
    first = TODAY - 20 * 35 * DAY
    return [certificate(first + n * 35 * DAY, 35, DEGREES[n % 4], str(n)) for n in range(20)]


def opened(qtbot, *certificates, planned=DRAFT, marks=MARKS, text=1.0, width=656):
    timeline = Timeline(dressed(text=text))
    show(qtbot, timeline, width, timeline.sizeHint().height())
    timeline.show_axis(laid(TODAY, certificates, planned, marks))
    timeline.setFocus()
    timeline.said = []
    timeline.chosen.connect(lambda item: timeline.said.append(item.said if item else None))
    return timeline


def test_all_that_is_drawn_is_said_in_time_order(qtbot):
    timeline = opened(qtbot, certificate(TODAY - 20 * DAY, 14))
    assert timeline.accessibleName() == "Tidslinje"
    assert timeline.accessibleDescription().splitlines() == [
        "3 november 2026 till 16 november 2026: sjukskriven 100 %, 14 dagar.",
        "17 november 2026 till 22 november 2026: utan intyg, 6 dagar.",
        "23 november 2026 till 20 december 2026: planerad sjukskrivning 50 %, 28 dagar.",
        "23 november 2026: i dag.",
        "30 november 2026: lagen, dag 8, läkarintyg.",
        "3 december 2026: steg i planen, arbetsplatsbesök, gjord.",
        "6 december 2026: gräns enligt FMB, FMB upp till 2 veckor.",
        "13 december 2026: uppföljning, nästa uppföljning.",
        "22 december 2026: lagen, dag 30, arbetsgivarens plan, gäller inte.",
    ]


def test_arrows_go_from_today_in_time_order_and_stop_at_the_ends(qtbot):
    timeline = opened(qtbot)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Left, Qt.Key.Key_End):
        QTest.keyClick(timeline, key)
    heads = [words.partition(":")[2].strip() for words in timeline.said]
    assert heads == [
        "i dag.",
        "lagen, dag 8, läkarintyg.",
        "i dag.",
        "planerad sjukskrivning 50 %, 28 dagar.",
        "planerad sjukskrivning 50 %, 28 dagar.",
        "lagen, dag 30, arbetsgivarens plan, gäller inte.",
    ]
    QTest.keyClick(timeline, Qt.Key.Key_Escape)
    assert timeline.item is None


def test_plus_and_minus_come_closer_and_wider_and_zero_goes_back(qtbot):
    timeline = opened(qtbot, *two_years())
    assert timeline.zoom is Zoom.CLOSE, "two years would leave no room for what is being written"
    seen = []
    for key in (Qt.Key.Key_Minus, Qt.Key.Key_Minus, Qt.Key.Key_Minus, Qt.Key.Key_Plus, Qt.Key.Key_0):
        QTest.keyClick(timeline, key)
        seen.append(timeline.zoom)
    assert seen == [Zoom.CASE, Zoom.ALL, Zoom.ALL, Zoom.CASE, Zoom.CLOSE]


def test_a_short_case_is_shown_whole(qtbot):
    assert opened(qtbot).zoom is Zoom.CASE


def test_an_arrow_beyond_the_edge_brings_what_it_goes_to_into_sight(qtbot):
    timeline = opened(qtbot, *two_years())
    first, last = timeline.window_shown
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    begun, ended = timeline.window_shown
    assert begun <= timeline.item.first <= ended < first
    QTest.keyClick(timeline, Qt.Key.Key_Escape)
    assert timeline.window_shown == (first, last)


def test_a_wheel_zooms_only_with_ctrl(qtbot):
    timeline = opened(qtbot)

    def turn(modifiers):
        at = QPointF(20, 20)
        event = QWheelEvent(
            at, at, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(timeline, event)
        return event.isAccepted(), timeline.zoom

    assert turn(Qt.KeyboardModifier.NoModifier) == (False, Zoom.CASE), "the page scrolls"
    assert turn(Qt.KeyboardModifier.ControlModifier) == (True, Zoom.ALL)


def test_a_click_goes_to_the_mark_or_the_bar_under_it(qtbot):
    timeline = opened(qtbot)
    first, last = timeline.window_shown
    day = timeline.width() / ((last - first).days + 1)
    lanes = Lanes.of(dressed())
    mark = QPoint(round(((TODAY + 7 * DAY - first).days + 0.5) * day), lanes.base + 12)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=mark)
    assert "läkarintyg" in timeline.said[-1]
    bar = QPoint(round(((TODAY + 20 * DAY - first).days + 0.5) * day), lanes.base - 4)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=bar)
    assert "50 %" in timeline.said[-1]


def test_what_the_user_has_gone_to_stays_when_something_else_changes(qtbot):
    timeline = opened(qtbot)
    QTest.keyClick(timeline, Qt.Key.Key_End)
    timeline.show_axis(laid(TODAY, (), DRAFT, MARKS[1:]))
    assert timeline.item.mark == MARKS[3]
    timeline.show_axis(laid(TODAY, (), DRAFT, MARKS[:2]))
    assert timeline.item is None


def test_tab_and_enter_pass_through(qtbot):
    timeline = opened(qtbot)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_A):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        timeline.keyPressEvent(event)
        assert not event.isAccepted()


def test_the_height_shows_the_degree(qtbot):
    """Full, three quarters, half, a quarter of the lane: read from the picture, not from the code."""
    look, lanes = dressed(), Lanes.of(dressed())
    heights = {}
    for degree in DEGREES:
        period = Period(degree=degree, first=TODAY + 7 * DAY, last=TODAY + 48 * DAY)
        timeline = opened(qtbot, planned=[period], marks=())
        picture, colour = timeline.grab().toImage(), look.colour(f"degree_{degree}").rgb()
        heights[degree] = max(
            sum(picture.pixel(x, y) == colour for y in range(lanes.head, lanes.base)) for x in range(100, 600, 10)
        )
    assert heights[100] == 48
    assert all(heights[degree] == pytest.approx(48 * degree / 100, abs=1) for degree in DEGREES)


def test_of_two_bars_that_touch_the_lower_has_its_words_wherever_the_pixels_fall(qtbot, monkeypatch):
    said = []
    monkeypatch.setattr(paint, "text_at", lambda _painter, _look, _x, _y, words, *_rest: said.append(words))
    steps = [certificate(TODAY - 42 * DAY, 28, 100, "a"), certificate(TODAY - 14 * DAY, 14, 50, "b")]
    timeline = opened(qtbot, *steps, planned=(), marks=())
    for width in range(500, 900, 13):
        said.clear()
        timeline.resize(width, timeline.height())
        timeline.grab()
        assert "50 %" in said, width


def test_what_goes_past_the_limit_is_hatched(qtbot):
    with_limit = opened(qtbot, marks=MARKS[1:2]).grab().toImage()
    warn = dressed().colour("warn").rgb()
    base = Lanes.of(dressed()).base
    hatched = [x for x in range(656) for y in range(base - 48, base) if with_limit.pixel(x, y) == warn]
    assert hatched
    days = (TODAY + 34 * DAY - (TODAY - 7 * DAY)).days + 1
    assert min(hatched) >= (7 + 14) / days * 656 - 1, "from the day after the limit"


@pytest.mark.parametrize(("away", "room"), [(11, False), (12, True)])
@pytest.mark.parametrize("side", [-1, 1])
def test_the_words_of_two_marks_stand_apart_so_that_they_never_read_as_one(side, away, room):
    words, one = Words(400, APART), QRectF(150, 0, 100, 14)
    words.block(QRectF(140, 0, 9, 44))
    assert words.place(one), "a mark stands right beside its own words"
    assert words.place(one.translated(side * (100 + away), 0)) is room
    assert words.place(one.translated(0, 16)), "its second line"


def test_without_any_sick_leave_it_says_what_to_do(qtbot):
    timeline = opened(qtbot, planned=(), marks=())
    assert timeline.accessibleDescription() == "Ange den första perioden, så visas den här."
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert timeline.said == ["23 november 2026: i dag."]


DAYS = st.integers(-900, 900)
LEAVE = st.lists(st.tuples(DAYS, st.integers(1, 400), st.sampled_from(DEGREES)), max_size=6)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    signed=LEAVE,
    planned=LEAVE,
    marks=st.lists(st.tuples(DAYS, st.sampled_from(list(Kind)), st.text(max_size=30)), max_size=8),
    keys=st.lists(st.sampled_from([*range(5)]), max_size=6),
    width=st.integers(1, 1200),
)
def test_no_sick_leave_breaks_the_drawing(qapp, signed, planned, marks, keys, width):
    timeline = Timeline(dressed())
    timeline.resize(width, timeline.sizeHint().height())
    periods = [Period(degree=g, first=TODAY + n * DAY, last=TODAY + (n + days - 1) * DAY) for n, days, g in planned]
    certificates = [certificate(TODAY + n * DAY, days, degree, str(n)) for n, days, degree in signed]
    made = [Mark(on=TODAY + n * DAY, kind=kind, caption=words) for n, kind, words in marks]
    timeline.show_axis(laid(TODAY, certificates, periods, made))
    drawn = not timeline.grab().isNull()
    for key in keys:
        QTest.keyClick(
            timeline, (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Plus, Qt.Key.Key_Minus)[key]
        )
        drawn = drawn and not timeline.grab().isNull()
    delete(timeline)
    assert drawn


def test_the_end_of_the_calendar_is_drawn(qapp):
    timeline = Timeline(dressed())
    last = Period(degree=100, first=date(9999, 12, 1), last=date.max)
    timeline.show_axis(laid(date.max, [], [last]))
    assert not timeline.grab().isNull()
    delete(timeline)
