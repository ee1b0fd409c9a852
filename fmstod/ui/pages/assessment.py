"""Step 5: how much and how long, weighed against what FMB says."""

from collections.abc import Sequence
from datetime import date

from fmstod.certificate.form import Periods, Question
from fmstod.domain.period import DayCounts
from fmstod.domain.problem import Problem
from fmstod.domain.recommendation import Limit, asks_reason, offers_reason
from fmstod.domain.words import small
from fmstod.domain.work import EMPLOYED, occupations_of
from fmstod.files import read_law
from fmstod.knowledge import comparison, wording
from fmstod.knowledge.advise import CHANGED, EntryAdvice
from fmstod.knowledge.comparison import Outcome, compare
from fmstod.knowledge.entry import Entry
from fmstod.sickleave.groups import Standing
from fmstod.sickleave.milestones import milestones, planned
from fmstod.texts import text as say
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.pages import excess
from fmstod.ui.pages.earlier import EarlierField
from fmstod.ui.pages.hours import HoursHelper, asks_degrees
from fmstod.ui.pages.step import StepPage
from fmstod.ui.parts import column, text
from fmstod.ui.timeline import Timeline
from fmstod.ui.timeline_plan import Bound, Mark, Plan
from fmstod.ui.tokens import Look

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
        self.timeline = Timeline(look)
        self.verdict = text("", "caption", "muted", wrap=True)
        self.add(self.earlier)
        self.add(column(self.timeline, 4, self.verdict))
        self.excess = excess.ExcessCard(
            look,
            self.own(excess.REASONS, excess.read_reasons, excess.write_reasons),
            self.own(excess.WORDS, excess.read_words, excess.write_words),
        )
        for question in _in_order(model):
            self.add(self.field(question.ref))
            if isinstance(question, Periods):
                if asks_degrees(model):
                    self.add(HoursHelper(look, model))
                self.add(self.excess)
        self._asks_why = any(question.source == REASON for question in model.reference.questions(STEP))
        self.places[EARLIER] = self.earlier.choice

    def show_own(self) -> None:
        model, record, phrases = self.model, self.model.consultation, self.model.reference.phrases
        advice, days = model.now.advice, record.day_counts
        each = zip(comparison.sentences(advice, days, phrases), advice.entries, strict=True)
        said = "\n".join(words for words, e in each if compare(days, e.limit) not in SILENT)
        sources = _sources([e.resolved.entry for e in advice.entries if e.limit and not _changed(e)])
        longer, perhaps = asks_reason(advice.limits, days), offers_reason(advice.limits, days)
        first = record.periods[0].first if record.periods else None
        self.earlier.show_value(record.earlier, model.reference.today(), first)
        self.timeline.show_plan(self._plan())
        self.verdict.setText("\n".join(part for part in (said if self._telling() else "", sources) if part))
        told = bool(record.periods) and (longer or perhaps)
        self.verdict.setVisible(bool(self.verdict.text()) and not told)  # the card says the same
        self.excess.setVisible(told and self._asks_why)
        self.excess.show_words(said, sources, asks=longer)
        self.earlier.setEnabled(not model.signed)

    def _telling(self) -> bool:
        """Whether to say what the timeline doesn't: each of several entries, and where there is no line to draw."""
        record, entries = self.model.consultation, self.model.now.advice.entries
        if any(_changed(e) for e in entries):
            return True
        found = [(e.limit, compare(record.day_counts, e.limit)) for e in entries]
        drawn = all(
            outcome in SILENT or (outcome is Outcome.WITHIN and limit and limit.days and limit.after_event is None)
            for limit, outcome in found
        )
        return bool(record.periods) and bool(found) and (len(found) > 1 or not drawn)

    def problems(self, ref: str) -> tuple[Problem, ...]:
        """What the card below the periods says (U-6) isn't said twice."""
        return tuple(p for p in super().problems(ref) if p.rule != LONGER)

    def _plan(self) -> Plan:
        record, entries = self.model.consultation, self.model.now.advice.entries
        earlier, named = record.earlier, comparison.titles(self.model.now.advice, self.model.reference.phrases)
        return Plan(
            periods=record.periods,
            today=self.model.reference.today(),
            bounds=tuple(map(self._bound, entries, named)) or (Bound(self._without()),),
            marks=self._marks(),
            earlier=record.day_counts.earlier,
            since=earlier.since if earlier and earlier.had else None,
        )

    def _bound(self, entry: EntryAdvice, title: str) -> Bound:
        """What an entry says at the end of the ruler, and its limit where a line can be drawn.

        "None at all" has no day to draw a line at, and what only may be the limit is drawn once it is exceeded.
        """
        limit, days = entry.limit, self.model.consultation.day_counts
        undecided = compare(days, limit) is Outcome.UNDECIDED
        words = self._limit_text(entry, undecided=undecided)
        if limit and limit.after_event is not None:
            return Bound(words, title=title, last=None if undecided else _reached(limit, days))
        return Bound(words, limit.days or None if limit and not undecided else None, title)

    def _without(self) -> str:
        return say("limit.without" if self.model.consultation.diagnoses else "limit.no_diagnosis")

    def _limit_text(self, entry: EntryAdvice, *, undecided: bool) -> str:
        """The recommendation at the end of the ruler."""
        limit = entry.limit
        if limit is None:
            return say("limit.none_fits")
        if _changed(entry):
            return say("limit.changed_at_source")
        if undecided:
            return say("limit.undecided")
        headline = small(wording.headline(entry, self.model.reference.phrases))
        if limit.days == 0 and not limit.rechecked:
            return say("limit.none_2020", year=limit.retrieved.year, headline=headline)
        if limit.counts_from and limit.after_event in (None, limit.bound):
            event = self.model.reference.phrases[f"fmb.from.{limit.counts_from}"]
            day = f" {limit.event}" if limit.event else ""
            return say("limit.of_event", headline=headline, event=f"{event}{day}")
        return say("limit.of", headline=headline)

    def _marks(self) -> tuple[Mark, ...]:
        """The law's days, where the day in the case is known and what the patient would be doing.

        What asks for nothing is worth a place only for those who have an employer: the others were never asked.
        """
        record, earlier = self.model.consultation, self.model.consultation.day_counts.earlier
        chosen = occupations_of(record.answers)
        if earlier is None or not record.periods or not chosen:
            return ()
        who = Standing(occupations=chosen, born=record.patient.born)
        found = milestones(read_law(), planned(record.periods, earlier), who)
        return tuple(
            Mark(day=m.day, caption=m.caption, applies=m.applies) for m in found if m.applies or EMPLOYED in chosen
        )

    def _say_earlier(self, value: object) -> None:
        self.model.change(EARLIER, earlier=value)


def _in_order(model: ConsultationModel) -> list[Question]:
    def place(question: Question) -> int:
        if isinstance(question, Periods):
            return -1
        return ORDER.index(question.ref) if question.ref in ORDER else len(ORDER)

    return sorted(model.reference.questions(STEP), key=place)


def _reached(limit: Limit, days: DayCounts) -> date | None:
    """The last day that a time after an event allows; None while either isn't known."""
    found = days.reached(limit.event, limit.after_event) if limit.event and limit.after_event is not None else None
    return found if limit.after_event == limit.bound else None


def _changed(entry: EntryAdvice) -> bool:
    return entry.limit is not None and entry.limit.why_open == CHANGED


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
