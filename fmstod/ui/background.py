"""Long work beside the window: unlocking, whose key derivation takes about half a second.

While it lasts Python collects no garbage. The collector runs in whatever thread allocates, and widgets that wait to be
collected would be destroyed there, while Qt uses them in the main thread: a crash (three times of three when tried).
"""

import gc
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from fmstod.errors import FmstodError

T = TypeVar("T")


class _Task(QRunnable):
    def __init__(self, work: Callable[[], object], settled: Callable[[str, object], None]) -> None:
        super().__init__()
        self.setAutoDelete(False)  # else the thread would
        self._work, self._settled = work, settled

    def run(self) -> None:
        work = self._work
        del self._work  # it may hold a passphrase
        try:
            found = work()
        except FmstodError as error:
            self._settled("failed", error)
        except BaseException as bug:  # noqa: BLE001 - raised again on the main thread, where the top hook is
            self._settled("broken", bug)
        else:
            self._settled("done", found)


class _Post(QObject):
    """Lives in the main thread, brings the result over to it, and is let go there."""

    settled = Signal(str, object)
    waiting: ClassVar[set["_Post"]] = set()
    latest: ClassVar[list["_Post"]] = []  # the thread may still be leaving its task

    def __init__(self, work: Callable[[], object], then: dict[str, Callable[[Any], None]]) -> None:
        super().__init__()
        self._then = then
        self.settled.connect(self._deliver)
        self.waiting.add(self)
        self.task = _Task(work, self.settled.emit)

    @Slot(str, object)
    def _deliver(self, how: str, value: object) -> None:
        then = self._then[how]
        self._then = {}
        self.latest[:] = [self]
        self.waiting.discard(self)
        if not self.waiting:
            gc.enable()
        then(value)


def run(work: Callable[[], T], done: Callable[[T], None], failed: Callable[[FmstodError], None]) -> None:
    """Call `work` in a thread, then `done` with its result or `failed` with its FmstodError, both in the main thread.

    `work` touches no widget. A bug in it is raised in the main thread.
    """
    gc.disable()
    post = _Post(work, {"done": done, "failed": failed, "broken": _raise})
    QThreadPool.globalInstance().start(post.task)


def _raise(bug: BaseException) -> None:
    raise bug
