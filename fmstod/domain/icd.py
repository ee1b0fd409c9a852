"""How ICD-10-SE codes are written. Whether a code exists is not asked here."""

import re
from dataclasses import dataclass

# Rule DX-7: a letter, two digits, optional dot, optional digit, optional digit or letter. Every code of 2022 fits.
_CODE = re.compile(r"[A-Z]\d\d\.?\d?[0-9A-Z]?", re.ASCII)
_PRIMARY_CARE = re.compile(r"([A-Z]\d\d)-\d?P?|([A-Z]\d\d)\dP", re.ASCII)
_SHORT = re.compile(r"F\d\d|Z73", re.ASCII)


@dataclass(frozen=True)
class Standing:
    """What is known of a code on a day.

    `edition` names the ICD-10-SE that was asked; empty when only FMB's codes are known, and then a code that isn't
    `known` may still be right. `since` names the edition from which a former code isn't one any more.
    """

    known: bool
    edition: str = ""
    since: str = ""

    @property
    def wrong(self) -> bool:
        """Whether it surely is no code on that day."""
        return bool(self.edition) and not self.known


def normalise(text: str) -> str:
    """A code as it is stored: upper case, without dots and spaces."""
    return re.sub(r"[.\s]", "", text).upper()


def is_code(text: str) -> bool:
    """Whether the text is written as a code, in any case, with or without its dot."""
    said = text.strip()
    return said.isascii() and _CODE.fullmatch(said.upper()) is not None  # ſ would become a plain S


def of_primary_care(text: str) -> str | None:
    """The ICD-10-SE code that one of KSH97-P (A00-, A02-P) lies under; None for what isn't written so."""
    found = _PRIMARY_CARE.fullmatch(normalise(text))
    return found[1] or found[2] if found else None


def lacks_fourth(code: str) -> bool:
    """Whether Försäkringskassan wants a fourth character after this code: all of F, and Z73 (DX-4)."""
    return _SHORT.fullmatch(normalise(code)) is not None


def dotted(code: str) -> str:
    """The code as people read it: F438A -> F43.8A. What is no code stays as typed."""
    if not is_code(code):
        return code.strip()
    plain = normalise(code)
    return f"{plain[:3]}.{plain[3:]}" if len(plain) > 3 else plain
