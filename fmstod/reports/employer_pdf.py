"""The copy for the employer on paper, made from an extract that holds nothing else."""

from collections.abc import Iterator, Sequence

from fmstod.domain.answers import PeriodRow
from fmstod.domain.document import Document
from fmstod.domain.period import Period, covered_days
from fmstod.reports import tokens as t
from fmstod.reports.blocks import Block, Section, Text
from fmstod.reports.employer import Allowed
from fmstod.reports.form_blocks import paragraphs, periods_of, rows
from fmstod.reports.head import Fact, opening
from fmstod.reports.page import Sheet, write
from fmstod.reports.signature import signed_day
from fmstod.reports.table import Content, days_of, degree, grid
from fmstod.texts import text

_PERIODS = (84.0, 74.0, 74.0, t.MAIN - 232)


def employer_pdf(allowed: Allowed, told: Document) -> bytes:
    """A tagged PDF/A-2a from what `extract` gave. The same extract gives the same bytes."""
    sheet = Sheet(text("employer.title"), told, draft=False, origin=text("employer.origin"))
    contact: list[Block] = [Text(text("employer.ask"), t.BODY, t.MAIN), Text(_signed(told), t.NEXT, t.MAIN)]
    made = [(section.title, list(_parts([*section.facts, *section.ticked], told))) for section in allowed.sections]
    found = [(title, parts) for title, parts in made if parts]
    sections = [
        Section(str(number), title, parts)
        for number, (title, parts) in enumerate([*found, (text("employer.contact"), contact)], 1)
    ]
    return write(sheet, [*opening(sheet, text("employer.about"), facts(told)), *sections])


def facts(told: Document) -> list[Fact]:
    """How long, to what degree, and who wrote it when."""
    periods = _periods(told)
    days = f"{periods[0].first} – {max(period.last for period in periods)}" if periods else ""
    degrees = f", {text('paper.fact.then')} ".join(f"{period.degree} %" for period in periods)
    number = days_of(covered_days(periods)) if periods else ""
    return [
        (text("employer.period"), days, number),
        (text("employer.now"), degrees, ""),
        (text("employer.written"), signed_day(told), told.issuer.physician.name),
    ]


def _periods(told: Document) -> list[Period]:
    return periods_of([row for value in told.answers.values() for row in rows(value, PeriodRow)])


def _parts(refs: Sequence[str], told: Document) -> Iterator[Block]:
    for ref in refs:
        value = told.answers.get(ref)
        if isinstance(value, str):
            yield Text(text(f"employer.label.{ref.replace('.', '_')}"), t.CAPTION, t.MAIN, "H3")
            yield from paragraphs(value)
        elif isinstance(value, bool):
            yield Text(text("employer.even" if value else "employer.uneven"), t.BODY, t.MAIN)
        elif value is not None:
            yield from _table(periods_of(rows(value, PeriodRow)))


def _table(periods: Sequence[Period]) -> Iterator[Block]:
    """Each period and how much work is left, and whether it is a way back in steps."""
    heads = [text("paper.period.degree"), *(text(f"employer.{key}") for key in ("first", "last", "work"))]
    made: list[Sequence[Content]] = [
        (degree(p.degree, _PERIODS[0] - t.GUTTER), str(p.first), str(p.last), text(f"paper.plan.work_at.{p.degree}"))
        for p in periods
    ]
    yield grid(heads, made, _PERIODS)
    degrees = [period.degree for period in periods]
    if len(degrees) > 1 and degrees == sorted(set(degrees), reverse=True):
        yield Text(text("employer.stepwise"), t.NEXT, t.MAIN)


def _signed(told: Document) -> str:
    return text("employer.signed", name=told.issuer.physician.name, day=signed_day(told))
