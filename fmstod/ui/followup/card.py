"""The card of step 7 about follow-ups and KVÅ codes: what was recorded, and the ways to record more or take back."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from fmstod.domain.followup import StoredFollowUp
from fmstod.domain.procedure import LONGEST_CONTACT, Contact, Registered
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import LineBox, NumberBox
from fmstod.ui.kit.choices import Pick
from fmstod.ui.kit.in_place import InPlace
from fmstod.ui.kit.parts import Part, above, button, column, panel, row, text
from fmstod.ui.kit.tokens import Look

PICK, MINUTES = 240, 72  # px


class CaseFollowUpCard(QWidget):
    """`follow_wanted` for a follow-up, `coordinated` with contact and minutes, `revoked` with a code's id and why.

    The owner answers with another card, or with `refuse`.
    """

    follow_wanted = Signal()
    coordinated = Signal(object, int)  # Contact
    revoked = Signal(str, str)
    copied = Signal()

    def __init__(
        self,
        look: Look,
        followups: Sequence[StoredFollowUp],
        codes: Sequence[Registered],
        coming: date | None,
        *,
        may_follow: bool,
    ) -> None:
        super().__init__()
        self._look = look
        self._open: InPlace | None = None
        self.buttons: dict[str, QPushButton] = {}
        done = [each for each in followups if each.done_at]
        parts: list[Part] = [text(say("case_followup.title"), "heading", wrap=True)]
        last = say("case_followup.last", day=done[-1].record.on) if done else say("case_followup.none")
        parts.append(text(last, wrap=True))
        if coming:
            parts.append(text(say("case_followup.next", day=coming), tone="muted", wrap=True))
        if may_follow:
            begun = any(each.done_at is None for each in followups)
            self.follow = button(look, say("followup.go_on" if begun else "followup.follow"))
            self.follow.clicked.connect(self._follow)
            parts.append(row(self.follow, ...))
        parts += [4, text(say("case_followup.codes"), "strong")]
        parts += [self._line(code) for code in codes] or [text(say("case_followup.no_codes"), tone="muted")]
        if any(code.revoked is None for code in codes):
            copy = button(look, say("case_followup.copy"), "plain")
            copy.clicked.connect(self._copy)
            parts.append(row(copy, ...))
        self.register = RegisterPart(look)
        self.register.wanted.connect(self.coordinated)
        self.register.left.connect(partial(self._leave, self.register))
        self.coordinate = button(look, say("case_followup.coordinate"), "plain")
        self.coordinate.clicked.connect(partial(self._enter, self.register))
        self.register.hide()
        parts += [row(self.coordinate, ...), self.register]
        self.setLayout(column(panel(column(*parts, gap=8, pad=(16, 12, 16, 16)), card="true")))

    def focus_first(self) -> bool:
        self.coordinate.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def refuse(self, words: str) -> None:
        """Why it was not recorded or taken back, where it was asked for."""
        if self._open is not None:
            self._open.refuse(words)

    def _line(self, code: Registered) -> Part:
        words = text(say("case_followup.code", day=code.on, code=code.code, name=code.name), wrap=True)
        lines: list[Part] = [words]
        if code.contact:
            contact = say(f"contact.{code.contact}")
            how = say("case_followup.contact", contact=contact, minutes=code.minutes)
            lines.append(text(how, "caption", "muted", wrap=True))
        if code.revoked:
            why = say("case_followup.revoked", reason=code.revoked.reason)
            return column(*lines, text(why, "caption", "warn", wrap=True), gap=2)
        part = RevokeCodePart(self._look, code.code)
        take = button(self._look, say("case_followup.revoke_short"), "plain")
        take.setAccessibleName(say("case_followup.revoke", code=code.code))
        take.clicked.connect(partial(self._enter, part))
        part.left.connect(partial(self._leave, part))
        part.wanted.connect(partial(self._revoke, code.id))
        part.hide()
        self.buttons[code.id] = take
        return column(*lines, row(take, ...), part, gap=2)

    def _enter(self, part: InPlace, _checked: bool = False) -> None:
        self._open = part
        part.show()
        part.focus_first()

    def _leave(self, part: InPlace) -> None:
        part.refuse("")
        part.hide()
        self.coordinate.setFocus(Qt.FocusReason.TabFocusReason)

    def _revoke(self, code: str, why: str) -> None:
        self.revoked.emit(code, why)

    @Slot()
    def _follow(self) -> None:
        self.follow_wanted.emit()

    @Slot()
    def _copy(self) -> None:
        self.copied.emit()


class RegisterPart(InPlace):
    """Coordination: which contact, and how long. `wanted` with both."""

    wanted = Signal(object, int)

    def __init__(self, look: Look) -> None:
        super().__init__(look, say("case_followup.register"), say("case_followup.leave"))
        kinds = [(contact, say(f"contact.{contact}")) for contact in Contact]
        self.contact = Pick(look, kinds, say("case_followup.contact_kind"), PICK)
        self.minutes = NumberBox(look, say("case_followup.minutes"), 3, MINUTES)
        self.lay(
            above(say("case_followup.contact_kind"), self.contact),
            row(above(say("case_followup.minutes"), self.minutes), ...),
        )

    def focus_first(self) -> None:
        self.contact.setFocus(Qt.FocusReason.TabFocusReason)

    def do(self) -> None:
        minutes = int(self.minutes.text() or 0)
        if self.contact.value is None or not 1 <= minutes <= LONGEST_CONTACT:
            self.refuse(say("case_followup.no_contact"))
            self.lead_to(self.minutes if self.contact.value else self.contact)
        else:
            self.refuse("")
            self.wanted.emit(Contact(str(self.contact.value)), minutes)


class RevokeCodePart(InPlace):
    """`wanted` with why the code is a mistake."""

    wanted = Signal(str)

    def __init__(self, look: Look, code: str) -> None:
        super().__init__(look, say("case_followup.revoke_do"), say("case_followup.leave"))
        self.reason = LineBox(look, f"{code}: {say('case_followup.revoke_why')}")
        self.lay(above(say("case_followup.revoke_why"), self.reason))

    def focus_first(self) -> None:
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def do(self) -> None:
        if words := self.reason.text().strip():
            self.refuse("")
            self.wanted.emit(words)
        else:
            self.refuse(say("case_followup.no_reason"))
            self.lead_to(self.reason)
