"""Signing, and what was signed: who it is for, the passphrase again, and each document's way out."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

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
from fmstod.ui.kit.parts import above, button, column, panel, row, text
from fmstod.ui.kit.removed import RemovedNote
from fmstod.ui.kit.tokens import Look
from fmstod.ui.life.way_out import WayOut

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


class DocumentCard(WayOut):
    """A signed document, and its ways out."""

    def __init__(self, look: Look, document: DocumentRow, recipients: Sequence[Recipient] = tuple(Recipient)) -> None:
        self._kind = document.kind
        when = document.signed_at.astimezone(SWEDEN)
        said = say("signed.when", kind=say(f"review.kind.{document.kind}"), when=f"{when:%Y-%m-%d %H:%M}")
        super().__init__(look, document.id, said, recipients)

    def show_life(self, life: Life) -> None:
        """Of a certificate that no longer holds: that it doesn't go out, or marked, and not to Försäkringskassan."""
        if self._kind is not DocumentKind.CERTIFICATE:
            return
        goes = refusal(Act.HAND_OUT, life) is None
        words = say("signed.stays") if not goes else say(f"signed.marked.{life.mark.kind}") if life.mark else ""
        self.restrict(words, closed=not goes, without=() if refusal(Act.SEND, life) is None else (Recipient.FK,))


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
