"""Killed at any instant while signing, following up or recording, and then told to do the same again: no code is lost or
doubled. `FMSTOD_KILLS=500` kills so often; fewer by default.
"""

import os
import random
import signal
import time

from fmstod.domain.document import DocumentKind
from fmstod.domain.procedure import Contact, Procedure
from fmstod.errors import StaleRecord
from fmstod.storage import engine
from fmstod.storage.engine import connect
from fmstod.storage.folder import DATABASE
from tests.storage.sample import DV077, TESS, answering, document, new_store, reopened, secret_of
from tests.storage.test_followups import AW026, FIRST

KILLS = int(os.environ.get("FMSTOD_KILLS", "25"))
MOST, LONGEST = 2, 30  # a worker lives until it has told of so many steps, and so many ms longer
CHANGED = answering(TESS, plan_goal="Tillbaka i februari")


def plan(name, record=TESS):
    return document(DocumentKind.PLAN, name=name).changed(answers=record.answers), b"%PDF" * 500


STEPS = (
    lambda store, n: store.save_case(n, TESS, 0),
    lambda store, n: store.sign(
        n, 1, [(document(name=f"d{n}"), b"%PDF" * 2000), plan(f"p{n}")], [DV077.changed(source=f"p{n}")]
    ),
    lambda store, n: store.followups.save(FIRST.changed(id=f"f{n}", case=n), 0),
    lambda store, n: store.followups.finish(FIRST.changed(id=f"f{n}", case=n), 1, [AW026.changed(source=f"f{n}")]),
    lambda store, n: store.procedures.register(
        n, Procedure(code="GC001", on=AW026.on, source=f"k{n}", contact=Contact.EMPLOYER, minutes=10)
    ),
    lambda store, n: store.save_case(n, CHANGED, 2),
    lambda store, n: store.sign(n, 3, [plan(f"q{n}", CHANGED)], [DV077.changed(source=f"q{n}")]),
)
# Which code each step gives, by what.
GIVES = {1: ("DV077", "p"), 3: ("AW026", "f"), 4: ("GC001", "k")}


def work(folder, done, pipe):
    """Go on from the first step that nobody has heard of; it may have been done, and then it is stale."""
    store = reopened(folder)
    os.write(pipe, b"o")
    while True:
        number, step = divmod(done, len(STEPS))
        try:
            STEPS[step](store, str(number))
        except StaleRecord:
            assert step in (0, 1, 2, 5, 6), "the others may be told again"
        done += 1
        os.write(pipe, b".")


def killed(folder, done, steps, milliseconds):
    """How many steps a worker says that it has done before it is killed, so many at least."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            work(folder, done, writing)
        finally:
            os._exit(1)  # never back into the test
    os.close(writing)
    told = b""
    while told.count(b".") < steps or not told:
        more = os.read(reading, 1)
        assert more, "it ended by itself"
        told += more
    time.sleep(milliseconds / 1000)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    while more := os.read(reading, 4096):
        told += more
    os.close(reading)
    assert os.WTERMSIG(status) == signal.SIGKILL, "it ended by itself"
    return told.count(b".")


def test_no_code_is_lost_or_doubled_when_killed_and_told_again(folder):
    new_store(folder).close()
    luck, done = random.Random(77026), 0
    for _ in range(KILLS):
        least = done + luck.randint(0, MOST)
        done += killed(folder, done, least - done, luck.uniform(0, LONGEST))
        assert done >= least
        store = reopened(folder)
        found = [(each.case, each.code, each.source) for each in store.procedures.between()]
        due = [
            (str(number), GIVES[step][0], f"{GIVES[step][1]}{number}")
            for number, step in (divmod(each, len(STEPS)) for each in range(done + 1))
            if step in GIVES
        ]
        heard = [each for each in due if each != unheard(done)]
        assert sorted(found) in (sorted(heard), sorted(due)), "one step may have been done and not told of"
        whole = {
            each.record.case
            for n in range(done // len(STEPS) + 1)
            for each in store.followups.of(str(n))
            if each.done_at
        }
        assert whole == {case for case, code, _source in found if code == "AW026"}
        store.close()
    assert done > KILLS / 2
    connection = connect(folder / DATABASE, secret_of(folder), "ro")
    assert engine.is_sound(connection)
    connection.close()


def unheard(done):
    number, step = divmod(done, len(STEPS))
    return (str(number), GIVES[step][0], f"{GIVES[step][1]}{number}") if step in GIVES else None
