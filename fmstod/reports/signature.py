"""The last section: who signed, when and how, from the issuer frozen in the document."""

from collections.abc import Sequence

from fmstod.clock import SWEDEN
from fmstod.domain.document import Document
from fmstod.reports import tokens as t
from fmstod.reports.blocks import Block, Columns, Section, Stack, Text, side_by_side
from fmstod.reports.form_blocks import captioned
from fmstod.texts import text


def signed_day(document: Document) -> str:
    """The day of signing in Sweden."""
    return str(document.signed_at.astimezone(SWEDEN).date())


def signature(number: int, document: Document, draft: bool) -> Section:
    """What a certificate needs of its issuer: name, position, speciality, ids, unit and who provides the care."""
    physician, unit = document.issuer.physician, document.issuer.unit
    place = f"{unit.postcode} {unit.town}".strip()
    issuer = [
        _pair(("name", physician.name), ("position", physician.title)),
        _pair(("specialty", physician.specialty), ("hsa_id", physician.hsa_id)),
        _pair(("unit", unit.name, unit.address, place), ("workplace", unit.workplace)),
        _pair(("provider", unit.provider), ("phone", unit.phone)),
    ]
    return _section(number, document, draft, issuer)


def short_signature(number: int, document: Document, draft: bool, done: str) -> Section:
    """Who answers for a plan; `done` is a sentence on what signing did besides, empty where it did nothing."""
    return _section(number, document, draft, [*([Text(done, t.NEXT, t.MAIN)] if done else []), answers_for(document)])


def answers_for(document: Document) -> Stack:
    """The physician and where, in two lines."""
    physician, unit = document.issuer.physician, document.issuer.unit
    who = ", ".join(part for part in (physician.name, physician.title, physician.specialty) if part.strip())
    where = ", ".join(part for part in (unit.name, unit.provider) if part.strip())
    return captioned(text("paper.signature.responsible"), who, where, before=t.HALF)


def _section(number: int, document: Document, draft: bool, parts: Sequence[Block]) -> Section:
    title = text("paper.signature.title")
    if draft:
        return Section(str(number), title, [Text(text("paper.signature.none"), t.BODY, t.MAIN)])
    moment = document.signed_at.astimezone(SWEDEN)
    said = text("paper.signature.how", day=moment.date(), time=moment.strftime("%H.%M"))
    return Section(str(number), title, [Text(said, t.BODY, t.MAIN), *parts], whole=True)


def _pair(*fields: tuple[str, ...]) -> Columns:
    made = [captioned(text(f"paper.signature.{key}"), *lines, width=t.HALF_MAIN) for key, *lines in fields]
    return side_by_side(made, (t.HALF_MAIN, t.HALF_MAIN), before=t.HALF)
