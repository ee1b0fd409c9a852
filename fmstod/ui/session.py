"""What an unlocked window works with: the store, the knowledge, the clock and the ways out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from fmstod.certificate.form import Form
from fmstod.domain.consultation import FORM, PLAN_FORM
from fmstod.domain.document import Document
from fmstod.errors import BadDataFile
from fmstod.knowledge.codes import Codes
from fmstod.knowledge.library import Library
from fmstod.knowledge.official import OfficialTexts
from fmstod.storage.store import Marking, Store, Way
from fmstod.texts import text
from fmstod.ui import printing
from fmstod.ui.doors import CodeDoor
from fmstod.ui.fmb.door import FmbDoor, ask_fmb_files
from fmstod.ui.models.reference import Reference
from fmstod.ui.papers import Papers

Render = Callable[[Form, Document, bool], bytes]
Seal = Callable[[Document, bytes], bytes]


@dataclass(frozen=True)
class Knowledge:
    """Read once: every version of every form by id and version, recommendations, labels of codes, Swedish phrases, the codes to search.

    `official` are Socialstyrelsen's texts where the clinic has imported them. `edition` names the recommendations, `own`
    tells that the clinic has read them in; `note` is a sentence about them to say once, or empty.
    """

    forms: Mapping[tuple[str, str], Form]
    library: Library
    labels: Mapping[str, str]
    phrases: Mapping[str, str]
    codes: Codes
    official: OfficialTexts = field(default_factory=dict)
    edition: str = ""
    own: bool = False
    note: str = ""


def ask_file(suggested: str) -> Path | None:
    """Where to save a file of the suggested kind, in the user's documents; None when cancelled."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    kind = Path(suggested).suffix.removeprefix(".")
    said, only = text("release.ask_file", kind=kind.upper()), f"{kind.upper()} (*.{kind})"
    chosen, _ = QFileDialog.getSaveFileName(None, said, str(Path(folder, suggested)), only)
    return Path(chosen) if chosen else None


def ask_code_files() -> Sequence[Path]:
    """Which files hold an edition of ICD-10-SE; none when cancelled."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    kinds = ";;".join(text(f"settings_codes.{kind}") for kind in ("filter", "every"))
    chosen, _ = QFileDialog.getOpenFileNames(None, text("settings_codes.dialog"), folder, kinds)
    return [Path(file) for file in chosen]


def ask_draft() -> Path | None:
    """Which file holds a draft of Webcert's; None when cancelled."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    chosen, _ = QFileDialog.getOpenFileName(None, text("incoming.dialog"), folder, text("incoming.filter"))
    return Path(chosen) if chosen else None


@dataclass(frozen=True)
class Session:
    """`home` is the folder of the store, of editions of FMB and of registers. `verify` proves the passphrase again for
    signing: it raises WrongPassphrase. `render` makes a PDF, drafts too; `seal` seals that of a signed document, `mark`
    makes a copy of it that says what took its place; `papers` makes those that aren't stored.

    `choose_file` asks where to save (a suggested name in, a path or None out); `can_print` tells whether there is a
    printer, `ask_printer` gives the way out to one, None when cancelled. `now` is UTC; ids are uuid4. `screen` is the
    chosen theme and text size. Tests and the example give their own.
    """

    home: Path
    store: Store
    knowledge: Knowledge
    verify: Callable[[str], None]
    render: Render
    seal: Seal
    papers: Papers
    mark: Marking
    today: Callable[[], date]
    now: Callable[[], datetime]
    choose_file: Callable[[str], Path | None] = ask_file
    can_print: Callable[[], bool] = printing.can_print
    ask_printer: Callable[[], Way | None] = printing.ask_printer
    screen: tuple[str, float] = ("system", 1.0)
    code_door: CodeDoor | None = None
    choose_files: Callable[[], Sequence[Path]] = ask_code_files
    fmb_door: FmbDoor | None = None
    choose_fmb_files: Callable[[], Sequence[Path]] = ask_fmb_files
    choose_draft: Callable[[], Path | None] = ask_draft
    put_away: Callable[[str], bool] = lambda _note: True
    put_note_away: Callable[[str], None] = lambda _note: None
    new_id: Callable[[], str] = lambda: str(uuid4())

    def reference(self, form: tuple[str, str] = FORM, plan: tuple[str, str] = PLAN_FORM) -> Reference:
        """What a consultation on these forms leans on, with the issuer as the settings say now. Raises BadDataFile."""
        forms = self.knowledge.forms
        if gone := {form, plan} - forms.keys():
            raise BadDataFile(file=f"{'-'.join(min(gone))}.toml", place="", reason=text("error.form_gone"))
        return Reference(
            form=forms[form],
            plan_form=forms[plan],
            library=self.knowledge.library,
            codes=self.knowledge.codes,
            official=self.knowledge.official,
            phrases=self.knowledge.phrases,
            today=self.today,
            issuer=self.store.issuer(),
            reviews=self.store.reviews(),
        )
