"""ICF categories to try, in the FMB column."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QWidget

from fmstod.texts import text as say
from fmstod.ui.fmb.questions import INSIDE
from fmstod.ui.kit.parts import Flow, button, column, empty, panel, row, show_chosen, text, toggle_chip
from fmstod.ui.kit.roving import Roving
from fmstod.ui.kit.tokens import Look

FEW = 3  # chips of each component before "show all"
PAD = (16, 12, 16, 16)


@dataclass(frozen=True)
class Chip:
    """A category to offer: `ref` is the question it would be rated under."""

    ref: str
    code: str
    label: str


class IcfChips(QWidget):
    """Categories to try, impairment and limitation. A chip that is on has been added to the step's ratings."""

    toggled = Signal(str, str, bool)  # question, code, on; only when the user did it

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._all, self._offered = look, False, tuple[tuple[str, tuple[Chip, ...]], ...]()
        self._count = text("", "caption", "muted")
        self.more = button(look, say("advice.icf_all"), "plain")
        self.more.clicked.connect(self._show_all)
        self._groups = column(gap=4)
        self._roving = Roving(self)
        self.chips: dict[tuple[str, str], QPushButton] = {}
        head = row(text(say("advice.icf"), "strong"), self._count, ..., self.more)
        self.setLayout(column(panel(column(head, 8, self._groups, pad=PAD), card="true")))

    def show_chips(self, groups: Sequence[tuple[str, Sequence[Chip]]], chosen: frozenset[tuple[str, str]]) -> None:
        """`groups` are headings with their chips; `chosen` are question and code of what is rated."""
        offered = tuple((head, tuple(chips)) for head, chips in groups)
        if offered != self._offered:
            self._offered, self._all = offered, False
            self._build()
        for key, chip in self.chips.items():
            show_chosen(self._look, chip, key in chosen)
        every = {(chip.ref, chip.code) for _, chips in offered for chip in chips}
        self._count.setText(say("advice.icf_count", chosen=len(every & chosen), total=len(every)))
        self.setVisible(bool(every))

    def _build(self) -> None:
        self._roving.clear()
        empty(self._groups)
        self.chips = {}
        for head, chips in self._offered:
            if not chips:
                continue
            flow = Flow()
            for chip in chips if self._all else chips[:FEW]:
                made = self._chip(chip)
                self._roving.add(made)
                self.chips[chip.ref, chip.code] = made
                flow.addWidget(made)
            self._groups.addWidget(text(head, "caption", "muted"))
            self._groups.addWidget(panel(flow))
            self._groups.addSpacing(4)
        few = any(len(chips) > FEW for _, chips in self._offered)
        self.more.setVisible(few)
        self.more.setText(say("advice.icf_few" if self._all else "advice.icf_all"))
        self.more.setAccessibleName(self.more.text())

    def _chip(self, chip: Chip) -> QPushButton:
        """A long official name is shortened on the chip and whole in the tooltip."""
        name = f"{chip.code} {chip.label}"
        room = self._look.px(INSIDE) - self._look.px(16) - 32
        metrics = QFontMetrics(self._look.font("body"))
        made = toggle_chip(self._look, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room), name)
        made.setToolTip(name)
        made.clicked.connect(partial(self._press, chip))
        return made

    @Slot()
    def _show_all(self) -> None:
        chosen = frozenset(key for key, chip in self.chips.items() if chip.isChecked())
        self._all = not self._all
        self._build()
        self.show_chips(self._offered, chosen)

    def _press(self, chip: Chip) -> None:
        self.toggled.emit(chip.ref, chip.code, self.chips[chip.ref, chip.code].isChecked())
