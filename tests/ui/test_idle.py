"""Nobody at the desk: a warning, then the lock; a key in between keeps it open (A-11)."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from fmstod.ui import idle
from fmstod.ui.idle import IdleWatch


def test_the_lock_comes_at_the_limit(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.show()
    watch = IdleWatch(0.1, holder)
    with qtbot.waitSignal(watch.expired, timeout=3000):
        watch.start()


def test_a_key_after_the_warning_keeps_the_desk_open(qtbot, monkeypatch):
    monkeypatch.setattr(idle, "WARN_SECONDS", 1)
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.show()
    watch = IdleWatch(2, holder)
    with qtbot.waitSignal(watch.warned, timeout=3000):
        watch.start()
    with qtbot.waitSignal(watch.resumed, timeout=500), qtbot.assertNotEmitted(watch.expired, wait=1500):
        QApplication.sendEvent(
            holder.windowHandle(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        )


def test_a_stopped_watch_never_locks(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.show()
    watch = IdleWatch(0.1, holder)
    watch.start()
    watch.stop()
    with qtbot.assertNotEmitted(watch.expired, wait=300):
        pass
