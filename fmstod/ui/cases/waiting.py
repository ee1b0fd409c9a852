"""What waits beside the list of cases: follow-ups, plans that aren't written, Försäkringskassan's questions, the backup."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from fmstod.clock import SWEDEN
from fmstod.dates import short_day
from fmstod.storage.store import CaseRow
from fmstod.texts import text as say
from fmstod.ui.cases.asked_card import asked_card
from fmstod.ui.cases.forms import has_plan
from fmstod.ui.cases.table import shown_name
from fmstod.ui.frame import LinkButton
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, button, column, empty, fill, panel, row, text
from fmstod.ui.kit.tokens import Look

SOON = timedelta(days=7)
MOST_NAMED = 4


class Waiting(QWidget):
    """`opened` and `plan_wanted` carry the id of a case; `log_wanted` asks for the log of what has been asked for."""

    opened = Signal(str)
    plan_wanted = Signal(str)
    log_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._today = look, date.min
        self._parts = column()
        self.setLayout(self._parts)

    def show_cases(self, rows: Sequence[CaseRow], counts: tuple[int, int], today: date) -> None:
        """`counts` of all to follow up and of all without a plan; the first of each are among `rows`."""
        self._today = today
        due_count, unplanned = counts
        empty(self._parts)
        parts = (
            text(say("start.followups"), "heading"), 12, self._followup_card(due(rows, today), due_count), 24,
            text(say("start.unfinished"), "heading"), 12, self._plan_card(without_plan(rows), unplanned), 24,
            text(say("asked.title"), "heading"), 12,
            asked_card(self._look, rows, today, self.opened.emit, self.log_wanted.emit),
        )  # fmt: skip
        fill(self._parts, parts, 0, (0, 0, 0, 0))

    def _followup_card(self, cases: Sequence[CaseRow], count: int) -> QFrame:
        if not cases:
            title, words = text(say("start.nothing_due"), "strong", wrap=True), say("start.nothing_due_help")
            icon = row(mark(self._look, "calendar", "muted", 24), ...)
            return panel(
                column(icon, 12, title, 4, text(words, tone="muted", wrap=True), pad=(16, 16, 16, 16)), card="true"
            )
        lines: list[Part] = []
        for case in cases[:MOST_NAMED]:
            words = say("start.followup_row", name=shown_name(case), day=short_day(case.followup or self._today))
            link = LinkButton(self._look, "right")
            link.show_words(words)
            link.clicked.connect(partial(self.opened.emit, case.id))
            lines.append(link)
        return panel(column(*lines, *_more(count), gap=4, pad=(16, 12, 16, 12)), card="true")

    def _plan_card(self, cases: Sequence[CaseRow], count: int) -> QFrame:
        if not cases:
            return panel(
                column(text(say("start.nothing_unfinished"), tone="muted", wrap=True), pad=(16, 16, 16, 16)),
                card="true",
            )
        lines: list[Part] = [row(text(say("start.no_plan"), "strong"), ..., text(str(count), "strong"))]
        for case in cases[:MOST_NAMED]:
            day = short_day(case.signed_at.astimezone(SWEDEN).date()) if case.signed_at else ""
            link = button(self._look, say("start.write_plan"), "plain", "right", "accent")
            link.setAccessibleName(say("start.write_plan_for", name=shown_name(case)))
            link.clicked.connect(partial(self.plan_wanted.emit, case.id))
            words = text(say("start.no_plan_row", name=shown_name(case), day=day), tone="muted", wrap=True)
            lines += [words, row(link, ...)]
        return panel(column(*lines, *_more(count), gap=6, pad=(16, 16, 16, 12)), card="true")


def _more(count: int) -> tuple[QWidget, ...]:
    left = count - MOST_NAMED
    return (text(say("start.more", count=left), "caption", "muted"),) if left > 0 else ()


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
