"""Revoking a certificate: why, in its place, with what it means. It is asked once and holds for good."""

from PySide6.QtCore import Qt, Signal

from fmstod.domain.event import Revocation
from fmstod.texts import text as say
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.counted import CountedBox
from fmstod.ui.kit.in_place import InPlace
from fmstod.ui.kit.parts import text
from fmstod.ui.kit.tokens import Look

NARROW = 200  # px: the reasons stand in a column


class RevokePart(InPlace):
    """`wanted` with the reason and the words."""

    wanted = Signal(object, str)  # Revocation

    def __init__(self, look: Look) -> None:
        super().__init__(look, say("revoke.do"), say("revoke.leave"))
        self._reason: Revocation | None = None
        self.reasons = Segments(
            look, [(each, say(f"revocation.{each}")) for each in Revocation], say("revoke.reason"), look.px(NARROW)
        )
        self.reasons.chosen.connect(self._choose)
        self.why = CountedBox(look, say("revoke.text"))
        self.lay(
            text(say("revoke.title"), "strong", wrap=True),
            text(say("revoke.means"), wrap=True),
            text(say("revoke.reason"), "strong"),
            self.reasons,
            self.why,
        )

    def focus_first(self) -> None:
        self.reasons.stop.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self, reason: Revocation | None) -> None:
        self._reason = reason
        self.reasons.show_value(reason)
        self.refuse("")

    def do(self) -> None:
        if self._reason is None:
            self.refuse(say("revoke.no_reason"))
            self.lead_to(self.reasons.stop)
        elif self._reason is Revocation.OTHER_FAULT and not self.why.words:
            self.refuse(say("not_allowed.no_reason"))
            self.lead_to(self.why.box)
        elif self.why.fault:
            self.refuse(self.why.fault)
            self.lead_to(self.why.box)
        else:
            self.refuse("")
            self.wanted.emit(self._reason, self.why.words)
