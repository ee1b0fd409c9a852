"""The settings' card of diagnosis codes: which editions of ICD-10-SE are known, and reading another in."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton

from fmstod.errors import DoubtfulRegister, FmstodError, ImportStopped
from fmstod.knowledge.codes import Codes
from fmstod.knowledge.search.register_text import edition_of
from fmstod.texts import text as say
from fmstod.ui.doors import CodeDoor, CodeReport, Register
from fmstod.ui.kit.boxes import NumberBox
from fmstod.ui.kit.long_work import LongWork
from fmstod.ui.kit.parts import button, column, dress, empty, panel, restyle, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import failure_of
from fmstod.ui.session import Session

CHOICE = 96  # px, the box for a year


class CodesCard(QFrame):
    """`changed` with what to say, once codes have been read in; `grew` when it has more to show than before."""

    changed = Signal(str)
    grew = Signal()

    def __init__(
        self, look: Look, door: CodeDoor, codes: Codes, choose: Callable[[], Sequence[Path]], known: int
    ) -> None:
        """`choose` asks for files; `known` is the number of codes without any register."""
        super().__init__()
        dress(self, card="true")
        self._look, self._door, self._choose, self._known = look, door, choose, known
        self._files: Sequence[Path] = ()
        self._edition = ""
        self._state = column(gap=4)
        self._work = LongWork(look, say("settings_codes.working"))
        self._said = text("", wrap=True)
        self._year = NumberBox(look, say("settings_codes.year"), 4, CHOICE)
        self._year.setPlaceholderText(say("settings_codes.year_empty"))
        self._ask_year = panel(row(self._year, self._button("read_in", self._take_year), ...))
        self._anyway = self._button("anyway", self._go_on)
        self._doubt = ""
        self._ask_doubt = panel(row(self._anyway, self._button("leave", self._leave, "plain"), ..., gap=16))
        self._open = self._button("choose", self._ask_files)
        self.setLayout(
            column(
                text(say("settings_codes.title"), "heading"),
                self._state,
                self._said,
                self._ask_year,
                self._ask_doubt,
                self._work,
                row(self._open, ...),
                gap=12,
                pad=(24, 20, 24, 24),
            )
        )
        self._show_state(codes)
        self._say("")

    def focus_first(self) -> None:
        self._open.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops the work, or puts a question away; Enter takes the year."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._year.hasFocus():
            self._take_year()
        elif event.key() == Qt.Key.Key_Escape and self._work.busy:
            self._work.stop()
        elif event.key() == Qt.Key.Key_Escape and self._asks:
            self._leave()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        held = QApplication.focusWidget()
        if event.size().height() > event.oldSize().height() and held is not None and self.isAncestorOf(held):
            self.grew.emit()

    @property
    def _asks(self) -> bool:
        return not (self._ask_year.isHidden() and self._ask_doubt.isHidden())

    def _button(self, key: str, act: Callable[[], None], kind: str = "") -> QPushButton:
        made = button(self._look, say(f"settings_codes.{key}"), kind)
        made.clicked.connect(act)
        return made

    def _show_state(self, codes: Codes) -> None:
        empty(self._state)
        registers = self._door.registers()
        for register in reversed(registers):
            self._state.addWidget(_about(register, in_use=register.edition == codes.edition))
        for name in self._door.unreadable():
            self._state.addWidget(text(say("settings_codes.unreadable", file=name), tone="error", wrap=True))
        if not registers:
            self._state.addWidget(text(say("settings_codes.only_fmb", count=self._known), "strong", wrap=True))
            self._state.addWidget(text(say("settings_codes.gain"), wrap=True))
        self._state.addWidget(text(say("settings_codes.where"), "caption", "muted", wrap=True))
        self._open.setText(say("settings_codes.another" if registers else "settings_codes.choose"))
        self._open.setAccessibleName(self._open.text())

    def _ask_files(self) -> None:
        if self._work.busy:
            return
        files = self._choose()
        if not files:
            return
        self._files = files
        self._edition = edition_of([file.name for file in files]) or ""
        if self._edition:
            self._read_in(())
        else:
            self._ask_for_year("ask_year")

    def _ask_for_year(self, why: str) -> None:
        self._say(say(f"settings_codes.{why}"))
        self._ask_year.show()
        self._year.setAccessibleDescription(self._said.text())
        self._year.setFocus()
        self._year.end(False)

    def _take_year(self) -> None:
        if len(self._year.text()) == 4:
            self._edition = self._year.text()
            self._read_in(())
        else:
            self._ask_for_year("bad_year")

    def _go_on(self) -> None:
        self._read_in((*self._accepted, self._doubt))

    def _leave(self) -> None:
        self._say("")
        self._open.setFocus()

    def _read_in(self, accept: Collection[str]) -> None:
        self._accepted = tuple(accept)
        self._say("")
        self._open.setFocus()
        files, edition, read_in = self._files, self._edition, self._door.read_in
        self._work.start(lambda tell: read_in(files, edition, tell, accept), self._done, self._failed)

    def _done(self, report: CodeReport) -> None:
        words = say("settings_codes.done", name=report.edition.name, codes=_many(report.codes))
        if report.before is not None:
            counts = {name: _many(getattr(report, name)) for name in ("added", "removed", "renamed")}
            words += " " + say("settings_codes.compared", before=report.before.name, **counts)
        self.changed.emit(words)

    def _failed(self, error: FmstodError) -> None:
        if isinstance(error, ImportStopped):
            self._say(say("settings_codes.stopped"))
            return
        doubtful = isinstance(error, DoubtfulRegister)
        self._say(failure_of(error), "warn" if doubtful else "error")
        self._ask_doubt.setVisible(doubtful)
        if doubtful:
            self._doubt = str(error.values["doubt"])
            self._anyway.setFocus()

    def _say(self, words: str, tone: str = "") -> None:
        """What is said in the card; a question that was open is put away."""
        self._ask_year.hide()
        self._ask_doubt.hide()
        self._said.setText(words)
        self._said.setVisible(bool(words))
        restyle(self._said, tone=tone)
        self._open.setAccessibleDescription(words)


def codes_card(look: Look, session: Session) -> CodesCard | None:
    """The card, where there is a way to read codes in."""
    if session.code_door is None:
        return None
    known = session.knowledge
    return CodesCard(look, session.code_door, known.codes, session.choose_files, len(known.library.icd))


def _about(register: Register, *, in_use: bool) -> QFrame:
    edition = register.edition
    head = text(say("settings_codes.register", name=edition.name, codes=_many(register.codes)), "strong")
    used = (text(say("settings_codes.in_use"), "caption", "muted"),) if in_use else ()
    days = {"valid_from": edition.valid_from, "imported": edition.imported}
    source = text(say("settings_codes.about", source=edition.source, **days), "caption", "muted", wrap=True)
    return panel(column(row(head, *used, ...), source))


def _many(count: int) -> str:
    """A number with a space between thousands that no line breaks at."""
    return f"{count:,}".replace(",", "\u00a0")
