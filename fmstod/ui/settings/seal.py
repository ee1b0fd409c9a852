"""The settings' card of the unit's seal: its control number, to compare with what `fmstod verify` says of a file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel

from fmstod.reports.seal_about import SealAbout, about
from fmstod.texts import text as say
from fmstod.ui.kit.parts import Part, column, dress, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.session import Session


class SealCard(QFrame):
    """Only tells; `changed` and `grew` are never said. Each control number can be marked and copied, by keys too."""

    changed = Signal(str)
    grew = Signal()

    def __init__(self, seals: Sequence[bytes]) -> None:
        """`seals` are all that this store has sealed with, the newest last."""
        super().__init__()
        dress(self, card="true")
        self.numbers: list[QLabel] = []
        told = [part for n, seal in enumerate(map(about, reversed(seals))) for part in self._seal(seal, newest=n == 0)]
        del told[-1:]  # the room below the last
        if not told:
            self.numbers.append(_readable(text(say("settings_seal.none"), wrap=True)))
            told = [self.numbers[0]]
        self.setLayout(
            column(
                text(say("settings_seal.title"), "heading"),
                12,
                text(say("settings_seal.about"), tone="muted", wrap=True),
                12,
                *told,
                pad=(24, 20, 24, 24),
            )
        )

    def focus_first(self) -> None:
        self.numbers[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _seal(self, seal: SealAbout, *, newest: bool) -> list[Part]:
        number = _readable(text(seal.fingerprint, "strong", wrap=True))
        number.setAccessibleName(say("settings_seal.number", fingerprint=seal.fingerprint))
        self.numbers.append(number)
        key = "settings_seal.used" if newest else "settings_seal.former"
        about_it = text(say(key, unit=seal.unit, first=seal.first, last=seal.last), "caption", "muted", wrap=True)
        return [number, 4, about_it, 12]


def _readable(label: QLabel) -> QLabel:
    flags = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
    label.setTextInteractionFlags(flags)
    label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return label


def seal_card(look: Look, session: Session) -> SealCard:
    del look
    return SealCard(session.store.seals())
