"""What a record of the export says, whatever its number, version, dates and links: those don't tell (fmb.md 9.3)."""

from collections.abc import Mapping, Sequence

from fmstod.knowledge.exports.export import Diagnosis, Typfall
from fmstod.knowledge.exports.fingerprint import fingerprint

# How the source files the record, not what it says. `beskrivning` repeats the title.
_FILING = {
    "id", "version", "senastuppdaterad", "giltighetsperiod", "referens", "nyckelord", "malgrupp", "typavdokument",
    "status", "syfte", "beskrivning",
}  # fmt: skip
_DIGITS = 32  # 128 bits tell records apart, and the table of them stays small
_BY_CODE_ALONE = ("ICD-10", "ICF")  # the names of these are respelled from one edition to the next


def record_content(record: Diagnosis | Typfall) -> str:
    """A hash over what it says."""
    return fingerprint(_plain(record.model_dump(exclude=_FILING)))[:_DIGITS]


def _plain(value: object) -> object:
    """Texts without their line breaks; codes without the names of their systems."""
    match value:
        case str():
            return " ".join(value.split())
        case {"kod": code, "kodsystem": _, "kodsystemnamn": system, "beskrivning": label}:
            return code if system in _BY_CODE_ALONE else [code, _plain(label)]
        case Mapping():
            return {key: _plain(inner) for key, inner in value.items()}
        case Sequence():
            return [_plain(inner) for inner in value]
        case _:
            return value
