"""`fmstod check FILE… [--from webcert] [--on DATE] [--json]`: the problems of certificates in files."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from fmstod.certificate.answers import Misfit, read_answers
from fmstod.certificate.certificate_file import CertificateFile, read_file
from fmstod.certificate.check import check
from fmstod.certificate.form import Form
from fmstod.certificate.subject import Facts, Subject
from fmstod.certificate.webcert import Webcert, read_draft
from fmstod.certificate.webcert_check import check_draft, form_of
from fmstod.clock import today
from fmstod.domain.consultation import Consultation
from fmstod.domain.issuer import Unit
from fmstod.domain.patient import Identity, read_identity
from fmstod.domain.period import EARLIEST, LATEST, DayCounts, iso_day
from fmstod.domain.problem import Level, Problem
from fmstod.domain.strict_json import LARGEST
from fmstod.files import PLAN, own_codes, read_forms, read_layouts
from fmstod.fmb import in_use
from fmstod.judging import given_of, judged, texts_of
from fmstod.knowledge.advise import advise
from fmstod.knowledge.codes import Codes, standing
from fmstod.paths import home
from fmstod.storage.registers import open_codes
from fmstod.texts import text

CLEAN, HAS_ERRORS, UNREADABLE = 0, 1, 2
WEBCERT = "webcert"


@dataclass(frozen=True)
class Asked:
    """`on` is the day that was asked for, None when the file may say it."""

    files: list[str]
    on: date | None
    as_json: bool
    webcert: bool


@dataclass(frozen=True)
class Checked:
    """What is told of a file that could be read. `version` is the file's own word for it."""

    form: str
    version: str
    problems: list[Problem]


def run(arguments: list[str]) -> int:
    """2 if a file is unreadable, else 1 if one has an error, else 0: warnings and tips are no errors."""
    if {"-h", "--help"} & set(arguments):
        print(text("check.usage"))
        return CLEAN
    asked = _asked(arguments)
    if isinstance(asked, str):
        print(asked, file=sys.stderr)
        return UNREADABLE
    codes = open_codes(home(), own_codes(in_use(home()).library), asked.on or today())
    return max(_report(name, asked, codes) for name in asked.files)


def _asked(arguments: list[str]) -> Asked | str:
    """What is asked for, or what is wrong with how."""
    files: list[str] = []
    on: date | None = None
    as_json, webcert, options = False, False, True
    rest = iter(arguments)
    for word in rest:
        if not options or not word.startswith("-"):
            files.append(word)
        elif word == "--":
            options = False
        elif word == "--json":
            as_json = True
        elif word.split("=")[0] == "--on":
            said = word.partition("=")[2] or next(rest, "")
            on = iso_day(said)
            if on is None or not EARLIEST <= on <= LATEST:
                return text("check.bad_day", day=said)
        elif word.split("=")[0] == "--from":
            said = word.partition("=")[2] or next(rest, "")
            if said != WEBCERT:
                return text("check.bad_from", said=said)
            webcert = True
        else:
            return text("check.bad_option", option=word)
    return Asked(files, on, as_json, webcert) if files else text("check.usage")


def _report(name: str, asked: Asked, codes: Codes) -> int:
    """Print what is to be said about one file."""
    try:
        checked = (_check_draft if asked.webcert else _check)(read_some(name), asked.on, codes)
    except (Misfit, OSError) as fault:
        reason = reason_of(fault)
        print(_as_json({"file": name, "error": reason}) if asked.as_json else f"{name}: {reason}")
        return UNREADABLE
    if asked.as_json:
        found = [_plain(problem) for problem in checked.problems]
        print(_as_json({"file": name, "form": checked.form, "version": checked.version, "problems": found}))
    else:
        for line in _lines(checked.problems):
            print(f"{name}: {line}")
        if not checked.problems:
            print(text("check.clean", file=name), file=sys.stderr)
    return HAS_ERRORS if any(problem.level is Level.ERROR for problem in checked.problems) else CLEAN


def read_some(name: str) -> bytes:
    """The content of a file, or so much of it that it is seen to be too large. Raises OSError."""
    with Path(name).open("rb") as file:
        return file.read(LARGEST + 1)


def _check(content: bytes, on: date | None, codes: Codes) -> Checked:
    """Raises Misfit for what can't be read as a certificate."""
    return check_file(read_file(content), on, codes)


def check_file(certificate: CertificateFile, on: date | None, codes: Codes) -> Checked:
    """By the rules of its form and those of quality. Raises Misfit for answers that don't fit the form."""
    form, day = form_of_file(certificate), on or certificate.on or today()
    # A consultation with these answers alone knows its diagnoses and periods.
    consultation = Consultation(answers=read_answers(form, certificate.answers))
    before = _before(certificate.previous)
    subject = Subject(
        patient=certificate.patient.id,
        kind=certificate.patient.kind,
        unit=Unit(**certificate.unit.model_dump()),
        answers=consultation.answers,
    )
    facts = _facts(consultation, day, codes)
    fmb, patient = in_use(home()), read_identity(certificate.patient.id, day)
    given = given_of(
        form,
        consultation.answers,
        day,
        fmb.library,
        previous=before.answers if before else None,
        earlier=[before.periods] if before else [],
        limits=facts.limits,
        fmb_texts=texts_of(fmb.library, fmb.official, consultation.codes),
        codes=codes,
        born=patient.born if isinstance(patient, Identity) else None,
    )
    if given.days is not None:
        facts = replace(facts, days=facts.days.changed(earlier=given.days - facts.days.planned))
    return Checked(form.form, form.version, judged(form, given, check(form, subject, facts)))


def _before(previous: CertificateFile | None) -> Consultation | None:
    """The answers of the certificate before. Raises Misfit."""
    if previous is None:
        return None
    try:
        return Consultation(answers=read_answers(form_of_file(previous), previous.answers))
    except Misfit as fault:
        raise Misfit(f"previous.{fault.place}", fault.why) from None


def form_of_file(certificate: CertificateFile) -> Form:
    """Raises Misfit for a form that we don't have, or that never is a file."""
    key = (certificate.form, certificate.version)
    if key[0] == PLAN[0] or key not in read_forms():
        raise Misfit(" ".join(key), "unknown_form")
    return read_forms()[key]


def _check_draft(content: bytes, on: date | None, codes: Codes) -> Checked:
    """By the rules of its version. Raises Misfit for what can't be read as a draft."""
    draft = read_draft(content, webcert())
    form = form_of(draft, read_forms())
    facts = _facts(Consultation(answers=draft.questions), on or today(), codes)
    return Checked(form.form, draft.version, check_draft(form, draft, facts))


def webcert() -> Webcert:
    """What reading Webcert's drafts needs."""
    return Webcert(read_layouts(), {code: label.name for code, label in in_use(home()).library.icf.items()})


def _facts(consultation: Consultation, on: date, codes: Codes) -> Facts:
    """What the file is held against. It tells neither severity nor load, so a limit is the most generous there is.

    It tells no earlier days either, but for those of `previous`. What the days known exceed is exceeded whatever came
    before, and nothing is said of what they don't exceed.
    """
    library = in_use(home()).library
    advice = advise(library, [row.code for row in consultation.diagnoses])
    return Facts(
        today=on,
        standing=partial(standing, codes, on),
        limits=advice.limits,
        days=DayCounts(planned=consultation.day_counts.planned, earlier=0),
    )


def reason_of(fault: Misfit | OSError) -> str:
    """Why a file can't be read, without anything of what it holds."""
    match fault:
        case Misfit():
            return text(f"misfit.{fault.why}", place=fault.place or text("misfit.whole"))
        case FileNotFoundError():
            return text("misfit.no_file")
        case _:
            return text("misfit.closed")


def _lines(problems: list[Problem]) -> Iterator[str]:
    for problem in problems:
        yield f"{problem.rule} {problem.field} {problem.level}: {_message(problem)}"


def _plain(problem: Problem) -> dict[str, str]:
    return {
        "rule": problem.rule,
        "field": problem.field,
        "level": problem.level.value,
        "message": _message(problem),
    }


def _message(problem: Problem) -> str:
    return text(problem.text_key, **problem.values)


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
