"""A code that FMB says nothing of: the more precise codes that it does know, one press away."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from fmstod.domain.icd import dotted, normalise, of_primary_care
from fmstod.knowledge import wording
from fmstod.knowledge.codes import Hit
from fmstod.knowledge.library import Library
from fmstod.texts import text as say
from fmstod.ui.fmb.questions import INSIDE
from fmstod.ui.kit.parts import button, column, empty, text
from fmstod.ui.kit.tokens import Look


def below(library: Library, code: str) -> Sequence[str]:
    """The codes with recommendations that lie under this one, which has none."""
    category = of_primary_care(code) or normalise(code)
    lost = library.lost(code)
    found = (*wording.near(library, code), *(lost.now.icd10se if lost and lost.now else ()))
    return tuple(dict.fromkeys(c for c in found if c.startswith(category) and c != normalise(code)))


class NearCodes(QWidget):
    """Buttons with code and name. They change the code of the diagnosis."""

    taken = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._hits: Sequence[Hit] = ()
        self._list = column(gap=8)
        self.setLayout(column(text(say("advice.near"), "caption", "muted", wrap=True), 8, self._list))

    def show_codes(self, hits: Sequence[Hit]) -> None:
        self.setVisible(bool(hits))
        if hits == self._hits:
            return
        self._hits = hits
        empty(self._list)
        for hit in hits:
            name = f"{dotted(hit.code)} {hit.label}"
            made = button(self._look, self._elided(name), name=say("advice.near_name", name=name))
            made.setToolTip(name)
            made.setProperty("kind", "chip")
            made.clicked.connect(partial(self._take, hit.code))
            self._list.addWidget(made)

    def _elided(self, name: str) -> str:
        room = self._look.px(INSIDE) - 24
        return QFontMetrics(self._look.font("body")).elidedText(name, Qt.TextElideMode.ElideRight, room)

    def _take(self, code: str) -> None:
        self.taken.emit(code)
