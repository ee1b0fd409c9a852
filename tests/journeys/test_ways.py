"""The keys that lead everywhere, and the ways out of the window: each logged, and to somebody."""

import shutil

import pytest
from PySide6.QtWidgets import QApplication

from fmstod import app
from fmstod.domain.answers import Measure
from fmstod.domain.document import DocumentKind
from fmstod.texts import catalogue, text
from fmstod.ui.cases.table import CaseTable
from fmstod.ui.shortcuts import ShortcutList
from tests.journeys.user import DRAFT, PASSPHRASE, stored
from tests.storage.sample import Received, log_of


@pytest.fixture
def signed(done, own_home):
    """The store that the example leaves, for a story to go on with."""
    shutil.copytree(done[0] / "store", own_home)
    return own_home


def acts(store):
    return [(row["activityType"], row["recipient"]) for row in log_of(store)]


def way_out(user, how, kind):
    """The button of a signed document that saves or prints it."""
    said = text("signed.when", kind=text(f"review.kind.{kind}"), when="2026-11-23 10:42")
    return user.keys.tab_to(f"{text(how)}, {said}")


def test_F1_lists_every_key_and_takes_the_list_away(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("F1")
        assert user.says(text("keys.title"))
        rows = [key for key in catalogue() if key.startswith("key.")]
        assert len(rows) >= 20
        assert [key for key in rows if not user.says(catalogue()[key])] == []
        user.keys.press("Escape")
        assert not any(each.isVisible() for each in user.desk.findChildren(ShortcutList))


def test_ctrl_and_a_digit_lead_to_each_step_and_ctrl_enter_to_the_next(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        for step in (7, 3, 5, 2, 6, 4, 1):
            user.keys.press(f"Ctrl+{step}")
            assert user.case.step == step
        for step in range(2, 8):
            user.keys.press("Ctrl+Return")
            assert user.case.step == step
        user.keys.press("Ctrl+Return")
        assert user.case.step == 7


def test_the_journal_text_is_on_the_clipboard_and_in_the_log(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        before = acts(user.store)
        user.keys.press("Ctrl+Shift+J")
        copied = QApplication.clipboard().text()
        assert "Patient: Tess Testsson 19840512-9803" in copied
        assert "F43.8A Utmattningssyndrom" in copied
        assert user.says(text("desk.journal_copied"))
        assert acts(user.store)[len(before) :] == [("Kopiera", "journal")]
        user.keys.press("Ctrl+Shift+B")
        assert user.says(text("order.none"))
        assert QApplication.clipboard().text() == copied
        test = Measure(what="Lungfunktion", idea="service.lab")
        user.case.model.answer("plan.measures", (*user.case.model.now.answers["plan.measures"], test))
        user.keys.press("Ctrl+Shift+B")
        assert QApplication.clipboard().text().startswith("Beställning: Lungfunktion")
        assert ("Kopiera", "journal") in acts(user.store)[len(before) + 1 :]


def test_a_printed_certificate_is_logged_with_its_recipient(sit_down, signed):
    printed = Received()
    with sit_down(can_print=lambda: True, ask_printer=lambda: printed) as user:
        user.open_up()
        way_out(user, "signed.print", DocumentKind.CERTIFICATE)
        user.keys.press("Space", text("signed.key.fk"))
        assert user.says(text("release.printed"))
        assert acts(user.store)[-1] == ("Utskrift", "fk")
        (row,) = user.store.cases()
        certificate = next(d for d in user.store.open_case(row.id).documents if d.kind is DocumentKind.CERTIFICATE)
        assert printed.got == [user.store.preview(certificate.id)]


def test_a_printing_that_is_cancelled_is_no_release(sit_down, signed):
    with sit_down(can_print=lambda: True, ask_printer=lambda: None) as user:
        user.open_up()
        before = acts(user.store)
        way_out(user, "signed.print", DocumentKind.PLAN)
        user.keys.press("Space", text("signed.key.fk"))
        assert user.says(text("release.not_printed"))
        assert acts(user.store) == before


def test_a_file_that_cannot_be_written_is_said_and_logged_as_failed(sit_down, signed, tmp_path):
    with sit_down(choose_file=lambda suggested: tmp_path / "none" / suggested) as user:
        user.open_up()
        way_out(user, "signed.save", DocumentKind.PLAN)
        user.keys.press("Space", text("signed.key.patient"))
        assert any(user.says(words) for words in text("error.CannotWrite", path="|").split("|"))
        last = log_of(user.store)[-1]
        assert (last["activityType"], last["outcome"], last["recipient"]) == ("Export", "fel", "patient")


def test_without_a_printer_it_says_so_and_offers_the_file(sit_down, signed):
    with sit_down(can_print=lambda: False) as user:
        user.open_up()
        way_out(user, "signed.print", DocumentKind.PLAN)
        user.keys.press("Space", text("signed.key.patient"))
        assert user.says(text("release.no_printer"))
        assert text("signed.save") in text("release.no_printer")
        assert "Utskrift" not in [activity for activity, _ in acts(user.store)]


def test_nothing_leaves_when_the_file_is_not_named_after_all(sit_down, signed):
    with sit_down(choose_file=lambda suggested: None) as user:
        user.open_up()
        before = acts(user.store).count(("Export", "patient"))
        way_out(user, "signed.save", DocumentKind.PLAN)
        user.keys.press("Space", text("signed.key.patient"))
        assert acts(user.store).count(("Export", "patient")) == before


def test_no_file_name_tells_who_the_patient_is(sit_down, signed):
    names = []
    with sit_down(choose_file=names.append) as user:
        user.open_up()
        for kind in DocumentKind:
            way_out(user, "signed.save", kind)
            user.keys.press("Space", text("signed.key.journal"))
    assert len(names) == 2
    assert not [name for name in names for word in ("Tess", "Testsson", "1984", "9803") if word in name]


def test_who_issued_stays_as_it_was_signed_when_the_settings_change(sit_down, signed):
    with sit_down() as user:
        user.open_up()
        (row,) = user.store.cases()
        documents = user.store.open_case(row.id).documents
        before = [(user.store.document(d.id), user.store.preview(d.id)) for d in documents]
        user.keys.tab_to(text("frame.settings"))
        user.keys.press("Space")
        user.keys.fill(text("issuer.field.phone"), "08-123 456 78")
        user.keys.tab_to(text("issuer.save"))
        user.keys.press("Space")
        assert user.store.issuer().unit.phone == "08-123 456 78"
        assert [(user.store.document(d.id), user.store.preview(d.id)) for d in documents] == before
    assert {document.issuer.unit.phone for document, _ in before} == {"08-465 004 22"}


def test_the_window_locks_after_five_minutes():
    assert app.LOCK_AFTER == 5 * 60


def test_locking_is_logged(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+L")
        user.unlock(PASSPHRASE)
        user.keys.wait(lambda: user.desk.workspace is not None, "unlocked workspace")
    with stored(user.desk.world.home) as store:
        activities = [activity for activity, _ in acts(store)]
    assert activities[activities.index("Låsa") :].count("Logga in") == 2  # the unlocking, and this look at the log


def test_closing_the_window_makes_the_backup_of_the_day(sit_down, draft, own_home):
    for _ in range(2):
        with sit_down() as user:
            user.open_up()
    assert [file.name for file in (own_home / "backup").iterdir()] == ["fmstod-2026-11-23.zip"]
    with stored(own_home) as store:
        assert [activity for activity, _ in acts(store)].count("Säkerhetskopia") == 1


def test_a_wrong_passphrase_signs_nothing(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+7")
        user.keys.fill(text("sign.passphrase"), "fel fras, men nästan rätt")
        user.keys.tab_to(text("sign.both"))
        user.keys.press("Space")
        user.keys.wait(lambda: user.says(text("error.WrongPassphrase")), "answer to the wrong passphrase")
        case = user.store.open_case(user.case.model.case)
        assert (case.documents, case.procedures) == ((), ())
        assert "Signera" not in [activity for activity, _ in acts(user.store)]


def test_a_discarded_draft_is_gone_at_once_and_comes_back_on_undo(sit_down, draft):
    with sit_down() as user:
        user.unlock()
        user.keys.wait(lambda: user.desk.workspace is not None, "unlocked workspace")
        for take_back in (lambda: user.keys.press("Ctrl+Z"), lambda: press_button(user, text("start.take_back"))):
            user.keys.press("Delete")
            assert user.says(text("start.discarded", name="Tess Testsson"))
            assert user.store.cases() == ()
            assert acts(user.store)[-3:-1] == [("Radera", None), ("Lista", None)]
            take_back()
            assert user.store.open_case(DRAFT).consultation == draft
            assert not user.says(text("start.discarded", name="Tess Testsson"))
            user.keys.tab_to(text("start.title"))
        user.keys.press("Return")
        assert user.case.model.case == DRAFT


def press_button(user, name):
    user.keys.tab_to(name)
    user.keys.press("Space")


def test_the_list_is_searched_by_the_store(sit_down, draft):
    with sit_down() as user:
        user.unlock()
        user.keys.wait(lambda: user.desk.workspace is not None, "unlocked workspace")
        user.store.save_case("b", draft.changed(patient=draft.patient.changed(name="Björn Mallgren")), 0)
        user.desk.workspace.show_cases()
        user.keys.press("Ctrl+F")
        user.keys.write("mall utmatt")
        table = next(each for each in user.desk.findChildren(CaseTable) if each.isVisible())
        user.keys.wait(lambda: table.current_case == "b" and table.rowCount() == 2, "the only hit")
        user.keys.press("Down", "Return")
        assert user.case.model.case == "b"
