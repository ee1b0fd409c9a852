"""`fmstod export ID --to FILE`: a certificate as the file that `fmstod check` reads. Logged before it leaves."""

import sys
from pathlib import Path

from fmstod.certificate.certificate_file import write_file
from fmstod.certificate.fill import effective, shown_answers
from fmstod.commands.unlocking import opened_store
from fmstod.domain.document import DocumentKind
from fmstod.errors import CannotWrite
from fmstod.files import read_demands, read_forms
from fmstod.storage.folder import write_whole
from fmstod.storage.store import Activity, Recipient, Store, StoredCase
from fmstod.texts import catalogue, text


def run(arguments: list[str]) -> int:
    """0 when the file is written; 2 when there is no such certificate or it isn't asked for as it should be."""
    if {"-h", "--help"} & set(arguments):
        print(text("export.usage"))
        return 0
    asked = _asked(arguments)
    if asked is None:
        print(text("export.usage"), file=sys.stderr)
        return 2
    name, file = asked
    with opened_store() as store:
        try:
            content = _exported(store, name)
        except KeyError:
            print(text("export.unknown", id=name), file=sys.stderr)
            return 2
    if content is None:
        print(text("export.plan", id=name), file=sys.stderr)
        return 2
    try:
        write_whole(Path(file), content.encode())
    except OSError as error:
        raise CannotWrite(path=file) from error
    print(text("export.done", file=file))
    return 0


def _asked(arguments: list[str]) -> tuple[str, str] | None:
    """The id and the file, in either order."""
    match [part for word in arguments for part in (word.split("=", 1) if word.startswith("--to=") else [word])]:
        case [name, "--to", file] | ["--to", file, name] if not name.startswith("-"):
            return name, file
        case _:
            return None


def _exported(store: Store, name: str) -> str | None:
    """The certificate with this id, or the case's; None for a plan. Raises KeyError."""
    try:
        case = store.open_case(name)
    except KeyError:
        return _signed(store, name)
    for row in case.documents:
        if row.kind is DocumentKind.CERTIFICATE:
            return _signed(store, row.id)
    return _draft(store, case)


def _signed(store: Store, name: str) -> str | None:
    document = store.document(name)
    if document.kind is not DocumentKind.CERTIFICATE:
        return None
    store.release(name, Recipient.JOURNAL, Activity.EXPORT)
    return write_file(read_forms()[document.form], document.patient, document.issuer.unit, document.answers)


def _draft(store: Store, case: StoredCase) -> str:
    form = read_forms()[case.consultation.form]
    phrases = {**catalogue(), **read_demands().phrases()}
    answers = shown_answers(form, effective(form, case.consultation, phrases))
    store.log(Activity.EXPORT, case.id, Recipient.JOURNAL)
    return write_file(form, case.consultation.patient, store.issuer().unit, answers)
