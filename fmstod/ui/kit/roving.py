"""Several controls as one Tab stop; arrow keys move between them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)
BACKWARD = (Qt.Key.Key_Left, Qt.Key.Key_Up)
ARROWS = FORWARD + BACKWARD
CLEAR = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Roving(QObject):
    """Tab reaches the control in focus, else `home()`, else the first. Hidden and disabled ones are passed over."""

    def __init__(self, parent: QObject, home: Callable[[], QWidget | None] = lambda: None) -> None:
        super().__init__(parent)
        self._home = home
        self._controls: list[QWidget] = []

    @property
    def stop(self) -> QWidget:
        held = next((c for c in self._controls if c.hasFocus()), None)
        return held or self._home() or next(iter(self._usable()), self._controls[0])

    def add(self, control: QWidget) -> None:
        self._controls.append(control)
        control.installEventFilter(self)
        self.settle()

    def clear(self) -> None:
        """Forget all controls: they are about to be deleted."""
        for control in self._controls:
            control.removeEventFilter(self)
        self._controls = []

    def settle(self) -> None:
        """After something was chosen, shown or hidden."""
        if self._controls:
            stop = self.stop
            for control in self._controls:
                only = Qt.FocusPolicy.StrongFocus if control is stop else Qt.FocusPolicy.ClickFocus
                control.setFocusPolicy(only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent):
            self.settle()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ARROWS:
            self._move(watched, 1 if event.key() in FORWARD else -1)
            return True
        return False

    def _usable(self) -> list[QWidget]:
        return [c for c in self._controls if c.isEnabled() and not c.isHidden()]

    def _move(self, watched: QObject, by: int) -> None:
        usable = self._usable()
        at = next((n for n, control in enumerate(usable) if control is watched), -1)
        if at >= 0:
            usable[(at + by) % len(usable)].setFocus(Qt.FocusReason.TabFocusReason)
