"""The times of an entry on one axis: seen in its pixels, told in words, whole at any width and text size."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from fmstod.domain.period import DayCounts, Period
from fmstod.files import read_library
from fmstod.knowledge.advise import Standing, advise
from fmstod.knowledge.spans import Shape, Span, spans
from fmstod.texts import catalogue
from fmstod.ui.fmb.diagram import LimitsDiagram
from tests.ui.windows import dressed

LIBRARY = read_library()
SIX = Span(Shape.UP_TO, "Upp till 6 månader", last=186)
LONGER = Span(Shape.OR_LONGER, "Upp till 12 månader eller längre", last=372)
LEAST = Span(Shape.AT_LEAST, "Minst 3 månader", first=93)
BAND = Span(Shape.BAND, "3 till 6 månader", first=93, last=186)
NONE = Span(Shape.NOTHING, "Ingen sjukskrivning")
WORDS = Span(Shape.WORDS, "Så länge behandlingen pågår")
NOTHING_PLANNED = DayCounts(planned=0, earlier=None)
WIDTH = 320


def drawn(qtbot, look, found, days=NOTHING_PLANNED, width=WIDTH):
    made = LimitsDiagram(look)
    qtbot.addWidget(made)
    made.setAutoFillBackground(True)
    made.show_spans(found, days)
    made.resize(width, made.heightForWidth(width))
    return made


def painted(made, look, row):
    """The x of what is painted along the middle of the bar of a row: what isn't the ground."""
    image = made.grab().toImage()
    bar = made._lines(made.width())[row][3]
    ground = image.pixelColor(made.width() - 1, made.height() - 1)
    return [x for x in range(image.width()) if image.pixelColor(x, round(bar.center().y())) != ground]


def test_an_upper_bound_ends_and_an_open_one_goes_on(qtbot):
    look = dressed()
    made = drawn(qtbot, look, [SIX, LONGER])
    six, longer = painted(made, look, 0), painted(made, look, 1)
    assert max(six) == pytest.approx(186 * made._day_width, abs=3)
    assert max(longer) > 372 * made._day_width + 8
    assert min(longer) <= 2


def test_a_minimum_begins_at_its_number(qtbot):
    look = dressed()
    made = drawn(qtbot, look, [LEAST])
    found = painted(made, look, 0)
    assert min(found) == pytest.approx(93 * made._day_width, abs=3)
    assert max(found) > made.width() - 12


def test_none_is_a_point_at_the_first_day(qtbot):
    look = dressed()
    assert max(painted(drawn(qtbot, look, [NONE, SIX]), look, 0)) < 16


def test_what_has_no_number_is_dotted_over_the_whole_width(qtbot):
    look = dressed()
    found = painted(drawn(qtbot, look, [SIX, WORDS]), look, 1)
    assert max(found) > WIDTH - 12
    assert len(found) < WIDTH * 0.75


def test_the_patients_line_is_as_long_as_the_days(qtbot):
    look = dressed()
    made = drawn(qtbot, look, [SIX], DayCounts(planned=42, earlier=20))
    found = painted(made, look, 0)
    assert max(found) == pytest.approx(62 * made._day_width, abs=3)
    assert "Patientens dagar: 62 dagar, varav tidigare 20 dagar." in made.accessibleDescription()


def test_a_time_from_an_operation_begins_on_its_day_once_that_is_known(qtbot):
    """Ten days of 42 lie before the operation; three weeks from it end on the 31st day."""
    look, first = dressed(), date(2026, 11, 23)
    days = DayCounts(planned=42, earlier=0, periods=(Period(degree=100, first=first, last=first + timedelta(41)),))
    for event, begin in ((first + timedelta(10), 10), (first - timedelta(5), 0), (first + timedelta(60), 42)):
        after = Span(Shape.UP_TO, "Upp till 3 veckor, från operationen", last=21, from_event=True, event=event)
        made = drawn(qtbot, look, [after], days)
        found = painted(made, look, 1)
        assert min(found) == pytest.approx(begin * made._day_width, abs=3)
        assert max(x for x in found if x != round(made._days_x(made._day_width))) == pytest.approx(
            (begin + 21) * made._day_width, abs=3
        )
    unknown = Span(Shape.UP_TO, "Upp till 3 veckor, från operationen", last=21, from_event=True)
    assert min(painted(drawn(qtbot, look, [unknown], days), look, 1)) <= 2


def test_the_axis_has_room_for_more_days_than_any_limit(qtbot):
    look = dressed()
    made = drawn(qtbot, look, [SIX], DayCounts(planned=900, earlier=0))
    assert max(painted(made, look, 0)) < made.width() - 4


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_patients_own_differs_in_shape_and_not_in_colour_alone(qtbot, theme):
    look = dressed(theme)
    ruling = Span(Shape.UP_TO, "Upp till 3 månader", last=93, ruling=True, standing=Standing.APPLIES)
    out = Span(Shape.UP_TO, "Upp till 6 månader", last=186, standing=Standing.EXCLUDED)
    made = drawn(qtbot, look, [ruling, out])
    image = made.grab().toImage()
    ground = image.pixelColor(made.width() - 1, made.height() - 1)

    def height(row, x=20):
        bar = made._lines(made.width())[row][3]
        return sum(image.pixelColor(x, y) != ground for y in range(int(bar.top()), int(bar.bottom()) + 2))

    assert height(0) >= 2 * height(1)
    assert "Upp till 3 månader: gäller patienten." in made.accessibleDescription()
    assert "Upp till 6 månader: gäller inte." in made.accessibleDescription()


def test_days_that_are_unknown_are_not_told_as_all(qtbot):
    made = drawn(qtbot, dressed(), [SIX], DayCounts(planned=42, earlier=None))
    assert made.accessibleDescription().startswith("Planerat: 42 dagar, tidigare dagar okända.")


def test_without_plan_or_number_there_is_no_axis_and_no_line(qtbot):
    look = dressed()
    plain = drawn(qtbot, look, [WORDS])
    assert plain.accessibleDescription() == "Så länge behandlingen pågår: kan gälla."
    assert plain.height() < drawn(qtbot, look, [SIX]).height()


@pytest.mark.parametrize("text", [1.0, 2.0])
@pytest.mark.parametrize("width", [160, 320, 752])
def test_every_word_has_room_at_any_width_and_text_size(qtbot, text, width):
    look = dressed(text=text)
    for code in ("M17", "M754", "U071", "K40", "I63", "M05"):
        found = spans(advise(LIBRARY, [code]).entries[0], catalogue())
        made = drawn(qtbot, look, found, DayCounts(planned=42, earlier=7), width)
        bottom = 0
        for (words, room), (_, style, _, bar) in zip(made.words_at(width), made._lines(width), strict=True):
            metrics = QFontMetrics(look.font(style.role))
            need = metrics.boundingRect(QRect(0, 0, room.width(), 10_000), Qt.TextFlag.TextWordWrap, words)
            assert need.height() <= room.height()
            assert room.top() >= bottom
            assert room.bottom() <= bar.top()
            bottom = bar.bottom()
        assert bottom < made.height()


def test_nothing_to_draw_takes_no_room(qtbot):
    assert drawn(qtbot, dressed(), []).height() == 0
