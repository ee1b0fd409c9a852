"""What waits beside the list of cases: follow-ups, plans that aren't written, Försäkringskassan's questions, the backup."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from fmstod.clock import SWEDEN
from fmstod.dates import short_day
from fmstod.domain.due import Due
from fmstod.domain.listing import Standing
from fmstod.storage.store import CaseRow
from fmstod.texts import text as say
from fmstod.ui.cases.asked_card import asked_card
from fmstod.ui.cases.table import shown_name
from fmstod.ui.followup.reasons import all_words
from fmstod.ui.frame import LinkButton
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, button, column, empty, fill, panel, row, text
from fmstod.ui.kit.tokens import Look

MOST_NAMED = 4


class Waits(NamedTuple):
    """All that is due, and how the sick leaves stand; the cases `named` are told."""

    due: Sequence[Due] = ()
    standing: Standing = Standing()

    @property
    def named(self) -> Sequence[str]:
        return [*(each.id for each in self.due[:MOST_NAMED]), *self.standing.no_plan[:MOST_NAMED]]


class Waiting(QWidget):
    """`opened` and `plan_wanted` carry the id of a case; `log_wanted` asks for the log of what has been asked for."""

    opened = Signal(str)
    plan_wanted = Signal(str)
    due_wanted = Signal()  # the whole list of what is due
    log_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._today = look, date.min
        self._parts = column()
        self.setLayout(self._parts)

    def show_cases(self, rows: Sequence[CaseRow], waits: Waits, today: date) -> None:
        """The cases that are told, and those with a question, are among `rows`."""
        self._today = today
        named = {each.id: each for each in rows}
        empty(self._parts)
        parts = (
            text(say("start.followups"), "heading"), 12, self._followup_card(waits.due, named), 24,
            text(say("start.unfinished"), "heading"), 12, self._plan_card(waits.standing.no_plan, named), 24,
            text(say("asked.title"), "heading"), 12,
            asked_card(self._look, rows, today, self.opened.emit, self.log_wanted.emit),
        )  # fmt: skip
        fill(self._parts, parts, 0, (0, 0, 0, 0))

    def _followup_card(self, due: Sequence[Due], named: Mapping[str, CaseRow]) -> QFrame:
        if not due:
            title, words = text(say("start.nothing_due"), "strong", wrap=True), say("start.nothing_due_help")
            icon = row(mark(self._look, "calendar", "muted", 24), ...)
            return panel(
                column(icon, 12, title, 4, text(words, tone="muted", wrap=True), pad=(16, 16, 16, 16)), card="true"
            )
        lines: list[Part] = [row(text(say("start.due"), "strong"), ..., text(str(len(due)), "strong"))]
        for each in due[:MOST_NAMED]:
            if each.id not in named:
                continue
            words = "; ".join(all_words(each, self._today, self._day))
            link = LinkButton(self._look, "right")
            link.show_words(shown_name(named[each.id]))
            link.setAccessibleDescription(words)
            link.clicked.connect(partial(self.opened.emit, each.id))
            why = text(words, "caption", "muted", wrap=True)
            lines += [link, column(why, pad=(self._look.px(24), 0, 0, 4))]
        whole = button(self._look, say("start.all_due"), "plain", "right", "accent")
        whole.clicked.connect(self.due_wanted)
        return panel(column(*lines, *_more(len(due)), row(whole, ...), gap=4, pad=(16, 12, 16, 12)), card="true")

    def _day(self, day: date) -> str:
        return short_day(day) if day.year == self._today.year else day.isoformat()

    def _plan_card(self, cases: Sequence[str], named: Mapping[str, CaseRow]) -> QFrame:
        if not cases:
            return panel(
                column(text(say("start.nothing_unfinished"), tone="muted", wrap=True), pad=(16, 16, 16, 16)),
                card="true",
            )
        lines: list[Part] = [row(text(say("start.no_plan"), "strong"), ..., text(str(len(cases)), "strong"))]
        for case in (named[each] for each in cases[:MOST_NAMED] if each in named):
            day = short_day(case.signed_at.astimezone(SWEDEN).date()) if case.signed_at else ""
            link = button(self._look, say("start.write_plan"), "plain", "right", "accent")
            link.setAccessibleName(say("start.write_plan_for", name=shown_name(case)))
            link.clicked.connect(partial(self.plan_wanted.emit, case.id))
            words = text(say("start.no_plan_row", name=shown_name(case), day=day), tone="muted", wrap=True)
            lines += [words, row(link, ...)]
        return panel(column(*lines, *_more(len(cases)), gap=6, pad=(16, 16, 16, 12)), card="true")


def _more(count: int) -> tuple[QWidget, ...]:
    left = count - MOST_NAMED
    return (text(say("start.more", count=left), "caption", "muted"),) if left > 0 else ()


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
