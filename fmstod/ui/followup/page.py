"""A follow-up of the plan: what was last known beside how it is now, what changed, and what comes next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from fmstod.domain.consultation import Consultation
from fmstod.domain.followup import FollowUp, Lack, MeasureOutcome, Picture, Reason, lacking
from fmstod.domain.history import History
from fmstod.domain.period import DEGREES
from fmstod.texts import text as say
from fmstod.ui.followup.onward import Ahead, Why
from fmstod.ui.followup.parts import Described, MeasureRow, Questions, beside_before, known, known_words
from fmstod.ui.frame import PatientBanner
from fmstod.ui.kit.boxes import DayBox, TextBox
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.parts import Flow, Part, above, button, column, dress, empty, panel, row, scroller, text
from fmstod.ui.kit.removed import RemovedNote
from fmstod.ui.kit.tokens import Look

WIDTH = 880  # px
PAD = (24, 20, 24, 24)


@dataclass(frozen=True)
class Visit:
    """What a follow-up is made of: the case, what is known before it, and the questions for so long a sick leave.

    `signed` tells that last time was the signing of the certificate. `labels` name ICF categories, `day` is today's in the case.
    """

    consultation: Consultation
    before: Picture
    asked: Sequence[tuple[str, str]]
    labels: Mapping[str, str]
    signed: bool
    day: int | None = None


class FollowUpPage(QWidget):
    """`edited` with the record at each change, `done_wanted` once nothing is lacking; it stores nothing itself."""

    edited = Signal(object)  # FollowUp
    done_wanted = Signal()
    discard_wanted = Signal()
    left = Signal()
    case_wanted = Signal()
    journal_wanted = Signal()

    def __init__(self, look: Look, visit: Visit, record: FollowUp, today: Callable[[], date]) -> None:
        super().__init__()
        dress(self, ground="window")
        self._look, self._visit, self._history, self._today = look, visit, History(record), today
        self.banner = PatientBanner(look)
        self.banner.show_case(visit.consultation, today(), day=visit.day, signed=True)
        self._saved = text("", "caption", "muted")
        self.lacks = text("", tone="error", wrap=True)
        self.lacks.hide()
        self.places: dict[Lack, QWidget] = {}
        self.outcome_note = column()
        self._sheet = panel(column(*self._cards(), gap=16), ground="window")
        self._sheet.setMaximumWidth(look.px(WIDTH))
        middle = row(..., self._sheet, ..., pad=(24, 24, 24, 24))
        middle.setStretch(1, 100)
        self.area = scroller(panel(column(middle, ...), ground="window"), "window")
        whole = column(self.banner, self.area, self._bottom())
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._show(record)
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Return": self.finish,
            "Ctrl+Shift+J": self.journal_wanted.emit,
            "Ctrl+Z": lambda: self._go(self._history.undo),
            "Ctrl+Shift+Z": lambda: self._go(self._history.redo),
            "Ctrl+Y": lambda: self._go(self._history.redo),
            "F6": self._wait_for_one,
        }
        for sequence, act in keys.items():
            QShortcut(QKeySequence(sequence), self, act)

    @property
    def record(self) -> FollowUp:
        return self._history.present

    def focus_first(self) -> None:
        first = next(iter(self.measures), None)
        (first.went.stop if first else self.on).setFocus(Qt.FocusReason.TabFocusReason)

    def show_saved(self, saved: bool) -> None:
        """Saving comes after a pause: what is typed from then on is an undo of its own."""
        if saved:
            self._history.settle()
        self._saved.setText(say("followup.saved") if saved else "")

    def put_upon(self, own: FollowUp, was: FollowUp) -> None:
        """What `own` has changed of what `was` stored, on top of what is stored now, as one undo: neither text is lost."""
        if own.id == self.record.id:
            self._put("", **{name: value for name, value in own if value != getattr(was, name)})

    def refuse(self, words: str) -> None:
        self.lacks.setText(words)
        self.lacks.setVisible(bool(words))
        self.done.setAccessibleDescription(words)

    def show_done(self, card: QWidget) -> None:
        """It is frozen; the card says so and leads on."""
        self.refuse("")
        for part in (self._form, self.done, self._discard, self._saved, self._key):
            part.setEnabled(False)
            part.setVisible(part is self._form)
        empty(self.outcome_note)
        self.outcome_note.addWidget(card)
        card.show()
        self.area.verticalScrollBar().setValue(0)

    def finish(self) -> None:
        """Ask for it, or say what is lacking and lead there."""
        if not self.done.isEnabled():
            return
        lacks = lacking(self.record)
        if lacks:
            self.refuse(" ".join([say("followup.lacks"), *(say(f"followup.lack.{lack}") for lack in lacks)]))
            place = self.places[lacks[0]]
            place.setFocus(Qt.FocusReason.TabFocusReason)
            self.area.ensureWidgetVisible(place, 0, 80)
        else:
            self.refuse("")
            self.done_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _cards(self) -> Sequence[Part]:
        look, record, before = self._look, self.record, self._visit.before
        self.on = DayBox(look, say("followup.on"), self._today)
        self.on.day_typed.connect(self._note_day)
        key = "at_signing" if self._visit.signed else "last_time"
        heads = beside_before(
            look,
            text(say(f"followup.{key}", day=before.on), "label", "muted", wrap=True),
            text(say("followup.now"), "label", "muted"),
        )
        labels = self._visit.labels
        self.impairment = Described(look, "impairment", before, record, labels)
        self.limitation = Described(look, "limitation", before, record, labels)
        self.questions = Questions(look, self._visit.asked, record.changes)
        self.impairment.edited.connect(lambda value, step: self._put(step, impairment=value))
        self.limitation.edited.connect(lambda value, step: self._put(step, limitation=value))
        self.questions.edited.connect(lambda value, step: self._put(step, changes=value))
        self.why, self.ahead = Why(look, self._today), Ahead(look, self._today)
        for made in (self.why, self.ahead):
            made.edited.connect(lambda values, step: self._put(step, **values))
        self.places[Lack.WAITING], self.places[Lack.SINCE] = self.why.waits_for, self.why.since
        self.places[Lack.NEXT] = self.places[Lack.NEXT_DAY] = self.ahead.next_day
        title = column(
            row(text(say("followup.title"), "title"), ..., self._saved),
            text(say("followup.help"), tone="muted", wrap=True),
            gap=4,
        )
        cards = (
            _card("", row(above(say("followup.on"), self.on), ...), heads if not look.narrow else 0),
            _card(say("followup.measures"), *self._measures()),
            _card(say("followup.impairment"), self.impairment),
            _card(say("followup.limitation"), self.limitation),
            _card(say("followup.capacity"), *self._capacity()),
            _card(say("followup.degree"), self._degree()),
            _card(say("followup.changes"), self.questions),
            _card(say("followup.reasons"), self.why),
            _card(say("followup.outcome"), self.ahead),
        )
        self._form = panel(column(*cards, gap=16))
        return (title, self.outcome_note, self._form)

    def _measures(self) -> Sequence[Part]:
        record, before = self.record, self._visit.before
        self.measures = [MeasureRow(self._look, each, before, record.on) for each in record.measures]
        for at, made in enumerate(self.measures):
            made.edited.connect(self._keeping_measure(at))
            made.reason_wanted.connect(self.why.wait_for)
        return self.measures or [text(say("followup.no_measures"), tone="muted", wrap=True)]

    def _keeping_measure(self, at: int) -> Callable[[MeasureOutcome, str], None]:
        def keep(outcome: MeasureOutcome, step: str) -> None:
            rows = self.record.measures
            self._put(step, measures=(*rows[:at], outcome, *rows[at + 1 :]))

        return keep

    def _capacity(self) -> Sequence[Part]:
        before, on = self._visit.before, self.record.on
        self.capacity = TextBox(self._look, say("followup.capacity"), 2)
        self.capacity.typed.connect(lambda words: self._put("capacity", capacity=words))
        was = known_words(before.capacity, before.day_of("capacity"), on)
        return [beside_before(self._look, was, self.capacity), RemovedNote(self._look, self.capacity)]

    def _degree(self) -> Part:
        options = [(degree, say("followup.degree_now", degree=degree)) for degree in (*DEGREES, 0)]
        self.degree = Segments(self._look, options, say("followup.degree"))
        self.degree.chosen.connect(lambda degree: self._put("", degree=degree))
        before = self._visit.before
        said = say("followup.unrated")
        if before.degree is not None:
            words = say("followup.degree_before", degree=before.degree)
            said = known(words, before.day_of("degree"), self.record.on)
        return beside_before(self._look, text(said, tone="muted"), self.degree)

    def _bottom(self) -> QWidget:
        look = self._look
        self.done = button(look, say("followup.done"), "primary")
        self._key = text(say("followup.done_key"), "caption", "muted")
        self._discard = button(look, say("followup.discard"), "plain")
        back, case = button(look, say("followup.back"), "plain"), button(look, say("followup.open"), "plain")
        self.done.clicked.connect(self.finish)
        self._discard.clicked.connect(self.discard_wanted)
        back.clicked.connect(self.left)
        case.clicked.connect(self.case_wanted)
        ways = Flow(12, lines=4)
        for made in (back, case, self._discard):
            ways.addWidget(made)
        line = row(column(..., panel(ways), ...), self._key, self.done, gap=12)
        line.setStretch(0, 1)
        if look.narrow:
            self._key.hide()
        return panel(column(self.lacks, line, gap=8, pad=(24, 8, 24, 8)), ground="surface", edge="top")

    def _note_day(self, _value: str) -> None:
        if self.on.day and self.on.day <= self._today():
            self._put("on", on=self.on.day)

    def _wait_for_one(self) -> None:
        """The measure that the focus is in, or else the first that waits, is what the sick leave waits for."""
        focus = QApplication.focusWidget()
        order = sorted(self.measures, key=lambda made: focus is None or not made.isAncestorOf(focus))
        waiting = next((made.waiting for made in order if made.waiting), None)
        if waiting and self.done.isEnabled():
            self.why.wait_for(waiting)

    def _put(self, step: str, **values: object) -> None:
        """Without a step it is a change by itself."""
        if not step:
            self._history.settle()
        self._history.put(self.record.changed(**values), step)
        if not step:
            self._history.settle()
        self._tell()

    def _go(self, way: Callable[[], FollowUp]) -> None:
        """Back or on in the history; what is done can't be undone."""
        if self.done.isEnabled():
            way()
            self._tell()

    def _tell(self) -> None:
        self._show(self.record)
        if self.lacks.isVisible():
            self.refuse("")
        self.edited.emit(self.record)

    def _show(self, record: FollowUp) -> None:
        self.on.show_value(record.on.isoformat())
        reason = record.waiting.what.strip() if Reason.WAITING in record.reasons else ""
        for made, outcome in zip(self.measures, record.measures, strict=True):
            made.show_value(outcome, record.on, reason)
        left = (made for made in self.measures if made.went.value is None)
        self.places[Lack.MEASURES] = next((made.went.stop for made in left), self.on)
        self.impairment.show_value(record.impairment)
        self.limitation.show_value(record.limitation)
        self.capacity.show_text(record.capacity)
        self.degree.show_value(record.degree)
        self.questions.show_value(record.changes)
        self.why.show_value(record)
        self.ahead.show_value(record)


def _card(title: str, *parts: Part) -> QWidget:
    head: tuple[Part, ...] = (text(title, "heading"),) if title else ()
    return panel(column(*head, *parts, gap=12, pad=PAD), card="true")
