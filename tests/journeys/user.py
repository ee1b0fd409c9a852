"""A user of the real windows: a desk with a clock that the test sets, hands on the keys, and eyes."""

from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from PySide6.QtWidgets import QLabel

from fmstod.app import Desk, dress
from fmstod.clock import SWEDEN
from fmstod.commands import demo
from fmstod.commands.demo_case import read_case
from fmstod.commands.demo_keys import Keyboard
from fmstod.commands.demo_walk import Walk
from fmstod.files import read_forms
from fmstod.storage.opening import open_store
from fmstod.texts import text
from fmstod.world import World, read_knowledge

DAY = date(2026, 11, 23)
CASE = read_case(DAY)
PASSPHRASE = CASE["passphrase"]
DRAFT = "00000000-0000-4000-8000-00000000d4af"  # the id of the draft that stories begin with


class User:
    """A window, the hands before it, and what it says."""

    def __init__(self, home, extra, scale=1.0):
        self.today = DAY
        ids = demo.world_of(home, DAY).extra
        world = World(home, self.now, lambda: self.today, cost=demo.CHEAP, floor=demo.CHEAP, extra={**ids, **extra})
        self.desk = Desk(dress("light", scale), world)
        self.keys = Keyboard(self.desk)
        self.walk = Walk(self.keys, CASE, read_knowledge(home, DAY), lambda step: None)

    def now(self):
        return datetime.combine(self.today, time(10, 42), SWEDEN).astimezone(UTC)

    @property
    def case(self):
        return self.desk.workspace.case

    @property
    def store(self):
        return self.desk._store

    def unlock(self, passphrase=PASSPHRASE):
        self.keys.fill(text("unlock.passphrase"), passphrase)
        self.keys.press("Return")

    def open_up(self):
        """Unlock, and open the only case in the list."""
        self.unlock()
        self.keys.wait(lambda: self.desk.workspace is not None, "unlocked workspace")
        self.keys.press("Return")
        self.keys.wait(lambda: self.case is not None, "open case")

    def says(self, words):
        """Whether these words stand in sight, in a label of the window."""
        return any(words in label.text() for label in self.desk.findChildren(QLabel) if label.isVisible())

    def close(self):
        self.desk.close()
        self.desk.deleteLater()


def asks(ref):
    """How the certificate asks a question."""
    return read_forms()["fk7804", "2.0"].question(ref).ask


@contextmanager
def stored(home: Path):
    """The store of a closed window."""
    with closing(open_store(home, PASSPHRASE, floor=demo.CHEAP)) as store:
        yield store
