"""The log of complements: what Försäkringskassan has asked, of which question of the form, and when it was answered."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from fmstod.domain.inquiry import GroupCount, Inquiry, counted
from fmstod.domain.listing import Wanted
from fmstod.storage.store import Store
from fmstod.texts import text as say
from fmstod.ui.cases.table import shown_name
from fmstod.ui.frame import LinkButton
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, button, column, dress, panel, row, rule, scroller, text
from fmstod.ui.kit.tab_order import read_order
from fmstod.ui.kit.tokens import Look
from fmstod.ui.life.inquiries import LATE, standing

WIDTH, NAME, BAR = 880, 260, 240  # px
SHOWN = 50  # questions at a time
EXCERPT = 160  # characters of a question: enough to know it again; the whole stands in its case


class InquiryLogPage(QWidget):
    """All questions, whose patients are named as they are shown."""

    opened = Signal(str)
    left = Signal()

    def __init__(self, look: Look, store: Store, today: date) -> None:
        super().__init__()
        dress(self, ground="window")
        self._look, self._store, self._today = look, store, today
        asked = store.lives.inquiries()
        self.back = button(look, say("inquiry_log.back"), "plain")
        self.back.clicked.connect(self.left)
        self.links: list[LinkButton] = []
        parts: list[Part] = [row(text(say("inquiry_log.title"), "title"), ..., self.back), 4]
        if asked:
            parts += [text(say("inquiry_log.about"), tone="muted", wrap=True), 16]
            parts += [self._counts(counted(each for _case, each in asked)), 24, self._list(asked)]
        else:
            parts.append(self._nothing())
        sheet = panel(column(*parts), ground="window")
        sheet.setMaximumWidth(look.px(WIDTH))
        middle = row(..., sheet, ..., pad=(24, 24, 24, 24))
        middle.setStretch(1, 100)
        self.setLayout(column(scroller(panel(column(middle, ...), ground="window"), "window")))

    def focus_first(self) -> None:
        (self.links[0] if self.links else self.back).setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _nothing(self) -> QWidget:
        lines = (text(say("inquiry_log.empty"), "strong"), text(say("inquiry_log.empty_help"), tone="muted", wrap=True))
        icon = row(mark(self._look, "tip", "muted", 24), ...)
        return panel(column(icon, 12, *lines, gap=4, pad=(24, 20, 24, 24)), card="true")

    def _counts(self, counts: Sequence[GroupCount]) -> QWidget:
        if not counts:
            words = text(say("inquiry_log.no_complements"), tone="muted", wrap=True)
            return panel(column(words, pad=(24, 20, 24, 20)), card="true")
        most = max(count.asked for count in counts)
        lines: list[Part] = []
        for count in sorted(counts, key=lambda each: -each.asked):
            name = text(say(f"group.{count.group}"), wrap=True)
            name.setMinimumWidth(self._look.px(NAME) if not self._look.narrow else 0)
            key = "count_waiting" if count.waiting else "count"
            said = text(say(f"inquiry_log.{key}", asked=count.asked, waiting=count.waiting), wrap=self._look.narrow)
            line = row(name, _Bar(self._look, count.asked / most), said, ..., gap=16)
            lines.append(column(name, said) if self._look.narrow else line)
        head = text(say("inquiry_log.counts"), "heading")
        return panel(column(head, 4, *lines, gap=8, pad=(24, 20, 24, 24)), card="true")

    def _list(self, asked: Sequence[tuple[str, Inquiry]]) -> QWidget:
        self._left = sorted(asked, key=lambda one: one[1].asked.on, reverse=True)
        self._lines = column(gap=12)
        self._more = button(self._look, "", "plain", "down", "accent")
        self._more.clicked.connect(self._show_more)
        self._add()
        head = text(say("inquiry_log.all"), "heading")
        return panel(column(head, 12, self._lines, 12, row(self._more, ...), pad=(24, 20, 24, 20)), card="true")

    def _add(self) -> None:
        """The next ones, below those that are told already."""
        part, self._left = self._left[:SHOWN], self._left[SHOWN:]
        cases = tuple(dict.fromkeys(case for case, _each in part))
        rows = self._store.listing(Wanted(most=0, also=cases)).waits
        names = {row.id: shown_name(row) for row in rows}
        for case, each in part:
            if self.links:
                self._lines.addWidget(rule())
            line = self._one(case, each, names.get(case, say("start.nameless")))
            self._lines.addWidget(line)
            if self.isVisible():
                line.show()  # at once, or it can't take the focus
        self._more.setText(say("due.more", count=min(len(self._left), SHOWN)))
        self._more.setVisible(bool(self._left))

    def _show_more(self) -> None:
        first = len(self.links)
        self._add()
        read_order(self)
        self.links[first].setFocus(Qt.FocusReason.TabFocusReason)

    def _one(self, case: str, inquiry: Inquiry, name: str) -> QWidget:
        told = inquiry.asked
        shape, state = standing(inquiry, self._today)
        link = LinkButton(self._look, "right")
        link.show_words(name)
        link.setAccessibleDescription(f"{say(f'subject.{told.subject}')}, {state}")
        link.clicked.connect(partial(self._go, case))
        self.links.append(link)
        key = "came" if told.from_fk else "own"
        what = text(
            say(f"inquiries.line.{key}", subject=say(f"subject.{told.subject}"), day=told.on), "strong", wrap=True
        )
        where = text(state, tone=shape[1] if shape is LATE else "muted", wrap=True)
        about = ", ".join(say(f"group.{group}") for group in told.groups)
        line = " ".join(told.text.split())
        short = line if len(line) <= EXCERPT else f"{line[:EXCERPT].rsplit(' ', 1)[0]} …"
        body = [text(words, wrap=True) for words in (about, short) if words]
        head = row(mark(self._look, *shape), where, gap=8)
        head.setStretch(1, 1)
        whose = row(link)
        return panel(column(what, head, *body, whose, gap=4))

    def _go(self, case: str, _checked: bool = False) -> None:
        self.opened.emit(case)


class _Bar(QWidget):
    """How often, beside the most often; the number stands beside it."""

    def __init__(self, look: Look, part: float) -> None:
        super().__init__()
        self._look, self._part = look, part
        self.setFixedSize(look.px(BAR), look.px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, self.width() * self._part, self.height()), self._look.colour("accent"))
        painter.end()
