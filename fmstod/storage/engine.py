"""The encrypted database: the only module that knows SQLCipher, its settings and its error codes."""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa
from sqlcipher3 import dbapi2

from fmstod.errors import FmstodError, StoreDamaged, StoreLocked, StoreUnwritable
from fmstod.storage.folder import DATABASE

# Only WAL with FULL kept every acknowledged write in simulated power cuts (safety.md 0.2).
SETTINGS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",  # else INSERT OR REPLACE slips past the triggers that forbid DELETE
    "trusted_schema=OFF",
    "secure_delete=ON",
    "cipher_memory_security=ON",
    "temp_store=MEMORY",
    "busy_timeout=5000",
)
# What the program itself does once the tables are there. All else is refused: ATTACH would write plaintext in two
# statements, load_extension run foreign code (T-16).
_ALLOWED = frozenset(
    {
        dbapi2.SQLITE_SELECT,
        dbapi2.SQLITE_READ,
        dbapi2.SQLITE_INSERT,
        dbapi2.SQLITE_UPDATE,
        dbapi2.SQLITE_DELETE,
        dbapi2.SQLITE_TRANSACTION,
    }
)
_FUNCTIONS = frozenset({"instr", "max", "count", "coalesce", "json_extract"})
_PRAGMAS = frozenset({"wal_checkpoint"})
# SQLite's result codes by their low byte; the rest are mistakes of ours and pass as they are.
_MEANINGS: Mapping[int, type[FmstodError]] = {
    dbapi2.SQLITE_PERM: StoreUnwritable,
    dbapi2.SQLITE_BUSY: StoreLocked,
    dbapi2.SQLITE_LOCKED: StoreLocked,
    dbapi2.SQLITE_READONLY: StoreUnwritable,
    dbapi2.SQLITE_IOERR: StoreUnwritable,
    dbapi2.SQLITE_FULL: StoreUnwritable,
    dbapi2.SQLITE_CANTOPEN: StoreUnwritable,
    dbapi2.SQLITE_CORRUPT: StoreDamaged,
    dbapi2.SQLITE_NOTADB: StoreDamaged,
}


def connect(file: Path, secret: bytes, mode: Literal["ro", "rw", "rwc"] = "rw") -> Any:
    """A raw connection with the key given first, as SQLCipher wants it; transactions begin only when told."""
    # The unlock runs in a thread of its own and hands the connection over; the store lets in one caller at a time.
    place = f"{file.absolute().as_uri()}?mode={mode}"
    connection = dbapi2.connect(place, uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA cipher_log_level=NONE")  # it writes to stderr otherwise
    connection.execute(f"PRAGMA key=\"x'{secret.hex()}'\"")
    return connection


def connect_plain(file: Path, *, making: bool = False) -> Any:
    """A raw connection without a key, for what holds nothing of a patient. What is made never changes after that.

    A file being made is worth nothing before it is whole and has its name, so nothing guards its half.
    """
    place = f"{file.absolute().as_uri()}?{'mode=rwc' if making else 'mode=ro&immutable=1'}"
    connection = dbapi2.connect(place, uri=True, isolation_level=None, check_same_thread=False)
    for setting in ("journal_mode=OFF", "synchronous=OFF") if making else ("query_only=ON", "trusted_schema=OFF"):
        connection.execute(f"PRAGMA {setting}")
    return connection


def make(file: Path, secret: bytes, build: sa.MetaData, version: int) -> None:
    """A new database with the tables of `build`, whole on disk and in one file when this returns."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # SQLite's own would be readable by all
    upgrade(file, secret, build, version)


def upgrade(
    file: Path,
    secret: bytes,
    build: sa.MetaData,
    version: int,
    fill: Callable[[sa.Connection], None] = lambda _db: None,
) -> None:
    """Add what of `build` isn't there, in one transaction: a new store has no table, an older one some, with fewer columns.

    `fill` gives the new ones of an older store what follows from the others.
    """
    with told():
        engine = _engine(lambda: connect(file, secret))
        with engine.begin() as db:
            build.create_all(db)
            for table in build.sorted_tables:
                there = {row.name for row in db.exec_driver_sql(f'PRAGMA table_info("{table.name}")')}
                for column in (column for column in table.columns if column.name not in there):
                    kind = column.type.compile(db.dialect)
                    db.exec_driver_sql(f'ALTER TABLE "{table.name}" ADD COLUMN "{column.name}" {kind}')
                for index in table.indexes:
                    index.create(db, checkfirst=True)
            fill(db)
            db.exec_driver_sql(f"PRAGMA user_version={version}")
        engine.dispose()


def version_of(file: Path, secret: bytes) -> int:
    """The schema version, read without the right to write: opening for writing already moves the log (T-21)."""
    with told(), contextlib.closing(connect(file, secret, "ro")) as connection:
        found: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return found


def open_for_writing(file: Path, secret: bytes) -> sa.Connection:
    """The one connection of an opened store, with all settings on and the door for other statements shut."""

    def prepared() -> Any:
        connection = connect(file, secret)
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        return connection

    with told():
        db = _engine(prepared).connect()
        raw(db).set_authorizer(_may)
        return db


def raw(db: sa.Connection) -> Any:
    """SQLCipher's own connection, for what isn't done in a transaction."""
    return db.connection.dbapi_connection


def shut(db: sa.Connection) -> None:
    """Close it for good: nothing of it, nor of its key, can be used again."""
    db.close()
    db.engine.dispose()


def is_sound(connection: Any) -> bool:
    """Whether every page and every structure is whole. Needs a checkpoint first, or it cries wolf (safety.md 0.3)."""
    return not connection.execute("PRAGMA cipher_integrity_check").fetchall() and connection.execute(
        "PRAGMA integrity_check"
    ).fetchall() == [("ok",)]


@contextlib.contextmanager
def told(what: str = DATABASE) -> Iterator[None]:
    """Say in our own errors what the world did to the database in the file `what`."""
    try:
        yield
    except (sa.exc.DBAPIError, dbapi2.Error) as error:
        meaning = _meaning(error.orig if isinstance(error, sa.exc.DBAPIError) else error)
        if meaning is None:
            raise
        # The statement and its values stay out of the chain: they are about a patient (T-26).
        raise (meaning(what=what) if meaning is StoreDamaged else meaning()) from None


def _meaning(error: BaseException | None) -> type[FmstodError] | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return _MEANINGS.get(code & 0xFF)
    # The backup function tells no code, but sorts its errors.
    if isinstance(error, dbapi2.OperationalError):
        return StoreUnwritable
    return StoreDamaged if type(error) is dbapi2.DatabaseError else None


def _engine(creator: Any) -> sa.Engine:
    # hide_parameters: an error that gets out must not carry what was to be written (T-26).
    engine = sa.create_engine(
        "sqlite://", module=dbapi2, creator=creator, poolclass=sa.StaticPool, hide_parameters=True
    )
    # Checks and the writes they allow are one transaction, so it takes the write lock at once (T-06).
    sa.event.listen(engine, "begin", lambda db: db.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _may(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if (
        action in _ALLOWED
        or (action == dbapi2.SQLITE_FUNCTION and second in _FUNCTIONS)
        or (action == dbapi2.SQLITE_PRAGMA and first in _PRAGMAS)
    ):
        return int(dbapi2.SQLITE_OK)
    return int(dbapi2.SQLITE_DENY)
