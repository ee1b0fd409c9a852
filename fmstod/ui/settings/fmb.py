"""The settings' card of FMB: whose recommendations are in use and how old, reading in newer ones, going back."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton

from fmstod.errors import BadImport, FmstodError, ImportStopped
from fmstod.knowledge import provenance
from fmstod.knowledge.library import Library
from fmstod.knowledge.update import Choices
from fmstod.knowledge.update_text import described, import_fault, report
from fmstod.storage.store import Activity
from fmstod.texts import catalogue
from fmstod.texts import text as say
from fmstod.ui.fmb.door import FmbDoor, Proposal
from fmstod.ui.fmb.report import ReportView
from fmstod.ui.kit.boxes import DayBox
from fmstod.ui.kit.long_work import LongWork
from fmstod.ui.kit.parts import above, button, column, dress, empty, panel, restyle, row, text
from fmstod.ui.kit.tick import Tick
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import failure_of
from fmstod.ui.session import Session

SAYS_WHAT_TO_DO = ("not_two", "fewer", "undated", "too_early", "older")  # of why files are refused


class FmbCard(QFrame):
    """`changed` with what to say, once other recommendations are in use; `grew` when it has more to show than before."""

    changed = Signal(str)
    grew = Signal()

    def __init__(self, look: Look, session: Session, door: FmbDoor) -> None:
        super().__init__()
        dress(self, card="true")
        self._look, self._session, self._door = look, session, door
        self._files: Sequence[Path] = ()
        self._choices = Choices()
        self._proposal: Proposal | None = None
        self._state, self._ticks = column(gap=4), column(gap=8)
        self._work = LongWork(look, say("settings_fmb.working"))
        self._said = text("", wrap=True)
        self._older = self._button("older", self._take_older)
        self._open = self._button("choose", self._ask_files)
        self._back = self._button("back", self._go_back)
        self._found = text("", "strong", wrap=True)
        self._day = DayBox(look, say("settings_fmb.day"), session.today)
        self._day.editingFinished.connect(self._take_day)
        self._ask_day = panel(above(say("settings_fmb.day"), self._day, say("settings_fmb.day_note")))
        self._report = ReportView(look)
        self._use = self._button("use", self._apply, "primary")
        self._offer = panel(
            column(
                self._found,
                self._ask_day,
                self._report,
                panel(self._ticks),
                row(self._use, self._button("cancel", self._leave), ...),
                gap=12,
            )
        )
        self.setLayout(
            column(
                text(say("settings_fmb.title"), "heading"),
                panel(self._state),
                self._said,
                row(self._older, ...),
                self._work,
                self._offer,
                row(self._open, self._back, ...),
                gap=12,
                pad=(24, 20, 24, 24),
            )
        )
        self._offer.hide()
        self._show_state()
        self._say("")

    def focus_first(self) -> None:
        self._open.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops the reading, or puts the report away."""
        if event.key() == Qt.Key.Key_Escape and self._work.busy:
            self._work.stop()
        elif event.key() == Qt.Key.Key_Escape and not self._offer.isHidden():
            self._leave()
        else:
            super().keyPressEvent(event)

    def _button(self, key: str, act: Callable[[], None], kind: str = "") -> QPushButton:
        made = button(self._look, say(f"settings_fmb.{key}"), kind)
        made.clicked.connect(act)
        return made

    def _show_state(self) -> None:
        empty(self._state)
        knowledge, former = self._session.knowledge, self._door.former()
        first, *lines = about(
            knowledge.library, own=knowledge.own, texts=len(knowledge.official), session=self._session
        )
        self._state.addWidget(text(first, "strong", wrap=True))
        for line in lines:
            self._state.addWidget(text(line, wrap=True))
        self._state.addWidget(text(say("settings_fmb.where"), "caption", "muted", wrap=True))
        self._back.setVisible(former is not None)
        if former:
            self._back.setText(say("settings_fmb.back_to", day=former.meta.retrieved))
            self._back.setAccessibleName(self._back.text())

    def _ask_files(self) -> None:
        if not self._work.busy and (files := self._session.choose_fmb_files()):
            self._files, self._choices = files, Choices()
            self._read()

    def _take_older(self) -> None:
        self._choose_more(older=True)

    def _take_day(self) -> None:
        day = self._day.day
        if day and day > self._session.today():
            self._say(say("fmb.import.future", day=day), "error")
        elif day and day != self._choices.retrieved:
            self._choose_more(retrieved=day)

    def _choose_more(self, **values: Any) -> None:
        """Read the files again with another choice: what is shown is always what will be used."""
        self._choices = replace(self._choices, **values)
        self._read()

    def _read(self) -> None:
        self._say("")
        files, choices, propose = self._files, self._choices, self._door.propose
        self._work.start(lambda tell: propose(files, choices, tell), self._show_proposal, self._failed)

    def _show_proposal(self, found: Proposal) -> None:
        self._proposal = found
        self._found.setText(say("settings_fmb.found", what=described(found.changes.after, catalogue())))
        self._ask_day.setVisible(not found.dated or self._choices.retrieved is not None)
        self._use.setEnabled(found.dated)
        self._report.show_groups(report(found.changes, found.conflicts, catalogue(), self._session.store.reviews()))
        empty(self._ticks)
        for conflict in found.conflicts:
            hand = conflict.by_hand
            tick = Tick(self._look, say("settings_fmb.replace", title=hand.title, number=hand.fmb))
            tick.setChecked(conflict.replaced)
            tick.toggled.connect(lambda on, number=hand.fmb: self._take_by_hand(number, on=on))
            self._ticks.addWidget(tick)
        self._open.hide()
        self._back.hide()
        self._offer.show()
        (self._report.focus_first if found.dated else self._day.setFocus)()
        self.grew.emit()

    def _take_by_hand(self, number: int, *, on: bool) -> None:
        others = self._choices.instead_of - {number}
        self._choose_more(instead_of=others | {number} if on else others)

    def _apply(self) -> None:
        if self._proposal is None or self._work.busy:
            return
        found, apply, log = self._proposal, self._door.apply, self._session.store.log

        @contextlib.contextmanager
        def after_logging() -> Iterator[None]:
            yield
            apply(found)

        self._work.start(
            lambda _: log(Activity.FMB, reason=found.edition, way=after_logging()),
            lambda _: self.changed.emit(say("settings_fmb.applied")),
            self._failed,
        )

    def _go_back(self) -> None:
        go_back = self._door.go_back
        self._work.start(lambda _: go_back(), lambda _: self.changed.emit(say("settings_fmb.went_back")), self._failed)

    def _leave(self) -> None:
        self._proposal = None
        self._offer.hide()
        self._open.show()
        self._show_state()
        self._say(say("settings_fmb.left"))
        self._open.setFocus()

    def _failed(self, error: FmstodError) -> None:
        if isinstance(error, ImportStopped):
            self._say(say("settings_fmb.stopped"))
        elif isinstance(error, BadImport):
            again = "" if error.values["reason"] in SAYS_WHAT_TO_DO else f" {say('settings_fmb.again')}"
            self._say(f"{import_fault(error, catalogue())}{again}", "error")
            self._older.setVisible(error.values["reason"] == "older")
        else:
            self._say(failure_of(error), "error")

    def _say(self, words: str, tone: str = "") -> None:
        self._older.hide()
        self._said.setText(words)
        self._said.setVisible(bool(words))
        restyle(self._said, tone=tone)
        self._open.setAccessibleDescription(words)


def fmb_card(look: Look, session: Session) -> FmbCard | None:
    """The card, where there is a way to read files in."""
    return FmbCard(look, session, session.fmb_door) if session.fmb_door else None


def about(library: Library, *, own: bool, texts: int, session: Session) -> Sequence[str]:
    """Whose recommendations are in use, from when, how many were compared with today's page and read against the source."""
    entries = library.entries
    exported = next((entry for entry in entries if entry.source.rechecked is None), entries[0])
    values = {
        "entries": len(entries),
        "recommendations": sum(len(entry.recommendation) for entry in entries),
        "day": library.meta.retrieved,
        "age": provenance.age(exported.source, session.today(), catalogue()),
        "rechecked": sum(entry.source.rechecked is not None for entry in entries),
        "read": sum(entry.source.checked is not None for entry in entries),
        "texts": texts,
    }
    keys = ("own" if own else "shipped", "compared", "read", "texts" if texts else "no_texts")
    return [say(f"settings_fmb.{key}", **values) for key in keys]
