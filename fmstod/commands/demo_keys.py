"""The hands of the example: key events to the window, as from a keyboard, and finding the way by what is said aloud."""

import re
import time
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QEvent, QIODevice, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from fmstod.ui.fields.field import Field

MOST_STOPS = 250  # Tab stops of the fullest step, the frame around it included, with room to spare
PATIENCE = 30.0  # seconds
BY_LETTER, WORD = 20, re.compile(r"\n|[^\n ]* |[^\n ]+")
SETTLED = 10  # equal pictures in a row, some hundredths of a second apart


class LostError(Exception):
    """The keyboard doesn't reach what the user looks for: a fault of the window."""


class Keyboard:
    """Presses and types; whatever has the focus gets it. Nothing is clicked, called or set in any other way."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        window.show()
        window.activateWindow()
        self.wait(lambda: QApplication.focusWidget() is not None, "focus in the window")

    @property
    def held(self) -> QWidget:
        """What has the focus."""
        widget = QApplication.focusWidget()
        if widget is None:
            raise LostError("nothing has the focus")
        return widget

    def press(self, *keys: str) -> None:
        """`Tab`, `Space`, `Ctrl+3`: each pressed and released."""
        for named in keys:
            QTest.keySequence(self._window.windowHandle(), QKeySequence(named))

    def write(self, words: str) -> None:
        """Type, character by character; what is long goes on word by word, as dictation gives it.

        QTest.keyClicks ends the interpreter at ä and ö.
        """
        for typed in [*words[:BY_LETTER], *WORD.findall(words[BY_LETTER:])]:
            if typed == "\n":
                self.press("Return")
                continue
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, typed)
                QApplication.sendEvent(self._window.windowHandle(), key)

    def rewrite(self, words: str) -> None:
        """Type over whatever stands in the box."""
        self.press("Ctrl+A")
        self.write(words)

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until the control called `name` has the focus; arrows look along a row of choices."""
        return self._seek(name, lambda held: spoken(held) == name)

    def tab_into(self, asked: str) -> QWidget:
        """Press Tab until the focus is in the choice that asks `asked`."""
        return self._seek(asked, lambda held: isinstance(held, QAbstractButton) and asked in _around(held))

    def choose(self, asked: str, option: str) -> None:
        """Find the choice that asks `asked`, walk to `option` with the arrows, and press Space."""
        self.tab_into(asked)
        if not self._along(lambda held: spoken(held) == option):
            raise LostError(f"{asked!r} has no {option!r}")
        self.press("Space")

    def pick(self, name: str, option: str) -> None:
        """Find the list called `name` and type the first character of `option` until it stands there."""
        held = self.tab_to(name)
        if isinstance(held, QComboBox):
            for _ in range(held.count()):
                self.write(option[0])
                if held.currentText() == option:
                    return
        raise LostError(f"{name!r} has no {option!r}")

    def fill(self, name: str, words: str) -> None:
        """Find the box called `name` and type over what stands there."""
        self.tab_to(name)
        self.rewrite(words)

    def wait(self, until: Callable[[], bool], what: str) -> None:
        """Let the window work until something has happened."""
        end = time.monotonic() + PATIENCE
        while not until():
            if time.monotonic() > end:
                raise LostError(f"no {what} after {PATIENCE:.0f} s")
            QTest.qWait(5)

    def picture(self) -> bytes:
        """The window as PNG, once all that the keys set going is drawn: several times the same."""
        taken, same, end = self._window.grab().toImage(), 0, time.monotonic() + PATIENCE
        while same < SETTLED:
            if time.monotonic() > end:
                raise LostError("the window never comes to rest")
            QTest.qWait(20)
            again = self._window.grab().toImage()
            taken, same = again, same + 1 if again == taken else 0
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._window.grab().save(buffer, "PNG")
        return bytes(buffer.data().data())

    def _seek(self, name: str, found: Callable[[QWidget], bool]) -> QWidget:
        passed = []
        for _ in range(MOST_STOPS):
            if found(self.held) or self._along(found):
                return self.held
            passed.append(spoken(self.held))
            self.press("Tab")
        raise LostError(f"no {name!r} in {MOST_STOPS} stops, but {', '.join(dict.fromkeys(passed))}")

    def _along(self, found: Callable[[QWidget], bool]) -> bool:
        """Whether the row of choices that has the focus holds it; the focus is there then, else where it was."""
        first = self.held
        if not _in_row(first):
            return False
        for _ in range(MOST_STOPS):
            if found(self.held):
                return True
            self.press("Right")
            if self.held is first:
                return False
        raise LostError(f"the arrows don't come back to {spoken(first)!r}")


def spoken(widget: QWidget) -> str:
    """What a screen reader calls it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def _in_row(widget: QWidget) -> bool:
    """Whether Tab passes over others beside it, which the arrows reach."""
    parent = widget.parentWidget()
    if parent is None or not isinstance(widget, QAbstractButton) or not widget.isCheckable():
        return False
    beside = parent.findChildren(QAbstractButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return any(other.focusPolicy() == Qt.FocusPolicy.ClickFocus for other in beside)


def _around(widget: QWidget) -> set[str]:
    """The names of what it lies in: the choice, the field."""
    names = set()
    parent = widget.parentWidget()
    while parent is not None:
        names |= {parent.accessibleName(), parent.label if isinstance(parent, Field) else ""}
        parent = parent.parentWidget()
    return names
