"""What goes wrong on an ordinary day: nothing that was written is lost, and the window says what to do."""

import hashlib
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from threading import Event

from fmstod import files
from fmstod.certificate.condition import is_filled
from fmstod.certificate.form import load_form
from fmstod.domain.consultation import FORM
from fmstod.domain.document import DocumentKind
from fmstod.texts import text
from fmstod.ui.pages.unlock import UnlockPage
from tests.journeys.user import DAY, DRAFT, PASSPHRASE, asks, stored

CHILD = Path(__file__).with_name("child.py")


def bytes_of(home):
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in home.iterdir() if f.is_file()}


def test_a_reopened_case_is_the_one_that_was_left(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        assert user.case.model.consultation == draft
        user.keys.press("Ctrl+3")
        assert user.keys.tab_to(asks("35")).toPlainText() == draft.described("35").text
        user.keys.press("Ctrl+5")
        assert user.keys.tab_to("Till och med, period 2").text() == "2027-01-03"
    with stored(user.desk.world.home) as store:
        assert store.open_case(DRAFT).consultation == draft


def test_a_wrong_passphrase_says_so_and_leaves_every_byte(sit_down, draft, own_home):
    before = bytes_of(own_home)
    with sit_down() as user:
        user.unlock("fel fras, men nästan rätt")
        user.keys.wait(lambda: user.says(text("error.WrongPassphrase")), "answer to the wrong passphrase")
        assert bytes_of(own_home) == before
        user.open_up()
        assert user.case.model.consultation == draft


def test_a_case_saved_elsewhere_meanwhile_is_kept_beside_the_own_text(sit_down, draft):
    elsewhere = draft.changed(answers={**draft.answers, "25": "Skrivet på en annan plats."})
    with sit_down() as user:
        user.open_up()
        user.store.save_case(DRAFT, elsewhere, 1)
        user.keys.press("Ctrl+7")
        user.keys.fill(asks("25"), "Skrivet här.")
        user.keys.wait(lambda: not user.case.autosave.pending, "autosave")
        assert user.says(text("desk.other_saved"))
        assert user.keys.held.toPlainText() == "Skrivet här."
        texts = {user.store.open_case(row.id).consultation.answers["25"] for row in user.store.cases()}
        assert texts == {"Skrivet på en annan plats.", "Skrivet här."}
        assert user.store.open_case(DRAFT).consultation == elsewhere


def test_after_a_crash_the_draft_is_back(sit_down, own_home):
    with subprocess.Popen([sys.executable, CHILD, own_home], stdout=subprocess.PIPE, text=True) as child:
        try:
            for _ in range(2):
                assert child.stdout.readline() == "saved\n"
        finally:
            child.kill()
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+3")
        assert user.keys.tab_to(asks("35")).toPlainText().startswith("Svarar långsamt, tappar tråden, ")


def test_a_code_that_FMB_leaves_out_is_said_and_can_be_signed(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+2")
        user.keys.fill("Huvuddiagnos, Kod eller namn", "q79.6")
        user.keys.press("Escape")
        user.keys.fill("Huvuddiagnos, Diagnos på intyget", "Ehlers-Danlos syndrom")
        assert user.says(text("fmb.panel.no_fmb", code="Q79.6"))
        user.keys.press("Ctrl+7")
        user.walk.sign()
        user.keys.wait(lambda: user.case.model.signed, "signature")
        documents = user.store.open_case(DRAFT).documents
        signed = user.store.document(next(d.id for d in documents if d.kind is DocumentKind.CERTIFICATE))
        assert [(d.code, d.text) for d in signed.answers["6"]] == [("Q796", "Ehlers-Danlos syndrom")]


def test_one_wrong_digit_is_told_and_nothing_is_lost(sit_down, draft):
    name = text("own.patient.id.label")
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+1")
        user.keys.fill(name, "19840512-9804")
        user.keys.press("Tab", "Ctrl+2", "Ctrl+1")
        assert user.says(text("problem.L-02.luhn"))
        assert user.keys.tab_to(name).text() == "19840512-9804"
        assert user.case.model.consultation.answers == draft.answers
        user.keys.press("Ctrl+L")
        user.unlock()
        user.keys.wait(lambda: user.desk.workspace is not None and user.case.isVisible(), "open case")
        assert user.keys.tab_to(name).text() == "19840512-9804"
        user.keys.press("Tab")
        assert user.says(text("problem.L-02.luhn"))
        user.keys.fill(name, "840512-9803")
        user.keys.press("Tab")
        assert not user.says(text("problem.L-02.luhn"))
        assert user.case.model.consultation == draft


def test_at_midnight_the_open_case_is_a_day_older(sit_down, draft):
    tomorrow = DAY + timedelta(days=1)
    future = text("problem.MU-4", question="1", today=DAY.isoformat())
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+1")
        user.keys.fill("Telefonkontakt med patienten, dag", tomorrow.isoformat())
        user.keys.press("Tab")
        assert user.says(future)
        assert user.says("Dag 1")
        user.today = tomorrow
        user.desk.workspace.note_day()  # what its timer does each minute
        assert not user.says(future)
        assert user.says("Dag 2")
        assert user.case.model.consultation.answers["1"][0].date == DAY.isoformat()


def test_the_lock_keeps_what_was_being_typed(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+7")
        user.keys.fill(asks("25"), "Mitt i en men")
        user.keys.press("Ctrl+L")
        assert isinstance(user.desk.centralWidget(), UnlockPage)
        assert not user.says("Tess Testsson")
        user.unlock()
        user.keys.wait(lambda: user.desk.workspace is not None, "unlocked workspace")
        assert user.case.step == 7
        assert user.keys.tab_to(asks("25")).toPlainText() == "Mitt i en men"


def test_so_does_the_lock_that_comes_when_nobody_is_there(sit_down, draft, monkeypatch):
    monkeypatch.setattr("fmstod.app.LOCK_AFTER", 1)
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+7")
        user.keys.fill(asks("25"), "Måste gå")
        user.keys.wait(lambda: isinstance(user.desk.centralWidget(), UnlockPage), "lock")
        user.unlock()
        user.keys.wait(lambda: user.desk.workspace is not None, "unlocked workspace")
        assert user.keys.tab_to(asks("25")).toPlainText() == "Måste gå"


def test_without_a_plan_a_reason_is_asked_for_and_no_code_is_recorded(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+7")
        user.keys.tab_to(text("sign.certificate"))
        user.keys.press("Space")
        assert user.says(text("sign.reason_missing"))
        user.keys.fill(text("sign.without_plan"), "Patienten vill tänka till nästa vecka.")
        user.keys.fill(text("sign.passphrase"), PASSPHRASE)
        user.keys.tab_to(text("sign.certificate"))
        user.keys.press("Space")
        user.keys.wait(lambda: user.case.model.signed, "signature")
        stored_case = user.store.open_case(DRAFT)
        assert [d.kind for d in stored_case.documents] == [DocumentKind.CERTIFICATE]
        assert stored_case.procedures == ()
        assert stored_case.consultation.no_plan == "Patienten vill tänka till nästa vecka."
        user.desk.workspace.show_cases()
        user.keys.wait(lambda: user.says(text("start.no_plan")), "list of what is unfinished")
        user.keys.tab_to(text("start.write_plan_for", name="Tess Testsson"))


def test_while_the_passphrase_is_proved_nothing_can_be_changed_or_left(sit_down, draft, monkeypatch):
    """What was read is what is signed, for the patient it was signed for, whatever the next key is."""
    proved = Event()
    monkeypatch.setattr("fmstod.storage.key.verify", lambda *_, **__: proved.wait(20))
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+7")
        user.walk.sign()
        user.keys.press("Ctrl+Z", "Ctrl+5", "Ctrl+N", "Ctrl+L")
        assert not user.desk.close()
        assert (user.case.model.case, user.case.step) == (DRAFT, 7)
        proved.set()
        user.keys.wait(lambda: user.case.model.signed, "signature")
        assert user.case.model.consultation == draft
        assert len(user.store.open_case(DRAFT).documents) == 2
        assert user.keys.held.text() == text("signed.save")
        user.keys.press("Ctrl+5")
        assert user.case.step == 5


def test_undo_reaches_back_into_an_earlier_step_and_redo_forward_again(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+3")
        user.keys.fill(asks("35"), "Kortare fynd.")
        user.keys.press("Ctrl+7")
        user.keys.fill(asks("25"), "Ny upplysning.")
        user.keys.press("Ctrl+Z")
        assert user.case.model.consultation.answers["25"] == draft.answers["25"]
        user.keys.press("Ctrl+Z")
        assert user.case.model.consultation == draft
        user.keys.press("Ctrl+Y", "Ctrl+Y")
        assert user.case.model.consultation.described("35").text == "Kortare fynd."
        assert is_filled(user.case.model.consultation.answers["25"])
        user.keys.press("Ctrl+3")
        assert user.keys.tab_to(asks("35")).toPlainText() == "Kortare fynd."


def test_undo_takes_back_what_was_typed_since_the_last_save_and_not_the_whole_text(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+7")
        user.keys.fill(asks("25"), "Skrivet före pausen.")
        user.keys.wait(lambda: not user.case.autosave.pending, "autosave")
        user.keys.write(" Skrivet efter.")
        user.keys.press("Ctrl+Z")
        assert user.keys.held.toPlainText() == "Skrivet före pausen."
        user.keys.press("Ctrl+Z")
        assert user.case.model.consultation == draft


def test_no_case_begins_before_it_is_known_who_issues(sit_down):
    with sit_down() as user:
        user.walk.choose_passphrase()
        user.keys.wait(lambda: user.desk.workspace is not None, "store")
        user.keys.press("Ctrl+N")
        assert user.case is None
        user.walk.set_up()
        user.keys.press("Ctrl+N")
        assert user.case is not None


def test_of_a_code_that_lacks_its_fourth_character_nothing_is_said_yet(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+2")
        user.keys.fill("Huvuddiagnos, Kod eller namn", "f43")
        assert user.says(text("diagnosis_page.opens", code="F43"))
        assert user.says("FMB har rekommendationer för F43.0")
        assert not user.says(text("diagnosis_page.without", why="FMB har inget för F43"))
        assert not user.says("bedömer du utan rekommendation")


def test_the_list_of_keys_gives_the_focus_back(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+3")
        written = user.keys.tab_to(asks("35"))
        for way in ("Esc", "F1", "Space"):
            user.keys.press("F1")
            assert user.keys.held is not written
            user.keys.press(way)
            assert user.keys.held is written


def test_the_lock_over_an_empty_consultation_opens_to_the_list(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+N", "Ctrl+L")
        user.unlock()
        user.keys.wait(lambda: user.desk.workspace is not None, "unlocked workspace")
        assert user.case is None
        user.keys.press("Return")
        assert user.case.model.case == DRAFT


def test_the_settings_lead_back_to_the_case_and_the_step(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+3")
        for change in (lambda: None, lambda: user.desk.change_look("dark", 1.25)):
            user.keys.tab_to("Inställningar")
            user.keys.press("Space")
            assert user.case is None
            change()
            user.keys.tab_to("Konsultation")
            user.keys.press("Space")
            assert (user.case.model.case, user.case.step) == (DRAFT, 3)
            assert user.case.model.consultation == draft


def other_version(monkeypatch):
    """A version of the certificate's form that isn't the new consultation's, with a caption of its own."""
    forms = dict(files.read_forms())
    content = forms[FORM].model_dump(by_alias=True, mode="json")
    for section in content["sections"]:
        for question in section["questions"]:
            question["ask"] = question["ask"].replace("Övriga upplysningar", "Övrigt att säga")
    forms["fk7804", "1.9"] = load_form(content | {"version": "1.9"})
    monkeypatch.setattr(files, "read_forms", lambda: forms)


def test_an_older_draft_stays_on_the_form_that_it_was_written_on(sit_down, draft, own_home, monkeypatch):
    with stored(own_home) as store:
        store.save_case(DRAFT, draft.changed(form=("fk7804", "1.9")), 1)
    other_version(monkeypatch)
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+7")
        user.keys.tab_to("Övrigt att säga")
        user.walk.sign()
        user.keys.wait(lambda: user.case.model.signed, "signature")
        documents = {row.kind: user.store.document(row.id) for row in user.store.open_case(DRAFT).documents}
        assert documents[DocumentKind.CERTIFICATE].form == ("fk7804", "1.9")
        assert documents[DocumentKind.PLAN].form == files.PLAN
        user.keys.press("Ctrl+N", "Ctrl+7")
        user.keys.tab_to("Övriga upplysningar")


def test_a_draft_on_a_form_that_is_gone_says_so_and_stays(sit_down, draft, own_home):
    with stored(own_home) as store:
        store.save_case(DRAFT, draft.changed(form=("fk7804", "0.1")), 1)
    with sit_down() as user:
        user.unlock()
        user.keys.wait(lambda: user.desk.workspace is not None, "unlocked workspace")
        user.keys.press("Return")
        assert user.says(text("error.form_gone"))
        assert user.case is None
        assert [row.id for row in user.store.cases()] == [DRAFT]
