"""Certificates that aren't for sick pay, from the list to the signed document in the store, by keys alone."""

from contextlib import closing

import pytest
from PySide6.QtWidgets import QPushButton

from fmstod.certificate.check import check
from fmstod.certificate.form import DatedChoices, Day, Diagnoses, Flag, Icf, Periods, Text, Whole, YesNo
from fmstod.certificate.subject import Facts, subject_of
from fmstod.commands import demo
from fmstod.domain.answers import DatedChoice, Diagnosis, PeriodRow
from fmstod.domain.consultation import Consultation
from fmstod.domain.document import DocumentKind
from fmstod.domain.patient import Patient
from fmstod.domain.problem import Level
from fmstod.files import read_forms
from fmstod.storage.opening import create_store
from fmstod.texts import catalogue, text
from tests.journeys.user import DAY, DRAFT, PASSPHRASE
from tests.ui.pages_5_7 import ISSUER

NUMBER, NAME = "19840512-9803", "Tess Testsson"
EXHAUSTION = (Diagnosis(code="F438A", text="Utmattningssyndrom"),)
FIRST_DAYS = {
    "10": (DatedChoice(kind="FYSISKUNDERSOKNING", date="2026-11-23"),),
    "1": "Sjuksköterska. Delar läkemedel och svarar i telefon.",
    "3": True,
    "4": EXHAUSTION,
    "5": "Klarar inte ljud och flera uppgifter samtidigt.",
    "6": True,
    "6.2": "Enstaka administrativa uppgifter.",
    "7": 50,
    "7.2": (PeriodRow(first="2026-11-23", last="2026-12-02"),),
    "9": True,
    "9.2": "Om schemat, på telefon 08-123 45 67.",
}
COMPENSATION = {
    "1": (DatedChoice(kind="UNDERSOKNING", date="2026-11-23"),),
    "2": "2020-03-02",
    "3": True,
    "4": (
        DatedChoice(kind="PSYKOLOG", date="2026-05-04", where="Psykologmottagningen, Provstad"),
        DatedChoice(kind="ARBETSTERAPEUT", date="2026-08-17", where="Rehab Provstad"),
    ),
    "5": "Insjuknade 2019.\nHar prövat arbetsträning två gånger.",
    "6": EXHAUSTION,
    "7": "Vårdcentralen i Provstad, 2019.",
    "45": False,
    "10": "Tappar tråden efter fem minuter.",
    "12": "Ljudkänslig.",
    "17": "Klarar hushållsarbete högst 30 minuter.",
    "19": "Samtal varannan vecka.",
    "22": "Ingen förbättring att vänta de närmaste åren.",
    "25": "Inget mer.",
}


@pytest.fixture
def ready(own_home):
    """A store with an issuer and no case."""
    with closing(create_store(own_home, PASSPHRASE, cost=demo.CHEAP)) as store:
        store.save_issuer(ISSUER)


def begin(user, form):
    """From the list of cases, through the list of other certificates."""
    user.unlock()
    user.keys.wait(lambda: user.desk.workspace is not None, "unlocked workspace")
    user.keys.tab_to(text("other_forms.open"))
    user.keys.press("Space")
    for _ in read_forms():
        if user.keys.held.text() == form.title:
            break
        user.keys.press("Down")
    user.keys.press("Space")
    user.keys.wait(lambda: user.case is not None, "open case")


def write(keys, question, value):
    """Answer one question with the keys of its kind."""
    name = question.ask or question.label
    match question:
        case DatedChoices() if question.listed:
            for n, row in enumerate(value, 1):
                if n > 1:
                    keys.tab_to(text("field.document.new"))
                    keys.press("Space")
                said = {
                    part: text("field.document.of", what=text(f"field.document.{part}"), number=n) for part in PARTS
                }
                keys.pick(said["kind"], next(o.short for o in question.options if o.code == row.kind))
                keys.fill(said["date"], row.date)
                keys.fill(said["where"], row.where)
        case DatedChoices():
            for row in value:
                keys.tab_to(next(o.label for o in question.options if o.code == row.kind))
                keys.press("Space")
                keys.write(row.date)
        case Diagnoses():
            keys.fill(f"{text('field.diagnosis.main')}, {text('field.diagnosis.code')}", value[0].code.lower())
            keys.press("Return")
        case YesNo():
            keys.choose(name, text("choice.yes" if value else "choice.no"))
        case Flag():
            keys.tab_to(name)
            keys.press("Space")
        case Periods():
            keys.fill(text("field.period.from"), "idag")
            keys.fill(text("field.period.length"), "10d")
        case Text() | Whole() | Day() | Icf():
            keys.fill(name, str(value))


PARTS = ("kind", "date", "where")


def fill(user, form, answers):
    """Patient and every answer, step by step with Ctrl+Enter, in the order of the page."""
    user.keys.write(NUMBER)
    user.keys.fill(text("own.patient.name.label"), NAME)
    passed = [user.case.step]
    while True:
        for question in form.questions():
            if question.step == user.case.step and question.ref in answers:
                write(user.keys, question, answers[question.ref])
        if user.case.step == 7:
            return passed
        user.keys.press("Ctrl+Return")
        passed.append(user.case.step)


@pytest.mark.parametrize(
    ("name", "version", "answers", "passed"),
    [("ag1-14", "2.0", FIRST_DAYS, [1, 2, 4, 5, 7]), ("luse", "1.3", COMPENSATION, [1, 2, 3, 4, 5, 6, 7])],
)
def test_a_certificate_is_written_signed_and_kept(sit_down, ready, name, version, answers, passed):
    form = read_forms()[name, version]
    assert mended(form, answers) == []
    with sit_down() as user:
        begin(user, form)
        assert user.says(form.title)
        assert fill(user, form, answers) == passed
        assert user.case.model.consultation.answers == answers
        user.keys.fill(text("sign.passphrase"), PASSPHRASE)
        user.keys.tab_to(text("sign.one"))
        user.keys.press("Space")
        user.keys.wait(lambda: user.case.model.signed, "signature")
        stored = user.store.open_case(user.case.model.case)
        (row,) = stored.documents
        assert (row.kind, stored.procedures) == (DocumentKind.CERTIFICATE, ())
        document = user.store.document(row.id)
        assert (document.form, document.patient.number) == ((name, version), NUMBER)
        assert document.answers == answers
        user.keys.press("Ctrl+Z")
        assert user.case.model.consultation.answers == answers  # what is signed can't be undone
        user.desk.workspace.show_cases()
        (listed,) = user.store.cases(NAME)
        assert (listed.diagnosis, listed.signed_at is not None) == ("F438A", True)
        assert not user.says(text("start.no_plan"))


def mended(form, answers):
    """What would stop the signature of these answers; nothing for those above."""
    record = Consultation(form=(form.form, form.version), patient=Patient(number=NUMBER), answers=answers)
    found = check(form, subject_of(form, record, ISSUER.unit, catalogue()), Facts(DAY))
    return [problem for problem in found if problem.level is Level.ERROR]


def test_what_is_half_written_is_there_after_the_lock_and_can_be_undone(sit_down, ready):
    form = read_forms()["luse", "1.3"]
    with sit_down() as user:
        begin(user, form)
        user.keys.write(NUMBER)
        user.keys.fill(text("own.patient.name.label"), NAME)
        user.keys.press("Ctrl+3")
        user.keys.fill(form.question("12").ask, "Ljudkänslig.")
        user.keys.press("Ctrl+L")
        user.unlock()
        user.keys.wait(lambda: user.desk.workspace is not None and user.case is not None, "open case")
        assert (user.case.step, user.case.model.reference.form) == (3, form)
        user.keys.fill(form.question("14").ask, "Orkar en trappa.")
        assert user.case.model.consultation.answers == {"12": "Ljudkänslig.", "14": "Orkar en trappa."}
        user.keys.press("Ctrl+Z")
        assert user.case.model.consultation.answers == {"12": "Ljudkänslig."}


def test_without_an_answer_the_diagnosis_stays_out_of_the_preview(sit_down, ready):
    """Certificates.md 4.4: the patient decides; a preview takes no answer as a no."""
    form = read_forms()["ag1-14", "2.0"]
    with sit_down() as user:
        begin(user, form)
        user.keys.press("Ctrl+2")
        write(user.keys, form.question("3"), True)
        write(user.keys, form.question("4"), EXHAUSTION)
        assert preview_says(user, "Utmattningssyndrom")
        keys = user.keys
        keys.press("Ctrl+2")
        write(keys, form.question("3"), True)  # the chosen one again takes it back
        assert "3" not in user.case.model.consultation.answers
        assert not preview_says(user, "Utmattningssyndrom")
        assert user.case.model.consultation.diagnoses[0].text == "Utmattningssyndrom"  # nothing is lost


def preview_says(user, words):
    """Whether the certificate in the last step says these words."""
    user.case.go(7)
    preview = user.case.review.preview
    preview.refresh()
    pages = range(preview.page_count)
    return any(words in preview._document.getAllText(page).text() for page in pages)


def test_a_draft_on_an_old_form_is_opened_to_read_and_stays_as_it_is(sit_down, own_home):
    form = read_forms()["fk7804", "1.3"]
    answers = {"6": EXHAUSTION, "33": True}
    record = Consultation(form=(form.form, form.version), patient=Patient(number=NUMBER, name=NAME), answers=answers)
    with closing(create_store(own_home, PASSPHRASE, cost=demo.CHEAP)) as store:
        store.save_issuer(ISSUER)
        store.save_case(DRAFT, record, 0)
    with sit_down() as user:
        user.open_up()
        assert user.says(text("step.read"))
        assert not user.says(text("frame.signed"))
        assert user.case.bottom.findChild(QPushButton).text().startswith("Saknas")  # it is checked
        user.keys.press("Ctrl+2", "Ctrl+Z", "Ctrl+7")
        preview = user.case.review.preview
        user.keys.wait(lambda: preview.page_count > 0, "preview")
        assert not user.case.review.sign.isVisible()
        assert preview_says(user, "UTKAST")
        user.desk.workspace.show_cases()
        assert user.store.open_case(DRAFT).consultation == record
