"""What bench.py measures with a window: the program's own start, and empty windows to compare with.

Each function is a process of its own and gives a JSON object. The program runs as users start it; only Qt's event loop is
replaced by one that measures.
"""

import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PASSPHRASE = "bänk och åter bänk"  # noqa: S105 - of bench_core.make_store
PATIENCE, SETTLED = 60, 10  # seconds


def empty() -> dict[str, object]:
    """An empty main window, painted."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    _painted(app)
    return {"seconds": _since_start()}


def unlock() -> dict[str, object]:
    """The unlock window, painted."""
    return _started(lambda _: {"seconds": _since_start()})


def enter() -> dict[str, object]:
    """From Enter on the passphrase to the painted workspace, without the time that the key derivation takes."""
    return _started(lambda app: {"milliseconds": _enter(app)})


def memory() -> dict[str, object]:
    """The share of memory some seconds after unlock, and which modules of others are loaded then."""

    def measured(app: Any) -> dict[str, object]:
        _enter(app)
        others = [name for name in list(sys.modules) if name.split(".")[0] not in {"fmstod", "__main__"}]
        return {"pss": _pss_after_a_while(app), "modules": others}

    return _started(measured)


def libraries(names: str) -> dict[str, object]:
    """An empty window that has imported the same modules of others.

    Qt's come last: PySide6 reads and keeps the source of what is imported after it, which would make our own figure
    look better than it is.
    """
    for name in sorted(json.loads(names), key=lambda name: name.startswith(("PySide6", "shiboken"))):
        try:
            importlib.import_module(name)
        except ImportError:  # some names are only aliases inside their package
            continue
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    _painted(app)
    return {"pss": _pss_after_a_while(app)}


def _started(measure: Callable[[Any], dict[str, object]]) -> dict[str, object]:
    """Start the program as `fmstod` does, and measure once its first window is painted."""
    from fmstod import cli, ui  # noqa: F401 - the start that users wait for goes through both
    from fmstod.commands import gui

    from PySide6.QtWidgets import QApplication  # isort: skip - fmstod.ui comes before Qt

    found: dict[str, object] = {}

    def loop(*_: object) -> int:
        app = QApplication.instance()
        _painted(app)
        found.update(measure(app))
        return 0

    QApplication.exec = staticmethod(loop)  # type: ignore[method-assign]
    code = gui.open_window([])
    if code:
        raise SystemExit(f"the program ended with {code}")
    return found


def _enter(app: Any) -> float:
    from PySide6.QtCore import QEvent, Qt, QThreadPool
    from PySide6.QtGui import QKeyEvent

    from fmstod.storage import key

    def read_ahead() -> bool:
        """Whether what is imported while the user types is there."""
        return QThreadPool.globalInstance().activeThreadCount() == 0 and "fmstod.ui.workspace" in sys.modules

    _until(app, read_ahead)
    derivations = []
    derive = key._derive  # noqa: SLF001 - its time is set aside

    def timed(*arguments: Any, **named: Any) -> bytes:
        begun = time.perf_counter()
        try:
            return derive(*arguments, **named)
        finally:
            derivations.append(time.perf_counter() - begun)

    key._derive = timed  # noqa: SLF001
    (line,) = _passphrase_lines(app)
    line.setText(PASSPHRASE)
    begun = time.perf_counter()
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        app.sendEvent(line, QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r"))
    _until(app, lambda: not _passphrase_lines(app))
    _painted(app)
    return (time.perf_counter() - begun - sum(derivations)) * 1000


def _passphrase_lines(app: Any) -> Sequence[Any]:
    from PySide6.QtWidgets import QLineEdit

    lines = [line for window in app.topLevelWidgets() for line in window.findChildren(QLineEdit) if line.isVisible()]
    return [line for line in lines if line.echoMode() == QLineEdit.EchoMode.Password]


def _painted(app: Any) -> None:
    """Wait until a window shows, and let it paint."""

    def exposed() -> bool:
        return any(window.isExposed() for window in app.topLevelWindows())

    _until(app, exposed)
    app.processEvents()
    app.processEvents()


def _until(app: Any, holds: Callable[[], bool]) -> None:
    """Run the event loop until it holds; asleep in between, so that threads get their turn."""
    from PySide6.QtCore import QEventLoop, QTimer

    app.processEvents()
    alarm = QTimer()
    alarm.start(1)
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise SystemExit("waited in vain for the window")
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _pss_after_a_while(app: Any) -> int:
    end = time.monotonic() + SETTLED
    _until(app, lambda: time.monotonic() > end)
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise SystemExit("the system doesn't tell PSS")


def _since_start() -> float:
    """Seconds since bench.py began to start this process."""
    return time.monotonic() - float(os.environ["FMSTOD_BENCH_BEGAN"])


PROGRAMS: dict[str, Callable[..., dict[str, object]]] = {
    each.__name__: each for each in (empty, unlock, enter, memory, libraries)
}

if __name__ == "__main__":
    measured = PROGRAMS[sys.argv[1]](*sys.argv[2:])
    print(json.dumps(measured), flush=True)
    os._exit(0)  # what Qt takes down at the end is no part of any row
