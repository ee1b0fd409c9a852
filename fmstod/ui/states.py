"""The states of a certificate by icon and word, as every list, banner and card shows them."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QWidget

from fmstod.clock import SWEDEN
from fmstod.dates import day_month
from fmstod.domain.event import Event, Happened
from fmstod.domain.lifecycle import State
from fmstod.texts import text as say
from fmstod.ui.kit.marks import IconLabel
from fmstod.ui.kit.parts import row, text
from fmstod.ui.kit.tokens import Look

# Shape and colour of each state; the word beside says the same.
SHAPES = {
    State.DRAFT: ("begun", "muted"),
    State.READY: ("begun", "muted"),
    State.LOCKED: ("lock", "warn"),
    State.COPIED: ("lock", "muted"),
    State.WITHOUT_LEAVE: ("done", "muted"),
    State.REPLACED: ("warn", "warn"),
    State.COMPLEMENTED: ("warn", "warn"),
    State.REVOKED: ("error", "error"),
}
SIGNED_SHAPE = ("done", "ok")
OVER = (State.REVOKED, State.REPLACED, State.COMPLEMENTED)  # it doesn't hold any more
TOLD = (*OVER, State.WITHOUT_LEAVE, State.CLOSED)  # what the banner says in place of "signed"
NEVER = (State.LOCKED, State.COPIED, State.WITHOUT_LEAVE)  # nobody signs it any more


# What made it so.
CAUSES = {
    State.REVOKED: Happened.REVOKED,
    State.CLOSED: Happened.CLOSED,
    State.WITHOUT_LEAVE: Happened.ENDED,
}


def since(state: State, events: Iterable[Event]) -> date | None:
    """The day on which it came to that; None for what another certificate has made of it."""
    days = (event.at.astimezone(SWEDEN).date() for event in events if event.kind is CAUSES.get(state))
    return max(days, default=None)


def shape_of(state: State) -> tuple[str, str]:
    return SHAPES.get(state, SIGNED_SHAPE)


def counts(state: State) -> bool:
    """Whether the days that it names are, or may become, sick leave; those of the others aren't drawn as such."""
    return state not in (*OVER, *NEVER)


class StateMark(QWidget):
    """Icon and word of a state; `role` is that of the word."""

    def __init__(self, look: Look, state: State = State.DRAFT, role: str = "strong") -> None:
        super().__init__()
        self._icon, self.words = IconLabel(look), text("", role)
        self.setLayout(row(self._icon, self.words, ..., gap=8))
        self.show_state(state)

    def show_state(self, state: State, on: date | None = None) -> None:
        """With the day on which it came to that, where it is known: `Avslutat 12 mars 2026`."""
        self._icon.show_mark(*shape_of(state))
        word = say(f"state.{state}")
        self.words.setText(f"{word} {day_month(on)} {on.year}" if on else word)
