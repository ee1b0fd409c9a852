"""Bringing FMB up to date, as the command and the window both do it: read, propose, put in use, go back."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fmstod import fmb
from fmstod.domain.strict_json import LARGEST
from fmstod.errors import BadDataFile, BadImport, EditionBusy, ImportStopped
from fmstod.files import contents, read_library
from fmstod.knowledge.exports.aids import load_aids
from fmstod.knowledge.exports.import_fmb import Conflict, Imported, import_fmb, kept_beside
from fmstod.knowledge.exports.joining import Export
from fmstod.knowledge.exports.official_import import written
from fmstod.knowledge.library import load_library
from fmstod.knowledge.update import Changes, Choices, compare, refuse_unfit
from fmstod.paths import DIAGNOSES, RESOURCES
from fmstod.storage import editions

STEPS = 4
NOTHING_CHOSEN = Choices()
_TYPFALL = re.compile(rb'"type"\s*:\s*"typfall"')


def _go_on(_done: int, _of: int) -> bool:
    return True


@dataclass(frozen=True)
class Proposal:
    """An export that has been read and found fit, before anything is changed. `since` is what was in use then."""

    edition: str
    files: Mapping[str, bytes]
    made: Imported
    changes: Changes
    since: Sequence[str]

    @property
    def dated(self) -> bool:
        """Whether the day on which the files were fetched is known."""
        return self.made.dated

    @property
    def conflicts(self) -> Sequence[Conflict]:
        return self.made.conflicts


def propose(
    home: Path, files: Sequence[Path], choices: Choices = NOTHING_CHOSEN, tell: Callable[[int, int], bool] = _go_on
) -> Proposal:
    """Read the two exports, in either order, and compare them with what is in use; nothing is written.

    `tell` hears of the steps done and of how many; its False stops the work. Raises BadImport, BadDataFile,
    ImportStopped.
    """
    steps = iter(range(1, STEPS))

    def step() -> None:
        if not tell(next(steps), STEPS):
            raise ImportStopped

    now, since, own = fmb.in_use(home), fmb.used(home), read_library()
    named = replace(now.library, icd={**own.icd, **now.library.icd}, icf={**own.icf, **now.library.icf})
    ours = contents(DIAGNOSES)
    kept = kept_beside(ours, fmb.meta_of(ours).exported)
    aids = load_aids(contents(RESOURCES / "fmb"))
    diagnoses, typfall = _in_order([read_export(file) for file in files])
    step()
    made = import_fmb(
        diagnoses,
        typfall,
        aids,
        retrieved=choices.retrieved,
        kept=kept,
        former=named,
        instead_of=choices.instead_of,
    )
    step()
    refuse_unfit(made, now.library, choices)
    whole = {**made.beside(kept), editions.TEXTS: written(made.exports)}
    name = editions.name_of(whole, made.retrieved)
    after = load_library(whole)
    step()
    return Proposal(name, whole, made, compare(now.library, after), since)


def apply(home: Path, proposal: Proposal) -> None:
    """Put a proposal in use; what was in use is kept.

    Raises BadImport while nobody has told when the files were fetched: else nobody could tell later how old they are, or
    whether the program's own are newer. Raises EditionBusy when what is in use isn't what it was any more, CannotWrite.
    """
    if not proposal.dated:
        raise BadImport(file=proposal.made.exports.files[0], record="", field="", reason="undated")
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


def _in_order(exports: Sequence[Export]) -> tuple[Export, Export]:
    """The diagnoses first, whichever file was named first. Raises BadImport unless there are two unlike files."""
    if len({export.content for export in exports}) != 2 or len(exports) != 2:
        raise BadImport(file="", record="", field="", reason="not_two")
    first, second = exports
    return (
        (second, first) if _TYPFALL.search(first.content) and not _TYPFALL.search(second.content) else (first, second)
    )


def read_export(file: Path) -> Export:
    """A bounded read: a file too large is refused by its size alone. Raises BadImport."""
    try:
        with file.open("rb") as opened:
            return Export(file.name, opened.read(LARGEST + 1))
    except OSError:
        raise BadImport(file=file.name, record="", field="", reason="closed") from None
