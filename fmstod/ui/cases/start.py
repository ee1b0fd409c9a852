"""The list after unlocking: drafts and signed certificates, and what waits."""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QWidget

from fmstod import clock
from fmstod.domain.lifecycle import State
from fmstod.domain.listing import Standing, Which
from fmstod.storage.store import CaseRow, Listing
from fmstod.texts import text as say
from fmstod.ui.cases.forms import others_to_begin
from fmstod.ui.cases.other_forms import OtherForms
from fmstod.ui.cases.table import CaseTable
from fmstod.ui.cases.waiting import Waiting, Waits, backup_words
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import button, column, dress, empty, panel, row, scroller, text
from fmstod.ui.kit.tokens import SMALLEST, Look
from fmstod.ui.pages.paper import KEY as PAPER_KEY

SIDE = 344  # px
PAUSE_MS = 150  # between the last letter and the search: each search is a row in the log
PART = 200  # cases read and shown at a time
_NOTHING = Waits()


class StartPage(QWidget):
    """Lists only what it is given. `opened` and `plan_wanted` carry the id of a case.

    Who is looked for is asked outside (`searched`), and answered with `show_found`: `most` cases of those that are to be
    shown, `which`.
    """

    opened = Signal(str)
    plan_wanted = Signal(str)
    new_wanted = Signal()
    form_wanted = Signal(object)  # id and version of another form than the usual one, to begin a case of
    due_wanted = Signal()  # all that is due for follow-up
    log_wanted = Signal()  # of what Försäkringskassan has asked
    draft_wanted = Signal()  # one of Webcert's, from a file
    searched = Signal(str)
    discard_wanted = Signal(object)  # CaseRow of a draft
    paper_wanted = Signal(object)  # CaseRow of the case in focus

    def __init__(self, look: Look, today: Callable[[], date] = clock.today) -> None:
        super().__init__()
        dress(self, ground="surface")
        self._look, self._today = look, today
        self._whole = self._found = Listing(())
        self._standing = Standing()
        self.which, self.most = Which.ALL, PART
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.timeout.connect(self._search_anew)
        self._filter = self._make_filter()
        parts = [(part, say(f"start.segment.{part}", count=999)) for part in Which]  # room for many
        self._segments = Segments(look, parts, say("start.show"), SMALLEST - (40 if look.narrow else SIDE + 56))
        self._segments.show_value(self.which)
        self._segments.chosen.connect(self._choose)
        self._table = CaseTable(look, today())
        self._table.opened.connect(self.opened)
        self._table.discard_wanted.connect(self.discard_wanted)
        self._list = QStackedWidget()
        self._nothing = self._note("start.empty", "start.empty_help")
        self._no_hits = self._note("start.no_hits", "start.no_hits_help")
        for part in (self._table, self._nothing, self._no_hits):
            self._list.addWidget(part)
        self._more = button(look, "", "plain", "down", "accent")
        self._more.clicked.connect(self._show_more)
        self._more.hide()
        self._notice = column()
        self._waiting, self._backup = Waiting(look), text("", "caption", "muted", wrap=True)
        self._waiting.opened.connect(self.opened)
        self._waiting.plan_wanted.connect(self.plan_wanted)
        self._waiting.due_wanted.connect(self.due_wanted)
        self._waiting.log_wanted.connect(self.log_wanted)
        QShortcut(QKeySequence.StandardKey.Find, self, self.focus_filter)
        QShortcut(QKeySequence(PAPER_KEY), self, self._want_paper)
        self._lay_out()

    def show_cases(
        self, listing: Listing, last_backup: datetime | None = None, case: str = "", waits: Waits = _NOTHING
    ) -> None:
        """The beginning of the whole list; `last_backup` in UTC; `case` comes in focus."""
        self._whole, self._standing = listing, waits.standing
        for which in Which:
            self._segments.set_words(which, say(f"start.segment.{which}", count=_count(listing, which)))
        self._search()
        self._table.go_to(case)
        self._waiting.show_cases(listing.waits, waits, self._today())
        self._backup.setText(backup_words(last_backup, self._today()))

    def show_found(self, listing: Listing) -> None:
        """The answer to `searched`."""
        self._found = listing
        self._refill()

    def show_notice(self, notice: QWidget | None) -> None:
        """Something to see before the rest; None takes it away."""
        empty(self._notice)
        if notice is not None:
            self._notice.addSpacing(16 if self._look.narrow else 0)
            self._notice.addWidget(notice)
            self._notice.addSpacing(24)

    def focus_first(self) -> None:
        (self._table if self._table.rowCount() else self._filter).setFocus()

    def focus_filter(self) -> None:
        self._filter.setFocus()
        self._filter.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._filter.text():
            self._filter.clear()
            self._search_anew()
        elif event.key() == Qt.Key.Key_Down and self._filter.hasFocus():
            self._table.setFocus()
        else:
            super().keyPressEvent(event)

    def _make_filter(self) -> QLineEdit:
        box = QLineEdit()
        box.setPlaceholderText(say("start.filter"))
        box.setAccessibleName(say("start.filter_name"))
        side, height = self._look.px(16), self._look.px(32)
        search = mark(self._look, "search", "muted")
        search.setParent(box)
        search.move(8, (height - side) // 2)
        box.setTextMargins(side + 8, 0, 0, 0)
        box.setMaximumWidth(self._look.px(320))
        box.textEdited.connect(lambda: self._typed.start(PAUSE_MS))
        return box

    def _note(self, title: str, words: str) -> QFrame:
        lines = (text(say(title), "strong"), text(say(words), tone="muted", wrap=True))
        return panel(
            column(32, row(mark(self._look, "tip", "muted", 24), ...), 12, *lines, ..., gap=4, pad=(8, 0, 8, 0))
        )

    def _lay_out(self) -> None:
        look = self._look
        new = button(look, say("start.new"), "primary", "plus", "on_accent")
        new.clicked.connect(self.new_wanted)
        bring = button(look, say("incoming.open"), "plain")
        bring.clicked.connect(self.draft_wanted)
        self._other = button(look, say("other_forms.open"), "plain")
        self._other.clicked.connect(self._show_other_forms)
        key = text(say("start.new_key"), "caption", "muted")
        head = row(text(say("start.title"), "title"), ..., bring, 12, self._other, 12, key, 4, new)
        find = column(self._filter, self._segments, gap=12)
        for line in (head, find):
            line.setContentsMargins(8, 0, 8, 0)
        sheet = panel(
            column(head, 16, find, 16, self._list, row(self._more, ...), pad=(16, 24, 16, 16)),
            ground="surface",
            edge="right",
        )
        side = column(pad=(24, 28, 24, 24))
        if not look.narrow:
            side.addLayout(self._notice)
        side.addWidget(self._waiting)
        side.addSpacing(16)
        side.addStretch(1)
        side.addWidget(self._backup)
        if look.narrow:  # one direction of scrolling: what waits comes below the list
            notice = panel(column(self._notice, pad=(24, 0, 24, 0)), ground="surface")
            everything = panel(column(notice, sheet, panel(side, ground="window"), ...), ground="window")
            self.setLayout(column(scroller(everything, "window")))
        else:
            beside = scroller(panel(side, ground="window"), "window")
            beside.setFixedWidth(SIDE)
            whole = row(sheet, beside, gap=0)
            whole.setStretch(0, 1)
            self.setLayout(whole)

    def _want_paper(self) -> None:
        if case := next((row for row in self._found.rows if row.id == self._table.current_case), None):
            self.paper_wanted.emit(case)

    def _show_other_forms(self) -> None:
        card = OtherForms(self._look, self, others_to_begin())
        card.chosen.connect(self.form_wanted)
        card.open_below(self._other)

    def _choose(self, which: str | None) -> None:
        self.which, self.most = Which(which or Which.ALL), PART
        self._segments.show_value(self.which)
        self._search()

    def _search_anew(self) -> None:
        self.most = PART
        self._search()

    def _search(self) -> None:
        """What is wanted is asked for, unless it is in the beginning of the list, which is there."""
        self._typed.stop()
        words = self._filter.text().strip()
        if words or len(self._of(self._whole)) < min(_count(self._whole, self.which), self.most):
            self.searched.emit(words)
        else:
            self.show_found(self._whole)

    def _show_more(self) -> None:
        self.most += PART
        last = self._table.rowCount() - 1
        self._search()
        self._table.setFocus()
        self._table.setCurrentCell(last, 0)

    def _refill(self) -> None:
        rows = self._of(self._found)
        every, drafts, signed = (_count(self._found, part) for part in (Which.ALL, Which.DRAFTS, Which.SIGNED))
        groups = (
            (say("start.drafts"), drafts, [case for case in rows if _is_draft(case)]),
            (say("start.ended"), every - drafts - signed, [case for case in rows if case.state is State.WITHOUT_LEAVE]),
            (say("start.signed"), _count(self._found, self._signed), [case for case in rows if case.signed_at]),
        )
        self._table.show_cases(groups, self._standing)
        anything = bool(rows)
        left = _count(self._found, self.which) - len(rows)
        self._more.setVisible(left > 0)
        self._more.setText(say("start.show_more", count=min(left, PART), left=left))
        self._list.setCurrentWidget(
            self._table if anything else self._no_hits if _count(self._whole, Which.ALL) else self._nothing
        )
        if self._look.narrow:
            self._list.setFixedHeight(self._table.full_height if anything else self._look.px(160))

    @property
    def _signed(self) -> Which:
        """What the signed cases that are shown are a part of."""
        return Which.SIGNED if self.which in (Which.ALL, Which.DRAFTS) else self.which

    def _of(self, listing: Listing) -> list[CaseRow]:
        """Those that are to be shown."""
        if (among := self._standing.of(self.which)) is not None:
            ids = set(among)
            return [row for row in listing.rows if row.id in ids]
        if self.which is Which.ALL:
            return [*listing.rows]
        return [row for row in listing.rows if (_is_draft(row) if self.which is Which.DRAFTS else row.signed_at)]


def _count(listing: Listing, which: Which) -> int:
    return listing.counts.get(which, 0)


def _is_draft(case: CaseRow) -> bool:
    return case.signed_at is None and case.state is not State.WITHOUT_LEAVE
