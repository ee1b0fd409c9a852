"""ICD-10-SE in a file of its own for each edition, beside the patient store and without its key: it holds no patient."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fmstod.knowledge.codes import CodeIndex, Codes, Edition
from fmstod.knowledge.register_text import Progress

FOLDER = "registers"


@dataclass(frozen=True)
class ImportReport:
    """What an import did: the edition, its number of codes, and what changed since `before` (None: the first)."""

    edition: Edition
    codes: int
    before: Edition | None = None
    added: int = 0
    removed: int = 0
    renamed: int = 0


def import_codes(
    home: Path,
    files: Sequence[Path],
    edition: str,
    today: date,
    progress: Progress,
    *,
    valid_from: date | None = None,
    accept: Collection[str] = (),
) -> ImportReport:
    """Read the files of one edition in, whole or not at all; safe in a thread. `edition` is a year ("2026", "2026-2"),
    see `register_text.edition_of` for what the files' names say; `valid_from` is New Year's day when None.

    `progress(done, total)` returns False to stop. Raises BadRegister, DoubtfulRegister (ask, then call again with its
    `values["doubt"]`, "older" or "fewer", in `accept`), RegisterBusy, ImportStopped, CannotWrite, Unreadable.
    """
    raise NotImplementedError


def open_codes(home: Path, own: CodeIndex, today: date) -> Codes:
    """FMB's codes and those of the editions read in; the one that holds today is searched. FMB's alone without any."""
    return own
