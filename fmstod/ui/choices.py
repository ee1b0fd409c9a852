"""Choosing among a few: segments, ICF severity, a list to pick from. One Tab stop each, arrows move inside.

Nothing is chosen until the user chooses, and what was chosen can be taken back: press it again, or Delete.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from fmstod.texts import text as say
from fmstod.ui.marks import pixmap, put
from fmstod.ui.parts import button, column, restyle, room_for_bold, row, text
from fmstod.ui.tokens import Look

FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)
BACKWARD = (Qt.Key.Key_Left, Qt.Key.Key_Up)
CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _Choice(QWidget):
    """Checkable buttons of which at most one is chosen. Arrows move without choosing, Space chooses."""

    chosen = Signal(object)  # the code, None when taken back; only when the user did it

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._buttons: dict[object, QPushButton] = {}
        self._value: object = None

    @property
    def value(self) -> object:
        return self._value

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        return tuple(self._buttons.values())

    def show_value(self, code: object) -> None:
        """Show what is chosen, None for nothing; says nothing to anyone."""
        self._value = code
        for own, made in self._buttons.items():
            made.setChecked(own == code)
        if not any(made.hasFocus() for made in self.buttons):
            self._settle(self._buttons.get(code))

    def focus_first(self) -> None:
        (self._buttons.get(self._value) or self.buttons[0]).setFocus(Qt.FocusReason.TabFocusReason)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        self.focus_first()  # reached through the label

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and isinstance(watched, QPushButton):
            self._settle(watched if event.gotFocus() else self._buttons.get(self._value))
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(watched, event)
        return super().eventFilter(watched, event)

    def _add(self, code: object, made: QPushButton) -> None:
        made.setCheckable(True)
        made.setAutoDefault(False)  # Enter goes to the next field
        made.setAccessibleDescription(self.accessibleName())
        made.installEventFilter(self)
        made.clicked.connect(partial(self._choose, code))
        self._buttons[code] = made
        self._settle(None)

    def _choose(self, code: object) -> None:
        self.show_value(None if code == self._value else code)
        self.chosen.emit(self._value)

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() in CLEAR:
            if self._value is not None:
                self._choose(self._value)
            return True
        if event.key() in FORWARD + BACKWARD:
            at = next(n for n, made in enumerate(self.buttons) if made is watched)
            to = at + (1 if event.key() in FORWARD else -1)
            self.buttons[to % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return False

    def _settle(self, stop: QPushButton | None) -> None:
        """Tab reaches one button only: the one in focus, else the chosen, else the first."""
        stop = stop or self.buttons[0]
        for made in self.buttons:
            policy = Qt.FocusPolicy.StrongFocus if made is stop else Qt.FocusPolicy.ClickFocus
            made.setFocusPolicy(policy)


class Segments(_Choice):
    """One choice of a few, `options` as (code, words); a tick repeats what the ground says.

    They stand in a row if all fit, else in a column.
    """

    def __init__(self, look: Look, options: Sequence[tuple[object, str]], name: str, width: int = 0) -> None:
        super().__init__(name)
        self._look = look
        for code, words in options:
            made = button(look, words)
            made.setProperty("seg", "only")
            room_for_bold(look, made, icon=look.px(16) + 8)
            self._add(code, made)
        widths = [made.minimumWidth() for made in self.buttons]
        stacked = sum(widths) > (width or look.form_width)
        ends = ("top", "bottom") if stacked else ("first", "last")
        if len(self.buttons) > 1:
            for n, made in enumerate(self.buttons):
                made.setProperty("seg", ends[0] if n == 0 else ends[1] if n == len(self.buttons) - 1 else "mid")
        if stacked:
            for made in self.buttons:
                made.setMinimumWidth(max(widths))
            self.setLayout(row(column(*self.buttons), ...))
        else:
            self.setLayout(row(*self.buttons, ..., gap=0))

    def show_value(self, code: object) -> None:
        super().show_value(code)
        for made in self.buttons:
            put(made, self._look, "done" if made.isChecked() else "")

    def set_words(self, code: object, words: str) -> None:
        """New words for an option: "Utkast 3"."""
        made = self._buttons[code]
        if made.text() != words:
            made.setText(words)
            made.setAccessibleName(words)
            put(made, self._look, "")
            room_for_bold(self._look, made, icon=self._look.px(16) + 8)
            put(made, self._look, "done" if made.isChecked() else "")


class SeverityScale(_Choice):
    """ICF qualifier 0 to 4: cells are filled up to the level and the word stands beside them. Digits choose."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(say("choice.severity", of=name))
        for n in range(5):
            made = button(look, str(n), name=f"{n}, {_severity_word(n)}")
            made.setProperty("level", "off")
            self._add(n, made)
        self._word = text("", tone="muted")
        self._word.setFixedWidth(look.px(64))
        self.setLayout(row(*self.buttons, 6, self._word, gap=2))

    def show_value(self, code: object) -> None:
        super().show_value(code)
        level = code if isinstance(code, int) else 0
        for n, made in enumerate(self.buttons):
            restyle(made, level="on" if 0 < n <= level else "off")
        self._word.setText("" if code is None else _severity_word(level))
        restyle(self._word, tone="")

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.text() in tuple("01234"):
            n = int(event.text())
            self.buttons[n].setFocus(Qt.FocusReason.TabFocusReason)
            if self._value != n:
                self._choose(n)
            return True
        return super()._pressed(watched, event)


def _severity_word(level: int) -> str:
    return say(f"choice.level.{level}")


class Pick(QComboBox):
    """A list to choose from, nothing chosen at first; with the own chevron, which the sheet can't draw."""

    chosen = Signal(object)  # the code, None when taken back; only when the user did it

    def __init__(
        self, look: Look, options: Sequence[tuple[object, str]], name: str, width: int = 0, empty: str = ""
    ) -> None:
        super().__init__()
        self._look = look
        for code, words in options:
            self.addItem(words, code)
        self.setPlaceholderText(empty or say("choice.none"))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if width:
            self.setFixedWidth(look.px(width))
        self.show_value(None)
        self.activated.connect(lambda at: self.chosen.emit(self.itemData(at)))

    @property
    def value(self) -> object:
        return self.currentData()

    def show_value(self, code: object) -> None:
        with QSignalBlocker(self):
            found = [n for n in range(self.count()) if code is not None and self.itemData(n) == code]
            self.setCurrentIndex(found[0] if found else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CLEAR:
            if self.value is not None:
                self.show_value(None)
                self.chosen.emit(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # goes to the next field; Space opens the list
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the wheel scrolls the page, it never changes an answer

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        image = pixmap(self._look, "down", "muted")
        painter = QPainter(self)
        painter.drawPixmap(self.width() - image.width() - 8, (self.height() - image.height()) // 2, image)
        painter.end()
