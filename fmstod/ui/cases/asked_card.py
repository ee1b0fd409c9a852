"""What Försäkringskassan waits for, beside the list of cases, and the way to all that they have asked."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QFrame

from fmstod.dates import short_day
from fmstod.storage.store import CaseRow
from fmstod.texts import text as say
from fmstod.ui.cases.table import shown_name
from fmstod.ui.frame import LinkButton
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, button, column, panel, row, text
from fmstod.ui.kit.tokens import Look

MOST_NAMED = 4


def asked_card(
    look: Look, rows: Sequence[CaseRow], today: date, go: Callable[[str], None], log: Callable[[], None]
) -> QFrame:
    """The cases whose questions wait, the soonest first; `go` opens one, `log` the log of complements."""
    waiting = sorted((each for each in rows if each.asked), key=lambda each: each.answer_by or date.max)
    title = text(say("asked.waits"), "strong") if waiting else text(say("asked.none"), tone="muted", wrap=True)
    lines: list[Part] = [title]
    for case in waiting[:MOST_NAMED]:
        late = case.answer_by is not None and case.answer_by < today
        key = "late" if late else "until" if case.answer_by else "open"
        day = short_day(case.answer_by) if case.answer_by else ""
        link = LinkButton(look, "right")
        link.show_words(say(f"asked.{key}", name=shown_name(case), day=day))
        link.clicked.connect(partial(_press, partial(go, case.id)))
        line = row(mark(look, *(("error", "error") if late else ("missing", "text"))), link, gap=4)
        line.setStretch(1, 1)
        lines.append(line)
    if len(waiting) > MOST_NAMED:
        lines.append(text(say("start.more", count=len(waiting) - MOST_NAMED), "caption", "muted"))
    way = button(look, say("asked.log"), "plain", "right", "accent")
    way.clicked.connect(partial(_press, log))
    return panel(column(*lines, row(way, ...), gap=4, pad=(16, 12, 16, 12)), card="true")


def _press(act: Callable[[], None], _checked: bool = False) -> None:
    act()
