"""Notices that nobody is at the desk: warns, then asks for the lock (T-04, A-11)."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

WARN_SECONDS = 20
ACTS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
}


class IdleWatch(QObject):
    """`warned` twenty seconds before the limit, `resumed` if someone then acts, `expired` at the limit.

    It listens to the window's own handle, where keys and the mouse arrive first: listening to every event of every
    widget costs a tenth of a second each time a case is opened.
    """

    warned = Signal()
    resumed = Signal()
    expired = Signal()

    def __init__(self, seconds: float, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._warning, self._limit = QTimer(self), QTimer(self)
        for timer, length, signal in (
            (self._warning, max(seconds - WARN_SECONDS, 0), self._warn),
            (self._limit, seconds, self._expire),
        ):
            timer.setSingleShot(True)
            timer.setInterval(round(length * 1000))
            timer.timeout.connect(signal)
        self._said = False

    def start(self) -> None:
        """Count from now; the window is on screen."""
        self._window.windowHandle().installEventFilter(self)  # a second time changes nothing
        self._warning.start()
        self._limit.start()

    def stop(self) -> None:
        self._warning.stop()
        self._limit.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._limit.isActive() and event.type() in ACTS:
            self._warning.start()
            self._limit.start()
            if self._said:
                self._said = False
                self.resumed.emit()
        return False

    def _warn(self) -> None:
        self._said = True
        self.warned.emit()

    def _expire(self) -> None:
        self._said = False
        self.stop()
        self.expired.emit()
