"""What an ICF category means: a card beside the category, and the same in a line for a tooltip or a screen reader."""

from html import escape

from PySide6.QtWidgets import QFrame

from fmstod.knowledge.categories import CategoryHit
from fmstod.texts import text as say
from fmstod.ui.kit.parts import column, dress, text
from fmstod.ui.kit.tokens import Look


class IcfCard(QFrame):
    """Meaning, what is observed or what the person can't do, and an example. Hidden until there is something to say."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        dress(self, ground="hover")
        self._head, self._official = text("", "strong", wrap=True), text("", "caption", "muted", wrap=True)
        self._meaning, self._shows, self._example = (text("", wrap=True) for _ in range(3))
        self._asks = text("", "label", "muted")
        words = column(self._head, self._official, self._meaning)
        shows = column(self._asks, self._shows)
        example = column(text(say("icf.example"), "label", "muted"), self._example)
        self.setLayout(column(words, shows, example, gap=8, pad=(12, 8, 12, 12)))
        self.hide()

    def show_hit(self, hit: CategoryHit) -> None:
        own = hit.described
        self.setHidden(own is None)
        if own is None:
            return
        self._head.setText(name_of(hit))
        self._official.setText(hit.name)
        same = hit.name.lower().endswith(hit.label.lower())  # "Att läsa" says no more than "Läsa"
        self._official.setHidden(same or self._look.narrow)
        self._asks.setText(say(f"icf.shows.{hit.code[0]}"))
        for label, words in ((self._meaning, own.meaning), (self._shows, own.shows), (self._example, own.example)):
            label.setText(words)
        self.setAccessibleName(described(hit))


def name_of(hit: CategoryHit) -> str:
    """`b140 Uppmärksamhet`."""
    return f"{hit.code} {hit.label}".strip()


def described(hit: CategoryHit) -> str:
    """All but the example, in a line."""
    if hit.described is None:
        return name_of(hit)
    head, own = say(f"icf.shows.{hit.code[0]}"), hit.described
    return say("icf.said", name=name_of(hit), meaning=own.meaning, head=head, shows=own.shows)


def tooltip(hit: CategoryHit) -> str:
    """For `setToolTip`: marked up, since Qt wraps no other."""
    if hit.described is None:
        return f"<qt>{escape(name_of(hit))}</qt>"
    head, own = say(f"icf.shows.{hit.code[0]}"), hit.described
    lines = (f"<b>{escape(name_of(hit))}</b>", escape(own.meaning), f"<b>{escape(head)}</b><br>{escape(own.shows)}")
    return f"<qt>{''.join(f'<p>{line}</p>' for line in lines)}</qt>"
