"""Documents on their way out: to a file or a printer, each with a recipient and a log row (PDL 3:11)."""

import os
from pathlib import Path

from fmstod.domain.document import DocumentKind
from fmstod.errors import CannotWrite
from fmstod.storage.store import Activity, Recipient
from fmstod.texts import text
from fmstod.ui.session import Session


def save_pdf(session: Session, document: str, kind: DocumentKind, recipient: Recipient) -> str:
    """Ask where, log, write; returns what to say, empty when the user changed their mind.

    The suggested name is of the kind and the document's id: no file name tells who the patient is. Raises CannotWrite.
    """
    file = session.choose_file(text("release.file_name", kind=text(f"review.kind.{kind}").lower(), id=document[:8]))
    if file is None:
        return ""
    write_new(file, session.store.release(document, recipient, Activity.EXPORT))
    return text("release.saved", file=file.name, recipient=text(f"recipient.{recipient}"))


def print_pdf(session: Session, document: str, recipient: Recipient) -> str:
    """Send to the printer the user chooses. Without a print system nothing is logged and a file is offered instead."""
    if not session.can_print():
        return text("release.no_printer")
    pdf = session.store.release(document, recipient, Activity.PRINT)
    return text("release.printed" if session.print_out(pdf) else "release.not_printed")


def write_new(file: Path, content: bytes) -> None:
    """The file whole or not at all. Raises CannotWrite."""
    beside = file.with_name(f".{file.name}.part")
    try:
        with beside.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CannotWrite(path=file.name) from error
