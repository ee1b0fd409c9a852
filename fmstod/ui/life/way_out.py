"""A paper's ways out: to a file or a printer, once it is told for whom."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from fmstod.storage.store import Recipient
from fmstod.texts import text as say
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, button, column, panel, row, text
from fmstod.ui.kit.tokens import Look

SAVE, PRINT = "save", "print"
RECIPIENT = 176  # px


class WayOut(QWidget):
    """Saving and printing ask for the recipient, answered with one key (PDL 3:11). `said` is what the paper is."""

    released = Signal(str, object, str)  # the paper's id, Recipient, `save` or `print`

    def __init__(self, look: Look, paper: str, said: str, recipients: Sequence[Recipient]) -> None:
        super().__init__()
        self._paper, self._how = paper, ""
        self.save, self.print = button(look, say("signed.save")), button(look, say("signed.print"))
        for made, how in ((self.save, SAVE), (self.print, PRINT)):
            made.setAccessibleName(f"{made.text()}, {said}")
            made.clicked.connect(partial(self._ask, how))
        self._ways = QWidget()
        self._ways.setLayout(row(self.save, self.print, ...))
        self.recipients = {to: button(look, say(f"signed.to_{to}")) for to in recipients}
        self._lines: dict[Recipient, QWidget] = {}
        self._whom = QWidget()
        self._whom.setLayout(self._recipients(look))
        self._whom.hide()
        head = row(mark(look, "done", "ok"), text(said, "strong", wrap=True), gap=8)
        head.setStretch(1, 1)
        self._note = text("", "caption", "muted", wrap=True)
        self._note.hide()
        self.setLayout(column(column(head, self._note, gap=4), 8, self._ways, self._whom))

    def restrict(self, words: str, *, closed: bool, without: Collection[Recipient]) -> None:
        """Say what holds of it now; `closed` shuts all ways, and those in `without` get it no more."""
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._ways.setVisible(not closed and self._whom.isHidden())
        for to, line in self._lines.items():
            line.setVisible(to not in without)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """P, F or J answers while the question stands; Esc takes it back."""
        if self._whom.isHidden():
            super().keyPressEvent(event)
            return
        keys = {say(f"signed.key.{to}"): to for to in self.recipients}
        if (to := keys.get(event.text().upper())) is not None and self.recipients[to].isVisible():
            self._release(to)
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _recipients(self, look: Look) -> QBoxLayout:
        lines: list[Part] = []
        for to, made in self.recipients.items():
            made.clicked.connect(partial(self._release, to))
            made.setMinimumWidth(look.px(RECIPIENT))
            line = panel(row(made, text(say(f"signed.key.{to}"), "label", "muted"), ..., pad=(0, 0, 0, 4)))
            self._lines[to] = line
            lines.append(line)
        cancel = button(look, say("signed.cancel"), "plain")
        cancel.clicked.connect(self._close)
        return column(text(say("signed.to_whom"), "caption", "muted"), 4, *lines, row(cancel, ...))

    def _ask(self, how: str, _checked: bool = False) -> None:
        self._how = how
        self._ways.hide()
        self._whom.show()
        self.recipients[Recipient.PATIENT].setFocus(Qt.FocusReason.TabFocusReason)

    def _release(self, to: Recipient, _checked: bool = False) -> None:
        self._close()
        self.released.emit(self._paper, to, self._how)

    @Slot()
    def _close(self) -> None:
        self._whom.hide()
        self._ways.show()
        (self.save if self._how == SAVE else self.print).setFocus(Qt.FocusReason.TabFocusReason)
