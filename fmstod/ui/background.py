"""Long work beside the window: unlocking, whose key derivation takes about half a second."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

from fmstod.errors import FmstodError

T = TypeVar("T")


class _Task(QRunnable):
    def __init__(self, work: Callable[[], object], settled: Callable[[str, object], None]) -> None:
        super().__init__()
        self._work, self._settled = work, settled

    def run(self) -> None:
        try:
            found = self._work()
        except FmstodError as error:
            self._settled("failed", error)
        except BaseException as bug:  # noqa: BLE001 - raised again on the main thread, where the top hook is
            self._settled("broken", bug)
        else:
            self._settled("done", found)


class _Post(QObject):
    """Lives in the main thread and brings the result over to it."""

    settled = Signal(str, object)
    waiting: ClassVar[set["_Post"]] = set()

    def __init__(self, then: dict[str, Callable[[Any], None]]) -> None:
        super().__init__()
        self._then = then
        self.settled.connect(self._deliver)
        self.waiting.add(self)

    @Slot(str, object)
    def _deliver(self, how: str, value: object) -> None:
        self.waiting.discard(self)
        self._then[how](value)


def run(work: Callable[[], T], done: Callable[[T], None], failed: Callable[[FmstodError], None]) -> None:
    """Call `work` in a thread, then `done` with its result or `failed` with its FmstodError, both in the main thread.

    `work` touches no widget. A bug in it is raised in the main thread.
    """
    post = _Post({"done": done, "failed": failed, "broken": _raise})
    QThreadPool.globalInstance().start(_Task(work, post.settled.emit))


def _raise(bug: BaseException) -> None:
    raise bug
