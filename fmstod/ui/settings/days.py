"""The settings' cards of a number of days: when drafts lock (safety.md L-05), and when a plan is missed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame

from fmstod.domain.due import LATEST_PLAN
from fmstod.domain.lifecycle import LONGEST_DRAFT
from fmstod.errors import FmstodError
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import NumberBox
from fmstod.ui.kit.parts import above, button, column, dress, restyle, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.messages import failure_of
from fmstod.ui.session import Session

DAYS = 72  # px


class DaysCard(QFrame):
    """A number that `choose` keeps or refuses; the words are `settings_<name>`. `grew` when it says something more. What was read in doesn't change, so that nothing is read anew."""

    changed = Signal(str)
    grew = Signal()

    def __init__(self, look: Look, name: str, most: int, days: int, choose: Callable[[int], None]) -> None:
        super().__init__()
        dress(self, card="true")
        self._name, self._choose = name, choose
        self.days = NumberBox(look, say(f"{name}.days"), len(str(most)), DAYS)
        self.days.show_text(str(days))
        self.days.typed.connect(lambda _words: self._say(""))
        self.keep = button(look, say(f"{name}.keep"))
        self.keep.clicked.connect(self._keep)
        self._said = text("", wrap=True)
        self._said.hide()
        self.setLayout(
            column(
                text(say(f"{name}.title"), "heading"),
                text(say(f"{name}.about", most=most), tone="muted", wrap=True),
                above(say(f"{name}.days"), self.days),
                row(self.keep, ...),
                self._said,
                gap=12,
                pad=(24, 20, 24, 24),
            )
        )

    def focus_first(self) -> None:
        self.days.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.days.hasFocus():
            self._keep()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _keep(self) -> None:
        try:
            self._choose(int(self.days.text() or 0))
        except FmstodError as error:
            self._say(failure_of(error), "error")
            return
        self._say(say(f"{self._name}.kept", days=self.days.text().lstrip("0")), "ok")

    def _say(self, words: str, tone: str = "") -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))
        restyle(self._said, tone=tone)
        self.keep.setAccessibleDescription(words)
        if words:
            self.grew.emit()


def lock_card(look: Look, session: Session) -> DaysCard:
    lives = session.store.lives
    return DaysCard(look, "settings_lock", LONGEST_DRAFT, lives.lock_after(), lives.choose_lock_after)


def plan_after_card(look: Look, session: Session) -> DaysCard:
    followups = session.store.followups
    return DaysCard(look, "settings_plan", LATEST_PLAN, followups.plan_after(), followups.choose_plan_after)
