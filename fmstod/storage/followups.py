"""The follow-ups of a case and its closing: each step checked against its life, in one transaction with its log row."""

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from fmstod.domain.due import LATEST_PLAN, PLAN_AFTER, DueCase, Watched
from fmstod.domain.event import Happened
from fmstod.domain.followup import FollowUp, StoredFollowUp, lacking
from fmstod.domain.leave import Stop
from fmstod.domain.procedure import PLAN_FOLLOWED_UP, Procedure
from fmstod.domain.transitions import Act, Circumstances
from fmstod.domain.work import occupations_of
from fmstod.errors import NotAllowed, StaleRecord
from fmstod.sickleave.groups import Standing
from fmstod.storage import audit, case_rows, event_rows, followup_rows, procedure_rows, watch_rows
from fmstod.storage.action import Actions
from fmstod.storage.lives import note, require
from fmstod.storage.store import Activity
from fmstod.storage.tables import choices

PLAN_CHOICE = "plan_after"  # the name of the choice


class SqlFollowUps:
    """The part of the store that `store.FollowUps` describes."""

    def __init__(self, do: Actions) -> None:
        self._do = do

    def of(self, case: str) -> tuple[StoredFollowUp, ...]:
        with self._do.quiet():
            return followup_rows.of_case(self._do.db, case)

    def save(self, followup: FollowUp, version: int) -> int:
        with self._do.act(Activity.WRITE, followup.case, reason=Activity.FOLLOW_UP) as entry:
            entry.touch(audit.CASE, followup.case, followup.id, version + 1)
            self._require_open(followup.id, followup.case)
            followup_rows.write(self._do.db, followup, version, self._do.who)
            return version + 1

    def discard(self, followup: str, version: int) -> None:
        with self._do.act(Activity.DISCARD, reason=Activity.FOLLOW_UP) as entry:
            there = followup_rows.read(self._do.db, followup)
            if there is None or there.version != version:
                raise StaleRecord
            entry.case = there.record.case
            entry.touch(audit.CASE, entry.case, followup, version)
            self._require_open(followup, entry.case)
            followup_rows.remove(self._do.db, followup)

    def finish(self, followup: FollowUp, version: int, procedures: Sequence[Procedure]) -> None:
        with self._do.act(Activity.FOLLOW_UP, followup.case) as entry:
            entry.touch(audit.CASE, followup.case, followup.id, version + 1)
            there = followup_rows.read(self._do.db, followup.id)
            if there and there.done_at and there.record == followup:
                return
            self._require_open(followup.id, followup.case)
            if any((each.code, each.source) != (PLAN_FOLLOWED_UP, followup.id) for each in procedures):
                raise NotAllowed(why="not_allowed.followup_code")
            if lacking(followup):
                raise NotAllowed(why="not_allowed.followup_unfinished")
            followup_rows.write(self._do.db, followup, version, self._do.who, self._do.now())
            for each in procedures:
                procedure_rows.add(self._do, followup.case, each)
            note(self._do, followup.case, Happened.FOLLOWED_UP, document=followup.id)

    def close(self, case: str, no_plan: str = "") -> None:
        db = self._do.db
        with self._do.act(Activity.CLOSE, case) as entry:
            record, version = case_rows.read(db, case)
            entry.touch(audit.CASE, case, version=version)
            done = [each.record for each in followup_rows.of_case(db, case) if each.done_at]
            outcome = done[-1].outcome if done else None
            why = no_plan.strip() or record.no_plan.strip()
            planned = case_rows.has_plan(db, case) or bool(why)
            require(Act.CLOSE, event_rows.life(db, case), Circumstances(ended=outcome is not None, planned=planned))
            note(self._do, case, Happened.CLOSED, reason=outcome or "", text=why)

    def watched(self, today: date) -> tuple[Watched, ...]:
        with self._do.quiet():
            return tuple(watch_rows.watched(self._do.db, today))

    def standings(self, of: Sequence[str]) -> Mapping[str, tuple[Standing, tuple[Stop, ...]]]:
        found = {}
        with self._do.quiet():
            for case in of:
                record, _version = case_rows.read(self._do.db, case)
                standing = Standing(occupations=occupations_of(record.answers), born=record.patient.born)
                found[case] = (standing, record.stops)
        return found

    def named(self, of: Sequence[str]) -> Mapping[str, DueCase]:
        with self._do.act(Activity.LIST, reason=Activity.FOLLOW_UP) as entry:
            found = followup_rows.named(self._do.db, of)
            for case in found:
                entry.touch(audit.CASE, case)
            return found

    def plan_after(self) -> int:
        with self._do.quiet():
            chosen = self._do.db.execute(sa.select(choices.c.value).where(choices.c.name == PLAN_CHOICE)).scalar()
            return int(chosen) if chosen else PLAN_AFTER

    def choose_plan_after(self, days: int) -> None:
        with self._do.act(Activity.WRITE, reason=f"{PLAN_CHOICE} {days}"):
            if not 1 <= days <= LATEST_PLAN:
                raise NotAllowed(why="not_allowed.plan_after")
            self._do.db.execute(sa.delete(choices).where(choices.c.name == PLAN_CHOICE))
            self._do.db.execute(sa.insert(choices), {"name": PLAN_CHOICE, "value": str(days)})

    def _require_open(self, followup: str, case: str) -> None:
        """Raises NotAllowed once it is done, or when the case isn't one to follow up; KeyError without a case."""
        case_rows.read(self._do.db, case)
        there = followup_rows.read(self._do.db, followup)
        if there and there.done_at:
            raise NotAllowed(why="not_allowed.followup_done")
        require(Act.FOLLOW_UP, event_rows.life(self._do.db, case))
