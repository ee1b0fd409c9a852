"""Documents on their way out: to a file or a printer, each with a recipient and a log row (PDL 3:11).

One that no longer holds goes out as a marked copy (H12).
"""

from functools import partial

from fmstod.domain.document import DocumentKind
from fmstod.storage.store import Activity, Recipient
from fmstod.texts import text
from fmstod.ui.session import Session
from fmstod.whole import leaving


def save_pdf(session: Session, document: str, kind: DocumentKind, recipient: Recipient) -> str:
    """Ask where, then let it out; returns what to say, empty when the user changed their mind.

    The suggested name is of the kind and the document's id: no file name tells who the patient is. Raises CannotWrite.
    """
    file = session.choose_file(text("release.file_name", kind=text(f"review.kind.{kind}").lower(), id=document[:8]))
    if file is None:
        return ""
    session.store.release(document, recipient, Activity.EXPORT, partial(leaving, file), marking=session.mark)
    return text("release.saved", file=file.name, recipient=text(f"recipient.{recipient}"))


def print_pdf(session: Session, document: str, recipient: Recipient) -> str:
    """Let it out to the printer that the user chooses; returns what to say.

    Without a print system a file is offered instead. Raises CannotPrint.
    """
    if not session.can_print():
        return text("release.no_printer")
    way = session.ask_printer()
    if way is None:
        return text("release.not_printed")
    session.store.release(document, recipient, Activity.PRINT, way, marking=session.mark)
    return text("release.printed")
