"""The consultation's three columns: steps, the form, and what FMB says; the last can be folded (F2)."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QLabel, QWidget

from fmstod.texts import text as say
from fmstod.ui.frame import StepNav
from fmstod.ui.kit.elided import Elide, Elided
from fmstod.ui.kit.parts import button, column, dress, panel, restyle, row, scroller, text
from fmstod.ui.kit.tokens import FMB, NAV, Look

Direction = QBoxLayout.Direction
LINE = 60  # characters that the folded strip has room for in one line
FORM = 440  # px at 100 % text: the least that every step fits in, so that nothing scrolls sideways
WIDE = 1200  # px at 100 % text: from here on there is room for three columns


class FmbColumn(QFrame):
    """Holds a panel of the page's own, with a button to fold it away."""

    fold_wanted = Signal()

    def __init__(self, look: Look, inside: QWidget) -> None:
        super().__init__()
        dress(self, ground="window", edge="left")
        self.setAccessibleName(say("frame.fmb"))
        self._fold = button(look, "", "quiet", "fold", "muted", name=say("frame.fold_fmb"))
        self._fold.clicked.connect(self.fold_wanted)
        self._title = text("", "heading", wrap=True)
        head = row(text(say("frame.fmb"), "label", "muted"), self._title, self._fold, text("F2", "caption", "muted"))
        head.setStretch(1, 1)
        head.setContentsMargins(16, 12, 24, 4)
        self.setLayout(column(head, scroller(inside, "window"), pad=(1, 0, 0, 0)))  # clear of the edge

    def show_title(self, words: str) -> None:
        """The name of what the panel speaks of."""
        self._title.setText(words)

    def focus_fold(self) -> None:
        self._fold.setFocus()


class FmbStrip(QFrame):
    """The folded column: the answer stays in sight."""

    open_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        dress(self, ground="window", edge="bottom")
        self.setMinimumHeight(look.px(40))
        self._open = button(look, say("frame.open_fmb"), "plain", "unfold", "accent")
        self._open.clicked.connect(self.open_wanted)
        name, key = text(say("frame.fmb"), "label", "muted"), text("F2", "caption", "muted")
        self._answer: QLabel
        self._detail: QLabel
        if look.narrow:  # one line: the room is for the form; of the detail its end, where the source's day stands
            self._answer, self._detail = Elided("strong", least=look.px(64)), Elided(tone="muted", mode=Elide.ElideLeft)
            name.hide()  # the button says it
        else:
            self._answer, self._detail = text("", "strong"), text("", tone="muted", wrap=True)
        self._words = row(self._answer, self._detail)
        self._words.setStretch(1, 1)
        self._inside = panel(self._words)
        whole = row(name, self._inside, self._open, 4, key, pad=(24, 4, 24, 4))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_answer(self, answer: str, detail: str) -> None:
        """What is too long for the line's strong words stands among those that wrap."""
        long = len(answer) > LINE and not self._look.narrow
        self._answer.setText("" if long else answer)
        self._answer.setVisible(not long)
        self._detail.setText(f"{answer}. {detail}".removesuffix(" ") if long else detail)
        self._detail.setVisible(bool(self._detail.text()))
        self._arrange()

    def focus_open(self) -> None:
        self._open.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Side by side while both fit in one line, else one above the other; in large text always in one."""
        if self._look.narrow:
            return
        need = sum(QFontMetrics(label.font()).horizontalAdvance(label.text()) for label in (self._answer, self._detail))
        around = self._look.px(190)  # "FMB", the button and its key
        stacked = need > self.width() - around
        self._words.setDirection(Direction.TopToBottom if stacked else Direction.LeftToRight)
        self._words.setSpacing(0 if stacked else 8)
        self._answer.setWordWrap(stacked)
        restyle(self._answer, lines="many" if stacked else "one")


class Workbench(QWidget):
    """Steps, form and FMB side by side. In a narrow window FMB starts folded and opens as a drawer over the form.

    `with_fmb` is False for a form that FMB has nothing to say to.
    """

    def __init__(self, look: Look, nav: StepNav, middle: QWidget, fmb: FmbColumn, *, with_fmb: bool = True) -> None:
        super().__init__()
        self._with_fmb = with_fmb
        self._look, self._nav, self._fmb = look, nav, fmb
        self._strip = FmbStrip(look)
        self._narrow: bool | None = None
        self._folded = False
        inside = column(self._strip, middle)
        inside.setStretch(1, 1)
        self._row = row(nav, inside, fmb, gap=0)
        self._row.setStretch(1, 1)
        self.setLayout(self._row)
        fmb.fold_wanted.connect(self.toggle)
        self._strip.open_wanted.connect(self.toggle)
        QShortcut(QKeySequence("F2"), self, self.toggle)
        self._settle(narrow=look.narrow)

    @property
    def folded(self) -> bool:
        return self._folded

    def show_answer(self, answer: str, detail: str = "") -> None:
        """What the folded column still says: how long, for this patient."""
        self._strip.show_answer(answer, detail)

    def fold(self, folded: bool) -> None:
        held = QApplication.focusWidget()
        inside = held is not None and self._fmb.isAncestorOf(held)
        self._folded = folded
        self._fmb.setVisible(self._with_fmb and not folded)
        # The drawer covers the strip's end; it stays, so that the form doesn't jump.
        self._strip.setVisible(self._with_fmb and (folded or bool(self._narrow)))
        if folded and inside:
            self._strip.focus_open()
        self._place_drawer()

    def toggle(self) -> None:
        self.fold(not self._folded and self._with_fmb)
        if self._narrow and not self._folded:
            self._fmb.focus_fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._narrow and not self._folded:
            self.fold(True)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < WIDE * self._look.text
        if narrow != self._narrow:
            self._settle(narrow)
        self._nav.show_names(self.width() - self._look.px(NAV) >= self._look.px(FORM))
        self._place_drawer()

    def _settle(self, narrow: bool) -> None:
        self._narrow = narrow
        if narrow:
            self._row.removeWidget(self._fmb)
            self._fmb.setParent(self)
        else:
            self._row.addWidget(self._fmb)
            self._fmb.setFixedWidth(FMB)
        self.fold(narrow)

    def _place_drawer(self) -> None:
        if self._narrow and not self._folded:
            width = min(self._look.px(FMB), self.width() - 48)
            self._fmb.setFixedWidth(width)
            self._fmb.setGeometry(self.width() - width, 0, width, self.height())
            self._fmb.raise_()
