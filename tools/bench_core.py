"""What bench.py measures without a window: one function of this module, in a process of its own."""

import io
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import pikepdf
from timing import in_ms, median_ms

from fmstod.certificate.check import check
from fmstod.certificate.form import Form, Question, open_refs
from fmstod.certificate.subject import Facts, Subject
from fmstod.domain.answers import (
    Answer,
    Basis,
    DatedChoice,
    Diagnosis,
    IcfRating,
    IcfText,
    Measure,
    PeriodRow,
    StepRow,
)
from fmstod.domain.consultation import Consultation
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.domain.patient import IdentityKind, Patient, Sex
from fmstod.domain.period import DayCounts
from fmstod.domain.recommendation import Limit
from fmstod.knowledge.codes import standing

PASSPHRASE = "bänk och åter bänk"  # noqa: S105 - opens a store that is thrown away
TODAY = date(2026, 11, 23)
OVERLONG = 60  # sentences: more than any question takes
SENTENCE = "Patienten har svårt att hålla uppmärksamheten på en uppgift längre än en kort stund. "
PATIENT = Patient(number="19840512-9803", name="Tess Testsson", born=date(1984, 5, 12), sex=Sex.WOMAN)
UNIT = Unit(
    name="Bänkens vårdcentral",
    provider="Region Exempel",
    workplace="1234567890123",
    address="Storgatan 1",
    postcode="123 45",
    town="Exempelstad",
    phone="010-123 45 67",
)
ISSUER = Issuer(physician=Physician(name="Leg Läkare", title="Specialistläkare"), unit=UNIT)


def make_store() -> float:
    """A store with one case in FMSTOD_HOME, as the first start makes it."""
    from fmstod.storage.opening import create_store

    store = create_store(Path(os.environ["FMSTOD_HOME"]), PASSPHRASE)
    store.save_issuer(ISSUER)
    store.save_case("0f0e0d0c-0b0a-4908-8706-050403020100", _consultation(_form(), 2), 0)
    store.close()
    return 0


def search_p99() -> float:
    """Every beginning of every third name and of every code, as someone types it; ms."""
    from fmstod.files import own_codes, read_library

    codes = own_codes(read_library())
    words = [*list(codes.labels.values())[::3], *codes.labels]
    typed = [word[: end + 1] for word in words for end in range(min(len(word), 24))]
    codes.search("a")
    return statistics.quantiles((in_ms(partial(codes.search, text)) for text in typed), n=100)[98]


def check_time() -> float:
    """Median ms for the check of a certificate with every shown question answered."""
    return median_ms(_check(_form(), 4), 300)


def check_p99() -> float:
    """The check of every form, 100 times each with ordinary texts and with texts over every limit; ms."""
    from fmstod.files import PLAN, read_forms

    checks = [_check(form, length) for key, form in read_forms().items() if key != PLAN for length in (4, OVERLONG)]
    for work in checks:
        work()
    return statistics.quantiles((in_ms(work) for _ in range(100) for work in checks), n=100)[98]


def _check(form: Form, length: int) -> Callable[[], object]:
    """The check of a certificate with `length` sentences in each text; its diagnosis and its limit are known.

    A diagnosis that may be kept is kept, so that every text is searched for it.
    """
    from fmstod.files import read_library

    limit = Limit(days=28, entry=546, recommendation=1, title="", dated=TODAY, retrieved=TODAY, sure=True)
    known = partial(standing, read_library().codes, TODAY)
    facts = Facts(TODAY, known, limits=(limit,), days=DayCounts(planned=42, earlier=0), physician="196408233234")
    answers = _answers(form, length) | ({form.discretion.told: False} if form.discretion else {})
    subject = Subject(PATIENT.number, IdentityKind.PERSONNUMMER, UNIT, answers)
    return partial(check, form, subject, facts)


def pdf_time() -> float:
    """Median ms for a certificate whose texts fill four pages."""
    return median_ms(_four_pages(), 40)


def seal_time() -> float:
    """Median ms for the seal on that certificate, with a key that is there and pyHanko imported."""
    from fmstod.reports.seal import seal
    from fmstod.storage.seal_key import new_seal, usable

    pdf, at = _four_pages()(), datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    key = usable(*new_seal(UNIT.name, at, os.urandom))
    return median_ms(lambda: seal(pdf, key.certificate, key.sign, at), 40)


def _four_pages() -> Callable[[], bytes]:
    """What makes a certificate whose texts fill four pages."""
    from fmstod.reports.certificate_pdf import certificate_pdf

    form = _form()
    for length in range(1, 60):
        document = Document(
            id="0f0e0d0c-0b0a-4908-8706-050403020100",
            kind=DocumentKind.CERTIFICATE,
            form=(form.form, form.version),
            patient=PATIENT,
            issuer=ISSUER,
            answers=_answers(form, length),
            signed_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
            program="0.1.0",
        )
        make = partial(certificate_pdf, form, document, {})
        with pikepdf.open(io.BytesIO(make())) as pdf:
            if len(pdf.pages) == 4:
                return make
    raise ValueError("no length of text makes four pages")


def save_ratio() -> float:
    """Saves through the store against the same rows through a bare connection with the same settings, turn by turn."""
    from fmstod.storage import engine, tables
    from fmstod.storage.folder import DATABASE
    from fmstod.storage.key import unwrap
    from fmstod.storage.opening import create_store

    case, form = "0f0e0d0c-0b0a-4908-8706-050403020100", _form()
    texts = [_consultation(form, 3 + turn % 2) for turn in range(2)]
    with tempfile.TemporaryDirectory() as folder:
        store = create_store(Path(folder) / "ours", PASSPHRASE)
        version = store.save_case(case, texts[0], 0)
        secret = unwrap(Path(folder) / "ours", PASSPHRASE).secret
        made = engine.connect(Path(folder) / "ours" / DATABASE, secret)
        row, audit = (_last_row(made, table) for table in ("cases", "audit"))
        made.close()
        engine.make(Path(folder) / "bare.db", secret, tables.metadata, tables.SCHEMA_VERSION)
        bare = engine.connect(Path(folder) / "bare.db", secret)
        for setting in engine.SETTINGS:
            bare.execute(f"PRAGMA {setting}")
        bare.execute(_insert("cases", row), list(row.values()))
        update = f"UPDATE cases SET {', '.join(f'{name}=?' for name in row)} WHERE id=? AND version=?"
        insert = _insert("audit", audit)
        ours, theirs = [], []
        for turn in range(400):
            begun = perf_counter()
            version = store.save_case(case, texts[turn % 2], version)
            ours.append(perf_counter() - begun)
            row |= {"version": turn + 2}
            audit |= {"seq": turn + 10}
            begun = perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute(update, [*row.values(), case, turn + 1])
            bare.execute(insert, list(audit.values()))
            bare.execute("COMMIT")
            theirs.append(perf_counter() - begun)
        store.close()
        bare.close()
    return statistics.median(ours[20:]) / statistics.median(theirs[20:])


def _last_row(connection: Any, table: str) -> dict[str, Any]:
    cursor = connection.execute(f"SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1")
    return dict(zip((column[0] for column in cursor.description), cursor.fetchone(), strict=True))


def _insert(table: str, row: Mapping[str, Any]) -> str:
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"


def _form() -> Form:
    from fmstod.files import read_forms

    return read_forms()["fk7804", "2.0"]


def _consultation(form: Form, length: int) -> Consultation:
    return Consultation(patient=PATIENT, answers=_answers(form, length))


def _answers(form: Form, length: int) -> dict[str, Answer]:
    """Each question that shows, answered; `length` sentences in each text."""
    answers: dict[str, Answer] = {}
    for question in form.questions():
        if question.ref in open_refs(form, answers):
            answers[question.ref] = _answer(question, length)
    return answers


def _answer(question: Question, length: int) -> Answer:
    match question.kind:
        case "flag":
            return False
        case "yes_no":
            return True
        case "choice":
            return question.options[-1].code
        case "choices":
            return tuple(option.code for option in question.options[:2])
        case "dated_choices":
            return tuple(DatedChoice(kind=option.code, date="2026-11-20") for option in question.options)
        case "text":
            return _sentences(length, question.max)
        case "whole":
            return question.min
        case "day":
            return "2026-12-20"
        case "diagnoses":
            codes = (("F438A", "Utmattningssyndrom"), ("F321", "Medelsvår depressiv episod"), ("M545", "Lumbago"))
            return tuple(Diagnosis(code=code, text=label) for code, label in codes)
        case "icf":
            codes_ = ("b1301", "b140", "b144") if question.component == "b" else ("d160", "d175", "d240")
            rated = tuple(IcfRating(code=code, severity=2, basis=Basis.EXAMINATION) for code in codes_)
            return IcfText(text=_sentences(length, question.max), icf=rated)
        case "periods":
            whole = PeriodRow.model_validate({"degree": 100, "from": "2026-11-23", "to": "2026-12-20"})
            half = PeriodRow.model_validate({"degree": 50, "from": "2026-12-21", "to": "2027-01-03"})
            return (whole, half)
        case "measures":
            return (Measure(what="Samtal med arbetsgivaren", owner="Patienten", when="2026-12-01"),)
        case "steps":
            return (StepRow(ahead=False, degree=50, hours="4", possible="Planering"),)


def _sentences(length: int, most: int) -> str:
    """So many, but no more than the question takes unless they are meant to be too many."""
    said = SENTENCE * length
    return said if length == OVERLONG else said[:most].strip()


PARTS = (make_store, search_p99, check_time, check_p99, pdf_time, seal_time, save_ratio)
MEASURES = {each.__name__: each for each in PARTS}

if __name__ == "__main__":
    print(json.dumps({"value": MEASURES[sys.argv[1]]()}))
