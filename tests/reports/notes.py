"""The papers that aren't made from a form: one of each, with what is typed in them as ordinary as in the samples or as wild."""

from datetime import UTC, date, datetime

from fmstod.domain.answers import IcfRating, IcfText
from fmstod.domain.consultation import Consultation
from fmstod.domain.followup import FollowUp, MeasureOutcome, Outcome, Picture, Reason, Waiting, Went
from fmstod.domain.procedure import procedure
from fmstod.files import read_procedure_codes
from fmstod.followup.note import note_of
from fmstod.reports.followup_pdf import followup_pdf
from fmstod.texts import text
from tests.reports import samples

WORDS = {"long": samples.LONG_TEXT, "one long word": samples.LONG_WORD, "hostile": samples.HOSTILE}
WENT = MeasureOutcome(what="Sömnbehandling", went=Went.ONGOING)
WAITS = MeasureOutcome(what="Samtal hos psykolog", went=Went.NOT_BEGUN, since=date(2026, 12, 2))
ASKED = (("work", "Vad har ändrats på arbetet?"),)


def _icf(words, **rated):
    rows = tuple(IcfRating(code=code, severity=severity, basis=None) for code, severity in rated.items())
    return IcfText(text=words, icf=rows)


BEFORE = Picture(
    on=date(2026, 11, 23), measures=(WENT,), impairment=_icf("", b130=3), limitation=_icf("", d240=2), degree=100
)
VISIT = FollowUp(
    id="1b0f6a52-9d37-4c1e-8a40-7e1d2c93b6f8",
    case="case",
    on=date(2026, 12, 21),
    measures=(WENT.changed(note="Sover sex timmar nu."), WAITS),
    impairment=_icf("Mindre trött på förmiddagen.", b130=2, b140=2),
    limitation=_icf("Läser en tidning i en kvart.", d240=2),
    capacity="Promenader och korta samtal.",
    degree=50,
    changes={"work": "Schemat är klart."},
    reasons=(Reason.SLOWER, Reason.WAITING),
    waiting=Waiting(what="Psykolog", since="2026-12-02"),
    next_day="2027-01-15",
)
EMPTY = FollowUp(id=VISIT.id, case="case", on=VISIT.on, outcome=Outcome.BACK)


def visit(content):
    if content == "empty":
        return EMPTY
    if (words := WORDS.get(content)) is None:
        return VISIT
    return VISIT.changed(
        measures=(WENT.changed(note=words), WAITS.changed(what=words)),
        impairment=_icf(words, b130=2),
        limitation=_icf(words, d240=2),
        capacity=words,
        changes={"work": words},
        waiting=Waiting(what=words, since="2026-12-02"),
    )


def followup(content="ordinary", record=None, codes=None):
    document, form = samples.CERTIFICATE, samples.FK7804
    if content in WORDS:
        document = samples.extreme(document, form, WORDS[content])
    record = record or visit(content)
    document = document.changed(id=record.id, answers={}, signed_at=datetime(2026, 12, 21, 14, 5, tzinfo=UTC))
    if codes is None:
        codes = procedure(read_procedure_codes(), "AW026", record.on, record.id)
    case = Consultation(patient=document.patient)
    note = note_of(record, case, BEFORE, document.issuer, samples.LABELS, ASKED, codes, say=text)
    return followup_pdf(note, record, document, codes)


NOTES = {"followup": followup}
TYPED = {"followup": 7}  # in so many places somebody typed
