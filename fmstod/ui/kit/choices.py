"""Choosing among a few: segments, ICF severity, ticks, a list to pick from. One Tab stop each, arrows move inside.

Nothing is chosen until the user chooses, and what was chosen can be taken back: press it again, or Delete.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from fmstod.texts import text as say
from fmstod.ui.kit.marks import pixmap
from fmstod.ui.kit.parts import BESIDE, button, column, restyle, row, text
from fmstod.ui.kit.roving import CLEAR, Roving
from fmstod.ui.kit.tokens import Look

TICK = 12  # px
MARGINS = 26  # px, of the sheet, with the border


class _Choice(QWidget):
    """Checkable buttons of which at most one is chosen. Arrows move without choosing, Space chooses."""

    chosen = Signal(object)  # the code, None when taken back; only when the user did it

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._buttons: dict[object, QPushButton] = {}
        self._value: object = None
        self._roving = Roving(self, lambda: self._buttons.get(self._value))

    @property
    def value(self) -> object:
        return self._value

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        return tuple(self._buttons.values())

    @property
    def stop(self) -> QWidget:
        """The button that Tab reaches."""
        return self._roving.stop

    def show_value(self, code: object) -> None:
        """Show what is chosen, None for nothing; says nothing to anyone."""
        self._value = code
        for own, made in self._buttons.items():
            made.setChecked(own == code)
        self._roving.settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in CLEAR and self._value is not None:
            self._choose(self._value)
        else:
            super().keyPressEvent(event)

    def _add(self, code: object, made: QPushButton) -> None:
        made.setCheckable(True)
        made.setAutoDefault(False)  # Enter goes to the next field
        made.setAccessibleDescription(self.accessibleName())
        made.clicked.connect(partial(self._choose, code))
        self._buttons[code] = made
        self._roving.add(made)

    def _choose(self, code: object) -> None:
        self.show_value(None if code == self._value else code)
        self.chosen.emit(self._value)


class Segments(_Choice):
    """One choice of a few, `options` as (code, words); a tick repeats what the ground says.

    They stand in a row if all fit in `width` (default: beside their label), else in a column.
    """

    def __init__(self, look: Look, options: Sequence[tuple[object, str]], name: str, width: int = 0) -> None:
        super().__init__(name)
        self._look = look
        for code, words in options:
            made = button(look, words)
            made.setProperty("seg", "only")
            self._add(code, made)
        self._lay(width or look.form_width - look.px(BESIDE) - 16)
        self.show_value(None)

    def show_value(self, code: object) -> None:
        super().show_value(code)
        for made in self.buttons:
            self._tick(made)

    def set_words(self, code: object, words: str) -> None:
        """New words for an option: "Utkast 3"."""
        made = self._buttons[code]
        if made.text() != words:
            made.setText(words)
            made.setAccessibleName(words)
            made.setMinimumWidth(self._width(made) + self._spare)

    def _lay(self, room: int) -> None:
        widths = [self._width(made) for made in self.buttons]
        self._stacked = sum(widths) > room
        top, between, bottom = ("top", "between", "bottom") if self._stacked else ("first", "mid", "last")
        self._spare = 0 if self._stacked else min(16, (room - sum(widths)) // len(widths))
        for n, made in enumerate(self.buttons):
            made.setMinimumWidth(max(widths) + self._look.px(TICK) + 8 if self._stacked else widths[n] + self._spare)
            if len(widths) > 1:
                restyle(made, seg=top if n == 0 else bottom if n == len(widths) - 1 else between)
        self.setLayout(row(column(*self.buttons), ...) if self._stacked else row(*self.buttons, ..., gap=0))

    def _width(self, made: QPushButton) -> int:
        """Room for the words in semibold, which a chosen one turns, and for either its tick or its plain margins."""
        return QFontMetrics(self._look.font("strong")).horizontalAdvance(made.text()) + MARGINS

    def _tick(self, made: QPushButton) -> None:
        image = pixmap(self._look, "done", size=TICK, after=2)
        if not made.isChecked():
            image = QPixmap(image.size()) if self._stacked else QPixmap()
            image.fill(Qt.GlobalColor.transparent)
        made.setIcon(QIcon(image))
        made.setIconSize(image.size())


class SeverityScale(_Choice):
    """ICF qualifier 0 to 4: cells are filled up to the level and the word stands beside them. Digits choose."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(say("choice.severity", of=name))
        for n in range(5):
            made = button(look, str(n), name=f"{n}, {_severity_word(n)}")
            made.setProperty("level", "off")
            self._add(n, made)
        self._word = text("")
        self._word.setFixedWidth(look.px(64))
        self.setLayout(row(*self.buttons, 6, self._word, ..., gap=2))

    def show_value(self, code: object) -> None:
        super().show_value(code)
        level = code if isinstance(code, int) else 0
        for n, made in enumerate(self.buttons):
            restyle(made, level="on" if 0 < n <= level or n == code else "off")
        self._word.setText("" if code is None else _severity_word(level))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in tuple("01234"):
            made = self.buttons[int(event.text())]
            made.setFocus(Qt.FocusReason.TabFocusReason)
            if not made.isChecked():
                made.click()
        else:
            super().keyPressEvent(event)


def _severity_word(level: int) -> str:
    return say(f"severity.{level}")


class Pick(QComboBox):
    """A list to choose from, nothing chosen at first; with the own chevron, which the sheet can't draw."""

    chosen = Signal(object)  # the code, None when taken back; only when the user did it

    def __init__(self, look: Look, options: Sequence[tuple[object, str]], name: str, width: int = 0) -> None:
        super().__init__()
        self._look = look
        for code, words in options:
            self.addItem(words, code)
        self.setPlaceholderText(say("choice.none"))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if width:
            self.setFixedWidth(look.px(width))
        self.show_value(None)
        self.activated.connect(self._emit)

    @property
    def value(self) -> object:
        return self.currentData()

    def show_value(self, code: object) -> None:
        with QSignalBlocker(self):
            found = (n for n in range(self.count()) if code is not None and self.itemData(n) == code)
            self.setCurrentIndex(next(found, -1))

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

    def _emit(self, at: int) -> None:
        self.chosen.emit(self.itemData(at))
