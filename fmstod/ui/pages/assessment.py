"""Step 5: how much and how long, weighed against what FMB says."""

from functools import cache

from fmstod.certificate.form import Question
from fmstod.domain.consultation import PERIODS
from fmstod.domain.problem import Problem
from fmstod.domain.words import small
from fmstod.files import read_toml
from fmstod.knowledge import wording
from fmstod.knowledge.advise import CHANGED, EntryAdvice, Outcome, compare
from fmstod.knowledge.entry import Entry
from fmstod.paths import RESOURCES
from fmstod.sickleave.day_marks import LawMark, day_marks, read_marks
from fmstod.texts import text as say
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.pages import excess
from fmstod.ui.pages.earlier import EarlierField
from fmstod.ui.pages.step import StepPage
from fmstod.ui.parts import column, text
from fmstod.ui.timeline import Mark, Plan, Timeline
from fmstod.ui.tokens import Look

STEP = 5
EARLIER = "earlier"
OCCUPATION, EMPLOYED = "28", "NUVARANDE_ARBETE"
# After the periods, what they lead to; then the rest of the step in the order of the paper.
ORDER = (PERIODS, "33", "33.2", "39", "39.4", "39.2", "34", "37")

LONGER = "U-6"
# What the timeline doesn't say by itself.
TOLD = (Outcome.OPEN, Outcome.UNKNOWN_EARLIER)


@cache
def law() -> tuple[LawMark, ...]:
    """The days to which the law ties something."""
    return read_marks(read_toml(RESOURCES / "law" / "day_marks.toml"))


class AssessmentPage(StepPage):
    """Earlier sick leave, the timeline, the periods, why longer, and the prognosis."""

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
            if question.ref == PERIODS:
                self.add(self.excess)
        self.places[EARLIER] = self.earlier.choice

    def show_own(self) -> None:
        model, record = self.model, self.model.consultation
        limit, days = model.now.advice.limit, record.day_counts
        outcome = compare(days, limit)
        said = wording.outcome(outcome, days, limit, model.reference.phrases)
        changed = limit is not None and limit.why_open == CHANGED
        entry = self._limiting()
        source = _source(entry.resolved.entry) if entry and not changed else ""
        first = record.periods[0].first if record.periods else None
        self.earlier.show_value(record.earlier, model.reference.today(), first)
        self.timeline.show_plan(self._plan(outcome))
        telling = changed or (outcome in TOLD and bool(record.periods))
        self.verdict.setText(" ".join(part for part in (said if telling else "", source) if part))
        self.verdict.setVisible(bool(self.verdict.text()) and not outcome.asks_reason)  # the card says the same
        self.excess.setVisible(outcome.asks_reason)
        self.excess.show_words(said, source)
        self.earlier.setEnabled(not model.signed)

    def problems(self, ref: str) -> tuple[Problem, ...]:
        """What the card below the periods says (U-6) isn't said twice."""
        return tuple(p for p in super().problems(ref) if p.rule != LONGER)

    def _plan(self, outcome: Outcome) -> Plan:
        record, limit = self.model.consultation, self.model.now.advice.limit
        earlier = record.earlier
        return Plan(
            periods=record.periods,
            today=self.model.reference.today(),
            # "None at all" has no day to draw a line at; the card says how much longer it is.
            limit_days=limit.days or None if limit and outcome is not Outcome.UNDECIDED else None,
            limit_text=self._limit_text(outcome),
            marks=self._marks(),
            earlier=record.day_counts.earlier,
            since=earlier.since if earlier and earlier.had else None,
        )

    def _limiting(self) -> EntryAdvice | None:
        """The advice that the limit comes from."""
        advice = self.model.now.advice
        return next((e for e in advice.entries if e.limit and e.limit == advice.limit), None)

    def _limit_text(self, outcome: Outcome) -> str:
        """The recommendation at the end of the ruler."""
        if not self.model.consultation.diagnoses:
            return say("limit.no_diagnosis")
        if (entry := self._limiting()) is None:
            return say("limit.none_fits" if self.model.now.advice.entries else "limit.without")
        if entry.resolved.entry.changed_at_source:
            return say("limit.changed_at_source")
        if outcome is Outcome.UNDECIDED:
            return say("limit.undecided")
        return say("limit.of", headline=small(wording.headline(entry, self.model.reference.phrases)))

    def _marks(self) -> tuple[Mark, ...]:
        """The law's days, for those who have an employment and whose day in the case is known."""
        record, earlier = self.model.consultation, self.model.consultation.day_counts.earlier
        chosen = record.answers.get(OCCUPATION)
        if earlier is None or not record.periods or not isinstance(chosen, tuple) or EMPLOYED not in chosen:
            return ()
        last = max(p.last for p in record.periods)
        found = day_marks(law(), record.periods[0].first, last, earlier)
        return tuple(Mark(day=m.day, caption=m.caption, applies=m.applies) for m in found)

    def _say_earlier(self, value: object) -> None:
        self.model.change(EARLIER, earlier=value)


def _in_order(model: ConsultationModel) -> list[Question]:
    return sorted(model.reference.questions(STEP), key=lambda q: ORDER.index(q.ref) if q.ref in ORDER else len(ORDER))


def _source(entry: Entry) -> str:
    """Every line that states a recommendation tells its title and dates (M-07)."""
    of = entry.source
    checked = say("limit.rechecked", day=of.rechecked) if of.rechecked else say("limit.not_rechecked")
    return say("limit.source", title=entry.title, valid=of.valid_from, retrieved=of.retrieved, checked=checked)
