"""Parts of a follow-up: what was planned or rated last time, beside how it is now.

Each says `edited` with its value, and with the step that typing goes on with: empty for a choice, which is one by itself.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fmstod.dates import short_day
from fmstod.domain.answers import IcfRating, IcfText
from fmstod.domain.followup import FollowUp, MeasureOutcome, Picture, Went, worse
from fmstod.followup.note import CHANGES, waited_for
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import LineBox, TextBox
from fmstod.ui.kit.choices import Segments, SeverityScale
from fmstod.ui.kit.parts import Part, button, column, panel, restyle, row, text
from fmstod.ui.kit.removed import RemovedNote
from fmstod.ui.kit.tokens import Look

BEFORE = 320  # px, of what was last time
TONE = {-1: "ok", 0: "muted", 1: "warn"}
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


def known(words: str, day: date, on: date) -> str:
    """What was known and since when, with the year where it is another one: `måttlig · 3 nov`."""
    return say(
        "followup.known", words=words, day=short_day(day) if day.year == on.year else f"{short_day(day)} {day.year}"
    )


def known_words(words: str, day: date, on: date) -> Part:
    """Own words from before, and since when."""
    if not words.strip():
        return text(say("followup.unsaid"), tone="muted", wrap=True)
    return text(known(words.strip(), day, on), tone="muted", wrap=True)


class MeasureRow(QWidget):
    """A measure as it was planned, how it went last time and now, how long it has waited, and a note."""

    edited = Signal(object, str)  # the outcome as it is now
    reason_wanted = Signal(object)  # the measure, as what the sick leave waits for

    def __init__(self, look: Look, measure: MeasureOutcome, before: Picture, on: date) -> None:
        super().__init__()
        self._was = next((each for each in before.measures if each.what == measure.what), None)
        options = [(went, say(f"followup.went_of.{went}")) for went in Went]
        self.went = Segments(look, options, say("followup.went", what=measure.what))
        self.note = LineBox(look, say("followup.note_of", what=measure.what), empty=say("followup.note"))
        self._waits = text("", tone="warn")
        self.reason = button(look, say("followup.as_reason"), name=say("followup.as_reason_of", what=measure.what))
        self.went.chosen.connect(lambda went: self._put("", went=went))
        self.note.typed.connect(lambda words: self._put(f"note {measure.what}", note=words))
        self.reason.clicked.connect(lambda: self.reason_wanted.emit(self.waiting))
        who = ", ".join(part for part in (measure.owner, measure.when) if part)
        said = [who] if who else []
        if self._was and self._was.went:
            said.append(known(say(f"followup.went_of.{self._was.went}"), before.day_of(measure.what), on))
            said += [self._was.note] if self._was.note else []
        lines = [text(measure.what, "strong", wrap=True), *(text(part, tone="muted", wrap=True) for part in said)]
        self._wait = panel(row(self._waits, self.reason, ..., gap=16))
        now = column(self.went, self._wait, self.note, RemovedNote(look, self.note), gap=4)
        self.setLayout(column(beside_before(look, column(*lines), now)))
        self.show_value(measure, on)

    @property
    def waiting(self) -> MeasureOutcome | None:
        """The measure while it waits: as it is now or, until that is said, as it was."""
        now = self._value
        if now.since is None and self._was:  # a draft from before the day was kept
            now = now.changed(since=self._was.since)
        if now.went is None and self._was:
            now = now.changed(went=self._was.went)
        return now if now.waited(self._on) is not None else None

    def show_value(self, measure: MeasureOutcome, on: date, reason: str = "") -> None:
        """`reason` is what the sick leave is told to wait for, if anything."""
        self._value, self._on = measure, on
        given = bool(reason) and reason == measure.what
        self.reason.setText(say("followup.is_reason" if given else "followup.as_reason"))
        self.reason.setAccessibleName(say(f"followup.{'is' if given else 'as'}_reason_of", what=measure.what))
        self.went.show_value(measure.went)
        self.note.show_text(measure.note)
        self._say()

    def _say(self) -> None:
        waits = self.waiting
        self._waits.setText(
            known(waited_for(waits, self._on, say), waits.since, self._on) if waits and waits.since else ""
        )
        self._wait.setVisible(waits is not None)

    def _put(self, step: str, **values: object) -> None:
        self._value = self._value.changed(**values)
        self._say()
        self.edited.emit(self._value, step)


class RatingRow(QWidget):
    """One category: its severity as last known and since when, now, and whether it is better or worse."""

    edited = Signal(object)  # IcfRating

    def __init__(self, look: Look, label: str, before: int | None, since: date, rating: IcfRating, on: date) -> None:
        super().__init__()
        self._look, self._before = look, before
        name = f"{rating.code} {label}".strip()
        self.scale = SeverityScale(look, name)
        self.scale.chosen.connect(self._rated)
        self.change = text("")
        self.change.setFixedWidth(look.px(112))
        was = known(say(f"severity.{before}"), since, on) if before is not None else say("followup.unrated")
        said = column(text(name, wrap=True), text(was, tone="muted"))
        line = row(self.scale, 12, self.change, ...)
        self.setLayout(column(beside_before(look, said, line)))
        self.show_value(rating)

    def show_value(self, rating: IcfRating) -> None:
        self._value = rating
        self.scale.show_value(rating.severity)
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
        words = f"{ARROW[way]} {say(f'followup.{CHANGES[way]}')}" if shown else ""
        self.change.setText(words)
        restyle(self.change, tone=TONE[way])
        self.scale.setAccessibleDescription(words)


class Described(QWidget):
    """Impairment or limitation, by its name in the record: the categories known so far, and own words."""

    edited = Signal(object, str)  # IcfText

    def __init__(self, look: Look, name: str, before: Picture, record: FollowUp, labels: Mapping[str, str]) -> None:
        super().__init__()
        was, now = getattr(before, name), getattr(record, name)
        rated = {rating.code: rating.severity for rating in was.icf}
        self.rows = {
            row.code: RatingRow(
                look, labels.get(row.code, ""), rated.get(row.code), before.day_of(row.code), row, record.on
            )
            for row in now.icf
        }
        for made in self.rows.values():
            made.edited.connect(self._rated)
        self._name = name
        self.words = TextBox(look, f"{say(f'followup.{name}')}. {say('followup.words_now')}", 2)
        self.words.typed.connect(self._typed)
        said = known_words(was.text, before.day_of(name), record.on)
        none = [] if self.rows else [text(say("followup.no_rows"), tone="muted", wrap=True)]
        own = column(text(say("followup.words_now"), "strong"), self.words, RemovedNote(look, self.words), gap=4)
        self.setLayout(column(*none, *self.rows.values(), beside_before(look, said, own), gap=12))
        self.show_value(now)

    def show_value(self, now: IcfText) -> None:
        self._value = now
        self.words.show_text(now.text)
        for rating in now.icf:
            self.rows[rating.code].show_value(rating)

    def _rated(self, rating: IcfRating) -> None:
        self._put("", icf=tuple(rating if each.code == rating.code else each for each in self._value.icf))

    def _typed(self, words: str) -> None:
        self._put(self._name, text=words)

    def _put(self, step: str, **values: object) -> None:
        self._value = self._value.changed(**values)
        self.edited.emit(self._value, step)


class Questions(QWidget):
    """What changed, question by question; they grow with the sick leave."""

    edited = Signal(object, str)  # the answers by key

    def __init__(self, look: Look, asked: Sequence[tuple[str, str]], answers: Mapping[str, str]) -> None:
        super().__init__()
        self.boxes: dict[str, TextBox] = {}
        lines: list[Part] = []
        for key, words in asked:
            box = self.boxes[key] = TextBox(look, words, 1)
            box.typed.connect(self._keeping(key))
            caption = text(words, "strong", wrap=True)
            caption.setBuddy(box)
            lines.append(column(caption, box, RemovedNote(look, box), gap=4))
        self.setLayout(column(*lines, gap=12))
        self.show_value(answers)

    def show_value(self, answers: Mapping[str, str]) -> None:
        self._answers = dict(answers)
        for key, box in self.boxes.items():
            box.show_text(answers.get(key, ""))

    def _keeping(self, key: str) -> Callable[[str], None]:
        def keep(words: str) -> None:
            self._answers = {**self._answers, key: words}
            self.edited.emit({name: said for name, said in self._answers.items() if said.strip()}, key)

        return keep
