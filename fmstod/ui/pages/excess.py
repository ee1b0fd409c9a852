"""Why longer than the recommendation: chosen reasons and own words. They become the draft of question 37."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from fmstod.certificate.form import Choices, Option, Text
from fmstod.domain.answers import Answer
from fmstod.domain.consultation import Consultation
from fmstod.texts import catalogue
from fmstod.texts import text as say
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import column, panel, restyle, row, text
from fmstod.ui.kit.tokens import Look

STEP = 5
REASONS = Choices(
    kind="choices",
    ref="excess.reasons",
    step=STEP,
    label=say("longer.reasons"),
    help=say("longer.goes"),
    options=tuple(
        Option(code=key.partition(".")[2], label=words)
        for key, words in catalogue().items()
        if key.startswith("excess.")
    ),
)
WORDS = Text(kind="text", ref="excess.text", step=STEP, label=say("longer.words"), lines=1, max=1000)


def read_reasons(record: Consultation) -> Answer | None:
    return record.excess.reasons


def write_reasons(record: Consultation, value: Answer | None) -> Mapping[str, object]:
    return {"excess": record.excess.changed(reasons=value or ())}


def read_words(record: Consultation) -> Answer | None:
    return record.excess.text


def write_words(record: Consultation, value: Answer | None) -> Mapping[str, object]:
    return {"excess": record.excess.changed(text=value or "")}


class ExcessCard(QWidget):
    """Shown only when the days are longer than what matches the patient, or may be. It asks, or offers, and stops nothing."""

    def __init__(self, look: Look, reasons: QWidget, words: QWidget) -> None:
        super().__init__()
        self._head = text("", "strong", wrap=True)
        self._source = text("", "caption", "muted", wrap=True)
        self._mark = mark(look, "warn", "warn")
        head = row(column(2, self._mark, ...), column(self._head, self._source), pad=(12, 8, 12, 8))
        head.setStretch(1, 1)
        self._ground = panel(head, ground="warn")
        self.setLayout(column(self._ground, 12, reasons, 12, words))

    def show_words(self, head: str, source: str, *, asks: bool = True) -> None:
        """`head` says how much longer, `source` than what. When that depends on something a reason is only offered."""
        self._mark.show_mark("warn" if asks else "tip", "warn" if asks else "muted")
        restyle(self._ground, ground="warn" if asks else "hover")
        self._head.setText(head)
        self._source.setText(source)
