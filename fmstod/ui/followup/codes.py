"""All KVÅ codes of some days: recorded, counted, held against what should have given them, and out of the program."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from fmstod.domain.code_page import PAGE, CodePage
from fmstod.domain.period import EARLIEST, LATEST, PAST
from fmstod.domain.procedure import Codes, Coverage, MonthCount, Registered
from fmstod.texts import text as say
from fmstod.ui.followup.card import RevokeCodePart
from fmstod.ui.followup.code_cards import catalogue_card, sums_card
from fmstod.ui.followup.code_parts import CoordinatePart, SavePart
from fmstod.ui.followup.code_table import CodeTable
from fmstod.ui.kit.boxes import DayBox
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.in_place import InPlace
from fmstod.ui.kit.parts import Flow, above, button, column, dress, empty, panel, row, scroller, text
from fmstod.ui.kit.tokens import Look

WIDTH = 1040  # px
MONTH, LAST_MONTH, YEAR, OWN = "month", "last_month", "year", "own"
Days = tuple[date, date]


def days_of(period: str, today: date) -> Days:
    """The first and the last day of a period: whole months, and the year so far with all of its last month."""
    first = today.replace(day=1)
    if period == LAST_MONTH:
        first = (first - timedelta(1)).replace(day=1)
    end = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return (first.replace(month=1) if period == YEAR else first, end)


class CodesPage(QWidget):
    """`days_wanted` when other days are chosen, `more_wanted` with how many codes stand there; `show_codes` and
    `show_more` answer. `revoked` carries a code and why. Copies and files are asked of the owner.
    """

    days_wanted = Signal()
    more_wanted = Signal(int)
    opened = Signal(str)
    revoked = Signal(object, str)  # Registered
    copy_wanted = Signal()
    left = Signal()

    def __init__(self, look: Look, codes: Codes, today: Callable[[], date]) -> None:
        super().__init__()
        dress(self, ground="window")
        self._look, self._today = look, today
        self._period, self.days = MONTH, days_of(MONTH, today())
        self._number = 0
        self.back = button(look, say("procedures.back"), "plain")
        self.back.clicked.connect(self.left)
        self.period = Segments(
            look,
            [(p, say(f"procedures.period.{p}")) for p in (MONTH, LAST_MONTH, YEAR, OWN)],
            say("procedures.days"),
            900,
        )
        self.period.show_value(MONTH)
        self.period.chosen.connect(self._choose)
        self.first, self.last = (DayBox(look, say(f"procedures.{name}"), today, back=PAST) for name in ("from", "to"))
        for box in (self.first, self.last):
            box.day_typed.connect(self._take_days)
        self._bad_days = text(say("procedures.bad_days"), tone="error", wrap=True)
        self._own = panel(
            column(
                row(above(say("procedures.from"), self.first), above(say("procedures.to"), self.last), ..., gap=24),
                self._bad_days,
            )
        )
        self._own.hide()
        self._bad_days.hide()
        self._sums = column()
        self.table = CodeTable(look, codes)
        self.table.opened.connect(self.opened)
        self.table.revoke_wanted.connect(self._ask_why)
        self.saving, self.coordinating = SavePart(look), CoordinatePart(look, today)
        self.copy, self.save, self.coordinate = (
            button(look, say(f"procedures.{n}")) for n in ("copy", "save", "coordinate")
        )
        self.copy.clicked.connect(self.copy_wanted)
        for made, part in ((self.save, self.saving), (self.coordinate, self.coordinating)):
            made.clicked.connect(partial(self.enter, part))
            part.left.connect(partial(self.leave_part, part))
            part.hide()
        QShortcut(QKeySequence("Ctrl+Shift+J"), self, self.copy_wanted.emit)
        self._why: RevokeCodePart | None = None
        self._whys, self._count = column(), text("", tone="muted")
        self._nothing = panel(
            column(
                text(say("procedures.nothing"), "strong"), text(say("procedures.nothing_help"), tone="muted", wrap=True)
            )
        )
        self.more = button(look, "", "plain", "down", "accent")
        self.more.clicked.connect(self._more)
        self._lay_out(codes)

    def focus_first(self) -> None:
        (self.table if self.table.shown else self.period.stop).setFocus(Qt.FocusReason.TabFocusReason)

    def show_codes(self, page: CodePage, counts: Sequence[MonthCount], coverage: Coverage) -> None:
        """Those of the days that are chosen."""
        self._put_why_away()
        empty(self._sums)
        self._sums.addWidget(sums_card(self._look, counts, coverage))
        self._number = page.number
        self.table.show_page(page)
        self._follow()

    def show_more(self, page: CodePage) -> None:
        self.table.show_page(page, more=True)
        self._follow()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def refuse(self, words: str) -> None:
        """Why a code wasn't taken back, where it was asked for."""
        if self._why is not None:
            self._why.refuse(words)

    def enter(self, part: InPlace, _checked: bool = False) -> None:
        for other in (self.saving, self.coordinating):
            other.setVisible(other is part)
        part.focus_first()

    def leave_part(self, part: InPlace) -> None:
        part.refuse("")
        part.hide()
        (self.save if part is self.saving else self.coordinate).setFocus(Qt.FocusReason.TabFocusReason)

    def renew_coordinating(self) -> CoordinatePart:
        """An empty one for the next contact, in place of the one that is recorded."""
        new, old = CoordinatePart(self._look, self._today), self.coordinating
        self._parts.replaceWidget(old, new)
        new.hide()
        new.left.connect(partial(self.leave_part, new))
        self.coordinate.clicked.disconnect()
        self.coordinate.clicked.connect(partial(self.enter, new))
        self.coordinating = new
        old.hide()
        old.deleteLater()
        self.coordinate.setFocus(Qt.FocusReason.TabFocusReason)
        return new

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, codes: Codes) -> None:
        look = self._look
        self._parts = column(self.saving, self.coordinating)
        ways = Flow()
        for made in (self.copy, self.save, self.coordinate):
            ways.addWidget(made)
        head = row(text(say("procedures.list"), "heading"), self._count, ..., gap=12)
        listed = column(head, 8, self._whys, self._nothing, self.table, row(self.more, ...), pad=(24, 16, 24, 16))
        sheet = panel(
            column(
                row(text(say("procedures.title"), "title"), ..., self.back),
                4,
                text(say("procedures.about"), tone="muted", wrap=True),
                16,
                self.period,
                8,
                self._own,
                8,
                panel(ways),
                8,
                self._parts,
                16,
                self._sums,
                16,
                panel(listed, card="true"),
                16,
                catalogue_card(codes),
                16,
                text(say("procedures.saving.own_format"), "caption", "muted", wrap=True),
            ),
            ground="window",
        )
        sheet.setMaximumWidth(look.px(WIDTH))
        middle = row(..., sheet, ..., pad=(24, 24, 24, 24))
        middle.setStretch(1, 100)
        self._area = scroller(panel(column(middle, ...), ground="window"), "window")
        self.table.currentCellChanged.connect(lambda *_: self._reveal())
        self.setLayout(column(self._area))

    def _follow(self) -> None:
        shown = len(self.table.shown)
        self.table.setVisible(bool(shown))
        self._nothing.setVisible(not shown)
        self._count.setText(say("procedures.list_count", count=self._number) if shown else "")
        left = self._number - shown
        self.more.setText(say("procedures.more", count=min(left, PAGE)))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(left > 0)
        for made in (self.copy, self.save):
            made.setEnabled(bool(shown))

    def _reveal(self) -> None:
        """The row in focus is in sight; the page scrolls, not the table."""
        inside, item = self._area.widget(), self.table.currentItem()
        if self.table.hasFocus() and inside is not None and item is not None:
            place = self.table.viewport().mapTo(inside, self.table.visualItemRect(item).center())
            self._area.ensureVisible(place.x(), place.y(), 0, self._look.px(48))

    @Slot(object)
    def _choose(self, period: object) -> None:
        if period is None:  # pressed again: there is always one
            self.period.show_value(self._period)
            return
        self._period = str(period)
        self._own.setVisible(period == OWN)
        if period == OWN:
            for box, day in zip((self.first, self.last), self.days, strict=True):
                box.show_value(day.isoformat())
            self.first.setFocus(Qt.FocusReason.TabFocusReason)
            return
        self._take(days_of(str(period), self._today()))

    @Slot(str)
    def _take_days(self, _day: str) -> None:
        first, last = self.first.day, self.last.day
        good = first is not None and last is not None and EARLIEST <= first <= last <= LATEST
        self._bad_days.setVisible(not good)
        if good and first and last:
            self._take((first, last))

    def _take(self, days: Days) -> None:
        self._bad_days.hide()
        if days != self.days:
            self.days = days
            self.days_wanted.emit()

    @Slot()
    def _more(self) -> None:
        self.more_wanted.emit(len(self.table.shown))

    @Slot(object)
    def _ask_why(self, code: Registered) -> None:
        self._put_why_away()
        self._why = RevokeCodePart(self._look, code.code)
        self._why.left.connect(self._leave_why)
        self._why.wanted.connect(partial(self.revoked.emit, code))
        which = self.table.words_of(code)
        self._whys.addWidget(text(say("procedures.revoke_which", which=which), "strong", wrap=True))
        self._whys.addWidget(self._why)
        self._why.focus_first()

    @Slot()
    def _leave_why(self) -> None:
        self._put_why_away()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _put_why_away(self) -> None:
        self._why = None
        empty(self._whys)
