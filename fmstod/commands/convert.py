"""`fmstod convert FILE --to webcert|fmstod [--out FILE]`: a certificate carried to or from Webcert's drafts."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from fmstod.certificate.answers import Misfit, read_answers
from fmstod.certificate.certificate_file import CertificateFile, FileUnit, read_file, write_file
from fmstod.certificate.webcert import PATIENT, UNIT, Draft, Webcert, as_text, draft_of, read_draft
from fmstod.certificate.webcert_back import written, written_back
from fmstod.certificate.webcert_carry import Change, carried
from fmstod.certificate.webcert_check import form_of, form_of_new, form_today, unit_of
from fmstod.commands.check import form_of_file, read_some, reason_of, webcert
from fmstod.domain.patient import Patient
from fmstod.files import read_forms
from fmstod.texts import text
from fmstod.whole import leaving

DONE, REFUSED = 0, 2
WEBCERT, FMSTOD = "webcert", "fmstod"


def run(arguments: list[str]) -> int:
    """0 when the certificate is written; 2 when it can't be read or isn't asked for as it should be."""
    if {"-h", "--help"} & set(arguments):
        print(text("convert.usage"))
        return DONE
    asked = _asked(arguments)
    if asked is None:
        print(text("convert.usage"), file=sys.stderr)
        return REFUSED
    name, to, out = asked
    try:
        content, changes = (_to_webcert if to == WEBCERT else _to_fmstod)(read_some(name), webcert())
    except (Misfit, OSError) as fault:
        print(f"{name}: {reason_of(fault)}", file=sys.stderr)
        return REFUSED
    for line in told(changes):
        print(line, file=sys.stderr)
    if not out:
        sys.stdout.write(content)
        return DONE
    with leaving(Path(out), content.encode()):
        pass
    print(text("convert.done", file=out), file=sys.stderr)
    return DONE


def told(changes: Iterable[Change]) -> list[str]:
    """What isn't as it was, a sentence each, with its question."""
    lines = []
    for change in changes:
        what = text(change.text_key, **change.values)
        question = change.ref.split(".")[0]
        lines.append(
            text("webcert.about", question=question, what=what) if question else text("webcert.whole", what=what)
        )
    return lines


def _asked(arguments: list[str]) -> tuple[str, str, str] | None:
    """The file, what to make of it, and where to; None when it isn't asked for so."""
    words = [part for word in arguments for part in (word.split("=", 1) if word.startswith("--") else [word])]
    options = {"--to": "", "--out": ""}
    names = []
    rest = iter(words)
    for word in rest:
        if word in options:
            options[word] = next(rest, "")
        elif word.startswith("--"):
            return None
        else:
            names.append(word)
    if len(names) != 1 or options["--to"] not in (WEBCERT, FMSTOD) or ("--out" in words and not options["--out"]):
        return None
    return names[0], options["--to"], options["--out"]


def _to_fmstod(content: bytes, webcert: Webcert) -> tuple[str, Iterable[Change]]:
    """A draft as one of our files. Raises Misfit."""
    draft = read_draft(content, webcert)
    old = form_of(draft, read_forms())
    new = carried(draft, old, form_today(draft, old, read_forms()))
    patient = Patient(number=draft.said(PATIENT))
    written = write_file(new.form, patient, unit_of(draft), new.answers, draft.raw)
    read_file(written.encode())  # the draft lies a level deeper in it: what couldn't be read again is not written
    return written, new.changes


def _to_webcert(content: bytes, webcert: Webcert) -> tuple[str, Iterable[Change]]:
    """One of our files as a draft: the one that it came from, else a new one. Raises Misfit."""
    certificate = read_file(content)
    form = form_of_file(certificate)
    answers = read_answers(form, certificate.answers)
    frame = _frame(certificate)
    if certificate.webcert is not None:
        draft = _origin(certificate.webcert, certificate, webcert)
        raw, changes = written_back(form, answers, frame, form_of(draft, read_forms()), draft, webcert)
        return as_text(raw), changes
    layout = next((layout for layout in webcert.layouts if layout.form == form.form), None)
    if layout is None:
        raise Misfit(f"{form.form} {form.version}", "no_layout")
    raw, changes = written(form, answers, frame, form_of_new(layout, read_forms()), layout, webcert)
    return as_text(raw), changes


def _origin(raw: Mapping[str, object], certificate: CertificateFile, webcert: Webcert) -> Draft:
    """The draft that lies in the file. Raises Misfit when it is none, or of another form."""
    draft = draft_of(dict(raw), webcert)
    if draft.layout.form != certificate.form:
        raise Misfit("webcert.typ", "unknown_choice")
    return draft


def _frame(certificate: CertificateFile) -> dict[str, str]:
    unit = {f"{UNIT}{name}": getattr(certificate.unit, name) for name in FileUnit.model_fields}
    return {PATIENT: certificate.patient.id, **unit}
