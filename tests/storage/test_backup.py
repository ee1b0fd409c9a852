"""A backup is checked before it counts, and is the store again where it is unpacked."""

import random
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest

from fmstod.errors import CannotWrite, StoreDamaged, StoreUnwritable, WrongPassphrase
from fmstod.storage import backup
from fmstod.storage.folder import DATABASE, KEY, LOCK
from tests.storage.sample import (
    CERTIFICATE,
    DV077,
    ISSUER,
    NAME,
    NUMBER,
    PLAN,
    TESS,
    disk_full_at,
    log_of,
    reopened,
)

DAY = date(2026, 11, 23)


@pytest.fixture
def full(store):
    store.save_issuer(ISSUER)
    store.save_case("a", TESS, 0)
    store.sign("a", 1, [CERTIFICATE, PLAN], [DV077])
    store.save_case("b", TESS, 0)
    return store


def unpacked(file, folder):
    with zipfile.ZipFile(file) as bundle:
        bundle.extractall(folder)
    return folder


def test_unpacked_in_an_empty_folder_it_is_the_store_again(full, tmp_path):
    full.backup(tmp_path / "copy.zip")
    facts = full.open_case("a"), full.preview("d1"), full.cases()
    again = reopened(unpacked(tmp_path / "copy.zip", tmp_path / "other"))
    assert (again.open_case("a"), again.preview("d1"), again.cases()) == facts
    assert again.issuer() == ISSUER
    again.save_case("b", TESS.changed(no_plan="nytt"), 1)
    assert full.open_case("b").version == 1
    again.close()


def test_it_needs_the_same_passphrase(full, tmp_path):
    full.backup(tmp_path / "copy.zip")
    with pytest.raises(WrongPassphrase):
        reopened(unpacked(tmp_path / "copy.zip", tmp_path / "other"), "fel")


def test_it_holds_two_files_and_nothing_that_can_be_read(full, tmp_path):
    file = tmp_path / "copy.zip"
    full.backup(file)
    assert zipfile.ZipFile(file).namelist() == [DATABASE, KEY]
    content = file.read_bytes()
    for word in (NAME, NUMBER, "SQLite format 3", "certificate"):
        assert word.encode() not in content
    assert file.stat().st_mode & 0o777 == 0o600


def test_nothing_else_is_left_behind(full, folder, tmp_path):
    before = {file.name for file in folder.iterdir()}
    full.backup(tmp_path / "out.zip")
    assert {file.name for file in folder.iterdir()} == before
    assert {file.name for file in tmp_path.iterdir()} == {"out.zip", folder.name}


def test_the_store_can_be_used_at_once_and_the_copy_stays_as_it_was(full, tmp_path):
    full.backup(tmp_path / "copy.zip")
    full.save_case("b", TESS.changed(no_plan="nytt"), 1)
    again = reopened(unpacked(tmp_path / "copy.zip", tmp_path / "other"))
    assert again.open_case("b").consultation == TESS
    again.close()


def test_the_last_backup_is_known_also_after_a_restart(full, folder, tmp_path, clock):
    assert full.last_backup() is None
    clock.instant = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    full.backup(tmp_path / "copy.zip")
    assert log_of(full)[-1]["activityType"] == "Säkerhetskopia"
    full.close()
    again = reopened(folder)
    assert again.last_backup() == datetime(2026, 11, 23, 15, 0, 1, tzinfo=UTC)
    again.close()


def test_there_is_one_a_day_and_the_seven_latest_are_kept(full, tmp_path):
    place = tmp_path / "copies"
    for number in range(10):
        assert full.backup_daily(place, DAY + timedelta(days=number))
    assert not full.backup_daily(place, DAY + timedelta(days=9))
    assert [file.name for file in sorted(place.iterdir())] == [f"fmstod-2026-{day}.zip" for day in
        ("11-26", "11-27", "11-28", "11-29", "11-30", "12-01", "12-02")]  # fmt: skip
    assert place.stat().st_mode & 0o777 == 0o700


def test_other_files_beside_the_daily_ones_are_left_alone(full, tmp_path):
    own = tmp_path / "fmstod-min-egen.zip"
    own.write_bytes(b"x")
    for number in range(9):
        full.backup_daily(tmp_path, DAY + timedelta(days=number))
    assert own.read_bytes() == b"x"


@pytest.mark.parametrize("name", [DATABASE, KEY, LOCK, f"{DATABASE}-wal"])
def test_it_never_lands_on_the_store_itself(full, folder, name, tmp_path, monkeypatch):
    monkeypatch.chdir(folder)
    for file in (folder / name, type(folder)(name)):
        with pytest.raises(CannotWrite):
            full.backup(file)
    assert full.open_case("b").consultation == TESS


def test_a_place_that_cannot_be_written_is_named(full, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for file in (tmp_path / "none" / "copy.zip", tmp_path / "file" / "copy.zip", tmp_path):
        with pytest.raises(CannotWrite) as refused:
            full.backup(file)
        assert refused.value.values == {"path": file}
    with pytest.raises(CannotWrite):
        full.backup_daily(tmp_path / "file" / "copies", DAY)
    assert full.last_backup() is None


def test_a_full_disk_leaves_the_backup_of_before(full, folder, tmp_path):
    file = tmp_path / "copy.zip"
    full.backup(file)
    before = file.read_bytes()
    for size in (0, 100, 10_000, len(before) - 1):
        with disk_full_at(size), pytest.raises((CannotWrite, StoreUnwritable)):
            full.backup(file)
        assert file.read_bytes() == before
    assert {each.name for each in tmp_path.iterdir()} == {"copy.zip", folder.name}


def test_a_copy_that_was_written_wrong_does_not_count(full, tmp_path, monkeypatch):
    pack = backup._pack

    def bad_disk(file, database, key):
        pack(file, database, key)
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)

    monkeypatch.setattr(backup, "_pack", bad_disk)
    with pytest.raises(CannotWrite):
        full.backup(tmp_path / "copy.zip")
    assert not (tmp_path / "copy.zip").exists()
    assert full.last_backup() is None


def test_a_damaged_store_gives_no_backup_and_keeps_the_old_one(full, folder, tmp_path):
    full.backup(tmp_path / "copy.zip")
    before = (tmp_path / "copy.zip").read_bytes()
    full.close()
    content = bytearray((folder / DATABASE).read_bytes())
    content[-5 * 4096] ^= 1  # a page that nobody reads at the start
    (folder / DATABASE).write_bytes(content)
    store = reopened(folder)
    with pytest.raises(StoreDamaged):
        store.backup(tmp_path / "copy.zip")
    store.close()
    assert (tmp_path / "copy.zip").read_bytes() == before


def test_a_changed_bit_is_found_or_harmless(full, tmp_path):
    file = tmp_path / "copy.zip"
    full.backup(file)
    with zipfile.ZipFile(file) as bundle:
        parts = {name: bundle.read(name) for name in bundle.namelist()}
    whole, luck, found = file.read_bytes(), random.Random(22), 0
    for _ in range(300):
        damaged = bytearray(whole)
        damaged[luck.randrange(len(whole))] ^= 1 << luck.randrange(8)
        file.write_bytes(damaged)
        try:
            with zipfile.ZipFile(file) as bundle:
                assert {name: bundle.read(name) for name in parts} == parts
        except (zipfile.BadZipFile, KeyError, NotImplementedError):
            found += 1
    assert found > 290
