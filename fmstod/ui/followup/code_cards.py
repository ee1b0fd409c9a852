"""The cards beside the codes: how many there are, what should have one, and what each code is for."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from fmstod.domain.procedure import (
    COORDINATION,
    PLAN_FOLLOWED_UP,
    PLAN_MADE,
    Codes,
    Coverage,
    MonthCount,
    ProcedureCode,
)
from fmstod.texts import text as say
from fmstod.ui.kit.parts import Part, column, panel, row, text
from fmstod.ui.kit.tokens import Look

CODES = (PLAN_MADE, PLAN_FOLLOWED_UP, COORDINATION)
MONTHS = 24  # told at once


def sums_card(look: Look, counts: Sequence[MonthCount], coverage: Coverage) -> QWidget:
    """Own numbers on the own screen: none is hidden however small (sickleave.md 2.8)."""
    left: list[Part] = [text(say("procedures.sums.title"), "heading"), 8]
    if counts:
        months = sorted({each.month for each in counts}, reverse=True)
        left.append(_months(counts, months[:MONTHS]))
        if len(months) > MONTHS:
            left += [4, text(say("procedures.sums.older", count=MONTHS), "caption", "muted", wrap=True)]
        left += [4, text(say("procedures.sums.without"), "caption", "muted", wrap=True)]
    else:
        left.append(text(say("procedures.nothing"), tone="muted", wrap=True))
    right: list[Part] = [text(say("procedures.sums.covered"), "heading"), 8, _grid(look, list(_covered(coverage)))]
    two = (column(*left, ...), column(*right, ...))
    beside = column(*two, gap=16) if look.narrow else row(*two, ..., gap=64)
    about = text(say("procedures.sums.about"), "caption", "muted", wrap=True)
    return panel(column(beside, 8, about, pad=(24, 16, 24, 16)), card="true")


def share(part: int, whole: int) -> str:
    """With numerator and denominator; a hundred percent only where nothing lacks, and none only where all do."""
    if not whole:
        return say("procedures.sums.no_whole")
    percent = round(100 * part / whole)
    if 0 < part < whole:
        percent = min(max(percent, 1), 99)
    return say("procedures.sums.share", part=part, whole=whole, percent=percent)


def catalogue_card(codes: Codes) -> QWidget:
    """Each code with its days, where they are known from, and when it is recorded (product.md F-045)."""
    parts: list[Part] = [
        text(say("procedures.catalogue.title"), "heading"),
        4,
        text(say("procedures.catalogue.about"), tone="muted", wrap=True),
    ]
    for code in codes.values():
        parts += [12, text(say("procedures.catalogue.code", code=code.code, name=code.name), "strong", wrap=True)]
        parts += [text(code.use, wrap=True), 2, text(_valid(code), "caption", "muted", wrap=True)]
        said = (say("procedures.catalogue.wording", text=each.text, source=each.source) for each in code.wordings)
        parts.append(text(say("procedures.catalogue.wordings", all=", ".join(said)), "caption", "muted", wrap=True))
    parts += [12, text(say("procedures.catalogue.duty"), "caption", "muted", wrap=True)]
    return panel(column(*parts, pad=(24, 20, 24, 20)), card="true")


def _valid(code: ProcedureCode) -> str:
    key = "valid_to" if code.valid_to else "valid"
    return say(f"procedures.catalogue.{key}", first=code.valid_from, last=code.valid_to, source=code.valid_source)


def _covered(coverage: Coverage) -> Iterable[tuple[str, str]]:
    yield say("procedures.sums.plans"), share(coverage.plans_coded, coverage.plans)
    yield say("procedures.sums.followups"), share(coverage.followups_coded, coverage.followups)
    per = say("procedures.sums.per", part=coverage.followups_coded, whole=coverage.made)
    yield say("procedures.sums.per_plan"), per
    yield say("procedures.sums.plans_followed"), share(coverage.plans_followed, coverage.plans)
    yield say("procedures.sums.coordinated"), str(coverage.coordinated)


def _months(counts: Sequence[MonthCount], months: Sequence[str]) -> QWidget:
    """A line for each month, the latest first, and one for all that are told."""
    found = {(each.month, each.code): each for each in counts}
    lines = [[text(words, "label", "muted") for words in (say("procedures.sums.month"), *CODES)]]
    for month in months:
        told = [found.get((month, code)) for code in CODES]
        lines.append([text(month), *(text(_count(each.count, each.minutes) if each else "0") for each in told)])
    if len(months) > 1:
        sums = [[each for each in counts if each.code == code] for code in CODES]
        cells = [_count(sum(each.count for each in of), sum(each.minutes for each in of)) for of in sums]
        lines.append([text(words, "strong") for words in (say("procedures.sums.all"), *cells)])
    return _table(lines)


def _count(count: int, minutes: int) -> str:
    return say("procedures.sums.minutes", count=count, minutes=minutes) if minutes else str(count)


def _grid(look: Look, lines: Sequence[tuple[str, str]]) -> QWidget:
    if look.narrow:
        return panel(column(*(column(text(a, "strong", wrap=True), text(b, wrap=True)) for a, b in lines), gap=8))
    return _table([[text(a), text(b, "strong")] for a, b in lines])


def _table(lines: Sequence[Sequence[QLabel]]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(32)
    grid.setVerticalSpacing(4)
    for at, line in enumerate(lines):
        for c, cell in enumerate(line):
            grid.addWidget(cell, at, c, Qt.AlignmentFlag.AlignLeft)
    grid.setColumnStretch(len(lines[0]), 1)
    return panel(grid)
