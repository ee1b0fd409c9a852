"""Opening a store, and what lies on the disk: only the right passphrase, one program, only what is meant to be done."""

import hashlib
import subprocess
import threading

import pytest

from fmstod.errors import NotAllowed, StoreDamaged, StoreLocked, StoreTooNew, StoreUnwritable, WrongPassphrase
from fmstod.storage import engine, opening
from fmstod.storage import folder as folders
from fmstod.storage.engine import SETTINGS, connect
from fmstod.storage.folder import DATABASE, KEY, KEY_COPY, UNFINISHED, has_store
from fmstod.storage.lock import FolderLock
from fmstod.storage.tables import SCHEMA_VERSION
from tests.storage.sample import (
    CERTIFICATE,
    DV077,
    NAME,
    NUMBER,
    PASSPHRASE,
    PLAN,
    TESS,
    child,
    keep_new_key,
    new_store,
    reopened,
    saved,
    secret_of,
    told_by,
)


def hashes(folder):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.rglob("*") if file.is_file()}


# The passphrase


def test_a_wrong_passphrase_leaves_every_byte_also_of_a_hot_log(folder):
    new_store(folder).close()
    told_by("drop", folder)
    before = hashes(folder)
    assert (folder / f"{DATABASE}-wal").stat().st_size > 0
    for wrong in ("", "fel", PASSPHRASE + "\0", PASSPHRASE.upper()):
        with pytest.raises(WrongPassphrase):
            reopened(folder, wrong)
    assert hashes(folder) == before
    store = reopened(folder)
    assert store.open_case("a").consultation == TESS
    store.close()


def test_a_key_that_is_not_the_databases_is_called_damage(folder, tmp_path):
    saved(folder)
    keep_new_key(tmp_path)
    for name in (KEY, KEY_COPY):
        (folder / name).write_bytes((tmp_path / name).read_bytes())
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(StoreDamaged) as refused:
        reopened(folder)
    assert refused.value.values == {"what": DATABASE}
    assert (folder / DATABASE).read_bytes() == before


def test_opening_mends_a_damaged_copy_of_the_key(folder):
    saved(folder)
    whole = (folder / KEY).read_bytes()
    (folder / KEY).write_bytes(whole[:50] + b"?" + whole[51:])
    (folder / KEY_COPY).chmod(0o644)
    reopened(folder).close()
    assert (folder / KEY).read_bytes() == whole


# What lies on the disk


def test_no_name_and_no_number_can_be_read_in_any_file(folder, store):
    store.save_case("a", TESS, 0)
    store.sign("a", 1, [CERTIFICATE, PLAN], [DV077])
    store.save_case("b", TESS, 0)
    store.backup(folder / "copy.zip")
    canaries = [
        word.encode(code) for word in (NAME, NUMBER, NUMBER.replace("-", "")) for code in ("utf-8", "utf-16-le")
    ]
    canaries += [
        b"certificate",
        b"SQLite format 3",
        PASSPHRASE.encode(),
        secret_of(folder),
        secret_of(folder).hex().encode(),
    ]

    def found():
        contents = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        assert (folder / f"{DATABASE}-wal") in contents or store._db.closed
        return [(file.name, word) for file, content in contents.items() for word in canaries if word in content]

    assert found() == []
    store.close()
    assert found() == []


def test_all_is_for_the_user_alone(folder, store):
    store.save_case("a", TESS, 0)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {
        file.name: oct(file.stat().st_mode & 0o777) for file in folder.iterdir() if file.stat().st_mode & 0o77
    } == {}


def test_rights_that_have_slipped_are_put_right(folder):
    saved(folder)
    (folder / DATABASE).chmod(0o644)
    store = reopened(folder)
    store.save_case("a", TESS, 1)
    assert {oct(file.stat().st_mode & 0o777) for file in folder.glob(f"{DATABASE}*")} == {"0o600"}
    store.close()


def test_what_a_crash_left_in_the_workplace_is_gone_at_the_next_start(folder):
    saved(folder)
    (folder / folders.WORKPLACE).mkdir()
    (folder / folders.WORKPLACE / "left.db").write_bytes(b"x")
    reopened(folder).close()
    assert not (folder / folders.WORKPLACE).exists()


# Settings and the door


def test_the_settings_are_on(store):
    connection = engine.raw(store._db)
    connection.set_authorizer(None)
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in (s.split("=")[0] for s in SETTINGS)}
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "cipher_memory_security": "1",
        "temp_store": 2,
        "busy_timeout": 5000,
    }
    assert connection.execute("PRAGMA cipher_log_level").fetchone()[0] == "NONE"


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE 'plain.db' AS plain KEY ''",
        "DETACH DATABASE main",
        "SELECT sqlcipher_export('main')",
        "SELECT load_extension('x')",
        "PRAGMA user_version=9",
        "PRAGMA synchronous=OFF",
        "PRAGMA writable_schema=ON",
        "PRAGMA rekey='x'",
        "DROP TRIGGER audit_delete",
        "DROP TABLE audit",
        "CREATE TABLE more(a)",
        "CREATE TEMP TABLE more(a)",
        "ALTER TABLE audit RENAME TO old",
        "VACUUM INTO 'plain.db'",
    ],
)
def test_statements_that_would_open_the_store_are_refused(store, statement, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(engine.dbapi2.DatabaseError, match=r"not authorized|authorization denied|prohibited"):
        engine.raw(store._db).execute(statement).fetchall()
    assert not (tmp_path / "plain.db").exists()


# Start


def test_a_store_is_seen_before_it_is_opened(folder):
    assert not has_store(folder)
    saved(folder)
    assert has_store(folder)


def test_a_store_is_never_made_over_another(folder):
    saved(folder)
    with pytest.raises(NotAllowed):
        new_store(folder)
    for lost in (DATABASE, KEY, KEY_COPY):
        (folder / lost).rename(folder / "aside")
        with pytest.raises(NotAllowed):
            new_store(folder)
        (folder / "aside").rename(folder / lost)
    store = reopened(folder)
    assert store.open_case("a").consultation == TESS
    store.close()


@pytest.mark.parametrize("stop_at", ["make", "keep", "put_in_place", "open_for_writing"])
def test_a_first_start_that_stops_half_way_can_be_done_again(folder, monkeypatch, stop_at):
    with monkeypatch.context() as broken:
        broken.setattr(opening, stop_at, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            new_store(folder)
    store = reopened(folder) if has_store(folder) else new_store(folder)
    assert store.save_case("a", TESS, 0) == 1
    store.close()
    assert not (folder / UNFINISHED).exists()


def test_a_lost_database_is_not_replaced_by_an_empty_one(folder):
    saved(folder)
    (folder / DATABASE).unlink()
    with pytest.raises(StoreDamaged):
        reopened(folder)
    assert not (folder / DATABASE).exists()


def test_a_store_of_a_later_version_is_left_alone(folder):
    new_store(folder).close()
    told_by("drop", folder)
    connection = connect(folder / DATABASE, secret_of(folder))
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    connection.close()
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(StoreTooNew):
        reopened(folder)
    assert (folder / DATABASE).read_bytes() == before


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreUnwritable):
        new_store(tmp_path / "file" / "home")


# Two at once


def test_a_second_program_is_refused_until_the_first_ends(folder):
    saved(folder)
    with child("hold", folder, stdin=subprocess.PIPE) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(StoreLocked):
            reopened(folder)
        assert told_by("hold", folder) == ["StoreLocked"]
        other.kill()
    reopened(folder).close()


def test_the_lock_is_free_after_a_refused_start(folder):
    saved(folder)
    whole = (folder / DATABASE).read_bytes()
    (folder / DATABASE).write_bytes(b"?" * len(whole))
    with pytest.raises(StoreDamaged):
        reopened(folder)
    (folder / DATABASE).write_bytes(whole)
    FolderLock(folder).release()
    reopened(folder).close()


def test_nothing_we_do_lets_go_of_sqlites_own_lock(folder, store):
    """Opening a database file by hand would: safety.md 0.4."""
    store.backup(folder / "copy.zip")
    store.checkpoint()
    store.last_backup()
    with pytest.raises(StoreLocked):
        reopened(folder)
    with store._db.begin():
        assert told_by("probe", folder) == ["database is locked"]
    assert told_by("probe", folder) == ["got the lock"]


def test_two_threads_take_turns(store):
    def save(name):
        for version in range(40):
            store.save_case(name, TESS, version)
            store.cases(name)

    threads = [threading.Thread(target=save, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {row.id: row.version for row in store.cases()} == {"a": 40, "b": 40}


def test_closing_twice_is_harmless_and_a_closed_store_gives_nothing(store):
    store.close()
    store.close()
    with pytest.raises(Exception, match="closed"):
        store.cases()
    assert not hasattr(store, "_key")


def test_an_error_carries_nothing_of_the_patient(store, monkeypatch):
    store.save_case("a", TESS, 0)
    with pytest.raises(engine.sa.exc.IntegrityError) as refused, store._db.begin():
        store._db.execute(engine.sa.text("INSERT INTO cases (id, name) VALUES ('a', :name)"), {"name": NAME})
    assert NAME not in str(refused.value)
    assert NAME not in repr(refused.value)
