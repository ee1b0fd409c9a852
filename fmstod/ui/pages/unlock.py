"""The first window, and the locked state: nothing about any patient is shown.

Its imports are kept short, since the window must stand before anything else is read (docs: start-up budget).
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from fmstod import __version__
from fmstod.texts import text as say
from fmstod.ui.kit.marks import IconLabel, mark, put
from fmstod.ui.kit.parts import above, button, column, dress, panel, restyle, row, scroller, text
from fmstod.ui.kit.tokens import Look

LEAST = 10  # characters of a new passphrase
WIDTH = 400  # px


class UnlockPage(QWidget):
    """Asks for the passphrase; `first` asks for a new one, twice, and says that nobody can bring it back."""

    submitted = Signal(str)

    def __init__(self, look: Look, *, first: bool = False, note: str = "") -> None:
        super().__init__()
        self._look, self._first = look, first
        self._key = "unlock.first" if first else "unlock"
        self._phrase, self._again = self._box("unlock.passphrase"), self._box("unlock.first.again")
        self._reveal = button(look, say("unlock.show"), "plain", "eye", "accent")
        self._reveal.setCheckable(True)
        self._reveal.clicked.connect(self._show_phrase)
        self._enter = button(look, say(f"{self._key}.enter"), "primary")
        self._enter.clicked.connect(self._submit)
        self._wrong = text("", tone="error", wrap=True)
        self._icon = IconLabel(look)
        self._error = panel(row(column(2, self._icon, ...), self._wrong, pad=(0, 4, 0, 0)))
        self._error.layout().setStretch(1, 1)
        self._error.hide()
        if not first:
            self._again.setParent(self)
            self._again.hide()
        self._lay_out(say("unlock.first.help") if first else note)

    def focus_first(self) -> None:
        self._phrase.setFocus()

    def show_busy(self, busy: bool) -> None:
        """While the passphrase is tried: about half a second."""
        for control in (self._phrase, self._again, self._reveal, self._enter):
            control.setEnabled(not busy)
        self._enter.setText(say(f"{self._key}.busy" if busy else f"{self._key}.enter"))
        if busy:
            self._error.hide()

    def show_error(self, words: str) -> None:
        """What is wrong; the passphrase stays, marked, to be written anew."""
        self._icon.show_mark("error", "error")
        self._wrong.setText(words)
        self._error.show()
        restyle(self._phrase, state="error")
        self._phrase.setAccessibleDescription(words)
        self._phrase.setFocus()
        self._phrase.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._return_pressed()
        else:
            super().keyPressEvent(event)

    def _box(self, name: str) -> QLineEdit:
        box = QLineEdit()
        box.setEchoMode(QLineEdit.EchoMode.Password)
        box.setAccessibleName(say(name))
        box.textEdited.connect(self._clear_error)
        return box

    def _lay_out(self, note: str) -> None:
        look = self._look
        phrase = above(say("unlock.passphrase"), self._phrase, aside=self._reveal)
        help_line = text(note, tone="muted", wrap=True)
        if not note:
            help_line.hide()
        head = (
            text(say("unlock.name"), "heading", "accent"),
            24,
            text(say(f"{self._key}.title"), "title"),
            4,
            help_line,
        )
        first = (16, panel(above(say("unlock.first.again"), self._again))) if self._first else ()
        warning = (16, self._warning()) if self._first else ()
        made = panel(
            column(*head, *warning, 24, phrase, *first, self._error, 24, self._enter, pad=(32, 32, 32, 32)), card="true"
        )
        made.setFixedWidth(look.px(WIDTH))
        small = text(say("unlock.note"), "caption", "muted", wrap=True)
        small.setFixedWidth(look.px(WIDTH))
        if self._first:
            small.hide()
        version = text(say("unlock.version", version=__version__), "caption", "muted")
        dress(self, ground="window")
        inside = column(
            ..., row(..., made, ...), 16, row(..., small, ...), ..., row(..., version, ...), pad=(24, 24, 24, 24)
        )
        self.setLayout(column(scroller(panel(inside, ground="window"), "window")))

    def _warning(self) -> QFrame:
        words = row(
            column(2, mark(self._look, "warn", "warn"), ...), text(say("unlock.first.warning"), wrap=True), gap=12
        )
        words.setStretch(1, 1)
        words.setContentsMargins(12, 12, 12, 12)
        return panel(words, ground="warn")

    def _show_phrase(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._phrase.setEchoMode(mode)
        self._again.setEchoMode(mode)
        self._reveal.setText(say("unlock.hide" if shown else "unlock.show"))
        put(self._reveal, self._look, "eye", "accent")

    def _clear_error(self) -> None:
        self._error.hide()
        restyle(self._phrase, state="")
        self._phrase.setAccessibleDescription("")

    def _return_pressed(self) -> None:
        if self._first and self._phrase.hasFocus() and not self._again.text():
            self._again.setFocus()
        else:
            self._submit()

    def _submit(self) -> None:
        phrase = self._phrase.text()
        if not phrase:
            self.show_error(say("unlock.missing"))
        elif self._first and len(phrase) < LEAST:
            self.show_error(say("unlock.first.short", count=len(phrase), least=LEAST))
        elif self._first and phrase != self._again.text():
            self.show_error(say("unlock.first.differ"))
        else:
            self.submitted.emit(phrase)
