"""Killed or out of room in the middle of a step: the step is whole or not there, and what was acknowledged stays."""

import random
import subprocess

import pytest

from fmstod.domain.event import Happened
from fmstod.domain.lifecycle import Relation, State
from fmstod.errors import StoreUnwritable
from fmstod.storage import engine
from fmstod.storage.engine import connect
from fmstod.storage.folder import DATABASE
from tests.storage.child import PHASES, take
from tests.storage.sample import TESS, child, disk_full_at, document, log_of, new_store, reopened, secret_of

KINDS = ["created", "ready", "signed", "released", "asked", "answered", "created", "revoked"]
ACTIVITIES = ["Skriva", "Skriva", "Signera", "Export", "Fråga och svar", "Fråga och svar", "Skriva", "Makulera"]


def steps_in(store):
    """How many steps have been taken, from events, ties and log: all tell the same."""
    with store._db.begin():
        kinds = store._db.exec_driver_sql("SELECT kind FROM events ORDER BY seq").scalars().all()
        ties = store._db.exec_driver_sql("SELECT count(*) FROM relations").scalar()
    done = len(kinds)
    assert kinds == [KINDS[step % len(KINDS)] for step in range(done)]
    assert ties == sum(step % len(PHASES) == 6 for step in range(done))
    written = [row["activityType"] for row in log_of(store)]
    assert [act for act in written if act in ACTIVITIES] == [ACTIVITIES[step % len(PHASES)] for step in range(done)]
    return done


def test_what_was_acknowledged_of_a_life_survives_kill_9(folder):
    new_store(folder).close()
    luck, done = random.Random(1604), 0
    with child("lives", folder, stdin=subprocess.PIPE) as nursery:
        for _ in range(12):
            nursery.stdin.write(f"{luck.randint(0, 40)} {done}\n")
            nursery.stdin.flush()
            acknowledged = done + int(nursery.stdout.readline())
            store = reopened(folder)
            done = steps_in(store)
            assert done in {acknowledged, acknowledged + 1}  # one can have been finished and not told of yet
            store.checkpoint()
            connection = connect(folder / DATABASE, secret_of(folder), "ro")
            assert engine.is_sound(connection)
            connection.close()
            store.close()
        nursery.stdin.close()
    assert done > len(PHASES)


@pytest.mark.parametrize("room", range(0, 40_000, 4_000))
def test_a_full_disk_leaves_no_half_step(folder, store, room):
    done = 0
    with disk_full_at((folder / f"{DATABASE}-wal").stat().st_size + room):
        try:
            for step in range(200):
                take(store, step)
                done = step + 1
        except StoreUnwritable:
            pass
        else:
            pytest.fail("the disk never became full")
    assert steps_in(store) == done
    take(store, done)
    assert steps_in(store) == done + 1
    store.close()
    again = reopened(folder)
    assert steps_in(again) == done + 1
    again.close()


def test_a_replacement_that_finds_the_disk_full_leaves_the_old_one_in_force(folder, store):
    store.save_case("a", TESS, 0)
    store.sign("a", 1, [(document(), b"x")], [])
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    with disk_full_at((folder / f"{DATABASE}-wal").stat().st_size + 30_000), pytest.raises(StoreUnwritable):
        store.sign("b", 1, [(document(name="d2"), b"x" * 200_000)], [])
    assert store.open_case("a").life.state is State.SIGNED
    assert [event.kind for event in store.open_case("b").events] == [Happened.CREATED]
    store.sign("b", 1, [(document(name="d2"), b"x")], [])
    assert store.open_case("a").life.state is State.REPLACED
