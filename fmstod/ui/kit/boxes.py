"""Boxes to type in. They speak only when the user typed, and leave undo to the window, which undoes the record.

What a certificate can't carry (U-8: characters outside Latin-1) goes at once, and is said.
"""

from collections.abc import Callable
from datetime import date, timedelta
from math import ceil

from PySide6.QtCore import QEvent, QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from fmstod.certificate.latin1 import latin1
from fmstod.dates import weekday
from fmstod.domain.period import COMING, EARLIEST, LATEST, NEAREST, PAST, iso_day, last_day, read_day, read_length
from fmstod.ui.dates import length_words, long_day
from fmstod.ui.kit.tokens import Look
from fmstod.ui.timeline.bars import width_of

MOST_LINES = 12
PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)  # the user is still in the box


def _is_undo(event: QEvent) -> bool:
    keys = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
    return isinstance(event, QKeyEvent) and any(event.matches(key) for key in keys)


class LineBox(QLineEdit):
    """One line."""

    typed = Signal(str)
    removed = Signal(str)  # the characters that had to go

    def __init__(self, look: Look, name: str, width: int = 0, empty: str = "") -> None:
        super().__init__()
        self.look = look
        self.setAccessibleName(name)
        self.setPlaceholderText(empty)
        if width:
            self.setFixedWidth(look.px(width))
        self.textEdited.connect(self._clean)

    def show_text(self, words: str) -> None:
        if words != self.text():
            self.setText(words)
            self.setCursorPosition(len(words) if self.hasFocus() else 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.text() and self.selectedText() == self.text():  # Tab marks all, which would show the end
            self.setSelection(len(self.text()), -len(self.text()))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in PASSING:
            self.setCursorPosition(0)  # what is too long shows its beginning

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and _is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def _clean(self, words: str) -> None:
        clean, gone = latin1(words)
        if clean != words:
            at = len(latin1(words[: self.cursorPosition()])[0])
            self.setText(clean)
            self.setCursorPosition(at)
        if gone:
            self.removed.emit(gone)
        self.typed.emit(clean)


class TextBox(QPlainTextEdit):
    """Some lines at rest, growing to twelve. Tab leaves it."""

    typed = Signal(str)
    removed = Signal(str)

    def __init__(self, look: Look, name: str, lines: int = 3) -> None:
        super().__init__()
        self._rest = self._lines = lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(look.font("body"))
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.textChanged.connect(self._clean)
        self._fit()

    def show_text(self, words: str) -> None:
        if words == self.toPlainText():
            return
        at = self.textCursor().position() + len(words) - len(self.toPlainText())
        with QSignalBlocker(self):
            self.setPlainText(words)
        if self.hasFocus():
            self._put_cursor(at)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and _is_undo(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            event.ignore()  # where there is nowhere to go it would write a tab
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ensureCursorVisible()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in PASSING:
            self.verticalScrollBar().setValue(0)  # what is too long shows its beginning

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()  # its words are broken otherwise now, and Qt doesn't always say so
        if self._lines <= MOST_LINES:
            self.verticalScrollBar().setValue(0)  # it was scrolled by the line that made it grow

    def _clean(self) -> None:
        words = self.toPlainText()
        clean, gone = latin1(words)
        if clean != words:
            at = len(latin1(words[: self.textCursor().position()])[0])
            with QSignalBlocker(self):
                self.setPlainText(clean)
            self._put_cursor(at)
        if gone:
            self.removed.emit(gone)
        self.typed.emit(clean)

    def _put_cursor(self, at: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(max(0, min(at, len(self.toPlainText()))))
        self.setTextCursor(cursor)

    def _fit(self) -> None:
        self._lines = int(self.document().size().height())
        lines = max(self._rest, min(self._lines, MOST_LINES))
        chrome = 2 * self.document().documentMargin() + 12  # the sheet's padding and border, and no scroll bar
        metrics = QFontMetricsF(self.font())
        line = ceil(metrics.ascent()) + ceil(metrics.descent())  # as the layout of the text counts
        self.setFixedHeight(round(lines * line + chrome))


class NumberBox(LineBox):
    """Digits only."""

    def __init__(self, look: Look, name: str, digits: int, width: int = 0) -> None:
        super().__init__(look, name, width)
        self._digits = digits

    def _clean(self, words: str) -> None:
        clean = "".join(c for c in words if c in "0123456789")[: self._digits]
        if clean != words:
            self.setText(clean)
        self.typed.emit(clean)


class DayBox(LineBox):
    """A day in any of the ways that people write one. The day that it means, with its weekday, stands beside.

    `day_typed` carries `yyyy-mm-dd`, or the text as typed while it is no day. Up and Down move a day. A day without its
    year is meant within the year that began `back` days ago.
    """

    day_typed = Signal(str)
    WIDTH = 152

    def __init__(self, look: Look, name: str, today: Callable[[], date], empty: str = "", back: int = NEAREST) -> None:
        super().__init__(look, name, self.WIDTH, empty)
        self.today, self._back = today, timedelta(days=back)
        self.begins: date | None = None  # the day that this one is counted from, where it isn't today
        self.typed.connect(self._tell)

    @property
    def day(self) -> date | None:
        return read_day(self.text(), self.today(), (self.begins or self.today()) - self._back) or self._coded()

    @property
    def value(self) -> str:
        return self.day.isoformat() if self.day else self.text().strip()

    def show_value(self, value: str) -> None:
        if not (self.hasFocus() and value == self.value):  # `idag` stays while it is being typed
            self.show_text(value)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        day = self.day
        if step and day and EARLIEST <= day <= LATEST:
            self.setText((day + timedelta(step)).isoformat())
            self._clean(self.text())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_text(self.value)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.day is None:
            return
        said = weekday(self.day) if iso_day(self.text().strip()) else long_day(self.day)
        wide = round(width_of(self.look, said, "body"))
        free = self.width() - round(width_of(self.look, self.text(), "body")) - 24
        if wide <= free:
            painter = QPainter(self)
            painter.setPen(self.look.colour("muted"))
            painter.setFont(self.look.font("body"))
            painter.drawText(
                QRect(self.width() - wide - 9, 0, wide, self.height()), Qt.AlignmentFlag.AlignVCenter, said
            )
            painter.end()

    def _coded(self) -> date | None:
        """`4v`, `7d`, `m1` without a sign: as long from today, in the direction that the day is meant in."""
        sign = {COMING: "+", PAST: "-"}.get(self._back.days)
        return read_day(f"{sign}{self.text()}", self.today()) if sign and read_length(self.text()) else None

    def _tell(self, _words: str) -> None:
        self.update()
        self.day_typed.emit(self.value)


class EndBox(DayBox):
    """The last day of a period: a length counts from the first, both ends included (certificates.md 7, day codes)."""

    def __init__(self, look: Look, name: str, today: Callable[[], date]) -> None:
        super().__init__(look, name, today, back=COMING)

    def _coded(self) -> date | None:
        days = read_length(self.text())
        return last_day(self.begins, days) if days and self.begins and self.begins <= LATEST else None


class LengthBox(LineBox):
    """A length: `14d`, `4v`, `2m`. Keeps the user's way of writing it while it means the same."""

    days_typed = Signal(object)  # int, None while the text is no length

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name, width=72)
        self._waits = False
        self.typed.connect(self._tell)

    def show_days(self, days: int | None) -> None:
        """What the row's days say; None leaves a length that waits for its first day."""
        same = days is not None and read_length(self.text()) == days
        if not (same or self.hasFocus() or (days is None and self._waits)):
            self.show_text("" if days is None else length_words(days))
        if days is not None:
            self._waits = False

    def _tell(self, words: str) -> None:
        self._waits = True
        self.days_typed.emit(read_length(words))
