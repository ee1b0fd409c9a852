"""What bench.py measures of the timeline: one function of this module, in a process of its own."""

import json
import os
import sys
from datetime import UTC, date, datetime, timedelta

from timing import median_ms

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import fmstod.ui  # noqa: F401, I001 - before any module of PySide6
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from fmstod.domain.period import DEGREES, Period
from fmstod.sickleave.cases import Certificate
from fmstod.sickleave.timeline import Kind, Mark, Timeline, Zoom, timeline
from fmstod.ui.kit import style
from fmstod.ui.timeline import view
from fmstod.ui.kit.tokens import Look

TODAY = date(2026, 11, 23)
CERTIFICATES, EACH = 20, 36  # two years
WIDTH = 880


def paint_time() -> float:
    """Median ms to paint two years with twenty certificates, the law's days, a limit and a plan, whole and closest."""
    return max(_painted(Zoom.CASE), _painted(Zoom.CLOSE))


def lay_out_time() -> float:
    """Median ms from the record to the layout and all its sentences, as after each key in step 5."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([])
    look = Look()
    style.apply(app, look)
    shown = view.Timeline(look)
    two = [_laid_out(), _laid_out(1)]
    turn = iter(range(10**6))

    def next_one() -> None:
        _laid_out()
        shown.show_axis(two[next(turn) % 2])

    return median_ms(next_one, 100)


def _painted(zoom: Zoom) -> float:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([])
    look = Look()
    style.apply(app, look)
    shown = view.Timeline(look)
    shown.resize(WIDTH, shown.sizeHint().height())
    shown.show_axis(_laid_out())
    shown.look_at(zoom)
    picture = QImage(shown.size(), QImage.Format.Format_RGB32)
    return median_ms(lambda: shown.render(picture), 100)


def _laid_out(moved: int = 0) -> Timeline:
    first = TODAY - timedelta(CERTIFICATES * EACH)
    made = [_certificate(n, first + timedelta(n * EACH)) for n in range(CERTIFICATES)]
    planned = [Period(degree=50, first=TODAY, last=TODAY + timedelta(27 + moved))]
    law = (8, 15, 30, 91, 181, 366, 550)
    marks = [Mark(on=first + timedelta(day), kind=Kind.MILESTONE, caption=f"dag {day}, ord", day=day) for day in law]
    marks += [Mark(on=first + timedelta(185), kind=Kind.LIMIT, caption="FMB upp till 6 månader")]
    marks += [Mark(on=TODAY + timedelta(7 * n), kind=Kind.STEP, caption=f"åtgärd {n}") for n in range(6)]
    marks += [Mark(on=TODAY + timedelta(14 * n), kind=Kind.FOLLOW_UP) for n in range(1, 4)]
    return timeline(TODAY, made, planned, marks, "dag 721")


def _certificate(n: int, first: date) -> Certificate:
    last = first + timedelta(EACH - 1 - n % 5)
    period = Period(degree=DEGREES[n % 4], first=first, last=last)
    return Certificate(id=str(n), signed=datetime(2025, 1, 1, tzinfo=UTC) + timedelta(n), periods=(period,))


MEASURES = {each.__name__: each for each in (paint_time, lay_out_time)}

if __name__ == "__main__":
    print(json.dumps({"value": MEASURES[sys.argv[1]]()}))
