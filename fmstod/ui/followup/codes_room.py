"""Does what the page of KVÅ codes asks for: each look, copy and file with its row in the log."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from fmstod.domain.code_page import Receiver
from fmstod.domain.due import DueCase
from fmstod.domain.listing import Wanted, Which
from fmstod.domain.problem import Level
from fmstod.domain.procedure import COORDINATION, Contact, Registered, procedure
from fmstod.errors import FmstodError
from fmstod.files import read_procedure_codes
from fmstod.reports.code_file import COUNTED, FIELDS, WHO, as_csv, as_json, count_rows, counts_as_json, is_whole, rows
from fmstod.texts import text as say
from fmstod.ui.followup.code_parts import COUNTS, CSV, HITS, ROWS, CoordinatePart, FileWanted
from fmstod.ui.followup.codes import CodesPage
from fmstod.ui.followup.list import who_is
from fmstod.ui.followup.text import codes_text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import failure_of
from fmstod.ui.session import Session
from fmstod.whole import leaving


class CodesRoom(QObject):
    """It outlives its pages. `enter` shows one once all else is saved; False when that can't be."""

    opened = Signal(str)
    left = Signal()
    failed = Signal(object)
    announced = Signal(str, object)

    def __init__(self, look: Look, session: Session, owner: QObject, enter: Callable[[QWidget], bool]) -> None:
        super().__init__(owner)
        self._look, self._session, self._enter = look, session, enter
        self._codes = read_procedure_codes()
        self.page: CodesPage | None = None
        self._tried: tuple[object, str] | None = None  # a contact and its id: tried again it is the same

    def show(self) -> None:
        """The codes of this month."""
        page = CodesPage(self._look, self._codes, self._session.today)
        page.days_wanted.connect(partial(self._try, self._fill))
        page.more_wanted.connect(self._more)
        page.opened.connect(self.opened)
        page.left.connect(self.left)
        page.revoked.connect(self._revoke)
        page.copy_wanted.connect(partial(self._try, self._copy))
        page.saving.wanted.connect(lambda wanted: self._try(partial(self._save, wanted)))
        self._listen(page.coordinating)
        before, self.page = self.page, page
        try:
            self._fill()
        except FmstodError as error:
            self.page = before
            page.deleteLater()
            self.failed.emit(error)
            return
        if self._enter(page):
            page.destroyed.connect(partial(self._forget, page))
            page.focus_first()
        else:
            self.page = before
            page.deleteLater()

    def _forget(self, page: CodesPage, _gone: object = None) -> None:
        if self.page is page:
            self.page = None

    def _listen(self, part: CoordinatePart) -> None:
        self._tried = None
        part.searched.connect(lambda words: self._try(partial(self._search, words)))
        part.wanted.connect(self._coordinate)

    def _fill(self) -> None:
        if page := self.page:
            store = self._session.store.procedures
            page.show_codes(store.page(*page.days), *store.sums(*page.days))

    @Slot(int)
    def _more(self, start: int) -> None:
        if page := self.page:
            self._try(lambda: page.show_more(self._session.store.procedures.page(*page.days, start)))

    @Slot(object, str)
    def _revoke(self, code: Registered, why: str) -> None:
        try:
            self._session.store.procedures.revoke(code.id, why)
        except FmstodError as error:
            if self.page:
                self.page.refuse(failure_of(error))
            return
        self._try(self._fill)
        if self.page:
            self.page.focus_first()
        self.announced.emit(say("procedures.was_revoked", code=code.code), Level.TIP)

    def _search(self, words: str) -> None:
        found = self._session.store.listing(Wanted(find=words, which=Which.SIGNED, most=HITS))
        if self.page:
            self.page.coordinating.show_hits(found.rows, found.counts[Which.SIGNED])

    @Slot(str, object, int, object)
    def _coordinate(self, case: str, contact: Contact, minutes: int, on: date) -> None:
        page = self.page
        if page is None:
            return
        wanted = (case, contact, minutes, on)
        if self._tried is None or self._tried[0] != wanted:
            self._tried = wanted, self._session.new_id()
        made = procedure(self._codes, COORDINATION, on, self._tried[1], contact, minutes)
        if not made:
            page.coordinating.refuse(say("case_followup.invalid", code=COORDINATION))
            return
        try:
            self._session.store.procedures.register(case, made[0])
        except FmstodError as error:
            page.coordinating.refuse(failure_of(error))
            return
        self._listen(page.renew_coordinating())
        self._try(self._fill)
        self.announced.emit(say("procedures.was_made", day=on), Level.TIP)

    def _copy(self) -> None:
        """As text for the record system, a patient at a time; without what was revoked."""
        if self.page is None:
            return
        copied = 0

        @contextmanager
        def way(found: Sequence[Registered], named: Mapping[str, DueCase]) -> Iterator[None]:
            nonlocal copied
            kept = [each for each in found if each.revoked is None]
            words, copied = for_journal(kept, named), len(kept)
            yield
            if kept:
                QApplication.clipboard().setText(words)

        self._session.store.procedures.leave(*self.page.days, Receiver.JOURNAL, way, copied=True)
        key = {0: "none_copied", 1: "one_copied"}.get(copied, "copied")
        self.announced.emit(say(f"procedures.{key}", count=copied), Level.TIP)

    def _save(self, wanted: FileWanted) -> None:
        page = self.page
        if page is None:
            return
        days = page.days
        if wanted.what == COUNTS and not self._has_months(days):
            page.saving.refuse(say("procedures.saving.no_months"))
            return
        file = self._session.choose_file(
            say(f"procedures.saving.file_{wanted.what}", days="--".join(map(str, days)), shape=wanted.shape)
        )
        if file is None:
            return
        self._session.store.procedures.leave(*days, wanted.to, partial(self._written, file, wanted, days))
        page.leave_part(page.saving)
        told = say("procedures.saving.saved", file=file.name, recipient=say(f"recipient.{wanted.to}"))
        self.announced.emit(told, Level.TIP)

    def _has_months(self, days: tuple[date, date]) -> bool:
        """Whether a whole month of these days has codes."""
        counts, _coverage = self._session.store.procedures.sums(*days)
        return any(is_whole(date.fromisoformat(f"{each.month}-01"), days) for each in counts)

    def _written(
        self,
        file: Path,
        wanted: FileWanted,
        days: tuple[date, date],
        found: Sequence[Registered],
        named: Mapping[str, DueCase],
    ) -> AbstractContextManager[None]:
        excel = wanted.shape == CSV
        if wanted.what == ROWS:
            table = rows(found, self._codes, named if wanted.names else None)
            fields = FIELDS + (WHO if wanted.names else ())
            words = as_csv(table, fields, excel=True) if excel else as_json(table, found, days)
        else:
            table = count_rows(found, self._codes, days)
            words = as_csv(table, COUNTED, excel=True) if excel else counts_as_json(table, days)
        return leaving(file, words.encode())

    def _try(self, act: Callable[[], None]) -> None:
        try:
            act()
        except FmstodError as error:
            self.failed.emit(error)


def for_journal(codes: Sequence[Registered], named: Mapping[str, DueCase]) -> str:
    """Under the name and birth date of each patient the codes of the case; of someone protected no name."""
    parts = []
    for case, each in groupby(sorted(codes, key=lambda code: (code.case, code.on, code.at)), lambda code: code.case):
        about = named.get(case)
        born = about.born if about and not about.protected else None
        head = say(f"procedures.{'copied_born' if born else 'copied_head'}", who=who_is(about), born=born)
        parts.append(f"{head}\n{codes_text(list(each))}")
    return "\n".join(parts)
