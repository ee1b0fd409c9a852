"""What the application leans on: the world outside, the store, the knowledge, the papers. Imported at need, not at start."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any


def _now() -> datetime:
    from fmstod import clock  # the time zone's data is no part of what the first window needs

    return clock.now()


def _today() -> date:
    from fmstod import clock

    return clock.today()


@dataclass(frozen=True)
class World:
    """What the application takes from outside, so that tests and the example can give their own.

    `cost` and `floor` are those of the key derivation, None for the real ones; `draw` gives so many bytes of chance, for
    the key of a seal; `extra` goes into the session as it is.
    """

    home: Path
    now: Callable[[], datetime] = _now
    today: Callable[[], date] = _today
    cost: Any = None
    floor: Any = None
    draw: Callable[[int], bytes] = os.urandom
    extra: Mapping[str, Any] = field(default_factory=dict)


def has_store(home: Path) -> bool:
    from fmstod.storage.folder import has_store as there_is

    return there_is(home)


def open_store(world: World, passphrase: str) -> Any:
    """The store of the world, made at the first start. Raises WrongPassphrase and the other failures of a store."""
    from fmstod.storage import key, opening

    if has_store(world.home):
        return opening.open_store(world.home, passphrase, floor=world.floor or key.FLOOR, now=world.now)
    return opening.create_store(world.home, passphrase, cost=world.cost or key.COST, now=world.now)


def verify(world: World, passphrase: str) -> None:
    """Prove the passphrase once more, before signing. Raises WrongPassphrase. Imports meanwhile what the signing needs."""
    from fmstod.reports import seal as _  # noqa: F401 - only imported: a third of a second, while nobody waits for a key
    from fmstod.storage import key

    key.verify(world.home, passphrase, floor=world.floor or key.FLOOR)


def read_files(home: Path) -> None:
    """Import and read what has nothing to do with Qt; it is kept. Raises BadDataFile.

    A thread may do this and no more: a class derived from one of Qt's, made in a thread while the main thread is busy
    with Qt, ends the process once in some tens of starts (PySide6 6.12), so no module of `ui` is imported there.
    """
    from fmstod import files, fmb, judging
    from fmstod import fmb_update as _update  # noqa: F401 - only imported
    from fmstod.storage import opening as _  # noqa: F401 - only imported
    from fmstod.storage import registers as _registers  # noqa: F401 - only imported
    from fmstod.texts import catalogue

    readers = (
        files.read_forms,
        partial(fmb.in_use, home),
        files.read_demands,
        files.read_descriptions,
        files.read_everyday,
        files.read_frequent,
        files.read_words,
        files.read_procedure_codes,
        files.read_catalogue,
        judging.read_rulebook,
        catalogue,
    )
    for read in readers:
        read()


def read_knowledge(home: Path, today: date) -> Any:
    """Forms, recommendations, codes and phrases, as the windows want them; `home` holds what the clinic has imported.

    The codes are those that hold today; `let_go` closes their files. Raises BadDataFile.
    """
    from fmstod import files, fmb
    from fmstod.storage.registers import open_codes
    from fmstod.texts import catalogue
    from fmstod.ui.session import Knowledge

    current = fmb.in_use(home)
    library = current.library
    icf = {code: label.shown for code, label in library.icf.items()}
    return Knowledge(
        forms=files.read_forms(),
        library=library,
        labels={**library.icd, **icf, **{code: kva.name for code, kva in files.read_procedure_codes().items()}},
        phrases={**catalogue(), **files.read_demands().phrases(), **icf},
        codes=open_codes(home, files.own_codes(library), today),
        official=current.official,
        edition=current.edition,
        own=current.own,
        note=current.note,
    )


def let_go(knowledge: Any) -> None:
    """Close the files that the codes are looked up in."""
    from fmstod.storage.registers import Registers

    if isinstance(knowledge.codes, Registers):
        knowledge.codes.close()


def code_door(world: World, codes: Any) -> Any:
    """The way to the registers of codes, for the settings; `codes` are those that are open."""
    from fmstod.storage.registers import Registers, import_codes
    from fmstod.ui.doors import CodeDoor, Register

    def registers() -> list[Any]:
        files = codes.files if isinstance(codes, Registers) else ()
        return [Register(file.edition, len(file.labels())) for file in files]

    def read_in(files: Any, edition: str, progress: Any, accept: Any) -> Any:
        return import_codes(world.home, files, edition, world.today(), progress, accept=accept)

    return CodeDoor(registers, lambda: codes.unreadable if isinstance(codes, Registers) else (), read_in)


def fmb_door(home: Path) -> Any:
    """The way to the clinic's editions of FMB, for the settings and for the list of cases."""
    from fmstod import fmb, fmb_update
    from fmstod.ui.fmb.door import FmbDoor

    return FmbDoor(
        propose=partial(fmb_update.propose, home),
        apply=partial(fmb_update.apply, home),
        go_back=partial(fmb_update.go_back, home),
        former=partial(fmb.former, home),
        library_of=partial(fmb.library_of, home),
        remember=partial(fmb.remember, home),
    )


def seal_for(world: World, store: Any) -> Any:
    """A function that seals a signed document's PDF with the seal of its unit; pyHanko is imported at its first call."""

    def seal(document: Any, pdf: bytes) -> bytes:
        from fmstod.reports.seal import seal as sealed

        key = store.seal_key(document.issuer.unit.name, document.signed_at, world.draw)
        return sealed(pdf, key.certificate, key.sign, document.signed_at)

    return seal


def mark(pdf: bytes, why: Any) -> bytes:
    """A marked copy of a signed document's PDF; reportlab and pikepdf are imported at the first call."""
    from fmstod.reports.marked import mark as marked

    return marked(pdf, why)


def render_for(knowledge: Any) -> Any:
    """A function that makes a document's PDF; reportlab is imported at its first call."""

    def render(form: Any, document: Any, draft: bool) -> bytes:
        from fmstod.domain.document import DocumentKind
        from fmstod.reports.certificate_pdf import certificate_pdf
        from fmstod.reports.plan_pdf import plan_pdf

        make = plan_pdf if document.kind is DocumentKind.PLAN else certificate_pdf
        pdf: bytes = make(form, document, knowledge.labels, draft=draft)
        return pdf

    return render


def papers_for(knowledge: Any) -> Any:
    """The maker of the papers that aren't stored; reportlab is imported at its first call."""
    from fmstod.ui.papers import Papers

    def allowed() -> Any:
        from fmstod.files import read_toml
        from fmstod.paths import RESOURCES
        from fmstod.reports.employer import load_allowed

        return load_allowed(read_toml(RESOURCES / "reports" / "employer.toml"))

    def offered(certificate: Any, plan: Any) -> Any:
        from fmstod.reports.employer import offered as texts

        return texts(allowed(), certificate, plan)

    def page(certificate: Any, plan: Any, earlier: int | None, replaced_by: str) -> bytes:
        from fmstod.files import read_law
        from fmstod.reports.patient_pdf import patient_pdf
        from fmstod.reports.patient_words import marks_of

        marks = marks_of(read_law(), certificate, earlier)
        return patient_pdf(certificate, plan, marks, knowledge.labels, replaced_by=replaced_by)

    def extract(certificate: Any, plan: Any, ticks: Any) -> bytes:
        from fmstod.reports.employer import extract as extracted
        from fmstod.reports.employer_pdf import employer_pdf

        return employer_pdf(allowed(), extracted(allowed(), certificate, plan, ticks))

    def questions(certificate: Any, plan: Any) -> bytes:
        from fmstod.files import read_catalogue
        from fmstod.reports.employer import extract as extracted
        from fmstod.reports.employer_questions import possible, questions_pdf

        step_back = {idea.key: idea.step_back for idea in read_catalogue().measure}
        followup = str(plan.answers.get("plan.followup", "")) if plan else ""
        told = extracted(allowed(), certificate, plan, ())
        return questions_pdf(told, possible(certificate, plan, step_back), followup)

    def followup(note: Any, record: Any, document: Any, codes: Any) -> bytes:
        from fmstod.reports.followup_pdf import followup_pdf

        return followup_pdf(note, record, document, codes)

    return Papers(offered=offered, page=page, extract=extract, questions=questions, followup=followup)
