"""Notices that nobody is at the desk: warns, then asks for the lock (T-04, A-11)."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

WARN_SECONDS = 20
ACTS = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
}


class IdleWatch(QObject):
    """`warned` twenty seconds before the limit, `resumed` if someone then acts, `expired` at the limit."""

    warned = Signal()
    resumed = Signal()
    expired = Signal()

    def __init__(self, seconds: int, parent: QObject) -> None:
        super().__init__(parent)
        self._warning, self._limit = QTimer(self), QTimer(self)
        for timer, length, signal in (
            (self._warning, max(seconds - WARN_SECONDS, 0), self._warn),
            (self._limit, seconds, self._expire),
        ):
            timer.setSingleShot(True)
            timer.setInterval(length * 1000)
            timer.timeout.connect(signal)
        self._said = False
        QApplication.instance().installEventFilter(self)

    def start(self) -> None:
        """Count from now."""
        self._warning.start()
        self._limit.start()

    def stop(self) -> None:
        self._warning.stop()
        self._limit.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._limit.isActive() and event.type() in ACTS:
            self.start()
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
