"""The way out of the window to the clinic's editions of FMB. The owner of the window makes it; tests give their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from fmstod.knowledge.exports.import_fmb import Conflict
from fmstod.knowledge.library import Library
from fmstod.knowledge.search.register_text import Progress
from fmstod.knowledge.update import Changes, Choices
from fmstod.texts import text


class Proposal(Protocol):
    """Two files that have been read and found fit; nothing is changed yet. `dated` when their day is known."""

    @property
    def edition(self) -> str: ...
    @property
    def dated(self) -> bool: ...
    @property
    def changes(self) -> Changes: ...
    @property
    def conflicts(self) -> Sequence[Conflict]: ...


@dataclass(frozen=True)
class FmbDoor:
    """`propose` reads files in a thread, `apply` puts them in use and `go_back` what was before, which `former` gives.

    `library_of` gives the recommendations of an edition that was in use once; `remember` keeps the program's own, so that
    they can be compared with later. They raise what fmstod/fmb.py and fmb_update.py raise.
    """

    propose: Callable[[Sequence[Path], Choices, Progress], Proposal]
    apply: Callable[[Proposal], None]
    go_back: Callable[[], bool]
    former: Callable[[], Library | None]
    library_of: Callable[[str], Library | None]
    remember: Callable[[str], None]


def ask_fmb_files() -> Sequence[Path]:
    """Which files hold Socialstyrelsen's export; none when cancelled."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    chosen, _ = QFileDialog.getOpenFileNames(None, text("settings_fmb.dialog"), folder, text("settings_fmb.filter"))
    return [Path(file) for file in chosen]
