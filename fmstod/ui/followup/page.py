"""A follow-up of the plan: last time's picture beside this time's, what changed, and what comes next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from fmstod.domain.consultation import Consultation
from fmstod.domain.followup import FollowUp, Lack, MeasureOutcome, Outcome, Picture, Reason, lacking
from fmstod.domain.period import COMING, DEGREES
from fmstod.texts import text as say
from fmstod.ui.followup.parts import Described, MeasureRow, Questions, beside_before
from fmstod.ui.frame import PatientBanner
from fmstod.ui.kit.boxes import DayBox, LineBox, TextBox
from fmstod.ui.kit.choices import Pick, Segments
from fmstod.ui.kit.parts import Flow, Part, above, button, column, dress, empty, panel, row, scroller, text
from fmstod.ui.kit.removed import RemovedNote
from fmstod.ui.kit.tick import Tick
from fmstod.ui.kit.tokens import Look

WIDTH, PICK = 880, 320  # px
PAD = (24, 20, 24, 24)


@dataclass(frozen=True)
class Visit:
    """What a follow-up is made of: the case, last time's picture, and the questions for so long a sick leave.

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
        self._look, self._visit, self.record, self._today = look, visit, record, today
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
        self._show_parts()
        for keys, act in (("Ctrl+Return", self.finish), ("Ctrl+Shift+J", self.journal_wanted.emit)):
            QShortcut(QKeySequence(keys), self, act)

    def focus_first(self) -> None:
        first = next(iter(self.measures), None)
        (first.went.stop if first else self.on).setFocus(Qt.FocusReason.TabFocusReason)

    def show_saved(self, saved: bool) -> None:
        self._saved.setText(say("followup.saved") if saved else "")

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
        self.on.show_value(record.on.isoformat())
        self.on.day_typed.connect(self._note_day)
        key = "at_signing" if self._visit.signed else "last_time"
        heads = beside_before(
            look,
            text(say(f"followup.{key}", day=before.on), "label", "muted", wrap=True),
            text(say("followup.now"), "label", "muted"),
        )
        self.impairment = Described(
            look, say("followup.impairment"), before.impairment, record.impairment, self._visit.labels
        )
        self.limitation = Described(
            look, say("followup.limitation"), before.limitation, record.limitation, self._visit.labels
        )
        self.impairment.edited.connect(lambda value: self._put(impairment=value))
        self.limitation.edited.connect(lambda value: self._put(limitation=value))
        self.questions = Questions(look, self._visit.asked, record.changes)
        self.questions.edited.connect(lambda value: self._put(changes=value))
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
            _card(say("followup.reasons"), *self._reasons()),
            _card(say("followup.outcome"), *self._outcome()),
        )
        self._form = panel(column(*cards, gap=16))
        return (title, self.outcome_note, self._form)

    def _measures(self) -> Sequence[Part]:
        last = {each.what: each for each in self._visit.before.measures}
        self.measures = [MeasureRow(self._look, each, last.get(each.what)) for each in self.record.measures]
        for at, made in enumerate(self.measures):
            made.edited.connect(self._keeping_measure(at))
        self.places[Lack.MEASURES] = self.measures[0].went.stop if self.measures else self.on
        return self.measures or [text(say("followup.no_measures"), tone="muted", wrap=True)]

    def _keeping_measure(self, at: int) -> Callable[[MeasureOutcome], None]:
        def keep(outcome: MeasureOutcome) -> None:
            rows = self.record.measures
            self._put(measures=(*rows[:at], outcome, *rows[at + 1 :]))
            left = (made for made, row in zip(self.measures, self.record.measures, strict=True) if row.went is None)
            self.places[Lack.MEASURES] = next((made.went.stop for made in left), self.on)

        return keep

    def _capacity(self) -> Sequence[Part]:
        self.capacity = TextBox(self._look, say("followup.capacity"), 2)
        self.capacity.show_text(self.record.capacity)
        self.capacity.typed.connect(lambda words: self._put(capacity=words))
        before = text(self._visit.before.capacity.strip() or say("followup.unsaid"), tone="muted", wrap=True)
        return [beside_before(self._look, before, self.capacity), RemovedNote(self._look, self.capacity)]

    def _degree(self) -> Part:
        options = [(degree, say("followup.degree_now", degree=degree)) for degree in (*DEGREES, 0)]
        self.degree = Segments(self._look, options, say("followup.degree"))
        self.degree.show_value(self.record.degree)
        self.degree.chosen.connect(lambda degree: self._put(degree=degree))
        was = self._visit.before.degree
        said = say("followup.unrated") if was is None else say("followup.degree_before", degree=was)
        return beside_before(self._look, text(said, tone="muted"), self.degree)

    def _reasons(self) -> Sequence[Part]:
        look, waiting = self._look, self.record.waiting
        self.reasons = {reason: Tick(look, say(f"followup.reason.{reason}")) for reason in Reason}
        for reason, tick in self.reasons.items():
            tick.setChecked(reason in self.record.reasons)
            tick.clicked.connect(self._choose_reasons)
        self.waits_for = LineBox(look, say("followup.waiting_what"))
        self.since = DayBox(look, say("followup.waiting_since"), self._today)
        self.waits_for.show_text(waiting.what)
        self.since.show_value(waiting.since)
        self.waits_for.typed.connect(lambda words: self._put(waiting=self.record.waiting.changed(what=words)))
        self.since.day_typed.connect(lambda day: self._put(waiting=self.record.waiting.changed(since=day)))
        lines = column(
            above(say("followup.waiting_what"), self.waits_for),
            RemovedNote(look, self.waits_for),
            row(above(say("followup.waiting_since"), self.since), ...),
            gap=8,
            pad=(24, 4, 0, 0),
        )
        self._waiting = panel(lines)
        self.places[Lack.WAITING], self.places[Lack.SINCE] = self.waits_for, self.since
        about = text(say("followup.reasons_help"), tone="muted", wrap=True)
        return [about, column(*self.reasons.values(), self._waiting, gap=4)]

    def _outcome(self) -> Sequence[Part]:
        look = self._look
        options = [(outcome, say(f"followup.outcome_of.{outcome}")) for outcome in Outcome]
        self.outcome = Pick(look, options, say("followup.outcome"), PICK)
        self.outcome.show_value(self.record.outcome)
        self.outcome.chosen.connect(lambda code: self._put(outcome=Outcome(str(code)) if code else None))
        self.next_day = DayBox(look, say("followup.next_day"), self._today, back=COMING)
        self.next_day.show_value(self.record.next_day)
        self.next_day.day_typed.connect(lambda day: self._put(next_day=day))
        self._next = panel(row(above(say("followup.next_day"), self.next_day), ...))
        self.places[Lack.NEXT] = self.places[Lack.NEXT_DAY] = self.next_day
        about = text(say("followup.outcome_help"), tone="muted", wrap=True)
        return [about, row(self.outcome, ...), self._next]

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

    def _choose_reasons(self, _checked: bool = False) -> None:
        self._put(reasons=tuple(reason for reason, tick in self.reasons.items() if tick.isChecked()))

    def _note_day(self, _value: str) -> None:
        if self.on.day and self.on.day <= self._today():
            self._put(on=self.on.day)

    def _put(self, **values: object) -> None:
        self.record = self.record.changed(**values)
        self._show_parts()
        if self.lacks.isVisible():
            self.refuse("")
        self.edited.emit(self.record)

    def _show_parts(self) -> None:
        self._waiting.setVisible(Reason.WAITING in self.record.reasons)
        self._next.setVisible(self.record.outcome is None)


def _card(title: str, *parts: Part) -> QWidget:
    head: tuple[Part, ...] = (text(title, "heading"),) if title else ()
    return panel(column(*head, *parts, gap=12, pad=PAD), card="true")
