"""The plan for sick leave and rehabilitation on paper: facts, time-line, the plan form's sections, who signed."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from fmstod.certificate.condition import is_filled
from fmstod.certificate.form import Day, Form, Measures, Steps, open_refs
from fmstod.dates import short_day
from fmstod.domain.answers import Diagnosis, Measure, PeriodRow, StepRow
from fmstod.domain.consultation import DIAGNOSES, PERIODS
from fmstod.domain.document import Document
from fmstod.domain.period import Degree, Period, iso_day
from fmstod.domain.procedure import PLAN_MADE
from fmstod.reports import tokens as t
from fmstod.reports.blocks import Block, Stack, Text
from fmstod.reports.figures import Event, Timeline
from fmstod.reports.form_blocks import Labels, periods_of, rows, sections
from fmstod.reports.head import Fact, diagnosis, leave, opening
from fmstod.reports.page import Sheet, write
from fmstod.reports.signature import short_signature, signed_day
from fmstod.reports.step_words import said_of
from fmstod.reports.table import Content, Grid, cell_width, days_of, degree, grid
from fmstod.texts import text

STEPS = "plan.steps", "plan.stepdown"  # the questions whose steps are the periods of the certificate


def plan_pdf(form: Form, document: Document, labels: Labels, *, draft: bool = False) -> bytes:
    """A tagged PDF/A-2a. `document.answers` holds the plan's answers and the certificate's diagnoses and periods."""
    sheet = Sheet(form.title, document, draft)
    periods = periods_of(rows(document.answers.get(PERIODS), PeriodRow))
    followups, measures = list(_days(form, document)), list(_measures(form, document))
    facts = [
        leave(periods),
        diagnosis(rows(document.answers.get(DIAGNOSES), Diagnosis), labels),
        _next(followups, document, draft),
    ]
    line = list(_line(periods, [*followups, *measures], document)) if periods else []
    over = {ref: [steps(periods, followups, notes(document))] for ref in STEPS} if periods else {}
    made = sections(form, document.answers, labels, over, _unasked(form, document))
    day, first = signed_day(document), document.version == 1
    recorded = text("paper.plan.recorded", code=PLAN_MADE, name=labels[PLAN_MADE], day=day) if first else ""
    about = text(f"paper.{'plan' if first else 'version'}.{'draft' if draft else 'about'}", **_told(document))
    last = short_signature(len(form.sections) + 1, document, draft, recorded)
    return write(sheet, [*opening(sheet, about, facts), *line, *made, last])


def _unasked(form: Form, document: Document) -> set[str]:
    """What this patient needed no answer to: a plan is as long as the patient needs, on paper too.

    The first version prints all that it asks.
    """
    if not any(isinstance(question, Steps) for question in form.questions()):
        return set()
    return {
        question.ref
        for question in form.questions()
        if not (question.required or isinstance(question, Steps) or is_filled(document.answers.get(question.ref)))
    }


def _told(document: Document) -> dict[str, object]:
    return {"day": signed_day(document), "code": PLAN_MADE, "number": document.version}


def notes(document: Document) -> list[StepRow]:
    """What the plan says of its steps, and the steps that no certificate holds yet."""
    return rows(document.answers.get(STEPS[1]), StepRow)


def _line(periods: Sequence[Period], events: Sequence[Event], document: Document) -> Iterator[Block]:
    """The time-line with the plan's days as flags; the law's days have a sign on it, and their words below."""
    days = sorted(Event(each.on, each.words, quiet=True) for each in document.days)
    line = Timeline(periods, [*events, *days], t.WIDTH, document.earlier)
    yield line
    said = [text("paper.timeline.paler")] if line.earlier else []
    if days:
        listed = text("paper.timeline.between").join(f"{day.day} {day.word}" for day in days)
        said.append(text("paper.timeline.law", days=listed))
    if said:
        yield Text(" ".join(said), t.NOTE, t.WIDTH)


def _days(form: Form, document: Document) -> Iterator[Event]:
    """The days that the plan asks for, follow-up above all."""
    shown = open_refs(form, document.answers)
    for question in form.questions():
        day = iso_day(str(document.answers.get(question.ref, "")))
        if isinstance(question, Day) and question.ref in shown and day:
            yield Event(day, question.label)


def _measures(form: Form, document: Document) -> Iterator[Event]:
    shown = open_refs(form, document.answers)
    for question in form.questions():
        if isinstance(question, Measures) and question.ref in shown:
            for measure in rows(document.answers.get(question.ref), Measure):
                if day := iso_day(measure.when.strip()):
                    yield Event(day, measure.what)


def _next(followups: Sequence[Event], document: Document, draft: bool) -> Fact:
    day = str(min(followups).day) if followups else ""
    return text("paper.fact.followup"), day, document.issuer.physician.name if day and not draft else ""


def _work(period: Period) -> str:
    return text("paper.plan.step", work=text(f"paper.plan.work_at.{period.degree}"), days=days_of(period.days))


def _said(period: Period, note: StepRow | None, room: float) -> str | Stack:
    """How long and how much, and what the plan says of the step."""
    said = said_of(note) if note else []
    if note and note.ahead:
        said.append(text("paper.step.ahead"))
    return Stack([Text(_work(period), t.BODY, room), *(Text(s, t.BODY, room) for s in said)]) if said else _work(period)


def steps(periods: Sequence[Period], followups: Sequence[Event], notes: Sequence[StepRow] = ()) -> Grid:
    """Each period with the working time that it leaves and what is said of it, the steps ahead, and what comes last."""
    widths = (t.STEPS, t.MAIN - t.STEPS)
    room = cell_width(widths, 0)

    def step(percent: Degree, when: str) -> Stack:
        return Stack([degree(percent, room), Text(when, t.QUIET, room)])

    of = {note.degree: note for note in reversed(notes) if not note.ahead}
    ahead = sorted(((p, n) for n in notes if n.ahead and (p := n.row.period)), key=lambda each: each[0].first)
    made: list[Sequence[Content]] = [
        (step(p.degree, f"{short_day(p.first)} – {short_day(p.last)}"), _said(p, note, cell_width(widths, 1)))
        for p, note in [*((p, of.get(p.degree)) for p in periods), *ahead]
    ]
    after_day = max(period.last for period in (*periods, *(p for p, _ in ahead))) + timedelta(days=1)
    seen = min((event.day for event in followups), default=None)
    after = text("paper.plan.decided", day=seen) if seen else text("paper.plan.undecided")
    since = Text(text("paper.plan.after_day", day=short_day(after_day)), t.QUIET, room)
    made.append((Stack([Text(text("paper.plan.after"), t.BODY, room), since]), after))
    return grid((text("paper.period.degree"), text("paper.plan.work")), made, widths)
