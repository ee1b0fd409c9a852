"""Step 5 without sick leave: what is done instead, in the place of the periods. Nothing of it is chosen beforehand."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from fmstod.certificate.form import Choices, Text
from fmstod.domain.answers import Answer
from fmstod.domain.consultation import Consultation
from fmstod.domain.leave import Instead
from fmstod.followup.catalogue import Alternative
from fmstod.followup.suggest import alternatives
from fmstod.texts import text as say
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.parts import Part, button, column, empty, panel, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.leave import known_facts

KEY = "F9"
CONSIDERED = "plan.considered"  # where the plan keeps what was weighed
WEIGHED, CHOSEN = "weighed", "chosen"
WIDE = 240  # px: both ways to mark a line, beside each other
WHY = Text(
    kind="text",
    ref="instead.why",
    step=5,
    label=say("instead.why"),
    help=say("instead.why_help"),
    lines=2,
    max=1000,
)


def read_why(record: Consultation) -> Answer | None:
    return record.instead.why if record.instead else None


def write_why(record: Consultation, words: Answer | None) -> dict[str, object]:
    return {"instead": record.instead.changed(why=words or "") if record.instead else None}


class InsteadPart(QWidget):
    """At rest one quiet way. Chosen, it asks why and what is done instead, and leads back."""

    turned = Signal(bool)  # whether there is now no sick leave

    def __init__(self, look: Look, model: ConsultationModel, why: QWidget) -> None:
        super().__init__()
        self._look, self._model = look, model
        self._shown: tuple[Alternative, ...] = ()
        self._last = Instead()  # what was said, should the user go back and forth
        self.open = button(look, say("instead.open"), "plain", "right", "accent")
        self.back = button(look, say("instead.leave"), "plain")
        for way in (self.open, self.back):
            way.clicked.connect(self.turn)
        self._closed = panel(row(self.open, text(KEY, "caption", "muted"), ...))
        self._list = column(gap=8)
        self.marks: dict[str, Segments] = {}
        ask = column(
            text(say("instead.ask"), "strong"), text(say("instead.ask_help"), "caption", "muted", wrap=True), gap=2
        )
        head = column(text(say("instead.title"), "heading"), text(say("instead.means"), tone="muted", wrap=True), gap=4)
        way_back = row(self.back, text(KEY, "caption", "muted"), ...)
        inside = column(head, why, ask, self._list, way_back, gap=16, pad=(16, 12, 16, 12))
        self._sheet = panel(inside, card="true")
        self.setLayout(column(self._closed, self._sheet))
        QShortcut(QKeySequence(KEY), self, self.turn)

    @Slot()
    def turn(self) -> None:
        """No sick leave, or back to it: one step that one undo takes back."""
        if self._model.signed:
            return
        model, now = self._model, self._model.consultation.instead
        self._last = now or self._last
        model.settle()
        model.change("instead", instead=None if now else self._last)
        model.settle()
        self.turned.emit(now is None)

    def show_own(self) -> None:
        """What the record says; nothing of it in what was signed with sick leave."""
        model = self._model
        without = model.consultation.instead is not None
        self._closed.setVisible(not without)
        self._sheet.setVisible(without)
        self.setVisible(without or not model.signed)
        self.back.setVisible(not model.signed)
        if without:
            self._make(alternatives(known_facts(model), model.reference.catalogue))
            for key, marks in self.marks.items():
                marks.show_value(self._said(key))
                marks.setEnabled(not model.signed)

    def _said(self, key: str) -> str | None:
        instead = self._model.consultation.instead
        if instead and key in instead.chosen:
            return CHOSEN
        return WEIGHED if key in self._considered else None

    @property
    def _considered(self) -> tuple[str, ...]:
        value = self._model.consultation.answers.get(CONSIDERED)
        return tuple(each for each in value if isinstance(each, str)) if isinstance(value, tuple) else ()

    @property
    def _weighable(self) -> tuple[str, ...]:
        """What the plan can say that was weighed."""
        question = next((q for q in self._model.reference.plan_form.questions() if q.ref == CONSIDERED), None)
        return tuple(option.code for option in question.options) if isinstance(question, Choices) else ()

    def _make(self, found: tuple[Alternative, ...]) -> None:
        """A line for each that concerns the patient; made anew only when they are others."""
        if found == self._shown:
            return
        self._shown = found
        empty(self._list)
        self.marks = {}
        weighable = self._weighable
        for each in found:
            ways = [(WEIGHED, say("instead.weighed"))] if each.key in weighable else []
            ways += [] if each.leave else [(CHOSEN, say("instead.chosen"))]
            if ways:
                self._list.addWidget(self._line(each, ways))

    def _line(self, each: Alternative, ways: Sequence[tuple[object, str]]) -> QWidget:
        made = self.marks[each.key] = Segments(self._look, ways, each.text, self._look.px(WIDE))
        made.chosen.connect(partial(self._mark, each.key))
        law: list[Part] = [text(each.law, "caption", "muted", wrap=True)] if each.law else []
        words = column(text(each.text, wrap=True), *law)
        if self._look.narrow:
            return panel(column(words, made, gap=4))
        made.setFixedWidth(self._look.px(WIDE))
        line = row(words, column(made, ...), gap=16)
        line.setStretch(0, 1)
        return panel(line)

    def _mark(self, key: str, how: object) -> None:
        """Weighed, chosen or neither; what is chosen isn't told as weighed too."""
        model = self._model
        record, order = model.consultation, [each.key for each in model.reference.catalogue.alternative]
        instead = record.instead or Instead()
        chosen = {*instead.chosen} - {key} | ({key} if how == CHOSEN else set())
        weighed = {*self._considered} - {key} | ({key} if how == WEIGHED else set())
        rest = {ref: value for ref, value in record.answers.items() if ref != CONSIDERED}
        told = {CONSIDERED: tuple(code for code in self._weighable if code in weighed)} if weighed else {}
        model.settle()
        model.change(
            f"instead.{key}",
            instead=instead.changed(chosen=tuple(each for each in order if each in chosen)),
            answers={**rest, **told},
        )
        model.settle()
