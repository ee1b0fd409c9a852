"""The files of the data folder: their names, and who may read it (0700)."""

import contextlib
import shutil
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
