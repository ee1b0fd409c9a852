"""Killed, full, damaged: nothing acknowledged is lost, nothing is silent."""

import random
import subprocess

import pytest

from fmstod.errors import StoreDamaged, StoreUnwritable
from fmstod.storage import engine
from fmstod.storage.engine import connect
from fmstod.storage.folder import DATABASE, has_store
from tests.storage.sample import (
    CERTIFICATE,
    DV077,
    PLAN,
    TESS,
    answering,
    child,
    disk_full_at,
    log_of,
    new_store,
    reopened,
    saved,
    secret_of,
    told_by,
)

# Killed


def test_what_was_acknowledged_survives_kill_9(folder):
    new_store(folder).close()
    luck = random.Random(7804)
    version = 0
    with child("fork", folder, stdin=subprocess.PIPE) as nursery:
        for _ in range(12):
            nursery.stdin.write(f"{luck.randint(0, 30)} {version}\n")
            nursery.stdin.flush()
            acknowledged = version + int(nursery.stdout.readline())
            store = reopened(folder)
            found = store.open_case("a")
            # One save can have been finished and not told of yet.
            assert found.version in {acknowledged, acknowledged + 1}
            assert found.consultation.answers["25"].startswith(f"sparning {found.version} ")
            written = [row for row in log_of(store) if row["activityType"] == "Skriva"]
            assert [row["resources"][0]["version"] for row in written] == list(range(1, found.version + 1))
            store.checkpoint()
            connection = connect(folder / DATABASE, secret_of(folder), "ro")
            assert engine.is_sound(connection)
            connection.close()
            version = found.version
            store.close()
        nursery.stdin.close()


# Full


@pytest.mark.parametrize("room", range(0, 60_000, 4_000))
def test_a_full_disk_is_told_and_the_draft_is_saved_once_there_is_room(folder, store, room):
    version = store.save_case("a", TESS, 0)
    size = (folder / f"{DATABASE}-wal").stat().st_size
    record = TESS
    with disk_full_at(size + room):
        for number in range(200):
            record = answering(TESS, q25=f"{number} " * 2000)
            try:
                version = store.save_case("a", record, version)
            except StoreUnwritable:
                break
        else:
            pytest.fail("the disk never became full")
        with pytest.raises(StoreUnwritable):
            store.save_case("a", record, version)
    assert store.open_case("a").version == version
    assert store.save_case("a", record, version) == version + 1
    store.close()
    again = reopened(folder)
    assert again.open_case("a").consultation == record
    assert again.open_case("a").version == version + 1
    again.close()


def test_a_full_disk_never_leaves_half_a_signature(folder, store):
    store.save_case("a", TESS, 0)
    with disk_full_at((folder / f"{DATABASE}-wal").stat().st_size + 30_000), pytest.raises(StoreUnwritable):
        store.sign("a", 1, [(CERTIFICATE[0], b"x" * 200_000), PLAN], [DV077])
    found = store.open_case("a")
    assert (found.version, found.documents, found.procedures) == (1, (), ())
    store.sign("a", 1, [CERTIFICATE, PLAN], [DV077])


def test_a_checkpoint_that_finds_the_disk_full_does_not_undo_the_signature(folder, store):
    version = store.save_case("a", TESS, 0)
    store.checkpoint()
    # Room for the log, which starts from nothing, but not for the database to grow.
    with disk_full_at((folder / DATABASE).stat().st_size):
        store.sign("a", version, [(CERTIFICATE[0], bytes(12_000))], [])
    assert (folder / f"{DATABASE}-wal").stat().st_size > 0
    assert len(store.open_case("a").documents) == 1


def test_a_first_start_on_a_full_disk_can_be_done_again(folder):
    for size in (0, 100, 4096, 20_000):
        with disk_full_at(size), pytest.raises(StoreUnwritable):
            new_store(folder)
        assert not has_store(folder)
    new_store(folder).close()


def test_a_start_on_a_full_disk_shuts_everything_again(folder):
    saved(folder)
    with disk_full_at(0), pytest.raises(StoreUnwritable):
        reopened(folder)
    assert told_by("probe", folder) == ["got the lock"]
    store = reopened(folder)
    assert store.open_case("a").consultation == TESS
    store.close()


# Damaged


def test_damaged_pages_are_found_or_harmless_and_never_shown_as_data(folder, capfd):
    new = new_store(folder)
    new.save_case("a", TESS, 0)
    new.sign("a", 1, [(CERTIFICATE[0], b"%PDF" * 50_000), PLAN], [DV077])  # most pages hold something that is read
    facts = new.open_case("a"), new.preview("d1"), new.document("p1")
    new.close()
    whole = (folder / DATABASE).read_bytes()
    luck = random.Random(2026)
    found = 0
    for _ in range(60):
        damaged = bytearray(whole)
        damaged[luck.randrange(len(whole))] ^= 1 << luck.randrange(8)
        (folder / DATABASE).write_bytes(damaged)
        try:
            store = reopened(folder)
            try:
                assert (store.open_case("a"), store.preview("d1"), store.document("p1")) == facts
            finally:
                store.close()
        except StoreDamaged:
            found += 1
    assert found > 30
    assert capfd.readouterr() == ("", "")
    (folder / DATABASE).write_bytes(whole)
    for extra in folder.glob(f"{DATABASE}-*"):
        extra.unlink()
    reopened(folder).close()
