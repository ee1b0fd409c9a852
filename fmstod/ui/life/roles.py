"""Beside the signature: in which roles the physician writes, and which are others' (product.md F-008)."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.texts import catalogue
from fmstod.texts import text as say
from fmstod.ui.kit.marks import put
from fmstod.ui.kit.parts import Part, button, column, panel, row, text
from fmstod.ui.kit.tokens import Look

ROLES = tuple(key.split(".")[1] for key in catalogue() if key.startswith("role.") and key.endswith(".name"))


class RoleNote(QWidget):
    """One quiet line, that unfolds; it asks nothing."""

    unfolded = Signal(QWidget)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.head = button(look, say("roles.more"), "plain", "right", "accent")
        self.head.clicked.connect(self._unfold)
        each: list[Part] = [
            column(text(say(f"role.{key}.name"), "label"), text(say(f"role.{key}.is"), "caption", "muted", wrap=True))
            for key in ROLES
        ]
        source = text(say("roles.source"), "caption", "muted", wrap=True)
        self.all = panel(column(*each, source, gap=8, pad=(12, 8, 12, 8)), ground="hover")
        self.all.hide()
        self.line = text(say("roles.line"), "caption", "muted", wrap=True)
        self.setLayout(column(self.line, row(self.head, ...), self.all, 8, gap=2))

    @Slot()
    def _unfold(self) -> None:
        shown = self.all.isHidden()
        self.all.setVisible(shown)
        words = say("roles.less" if shown else "roles.more")
        self.head.setText(words)
        self.head.setAccessibleName(words)
        put(self.head, self._look, "down" if shown else "right", "accent")
        if shown:
            self.unfolded.emit(self)
