"""`fmstod demo [--out DIR] [--on DATE]`: one case through the real windows, by key events, in a store of its own."""

import os
import random
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QApplication

from fmstod.app import Desk, dress, start_qt
from fmstod.certificate.certificate_file import write_file
from fmstod.clock import SWEDEN
from fmstod.commands.demo_case import read_case
from fmstod.commands.demo_keys import Keyboard
from fmstod.commands.demo_walk import Walk
from fmstod.domain.document import DocumentKind
from fmstod.domain.period import iso_day
from fmstod.errors import CannotWrite
from fmstod.files import read_forms
from fmstod.storage.key import Cost
from fmstod.storage.opening import open_store
from fmstod.texts import text
from fmstod.ui.life.handing_out import Paper
from fmstod.ui.models.reference import STEPS
from fmstod.ui.pages.review import STEP as REVIEW
from fmstod.whole import write_whole
from fmstod.world import World, read_knowledge

OUT, DAY, HOUR = Path("build", "exempel"), date(2026, 11, 23), time(10, 42)
CHEAP = Cost(8, 1, 1)  # the store lives for some seconds and holds nobody
PAPERS = {DocumentKind.CERTIFICATE: "intyg.pdf", DocumentKind.PLAN: "plan.pdf"}
HANDOUTS = {
    Paper.PATIENT: ("patientsida.pdf", ()),
    Paper.EMPLOYER: ("arbetsgivare.pdf", ("plan.stepdown", "plan.adapt")),
    Paper.QUESTIONS: ("fragor.pdf", ()),
}
FILE = "certificate.json"


def run(arguments: list[str]) -> int:
    """0 when all files are written; 2 when they can't be, or it isn't asked for as it should be."""
    if {"-h", "--help"} & set(arguments):
        print(text("demo.usage"))
        return 0
    asked = _asked(arguments)
    if asked is None:
        print(text("demo.usage"), file=sys.stderr)
        return 2
    folder, day = asked
    _prove_writable(folder)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name, content in example(day).items():
        file = folder / name
        try:
            write_whole(file, content)
        except OSError as error:
            raise CannotWrite(path=file) from error
        print(file)
    return 0


def example(day: date) -> Mapping[str, bytes]:
    """The files of the example as of `day`, by name: what the user would hold, and a picture of each step."""
    _app = QApplication.instance() or start_qt([])  # held: Python takes an application without a name down at once
    with tempfile.TemporaryDirectory(prefix="fmstod-") as private:
        return drive(Path(private), day)


def world_of(home: Path, day: date, **extra: object) -> World:
    """A world where it is always the same minute of `day`, ids and keys come in a known order, and guesses are cheap."""
    at = datetime.combine(day, HOUR, SWEDEN).astimezone(UTC)
    return World(
        home=home,
        now=lambda: at,
        today=lambda: day,
        cost=CHEAP,
        floor=CHEAP,
        draw=random.Random(day.toordinal()).randbytes,
        extra={"new_id": _ids(day), "put_away": lambda _note: True, **extra},
    )


def drive(private: Path, day: date) -> Mapping[str, bytes]:
    """Run the example in an empty folder of its own, and leave its store there."""
    home, pictures, case = private / "store", dict[str, bytes](), read_case(day)
    QApplication.setCursorFlashTime(0)  # a blinking cursor would make two pictures of one window
    world = world_of(home, day, choose_file=lambda suggested: private / f"{suggested.partition('-')[0]}.pdf")
    with closing(Desk(dress("light", 1.0), world)) as desk:
        keys = Keyboard(desk)

        def take_picture(step: int) -> None:
            if step == REVIEW:
                keys.wait(lambda: desk.workspace.case.review.preview.page_count > 0, "preview")
            keys.wait(lambda: desk.workspace.case.checking.quality.is_read, "words about what was written")
            pictures[f"steg-{step}.png"] = keys.picture()

        walk = Walk(keys, case, read_knowledge(home, day), take_picture)
        walk.choose_passphrase()
        keys.wait(lambda: desk.workspace is not None, "store")
        walk.set_up()
        keys.press("Ctrl+N")
        for step in STEPS:
            walk.step(step)
        walk.sign()
        keys.wait(lambda: desk.workspace.case.model.signed, "signature")
        for kind in PAPERS:
            walk.hand_over(kind, world.now())
        for paper, (_name, ticks) in HANDOUTS.items():
            walk.hand_out(paper, ticks)
    names = [*PAPERS.values(), *(name for name, _ticks in HANDOUTS.values())]
    papers = {name: (private / name).read_bytes() for name in names}
    return {**papers, FILE: _certificate(world, case["passphrase"]), **pictures}


def _certificate(world: World, passphrase: str) -> bytes:
    """The signed certificate as a file, from the store opened anew."""
    with closing(open_store(world.home, passphrase, floor=CHEAP, now=world.now)) as store:
        (row,) = store.cases()
        signed = next(d for d in store.open_case(row.id).documents if d.kind is DocumentKind.CERTIFICATE)
        document = store.document(signed.id)
    form = read_forms()[document.form]
    return write_file(form, document.patient, document.issuer.unit, document.answers).encode()


def _asked(arguments: list[str]) -> tuple[Path, date] | None:
    """The folder and the day, in any order."""
    match [part for word in arguments for part in (word.split("=", 1) if word.startswith("--") else [word])]:
        case []:
            return OUT, DAY
        case ["--out", folder]:
            return Path(folder), DAY
        case ["--on", day] if found := iso_day(day):
            return OUT, found
        case ["--out", folder, "--on", day] | ["--on", day, "--out", folder] if found := iso_day(day):
            return Path(folder), found
        case _:
            return None


def _prove_writable(folder: Path) -> None:
    """Before the work, not after it. Raises CannotWrite."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise CannotWrite(path=folder) from error


def _ids(day: date) -> Callable[[], str]:
    """The same random-looking ids for the same day."""
    source = random.Random(day.toordinal())
    return lambda: str(UUID(bytes=source.randbytes(16), version=4))
