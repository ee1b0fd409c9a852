"""All of a patient's certificates on one axis of time: by period and degree, with their states; each opens its case."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from fmstod.clock import SWEDEN
from fmstod.dates import months
from fmstod.errors import FmstodError
from fmstod.storage.store import CaseRow
from fmstod.texts import text as say
from fmstod.ui.dates import month_starts
from fmstod.ui.frame import LinkButton
from fmstod.ui.kit.parts import button, column, empty, panel, row, rule, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import failure_of
from fmstod.ui.states import StateMark, counts
from fmstod.ui.timeline.bars import Scale, paint_bars, text_at, width_of

PAD = (16, 12, 16, 16)
LANE, HEAD = 28, 20  # px
SHORTEST = timedelta(days=60)  # of the axis: a single week would fill it all


class AxisCard(QWidget):
    """`rows` reads the patient's cases once they are asked for: that is logged. `opened` with the id of one.

    `picture` makes the whole sick leave on one timeline, for what stands above the certificates one by one.
    """

    opened = Signal(str)
    unfolded = Signal(object)  # the widget that begins what is shown

    def __init__(
        self,
        look: Look,
        case: str,
        today: date,
        rows: Callable[[], Sequence[CaseRow]],
        picture: Callable[[], QWidget] | None = None,
    ) -> None:
        super().__init__()
        self._picture = picture
        self._look, self._case, self._today, self._rows = look, case, today, rows
        self.toggle = button(look, say("patient_axis.show"))
        self.toggle.clicked.connect(self._toggle)
        self.links: list[QPushButton] = []
        self._list = column(gap=8)
        about = text(say("patient_axis.about"), "caption", "muted", wrap=True)
        inside = column(
            text(say("patient_axis.title"), "heading"), row(self.toggle, ...), about, self._list, gap=8, pad=PAD
        )
        self.setLayout(column(panel(inside, card="true")))

    @Slot()
    def _toggle(self) -> None:
        shows = not self._list.count()
        empty(self._list)
        self.links = []
        words = say("patient_axis.hide" if shows else "patient_axis.show")
        self.toggle.setText(words)
        self.toggle.setAccessibleName(words)
        if shows:
            try:
                self._fill(self._rows())
            except FmstodError as error:
                self._list.addWidget(text(failure_of(error), tone="error", wrap=True))
            self.unfolded.emit(self.toggle)

    def _fill(self, rows: Sequence[CaseRow]) -> None:
        if self._picture:
            self._list.addWidget(self._picture())
        if all(each.id == self._case for each in rows):
            numbered = any(each.number for each in rows)
            self._list.addWidget(
                text(say("patient_axis.only" if numbered else "patient_axis.no_number"), tone="muted", wrap=True)
            )
            return
        ordered = sorted(rows, key=lambda each: reach(each)[0])
        first = min(reach(each)[0] for each in ordered)
        last = max(*(reach(each)[1] for each in ordered), first + SHORTEST)
        self._list.addWidget(_Months(self._look, first, last))
        for each in ordered:
            lane = Lane(self._look, each, (first, last), self._today)
            lane.pressed.connect(partial(self.opened.emit, each.id))
            for part in (self._name(each), lane, StateMark(self._look, each.state, "caption"), rule()):
                self._list.addWidget(part)

    def _name(self, case: CaseRow) -> QWidget:
        if case.id == self._case:
            return text(said_of(case, "here"), "strong", wrap=True)
        link = LinkButton(self._look, "right")
        link.show_words(said_of(case, "row"))
        link.setAccessibleName(said_of(case, "said"))
        link.clicked.connect(partial(self._open, case.id))
        self.links.append(link)
        return link

    def _open(self, case: str, _checked: bool = False) -> None:
        self.opened.emit(case)


class _Picture(QWidget):
    """A strip of the axis from the first day to the last."""

    def __init__(self, look: Look, first: date, last: date, height: int) -> None:
        super().__init__()
        self._look, self._first, self._last = look, first, last
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(look.px(height))

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    @property
    def scale(self) -> Scale:
        return Scale(self._first, 0.0, self.width() / ((self._last - self._first).days + 1))


class _Months(_Picture):
    """The months along the axis, as many as have room; January with its year."""

    def __init__(self, look: Look, first: date, last: date) -> None:
        super().__init__(look, first, last, HEAD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, free, painter = self._look, 0.0, QPainter(self)
        for month in month_starts(self._first, self._last):
            x = round(self.scale.x(month)) + 0.5
            name = months()[month.month - 1] if month.month > 1 else str(month.year)
            right = x + 4 + width_of(look, name, "caption")
            if x < free or right > self.width():
                continue
            free = right + 8
            painter.setPen(QPen(look.colour("border"), 1))
            painter.drawLine(QPointF(x, self.height() - look.px(6)), QPointF(x, self.height()))
            text_at(painter, look, x + 4, look.px(14), name, "caption", "muted")
        painter.end()


class Lane(_Picture):
    """One certificate's periods as bars, or the day of what has none; the line is today. `pressed` with the mouse."""

    pressed = Signal()

    def __init__(self, look: Look, case: CaseRow, ends: tuple[date, date], today: date) -> None:
        super().__init__(look, *ends, LANE)
        self._case, self._today = case, today
        self.setAccessibleName(said_of(case, "said"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, scale, base = self._look, self.scale, self.height() - 1.0
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._case.periods:
            paint_bars(painter, look, self._case.periods, scale, base, base - 2, counts=counts(self._case.state))
        elif self._case.span:
            first, last = reach(self._case)
            left, right = scale.x(first), scale.x(last + timedelta(days=1)) - 2
            if counts(self._case.state):
                painter.setPen(QPen(look.colour("text"), 1.5))
                painter.setBrush(QBrush(look.colour("border"), Qt.BrushStyle.BDiagPattern))
            else:
                painter.setPen(QPen(look.colour("muted"), 1, Qt.PenStyle.DashLine))
            painter.drawRect(QRectF(left + 1, 2, max(right - left - 2, 2), base - 2))
        else:
            x, size = scale.x(reach(self._case)[0]) + scale.day_width / 2, look.px(5)
            painter.setPen(QPen(look.colour("text"), 1.5))
            painter.setBrush(look.colour("surface"))
            corners = ((0, -1), (1, 0), (0, 1), (-1, 0))
            painter.drawPolygon(QPolygonF([QPointF(x + dx * size, base - size + dy * size) for dx, dy in corners]))
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawLine(QPointF(0, base + 0.5), QPointF(self.width(), base + 0.5))
        if self._first <= self._today <= self._last:
            painter.fillRect(QRectF(round(scale.x(self._today)), 0, 1, self.height()), look.colour("accent"))
        painter.end()


def reach(case: CaseRow) -> tuple[date, date]:
    """First and last day on the axis: of the leave, else the day when it was signed, or changed."""
    if case.periods:
        return min(p.first for p in case.periods), max(p.last for p in case.periods)
    if case.span:
        return case.span
    day = (case.signed_at or case.changed_at).astimezone(SWEDEN).date()
    return day, day


def said_of(case: CaseRow, key: str) -> str:
    """A certificate in words: form, periods with their degrees, and with `said` its state too."""
    when = "; ".join(say("patient_axis.period", degree=p.degree, first=p.first, last=p.last) for p in case.periods)
    if case.span:
        when = say("patient_axis.days", first=case.span[0], last=case.span[1])
    day = "patient_axis.signed" if case.signed_at else "patient_axis.changed"
    form = case.form[0].upper().replace("_", " ")
    return say(
        f"patient_axis.{key}", form=form, when=when or say(day, day=reach(case)[0]), state=say(f"state.{case.state}")
    )
