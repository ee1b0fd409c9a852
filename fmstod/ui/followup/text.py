"""The journal text of a follow-up, and the codes as text for the record system."""

from collections.abc import Sequence

from fmstod.domain.procedure import Procedure
from fmstod.followup.note import Note, Row, Section
from fmstod.texts import text as say

_J = "followup.journal"


def journal_text(note: Note) -> str:
    """Plain text to paste."""
    head = [note.title, say(f"{_J}.patient", who=note.patient)]
    return "\n\n".join([*head, *map(_section, note.sections), note.author]) + "\n"


def _section(section: Section) -> str:
    if section.title:
        return "\n".join([section.title, *(f"- {_line(row)}" for row in section.rows)])
    if section.key == "changes":  # a question, and below it its answer
        return "\n\n".join(f"{row.label}\n{row.now}" for row in section.rows)
    return "\n\n".join(map(_line, section.rows))


def _line(row: Row) -> str:
    words = row.now
    if row.before:
        before = say(f"{_J}.known", before=row.before, day=row.known) if row.known else row.before
        words = say(f"{_J}.change", before=before, now=row.now)
    said = say(f"{_J}.line", label=row.label, words=words) if row.label else words
    return f"{said}. {row.note}" if row.note else said


def codes_text(codes: Sequence[Procedure]) -> str:
    """A line for each code, as a record system takes it: day, code, name."""
    return "".join(f"{each.on} {each.code} {each.name}\n" for each in codes)
