"""From certificate and plan through two follow-ups and a renewal to the end of the sick leave, by keys alone."""

import shutil
from datetime import date, timedelta
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QApplication

from fmstod.dates import day_month
from fmstod.domain.event import Revocation
from fmstod.domain.lifecycle import Relation, State
from fmstod.domain.procedure import Contact
from fmstod.errors import StoreUnwritable
from fmstod.texts import text
from fmstod.ui.followup.codes import CodesPage
from fmstod.ui.followup.done import DoneCard
from fmstod.ui.followup.list import FollowUpsPage
from fmstod.ui.followup.page import FollowUpPage
from tests.journeys.user import DAY
from tests.reports.reading import page_texts
from tests.storage.sample import log_of


@pytest.fixture
def sitting(sit_down, done, own_home, tmp_path):
    """Somebody before the list of cases, with the example's signed certificate and plan in it, five weeks later."""
    shutil.copytree(done[0] / "store", own_home, dirs_exist_ok=True)
    with sit_down(new_id=lambda: str(uuid4()), choose_file=lambda name: tmp_path / name) as user:
        user.files, user.today = tmp_path, DAY + timedelta(days=36)
        user.unlock()
        user.keys.wait(lambda: user.desk.workspace is not None, "unlocked workspace")
        (row,) = user.store.cases()
        user.first = row.id
        yield user


def page(user, kind):
    found = [each for each in user.desk.findChildren(kind) if each.isVisible()]
    return found[0] if found else None


def go(user, words, kind):
    user.keys.tab_to(words)
    user.keys.press("Return")
    user.keys.wait(lambda: page(user, kind) is not None, str(kind))
    return page(user, kind)


def open_list(user):
    user.keys.press("Ctrl+Shift+U")
    user.keys.wait(lambda: page(user, FollowUpsPage) is not None, "list")
    return page(user, FollowUpsPage)


def begin(user):
    """The first of the list."""
    open_list(user).links[0].setFocus()
    user.keys.press("Return")
    user.keys.wait(lambda: page(user, FollowUpPage) is not None, "follow-up")
    return page(user, FollowUpPage)


def answer_measures(user, visit):
    for made in visit.measures:
        made.went.stop.setFocus()
        user.keys.press("Space")


def let_note_out(user):
    """The note of the only follow-up, saved for the journal."""
    (done,) = user.store.followups.of(user.first)
    before = set(user.files.iterdir())
    user.keys.tab_to(f"{text('signed.save')}, {text('followup_paper.of', day=done.record.on)}")
    user.keys.press("Return")
    user.keys.press("J")
    user.keys.wait(lambda: set(user.files.iterdir()) - before, "the file")
    (file,) = set(user.files.iterdir()) - before
    assert "AW026" in "".join(page_texts(file.read_bytes()))
    row = log_of(user.store)[-1]
    assert (row["activityType"], row["recipient"]) == ("Export", "journal")
    file.unlink()


def codes(user, case=""):
    return [each.code for each in user.store.open_case(case or user.first).procedures]


def test_a_case_is_followed_up_twice_and_closed(sitting):
    user = sitting
    visit = begin(user)
    answer_measures(user, visit)
    user.keys.fill(text("followup.next_day"), "+2v")
    user.keys.press("Ctrl+Return")
    user.keys.wait(lambda: user.says("AW026"), "the code is told")
    assert codes(user) == ["DV077", "AW026"]
    user.keys.press("Ctrl+Shift+K")
    user.keys.wait(lambda: page(user, CodesPage) is not None, "all codes")
    assert [each.code for each in page(user, CodesPage).table.shown] == ["AW026"]  # DV077 is of last month
    user.keys.press("Escape")
    user.keys.wait(lambda: page(user, FollowUpsPage) is not None, "the list again")
    user.keys.press("Escape")
    user.today += timedelta(days=14)
    visit = begin(user)
    assert [made.went.value for made in visit.measures] == []  # all were done
    visit.ahead.outcome.setFocus()
    visit.ahead.outcome.setCurrentIndex(0)
    visit.ahead.outcome.activated.emit(0)
    user.keys.press("Ctrl+Return")
    user.keys.wait(lambda: user.says(text("followup.close_about")), "the way to close")
    user.keys.press("Return")
    user.keys.wait(lambda: page(user, FollowUpsPage) is not None, "list")
    assert codes(user) == ["DV077", "AW026", "AW026"]
    assert user.store.open_case(user.first).life.state is State.CLOSED
    assert user.says(text("due.nothing"))
    user.desk.workspace.open_case(user.first)
    said = user.case.banner.accessibleName()
    assert f"{text('state.closed')} {day_month(user.today)} {user.today.year}" in said
    assert text("frame.signed") not in said
    assert text("frame.in_case") not in said


def test_a_follow_up_leads_to_a_renewal_that_is_filled_with_what_was_found(sitting):
    user = sitting
    visit = begin(user)
    answer_measures(user, visit)
    assert user.says("50 % · 21 dec"), "the second of the certificate's periods has begun"
    row = visit.impairment.rows["b140"]
    row.scale.stop.setFocus()
    user.keys.press("1")
    user.keys.fill(text("followup.next_day"), "+2v")
    user.keys.press("Ctrl+Return")
    user.keys.wait(lambda: user.says("AW026"), "the code is told")
    let_note_out(user)
    page(user, FollowUpPage).findChild(DoneCard).focus_first()
    user.keys.press("Return")
    user.keys.wait(lambda: user.case is not None, "the renewal")
    record = user.case.model.consultation
    origin = user.store.open_case(user.case.model.case).origin
    assert (origin.kind, origin.case) == (Relation.RENEWS, user.first)
    assert [(each.code, each.severity) for each in record.answers["35"].icf] == [("b140", 1)]
    assert record.earlier.had


def test_what_is_written_is_there_after_a_crash_and_one_who_comes_back_goes_on(sitting):
    user = sitting
    visit = begin(user)
    user.keys.fill(text("followup.capacity"), "Läser en timme")
    user.keys.wait(lambda: user.store.followups.of(user.first), "saved by itself")
    (kept,) = user.store.followups.of(user.first)
    assert (kept.record.capacity, kept.done_at) == ("Läser en timme", None)
    user.keys.press("Escape")
    visit = begin(user)
    assert visit.capacity.toPlainText() == "Läser en timme"
    assert codes(user) == ["DV077"]


def test_one_that_is_only_looked_at_leaves_nothing(sitting):
    user = sitting
    begin(user)
    user.keys.press("Escape")
    assert user.store.followups.of(user.first) == ()


def test_a_draft_is_removed(sitting):
    user = sitting
    begin(user)
    user.keys.fill(text("followup.capacity"), "fel patient")
    assert user.desk.workspace.flush()
    user.keys.tab_to(text("followup.discard"))
    user.keys.press("Return")
    assert page(user, FollowUpPage) is None
    assert user.store.followups.of(user.first) == ()


def test_a_full_disk_is_told_and_nothing_is_lost(sitting, monkeypatch):
    user = sitting
    visit = begin(user)
    answer_measures(user, visit)
    user.keys.fill(text("followup.next_day"), "+2v")
    assert user.desk.workspace.flush()

    def full(*_):
        raise StoreUnwritable

    with monkeypatch.context() as patch:
        patch.setattr(user.store.followups, "finish", full)
        user.keys.press("Ctrl+Return")
        assert visit.lacks.isVisible()
    assert codes(user) == ["DV077"]
    user.keys.press("Ctrl+Return")
    user.keys.wait(lambda: user.says("AW026"), "the code is told")
    assert codes(user) == ["DV077", "AW026"]


def test_one_that_was_stored_elsewhere_meanwhile_is_read_anew_with_the_own_words_upon_it(sitting):
    user = sitting
    begin(user)
    user.keys.fill(text("followup.capacity"), "Läser")
    assert user.desk.workspace.flush()
    (kept,) = user.store.followups.of(user.first)
    user.store.followups.save(kept.record.changed(degree=25), kept.version)
    user.keys.fill(text("followup.capacity"), "Läser en timme")
    assert not user.desk.workspace.flush()
    assert user.says(text("followup.stale"))
    assert user.desk.workspace.flush()
    (kept,) = user.store.followups.of(user.first)
    assert (kept.record.capacity, kept.record.degree) == ("Läser en timme", 25)
    user.keys.press("Ctrl+Z")
    assert (page(user, FollowUpPage).capacity.toPlainText(), page(user, FollowUpPage).record.degree) == ("Läser", 25)


def test_what_can_no_longer_be_followed_up_says_so_instead_of_a_page_that_cannot_be_left(sitting):
    user = sitting
    user.store.lives.revoke(user.first, Revocation.WRONG_PATIENT)
    user.desk.workspace._followups.follow_up(user.first)
    assert page(user, FollowUpPage) is None
    assert user.says(text("not_allowed.revoked"))


def test_the_journal_text_is_copied_by_the_key_and_logged(sitting):
    user = sitting
    visit = begin(user)
    answer_measures(user, visit)
    user.keys.press("Ctrl+Shift+J")
    said = QApplication.clipboard().text()
    assert "- KBT, åtta samtal: Klar" in said
    assert log_of(user.store)[-1]["activityType"] == "Kopiera"


def test_coordination_is_recorded_once_though_its_answer_was_lost_and_taken_back_in_step_7(sitting, monkeypatch):
    user = sitting
    really = user.store.procedures.register

    def lost(case, made):
        really(case, made)
        raise StoreUnwritable

    user.desk.workspace.open_case(user.first)
    user.keys.wait(lambda: user.case is not None, "the case")
    user.keys.tab_to(text("case_followup.coordinate"))
    user.keys.press("Return")
    user.keys.tab_to(text("case_followup.contact_kind"))
    user.keys.press("Down")
    user.keys.fill(text("case_followup.minutes"), "15")
    user.keys.tab_to(text("case_followup.register"))
    with monkeypatch.context() as patched:
        patched.setattr(user.store.procedures, "register", lost)
        user.keys.press("Return")
    user.keys.press("Return")
    (code,) = [each for each in user.store.procedures.of(user.first) if each.code == "GC001"]
    assert (code.contact, code.minutes) == (Contact.PATIENT, 15)
    user.keys.tab_to(text("case_followup.revoke", code="GC001"))
    user.keys.press("Return")
    user.keys.fill(f"GC001: {text('case_followup.revoke_why')}", "Fel patient")
    user.keys.tab_to(text("case_followup.revoke_do"))
    user.keys.press("Return")
    (code,) = [each for each in user.store.procedures.of(user.first) if each.code == "GC001"]
    assert code.revoked.reason == "Fel patient"


def test_the_day_of_a_follow_up_decides_the_day_of_its_code(sitting):
    user = sitting
    visit = begin(user)
    answer_measures(user, visit)
    user.keys.fill(text("followup.on"), "2026-12-20")
    user.keys.fill(text("followup.next_day"), "+2v")
    user.keys.press("Ctrl+Return")
    user.keys.wait(lambda: user.says("AW026"), "the code is told")
    assert user.store.open_case(user.first).procedures[-1].on == date(2026, 12, 20)


def test_the_day_from_which_a_plan_is_missed_is_chosen_in_the_settings(sitting):
    user = sitting
    user.desk.workspace.show_settings()
    user.keys.fill(text("settings_plan.days"), "400")
    user.keys.tab_to(text("settings_plan.keep"))
    user.keys.press("Return")
    assert user.says(text("not_allowed.plan_after"))
    user.keys.fill(text("settings_plan.days"), "21")
    user.keys.press("Return")
    assert user.says(text("settings_plan.kept", days=21))
    assert user.store.followups.plan_after() == 21


def test_after_the_lock_the_window_comes_back_to_the_visit(sitting):
    user = sitting
    begin(user)
    user.keys.fill(text("followup.capacity"), "Läser en timme")
    user.keys.press("Ctrl+L")
    user.keys.wait(lambda: user.desk.workspace is None, "the lock")
    user.unlock()
    user.keys.wait(lambda: user.desk.workspace is not None and page(user, FollowUpPage) is not None, "the visit")
    assert page(user, FollowUpPage).capacity.toPlainText() == "Läser en timme"
    user.keys.press("Escape")
    user.keys.wait(lambda: page(user, FollowUpsPage) is not None, "list")
    user.keys.press("Ctrl+L")
    user.keys.wait(lambda: user.desk.workspace is None, "the lock")
    user.unlock()
    user.keys.wait(lambda: user.desk.workspace is not None, "the window")
    assert page(user, FollowUpPage) is None
