"""Another program at the same store, for tests that kill, collide or crash: `python child.py ACT FOLDER`.

It says each thing it has done on a line of its own, after it is done.
"""

import itertools
import os
import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fmstod.domain.event import Asked, Revocation, Subject
from fmstod.domain.lifecycle import Relation
from fmstod.errors import FmstodError
from fmstod.storage import engine, key
from fmstod.storage.store import Activity, Recipient
from tests.storage.sample import CHEAP, PASSPHRASE, TESS, Received, answering, document, reopened


def main(act, folder):
    if act in WORK:
        return fork(folder, WORK[act])
    if act == "probe":
        return probe(folder)
    try:
        store = reopened(folder)
    except FmstodError as error:
        return say(type(error).__name__)
    say("open")
    if act == "hold":
        sys.stdin.read()
    elif act == "drop":
        store.save_case("a", TESS, 0)
        os._exit(1)  # a crash: the write-ahead log stays behind
    return None


def fork(folder, work):
    """For each line that comes in: a child that works until it is killed so many milliseconds after its first step."""
    for line in sys.stdin:
        milliseconds, version = (int(word) for word in line.split())
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            work(folder, version, writing)
        os.close(writing)
        said = os.read(reading, 1)
        time.sleep(milliseconds / 1000)
        os.kill(child, 9)
        os.waitpid(child, 0)
        while more := os.read(reading, 4096):
            said += more
        os.close(reading)
        say(len(said))


def save_for_ever(folder, version, pipe):
    store = reopened(folder)
    while True:
        version = store.save_case("a", answering(TESS, q25=f"sparning {version + 1} " * 50), version)
        os.write(pipe, b".")


def live_for_ever(folder, done, pipe):
    store = reopened(folder)
    for step in itertools.count(done):
        take(store, step)
        os.write(pipe, b".")


def take(store, step):
    """One step of a life that is the same for each case; each leaves one event."""
    number, phase = divmod(step, len(PHASES))
    PHASES[phase](store, str(number))


PHASES = (
    lambda store, n: store.save_case(n, TESS, 0),
    lambda store, n: store.lives.mark_ready(n, 1),
    lambda store, n: store.sign(n, 1, [(document(name=f"d{n}"), b"%PDF" * 2000)], []),
    lambda store, n: store.release(f"d{n}", Recipient.FK, Activity.EXPORT, Received()),
    lambda store, n: store.lives.note(
        n, Asked(id=n, subject=Subject.COMPLEMENT, on=date(2026, 12, 1), groups=("work",))
    ),
    lambda store, n: store.lives.answer(n, n, "svar"),
    lambda store, n: store.lives.begin(f"{n} renewed", TESS, Relation.RENEWS, n),
    lambda store, n: store.lives.revoke(n, Revocation.OTHER_FAULT, "fel"),
)
WORK = {"fork": save_for_ever, "lives": live_for_ever}


def probe(folder):
    """Whether somebody who passes our own lock file by gets the write lock."""
    connection = engine.connect(folder / "fmstod.db", key.unwrap(folder, PASSPHRASE, floor=CHEAP).secret)
    connection.execute("PRAGMA busy_timeout=0")
    try:
        connection.execute("BEGIN IMMEDIATE")
    except engine.dbapi2.OperationalError as error:
        say(error)
    else:
        say("got the lock")


def say(what):
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
