"""The questions that decide which recommendation is the patient's. Nothing is answered beforehand."""

from collections.abc import Collection, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from fmstod.domain.words import Phrases
from fmstod.knowledge import wording
from fmstod.knowledge.advise import Question
from fmstod.texts import text as say
from fmstod.ui.choices import Pick, Segments
from fmstod.ui.parts import button, column, empty, panel, row, text
from fmstod.ui.tokens import FMB, Look

INSIDE = FMB - 80  # px that a card in the column has for its content
MANY_OPTIONS = 4  # more than these are picked from a list
FEW = 3  # open questions before "show all": an answer often settles the rest


class DecidingQuestions(QWidget):
    """The answered ones and the first open ones; what follows from elsewhere in the record is only told."""

    answered = Signal(str, object)  # the condition's key, its answer or None; only when the user did it

    def __init__(self, look: Look, phrases: Phrases) -> None:
        super().__init__()
        self._look, self._phrases, self._all = look, phrases, False
        self._keys: tuple[str, ...] | None = None
        self._shown: tuple[Sequence[Question], Collection[str]] = ((), ())
        self.choices: dict[str, Segments | Pick] = {}
        self._blocks: dict[str, QWidget] = {}
        self._head = text("", "caption", "muted")
        self._list = column(gap=12)
        self._follows = text("", "caption", "muted", wrap=True)
        self.more = button(look, "", "plain", "plus", "accent")
        self.more.clicked.connect(self._show_all)
        self.setLayout(column(self._head, self._list, row(self.more, ...), self._follows, gap=8))

    def show_questions(self, questions: Sequence[Question], deciding: Collection[str]) -> None:
        """All questions of an entry, and the keys of those that could still decide."""
        keys = tuple(q.key for q in questions)
        if keys != self._keys:  # the controls stay while the entry does, so that the focus isn't lost by an answer
            self._keys, self._all = keys, False
            self._build(questions)
        self._shown = (questions, deciding)
        opened = [q.key for q in questions if q.key in deciding]
        told = opened if self._all else opened[:FEW]
        given = [q for q in questions if q.given]
        for question in questions:
            self._blocks[question.key].setVisible(question.given or question.key in told)
            self.choices[question.key].show_value(question.answer if question.given else None)
        self.more.setText(say("advice.all_questions", count=len(opened)))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(len(told) < len(opened))
        follows = [q for q in questions if q.answer is not None and not q.given]
        self._follows.setText("\n".join(self._follows_words(q) for q in follows))
        self._follows.setVisible(bool(follows))
        self._head.setText(say("advice.deciding" if len(given) + len(opened) == 1 else "advice.deciding_many"))
        self._head.setVisible(bool(given or opened))
        self.setVisible(bool(given or opened or follows))

    def _build(self, questions: Sequence[Question]) -> None:
        empty(self._list)
        self.choices, self._blocks = {}, {}
        for question in questions:
            made = self._choice(question)
            made.chosen.connect(partial(self._answer, question.key))
            asked = text(wording.question(question, self._phrases), "strong", wrap=True)
            self.choices[question.key] = made
            self._blocks[question.key] = panel(column(asked, made, gap=4))
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
        self.answered.emit(key, value)

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self.show_questions(*self._shown)


def answer_words(question: Question, phrases: Phrases) -> str:
    """The answer as the user reads it."""
    if isinstance(question.answer, bool):
        return say("choice.yes" if question.answer else "choice.no")
    return "".join(wording.option(option, phrases) for option in question.options if option.key == question.answer)
