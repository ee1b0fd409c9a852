"""Open cases whose recommendation an update of FMB has changed, and the card that tells of them on the list of cases."""

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from fmstod.domain.icd import dotted
from fmstod.errors import CannotWrite, EditionBusy
from fmstod.knowledge.touched import differences
from fmstod.storage.store import CaseRow
from fmstod.texts import text as say
from fmstod.ui.cases.table import shown_name
from fmstod.ui.frame import LinkButton
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, button, column, dress, panel, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.session import Session
from fmstod.ui.states import NEVER

AT_FIRST, MOST_NAMED = 5, 30  # cases: what is to be followed up, and the way to put the card away, stay in sight


@dataclass(frozen=True)
class Touched:
    """A case, and what FMB said of it before and says now, one line for each diagnosis."""

    case: CaseRow
    lines: Sequence[str]


@dataclass(frozen=True)
class Update:
    """An update that the physician has not seen. `known` is False when the edition before it is no longer here."""

    cases: Sequence[Touched]
    known: bool = True


def unseen_update(session: Session) -> Update | None:
    """What the edition in use changed for open cases since the one that was seen last; None when that is nothing.

    An update that touches no open case counts as seen.
    """
    door, store, knowledge = session.fmb_door, session.store, session.knowledge
    if door is None or not knowledge.edition or (seen := store.fmb_seen()) == knowledge.edition:
        return None
    rows = {case.id: case for case in store.open_cases(session.today()) if is_open(case, session.today())}
    before = door.library_of(seen)
    if before is None and rows:
        return Update((), known=False)
    found = []
    if before is not None and before is not knowledge.library and rows:
        for facts in store.fmb_facts(list(rows)):
            asked = (facts.codes, facts.conditions, facts.load)
            changed = differences(before, knowledge.library, asked, knowledge.phrases)
            if changed:
                found.append(Touched(rows[facts.id], [each.told(knowledge.phrases) for each in changed]))
    if not found:
        see(session)
        return None
    return Update(found)


def see(session: Session) -> None:
    """The physician has seen it. Raises StoreUnwritable."""
    session.store.see_fmb(session.knowledge.edition)
    if session.fmb_door:
        with contextlib.suppress(CannotWrite, EditionBusy):  # then the next update can only say that there was one
            session.fmb_door.remember(session.knowledge.edition)


def is_open(case: CaseRow, today: date) -> bool:
    """A draft that can be written, or a certificate whose time runs or that is to be followed up."""
    last = max((period.last for period in case.periods), default=today)
    if case.signed_at is None:
        return case.state not in NEVER
    return last >= today or bool(case.followup and case.followup >= today)


class TouchedCard(QFrame):
    """`opened` with the id of a case; `seen` when the physician puts the card away."""

    opened = Signal(str)
    seen = Signal()

    def __init__(self, look: Look, update: Update) -> None:
        super().__init__()
        dress(self, card="true")
        number = len(update.cases)
        head = say("touched.heading_one") if number == 1 else say("touched.heading", n=number)
        words = text(head if update.known else say("touched.unknown"), "strong" if update.known else "", wrap=True)
        heading = row(column(mark(look, "warn", "warn"), ...), words)
        heading.setStretch(1, 1)
        self._links: list[LinkButton] = []
        first = [part for touched in update.cases[:AT_FIRST] for part in self._case(look, touched)]
        others = [part for touched in update.cases[AT_FIRST:MOST_NAMED] for part in self._case(look, touched)]
        if number > MOST_NAMED:
            others.append(text(say("start.more", count=number - MOST_NAMED), "caption", "muted"))
        self._rest = panel(column(*others, gap=2))
        self._rest.hide()
        self._all = button(look, say("touched.all", n=number), "plain", "down", "accent")
        self._all.clicked.connect(self._show_all)
        if not others:
            self._all.hide()
        done = button(look, say("touched.seen"))
        done.clicked.connect(self.seen)
        ways = (row(self._all, ...), row(done, ...))
        self.setLayout(column(heading, *first, self._rest, 12, *ways, gap=2, pad=(16, 16, 16, 16)))

    def _case(self, look: Look, touched: Touched) -> Sequence[Part]:
        link = LinkButton(look, "right")
        link.show_words(say("touched.open", name=shown_name(touched.case), code=dotted(touched.case.diagnosis)))
        link.setAccessibleDescription(" ".join(touched.lines))
        link.clicked.connect(partial(self.opened.emit, touched.case.id))
        self._links.append(link)
        return (8, link, *(text(line, tone="muted", wrap=True) for line in touched.lines))

    def _show_all(self) -> None:
        self._rest.show()
        self._links[AT_FIRST].setFocus()
        self._all.hide()
