"""How a handler follows the certificate, over the work: three columns, lines where one thing leads to another, and gaps."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from fmstod.files import read_links
from fmstod.judging import read_rulebook
from fmstod.quality.strands import Strand, Strands, strands
from fmstod.texts import text as say
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.over import STEPS, Over, put_away
from fmstod.ui.kit.parts import Part, column, panel, row, scroller, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.quality import Quality

KEY = "F7"
GAP = 72  # px between the columns at any text size, where the lines are
DENSE = 24  # lines between two columns that can be told apart; more are drawn thin, so that a gap is seen among them
# What may hang loose in each column, and on which side its stub stands (1 is to the right).
LOOSE = (("diagnosis",), ("caused", "function"), ("activity",))
SIDE = {"diagnosis": 1, "function": 1, "caused": -1, "activity": -1}
COLUMNS = ("diagnosis", "function", "activity")


class Chain(QWidget):
    """The picture. Its description says all of it in words."""

    def __init__(self, look: Look, chain: Strands) -> None:
        super().__init__()
        self._look, self._chain = look, chain
        self._cards = [
            [self._card(each, [kind for kind in kinds if m in chain.loose[kind]]) for m, each in enumerate(things)]
            for things, kinds in zip(_columns(chain), LOOSE, strict=True)
        ]
        parts: list[Part] = []
        for name, cards in zip(COLUMNS, self._cards, strict=True):
            shown = cards or [text(say("handler.nothing"), tone="muted", wrap=True)]
            parts.append(
                column(text(say(f"handler.{name}"), "strong" if look.narrow else "heading"), 8, *_apart(shown), ...)
            )
        whole = row(*parts, gap=GAP, pad=(8, 8, 8, 8))  # clear of the focus ring
        for n in range(len(COLUMNS)):
            whole.setStretch(n, 1)
        self.setLayout(whole)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(say("handler.picture"))
        self.setAccessibleDescription(" ".join((*_told(chain), *gaps(chain))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for n, links in enumerate((self._chain.limits, self._chain.follows)):
            dense = len(links) > DENSE
            painter.setPen(QPen(self._look.colour("border" if dense else "accent"), 1 if dense else 2))
            for one, other in links:
                painter.drawLine(self._edge(self._cards[n][one], True), self._edge(self._cards[n + 1][other], False))
        painter.setPen(QPen(self._look.colour("warn"), 2, Qt.PenStyle.DotLine))
        for cards, kinds in zip(self._cards, LOOSE, strict=True):
            for kind in kinds:
                for m in self._chain.loose[kind]:
                    edge = self._edge(cards[m], SIDE[kind] > 0)
                    painter.drawLine(edge, edge + QPoint(GAP // 3 * SIDE[kind], 0))
        painter.end()

    def _edge(self, card: QWidget, right: bool) -> QPoint:
        return card.mapTo(self, QPoint(card.width() if right else 0, card.height() // 2))

    def _card(self, strand: Strand, loose: Sequence[str]) -> QFrame:
        words: list[Part] = [text(strand.text, wrap=True)]
        for kind in loose:
            said = text(say(f"handler.at.{kind}"), "caption", "warn", wrap=True)
            line = row(mark(self._look, "warn", "warn"), said, gap=8)
            line.setStretch(1, 1)
            words.append(line)
        return panel(column(*words, gap=4, pad=(12, 8, 12, 8)), card="true")


class HandlerPage(Over):
    """Follows what is written when it is opened. Arrows scroll."""

    def __init__(self, look: Look, host: QWidget, chain: Strands) -> None:
        super().__init__(look, host, say("handler.title"))
        self.chain = Chain(look, chain)
        found = list(gaps(chain))
        told: list[Part] = [text(say("handler.gaps"), "strong"), *(text(words, wrap=True) for words in found)]
        if not found:
            told = [text(say("handler.whole"), tone="muted", wrap=True)]
        if chain.unread:
            told += [12, text(say("handler.unread"), "strong"), *(text(words, wrap=True) for words in chain.unread)]
        below = column(*told, gap=4)
        about = text(say("handler.about"), tone="muted", wrap=True)
        self._area = scroller(panel(column(about, 16, self.chain, 24, below, ...), ground="surface"), "surface")
        self.body.addWidget(self._area)
        self.body.setStretchFactor(self._area, 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPS:
            self._area.verticalScrollBar().triggerAction(STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def show_handler(look: Look, host: QWidget, quality: Quality) -> None:
    """The chain of the open case; the key pressed again puts it away."""
    if put_away(host, HandlerPage):
        return
    book, library = read_rulebook(), quality.model.reference.library
    names = {code: label.shown for code, label in library.icf.items()}
    chain = strands(book, read_links(book.lexicon.stem), quality.given(), names)
    page = HandlerPage(look, host, chain)
    page.open_over(page.chain)


def gaps(chain: Strands) -> Iterator[str]:
    """What hangs loose, and what to do about it."""
    for things, kinds in zip(_columns(chain), LOOSE, strict=True):
        for kind in kinds:
            for m in sorted(chain.loose[kind]):
                yield say(f"handler.loose.{kind}", what=things[m].text.rstrip("."))


def _told(chain: Strands) -> Iterator[str]:
    columns = _columns(chain)
    for n, links in enumerate((chain.limits, chain.follows)):
        for m, each in enumerate(columns[n]):
            others = [columns[n + 1][other].text.rstrip(".") for one, other in sorted(links) if one == m]
            if others:
                yield say("handler.leads", one=each.text.rstrip("."), others=", ".join(others))


def _columns(chain: Strands) -> Sequence[Sequence[Strand]]:
    return chain.diagnoses, chain.functions, chain.activities


def _apart(cards: Sequence[QWidget]) -> list[Part]:
    return [part for card in cards for part in (card, 8)]
