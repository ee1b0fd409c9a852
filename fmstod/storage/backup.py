"""Backups: database and key file in one file, still encrypted, opened and checked before they count (T-22).

A zip without compression: unpacked into an empty data folder, it is the store again.
"""

import contextlib
import filecmp
import os
import shutil
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fmstod.errors import CannotWrite, StoreDamaged
from fmstod.storage.engine import connect, is_sound
from fmstod.storage.folder import DATABASE, KEY, LOCK, make_private, workplace
from fmstod.storage.key import DataKey
from fmstod.storage.tables import metadata
from fmstod.whole import open_private, put_in_place

KEPT = 7
_NAMES = "fmstod-????-??-??.zip"


def write(source: Any, key: DataKey, folder: Path, file: Path) -> None:
    """Copy the database of the raw connection `source`, and the key file that opened it, to `file`.

    Raises CannotWrite, StoreDamaged.
    """
    if file.absolute().parent == folder.absolute() and file.name.startswith((DATABASE, KEY, LOCK)):
        raise CannotWrite(path=file)
    with workplace(folder) as place:
        copy, again = place / DATABASE, place / f"{DATABASE}.read-back"
        _copy(source, copy, key.secret)
        part = file.with_name(f".{file.name}.part")
        try:
            _pack(part, copy, key.file)
            _unpack(part, again)
            if not filecmp.cmp(copy, again, shallow=False):
                raise CannotWrite(path=file)
            _check(again, key.secret, _counts(source))
            put_in_place(part, file)
        except (OSError, zipfile.BadZipFile) as error:
            raise CannotWrite(path=file) from error
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def daily_file(folder: Path, day: date) -> Path:
    return folder / f"fmstod-{day.isoformat()}.zip"


def prepare(folder: Path) -> None:
    """Raises CannotWrite."""
    try:
        make_private(folder)
    except OSError as error:
        raise CannotWrite(path=folder) from error


def prune(folder: Path) -> None:
    """Keep the latest ones. One that can't be removed is left; it harms nobody."""
    for old in sorted(folder.glob(_NAMES))[:-KEPT]:
        with contextlib.suppress(OSError):
            old.unlink()


def _copy(source: Any, file: Path, secret: bytes) -> None:
    """Through SQLite, never by reading the file: that would drop its locks (safety.md 0.4). Every page is verified."""
    with contextlib.closing(connect(file, secret, "rwc")) as target:
        target.execute("PRAGMA synchronous=OFF")  # the packed file is what is forced to disk
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, no log beside it


def _pack(file: Path, database: Path, key: bytes) -> None:
    with open(file, "wb", opener=open_private) as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as bundle:
            bundle.write(database, DATABASE)
            bundle.writestr(KEY, key)
        out.flush()
        os.fsync(out.fileno())


def _unpack(file: Path, database: Path) -> None:
    with (
        zipfile.ZipFile(file) as bundle,
        bundle.open(DATABASE) as packed,
        open(database, "wb", opener=open_private) as out,
    ):
        shutil.copyfileobj(packed, out)


def _check(database: Path, secret: bytes, expected: Mapping[str, int]) -> None:
    with contextlib.closing(connect(database, secret, "ro")) as connection:
        if not is_sound(connection) or _counts(connection) != expected:
            raise StoreDamaged(what=DATABASE)


def _counts(connection: Any) -> dict[str, int]:
    """Rows of each table."""
    # The names are our own tables', and SQL has no parameter for a name.
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for name in metadata.tables
    }
