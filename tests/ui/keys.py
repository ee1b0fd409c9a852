"""A user's hands: keys only. QTest can't type å, ä and ö."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

CTRL = Qt.KeyboardModifier.ControlModifier


def held() -> QWidget:
    """What has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def press(*keys, modifiers=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        QTest.keyClick(held(), key, modifiers)
        QApplication.processEvents()  # what a key brings forth is there before the next


def type_text(words, widget=None):
    """Type into the widget, or into whatever has the focus."""
    for letter in words:
        code = ord(letter.upper())
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, code if code < 256 else 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget or held(), key)


def replace_text(words):
    press(Qt.Key.Key_A, modifiers=CTRL)
    press(Qt.Key.Key_Delete)
    type_text(words)


def tab_to(name, most=100, key=Qt.Key.Key_Tab):
    """Tab until the control with this name has the focus."""
    for _ in range(most):
        if held().accessibleName() == name:
            return held()
        QTest.keyClick(held(), key)
    raise AssertionError(f"Tab doesn't reach {name}")


def stops(most=300):
    """What Tab reaches, from what has the focus until it comes round."""
    found = [held()]
    for _ in range(most):
        QTest.keyClick(held(), Qt.Key.Key_Tab)
        if held() is found[0]:
            return found
        found.append(held())
    raise AssertionError("Tab never comes back")
