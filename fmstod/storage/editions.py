"""The clinic's own editions of FMB: a folder for each in the data folder, and a small file that names the one in use.

An edition never changes once it is there; its name holds a hash of all its files. Going back is naming another.
"""

import contextlib
import hashlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from fmstod.errors import BadDataFile, CannotWrite, EditionBusy, StoreLocked, StoreUnwritable
from fmstod.storage.folder import make_private
from fmstod.storage.lock import FolderLock
from fmstod.whole import open_private, put_in_place, write_whole

FOLDER, IN_USE = "fmb", "in_use"
TEXTS = "texts.json"
SHIPPED = "shipped"  # in the list of what was used: the program's own
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}")
_LARGEST = 50_000_000  # bytes of an edition; a whole one has less than one million


def name_of(files: Mapping[str, bytes], retrieved: date) -> str:
    """The name of the edition with these files, by path: the day it was fetched and a hash."""
    return f"{retrieved.isoformat()}-{_hash(files)}"


def used(home: Path) -> Sequence[str]:
    """The names of what was put in use, the present one first; none before the first. Raises BadDataFile."""
    file = home / FOLDER / IN_USE
    try:
        names = file.read_text(encoding="ascii").split()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError):
        names = []
    if not names or not all(name == SHIPPED or _NAME.fullmatch(name) for name in names):
        raise BadDataFile(file=f"{FOLDER}/{IN_USE}", place="", reason="")
    return tuple(names)


def there(home: Path) -> Sequence[str]:
    """The names of all editions, by their day."""
    folder = home / FOLDER
    return sorted(p.name for p in folder.iterdir() if _NAME.fullmatch(p.name)) if folder.is_dir() else []


def read(home: Path, name: str) -> Mapping[str, bytes]:
    """The files of an edition by path, as they were written. Raises BadDataFile when one of them is not."""
    folder = home / FOLDER / name
    try:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        if sum(path.stat().st_size for path in paths) > _LARGEST:
            raise OSError
        files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
    except OSError:
        files = {}
    if not name.endswith(_hash(files)):
        raise BadDataFile(file=f"{FOLDER}/{name}", place="", reason="")
    return files


def keep(home: Path, name: str, files: Mapping[str, bytes]) -> None:
    """Write an edition, whole or not at all; one that is there already stays. Only while `alone`. Raises CannotWrite."""
    folder = home / FOLDER
    with contextlib.suppress(BadDataFile):
        read(home, name)
        return
    beside = folder / f".new-{os.getpid()}"
    try:
        make_private(home)
        make_private(folder)
        for left in folder.glob(".new-*"):  # what a crash left
            shutil.rmtree(left, ignore_errors=True)
        for path, content in files.items():
            _write(beside / path, content)
        shutil.rmtree(folder / name, ignore_errors=True)  # a damaged one
        put_in_place(beside, folder / name)
    except OSError as error:
        raise CannotWrite(path=folder) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def use(home: Path, name: str) -> None:
    """Put an edition, or the program's own, in use; it stands before those that were. Raises CannotWrite."""
    try:
        before = used(home)
    except BadDataFile:
        before = ()  # what it held can't be told any more
    if before[:1] != (name,):
        former = before or ((SHIPPED,) if name != SHIPPED else ())
        _point(home, (name, *former))


def go_back(home: Path) -> str:
    """Put in use what was before, and name it; empty when nothing was. Raises CannotWrite, BadDataFile."""
    names = used(home)
    if len(names) < 2:
        return ""
    _point(home, names[1:])
    return names[1]


@contextlib.contextmanager
def alone(home: Path) -> Iterator[None]:
    """Nobody else changes the editions meanwhile. Raises EditionBusy, CannotWrite."""
    try:
        make_private(home)
        make_private(home / FOLDER)
        lock = FolderLock(home / FOLDER)
    except StoreLocked:
        raise EditionBusy from None
    except (OSError, StoreUnwritable) as error:
        raise CannotWrite(path=home / FOLDER) from error
    try:
        yield
    finally:
        lock.release()


def _point(home: Path, names: Sequence[str]) -> None:
    try:
        make_private(home / FOLDER)
        write_whole(home / FOLDER / IN_USE, "".join(f"{name}\n" for name in names).encode())
    except OSError as error:
        raise CannotWrite(path=home / FOLDER / IN_USE) from error


def _hash(files: Mapping[str, bytes]) -> str:
    sums = (f"{path}\0{hashlib.sha256(files[path]).hexdigest()}\n" for path in sorted(files))
    return hashlib.sha256("".join(sums).encode()).hexdigest()[:12]


def _write(file: Path, content: bytes) -> None:
    """On disk when this returns, so that the folder's own name can follow."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(file, "wb", opener=open_private) as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
