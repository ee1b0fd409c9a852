"""The files of the data folder: names, rights (0700 and 0600), and writing that is whole or not at all."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

DATABASE, UNFINISHED = "fmstod.db", "fmstod.db.new"
KEY, KEY_COPY = "fmstod.key", "fmstod.key.2"
LOCK = "fmstod.lock"
WORKPLACE = "work"


def has_store(folder: Path) -> bool:
    """Whether there is a store or what is left of one: then its passphrase is asked for, and none is made over it."""
    return any((folder / name).exists() for name in (DATABASE, KEY, KEY_COPY))


def make_private(folder: Path) -> None:
    """The folder, there and for the user alone. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def write_whole(file: Path, content: bytes) -> None:
    """Write beside, force to disk, rename: after a crash the file is the old or the new one. Raises OSError."""
    beside = file.with_name(f".{file.name}.part")
    try:
        with open(beside, "wb", opener=open_private) as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        put_in_place(beside, file)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def put_in_place(written: Path, file: Path) -> None:
    """Rename a file that is on disk already to its name in the same folder, and see the rename to disk too."""
    written.replace(file)
    if sys.platform != "win32":  # Windows can't open a folder, and keeps its order without
        descriptor = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """A private folder for passing files, empty at first and gone afterwards, also what a crash left there (T-25)."""
    place = folder / WORKPLACE
    clear_workplace(folder)
    make_private(place)
    try:
        yield place
    finally:
        clear_workplace(folder)


def clear_workplace(folder: Path) -> None:
    shutil.rmtree(folder / WORKPLACE, ignore_errors=True)


def open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
