"""Parts of a follow-up: what was planned or rated last time, beside how it is now."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fmstod.domain.answers import IcfRating, IcfText
from fmstod.domain.followup import MeasureOutcome, Went, worse
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import LineBox, TextBox
from fmstod.ui.kit.choices import Segments, SeverityScale
from fmstod.ui.kit.parts import Part, column, panel, restyle, row, text
from fmstod.ui.kit.removed import RemovedNote
from fmstod.ui.kit.tokens import Look

BEFORE = 320  # px, of what was last time
CHANGE = {-1: ("better", "ok"), 0: ("same", "muted"), 1: ("worse", "warn")}
ARROW = {-1: "↓", 0: "→", 1: "↑"}  # of the severity: up is worse


def beside_before(look: Look, before: Part, now: Part) -> Part:
    """Last time to the left, now to the right; below it when text is large."""
    left = panel(column(before, ...) if not look.narrow else column(before))
    if look.narrow:
        return column(left, now, gap=4)
    left.setFixedWidth(look.px(BEFORE))
    both = row(left, panel(column(now, ...)), gap=24)
    both.setStretch(1, 1)
    return both


class MeasureRow(QWidget):
    """A measure as it was planned, how it went last time and now, and a note. `edited` with the outcome as it is now."""

    edited = Signal(object)

    def __init__(self, look: Look, measure: MeasureOutcome, before: MeasureOutcome | None = None) -> None:
        super().__init__()
        self._value = measure
        options = [(went, say(f"followup.went_of.{went}")) for went in Went]
        self.went = Segments(look, options, say("followup.went", what=measure.what))
        self.note = LineBox(look, say("followup.note_of", what=measure.what), empty=say("followup.note"))
        self.went.show_value(measure.went)
        self.note.show_text(measure.note)
        self.went.chosen.connect(lambda went: self._put(went=went))
        self.note.typed.connect(lambda words: self._put(note=words))
        who = ", ".join(part for part in (measure.owner, measure.when) if part)
        went = say(f"followup.went_of.{before.went}") if before and before.went else ""
        said = [part for part in (who, went, before.note if before else "") if part]
        lines = [text(measure.what, "strong", wrap=True), *(text(part, tone="muted", wrap=True) for part in said)]
        now = column(self.went, self.note, RemovedNote(look, self.note), gap=4)
        self.setLayout(column(beside_before(look, column(*lines), now)))

    def _put(self, **values: object) -> None:
        self._value = self._value.changed(**values)
        self.edited.emit(self._value)


class RatingRow(QWidget):
    """One category: its severity last time, now, and whether it is better or worse."""

    edited = Signal(object)  # IcfRating

    def __init__(self, look: Look, label: str, before: int | None, rating: IcfRating) -> None:
        super().__init__()
        self._look, self._before, self._value = look, before, rating
        name = f"{rating.code} {label}".strip()
        self.scale = SeverityScale(look, name)
        self.scale.show_value(rating.severity)
        self.scale.chosen.connect(self._rated)
        self.change = text("")
        self.change.setFixedWidth(look.px(112))
        was = say(f"severity.{before}") if before is not None else say("followup.unrated")
        said = column(text(name, wrap=True), text(was, tone="muted"))
        line = row(self.scale, 12, self.change, ...)
        self.setLayout(column(beside_before(look, said, line)))
        self._say()

    def _rated(self, severity: int | None) -> None:
        self._value = self._value.changed(severity=severity)
        self._say()
        self.edited.emit(self._value)

    def _say(self) -> None:
        """An arrow and a word: the arrow is of the severity."""
        now = self._value.severity
        shown = self._before is not None and now is not None
        way = worse(self._before, now)
        key, tone = CHANGE[way]
        words = f"{ARROW[way]} {say(f'followup.{key}')}" if shown else ""
        self.change.setText(words)
        restyle(self.change, tone=tone)
        self.scale.setAccessibleDescription(words)


class Described(QWidget):
    """Impairment or limitation: the same categories as last time, and own words. `edited` with the whole answer."""

    edited = Signal(object)  # IcfText

    def __init__(self, look: Look, name: str, before: IcfText, now: IcfText, labels: Mapping[str, str]) -> None:
        super().__init__()
        self._value = now
        was = {rating.code: rating.severity for rating in before.icf}
        self.rows = {
            rating.code: RatingRow(look, labels.get(rating.code, ""), was.get(rating.code), rating)
            for rating in now.icf
        }
        for made in self.rows.values():
            made.edited.connect(self._rated)
        self.words = TextBox(look, f"{name}. {say('followup.words_now')}", 2)
        self.words.show_text(now.text)
        self.words.typed.connect(self._typed)
        said = text(before.text.strip() or say("followup.unsaid"), tone="muted", wrap=True)
        none = [] if self.rows else [text(say("followup.no_rows"), tone="muted", wrap=True)]
        own = column(text(say("followup.words_now"), "strong"), self.words, RemovedNote(look, self.words), gap=4)
        self.setLayout(column(*none, *self.rows.values(), beside_before(look, said, own), gap=12))

    def _rated(self, rating: IcfRating) -> None:
        self._put(icf=tuple(rating if each.code == rating.code else each for each in self._value.icf))

    def _typed(self, words: str) -> None:
        self._put(text=words)

    def _put(self, **values: object) -> None:
        self._value = self._value.changed(**values)
        self.edited.emit(self._value)


class Questions(QWidget):
    """What changed, question by question; they grow with the sick leave. `edited` with the answers by key."""

    edited = Signal(object)

    def __init__(self, look: Look, asked: Sequence[tuple[str, str]], answers: Mapping[str, str]) -> None:
        super().__init__()
        self._answers = dict(answers)
        self.boxes: dict[str, TextBox] = {}
        lines: list[Part] = []
        for key, words in asked:
            box = self.boxes[key] = TextBox(look, words, 1)
            box.show_text(answers.get(key, ""))
            box.typed.connect(self._keeping(key))
            caption = text(words, "strong", wrap=True)
            caption.setBuddy(box)
            lines.append(column(caption, box, RemovedNote(look, box), gap=4))
        self.setLayout(column(*lines, gap=12))

    def _keeping(self, key: str) -> Callable[[str], None]:
        def keep(words: str) -> None:
            self._answers = {**self._answers, key: words}
            self.edited.emit({name: said for name, said in self._answers.items() if said.strip()})

        return keep
