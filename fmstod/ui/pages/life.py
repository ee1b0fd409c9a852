"""What has become of a certificate: its state, the way on from here, and what has happened, in step 7."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from fmstod.clock import SWEDEN
from fmstod.domain.event import Event, Happened
from fmstod.domain.lifecycle import Life, Origin, Relation, State
from fmstod.domain.transitions import Act, refusal
from fmstod.texts import text as say
from fmstod.ui.marks import mark
from fmstod.ui.parts import Part, button, column, panel, row, text
from fmstod.ui.tokens import Look

PAD = (16, 12, 16, 16)
# Shape and colour of each state; the word beside says the same.
SHAPES = {
    State.DRAFT: ("begun", "muted"),
    State.READY: ("begun", "muted"),
    State.LOCKED: ("lock", "warn"),
    State.COPIED: ("lock", "muted"),
    State.REPLACED: ("warn", "warn"),
    State.COMPLEMENTED: ("warn", "warn"),
    State.REVOKED: ("error", "error"),
}
SIGNED_SHAPE = ("done", "ok")
WAYS = {Act.COPY: Relation.COPIED, Act.RENEW: Relation.RENEWS}  # what the window offers


class LifeCard(QWidget):
    """`begun` asks for a new case of a kind out of this one, `opened` for another case."""

    begun = Signal(object)  # Relation
    opened = Signal(str)

    def __init__(self, look: Look, life: Life, events: Sequence[Event], origin: Origin | None) -> None:
        super().__init__()
        self._look = look
        state = text(say(f"state.{life.state}"), "heading")
        head = row(mark(look, *SHAPES.get(life.state, SIGNED_SHAPE)), state, ..., gap=8)
        parts: list[Part] = [head, *self._ways(life), *self._links(life, origin)]
        lines = [text(words, "caption", "muted", wrap=True) for event in events if (words := line_of(event))]
        self.history = column(text(say("life.history"), "strong"), 4, *lines, gap=2)
        self.setLayout(column(panel(column(*parts, self.history, gap=12, pad=PAD), card="true")))

    def _ways(self, life: Life) -> list[Part]:
        found: list[Part] = []
        self.ways = {}
        for act, kind in WAYS.items():
            if refusal(act, life) is None:
                made = button(self._look, say(f"life.{act}"))
                made.clicked.connect(partial(self._begin, kind))
                self.ways[act] = made
                about = text(say(f"life.about.{act}"), tone="muted", wrap=True)
                found.append(column(about, 8, row(made, ...)))
        return found

    def _links(self, life: Life, origin: Origin | None) -> list[Part]:
        """The ways to the case that this one came out of, and to those that came out of it."""
        to = [(f"life.from.{origin.kind}", origin.case)] if origin else []
        to += [(f"life.to.{each.kind}", each.case) for each in life.successors if each.counts]
        found: list[Part] = []
        for key, case in to:
            made = button(self._look, say(key), "plain", "right", "accent")
            made.clicked.connect(partial(self._open, case))
            found.append(row(made, ...))
        return found

    def _begin(self, kind: Relation, _checked: bool = False) -> None:
        self.begun.emit(kind)

    def _open(self, case: str, _checked: bool = False) -> None:
        self.opened.emit(case)

    def focus_first(self) -> None:
        if self.ways:
            next(iter(self.ways.values())).setFocus(Qt.FocusReason.TabFocusReason)


def line_of(event: Event) -> str:
    """When and what, in one line; nothing for what concerns nobody any more."""
    if event.kind in (Happened.DISCARDED, Happened.RESTORED):
        return ""
    to = say(f"recipient.{event.recipient}") if event.recipient else ""
    why = say(f"revocation.{event.reason}") if event.kind is Happened.REVOKED else ""
    subject = say(f"subject.{event.asked.subject}") if event.asked else ""
    what = say(f"event.{event.kind}", to=to, why=why, subject=subject)
    return say("life.line", when=f"{event.at.astimezone(SWEDEN):%Y-%m-%d %H:%M}", what=what)
