"""A case to store, and a way to make a store that costs no time."""

import contextlib
import json
import resource
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from fmstod.domain.answers import Basis, Diagnosis, IcfRating, IcfText, Measure, PeriodRow
from fmstod.domain.consultation import Consultation, Earlier
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.issuer import Issuer, Physician, Unit
from fmstod.domain.patient import Patient, Sex
from fmstod.domain.procedure import PLAN_MADE, Procedure
from fmstod.storage import key
from fmstod.storage.opening import create_store, open_store

CHEAP = key.Cost(memory=8, passes=1, lanes=1)  # the least that Argon2 takes
CHILD = Path(__file__).with_name("child.py")
PASSPHRASE = "fyra små ord på rad"
NAME, NUMBER = "Tess Kanariefågel", "19840512-9803"  # the number is Skatteverket's own for tests

TESS = Consultation(
    patient=Patient(name=NAME, number=NUMBER, born=date(1984, 5, 12), sex=Sex.WOMAN),
    earlier=Earlier(had=False),
    answers={
        "6": (Diagnosis(code="F43.8A", text="Utmattningssyndrom"), Diagnosis(code="G47.0", text="Sömnstörning")),
        "32": (PeriodRow(degree=100, first="2026-11-23", last="2026-12-20"), PeriodRow(degree=50)),
        "35": IcfText(text="Minskad uthållighet", icf=(IcfRating(code="b1300", severity=2, basis=Basis.TEST),)),
        "plan.measures": (Measure(what="Samtal", owner="Kurator", when="2026-12-01"),),
        "plan.followup": "2026-12-14",
    },
)
ISSUER = Issuer(
    physician=Physician(name="Doris Doktor", title="Specialistläkare", hsa_id="SE1-D"),
    unit=Unit(name="Backens vårdcentral", provider="Region Norr"),
)


class Received:
    """A way out that keeps what left by it, and what `look` says at that moment."""

    def __init__(self, look=None):
        self.got, self.found, self._look = [], [], look

    @contextlib.contextmanager
    def __call__(self, pdf):
        yield
        self.got.append(pdf)
        self.found += [self._look()] if self._look else []


class Clock:
    """Time that moves when told; an instant is at least a second after the one before."""

    def __init__(self):
        self.instant = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def __call__(self):
        self.instant += timedelta(seconds=1)
        return self.instant


def keep_new_key(folder, passphrase=PASSPHRASE, cost=CHEAP):
    """A key file as it lies on disk, and the key in it."""
    made = key.new_key(passphrase, cost=cost)
    key.keep(folder, made)
    return made.secret


def new_store(folder, now=None):
    return create_store(folder, PASSPHRASE, cost=CHEAP, now=now or Clock())


def reopened(folder, passphrase=PASSPHRASE, now=None):
    return open_store(folder, passphrase, floor=CHEAP, now=now or Clock())


def answering(consultation, **answers):
    """The same consultation with other answers, by ref (`_` for the dot)."""
    named = {ref.replace("_", ".").removeprefix("q"): value for ref, value in answers.items()}
    return consultation.changed(answers={**consultation.answers, **named})


def document(kind=DocumentKind.CERTIFICATE, patient=TESS.patient, name="d1"):
    return Document(
        id=name,
        kind=kind,
        form=("fk7804", "2.0") if kind is DocumentKind.CERTIFICATE else ("plan", "1.0"),
        patient=patient,
        issuer=ISSUER,
        answers=TESS.answers,
        signed_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
        program="fmstod test",
    )


CERTIFICATE = (document(), b"%PDF certificate")
PLAN = (document(DocumentKind.PLAN, name="p1"), b"%PDF plan")
DV077 = Procedure(code=PLAN_MADE, on=date(2026, 11, 23), source="p1")


def log_of(store):
    """What the audit log says, oldest first."""
    with store._db.begin():
        rows = store._db.exec_driver_sql("SELECT record FROM audit ORDER BY seq").scalars().all()
    return [json.loads(row) for row in rows]


def secret_of(folder):
    return key.unwrap(folder, PASSPHRASE, floor=CHEAP).secret


def saved(folder, record=TESS):
    store = new_store(folder)
    version = store.save_case("a", record, 0)
    store.close()
    return version


def child(act, folder, **options):
    return subprocess.Popen([sys.executable, CHILD, act, folder], stdout=subprocess.PIPE, text=True, **options)


def told_by(act, folder):
    return subprocess.run(
        [sys.executable, CHILD, act, folder], capture_output=True, text=True, check=False
    ).stdout.split("\n")[:-1]


@contextlib.contextmanager
def disk_full_at(size):
    """No file may grow beyond so many bytes: the write that would fails, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
