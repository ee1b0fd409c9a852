"""Who the patient is: personnummer, samordningsnummer or reservnummer, checked by own code (H10, L-02)."""

import re
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Literal

from fmstod.domain.problem import Level, Problem
from fmstod.domain.record import Record

ALIKE = 0.75  # of the letters in common, in order: one slip in a word of four letters still is


class IdentityKind(StrEnum):
    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    RESERVNUMMER = "reservnummer"


class Sex(StrEnum):
    WOMAN = "woman"
    MAN = "man"


class Identity(Record):
    """A checked number. Personal numbers are written `yyyymmdd-nnnn`; a reserve number as the clinic wrote it."""

    number: str
    kind: IdentityKind
    born: date | None = None
    sex: Sex | None = None


class Patient(Record):
    """The patient of a consultation. `number` is empty until a valid one has been given; till then `typed` is kept.

    So is `typed_born` until it is a day of birth: with a reserve number that is asked for by itself.
    """

    number: str = ""
    typed: str = ""
    typed_born: str = ""
    kind: IdentityKind = IdentityKind.PERSONNUMMER
    name: str = ""
    born: date | None = None
    sex: Sex | None = None
    protected: bool = False

    def age(self, today: date) -> int | None:
        """Whole years; None when the birth date is unknown or in the future."""
        if self.born is None or self.born > today:
            return None
        return today.year - self.born.year - ((today.month, today.day) < (self.born.month, self.born.day))


# What of the identity may belong to somebody else, since only that part has been changed.
Doubt = Literal["", "number", "name"]


def read_number(text: str, kind: IdentityKind, today: date) -> Identity | Problem | None:
    """As `read_identity` or `read_reserve_number`, by the kind that is asked for; None while nothing is typed."""
    if not text.strip():
        return None
    return read_reserve_number(text) if kind is IdentityKind.RESERVNUMMER else read_identity(text, today)


def identified(patient: Patient, typed: str, found: Identity | Problem | None, kind: IdentityKind) -> Patient:
    """The patient with what the number says: none while it is no number. A reserve number says nothing of birth or sex."""
    known = found if isinstance(found, Identity) else None
    patient = patient.changed(number=known.number if known else "", typed="" if known else typed)
    if kind is IdentityKind.RESERVNUMMER:
        return patient.changed(kind=kind)
    return patient.changed(
        kind=known.kind if known else kind,
        born=known.born if known else None,
        typed_born="",
        sex=known.sex if known else None,
    )


def in_doubt(before: Patient, after: Patient, doubt: Doubt = "") -> Doubt:
    """The part of the identity that is now another person's while the other part stays; nothing if both are, or none.

    `doubt` is what was in doubt `before`. A name that is completed, or a slip in it that is mended, is no other name.
    """
    changed: set[Doubt] = {doubt} if doubt else set()
    if _other_number(before, after):
        changed.add("number")
    if _other_name(before.name, after.name):
        changed.add("name")
    return changed.pop() if len(changed) == 1 else ""


def problems_of(patient: Patient, doubt: Doubt = "") -> Iterator[Problem]:
    """What no form asks, for a file that is checked tells none of it: nothing is signed for somebody unnamed (H1)."""
    if not patient.name.strip():
        yield Problem("L-02", "patient.name", key="L-02.name", missing=True)
    if patient.typed_born:
        yield Problem("L-02", "patient.born", key="L-02.born")
    if doubt:
        values = {"name": patient.name.strip(), "number": patient.number}
        yield Problem("H1", "patient.same", Level.WARNING, key=f"H1.{doubt}", values=values)


def read_birth_day(text: str, today: date) -> date | None:
    """`1984-05-12`, `19840512` or `840512` (the latest that has been); None for what is no day, or is still to come."""
    found = re.fullmatch(r"(\d{2})?(\d{2})-?(\d{2})-?(\d{2})", text.strip(), re.ASCII)
    if not found:
        return None
    century, year, month, day = found.groups()
    born = _born(century, year, month, int(day), "", today)
    return born if born and born <= today else None


def read_identity(text: str, today: date) -> Identity | Problem:
    """A personal or coordination number with 10 or 12 digits, `-` or `+` or nothing between.

    Ten digits mean the latest century that isn't in the future; `+` is for those who turn 100 this year or are older
    (18 § folkbokföringslagen). A coordination number has day + 60. No one has the birth number 000.
    """
    said = text.strip().replace(" ", "").replace("\u2013", "-")
    found = re.fullmatch(r"(\d{2})?(\d{2})(\d{2})(\d{2})([-+]?)(\d{4})", said, re.ASCII)
    if not found:
        return _refused("shape")
    century, year, month, day, sign, tail = found.groups()
    if tail.startswith("000"):
        return _refused("serial")
    if not _luhn(f"{year}{month}{day}{tail}"):
        return _refused("luhn")
    coordination = int(day) > 60
    born = _born(century, year, month, int(day) - 60 if coordination else int(day), sign, today)
    if born is None:
        return _refused("date")
    if born > today:
        return _refused("future")
    return Identity(
        number=f"{born.year}{month}{day}-{tail}",
        kind=IdentityKind.SAMORDNINGSNUMMER if coordination else IdentityKind.PERSONNUMMER,
        born=born,
        sex=Sex.MAN if int(tail[2]) % 2 else Sex.WOMAN,
    )


def read_reserve_number(text: str) -> Identity | Problem:
    """A clinic's reserve number: 6 to 20 letters, digits or hyphens, with a digit.

    Each region has its own form, and some look like a personal number, so more isn't asked.
    """
    said = text.strip().upper()
    if not re.fullmatch(r"[0-9A-ZÅÄÖ-]{6,20}", said) or not re.search(r"\d", said):
        return _refused("reserve")
    return Identity(number=said, kind=IdentityKind.RESERVNUMMER)


def _other_number(before: Patient, after: Patient) -> bool:
    """A coordination number gives way to a personnummer, and a reserve number to either, with the birth date kept."""
    if not (before.number and after.number) or before.number == after.number:
        return False
    return before.kind is after.kind or bool(before.born and after.born and before.born != after.born)


def _other_name(before: str, after: str) -> bool:
    few, many = sorted((before.casefold().split(), after.casefold().split()), key=len)
    return bool(few) and not all(any(_alike(word, other) for other in many) for word in few)


def _alike(one: str, other: str) -> bool:
    """One word, but for a slip of the hand."""
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def _refused(why: str) -> Problem:
    return Problem(rule="L-02", field="patient.id", level=Level.ERROR, key=f"L-02.{why}")


def _born(century: str | None, year: str, month: str, day: int, sign: str, today: date) -> date | None:
    if century:
        return _date(int(century + year), int(month), day)
    if sign == "+":
        latest = today.year - 100
        return _date(latest - (latest - int(year)) % 100, int(month), day)
    full = today.year // 100 * 100 + int(year)
    born = _date(full, int(month), day)
    return born if born and born <= today else _date(full - 100, int(month), day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _luhn(digits: str) -> bool:
    """The last digit makes the sum of digits, every other one doubled from the left, a multiple of ten."""
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(digits))
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0
