"""What has become of a certificate: its state, the way on from here, and what has happened, in step 7."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from fmstod.certificate.form import Form
from fmstod.clock import SWEDEN
from fmstod.domain.event import Event, Happened
from fmstod.domain.lifecycle import Life, Origin, Relation
from fmstod.domain.transitions import Act, Refusal, refusal
from fmstod.texts import text as say
from fmstod.ui.kit.parts import Part, button, column, panel, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.life.revoke import RevokePart
from fmstod.ui.states import StateMark

PAD = (16, 12, 16, 16)
# What the window offers, in this order; revoking comes after all.
WAYS = {
    Act.COPY: Relation.COPIED,
    Act.COMPLEMENT: Relation.COMPLEMENTS,
    Act.RENEW: Relation.RENEWS,
    Act.REPLACE: Relation.REPLACES,
}
# What a certificate is not yet, or never was: then nobody looks for the way, and it isn't told why it is closed.
SELF_EVIDENT = {Refusal.NOT_LOCKED, Refusal.NOT_SIGNED, Refusal.NOT_ASKED, Refusal.NEITHER, Refusal.NOT_ENDED}


@dataclass(frozen=True)
class Makings:
    """The employer's certificates that can be made out of this one, the likelier first; and a word to go with them."""

    forms: Sequence[Form] = ()
    note: str = ""


# Where the sentences of an event's reason stand.
_REASONS = {Happened.REVOKED: "revocation", Happened.CLOSED: "followup.outcome_of"}


class LifeCard(QWidget):
    """`begun` asks for a new case of a kind out of this one, `made` for one on another form, `opened` for another case.

    `revoked` carries the reason and the words; the owner answers with another card, or with `refuse`.
    """

    begun = Signal(object)  # Relation
    made = Signal(object)  # Form
    opened = Signal(str)
    revoked = Signal(object, str)  # Revocation
    reopened = Signal()  # what had ended without a certificate

    def __init__(
        self, look: Look, life: Life, events: Sequence[Event], origin: Origin | None, makings: Makings | None = None
    ) -> None:
        super().__init__()
        self._look = look
        self.ways: dict[Act | str, QPushButton] = {}
        self._closed: dict[Refusal, list[str]] = {}
        parts: list[Part] = [StateMark(look, life.state, "heading"), *ties(look, origin, life, self._go)]
        parts += self._reopening(life)
        parts += self._begun_from(life)
        parts += self._makings(life, makings or Makings())
        parts += self._revoking(life)
        parts += [self._why_not(why, acts) for why, acts in self._closed.items()]
        lines = [text(words, "caption", "muted", wrap=True) for event in events for words in lines_of(event)]
        if lines:
            parts.append(column(text(say("life.history"), "strong"), 4, *lines, gap=2))
        self.setLayout(column(panel(column(*parts, gap=12, pad=PAD), card="true")))
        if not self.ways and not life.successors:  # nothing to press: in large text the step begins here all the same
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setAccessibleName(say(f"state.{life.state}"))

    def focus_first(self) -> bool:
        """Whether there is anything to press."""
        first = next(iter(self.ways.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        return first is not None

    def refuse(self, words: str) -> None:
        """Why it was not revoked."""
        self.revoke.refuse(words)

    def _reopening(self, life: Life) -> list[Part]:
        if not self._open(Act.REOPEN, life, say("ending.reopen")):
            return []
        return [self._way(Act.REOPEN, say("ending.reopen"), say("ending.about_reopen"), self._reopen)]

    def _begun_from(self, life: Life) -> list[Part]:
        about = {Act.COPY: say("ending.about_copy")} if life.ended else {}
        return [
            self._way(act, say(f"life.{act}"), about.get(act, say(f"life.about.{act}")), partial(self._begin, kind))
            for act, kind in WAYS.items()
            if self._open(act, life, say(f"life.{act}"))
        ]

    def _makings(self, life: Life, makings: Makings) -> list[Part]:
        found: list[Part] = []
        for form in makings.forms:
            name = short_name(form)
            words = say("life.make_from", form=name)
            if self._open(Act.MAKE_FROM, life, words):
                found.append(self._way(name, words, form.title, partial(self._make, form)))
        if found and makings.note:
            found.append(text(makings.note, "caption", "muted", wrap=True))
        return found

    def _revoking(self, life: Life) -> list[Part]:
        self.revoke = RevokePart(self._look)
        self.revoke.hide()
        self.revoke.wanted.connect(self.revoked)
        self.revoke.left.connect(self._leave_revoking)
        if not self._open(Act.REVOKE, life, say("life.revoke")):
            return []
        return [self._way(Act.REVOKE, say("life.revoke"), say("life.about.revoke"), self._ask_revoking), self.revoke]

    def _way(self, key: Act | str, words: str, about: str, act: Callable[..., None]) -> Part:
        made = button(self._look, words)
        made.setAccessibleDescription(about)
        made.clicked.connect(act)
        self.ways[key] = made
        return column(row(made, ...), text(about, "caption", "muted", wrap=True), gap=4)

    def _open(self, act: Act, life: Life, words: str) -> bool:
        """Whether it may be done; if not, why not is told where the button would stand."""
        why = refusal(act, life)
        if why is not None and why not in SELF_EVIDENT:
            self._closed.setdefault(why, []).append(words)
        return why is None

    def _why_not(self, why: Refusal, acts: Sequence[str]) -> Part:
        return column(
            text(", ".join(acts), "strong", "muted", wrap=True), text(say(why.text_key), tone="muted", wrap=True), gap=2
        )

    @Slot()
    def _reopen(self) -> None:
        self.reopened.emit()

    def _begin(self, kind: Relation, _checked: bool = False) -> None:
        self.begun.emit(kind)

    def _make(self, form: Form, _checked: bool = False) -> None:
        self.made.emit(form)

    def _go(self, case: str) -> None:
        self.opened.emit(case)

    @Slot()
    def _ask_revoking(self) -> None:
        self.ways[Act.REVOKE].hide()
        self.revoke.show()
        self.revoke.focus_first()

    @Slot()
    def _leave_revoking(self) -> None:
        self.revoke.refuse("")
        self.ways[Act.REVOKE].show()
        self.ways[Act.REVOKE].setFocus(Qt.FocusReason.TabFocusReason)
        self.revoke.hide()


def ties(look: Look, origin: Origin | None, life: Life, go: Callable[[str], None]) -> list[Part]:
    """The ways to the case that one came out of, and to those that came out of it."""
    to = [(f"life.from.{origin.kind}", origin.case)] if origin else []
    to += [(f"life.to.{each.kind}", each.case) for each in life.successors if each.counts]
    found: list[Part] = []
    for key, case in to:
        made = button(look, say(key), "plain", "right", "accent")
        made.clicked.connect(partial(_press, go, case))
        found.append(row(made, ...))
    return found


def _press(go: Callable[[str], None], case: str, _checked: bool = False) -> None:
    go(case)


def short_name(form: Form) -> str:
    """What the form is called in short, as on its paper: AG7804."""
    return form.form.upper().replace("_", " ")


def lines_of(event: Event) -> tuple[str, ...]:
    """When and what, and the words that went with it; nothing for what concerns nobody any more."""
    if event.kind in (Happened.DISCARDED, Happened.RESTORED):
        return ()
    to = say(f"recipient.{event.recipient}") if event.recipient else ""
    why = say(f"{_REASONS[event.kind]}.{event.reason}") if event.kind in _REASONS else ""
    subject = say(f"subject.{event.asked.subject}") if event.asked else ""
    what = say(f"event.{event.kind}", to=to, why=why, subject=subject)
    line = say("life.line", when=f"{event.at.astimezone(SWEDEN):%Y-%m-%d %H:%M}", what=what)
    return (line, event.text) if event.kind in _REASONS and event.text else (line,)
