"""The questions that decide which recommendation is the patient's. Nothing is answered beforehand."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from fmstod.domain.words import Phrases
from fmstod.knowledge import wording
from fmstod.knowledge.advise import Question
from fmstod.texts import text as say
from fmstod.ui.kit.choices import Pick, Segments
from fmstod.ui.kit.marks import put
from fmstod.ui.kit.parts import button, column, empty, panel, row, text
from fmstod.ui.kit.tokens import FMB, Look

INSIDE = FMB - 80  # px that a card in the column has for its content
MANY_OPTIONS = 4  # more than these are picked from a list


class DecidingQuestions(QWidget):
    """The question that tells most apart, the others one press away; below them the answers, folded.

    An answer stays in sight until another question is answered, so that it can be changed and the focus isn't lost.
    What follows from elsewhere in the record is only told.
    """

    answered = Signal(str, object)  # the condition's key, its answer or None; only when the user did it

    def __init__(self, look: Look, phrases: Phrases) -> None:
        super().__init__()
        self._look, self._phrases, self._all, self._open_given = look, phrases, False, False
        self._latest = ""  # the key of what was answered last
        self._keys: tuple[str, ...] | None = None
        self._shown: tuple[Sequence[Question], Sequence[str], Collection[str]] = ((), (), ())
        self.choices: dict[str, Segments | Pick] = {}
        self._blocks: dict[str, QWidget] = {}
        self._notes: dict[str, QLabel] = {}
        self._head = text("", "caption", "muted")
        self._list = column(gap=12)
        self._follows = text("", "caption", "muted", wrap=True)
        self.more = button(look, "", "plain", "plus", "accent")
        self.more.clicked.connect(self._show_all)
        self.given = button(look, "", "plain", "right", "accent")
        self.given.clicked.connect(self._toggle_given)
        self.setLayout(column(self._head, self._list, row(self.more, ...), row(self.given, ...), self._follows, gap=8))

    def show_questions(
        self, questions: Sequence[Question], asks: Sequence[str], shared: Collection[str] = frozenset()
    ) -> None:
        """All questions of an entry; the keys of those that can still decide, best first; those that others share."""
        keys = tuple(q.key for q in questions)
        if keys != self._keys:  # the controls stay while the entry does, so that the focus isn't lost by an answer
            self._keys, self._all, self._open_given, self._latest = keys, False, False, ""
            self._build(questions)
        self._shown = (questions, asks, shared)
        told = asks if self._all else asks[:1]
        given = [q for q in questions if q.given]
        folded = [q for q in given if q.key != self._latest]
        for question in questions:
            own = question.key in told or question.key == self._latest or (question.given and self._open_given)
            self._blocks[question.key].setVisible(own)
            self._notes[question.key].setVisible(question.key in shared)
            self.choices[question.key].show_value(question.answer if question.given else None)
        self._label(self.more, "advice.more_questions", len(asks) - len(told))
        self._label(self.given, "advice.given_fold" if self._open_given else "advice.given", len(folded))
        put(self.given, self._look, "down" if self._open_given else "right", "accent")
        follows = [q for q in questions if q.answer is not None and not q.given]
        self._follows.setText("\n".join(self._follows_words(q) for q in follows))
        self._follows.setVisible(bool(follows))
        self._head.setText(say("advice.deciding" if len(asks) == 1 else "advice.deciding_best"))
        self._head.setVisible(bool(asks))
        self.setVisible(bool(given or asks or follows))

    def _label(self, made: QPushButton, key: str, count: int) -> None:
        made.setText(say(key, count=count) if count != 1 else say(f"{key}_one"))
        made.setAccessibleName(made.text())
        made.setVisible(count > 0)

    def _build(self, questions: Sequence[Question]) -> None:
        empty(self._list)
        self.choices, self._blocks, self._notes = {}, {}, {}
        for question in questions:
            made = self._choice(question)
            made.chosen.connect(partial(self._answer, question.key))
            asked = text(wording.question(question, self._phrases), "strong", wrap=True)
            self.choices[question.key] = made
            self._notes[question.key] = text(say("advice.shared"), "caption", "muted", wrap=True)
            self._blocks[question.key] = panel(column(asked, made, self._notes[question.key], gap=4))
            self._list.addWidget(self._blocks[question.key])

    def _choice(self, question: Question) -> Segments | Pick:
        options: list[tuple[object, str]] = [(o.key, wording.option(o, self._phrases)) for o in question.options]
        options = options or [(False, say("choice.no")), (True, say("choice.yes"))]
        name = wording.question(question, self._phrases)
        made = Segments(self._look, options, name, self._look.px(INSIDE))
        if len(options) > MANY_OPTIONS or made.minimumSizeHint().width() > self._look.px(INSIDE):
            return Pick(self._look, options, name, INSIDE)
        return made

    def _follows_words(self, question: Question) -> str:
        asked, answer = wording.question(question, self._phrases), answer_words(question, self._phrases)
        return say("advice.follows", question=asked, answer=answer)

    def _answer(self, key: str, value: object) -> None:
        self._latest = key
        self.answered.emit(key, value)

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self.show_questions(*self._shown)

    @Slot()
    def _toggle_given(self) -> None:
        self._open_given = not self._open_given
        self.show_questions(*self._shown)


def answer_words(question: Question, phrases: Phrases) -> str:
    """The answer as the user reads it."""
    return wording.answered(question, question.answer, phrases)
