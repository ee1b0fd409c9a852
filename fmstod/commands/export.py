"""`fmstod export ID --to FILE`: a certificate as the file that `fmstod check` reads. Logged before it leaves.

`fmstod export --list` tells the ids. It names no patient: what a terminal shows stays in its memory.
"""

import json
import sys
from pathlib import Path

from fmstod.certificate.certificate_file import write_file
from fmstod.certificate.fill import effective, shown_answers
from fmstod.clock import SWEDEN
from fmstod.commands.unlocking import opened_store
from fmstod.domain.document import DocumentKind
from fmstod.files import read_demands, read_forms
from fmstod.storage.store import Activity, Recipient, Store, StoredCase
from fmstod.texts import catalogue, text
from fmstod.whole import leaving

LIST = "--list"


def run(arguments: list[str]) -> int:
    """0 when the file is written; 2 when there is no such certificate or it isn't asked for as it should be."""
    if {"-h", "--help"} & set(arguments):
        print(text("export.usage"))
        return 0
    if arguments == [LIST]:
        with opened_store() as store:
            _list(store)
        return 0
    asked = _asked(arguments)
    if asked is None:
        print(text("export.usage"), file=sys.stderr)
        return 2
    name, file = asked
    with opened_store() as store:
        try:
            done = _export(store, name, Path(file))
        except KeyError:
            print(text("export.unknown", id=name), file=sys.stderr)
            return 2
    if not done:
        print(text("export.plan", id=name), file=sys.stderr)
        return 2
    print(text("export.done", file=file))
    return 0


def _list(store: Store) -> None:
    rows = store.cases()
    for row in rows:
        state, day = ("draft", row.changed_at) if row.signed_at is None else ("signed", row.signed_at)
        born = "export.protected" if row.protected else "export.born" if row.born else "export.not_born"
        print(text(f"export.{state}", id=row.id, day=day.astimezone(SWEDEN).date(), born=text(born, day=row.born)))
    if not rows:
        print(text("export.nothing"), file=sys.stderr)


def _asked(arguments: list[str]) -> tuple[str, str] | None:
    """The id and the file, in either order."""
    match [part for word in arguments for part in (word.split("=", 1) if word.startswith("--to=") else [word])]:
        case [name, "--to", file] | ["--to", file, name] if not name.startswith("-"):
            return name, file
        case _:
            return None


def _export(store: Store, name: str, file: Path) -> bool:
    """The certificate with this id, or the case's; False for a plan. Raises KeyError, CannotWrite."""
    try:
        case = store.open_case(name)
    except KeyError:
        return _signed(store, name, file)
    for row in case.documents:
        if row.kind is DocumentKind.CERTIFICATE:
            return _signed(store, row.id, file)
    _draft(store, case, file)
    return True


def _signed(store: Store, name: str, file: Path) -> bool:
    document = store.document(name)
    if document.kind is not DocumentKind.CERTIFICATE:
        return False
    content = write_file(read_forms()[document.form], document.patient, document.issuer.unit, document.answers)
    store.release(name, Recipient.JOURNAL, Activity.EXPORT, lambda _pdf: leaving(file, content.encode()))
    return True


def _draft(store: Store, case: StoredCase, file: Path) -> None:
    form = read_forms()[case.consultation.form]
    phrases = {**catalogue(), **read_demands().phrases()}
    answers = shown_answers(form, effective(form, case.consultation, phrases))
    webcert = json.loads(case.consultation.webcert) if case.consultation.webcert else None
    content = write_file(form, case.consultation.patient, store.issuer().unit, answers, webcert)
    store.log(Activity.EXPORT, case.id, Recipient.JOURNAL, way=leaving(file, content.encode()))
