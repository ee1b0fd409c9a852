"""Measures to choose from: those that fit, with why, and all of the catalogue by search. Nothing is chosen beforehand."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from fmstod.followup.catalogue import Catalogue, Idea
from fmstod.followup.suggest import Suggestion, reason_text
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import LineBox
from fmstod.ui.kit.parts import Part, button, column, empty, row, text
from fmstod.ui.kit.tokens import Look

GROUPS = ("care", "workplace", "self", "contact", "followup")
KINDS: Mapping[str, str] = {
    **dict.fromkeys(("investigation", "service", "treatment", "rehabilitation"), "care"),
    **dict.fromkeys(("workplace", "vocational"), "workplace"),
    "lifestyle": "self",
    **dict.fromkeys(("contact", "benefit"), "contact"),
    "followup": "followup",
}
FIRST, OF_EACH, MOST = 8, 2, 24  # suggestions at rest, of one group among them; hits of a search
BRIEF = 3  # suggestions at rest in a short plan, of different groups
SEARCH, INDENT = 320, 24  # px; the words of a button stand beside its icon


def group_of(idea: Idea) -> str:
    """The heading that a measure stands under: what the patient does alone is told apart."""
    return "self" if idea.owner == "patient" else KINDS[idea.kind]


def _some_of_each(ideas: Sequence[Idea], *, brief: bool) -> list[Idea]:
    """The most fitting, but no more of a group than leaves room for the others."""
    taken: Counter[str] = Counter()
    made = []
    for idea in ideas:
        taken[group_of(idea)] += 1
        if taken[group_of(idea)] <= (1 if brief else OF_EACH):
            made.append(idea)
    return made[: BRIEF if brief else FIRST]


class Ideas(QWidget):
    """`taken` with the key of a measure, by Enter or click, one at a time."""

    taken = Signal(str)

    def __init__(self, look: Look, catalogue: Catalogue, phrases: Mapping[str, str]) -> None:
        super().__init__()
        self._look, self._catalogue, self._phrases = look, catalogue, phrases
        self._suggested: Sequence[Suggestion] = ()
        self._gone: Collection[str] = ()
        self._all = False
        self._brief = False
        self._shown: tuple[str, ...] = ()
        self.buttons: list[QPushButton] = []
        self.search = LineBox(look, say("ideas.search"), 0 if look.narrow else SEARCH, say("ideas.search_empty"))
        self.search.typed.connect(self._search)
        self._lines = column(gap=2)
        self._none = text(say("ideas.none"), tone="muted", wrap=True)
        self.more = button(look, "", "plain", "right", "accent")
        self.more.clicked.connect(self._show_all)
        searching: tuple[Part, ...] = (self.search,) if look.narrow else (row(self.search, ...),)
        head = row(text(say("ideas.title"), "strong"), text(say("ideas.note"), "caption", "muted"), ...)
        self.setLayout(column(head, 4, self._lines, self._none, row(self.more, ...), 4, *searching, gap=4))

    def show_ideas(self, suggested: Sequence[Suggestion], gone: Collection[str], *, brief: bool = False) -> None:
        """What fits, the most fitting first; `gone` are the keys and texts that the plan has already.

        A `brief` plan begins with few.
        """
        self._suggested, self._gone, self._brief = suggested, gone, brief
        self._lay_out()

    @Slot(str)
    def _search(self, _words: str) -> None:
        self._lay_out()

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._lay_out()
        if self.buttons:
            first = BRIEF if self._brief else FIRST
            self.buttons[min(first, len(self.buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self) -> None:
        words = self.search.text().casefold().split()
        fitting = [s for s in self._suggested if not {s.idea.key, s.idea.text} & set(self._gone)]
        why = {s.idea.key: s for s in fitting}
        ideas = list(self._hits(words)) if words else [s.idea for s in fitting]
        shown = ideas[:MOST] if words or self._all else _some_of_each(ideas, brief=self._brief)
        rest = len(ideas) - len(shown)
        self.more.setVisible(bool(rest) and not words)
        self.more.setText(say("ideas.more", count=rest))
        self.more.setAccessibleName(self.more.text())
        self._none.setVisible(not shown)
        self._none.setText(say("ideas.no_hit" if words else "ideas.none"))
        keys = tuple(idea.key for idea in self._in_groups(shown))
        if keys != self._shown or not self.buttons:
            self._shown = keys
            self._build(shown, why)

    def _hits(self, words: Sequence[str]) -> Iterator[Idea]:
        """Every word stands in the measure, in who does it or in what kind it is."""
        named = self._catalogue.words
        for idea in self._catalogue.measure:
            place = f"{idea.text} {named[f'owner.{idea.owner}']} {named[f'kind.{idea.kind}']}".casefold()
            if all(word in place for word in words) and not {idea.key, idea.text} & set(self._gone):
                yield idea

    def _in_groups(self, ideas: Sequence[Idea]) -> list[Idea]:
        """Group by group; a group stands where its most fitting measure does."""
        order = list(dict.fromkeys(group_of(idea) for idea in ideas))
        return sorted(ideas, key=lambda idea: order.index(group_of(idea)))

    def _build(self, ideas: Sequence[Idea], why: Mapping[str, Suggestion]) -> None:
        at = next((n for n, made in enumerate(self.buttons) if made.hasFocus()), None)
        empty(self._lines)
        self.buttons = []
        before = ""
        for idea in self._in_groups(ideas):
            if (group := group_of(idea)) != before:
                self._lines.addSpacing(4 if before else 0)
                self._lines.addWidget(text(say(f"ideas.group.{group}"), "caption", "muted"))
                before = group
            self._lines.addLayout(self._line(idea, why.get(idea.key)))
        if at is not None:
            (self.buttons[min(at, len(self.buttons) - 1)] if self.buttons else self.search).setFocus(
                Qt.FocusReason.TabFocusReason
            )

    def _line(self, idea: Idea, suggestion: Suggestion | None) -> QBoxLayout:
        # Large text needs lines, which a button hasn't: then its words stand beside it.
        narrow = self._look.narrow
        made = button(self._look, "" if narrow else idea.text, "plain", "plus", "accent")
        made.clicked.connect(partial(self._take, idea.key))
        self.buttons.append(made)
        said = self._note(idea, suggestion)
        made.setAccessibleName(say("ideas.take", measure=idea.text))
        made.setAccessibleDescription(said)
        note = text(said, "caption", "muted", wrap=True)
        words = QFontMetrics(self._look.font("caption")).horizontalAdvance(said)
        made.ensurePolished()
        if not narrow and made.sizeHint().width() + 8 + words > self._look.form_width:
            return column(row(made, ...), row(INDENT, note, gap=0))
        if narrow:
            beside = row(column(made, ...), column(text(idea.text, tone="accent", wrap=True), note))
            beside.setStretch(1, 1)
            return beside
        line = row(made, note)
        line.setStretch(1, 1)
        return line

    def _note(self, idea: Idea, suggestion: Suggestion | None) -> str:
        """Why it fits, and which scheme it is a preset of (product.md F-057, F-058)."""
        why = self._why(suggestion) if suggestion else ""
        scheme = self._catalogue.words[f"program.{idea.program}"] if idea.program else ""
        return " · ".join(part for part in (why, scheme) if part)

    def _why(self, suggestion: Suggestion) -> str:
        reasons = [reason_text(reason, self._catalogue, self._phrases) for reason in suggestion.why[:2]]
        return say("ideas.and").join(reasons)

    def _take(self, key: str, _checked: bool = False) -> None:
        self.taken.emit(key)
