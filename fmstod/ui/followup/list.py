"""The list of what is due for follow-up: each case once, the most pressing reason first."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from fmstod.domain.due import Due, DueCase, Why
from fmstod.domain.icd import dotted
from fmstod.texts import text as say
from fmstod.ui.dates import long_day
from fmstod.ui.followup.due import Group
from fmstod.ui.followup.reasons import all_words, main_words
from fmstod.ui.frame import LinkButton
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, button, column, dress, panel, row, scroller, text
from fmstod.ui.kit.tab_order import read_order
from fmstod.ui.kit.tokens import Look

WIDTH = 880  # px
NAMED = 50  # cases of a group that are told at once
NAME = 32  # characters of a name
SHAPES = {
    Why.OVERDUE: ("error", "error"),
    Why.THIS_WEEK: ("calendar", "text"),
    Why.ENDS: ("warn", "warn"),
    Why.MILESTONE: ("calendar", "muted"),
    Why.NO_PLAN: ("missing", "text"),
    Why.PASSIVE: ("missing", "muted"),
}


class FollowUpsPage(QWidget):
    """`opened` with the case to follow up. `more_wanted` asks for a group's next cases; `show_more` answers."""

    opened = Signal(str)
    more_wanted = Signal(object)  # Sequence[Due]
    codes_wanted = Signal()  # the page of KVÅ codes
    left = Signal()

    def __init__(self, look: Look, groups: Sequence[Group], named: Mapping[str, DueCase], today: date) -> None:
        super().__init__()
        dress(self, ground="window")
        self._look, self._today = look, today
        self._links: dict[Why, list[LinkButton]] = {}
        self._lists: dict[Why, QBoxLayout] = {}
        self._left: dict[Why, list[Due]] = {}
        self.back = button(look, say("due.back"), "plain")
        self.back.clicked.connect(self.left)
        codes = button(look, say("procedures.open"), "plain")
        codes.clicked.connect(self.codes_wanted)
        parts: list[Part] = [
            row(text(say("due.title"), "title"), ..., codes, 16, self.back),
            4,
            text(say("due.about"), tone="muted", wrap=True),
            16,
        ]
        parts += [part for group in groups for part in (self._group(group, named), 16)]
        if not groups:
            parts.append(self._nothing())
        sheet = panel(column(*parts), ground="window")
        sheet.setMaximumWidth(look.px(WIDTH))
        middle = row(..., sheet, ..., pad=(24, 24, 24, 24))
        middle.setStretch(1, 100)
        self.setLayout(column(scroller(panel(column(middle, ...), ground="window"), "window")))

    @property
    def links(self) -> list[LinkButton]:
        """The ways to the cases, as they stand."""
        return [link for group in self._links.values() for link in group]

    def focus_first(self) -> None:
        (self.links[0] if self.links else self.back).setFocus(Qt.FocusReason.TabFocusReason)

    def show_more(self, cases: Sequence[Due], named: Mapping[str, DueCase]) -> None:
        """The next ones of their group, below those that are told already."""
        added = [self._line(each, named) for each in cases]
        for each, line in zip(cases, added, strict=True):
            self._lists[each.why].addWidget(line)
            line.show()  # at once, or it can't take the focus
        read_order(self)  # arrows and Tab go on from them
        if cases:
            self._links[cases[0].why][-len(cases)].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _nothing(self) -> QWidget:
        lines = (text(say("due.nothing"), "strong"), text(say("due.nothing_help"), tone="muted", wrap=True))
        icon = row(mark(self._look, "calendar", "muted", 24), ...)
        return panel(column(icon, 12, *lines, gap=4, pad=(24, 20, 24, 24)), card="true")

    def _group(self, group: Group, named: Mapping[str, DueCase]) -> QWidget:
        look, shown = self._look, group.cases[:NAMED]
        name = text(say(f"due.why.{group.why}"), "heading", wrap=True)
        head = row(mark(look, *SHAPES[group.why]), name, text(str(len(group.cases)), "strong", "muted"), gap=8)
        head.setStretch(1, 1)
        lines = self._lists[group.why] = column(gap=2)
        for each in shown:
            lines.addWidget(self._line(each, named))
        self._left[group.why] = list(group.cases[NAMED:])
        more = button(look, say("due.more", count=min(len(self._left[group.why]), NAMED)), "plain")
        more.clicked.connect(partial(self._more, group.why, more))
        if not self._left[group.why]:
            more.hide()
        parts: list[Part] = [head, 8, lines, row(more, ...)]
        if group.why is Why.NO_PLAN:
            parts.insert(1, text(say("due.counted.no_plan"), "caption", "muted", wrap=True))
        return panel(column(*parts, pad=(24, 16, 24, 16)), card="true")

    def _line(self, each: Due, named: Mapping[str, DueCase]) -> QWidget:
        """The way to the case, and below it what holds besides."""
        others = "; ".join(all_words(each, self._today, long_day)[1:])
        link = self._link(each, named, others)
        if not others:
            return link
        also = text(say("due.also", reasons=others), "caption", "muted", wrap=True)
        return panel(column(link, column(also, pad=(self._look.px(24), 4, 0, 4))))  # clear of the link's ring

    def _link(self, each: Due, named: Mapping[str, DueCase], others: str) -> LinkButton:
        link = LinkButton(self._look, "right")
        who, about = who_is(named.get(each.id)), ""
        if (case := named.get(each.id)) and case.diagnosis and not case.protected:
            about = say("due.diagnosis", code=dotted(case.diagnosis), text=case.diagnosis_text)
        what = main_words(each, self._today, long_day)
        code = (dotted(case.diagnosis),) if case and about else ()
        link.show_words(say("due.line", who=", ".join((_short(who), *code)), what=what))
        link.setAccessibleName(say("due.line", who=", ".join((who, *code)), what=what))
        link.setToolTip(", ".join(part for part in (who, about) if part))
        link.setAccessibleDescription(", ".join(part for part in (say(f"due.why.{each.why}"), others, about) if part))
        link.clicked.connect(partial(self._go, each.id))
        self._links.setdefault(each.why, []).append(link)
        return link

    def _go(self, case: str, _checked: bool = False) -> None:
        self.opened.emit(case)

    def _more(self, why: Why, more: QWidget, _checked: bool = False) -> None:
        left = self._left[why]
        self._left[why] = left[NAMED:]
        more.setVisible(bool(self._left[why]))
        self.more_wanted.emit(left[:NAMED])


def _short(name: str) -> str:
    """What is due, and when, stays to be read after it."""
    return name if len(name) <= NAME else f"{name[:NAME].rstrip()}…"


def who_is(case: DueCase | None) -> str:
    """The name, as the list of cases tells it: nobody who is protected is named outside the open case."""
    if case is None or not (case.name or case.protected):
        return say("due.nameless")
    return say("due.protected") if case.protected else case.name
