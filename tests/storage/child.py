"""Another program at the same store, for tests that kill, collide or crash: `python child.py ACT FOLDER`.

It says each thing it has done on a line of its own, after it is done.
"""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from fmstod.errors import FmstodError
from fmstod.storage import engine, key
from tests.storage.sample import CHEAP, PASSPHRASE, TESS, answering, reopened


def main(act, folder):
    if act == "fork":
        return fork(folder)
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


def fork(folder):
    """For each line that comes in: a child that saves until it is killed so many milliseconds after its first save."""
    for line in sys.stdin:
        milliseconds, version = (int(word) for word in line.split())
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            save_for_ever(folder, version, writing)
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
