"""Signing, and what was signed: who it is for, the passphrase again, and each document's way out."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from fmstod.clock import SWEDEN
from fmstod.domain.document import DocumentKind
from fmstod.domain.lifecycle import Life
from fmstod.domain.patient import Patient
from fmstod.domain.transitions import Act, refusal
from fmstod.storage.store import DocumentRow, Recipient
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import LineBox
from fmstod.ui.kit.elided import breakable
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Part, above, button, column, panel, row, text
from fmstod.ui.kit.removed import RemovedNote
from fmstod.ui.kit.tokens import Look

SAVE, PRINT = "save", "print"
RECIPIENT = 176  # px
PAD = (16, 12, 16, 16)


class SignCard(QWidget):
    """Name and number stand beside the passphrase, so that nobody signs for somebody else (H1)."""

    wanted = Signal(bool)  # with the plan

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.name, self.number = text("", "patient", wrap=True), text("")
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(say("sign.passphrase"))
        self.reason = LineBox(look, say("sign.without_plan"))
        self.with_plan = button(look, say("sign.both"), "primary")
        self.alone = button(look, say("sign.certificate"))
        self._why = QWidget()
        self._why.setLayout(column(above(say("sign.without_plan"), self.reason), RemovedNote(look, self.reason), gap=4))
        self._why.hide()
        self._icon, self._words = mark(look, "error", "error"), text("", tone="error", wrap=True)
        self._refusal = panel(row(column(2, self._icon, ...), self._words, gap=8))
        self._refusal.layout().setStretch(1, 1)
        self._refusal.hide()
        self.with_plan.clicked.connect(partial(self._ask, with_plan=True))
        self.alone.clicked.connect(partial(self._ask, with_plan=False))
        who = column(text(say("sign.who"), "caption", "muted"), self.name, self.number)
        again = above(say("sign.passphrase"), self.passphrase)
        inside = column(who, self._why, again, self._refusal, self.with_plan, self.alone, gap=12, pad=PAD)
        self.setLayout(column(panel(inside, card="true")))

    def show_patient(self, patient: Patient) -> None:
        for label, words in ((self.name, patient.name), (self.number, patient.number)):
            label.setText(breakable(words))
            label.setAccessibleName(words)
            label.setVisible(bool(words))

    def show_choice(self, *, certificate: bool, reason: str, plan: bool = True) -> None:
        """`certificate` is False once it is signed and only the plan is left; `reason` is why there is no plan.

        Where the form has no `plan` besides, there is one thing to sign.
        """
        self.alone.setVisible(certificate and plan)
        words = say("sign.one" if not plan else "sign.both" if certificate else "sign.plan")
        self.with_plan.setText(words)
        self.with_plan.setAccessibleName(words)
        self._why.setVisible(certificate and (bool(reason) or not self._why.isHidden()))
        self.reason.show_text(reason)

    def ask_reason(self) -> None:
        self._why.show()
        self.refuse(say("sign.reason_missing"))
        self.reason.setFocus()

    def refuse(self, words: str) -> None:
        """Say why nothing was signed; empty words take it back."""
        self._words.setText(words)
        self._refusal.setVisible(bool(words))
        self.passphrase.setAccessibleDescription(words)

    def take_passphrase(self) -> str:
        """What was typed; it doesn't stay in the field."""
        typed = self.passphrase.text()
        self.passphrase.clear()
        return typed

    def _ask(self, _checked: bool = False, *, with_plan: bool) -> None:
        self.wanted.emit(with_plan)


class DocumentCard(QWidget):
    """A signed document. Saving and printing ask for the recipient, answered with one key (PDL 3:11)."""

    released = Signal(str, object, str)  # document id, Recipient, `save` or `print`

    def __init__(self, look: Look, document: DocumentRow, recipients: Sequence[Recipient] = tuple(Recipient)) -> None:
        super().__init__()
        self._document, self._kind, self._how = document.id, document.kind, ""
        when = document.signed_at.astimezone(SWEDEN)
        said = say("signed.when", kind=say(f"review.kind.{document.kind}"), when=f"{when:%Y-%m-%d %H:%M}")
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

    def show_life(self, life: Life) -> None:
        """Of a certificate that no longer holds: that it doesn't go out, or marked, and not to Försäkringskassan."""
        if self._kind is not DocumentKind.CERTIFICATE:
            return
        goes = refusal(Act.HAND_OUT, life) is None
        words = say("signed.stays") if not goes else say(f"signed.marked.{life.mark.kind}") if life.mark else ""
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._ways.setVisible(goes and self._whom.isHidden())
        if Recipient.FK in self._lines:
            self._lines[Recipient.FK].setVisible(refusal(Act.SEND, life) is None)

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
        self.released.emit(self._document, to, self._how)

    @Slot()
    def _close(self) -> None:
        self._whom.hide()
        self._ways.show()
        (self.save if self._how == SAVE else self.print).setFocus(Qt.FocusReason.TabFocusReason)


class DocumentsCard(QWidget):
    """All signed documents of the case under one heading."""

    released = Signal(str, object, str)  # document id, Recipient, `save` or `print`

    def __init__(
        self, look: Look, documents: Sequence[DocumentRow], recipients: Sequence[Recipient] = tuple(Recipient)
    ) -> None:
        super().__init__()
        self.cards = [DocumentCard(look, document, recipients) for document in documents]
        for made in self.cards:
            made.released.connect(self.released)
        inside = column(text(say("signed.title"), "heading"), *self.cards, gap=12, pad=PAD)
        self.setLayout(column(panel(inside, card="true")))

    def show_life(self, life: Life) -> None:
        for card in self.cards:
            card.show_life(life)
