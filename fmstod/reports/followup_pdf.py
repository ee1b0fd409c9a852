"""A finished follow-up on paper: how it went, what holds now and what comes next, as its note says."""

from collections.abc import Iterator, Sequence

from fmstod.clock import SWEDEN
from fmstod.domain.document import Document
from fmstod.domain.followup import FollowUp
from fmstod.domain.procedure import Procedure
from fmstod.followup.note import Note, Row
from fmstod.followup.note import Section as Part
from fmstod.reports import tokens as t
from fmstod.reports.blocks import Block, Section, Stack, Text
from fmstod.reports.form_blocks import paragraphs
from fmstod.reports.head import Fact, opening
from fmstod.reports.page import Sheet, write
from fmstod.reports.setting import quiet
from fmstod.reports.signature import answers_for
from fmstod.reports.table import Content, cell_width, grid
from fmstod.texts import text

DEGREE, NEXT, OUTCOME = "followup.degree", "followup.next_day", "followup.journal.outcome"  # told in the head
_ROW = (152.0, 76.0, t.MAIN - 228)  # what, last time, now


def followup_pdf(note: Note, record: FollowUp, document: Document, codes: Sequence[Procedure]) -> bytes:
    """A tagged PDF/A-2a. `document` tells whom it is about, who made it, when it was done, and its id; not its answers."""
    title = text("paper.followup.title")
    sheet = Sheet(title, document, draft=False, origin=text("paper.followup.origin"), named="followup")
    told = [(part, list(_blocks(part))) for part in note.sections if part.key != "codes"]
    made = [(part.title or text(f"paper.followup.{part.key}"), blocks) for part, blocks in told if blocks]
    last = Section(str(len(made) + 1), text("paper.followup.by"), list(_done(document, codes)), whole=True)
    sections = [Section(str(n), title, parts) for n, (title, parts) in enumerate(made, 1)]
    return write(
        sheet, [*opening(sheet, text("paper.followup.about"), _facts(note, record, document)), *sections, last]
    )


def _facts(note: Note, record: FollowUp, document: Document) -> list[Fact]:
    """When, how much is lost, and what comes."""
    rows = {row.label: row for part in note.sections if not part.title for row in part.rows}
    degree, onward = rows.get(text(DEGREE), Row(now="")), OUTCOME if record.outcome else NEXT
    return [
        (text("paper.followup.on"), str(record.on), document.issuer.physician.name),
        (text("paper.period.degree"), degree.now, degree.before and text("paper.followup.before", said=degree.before)),
        (text(onward), rows.get(text(onward), Row(now="")).now, ""),
    ]


def _blocks(part: Part) -> Iterator[Block]:
    """Rows that are compared stand in a table, all others under their names; own words as they were typed."""
    in_head = {text(key) for key in (DEGREE, NEXT, OUTCOME)}
    table = [row for row in part.rows if row.label] if part.title else []
    if table:
        heads = (text(f"paper.followup.head.{part.key}"), text("paper.followup.last"), text("followup.now"))
        yield grid(heads, [_cells(row) for row in table], _ROW)
    for row in part.rows:
        if not row.label:
            yield from paragraphs(row.now)
        elif not table and row.label not in in_head:
            yield Text(row.label, t.CAPTION, t.MAIN, "H3")
            yield from paragraphs(row.now)


def _cells(row: Row) -> Sequence[Content]:
    if not row.before:
        return row.label, [quiet(text("paper.followup.unknown"))], _with(row.now, row.note, 2)
    return row.label, _with(row.before, str(row.known or ""), 1), _with(row.now, row.note, 2)


def _with(said: str, beside: str, column: int) -> Stack:
    room = cell_width(_ROW, column)
    return Stack([Text(said, t.BODY, room), *([Text(beside, t.QUIET, room)] if beside else [])])


def _done(document: Document, codes: Sequence[Procedure]) -> Iterator[Block]:
    """When it was done and by whom, what was recorded, and how it is known that the code held that day."""
    moment = document.signed_at.astimezone(SWEDEN)
    said = text("paper.followup.done", day=moment.date(), time=moment.strftime("%H.%M"))
    yield Text(said, t.BODY, t.MAIN)
    for each in codes:
        yield Text(text("paper.followup.code", code=each.code, name=each.name, day=each.on), t.NEXT, t.MAIN)
        if each.valid_from:
            yield Text(text("paper.followup.valid", day=each.valid_from), t.NOTE, t.MAIN)
    if not codes:
        yield Text(text("paper.followup.uncoded"), t.NEXT, t.MAIN)
    yield answers_for(document)
