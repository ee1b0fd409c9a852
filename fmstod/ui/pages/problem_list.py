"""All problems of the record, each a way to its place."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from fmstod.domain.problem import Level, Problem
from fmstod.texts import text as say
from fmstod.ui.marks import mark, pixmap
from fmstod.ui.messages import LEVELS, message_of
from fmstod.ui.parts import column, empty, row, text
from fmstod.ui.tokens import RADIUS, Look


class ProblemRow(QAbstractButton):
    """One problem in as many lines as it needs. A push button can't wrap its words."""

    PAD = 4

    def __init__(self, look: Look, problem: Problem) -> None:
        super().__init__()
        self._look, self._mark = look, LEVELS[problem.level]
        self.setText(message_of(problem))
        self.setAccessibleName(say(f"review.level.{problem.level}", problem=self.text()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - self._indent), 10_000)
        metrics = QFontMetrics(self._look.font("body"))
        tall = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self.text()).height()
        return max(self._look.px(24), tall + 2 * self.PAD)

    def sizeHint(self) -> QSize:
        width = self._look.px(240)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(24))

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, (shape, token) = QPainter(self), self._mark
        if self.underMouse():
            painter.setBrush(self._look.colour("hover"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        line = QFontMetrics(self._look.font("body")).height()
        image = pixmap(self._look, shape, token)
        painter.drawPixmap(0, self.PAD + (line - image.height()) // 2, image)
        painter.setFont(self._look.font("body"))
        painter.setPen(self._look.colour("text"))
        room = self.rect().adjusted(self._indent, self.PAD, 0, 0)
        painter.drawText(room, Qt.TextFlag.TextWordWrap, self.text())
        painter.end()

    @property
    def _indent(self) -> int:
        return self._look.px(16) + 8


class ProblemList(QWidget):
    """Errors first, then warnings and tips. Nothing to say says so."""

    place_wanted = Signal(str)  # the problem's field

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Problem, ...] | None = None
        self._rows = column(gap=4)
        self._none = row(mark(look, "done", "ok"), text(say("review.nothing_missing"), wrap=True), gap=8)
        self._none.setStretch(1, 1)
        self._calm = QWidget()
        self._calm.setLayout(self._none)
        self.setLayout(column(self._calm, self._rows))
        self.setAccessibleName(say("review.problems"))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        order = list(Level)
        sorted_ones = tuple(sorted(problems, key=lambda p: order.index(p.level)))
        if sorted_ones == self._shown:  # a row in focus stays there
            return
        self._shown = sorted_ones
        empty(self._rows)
        self._calm.setVisible(not any(p.level is Level.ERROR for p in problems))
        for problem in sorted_ones:
            made = ProblemRow(self._look, problem)
            made.clicked.connect(partial(self._go, problem.field))
            self._rows.addWidget(made)

    def focus_first(self) -> None:
        if item := self._rows.itemAt(0):
            item.widget().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go(self, field: str) -> None:
        self.place_wanted.emit(field)
