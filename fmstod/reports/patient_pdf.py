"""The patient's paper: what was decided, the days, what to do if it changes, and the plan, in plain words and 12 pt.

It is one page where all of it has room. Else the plan goes on the next page, whole: nothing that anyone wrote in it is cut,
and the type never shrinks.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from fmstod.certificate.sharing import GOAL, HOW, left_before_sharing
from fmstod.clock import SWEDEN
from fmstod.domain.document import Document
from fmstod.domain.period import Period
from fmstod.reports import patient_words as words
from fmstod.reports import tokens as t
from fmstod.reports.blocks import Banner, Block, Columns, Rule, Stack, Text, side_by_side
from fmstod.reports.calendar_figure import Ring, calendar, spelled
from fmstod.reports.figures import Bar
from fmstod.reports.form_blocks import Labels
from fmstod.reports.page import Sheet, paginate, write
from fmstod.reports.setting import Run, cut, strong
from fmstod.reports.table import Grid, grid
from fmstod.sickleave.milestones import Milestone
from fmstod.texts import text

_TASK = (134.0, 230.0, t.WIDTH - 364)
_DUTY = (46.0, 110.0, t.WIDTH - 156)
_UNDATED = (46.0, t.WIDTH - 46)
_PAD = 3.0  # above and below the text of a table's row
_BAR = (t.KEY, 15.0)
_BESIDE = 118.0  # what a name leaves on its line for number or day
_WORSE, _BETTER = "plan.worse", "plan.better"


def patient_pdf(
    certificate: Document,
    plan: Document | None,
    marks: Sequence[Milestone] | None,
    labels: Labels,
    *,
    replaced_by: str = "",
) -> bytes:
    """A tagged PDF/A-2a. `marks` are the law's days of the case, None when its first day isn't known.

    `replaced_by` is the id of the certificate that took this one's place, if any. Of a plan that wasn't gone through with
    the patient only the day of the next visit is told (L-28).
    """
    sheet = Sheet(text("patient.title"), certificate, draft=False)
    shared = None if plan and left_before_sharing(plan.answers) else plan

    def page(middle: Sequence[Block], own: Document | None, *, drawn: bool = True) -> Sequence[Block]:
        return [
            *_opening(sheet, replaced_by),
            _cut(words.why(certificate, labels), t.LARGE_BODY, t.WIDTH, 3),
            *_decided(certificate, words.visits(shared), drawn=drawn),
            *middle,
            _halves(_worse(certificate, own), _better(own), t.LARGE_HEADING.before),
            *_duties(certificate, marks),
        ]

    def stories() -> Iterator[tuple[Sequence[Block], Sequence[Block]]]:
        if shared:
            yield page(_plan(shared), shared), []
        middle = _without_plan(plan) if shared is None else _ahead(shared)
        for drawn in (True, False):
            yield page(middle, None, drawn=drawn), _plan(shared, apart=True) if shared else []

    tried = list(stories())
    front, after = next((each for each in tried if len(paginate(each[0])) == 1), tried[-1])
    return write(sheet, [*front, *after])


def _opening(sheet: Sheet, replaced_by: str) -> Iterator[Block]:
    signed = sheet.document.signed_at.astimezone(SWEDEN).date()
    physician = cut(sheet.document.issuer.physician.name, t.LARGE_NOTE, t.LARGE_HALF - t.KEY, 1)
    written = Text(text("patient.written", name=physician, day=spelled(signed)), t.LARGE_NOTE, t.LARGE_HALF)
    name = cut(sheet.name, t.LARGE_STRONG, t.LARGE_HALF - _BESIDE, 1)
    whom = Text([Run(name, face=t.STRONG), Run(_line(sheet.number))], t.LARGE_BODY, t.LARGE_HALF)
    yield Text(sheet.title, t.LARGE_TITLE, t.WIDTH, "H1")
    yield _halves(whom, written, 0)
    if replaced_by:
        yield Banner(text("patient.replaced", id=replaced_by))
    if sheet.document.patient.protected:
        yield Banner(text("paper.protected.banner"))
    yield Rule()


def _decided(certificate: Document, visits: Collection[date], *, drawn: bool) -> Iterator[Block]:
    """The calendar beside the degrees; the degrees alone where there is no room for it."""
    periods = words.periods(certificate)
    if not periods:
        return
    picture = calendar(periods, visits, t.LARGE_HALF) if drawn else None
    width = t.LARGE_HALF if picture else t.WIDTH
    made = [_degree(certificate, period, width) for period in periods]
    degrees = Stack(made, before=0 if picture else t.LARGE / 2)
    if picture is None:
        yield degrees
        return
    key = [_keyed(Ring(), Text(text("patient.calendar.ring"), t.LARGE_BODY, width - t.KEY - 10))]
    yield _halves(picture, Stack([degrees, *(key if picture.rings else [])]), t.LARGE / 2)


def _degree(certificate: Document, period: Period, width: float) -> Block:
    bar, percent = Bar(period.degree, t.LARGE_KEY.line, _BAR), f"{period.degree} %"
    head = _keyed(bar, Text(percent, t.LARGE_KEY, width - t.KEY - 10))
    days = Text(words.days_of(period, certificate), t.LARGE_STRONG, width)
    return Stack([head, days, Text(words.step(certificate, period), t.LARGE_BODY, width)], before=t.LARGE / 2)


def _keyed(sign: Block, said: Text, before: float = t.LARGE / 2) -> Columns:
    return side_by_side([sign, said], (t.KEY, said.width), gap=10, before=before)


def _without_plan(plan: Document | None) -> Sequence[Block]:
    """There is none, or it is to be gone through first; the next visit all the same."""
    said = [Run(text("patient.plan.none" if plan is None else "patient.plan.not_yet")), *_visit(plan)]
    return [Stack([_heading("patient.plan.title"), Text(said, t.LARGE_BODY, t.WIDTH)], before=t.LARGE_HEADING.before)]


def _ahead(plan: Document) -> Sequence[Block]:
    """What stands on the first page of a plan that has the next one."""
    said = [*_visit(plan), Run(text("patient.plan.next_page"))]
    return [Stack([_heading("patient.plan.title"), Text(said, t.LARGE_BODY, t.WIDTH)], before=t.LARGE_HEADING.before)]


def _visit(plan: Document | None) -> list[Run]:
    day = words.next_visit(plan)
    return [strong(cut(text("patient.plan.visit", day=day), t.LARGE_STRONG, t.WIDTH, 1))] if day else []


def _plan(plan: Document, *, apart: bool = False) -> Sequence[Block]:
    """The plan; `apart` from the first page, with what it says of worse and better, for which there is no room there."""
    heading = _heading("patient.plan.title")
    heading.starts = apart
    heads = [text(f"patient.plan.{key}") for key in ("who", "what", "when")]
    found = words.tasks(plan)
    table = [Stack([_grid(heads, found, _TASK)], before=t.LARGE / 2)] if found else []
    own = [
        ("works", words.said_in(plan, "plan.works")),
        ("steps", words.steps(plan)),
        *([("worse", words.said_in(plan, _WORSE)), ("better", words.said_in(plan, _BETTER))] if apart else []),
        ("talk", words.said_in(plan, "plan.followup_what")),
        ("together", words.said_in(plan, HOW)),
        ("contact", words.said_in(plan, "plan.contact")),
    ]
    goal = _said("goal", words.said_in(plan, GOAL))
    return [heading, *goal, *table, *(part for key, said in own for part in _said(key, said))]


def _said(key: str, words_: str) -> list[Block]:
    """Own words under what they are about."""
    caption = Text(text(f"patient.plan.{key}"), t.LARGE_CAPTION, t.WIDTH, "H3")
    return [Stack([caption, Text(words_, t.LARGE_BODY, t.WIDTH)], before=t.LARGE / 2)] if words_ else []


def _worse(certificate: Document, plan: Document | None) -> Stack:
    """The phone number first."""
    phone = cut(certificate.issuer.unit.phone, t.LARGE_STRONG, t.LARGE_HALF - t.KEY, 1)
    ring = text("patient.worse.ring", phone=phone.replace(" ", "\u00a0")) if phone else text("patient.worse.ring_us")
    said = [
        strong(ring),
        Run(text("patient.worse.same_day")),
        *_own(plan, _WORSE),
        Run(text("patient.worse.evening")),
        strong(text("patient.worse.emergency")),
        Run(text("patient.worse.danger")),
    ]
    return _advice("patient.worse.title", said)


def _better(plan: Document | None) -> Stack:
    own = _own(plan, _BETTER)
    first = [] if own else [Run(text("patient.better.first"))]
    said = [strong(text("patient.better.ring")), *first, *own, Run(text("patient.better.not_more"))]
    return _advice("patient.better.title", said)


def _advice(title: str, said: Sequence[Run]) -> Stack:
    heading = Text(text(title), t.LARGE_HEADING, t.LARGE_HALF, "H2")
    return Stack([heading, Text(said, t.LARGE_BODY, t.LARGE_HALF)], before=heading.before)


def _own(plan: Document | None, ref: str) -> list[Run]:
    said = words.said_in(plan, ref) if plan else ""
    return [Run(said)] if said else []


def _duties(certificate: Document, marks: Sequence[Milestone] | None) -> Iterator[Block]:
    """The days of the law, with dates where the first day of the case is known."""
    found = words.duties(certificate, marks)
    employed = bool(found) and words.whose(certificate) == "employed"
    heading, day = (
        _heading("patient.duties.employed" if employed else "patient.duties.title"),
        text("patient.duties.day"),
    )
    if words.may_infect(certificate):
        told: Block = Text(text("patient.duties.infection"), t.LARGE_BODY, t.WIDTH)
    elif not found:
        return
    elif marks is None:
        told = _grid([day, text("patient.duties.uncounted")], [(number, said) for number, _, said in found], _UNDATED)
    else:
        told = _grid([day, text("patient.duties.date"), text("patient.duties.what")], found, _DUTY)
    yield Stack([heading, told], before=heading.before)


def _heading(key: str) -> Text:
    return Text(text(key), t.LARGE_HEADING, t.WIDTH, "H2")


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str | Block]], widths: Sequence[float]) -> Grid:
    return grid(heads, rows, widths, styles=(t.LARGE_NOTE, t.LARGE_BODY), pad=_PAD)


def _halves(left: Block, right: Block, before: float) -> Columns:
    return side_by_side([left, right], (t.LARGE_HALF, t.LARGE_HALF), t.LARGE_GAP, before)


def _cut(said: str, style: t.Style, width: float, most: int) -> Text:
    return Text(cut(said, style, width, most), style, width)


def _line(said: str) -> str:
    return cut(said, t.LARGE_BODY, _BESIDE, 1)
