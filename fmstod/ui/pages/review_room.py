"""The room of step 7: the paper to the left, what is left to do beside it; below it when text is large."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QSizePolicy, QWidget

from fmstod.texts import text as say
from fmstod.ui.kit.parts import button, column, panel, row, scroller
from fmstod.ui.kit.tab_order import stops
from fmstod.ui.kit.tokens import Look
from fmstod.ui.kit.unfolding import Unfolding

# px at 100 % text: the column beside the paper, and the least height of what stands above the signing
RAIL, LEAST = 344, 120


class ReviewRoom(QObject):
    """To the right only what stands above the signing scrolls, so that both ways to sign are always in sight.

    `papers` share the place to the left, `below` never scrolls; `area` is what scrolls in large text.
    """

    def __init__(
        self, look: Look, papers: Sequence[QWidget], above: QBoxLayout, below: QWidget, area: QScrollArea
    ) -> None:
        super().__init__(area)
        self.wide = button(look, say("review.bigger"), "plain")
        self.wide.clicked.connect(self.widen)
        self._above: QScrollArea | None = None
        paper = column(*papers, 4, row(self.wide, ...))
        if look.narrow:
            self._rail = panel(column(above, below))
            self.layout = column(self._rail, 20, paper)
            self.wide.hide()
        else:
            above.addStretch(1)
            above.setContentsMargins(0, 0, 8, 0)  # clear of the scroll bar
            self._above = scroller(panel(above, ground="surface"), "surface")
            self._above.setMinimumHeight(look.px(LEAST))
            self._above.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # it takes what is left
            beside = column(self._above, 12, below)
            beside.setStretch(0, 1)  # the room that is left is for reading, not inside the card
            self._rail = panel(beside, width=look.px(RAIL))
            self.layout = row(paper, self._rail, gap=20)
            self.layout.setStretch(0, 1)
        self._unfolding = Unfolding(self._above or area)

    @property
    def first(self) -> QWidget | None:
        """What Tab reaches first beside the paper; the cards of a case come after its page."""
        return next(iter(stops(self._rail)), None)

    def reveal(self, widget: QWidget) -> None:
        if self._above and self._above.isAncestorOf(widget):
            self._above.ensureWidgetVisible(widget, 0, 24)

    def to_top(self) -> None:
        if self._above:
            self._above.verticalScrollBar().setValue(0)

    def unfold(self, part: QWidget) -> None:
        """What was unfolded beside the paper comes into sight, though little is free above the signing."""
        self._unfolding.show(part)

    @Slot()
    def widen(self) -> None:
        """The paper alone, to read it; and back."""
        wide = not self._rail.isHidden()
        self._rail.setHidden(wide)
        self.wide.setText(say("review.smaller" if wide else "review.bigger"))
        self.wide.setAccessibleName(self.wide.text())
