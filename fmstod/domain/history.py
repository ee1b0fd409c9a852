"""Undo and redo as a stack of frozen records."""

from typing import Generic, TypeVar

T = TypeVar("T")


class History(Generic[T]):
    """The present record, those before it and those undone. Steps with one label in a row join to one undo."""

    LIMIT = 500

    def __init__(self, present: T) -> None:
        self.present = present
        self._past: list[T] = []
        self._future: list[T] = []
        self._label: str | None = None

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def put(self, record: T, label: str) -> None:
        """Make `record` the present. The same label as last time continues that step, for typing in one field."""
        if record == self.present:
            return
        if label != self._label or not self._past:
            self._past.append(self.present)
            del self._past[: -self.LIMIT]
        self._label = label
        self._future.clear()
        self.present = record

    def settle(self) -> None:
        """End the current step, so that the next change is an undo of its own."""
        self._label = None

    def undo(self) -> T:
        if self._past:
            self._future.append(self.present)
            self.present = self._past.pop()
        self._label = None
        return self.present

    def redo(self) -> T:
        if self._future:
            self._past.append(self.present)
            self.present = self._future.pop()
        self._label = None
        return self.present
