"""Bringing FMB up to date, as the command and the window both do it: read, propose, put in use, go back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fmstod import fmb
from fmstod.domain.strict_json import LARGEST
from fmstod.errors import BadDataFile, BadImport, EditionBusy
from fmstod.files import contents
from fmstod.knowledge.aids import load_aids
from fmstod.knowledge.import_fmb import Conflict, Imported, import_fmb, kept_beside
from fmstod.knowledge.joining import Export
from fmstod.knowledge.library import load_library
from fmstod.knowledge.official_import import written
from fmstod.knowledge.update import Changes, compare, refuse_unfit
from fmstod.paths import DIAGNOSES, RESOURCES
from fmstod.storage import editions


@dataclass(frozen=True)
class Proposal:
    """An export that has been read and found fit, before anything is changed. `since` is what was in use then."""

    edition: str
    files: Mapping[str, bytes]
    made: Imported
    changes: Changes
    since: Sequence[str]

    @property
    def conflicts(self) -> Sequence[Conflict]:
        return self.made.conflicts


def propose(
    home: Path,
    diagnoses: Path,
    typfall: Path,
    *,
    retrieved: date | None = None,
    instead_of: Collection[int] = (),
    older: bool = False,
) -> Proposal:
    """Read two exports and compare them with what is in use; nothing is written.

    Entries made by hand stay unless their number is in `instead_of`; an export older than what is in use is refused
    unless `older`. Raises BadImport, BadDataFile.
    """
    now, since = fmb.in_use(home), fmb.used(home)
    own = contents(DIAGNOSES)
    kept = kept_beside(own, fmb.meta_of(own).exported)
    aids = load_aids(contents(RESOURCES / "fmb"))
    both = read_export(diagnoses), read_export(typfall)
    made = import_fmb(*both, aids, retrieved=retrieved, kept=kept, former=now.library, instead_of=instead_of)
    refuse_unfit(made, now.library, older=older)
    files = {**made.beside(kept), editions.TEXTS: written(made.exports)}
    name = editions.name_of(files, made.retrieved)
    return Proposal(name, files, made, compare(now.library, load_library(files)), since)


def apply(home: Path, proposal: Proposal) -> None:
    """Put a proposal in use; what was in use is kept. Raises EditionBusy when that isn't what it was any more, CannotWrite."""
    with editions.alone(home):
        if fmb.used(home) != proposal.since:
            raise EditionBusy
        editions.keep(home, proposal.edition, proposal.files)
        editions.use(home, proposal.edition)


def go_back(home: Path) -> bool:
    """Put in use again what was before; False when nothing was. Raises EditionBusy, CannotWrite."""
    with editions.alone(home):
        try:
            return bool(editions.go_back(home))
        except BadDataFile:
            editions.use(home, editions.SHIPPED)
            return True


def read_export(file: Path) -> Export:
    """A bounded read: a file too large is refused by its size alone. Raises BadImport."""
    try:
        with file.open("rb") as opened:
            return Export(file.name, opened.read(LARGEST + 1))
    except OSError:
        raise BadImport(file=str(file), record="", field="", reason="closed") from None
