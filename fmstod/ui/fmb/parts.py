"""Parts of the FMB column: something folded, the answer, the other recommendations."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.domain.words import Phrases
from fmstod.knowledge import wording
from fmstod.knowledge.advise import Candidate, EntryAdvice, Question, Standing
from fmstod.knowledge.library import Library
from fmstod.texts import text as say
from fmstod.ui.fmb.questions import answer_words
from fmstod.ui.kit.marks import mark, put
from fmstod.ui.kit.parts import Part, button, column, empty, panel, restyle, row, text
from fmstod.ui.kit.tokens import Look

FIGURE = 28  # characters that the largest type has room for; what is longer is no length of time anyway


class Fold(QWidget):
    """A heading that is pressed, and what it hides until then."""

    opened = Signal()

    def __init__(self, look: Look, words: str, *inside: Part) -> None:
        super().__init__()
        self._look = look
        self.head = button(look, words, "plain", "right", "accent")
        self.head.clicked.connect(self._toggle)
        self._inside = panel(column(*inside, pad=(0, 8, 0, 0)))
        self._inside.hide()
        self.setLayout(column(row(self.head, ...), self._inside))
        self._tell()

    def show_words(self, words: str) -> None:
        self.head.setText(words)
        self._tell()

    def fold(self, folded: bool = True) -> None:
        self._inside.setHidden(folded)
        put(self.head, self._look, "right" if folded else "down", "accent")
        self._tell()

    @Slot()
    def _toggle(self) -> None:
        shown = self._inside.isHidden()
        self.fold(not shown)
        if shown:
            self.opened.emit()

    def _tell(self) -> None:
        state = say("advice.folded" if self._inside.isHidden() else "advice.unfolded")
        self.head.setAccessibleName(self.head.text())
        self.head.setAccessibleDescription(state)


class AnswerCard(QWidget):
    """How long for this patient, why, how old the facts are, and below it what to answer or choose."""

    def __init__(self, look: Look, *inside: QWidget) -> None:
        super().__init__()
        self.caption = text("", "caption", "muted")
        self.answer = text("", "figure", wrap=True)
        self.details = text("", wrap=True)
        self.age = text("", "caption", "muted", wrap=True)
        line = row(column(mark(look, "warn", "warn", 12), ..., pad=(0, 2, 0, 0)), self.age, gap=6)
        line.setStretch(1, 1)
        self._aged = panel(line)
        words = column(self.caption, self.answer, self.details, 2, self._aged, gap=4)
        self.setLayout(column(panel(column(words, *inside, gap=16, pad=(16, 16, 16, 16)), card="true")))

    def show_words(self, caption: str, answer: str, details: str, age: str = "") -> None:
        """`age` warns of old facts, calmly (M-07)."""
        restyle(self.answer, role="figure" if len(answer) <= FIGURE else "title")
        for label, said in ((self.caption, caption), (self.answer, answer), (self.details, details), (self.age, age)):
            label.setText(said)
            label.setVisible(bool(said))
        self._aged.setVisible(bool(age))
        self.setAccessibleName(": ".join(filter(None, (caption, answer))))
        self.setAccessibleDescription(" ".join(filter(None, (details, age))))


class OtherRecommendations(QWidget):
    """All recommendations of the entry but the patient's, folded: what may apply and which question decides it, what
    doesn't and by which answer.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._rows = column(gap=12)
        self.fold = Fold(look, "", self._rows)
        self.setLayout(column(self.fold))

    def show_advice(self, advice: EntryAdvice, library: Library, phrases: Phrases) -> None:
        told = advice.deciding if advice.limit and not advice.asks else None
        others = [c for c in advice.candidates if c is not told]
        self.setVisible(bool(others))
        self.fold.show_words(say("advice.others_count" if told else "advice.all_count", count=len(others)))
        empty(self._rows)
        for candidate in others:
            r = candidate.recommendation
            said = wording.sentence(library, advice.resolved.entry, r, phrases)
            standing = standing_words(candidate, advice, phrases)
            tone = "muted" if candidate.standing is Standing.EXCLUDED else ""
            self._rows.addLayout(
                column(text(said, tone=tone, wrap=True), text(standing, "caption", "muted", wrap=True), gap=2)
            )


def standing_words(candidate: Candidate, advice: EntryAdvice, phrases: Phrases) -> str:
    """Whether it applies; what would decide it; or which answers exclude it."""
    by_key = {q.key: q for q in advice.questions}
    if candidate.standing is Standing.EXCLUDED:
        why = (_answered(by_key[key], phrases) for key in candidate.excluded_by)
        return say("advice.excluded", why=" ".join(why))
    if candidate.standing is Standing.POSSIBLE and candidate.open:
        return say("advice.possible", question=wording.question(by_key[candidate.open[0]], phrases))
    replaced = not advice.asks and candidate.recommendation.id not in advice.ruling
    return say("advice.replaced" if replaced else "advice.applies")


def _answered(question: Question, phrases: Phrases) -> str:
    return say("advice.answered", question=wording.question(question, phrases), answer=answer_words(question, phrases))
