"""Recording KVÅ codes, each in the transaction of what gave it, with its log row."""

from collections.abc import Mapping, Sequence
from datetime import date

from fmstod.domain.code_page import PAGE, CodePage, Receiver
from fmstod.domain.due import DueCase
from fmstod.domain.procedure import LONGEST_REASON, Coverage, Mistake, MonthCount, Procedure, Registered
from fmstod.errors import NotAllowed
from fmstod.storage import audit, case_rows, followup_rows, procedure_counts, procedure_rows
from fmstod.storage.action import Actions
from fmstod.storage.procedure_door import CodeWay
from fmstod.storage.store import Activity


class SqlProcedures:
    """The part of the store that `store.Procedures` describes."""

    def __init__(self, do: Actions) -> None:
        self._do = do

    def register(self, case: str, procedure: Procedure) -> None:
        with self._do.act(Activity.PROCEDURE, case, reason=procedure.code) as entry:
            _record, version = case_rows.read(self._do.db, case)
            entry.touch(audit.CASE, case, version=version)
            if not procedure_rows.is_signed(self._do.db, case):
                raise NotAllowed(why="not_allowed.not_signed")
            if not procedure.contact or not procedure.minutes:
                raise NotAllowed(why="not_allowed.contact")
            procedure_rows.add(self._do, case, procedure)

    def revoke(self, procedure: str, reason: str) -> None:
        with self._do.act(Activity.PROCEDURE, reason="makulerad") as entry:
            found = procedure_rows.read(self._do.db, procedure)
            entry.case = found.case
            entry.touch(audit.CASE, found.case, procedure)
            if found.revoked:
                raise NotAllowed(why="not_allowed.code_revoked")
            if not 1 <= len(reason.strip()) <= LONGEST_REASON:
                raise NotAllowed(why="not_allowed.no_code_reason")
            mistake = Mistake(at=self._do.now(), by=self._do.who, reason=reason)
            procedure_rows.add_mistake(self._do.db, procedure, mistake)

    def of(self, case: str) -> tuple[Registered, ...]:
        with self._do.quiet():
            return procedure_rows.of_case(self._do.db, case)

    def between(self, first: date | None = None, last: date | None = None) -> tuple[Registered, ...]:
        with self._do.act(Activity.LIST, reason=Activity.PROCEDURE) as entry:
            found = procedure_rows.between(self._do.db, first, last)
            for case in dict.fromkeys(each.case for each in found):
                entry.touch(audit.CASE, case)
            return found

    def page(self, first: date | None, last: date | None, start: int = 0) -> CodePage:
        with self._do.act(Activity.LIST, reason=Activity.PROCEDURE) as entry:
            found = procedure_rows.latest(self._do.db, first, last, start, PAGE)
            number = procedure_rows.number(self._do.db, first, last)
            return CodePage(found, self._named(entry, found), number)

    def sums(self, first: date | None, last: date | None) -> tuple[Sequence[MonthCount], Coverage]:
        with self._do.quiet():
            days = (first, last)
            return procedure_counts.counts(self._do.db, days), procedure_counts.coverage(self._do.db, days)

    def leave(self, first: date | None, last: date | None, to: Receiver, way: CodeWay, *, copied: bool = False) -> None:
        activity = Activity.COPY if copied else Activity.EXPORT
        with self._do.leaving(activity, "", to, Activity.PROCEDURE) as (entry, exits):
            found = procedure_rows.between(self._do.db, first, last)
            exits.enter_context(way(found, self._named(entry, found)))

    def _named(self, entry: audit.Entry, found: Sequence[Registered]) -> Mapping[str, DueCase]:
        """Who the codes are about, each case named in the log."""
        of = list(dict.fromkeys(each.case for each in found))
        for case in of:
            entry.touch(audit.CASE, case)
        return followup_rows.named(self._do.db, of)

    def of_signing(self, case: str, done: Sequence[Procedure]) -> None:
        """In the transaction of the signature."""
        procedure_rows.add_signed(self._do, case, done)
