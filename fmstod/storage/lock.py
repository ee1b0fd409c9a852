"""A lock on a folder, so that one program at a time writes there."""

import os
import sys
from pathlib import Path

from fmstod.errors import StoreLocked, StoreUnwritable
from fmstod.storage.folder import LOCK


class FolderLock:
    """One program at a time in a data folder, by a lock on a file of its own; the system frees it when we die."""

    def __init__(self, folder: Path) -> None:
        """Raises StoreLocked, StoreUnwritable."""
        try:
            self._descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreUnwritable from error
        try:
            _lock(self._descriptor)
        except OSError as error:
            os.close(self._descriptor)
            taken = isinstance(error, (BlockingIOError, PermissionError))  # the second is what Windows says
            raise (StoreLocked if taken else StoreUnwritable) from error

    def release(self) -> None:
        os.close(self._descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
