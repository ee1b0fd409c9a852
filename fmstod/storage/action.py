"""One transaction for each action, with its row in the audit log; what can't be logged isn't done."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import datetime

import sqlalchemy as sa

from fmstod.domain.code_page import Receiver
from fmstod.domain.event import Event, Happened
from fmstod.domain.issuer import Issuer
from fmstod.errors import CannotPrint, CannotWrite, NotAllowed, StaleRecord
from fmstod.storage import audit, event_rows
from fmstod.storage.engine import told
from fmstod.storage.store import Activity, Recipient


class Actions:
    """The connection, the clock, and who acts; one caller at a time."""

    def __init__(self, db: sa.Connection, now: Callable[[], datetime]) -> None:
        self.db, self.now, self.issuer = db, now, Issuer()
        self.turn = threading.RLock()

    @property
    def who(self) -> str:
        """How the log and the events name the physician who acts."""
        return self.issuer.physician.hsa_id or self.issuer.physician.name

    @contextlib.contextmanager
    def quiet(self) -> Iterator[None]:
        """A transaction without a row, for what tells nothing of anyone."""
        with self.turn, told(), self.db.begin():
            yield

    @contextlib.contextmanager
    def act(
        self, activity: Activity, case: str = "", recipient: Recipient | Receiver | None = None, reason: str = ""
    ) -> Iterator[audit.Entry]:
        """One transaction with its log row; a refused attempt leaves a row of its own (L-14)."""
        entry = audit.Entry(activity, case, recipient, reason)
        with self.turn, told():
            at = self.now()
            self._lock_drafts(at)
            try:
                with self.db.begin():
                    yield entry
                    self._log(entry, at)
            except (NotAllowed, StaleRecord):
                with self.db.begin():
                    self._log(entry, at, audit.REFUSED)
                raise

    @contextlib.contextmanager
    def leaving(
        self,
        activity: Activity,
        case: str,
        recipient: Recipient | Receiver | None,
        reason: str,
        undo: Callable[[audit.Entry], None] = lambda _entry: None,
    ) -> Iterator[tuple[audit.Entry, contextlib.ExitStack]]:
        """An action with something on its way out: made ready inside the transaction, gone once that is safe.

        Where that fails after the transaction, `undo` takes back what was written in it.
        """
        with self.turn:
            done = False
            try:
                with contextlib.ExitStack() as exits:
                    with self.act(activity, case, recipient, reason) as entry:
                        yield entry, exits
                    done = True
            except (CannotWrite, CannotPrint):
                with told(), self.db.begin():
                    if done:
                        undo(entry)
                    self._log(entry, self.now(), audit.FAILED)
                raise

    def _log(self, entry: audit.Entry, at: datetime, outcome: str = audit.DONE) -> None:
        audit.write(self.db, entry, self.issuer, at, outcome)

    def _lock_drafts(self, at: datetime) -> None:
        """Lock the drafts whose time is out, before anything else is done.

        Every time that the store is asked at is held against every draft, and the lock is kept: a clock that is set back
        later opens nothing, and neither does a time when the app was off (L-05).
        """
        with self.db.begin():
            if due := event_rows.due(self.db, at):
                entry = audit.Entry(Activity.LOCK_DRAFT)
                for case, since in due.items():
                    event_rows.add(self.db, case, Event(kind=Happened.LOCKED, at=since))
                    entry.touch(audit.CASE, case)
                self._log(entry, at)
