"""How many hours a week are left to work at each degree: to talk about, beside the periods. Nothing of it is stored."""

from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from fmstod.certificate.form import Periods
from fmstod.domain.period import DEGREES, Degree, covered_days
from fmstod.domain.problem import Problem
from fmstod.sickleave.working_hours import hours_left, read_hours
from fmstod.texts import text as say
from fmstod.ui.dates import days_of
from fmstod.ui.kit.boxes import LineBox
from fmstod.ui.kit.marks import degree
from fmstod.ui.kit.parts import above, button, column, panel, restyle, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import message_of
from fmstod.ui.models.consultation_model import ConsultationModel

KEY = "F4"
BOX = 80  # px
STEP = 5


class HoursHelper(QWidget):
    """One line at rest. F4 opens it, Esc closes it and forgets the hours."""

    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self.open = button(look, say("hours.open"), "plain", "down", "accent")
        self.open.clicked.connect(self.toggle)
        self.box = LineBox(look, say("hours.week"), BOX, say("hours.example"))
        self.box.typed.connect(self.show_hours)
        self._wrong = text("", tone="error", wrap=True)
        self._cells: dict[Degree, tuple[QLabel, QLabel, QLabel]] = {}
        close = button(look, say("hours.close"), "plain")
        close.clicked.connect(self.toggle)
        inside = column(
            row(above(say("hours.week"), self.box, say("hours.not_stored")), ...),
            self._wrong,
            self._table(),
            row(close, text(say("hours.close_key"), "caption", "muted"), ...),
            gap=8,
            pad=(16, 12, 16, 12),
        )
        self._sheet = panel(inside, ground="hover")
        self._sheet.hide()
        self.setLayout(column(row(self.open, text(KEY, "caption", "muted"), ...), self._sheet, gap=8))
        QShortcut(QKeySequence(KEY), self, self.toggle)
        model.changed.connect(self.show_hours)
        self.show_hours()

    @Slot()
    def toggle(self) -> None:
        """Open it with the focus in the hours; or close it, with the focus on what opens it."""
        shown = self._sheet.isHidden()
        self._sheet.setVisible(shown)
        if not shown:
            self.box.clear()
        self.show_hours()
        (self.box if shown else self.open).setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(0, self, self._reveal)  # once everything has its place

    @Slot()
    def show_hours(self) -> None:
        """What the typed hours give at each degree, and for how many of the days; while they are none, nothing."""
        if self._sheet.isHidden():
            return
        read = read_hours(self.box.text())
        wrong = isinstance(read, Problem)
        self._wrong.setText(message_of(read) if isinstance(read, Problem) else "")
        self._wrong.setVisible(wrong)
        restyle(self.box, state="error" if wrong else "")
        left = hours_left(read) if isinstance(read, Decimal) else {}
        periods = self._model.consultation.periods
        for of, (name, hours, days) in self._cells.items():
            count = covered_days(p for p in periods if p.degree == of)
            told = say("hours.left", hours=in_words(left[of])) if of in left else ""
            hours.setText(told)
            days.setText(days_of(count) if count else "")
            for label in (name, hours):
                restyle(label, role="strong" if count else "body")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._sheet.isHidden():
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _reveal(self) -> None:
        """All of it in sight, or as much as there is room for from its first line on."""
        around: QWidget | None = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(self, 0, 16)
            around.ensureWidgetVisible(self.open, 0, 16)

    def _table(self) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for n, of in enumerate(DEGREES):
            picture = QLabel()
            picture.setPixmap(degree(self._look, of).pixmap(self._look.px(10), self._look.px(16)))
            self._cells[of] = (text(say("hours.degree", degree=of)), text(""), text("", tone="muted"))
            for at, cell in enumerate((picture, *self._cells[of])):
                grid.addWidget(cell, n, at)
        grid.setColumnStretch(3, 1)
        return panel(grid)


def asks_degrees(model: ConsultationModel) -> bool:
    """Whether the step asks for periods with degrees of their own."""
    return any(isinstance(q, Periods) and not q.single for q in model.reference.questions(STEP))


def in_words(hours: Decimal) -> str:
    """`19,5`: no needless zeros, a decimal comma."""
    rounded = hours.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return f"{rounded:f}".replace(".", ",")
