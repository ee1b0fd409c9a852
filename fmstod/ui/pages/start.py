"""The list after unlocking: drafts and signed certificates, and what waits."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QWidget

from fmstod import clock
from fmstod.clock import SWEDEN
from fmstod.dates import short_day
from fmstod.storage.store import CaseRow
from fmstod.texts import text as say
from fmstod.ui.choices import Segments
from fmstod.ui.form_list import has_plan, others_to_begin
from fmstod.ui.frame import LinkButton
from fmstod.ui.marks import mark
from fmstod.ui.pages.asked_card import asked_card
from fmstod.ui.pages.case_table import CaseTable, shown_name
from fmstod.ui.pages.other_forms import OtherForms
from fmstod.ui.parts import Part, button, column, dress, empty, fill, panel, row, scroller, text
from fmstod.ui.tokens import Look

SIDE = 344  # px
SOON = timedelta(days=7)
MOST_NAMED = 4
PAUSE_MS = 150  # between the last letter and the search: each search is a row in the log
SEGMENTS = ("all", "drafts", "signed")


class StartPage(QWidget):
    """Lists only what it is given. `opened` and `plan_wanted` carry the id of a case.

    Who is looked for is asked outside (`searched`), and answered with `show_found`.
    """

    opened = Signal(str)
    plan_wanted = Signal(str)
    new_wanted = Signal()
    form_wanted = Signal(object)  # id and version of another form than the usual one, to begin a case of
    log_wanted = Signal()  # of what Försäkringskassan has asked
    draft_wanted = Signal()  # one of Webcert's, from a file
    searched = Signal(str)
    discard_wanted = Signal(object)  # CaseRow of a draft

    def __init__(self, look: Look, today: Callable[[], date] = clock.today) -> None:
        super().__init__()
        dress(self, ground="surface")
        self._look, self._today = look, today
        self._rows: tuple[CaseRow, ...] = ()
        self._found: tuple[CaseRow, ...] = ()
        self._typed = QTimer(self)
        self._typed.setSingleShot(True)
        self._typed.timeout.connect(self._search)
        self._shown = "all"
        self._filter = self._make_filter()
        self._segments = Segments(look, [(s, say(f"start.segment.{s}", count=0)) for s in SEGMENTS], say("start.show"))
        self._segments.show_value(self._shown)
        self._segments.chosen.connect(self._choose)
        self._table = CaseTable(look, today())
        self._table.opened.connect(self.opened)
        self._table.discard_wanted.connect(self.discard_wanted)
        self._list = QStackedWidget()
        self._nothing = self._note("start.empty", "start.empty_help")
        self._no_hits = self._note("start.no_hits", "start.no_hits_help")
        for part in (self._table, self._nothing, self._no_hits):
            self._list.addWidget(part)
        self._notice = column()
        self._side, self._backup = column(), text("", "caption", "muted", wrap=True)
        QShortcut(QKeySequence.StandardKey.Find, self, self.focus_filter)
        self._lay_out()

    def show_cases(self, rows: Sequence[CaseRow], last_backup: datetime | None = None, case: str = "") -> None:
        """`rows` in the order to list them; `last_backup` in UTC; `case` comes in focus."""
        self._rows = self._found = tuple(rows)
        counts = {"all": len(rows), "drafts": len(_drafts(rows)), "signed": len(rows) - len(_drafts(rows))}
        for name, count in counts.items():
            self._segments.set_words(name, say(f"start.segment.{name}", count=count))
        self._search()
        self._table.go_to(case)
        self._fill_side()
        self._backup.setText(backup_words(last_backup, self._today()))

    def show_found(self, rows: Sequence[CaseRow]) -> None:
        """The answer to `searched`."""
        self._found = tuple(rows)
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
            self._search()
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
        find = row(self._filter, 8, self._segments)
        if look.narrow:
            find = column(self._filter, self._segments, gap=12)
        else:
            find.setStretch(0, 1)
        for line in (head, find):
            line.setContentsMargins(8, 0, 8, 0)
        sheet = panel(column(head, 16, find, 16, self._list, pad=(16, 24, 16, 16)), ground="surface", edge="right")
        side = column(pad=(24, 28, 24, 24))
        if not look.narrow:
            side.addLayout(self._notice)
        side.addLayout(self._side)
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

    def _fill_side(self) -> None:
        empty(self._side)
        today = self._today()
        parts = (
            text(say("start.followups"), "heading"), 12, self._followup_card(due(self._rows, today)), 24,
            text(say("start.unfinished"), "heading"), 12, self._plan_card(without_plan(self._rows)), 24,
            text(say("asked.title"), "heading"), 12,
            asked_card(self._look, self._rows, today, self.opened.emit, self.log_wanted.emit),
        )  # fmt: skip
        fill(self._side, parts, 0, (0, 0, 0, 0))

    def _followup_card(self, cases: Sequence[CaseRow]) -> QFrame:
        if not cases:
            title, words = text(say("start.nothing_due"), "strong", wrap=True), say("start.nothing_due_help")
            icon = row(mark(self._look, "calendar", "muted", 24), ...)
            return panel(
                column(icon, 12, title, 4, text(words, tone="muted", wrap=True), pad=(16, 16, 16, 16)), card="true"
            )
        lines: list[Part] = []
        for case in cases[:MOST_NAMED]:
            words = say("start.followup_row", name=shown_name(case), day=short_day(case.followup or self._today()))
            link = LinkButton(self._look, "right")
            link.show_words(words)
            link.clicked.connect(partial(self.opened.emit, case.id))
            lines.append(link)
        return panel(column(*lines, *_more(cases), gap=4, pad=(16, 12, 16, 12)), card="true")

    def _plan_card(self, cases: Sequence[CaseRow]) -> QFrame:
        if not cases:
            return panel(
                column(text(say("start.nothing_unfinished"), tone="muted", wrap=True), pad=(16, 16, 16, 16)),
                card="true",
            )
        lines: list[Part] = [row(text(say("start.no_plan"), "strong"), ..., text(str(len(cases)), "strong"))]
        for case in cases[:MOST_NAMED]:
            day = short_day(case.signed_at.astimezone(SWEDEN).date()) if case.signed_at else ""
            link = button(self._look, say("start.write_plan"), "plain", "right", "accent")
            link.setAccessibleName(say("start.write_plan_for", name=shown_name(case)))
            link.clicked.connect(partial(self.plan_wanted.emit, case.id))
            words = text(say("start.no_plan_row", name=shown_name(case), day=day), tone="muted", wrap=True)
            lines += [words, row(link, ...)]
        return panel(column(*lines, *_more(cases), gap=6, pad=(16, 16, 16, 12)), card="true")

    def _show_other_forms(self) -> None:
        card = OtherForms(self._look, self, others_to_begin())
        card.chosen.connect(self.form_wanted)
        card.open_below(self._other)

    def _choose(self, which: str | None) -> None:
        self._shown = which or "all"
        self._segments.show_value(self._shown)
        self._refill()

    def _search(self) -> None:
        self._typed.stop()
        if words := self._filter.text().strip():
            self.searched.emit(words)
        else:
            self.show_found(self._rows)

    def _refill(self) -> None:
        drafts = _drafts(self._found) if self._shown != "signed" else []
        signed = [case for case in self._found if case.signed_at] if self._shown != "drafts" else []
        self._table.show_cases(((say("start.drafts"), drafts), (say("start.signed"), signed)))
        anything = bool(drafts or signed)
        self._list.setCurrentWidget(self._table if anything else self._no_hits if self._rows else self._nothing)
        if self._look.narrow:
            self._list.setFixedHeight(self._table.full_height if anything else self._look.px(160))


def _more(cases: Sequence[CaseRow]) -> tuple[QWidget, ...]:
    left = len(cases) - MOST_NAMED
    return (text(say("start.more", count=left), "caption", "muted"),) if left > 0 else ()


def _drafts(rows: Sequence[CaseRow]) -> list[CaseRow]:
    return [case for case in rows if case.signed_at is None]


def due(rows: Sequence[CaseRow], today: date) -> list[CaseRow]:
    """Follow-ups of today and the coming week, and those that have passed without a newer day, soonest first."""
    waiting = [case for case in rows if case.signed_at and case.followup and case.followup <= today + SOON]
    return sorted(waiting, key=lambda case: case.followup or today)


def without_plan(rows: Sequence[CaseRow]) -> list[CaseRow]:
    return [case for case in rows if case.signed_at and not case.has_plan and has_plan(case.form)]


def backup_words(last: datetime | None, today: date) -> str:
    if last is None:
        return say("start.no_backup")
    at = last.astimezone(SWEDEN)
    if at.date() == today:
        when = say("start.today", time=f"{at:%H:%M}")
    elif at.date() == today - timedelta(days=1):
        when = say("start.yesterday", time=f"{at:%H:%M}")
    else:
        when = at.date().isoformat()
    return say("start.backup", when=when)
