"""Who the patient is: personnummer, samordningsnummer or reservnummer, checked by own code (H10, L-02)."""

import re
from datetime import date
from enum import StrEnum

from fmstod.domain.problem import Level, Problem
from fmstod.domain.record import Record


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
    """The patient of a consultation. `number` is empty until a valid one has been given; till then `typed` is kept."""

    number: str = ""
    typed: str = ""
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
