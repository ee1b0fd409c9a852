"""What the checker of quality remembers: choices by name, and counts of what is kept anyway."""

from collections.abc import Mapping

import sqlalchemy as sa

from fmstod.domain.inquiry import counted
from fmstod.storage import event_rows
from fmstod.storage.action import Actions
from fmstod.storage.store import Activity
from fmstod.storage.tables import choices

KEPT, MUTED = "quality.kept.", "quality.muted."  # before the rule's id


class SqlChecker:
    """The part of the store that `checker_door.Checker` describes."""

    def __init__(self, do: Actions) -> None:
        self._do = do

    def kept(self) -> Mapping[str, int]:
        with self._do.quiet():
            return {rule: int(count) for rule, count in self._named(KEPT).items()}

    def count_kept(self, rule: str, by: int = 1) -> None:
        with self._do.quiet():
            count = int(self._named(KEPT).get(rule, 0)) + by
            self._put(KEPT + rule, str(count) if count > 0 else "")

    def muted(self) -> frozenset[str]:
        with self._do.quiet():
            return frozenset(self._named(MUTED))

    def mute(self, rule: str, *, muted: bool) -> None:
        with self._do.act(Activity.WRITE, reason=f"{MUTED}{rule} {'on' if muted else 'off'}"):
            self._put(MUTED + rule, "1" if muted else "")

    def asked(self) -> Mapping[str, int]:
        with self._do.quiet():
            found = [each for told in event_rows.asked(self._do.db).values() for each in told]
        return {count.group: count.asked for count in counted(found)}

    def _named(self, before: str) -> Mapping[str, str]:
        rows = self._do.db.execute(sa.select(choices.c.name, choices.c.value))
        return {name.removeprefix(before): value for name, value in rows if name.startswith(before)}

    def _put(self, name: str, value: str) -> None:
        """An empty value is none."""
        self._do.db.execute(sa.delete(choices).where(choices.c.name == name))
        if value:
            self._do.db.execute(sa.insert(choices), {"name": name, "value": value})
