"""Making and opening a store, in an order that leaves every byte alone until the passphrase has been proved."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from fmstod import clock
from fmstod.errors import NotAllowed, StoreDamaged, StoreTooNew, StoreUnwritable
from fmstod.storage.engine import make, open_for_writing, shut, upgrade, version_of
from fmstod.storage.filling_in import fill_in
from fmstod.storage.folder import DATABASE, UNFINISHED, clear_workplace, has_store, make_private
from fmstod.storage.key import COST, FLOOR, Cost, DataKey, keep, new_key, unwrap
from fmstod.storage.lock import FolderLock
from fmstod.storage.sql import SqlStore
from fmstod.storage.tables import SCHEMA_VERSION, metadata
from fmstod.whole import put_in_place


def create_store(
    folder: Path, passphrase: str, *, cost: Cost = COST, now: Callable[[], datetime] = clock.now
) -> SqlStore:
    """A new store, opened. Raises NotAllowed if there is one, StoreLocked, StoreUnwritable.

    The database comes first, under another name, then its key, then its name: whenever it stops, `has_store` knows
    whether there is something to open.
    """
    with contextlib.ExitStack() as undo:
        with _writable():
            make_private(folder)
        lock = FolderLock(folder)
        undo.callback(lock.release)
        if has_store(folder):
            raise NotAllowed(why="not_allowed.store_exists")
        key = new_key(passphrase, cost=cost)
        with _writable():
            (folder / UNFINISHED).unlink(missing_ok=True)
            make(folder / UNFINISHED, key.secret, metadata, SCHEMA_VERSION)
        keep(folder, key)
        store = _open(folder, key, lock, now, undo)
        undo.pop_all()
        return store


def open_store(
    folder: Path, passphrase: str, *, floor: Cost = FLOOR, now: Callable[[], datetime] = clock.now
) -> SqlStore:
    """Prove the passphrase, then open. Raises WrongPassphrase, StoreLocked, StoreDamaged, StoreTooNew, StoreUnwritable."""
    return open_unwrapped(folder, unwrap(folder, passphrase, floor=floor), now=now)


def open_unwrapped(folder: Path, key: DataKey, *, now: Callable[[], datetime] = clock.now) -> SqlStore:
    """Open with a key that `unwrap` has given."""
    with contextlib.ExitStack() as undo:
        lock = FolderLock(folder)
        undo.callback(lock.release)
        store = _open(folder, key, lock, now, undo)
        undo.pop_all()
        return store


def _open(
    folder: Path, key: DataKey, lock: FolderLock, now: Callable[[], datetime], undo: contextlib.ExitStack
) -> SqlStore:
    database, unfinished = folder / DATABASE, folder / UNFINISHED
    with _writable():
        if unfinished.exists() and not database.exists():
            put_in_place(unfinished, database)
        if not database.exists():
            raise StoreDamaged(what=DATABASE)
        database.chmod(0o600)  # first, for SQLite gives the files beside it the same rights
    version = version_of(database, key.secret)
    if version > SCHEMA_VERSION:
        raise StoreTooNew
    keep(folder, key)
    clear_workplace(folder)
    if version < SCHEMA_VERSION:
        upgrade(database, key.secret, metadata, SCHEMA_VERSION, fill_in)
    db = open_for_writing(database, key.secret)
    undo.callback(shut, db)
    return SqlStore(db, lock, folder, key, now)


@contextlib.contextmanager
def _writable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreUnwritable from error
