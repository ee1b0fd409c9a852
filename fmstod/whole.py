"""Files that are there whole or not at all, for the user alone (0600)."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from fmstod.errors import CannotWrite


def write_whole(file: Path, content: bytes) -> None:
    """After a crash the file is the old or the new one. Raises OSError."""
    with _beside(file, content) as beside:
        put_in_place(beside, file)


@contextlib.contextmanager
def leaving(file: Path, content: bytes) -> Iterator[None]:
    """On disk, but under another name until the body is done; if the body fails, nothing stays. Raises CannotWrite."""
    made = contextlib.ExitStack()
    try:
        beside = made.enter_context(_beside(file, content))
    except OSError as error:
        raise CannotWrite(path=file) from error
    with made:
        yield
        try:
            put_in_place(beside, file)
        except OSError as error:
            raise CannotWrite(path=file) from error


def put_in_place(written: Path, file: Path) -> None:
    """Rename a file that is on disk already to its name in the same folder, and see the rename to disk too."""
    written.replace(file)
    if sys.platform != "win32":  # Windows can't open a folder, and keeps its order without
        descriptor = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextlib.contextmanager
def _beside(file: Path, content: bytes) -> Iterator[Path]:
    """The content forced to disk beside the file; gone afterwards unless it was renamed."""
    beside = file.with_name(f".{file.name}.part")
    try:
        with open(beside, "wb", opener=open_private) as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        yield beside
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
