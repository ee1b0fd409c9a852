"""The head of a paper: what it is, whom it is for, and the three facts that every reader looks for first."""

from collections.abc import Sequence

from fmstod.domain.answers import Answer, Diagnosis, PeriodRow
from fmstod.domain.icd import dotted, normalise
from fmstod.domain.period import Period
from fmstod.reports import tokens as t
from fmstod.reports.blocks import Banner, Block, Rule, Stack, Text, side_by_side
from fmstod.reports.form_blocks import Labels
from fmstod.reports.page import Sheet
from fmstod.reports.setting import Run
from fmstod.reports.typeface import shorten
from fmstod.texts import text

Fact = tuple[str, str, str]  # caption, first line, second line

_LONGEST = 600.0  # a head's line: what doesn't fit stands in full further down


def opening(sheet: Sheet, about: str, facts: Sequence[Fact]) -> list[Block]:
    """Facts stand on the columns that the rest of the page uses."""
    widths = (t.SIDE, t.HALF_MAIN, t.HALF_MAIN)
    whom = [Run(sheet.name), Run(f"\u00a0{sheet.number}", face=t.REGULAR)]
    return [
        Text(sheet.title, t.TITLE, t.WIDTH, "H1"),
        *(
            [Text(text(f"paper.draft.{'employers' if sheet.employers else 'warning'}"), t.HEADING, t.WIDTH)]
            if sheet.draft
            else []
        ),
        Text(about, t.NOTE, t.WIDTH),
        *([Banner(text("paper.protected.banner"))] if sheet.document.patient.protected else []),
        Rule(),
        Text(whom, t.NAME, t.WIDTH),
        side_by_side([_fact(*fact, width) for fact, width in zip(facts, widths, strict=False)], widths[: len(facts)]),
    ]


def _fact(caption: str, first: str, second: str, width: float) -> Stack:
    lines = [(first or text("paper.unfilled"), t.HEADING if first else t.QUIET), (second, t.BODY)]
    set_ = [
        Text(shorten(line, _LONGEST, style.font, style.size), style, width) for line, style in lines if line.strip()
    ]
    return Stack([Text(caption, t.CAPTION, width), *set_])


def leave(periods: Sequence[Period]) -> Fact:
    """First and last day, and the degrees in time order."""
    caption = text("paper.fact.leave")
    if not periods:
        return caption, "", ""
    degrees = [f"{period.degree} %" for period in periods]
    then = text("paper.fact.then")
    return caption, f"{periods[0].first} – {max(period.last for period in periods)}", f", {then} ".join(degrees)


def span(rows: Sequence[PeriodRow], percent: Answer | None) -> Fact:
    """The days of a period without a degree of its own, as written, and how much is lost if another question says so."""
    row = rows[0] if rows else PeriodRow()
    lost = f"{percent} %" if isinstance(percent, int) else ""
    return text("paper.fact.leave"), " – ".join(day for day in (row.first, row.last) if day.strip()), lost


def diagnosis(found: Sequence[Diagnosis], labels: Labels) -> Fact:
    """All codes, and the main one in words."""
    rows = [row for row in found if row.code.strip() or row.text.strip()]
    codes = ", ".join(dotted(row.code) for row in rows if row.code.strip())
    main = rows[0].text.strip() or labels.get(normalise(rows[0].code), "") if rows else ""
    return text("paper.fact.diagnosis"), codes or main, main if codes else ""
