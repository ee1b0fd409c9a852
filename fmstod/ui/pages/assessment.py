"""Step 5: how much and how long, weighed against what FMB says."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot

from fmstod.certificate.form import Periods, Question
from fmstod.domain.problem import Problem
from fmstod.domain.recommendation import asks_reason, offers_reason
from fmstod.knowledge import comparison
from fmstod.knowledge.comparison import Outcome, compare
from fmstod.knowledge.entry import Entry
from fmstod.texts import text as say
from fmstod.ui.kit.parts import column, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.leave import is_changed, plan_of
from fmstod.ui.pages import excess
from fmstod.ui.pages.day_counts import DayCounts
from fmstod.ui.pages.earlier import EarlierField
from fmstod.ui.pages.hours import HoursHelper, asks_degrees
from fmstod.ui.pages.instead import WHY, InsteadPart, read_why, write_why
from fmstod.ui.pages.known_days import KnownDays
from fmstod.ui.pages.step import StepPage
from fmstod.ui.timeline.part import TimelinePart
from fmstod.ui.timeline.ruler import Ruler

STEP = 5
EARLIER = "earlier"
# After the periods, what they lead to; then the rest of the step in the order of the paper.
ORDER = ("33", "33.2", "39", "39.4", "39.2", "34", "37")

LONGER = "U-6"
REASON = "excess"  # the source of the question that tells why longer
# What the timeline says by itself, or nothing can be said of.
SILENT = (Outcome.NONE, Outcome.UNDECIDED, Outcome.NOTHING_PLANNED)


class AssessmentPage(StepPage):
    """Earlier sick leave, the timeline, the periods, why longer, and the prognosis: for a form that counts days."""

    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__(look, model, STEP, refs=())
        self.body.setSpacing(16)
        self.earlier = EarlierField(look)
        self.earlier.edited.connect(self._say_earlier)
        self.known = KnownDays(look)
        self.known.taken.connect(self._take_known)
        self.axis, self.ruler, self.days = TimelinePart(look, model), Ruler(look), DayCounts(look, model)
        self.timeline = self.axis.timeline
        self.verdict = text("", "caption", "muted", wrap=True)
        self.add(column(self.earlier, self.known, gap=8))
        self.add(column(self.axis, 8, self.ruler, 4, self.verdict, 4, self.days))
        self.excess = excess.ExcessCard(
            look,
            self.own(excess.REASONS, excess.read_reasons, excess.write_reasons),
            self.own(excess.WORDS, excess.read_words, excess.write_words),
        )
        self.instead = self._instead() if model.reference.ends_without else None
        self.hours = HoursHelper(look, model) if asks_degrees(model) else None
        for question in _in_order(model):
            self.add(self.field(question.ref))
            if isinstance(question, Periods):
                if self.hours:
                    self.add(self.hours)
                if self.instead:
                    self.add(self.instead)
                self.add(self.excess)
        self._asks_why = any(question.source == REASON for question in model.reference.questions(STEP))
        self.places[EARLIER] = self.earlier.choice

    def show_own(self) -> None:
        model, record, phrases = self.model, self.model.consultation, self.model.reference.phrases
        advice, days = model.now.advice, model.now.leave.days
        each = zip(comparison.sentences(advice, days, phrases), advice.entries, strict=True)
        said = "\n".join(words for words, e in each if compare(days, e.limit) not in SILENT)
        sources = _sources([e.resolved.entry for e in advice.entries if e.limit and not is_changed(e)])
        longer, perhaps = asks_reason(advice.limits, days), offers_reason(advice.limits, days)
        first = record.periods[0].first if record.periods else None
        self.earlier.show_value(record.earlier, model.reference.today(), first)
        self.known.show_days(model.now.leave, usable=not model.signed)
        self.days.show_days()
        self.ruler.show_plan(plan_of(model))
        self.verdict.setText("\n".join(part for part in (said if self._telling() else "", sources) if part))
        told = bool(record.periods) and (longer or perhaps)
        self.verdict.setVisible(bool(self.verdict.text()) and not told)  # the card says the same
        self.excess.setVisible(told and self._asks_why)
        self.excess.show_words(said, sources, asks=longer)
        self.earlier.setEnabled(not model.signed)
        self._show_without()

    def _instead(self) -> InsteadPart:
        made = InsteadPart(self.look, self.model, self.own(WHY, read_why, write_why))
        made.turned.connect(self._go_on)
        return made

    def _show_without(self) -> None:
        """Without sick leave there is nothing to count or to hold against the recommendation."""
        leave = self.model.consultation.instead is None
        self.axis.setVisible(leave or bool(self.model.others))
        for part in (self.ruler, self.hours):
            if part is not None:
                part.setVisible(leave)
        if not leave:
            self.verdict.hide()
            self.days.hide()
        if self.instead:
            self.instead.show_own()

    @Slot(bool)
    def _go_on(self, without: bool) -> None:
        """To what is asked next: why, or the periods again."""
        if without:
            self.go_to(self.fields[WHY.ref].place(""))
        elif self.instead:
            self.go_to(self.instead.open)

    def _telling(self) -> bool:
        """Whether to say what the timeline doesn't: each of several entries, and where there is no line to draw."""
        record, entries = self.model.consultation, self.model.now.advice.entries
        if any(is_changed(e) for e in entries):
            return True
        found = [(e.limit, compare(self.model.now.leave.days, e.limit)) for e in entries]
        drawn = all(
            outcome in SILENT or (outcome is Outcome.WITHIN and limit and limit.days and limit.after_event is None)
            for limit, outcome in found
        )
        return bool(record.periods) and bool(found) and (len(found) > 1 or not drawn)

    def problems(self, ref: str) -> tuple[Problem, ...]:
        """What the card below the periods says (U-6) isn't said twice."""
        return tuple(p for p in super().problems(ref) if p.rule != LONGER)

    def _take_known(self, value: object) -> None:
        """The line goes, so the focus goes on to what it filled in."""
        self._say_earlier(value)
        self.go_to(self.earlier.days)

    def _say_earlier(self, value: object) -> None:
        self.model.change(EARLIER, earlier=value)


def _in_order(model: ConsultationModel) -> list[Question]:
    def place(question: Question) -> int:
        if isinstance(question, Periods):
            return -1
        return ORDER.index(question.ref) if question.ref in ORDER else len(ORDER)

    return sorted(model.reference.questions(STEP), key=place)


def _sources(entries: Sequence[Entry]) -> str:
    """Every line that states a recommendation tells its title and dates (M-07); what entries have in common once."""
    found: dict[tuple[date, date | None], list[str]] = {}
    for entry in entries:
        of = entry.source
        each = say("limit.source_each", title=entry.title, valid=of.valid_from)
        found.setdefault((of.retrieved, of.rechecked), []).append(each)
    return "\n".join(
        say(
            "limit.source",
            each=say("limit.source_and").join(each),
            retrieved=retrieved,
            checked=say("limit.rechecked", day=rechecked) if rechecked else say("limit.not_rechecked"),
        )
        for (retrieved, rechecked), each in found.items()
    )
