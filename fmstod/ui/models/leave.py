"""The sick leave of an open consultation as pictures show it: against the recommendations, and on the axis of days."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from fmstod.certificate.form import Day, Measures
from fmstod.domain.answers import Measure, Status
from fmstod.domain.consultation import is_of_plan
from fmstod.domain.document import DayMark
from fmstod.domain.period import DayCounts, Period, iso_day
from fmstod.domain.recommendation import Limit
from fmstod.domain.words import small
from fmstod.domain.work import EMPLOYED, occupations_of
from fmstod.files import read_law
from fmstod.followup.facts import Facts, facts_of
from fmstod.knowledge import comparison, wording
from fmstod.knowledge.advise import CHANGED, EntryAdvice
from fmstod.knowledge.comparison import Outcome, compare
from fmstod.sickleave import timeline as axis
from fmstod.sickleave.cases import REHABSTOD_GAP, Certificate
from fmstod.sickleave.groups import Standing
from fmstod.sickleave.milestones import Milestone, milestones
from fmstod.sickleave.timeline import Kind, Mark, marks_of
from fmstod.texts import text as say
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.timeline.ruler_plan import Bound, Plan

STATES: Mapping[Status | None, axis.State] = {Status.DONE: "done", Status.STOPPED: "exempt"}


def axis_of(model: ConsultationModel) -> axis.Timeline:
    """All that is known of the patient's sick leave: certificates, this draft, limits, the law's days, the plan's."""
    today, leave = model.reference.today(), model.now.leave
    marks = [*_limits(model), *marks_of(law_days(model), model.reference.phrases, today), *_of_plan(model)]
    day = day_of_case(model)
    caption = say("timeline.day_small", day=day) if day else ""
    own, signed, none = leave.days.periods, list(model.others), tuple[Period, ...]()
    planned, void = own, none
    if model.life.void:  # neither do its plan and what was counted by it
        planned, void, marks = none, own, []
    elif model.signed and not (model.locked or model.read_only):
        planned = none
        signed.append(Certificate(signed=datetime.max.replace(tzinfo=UTC), periods=own))
    reduced = model.consultation.still_reduced
    return axis.timeline(today, signed, planned, marks, caption, void=void, reduced=reduced)


def day_of_case(model: ConsultationModel) -> int | None:
    """Which day of the case today is, by what was entered and by what certificates tell; None before the first, and once
    it was closed, or has ended for so long that a new certificate wouldn't belong to it.
    """
    today, leave = model.reference.today(), model.now.leave
    if model.life.closed or model.life.void:
        return None
    case, known = leave.case, leave.days.periods + leave.days.known
    last = max((p.last for p in known), default=today)
    if (today - last).days > REHABSTOD_GAP + 1:
        return None
    if case is None or not model.others or leave.days.at_least:
        return model.consultation.day_of_case(today)
    return today.toordinal() - case.first + 1 if case.first <= today.toordinal() else None


def known_facts(model: ConsultationModel) -> Facts:
    """What the plan is suggested by, the days of the case counted as FMB is compared with them."""
    days = model.now.leave.days
    return facts_of(model.consultation, days=days.total, extension=bool(days.earlier))


def law_days(model: ConsultationModel) -> tuple[Milestone, ...]:
    """The law's days, where the day in the case is known and what the patient would be doing.

    What asks for nothing is worth a place only for those who have an employer: the others were never asked. Of a sick leave
    that was closed only what was reached is left, and nothing is counted by a certificate that doesn't hold.
    """
    record, counted = model.consultation, model.now.leave.counted
    chosen = occupations_of(record.answers)
    if counted is None or not chosen or model.life.void:
        return ()
    found = milestones(read_law(), counted, Standing(occupations=chosen, born=record.patient.born), record.stops)
    asked = (each for each in found if each.applies or EMPLOYED in chosen)
    return tuple(each for each in asked if each.sick or not model.life.closed)


def plan_of(model: ConsultationModel) -> Plan:
    """What the ruler shows."""
    record, now = model.consultation, model.now
    named = comparison.titles(now.advice, model.reference.phrases)
    bounds = tuple(_bound(model, each, title) for each, title in zip(now.advice.entries, named, strict=True))
    return Plan(
        periods=record.periods,
        today=_goes_on(model),
        bounds=bounds or (Bound(say("limit.without" if record.diagnoses else "limit.no_diagnosis")),),
        earlier=now.leave.days.earlier,
        at_least=now.leave.days.at_least,
        since=record.earlier.since if record.earlier and record.earlier.had else None,
    )


def _goes_on(model: ConsultationModel) -> date:
    """Where the ruler begins to count while nothing is planned: after the last day that certificates tell of, or today."""
    last = max((p.last for p in model.now.leave.days.known), default=None)
    return last + timedelta(days=1) if last and last < date.max else model.reference.today()


def days_on_paper(model: ConsultationModel) -> tuple[DayMark, ...]:
    """What the plan's time-line shows besides what the plan asks: the limits, and the law's days that are sick days."""
    limits = [DayMark(on=each.on, words=say("paper.timeline.limit")) for each in _limits(model)]
    law = [
        DayMark(on=each.on, words=say(f"paper.timeline.{each.counts}_day", day=each.day, caption=each.caption))
        for each in law_days(model)
        if each.sick and each.applies
    ]
    return (*limits, *law)


def is_changed(entry: EntryAdvice) -> bool:
    """Whether the source says something else today than the entry."""
    return entry.limit is not None and entry.limit.why_open == CHANGED


def _limits(model: ConsultationModel) -> Iterator[Mark]:
    """The last day that each recommendation allows; of several, with the number that the ruler gives it."""
    plan, days = plan_of(model), model.now.leave.days
    known = min((p.first for p in days.periods + days.known), default=None)
    for bound, (title, words) in zip(plan.bounds, plan.limit_lines, strict=True):
        day = bound.last or _last_of(model, bound.days or 0)
        if day and known and day >= known:  # which of the days before it was isn't known
            caption = words if len(plan.bounds) < 2 else say("timeline.limit_of", title=title, limit=words)
            yield Mark(on=day, kind=Kind.LIMIT, caption=caption)


def _last_of(model: ConsultationModel, days: int) -> date | None:
    """The day that is number so many of the case; after the last planned one they run on."""
    case = model.now.leave.case
    if case is None or not days or model.now.leave.days.at_least:
        return None
    number = case.nth(days) or case.last + days - case.count
    return date.fromordinal(number) if number <= date.max.toordinal() else None


def _of_plan(model: ConsultationModel) -> Iterator[Mark]:
    """The days that the plan asks for, follow-up above all, and its measures that have a day.

    Once it has been followed up, the latest follow-up tells the next day, unless the plan has been signed anew since.
    """
    done, caption = model.followed, say("followup.mark")
    yield from (Mark(on=each.on, kind=Kind.FOLLOW_UP, caption=caption, state="done") for each in done)
    if done and not model.replanned and (ahead := done[-1].next):
        yield Mark(on=ahead, kind=Kind.FOLLOW_UP, caption=caption)
    for ref in model.now.open_refs:
        if not is_of_plan(ref):
            continue
        question, value = model.reference.question(ref), model.now.answers.get(ref)
        if isinstance(question, Day) and (day := iso_day(str(value or ""))) and (model.replanned or not done):
            yield Mark(on=day, kind=Kind.FOLLOW_UP, caption=small(question.label))
        elif isinstance(question, Measures) and isinstance(value, tuple):
            for each in value:
                if isinstance(each, Measure) and (day := iso_day(each.when.strip())):
                    yield Mark(on=day, kind=Kind.STEP, caption=each.what, state=STATES.get(each.status, "planned"))


def _bound(model: ConsultationModel, entry: EntryAdvice, title: str) -> Bound:
    """What an entry says at the end of the ruler, and its limit where a line can be drawn.

    "None at all" has no day to draw a line at, and what only may be the limit is drawn once it is exceeded.
    """
    limit, days = entry.limit, model.now.leave.days
    undecided = compare(days, limit) is Outcome.UNDECIDED
    words = _limit_text(model, entry, undecided=undecided)
    if limit and limit.after_event is not None:
        return Bound(words, title=title, last=None if undecided else _reached(limit, days))
    return Bound(words, limit.days or None if limit and not undecided else None, title)


def _limit_text(model: ConsultationModel, entry: EntryAdvice, *, undecided: bool) -> str:
    """The recommendation at the end of the ruler."""
    limit = entry.limit
    if limit is None:
        return say("limit.none_fits")
    if is_changed(entry):
        return say("limit.changed_at_source")
    if undecided:
        return say("limit.undecided")
    headline = small(wording.headline(entry, model.reference.phrases))
    if limit.days == 0 and not limit.rechecked:
        return say("limit.none_2020", year=limit.retrieved.year, headline=headline)
    if limit.counts_from and limit.after_event in (None, limit.bound):
        event = model.reference.phrases[f"fmb.from.{limit.counts_from}"]
        day = f" {limit.event}" if limit.event else ""
        return say("limit.of_event", headline=headline, event=f"{event}{day}")
    return say("limit.of", headline=headline)


def _reached(limit: Limit, days: DayCounts) -> date | None:
    """The last day that a time after an event allows; None while either isn't known."""
    found = days.reached(limit.event, limit.after_event) if limit.event and limit.after_event is not None else None
    return found if limit.after_event == limit.bound else None
