"""After the draft: one that was locked is copied, and a signed certificate is renewed, by keys alone."""

import shutil
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from PySide6.QtGui import QGuiApplication

from fmstod.clock import SWEDEN
from fmstod.commands import demo
from fmstod.domain.lifecycle import Relation, State
from fmstod.storage.opening import create_store
from fmstod.texts import text
from tests.journeys.user import DAY, DRAFT, PASSPHRASE, asks, stored


@pytest.fixture
def old_draft(done, own_home):
    """The example's consultation as a draft that was begun on the day of the story."""
    with stored(done[0] / "store") as finished:
        (row,) = finished.cases()
        ready, issuer = finished.open_case(row.id).consultation, finished.issuer()
    begun = datetime.combine(DAY, time(8), SWEDEN).astimezone(UTC)
    with closing(create_store(own_home, PASSPHRASE, cost=demo.CHEAP, now=lambda: begun)) as store:
        store.save_issuer(issuer)
        store.save_case(DRAFT, ready, 0)
    return ready


def test_a_draft_left_for_fourteen_days_is_locked_and_goes_on_as_a_copy(sit_down, old_draft):
    with sit_down() as user:
        user.today = DAY + timedelta(days=14)
        user.open_up()
        assert user.case.step == 7
        assert user.says(text("state.locked"))
        assert user.says(text("life.about.copy"))
        for step in range(1, 7):
            user.keys.press(f"Ctrl+{step}")
            assert user.says(text("step.locked"))
            assert not any(field.isEnabled() for field in user.case.page(step).fields.values())
        user.keys.press("Ctrl+7")
        user.keys.tab_to(text("life.copy"))
        user.keys.press("Return")
        user.keys.wait(lambda: user.case.model.case != DRAFT, "the copy")
        assert user.case.model.consultation == old_draft
        user.keys.press("Ctrl+7")
        user.keys.fill(asks("25"), "Skrivet i kopian.")
        user.keys.wait(lambda: not user.case.autosave.pending, "autosave")
        states = {row.id: row.state for row in user.store.cases()}
        assert states == {DRAFT: State.COPIED, user.case.model.case: State.DRAFT}
        assert user.store.open_case(user.case.model.case).origin.kind is Relation.COPIED
        assert user.store.open_case(DRAFT).consultation == old_draft


def test_an_assessment_ends_without_sick_leave_and_is_opened_again_until_its_time_is_out(sit_down, old_draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+5")
        user.keys.press("F9")
        user.keys.write("Kan arbeta med anpassning.")
        assert not user.case.model.problems
        user.keys.press("F9")
        assert user.case.model.consultation == old_draft
        user.keys.press("F9")
        user.keys.press("Ctrl+7")
        user.keys.press("Ctrl+Shift+J")
        assert "Ingen sjukskrivning.\nSkäl: Kan arbeta med anpassning." in QGuiApplication.clipboard().text()
        user.keys.tab_to(text("ending.end"))
        user.keys.press("Return")
        user.keys.press("Return")
        assert user.says(text("state.without_leave"))
        assert user.store.cases()[0].state is State.WITHOUT_LEAVE
        assert user.store.procedures.of(DRAFT) == ()
        user.keys.tab_to(text("ending.reopen"))
        user.keys.press("Return")
        user.keys.wait(lambda: not user.case.model.ended, "the open draft")
        user.keys.press("Ctrl+5")
        user.keys.press("F9")
        user.keys.wait(lambda: not user.case.autosave.pending, "autosave")
        assert user.store.open_case(DRAFT).consultation == old_draft
        assert user.store.cases()[0].state is State.DRAFT


def test_a_draft_that_is_locked_while_it_stands_open_loses_no_text(sit_down, old_draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+7")
        user.today = DAY + timedelta(days=20)
        user.keys.fill(asks("25"), "Skrivet för sent.")
        user.keys.wait(lambda: not user.case.autosave.pending, "autosave")
        assert user.says(text("desk.locked_meanwhile"))
        assert user.store.open_case(DRAFT).consultation == old_draft
        own = user.store.open_case(user.case.model.case)
        assert own.consultation.answers["25"] == "Skrivet för sent."
        assert (own.origin.kind, own.origin.case) == (Relation.COPIED, DRAFT)
        assert {row.id: row.state for row in user.store.cases()}[DRAFT] is State.COPIED


def test_a_signed_certificate_is_renewed_and_asks_what_has_happened_since(sit_down, done, own_home):
    shutil.copytree(done[0] / "store", own_home, dirs_exist_ok=True)
    with sit_down(new_id=lambda: str(uuid4())) as user:  # the story's own ids are in that store already
        user.open_up()
        old, before = user.case.model.case, user.case.model.consultation
        user.keys.tab_to(text("life.renew"))
        user.keys.press("Return")
        user.keys.wait(lambda: user.case.model.case != old, "the renewal")
        last = before.periods[-1]
        assert user.says(text("life.renewed", degree=last.degree, day=last.last))
        record = user.case.model.consultation
        assert (record.periods, record.patient, record.diagnoses) == ((), before.patient, before.diagnoses)
        assert record.earlier.days == before.day_counts.total
        assert user.store.open_case(user.case.model.case).origin.case == old
        assert user.store.open_case(old).life.has(Relation.RENEWS)


def test_what_has_happened_stands_beside_what_was_signed(sit_down, done, own_home):
    shutil.copytree(done[0] / "store", own_home, dirs_exist_ok=True)
    with sit_down() as user:
        user.open_up()
        events = user.store.open_case(user.case.model.case).events
        assert any(event.recipient for event in events)
        for event in events:
            assert user.says(f"{event.at.astimezone(SWEDEN):%Y-%m-%d %H:%M}")
        assert user.says(text("life.history"))
