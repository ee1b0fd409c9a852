"""What has the focus is seen, with the whole of its ring."""

from PySide6.QtCore import QPoint, QRect, Qt

from fmstod.ui.kit.focus import REVEAL_MS, FocusRing
from fmstod.ui.kit.parts import button, column, panel, row, scroller, text
from tests.ui.keys import press
from tests.ui.windows import dressed, show


def in_window(widget, window):
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def test_what_tab_brings_the_focus_to_from_beside_a_page_is_scrolled_into_sight(qtbot):
    look = dressed()
    beside, far = button(look, "Bredvid"), button(look, "Långt ned")
    area = scroller(panel(column(500, far, 500, pad=(8, 0, 8, 0)), ground="surface"), "surface")
    window = panel(row(column(beside, ...), area), ground="surface")
    window.ring = FocusRing(window, look)
    show(qtbot, window, 400, 200)
    beside.setFocus()
    assert not in_window(area, window).contains(in_window(far, window))
    press(Qt.Key.Key_Tab)
    assert far.hasFocus()
    qtbot.wait(REVEAL_MS[-1] + 50)
    assert window.ring.geometry().contains(in_window(far, window).adjusted(-4, -4, 4, 4))
    assert in_window(area, window).contains(window.ring.geometry())


def test_what_is_taller_than_its_page_has_a_ring_round_the_part_that_is_seen(qtbot):
    look = dressed()
    tall = panel(column(text("Hög"), 900), ground="surface")
    tall.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    area = scroller(panel(column(40, tall), ground="surface"), "surface")
    window = panel(column(area), ground="surface")
    window.ring = FocusRing(window, look)
    show(qtbot, window, 400, 200)
    tall.setFocus()
    ring = window.ring
    assert in_window(area, window).contains(ring.geometry())
    shot = ring.grab().toImage()
    colour = look.colour("focus").rgb()
    ratio = shot.devicePixelRatio()
    across = int(ring.width() / 2 * ratio)
    edge = {y for y in range(shot.height()) if shot.pixel(across, y) == colour}
    assert any(y < 4 * ratio for y in edge), "its upper edge"
    assert any(y > shot.height() - 4 * ratio for y in edge), "its lower edge"
