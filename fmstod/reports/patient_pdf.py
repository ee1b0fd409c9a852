"""The patient's page: what was decided, the days, the plan, and what to do if it changes. Always one page in 12 pt.

What doesn't fit is left out in the order of `SHORTER` and then stands in the plan; the type never shrinks.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

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
from fmstod.reports.table import Grid, cell_width, grid
from fmstod.sickleave.milestones import Milestone
from fmstod.texts import text

_TASK = (134.0, 230.0, t.WIDTH - 364)
_DUTY = (46.0, 110.0, t.WIDTH - 156)
_UNDATED = (46.0, t.WIDTH - 46)
_PAD = 3.0  # above and below the text of a table's row
_BAR = (t.KEY, 15.0)
_BESIDE = 118.0  # what a name leaves on its line for number or day


class Length(NamedTuple):
    """How much of what can grow is said: rows and lines at most, and what may be left out."""

    tasks: int = 7
    task_lines: int = 2
    steps: int = 4
    own: int = 4  # lines of the physician's words on worse and better
    contact: bool = True
    later: bool = True  # days of the law after the thirtieth
    calendar: bool = True
    degree: bool = True  # a sentence under each degree
    apart: bool = True  # the days under the degree and not beside it


# What gives way, one after the other; each line keeps what the lines before it did.
SHORTER: Sequence[Mapping[str, Any]] = (
    {"contact": False},
    {"steps": 2},
    {"later": False},
    {"own": 2},
    {"task_lines": 1},
    {"tasks": 5},
    {"steps": 0},
    {"own": 0},
    {"tasks": 4},
    {"degree": False},
    {"tasks": 3},
    {"calendar": False},
    {"apart": False},
    {"tasks": 1},
)


def patient_pdf(
    certificate: Document,
    plan: Document | None,
    marks: Sequence[Milestone] | None,
    labels: Labels,
    *,
    replaced_by: str = "",
) -> bytes:
    """A tagged PDF/A-2a of one page. `marks` are the law's days of the case, None when its first day isn't known.

    `replaced_by` is the id of the certificate that took this one's place, if any.
    """
    sheet = Sheet(text("patient.title"), certificate, draft=False)
    return write(
        sheet, _fitted(lambda length: [*_opening(sheet, replaced_by), *_body(certificate, plan, marks, labels, length)])
    )


def _fitted(make: Callable[[Length], Sequence[Block]]) -> Sequence[Block]:
    """The longest story that is one page: shortened step by step, then without the steps that turn out not to matter."""
    gone: list[Mapping[str, Any]] = []
    story = make(shortened(gone))
    for step in SHORTER:
        if len(paginate(story)) == 1:
            break
        gone.append(step)
        story = make(shortened(gone))
    for step in gone[-2::-1]:
        fewer = [each for each in gone if each is not step]
        longer = make(shortened(fewer))
        if len(paginate(longer)) == 1:
            gone, story = fewer, longer
    return story


def shortened(gone: Sequence[Mapping[str, Any]]) -> Length:
    """What is left to say after these steps."""
    length = Length()
    for step in gone:
        length = length._replace(**step)
    return length


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


def _body(
    certificate: Document, plan: Document | None, marks: Sequence[Milestone] | None, labels: Labels, length: Length
) -> Iterator[Block]:
    yield _cut(words.why(certificate, labels), t.LARGE_BODY, t.WIDTH, 3)
    yield from _decided(certificate, words.visits(plan), length)
    if plan and length.steps and (said := words.steps(plan)):
        yield Stack([_cut(said, t.LARGE_BODY, t.WIDTH, length.steps, see_plan=True)], before=t.LARGE / 2)
    yield _tasks(plan, length)
    yield _halves(_worse(certificate, plan, length.own), _better(plan, length.own), t.LARGE_HEADING.before)
    yield from _duties(certificate, marks, length.later)


def _decided(certificate: Document, visits: Collection[date], length: Length) -> Iterator[Block]:
    """The calendar beside the degrees; the degrees alone where there is no room for it."""
    periods = words.periods(certificate)
    if not periods:
        return
    picture = calendar(periods, visits, t.LARGE_HALF) if length.calendar else None
    width = t.LARGE_HALF if picture else t.WIDTH
    made = [_degree(certificate, period, width, length) for period in periods]
    degrees = Stack(made, before=0 if picture else t.LARGE / 2)
    if picture is None:
        yield degrees
        return
    key = [_keyed(Ring(), Text(text("patient.calendar.ring"), t.LARGE_BODY, width - t.KEY - 10))]
    yield _halves(picture, Stack([degrees, *(key if picture.rings else [])]), t.LARGE / 2)


def _degree(certificate: Document, period: Period, width: float, length: Length) -> Block:
    bar, percent = Bar(period.degree, t.LARGE_KEY.line, _BAR), f"{period.degree} %"
    days = words.days_of(period, certificate)
    if not length.apart:
        return _keyed(bar, Text(f"{percent}: {days}", t.LARGE_HEADING, width - t.KEY - 10), before=0)
    said = [Text(words.step(certificate, period), t.LARGE_BODY, width)] if length.degree else []
    head = _keyed(bar, Text(percent, t.LARGE_KEY, width - t.KEY - 10))
    return Stack([head, Text(days, t.LARGE_STRONG, width), *said], before=t.LARGE / 2)


def _keyed(sign: Block, said: Text, before: float = t.LARGE / 2) -> Columns:
    return side_by_side([sign, said], (t.KEY, said.width), gap=10, before=before)


def _tasks(plan: Document | None, length: Length) -> Stack:
    heading = Text(text("patient.plan.title"), t.LARGE_HEADING, t.WIDTH, "H2")
    found = words.tasks(plan) if plan else []
    if not plan or not found:
        return Stack([heading, Text(text("patient.plan.none"), t.LARGE_BODY, t.WIDTH)], before=heading.before)
    # The follow-up is the last row, and the one that stays.
    shown = [*found[:-1][: length.tasks - 1], found[-1]]
    lines = length.task_lines

    def cell(said: str, column: int) -> Text:
        return _cut(said, t.LARGE_BODY, cell_width(_TASK, column), lines, see_plan=column == 1)

    heads = [text(f"patient.plan.{key}") for key in ("who", "what", "when")]
    parts: list[Block] = [
        heading,
        _grid(heads, [[cell(each, n) for n, each in enumerate(row)] for row in shown], _TASK),
    ]
    if len(shown) < len(found):
        parts.append(Text(text("patient.plan.rest"), t.LARGE_NOTE, t.WIDTH))
    if length.contact and (contact := str(plan.answers.get("plan.contact", "")).strip()):
        parts.append(_cut(text("patient.plan.contact", contact=contact), t.LARGE_BODY, t.WIDTH, 2, see_plan=True))
    return Stack(parts, before=heading.before)


def _worse(certificate: Document, plan: Document | None, most: int) -> Stack:
    """The phone number first."""
    phone = cut(certificate.issuer.unit.phone, t.LARGE_STRONG, t.LARGE_HALF - t.KEY, 1)
    ring = text("patient.worse.ring", phone=phone.replace(" ", "\u00a0")) if phone else text("patient.worse.ring_us")
    said = [
        strong(ring),
        Run(text("patient.worse.same_day")),
        *_own(plan, "plan.worse", most),
        Run(text("patient.worse.evening")),
        strong(text("patient.worse.emergency")),
        Run(text("patient.worse.danger")),
    ]
    return _advice("patient.worse.title", said)


def _better(plan: Document | None, most: int) -> Stack:
    own = _own(plan, "plan.better", most)
    first = [] if own and most else [Run(text("patient.better.first"))]
    said = [strong(text("patient.better.ring")), *first, *own, Run(text("patient.better.not_more"))]
    return _advice("patient.better.title", said)


def _advice(title: str, said: Sequence[Run]) -> Stack:
    heading = Text(text(title), t.LARGE_HEADING, t.LARGE_HALF, "H2")
    return Stack([heading, Text(said, t.LARGE_BODY, t.LARGE_HALF)], before=heading.before)


def _own(plan: Document | None, ref: str, most: int) -> list[Run]:
    said = str(plan.answers.get(ref, "")).strip() if plan else ""
    see = text("patient.see_plan")
    return [Run(cut(said, t.LARGE_BODY, t.LARGE_HALF, most, see) if most else see)] if said else []


def _duties(certificate: Document, marks: Sequence[Milestone] | None, later: bool) -> Iterator[Block]:
    """The days of the law, with dates where the first day of the case is known."""
    found = words.duties(certificate, marks, later=later)
    employed = bool(found) and words.whose(certificate) == "employed"
    title = text("patient.duties.employed" if employed else "patient.duties.title")
    heading, day = Text(title, t.LARGE_HEADING, t.WIDTH, "H2"), text("patient.duties.day")
    if words.may_infect(certificate):
        told: Block = Text(text("patient.duties.infection"), t.LARGE_BODY, t.WIDTH)
    elif not found:
        return
    elif marks is None:
        told = _grid([day, text("patient.duties.uncounted")], [(number, said) for number, _, said in found], _UNDATED)
    else:
        told = _grid([day, text("patient.duties.date"), text("patient.duties.what")], found, _DUTY)
    yield Stack([heading, told], before=heading.before)


def _grid(heads: Sequence[str], rows: Sequence[Sequence[str | Block]], widths: Sequence[float]) -> Grid:
    return grid(heads, rows, widths, styles=(t.LARGE_NOTE, t.LARGE_BODY), pad=_PAD)


def _halves(left: Block, right: Block, before: float) -> Columns:
    return side_by_side([left, right], (t.LARGE_HALF, t.LARGE_HALF), t.LARGE_GAP, before)


def _cut(said: str, style: t.Style, width: float, most: int, *, see_plan: bool = False) -> Text:
    return Text(cut(said, style, width, most, text("patient.see_plan") if see_plan else ""), style, width)


def _line(said: str) -> str:
    return cut(said, t.LARGE_BODY, _BESIDE, 1)
