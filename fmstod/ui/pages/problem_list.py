"""All problems of the record, each a way to its place."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from fmstod.domain.document import DocumentKind
from fmstod.domain.problem import Level, Problem
from fmstod.texts import text as say
from fmstod.ui.kit.marks import mark, pixmap
from fmstod.ui.kit.parts import column, empty, row, text
from fmstod.ui.kit.tokens import RADIUS, Look
from fmstod.ui.messages import LEVELS, ORDER, message_of

FEW = 3  # of what is left needs no headings
MISSING = ("missing", "text")  # what isn't filled in yet is no fault; icon, tone


class ProblemRow(QAbstractButton):
    """One problem in as many lines as it needs. A push button can't wrap its words."""

    PAD = 4

    def __init__(self, look: Look, problem: Problem) -> None:
        super().__init__()
        self._look, self._mark = look, MISSING if problem.missing else LEVELS[problem.level]
        self.setText(message_of(problem))
        key = "missing" if problem.missing else problem.level
        self.setAccessibleName(say(f"review.level.{key}", problem=self.text()))
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there too, as from any button that does something."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

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
    """Each document by itself: ready to sign, or what is left, by its place if it is much; warnings and tips last."""

    place_wanted = Signal(str)  # the problem's field

    def __init__(self, look: Look, place_of: Callable[[Problem], tuple[int, str]]) -> None:
        """`place_of` gives a problem's place in the order of the steps, and its name."""
        super().__init__()
        self._look, self._place_of = look, place_of
        self._shown: dict[DocumentKind, tuple[Problem, ...]] | None = None
        self._lines = column()
        self.rows: list[ProblemRow] = []
        self.setLayout(self._lines)
        self.setAccessibleName(say("review.problems"))

    def show_problems(self, problems: Mapping[DocumentKind, Sequence[Problem]], *, to_sign: bool = True) -> None:
        """Of what isn't `to_sign` only whether it is right."""
        ordered = {
            kind: tuple(sorted(found, key=lambda p: (ORDER[p.level], self._place_of(p)[0])))
            for kind, found in problems.items()
        }
        if ordered == self._shown:  # a row in focus stays there
            return
        self._shown, self.rows = ordered, []
        empty(self._lines)
        for kind, found in ordered.items():
            left = sum(p.level is Level.ERROR for p in found)
            ready = say(f"review.ready.{kind}" if to_sign else "review.right")
            words = say(f"review.not_ready.{kind}", count=left) if left else ready
            icon = mark(self._look, *(("begun", "text") if left else ("done", "ok")))
            self._lines.addLayout(row(icon, text(words, "strong"), ..., gap=8))
            self._lines.addSpacing(4 if found else 0)
            heading = ""
            for problem in found:
                place = self._place_of(problem)[1] if left > FEW and problem.level is Level.ERROR else ""
                if place and place != heading:
                    self._lines.addSpacing(4)
                    self._lines.addWidget(text(place, "label", "muted"))
                heading = place
                made = ProblemRow(self._look, problem)
                made.clicked.connect(partial(self._go, problem.field))
                self.rows.append(made)
                self._lines.addWidget(made)
            self._lines.addSpacing(12 if found else 4)

    def focus_first(self) -> None:
        if self.rows:
            self.rows[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go(self, field: str) -> None:
        self.place_wanted.emit(field)
