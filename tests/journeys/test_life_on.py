"""A signed certificate lives on, by keys alone: replaced, revoked, asked about, complemented, made into the employer's."""

import shutil
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from fmstod.dates import day_month
from fmstod.domain.answers import PeriodRow
from fmstod.domain.consultation import Earlier
from fmstod.domain.document import DocumentKind
from fmstod.domain.event import Revocation, Subject
from fmstod.domain.inquiry import Status
from fmstod.domain.lifecycle import Relation, State
from fmstod.errors import StoreUnwritable
from fmstod.reports.seal_check import Finding, examine
from fmstod.storage.store import Activity
from fmstod.texts import text
from fmstod.ui.cases.table import CaseTable
from fmstod.ui.timeline.axis import AxisCard
from fmstod.ui.timeline.view import Timeline
from tests.journeys.test_ways import way_out
from tests.journeys.user import DAY, PASSPHRASE
from tests.reports.reading import page_texts
from tests.storage.sample import log_of


@pytest.fixture
def before(sit_down, done, own_home, tmp_path):
    """`with before()` as somebody before the example's signed certificate, in step 7; `saved` is where files go."""

    @contextmanager
    def sit(**look):
        shutil.copytree(done[0] / "store", own_home, dirs_exist_ok=True)
        saved = tmp_path / "saved.pdf"
        with sit_down(new_id=lambda: str(uuid4()), choose_file=lambda _name: saved, **look) as user:
            user.open_up()
            user.saved, user.first = saved, user.case.model.case
            yield user

    return sit


@pytest.fixture
def sitting(before):
    with before() as user:
        yield user


@pytest.fixture
def sitting_large(before):
    """In text twice as large."""
    with before(scale=2.0) as user:
        user.desk.resize(1280, 800)
        yield user


def in_sight(widget):
    return widget.visibleRegion().boundingRect().height() == widget.height()


def press(user, words):
    user.keys.tab_to(words)
    user.keys.press("Return")


def offered(user):
    """The employer's certificates that can be made, in their order."""
    return [each.text() for each in user.case.findChildren(QPushButton) if each.text().startswith("Skapa ")]


def another(user):
    """Wait until another case stands in the window; its id."""
    user.keys.wait(lambda: user.case is not None and user.case.model.case != user.first, "another case")
    return user.case.model.case


def shown_button(user, name):
    return any(each.accessibleName() == name and each.isVisible() for each in user.case.findChildren(QPushButton))


def life(user, case=""):
    return user.store.open_case(case or user.first).life


def sign_alone(user):
    """The certificate without a plan, in step 7: that the plan is signed already stands there."""
    user.keys.press("Ctrl+7")
    user.keys.fill(text("sign.passphrase"), PASSPHRASE)
    press(user, text("sign.certificate"))
    user.keys.wait(lambda: user.case.model.signed, "signature")


def write(user, name, words):
    user.keys.tab_to(name)
    user.keys.write(words)


def note_complement(user, due="2026-12-10"):
    press(user, text("inquiries.note"))
    user.keys.pick(text("question.subject"), text("subject.KOMPLT"))
    user.keys.fill(text("question.due"), due)
    user.keys.tab_to(text("group.limitation"))
    user.keys.press("Space")
    write(user, text("question.words.came"), "Vad klarar patienten inte?")
    press(user, text("question.keep"))


def test_a_replacement_begins_with_all_answers_and_the_old_one_then_goes_out_marked_as_replaced(sitting):
    user = sitting
    before = user.case.model.consultation
    press(user, text("life.replace"))
    new = another(user)
    record = user.case.model.consultation
    assert record.answers == {ref: v for ref, v in before.answers.items() if not ref.startswith("plan.")}
    assert life(user).state is not State.REPLACED, "a draft replaces nothing"
    sign_alone(user)
    assert user.case.model.consultation.no_plan == text("life.plan_stands")
    assert not user.says(text("life.send_on")), "nobody has got the old one but the patient"
    assert user.says(text("reviewed.signed.title")), "the plan stands in the old case, and isn't asked for again"
    assert life(user).state is State.REPLACED
    press(user, text("life.from.replaces"))
    user.keys.wait(lambda: user.case.model.case == user.first, "the old case")
    assert user.says(text("state.replaced"))
    certificate = next(d for d in user.store.open_case(user.first).documents if d.kind is DocumentKind.CERTIFICATE)
    kept = user.store.preview(certificate.id)
    way_out(user, "signed.save", DocumentKind.CERTIFICATE)
    assert user.says(text("signed.marked.replaces")), "before it goes out"
    user.keys.press("Space", text("signed.key.fk"))
    assert not user.saved.exists(), "Försäkringskassan gets the new one"
    user.keys.press(text("signed.key.patient"))
    out = user.saved.read_bytes()
    newer = next(d.id for d in user.store.open_case(new).documents)
    assert all(f"Ersatt av intyg {newer}" in page for page in page_texts(out))
    assert examine(out).finding is Finding.COPY
    assert user.store.preview(certificate.id) == kept
    assert examine(kept).finding is Finding.INTACT


def test_while_a_replacement_is_being_written_the_card_says_so_where_the_button_stood(sitting):
    user = sitting
    press(user, text("life.replace"))
    another(user)
    user.keys.press("Ctrl+7")
    press(user, text("life.from.replaces"))
    user.keys.wait(lambda: user.case.model.case == user.first, "the old case")
    assert user.says(text("not_allowed.has_replacement"))
    with pytest.raises(Exception, match="no 'Ersätt'"):
        user.keys.tab_to(text("life.replace"))
    assert user.keys.tab_to(text("life.to.replaces"))


def test_a_certificate_is_revoked_in_its_place_once_and_for_good(sitting):
    user = sitting
    press(user, text("life.revoke"))
    assert user.says(text("revoke.means"))
    press(user, text("revoke.do"))
    assert user.says(text("revoke.no_reason"))
    user.keys.choose(text("revoke.reason"), text("revocation.ANNAT_ALLVARLIGT_FEL"))
    press(user, text("revoke.do"))
    assert user.says(text("not_allowed.no_reason"))
    assert life(user).state is not State.REVOKED
    write(user, text("revoke.text"), "Perioden är ett år för lång.")
    press(user, text("revoke.do"))
    assert life(user).state is State.REVOKED
    assert user.says(f"{text('state.revoked')} {day_month(user.today)} {user.today.year}")
    assert not user.says(text("frame.in_case")), "no day of a sick leave is told by what doesn't hold"
    assert user.says(text("not_allowed.revoked"))
    assert user.says("Perioden är ett år för lång.")
    assert user.case.review.isAncestorOf(user.keys.held), "the keys stay where the certificate is"
    said = next(label for label in user.case.findChildren(QLabel) if label.text() == text("not_allowed.revoked"))
    assert not said.visibleRegion().isEmpty(), "what holds now is said above the papers"
    assert user.says(text("signed.stays"))
    assert user.says(text("handout.revoked"))
    for paper in ("handout.name.patient", "handout.name.employer"):
        assert not shown_button(user, f"{text('signed.save')}, {text(paper)}")
    with pytest.raises(Exception, match="no 'Spara PDF, Intyg"):
        way_out(user, "signed.save", DocumentKind.CERTIFICATE)
    assert way_out(user, "signed.save", DocumentKind.PLAN), "the plan stands by itself"


def test_step_7_says_what_there_is_to_do_with_what_the_certificate_has_become(sitting):
    """What is signed isn't to be signed, nothing is missing in it, and a revoked one takes no questions."""
    user = sitting
    draft = (text("step.7.title"), text("frame.nothing_missing"), text("sign.who"))
    assert user.says(text("reviewed.signed.title"))
    assert not any(user.says(words) for words in draft)
    assert user.says(text("inquiries.none"))
    press(user, text("life.replace"))
    another(user)
    user.keys.press("Ctrl+7")
    assert user.says(text("step.7.title"))
    assert user.says(text("step.7.help"))
    user.store.lives.revoke(user.first, Revocation.WRONG_PATIENT)
    user.desk.workspace.open_case(user.first)
    user.keys.wait(lambda: user.case is not None and user.case.model.case == user.first, "the revoked one")
    user.keys.press("Ctrl+7")
    assert user.says(text("reviewed.revoked.title"))
    assert user.says(text("reviewed.revoked.help"))
    assert not any(user.says(words) for words in draft)
    assert user.says(text("inquiries.none_over"))
    assert not user.says(text("inquiries.none"))


def test_revoking_can_be_left_with_escape_and_nothing_has_happened(sitting):
    user = sitting
    press(user, text("life.revoke"))
    user.keys.press("Escape")
    assert not user.says(text("revoke.means"))
    assert user.keys.tab_to(text("life.revoke"))
    assert not life(user).revoked


def test_what_was_written_stays_when_it_cannot_be_stored(sitting, monkeypatch):
    user = sitting

    def full(*_):
        raise StoreUnwritable

    press(user, text("life.revoke"))
    user.keys.choose(text("revoke.reason"), text("revocation.ANNAT_ALLVARLIGT_FEL"))
    write(user, text("revoke.text"), "Skrivet innan disken tog slut.")
    with monkeypatch.context() as patched:
        patched.setattr(user.store.lives, "revoke", full)
        press(user, text("revoke.do"))
        assert user.says(text(StoreUnwritable().text_key))
    press(user, text("revoke.do"))
    assert life(user).revoked
    (revoked,) = [event for event in user.store.open_case(user.first).events if event.reason == Revocation.OTHER_FAULT]
    assert revoked.text == "Skrivet innan disken tog slut."


def test_a_second_revoking_that_comes_too_late_says_why(sitting):
    user = sitting
    press(user, text("life.revoke"))
    user.store.lives.revoke(user.first, Revocation.WRONG_PATIENT)
    user.keys.choose(text("revoke.reason"), text("revocation.FEL_PATIENT"))
    press(user, text("revoke.do"))
    assert user.says(text("not_allowed.revoked"))


def test_more_characters_than_may_be_kept_are_counted_and_refused_and_stay(sitting):
    user = sitting
    press(user, text("life.revoke"))
    user.keys.choose(text("revoke.reason"), text("revocation.FEL_PATIENT"))
    box = user.keys.tab_to(text("revoke.text"))
    box.setPlainText("x" * 3501)
    press(user, text("revoke.do"))
    assert not life(user).revoked
    assert user.says("3\u00a0501 tecken och får vara högst 3\u00a0500")
    box.setPlainText("x" * 3500)
    press(user, text("revoke.do"))
    assert life(user).revoked


def test_a_complement_is_noted_complemented_and_thereby_answered(sitting):
    user = sitting
    note_complement(user)
    (asked,) = life(user).inquiries
    assert (asked.asked.subject, asked.asked.groups, asked.asked.on) == (Subject.COMPLEMENT, ("limitation",), DAY)
    assert user.says(text("group.limitation"))
    assert user.says(text("inquiry_status.until", day="2026-12-10"))
    assert user.says(text("not_allowed.complement_asked")), "why it isn't replaced"
    press(user, text("life.complement"))
    new = another(user)
    assert user.store.open_case(new).origin.kind is Relation.COMPLEMENTS
    sign_alone(user)
    (asked,) = life(user).inquiries
    assert asked.status is Status.ANSWERED
    assert asked.document == user.store.open_case(new).documents[0].id
    assert life(user).state is State.COMPLEMENTED


def test_a_complement_that_cannot_be_given_is_answered_in_words(sitting):
    user = sitting
    note_complement(user)
    press(user, text("inquiries.reply.cannot"))
    press(user, text("inquiries.reply_keep"))
    assert user.says(text("not_allowed.no_answer"))
    write(user, text("inquiries.reply_words.cannot"), "Patienten har flyttat.")
    press(user, text("inquiries.reply_keep"))
    (asked,) = life(user).inquiries
    assert asked.answer == "Patienten har flyttat."
    assert user.says("Patienten har flyttat.")
    with pytest.raises(Exception, match="no 'Kan inte"):
        user.keys.tab_to(text("inquiries.reply.cannot"))


def test_a_reminder_is_noted_with_its_question_and_lateness_shows(sitting):
    user = sitting
    note_complement(user)
    user.today = DAY + timedelta(days=18)
    press(user, text("inquiries.remind"))
    press(user, text("question.keep"))
    (asked,) = life(user).inquiries
    assert asked.reminders == (DAY + timedelta(days=18),)
    assert user.says(text("inquiries.reminded", day="2026-12-11"))
    assert user.says(text("inquiry_status.late", day="2026-12-10"))


def test_an_own_question_is_noted_only_where_fk_has_the_certificate(sitting):
    user = sitting
    with pytest.raises(Exception, match="no 'Anteckna en fråga som du"):
        user.keys.tab_to(text("inquiries.ask"))
    way_out(user, "signed.save", DocumentKind.CERTIFICATE)
    user.keys.press("Space", text("signed.key.fk"))
    press(user, text("inquiries.ask"))
    user.keys.pick(text("question.subject"), text("subject.AVSTMN"))
    press(user, text("question.keep"))
    assert user.says(text("question.wrong.no_words"))
    write(user, text("question.words.own"), "Kan vi ses i januari?")
    press(user, text("question.keep"))
    (asked,) = life(user).inquiries
    assert (asked.asked.from_fk, asked.asked.subject, asked.status) == (False, Subject.COORDINATION, Status.THEIRS)
    press(user, text("inquiries.reply.theirs"))
    write(user, text("inquiries.reply_words.theirs"), "Ja, den 14.")
    press(user, text("inquiries.reply_keep"))
    assert life(user).inquiries[0].answer == "Ja, den 14."


WRONG = (
    ("i våras", "", "OVRIGT", "no_day"),
    ("2026-11-24", "", "OVRIGT", "coming"),
    ("2026-11-20", "2026-11-19", "OVRIGT", "due_before"),
    ("2026-11-20", "snart", "OVRIGT", "no_due"),
    ("2026-11-20", "2026-11-30", "KOMPLT", "no_group"),
    ("2026-11-20", "2026-11-30", "KONTKT", "no_words"),
    ("2026-11-20", "2026-11-30", "", "no_subject"),
)


def test_a_question_that_cannot_be_true_is_refused_beside_its_button(sitting):
    user = sitting
    for on, due, subject, why in WRONG:
        press(user, text("inquiries.note"))
        if subject:
            user.keys.pick(text("question.subject"), text(f"subject.{subject}"))
        user.keys.fill(text("question.on.came"), on)
        user.keys.fill(text("question.due"), due or " ")
        press(user, text("question.keep"))
        assert user.says(text(f"question.wrong.{why}"))
        assert life(user).inquiries == ()
        user.keys.press("Escape")
        assert not user.says(text(f"question.wrong.{why}"))


def test_a_draft_is_marked_as_ready_to_sign_and_the_list_says_so(sitting):
    user = sitting
    press(user, text("life.renew"))
    new = another(user)
    user.keys.press("Ctrl+7")
    press(user, text("life.mark_ready"))
    assert user.says(text("life.marked_ready"))
    assert user.says(text("state.ready"))
    assert life(user, new).state is State.READY
    user.desk.workspace.show_cases()
    assert user.desk.findChildren(CaseTable)[-1].item(1, 4).text() == text("state.ready")


def test_the_employers_certificate_is_made_in_one_step_and_its_own_questions_wait(sitting):
    user = sitting
    before = user.case.model.consultation
    assert offered(user) == ["Skapa AG7804", "Skapa AG1-14"], "six weeks: the long one first"
    assert user.says(text("life.send_first"))
    press(user, "Skapa AG7804")
    new = another(user)
    assert user.case.model.reference.form.form == "ag7804"
    made = user.store.open_case(new)
    assert (made.consultation.form, made.origin.kind) == (("ag7804", "2.0"), Relation.MADE_FROM)
    assert made.origin.case == user.first
    assert made.consultation.diagnoses == before.diagnoses
    assert made.consultation.periods == before.periods
    assert "100.1" not in made.consultation.answers
    assert life(user).has(Relation.MADE_FROM)


def test_all_of_the_patients_certificates_stand_on_one_axis_and_open_from_there(sitting):
    user = sitting
    press(user, text("patient_axis.show"))
    assert user.says(text("patient_axis.only"))
    press(user, text("life.renew"))
    new = another(user)
    user.keys.press("Ctrl+7")
    before = len(log_of(user.store))
    press(user, text("patient_axis.show"))
    read = log_of(user.store)[before]
    assert (read["activityType"], {thing["object"] for thing in read["resources"]}) == (
        Activity.READ,
        {user.first, new},
    )
    held = user.keys.tab_to("FK7804, 100 % 2026-11-23 till 2026-12-20; 50 % 2026-12-21 till 2027-01-03, Utlämnat")
    assert held.isVisible()
    user.keys.press("Return")
    user.keys.wait(lambda: user.case.model.case == user.first, "the first case")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_axis_unfolds_in_sight_though_the_plan_waits_for_its_signature_below(before, scale):
    with before(scale=scale) as user:
        user.desk.resize(1280, 800)
        press(user, text("life.renew"))
        another(user)
        user.keys.press("Ctrl+7")
        press(user, text("patient_axis.show"))
        QTest.qWait(100)
        card = user.case.review.findChildren(AxisCard)[-1]
        assert in_sight(card.toggle)
        (drawn,) = card.findChildren(Timeline)
        assert drawn.visibleRegion().boundingRect().height() > 80


def test_the_list_says_by_icon_and_word_what_waits_and_what_does_not_hold(sitting):
    user = sitting
    note_complement(user)
    user.desk.workspace.show_cases()
    table = user.desk.findChild(CaseTable)
    assert table.item(1, 4).text() == text("start.state.asked_until", day="10 dec")
    assert not table.item(1, 4).icon().isNull()
    user.today = DAY + timedelta(days=30)
    user.desk.workspace.show_cases()
    assert user.desk.findChildren(CaseTable)[-1].item(1, 4).text() == text("start.state.asked_late", day="10 dec")
    user.store.lives.revoke(user.first, Revocation.WRONG_PATIENT)
    user.desk.workspace.show_cases()
    assert user.desk.findChildren(CaseTable)[-1].item(1, 4).text() == text("state.revoked")


def test_the_banner_says_that_a_certificate_no_longer_holds(sitting):
    user = sitting
    assert text("frame.signed") in user.case.banner.accessibleName()
    press(user, text("life.revoke"))
    user.keys.choose(text("revoke.reason"), text("revocation.FEL_PATIENT"))
    press(user, text("revoke.do"))
    said = user.case.banner.accessibleName()
    assert text("state.revoked") in said
    assert text("frame.signed") not in said
    assert text("frame.protected") not in said


def test_a_coordinator_finds_what_fk_has_asked_counted_and_one_by_one(sitting):
    user = sitting
    user.desk.workspace.show_cases()
    user.keys.wait(lambda: user.says(text("asked.none")), "the list")
    press(user, text("asked.log"))
    assert user.says(text("inquiry_log.empty"))
    user.keys.press("Escape")
    user.keys.press("Return")
    user.keys.wait(lambda: user.case is not None, "the case")
    note_complement(user)
    user.desk.workspace.show_cases()
    assert user.keys.tab_to(text("asked.until", name="Tess Testsson", day="10 dec"))
    press(user, text("asked.log"))
    assert user.says(text("group.limitation"))
    assert user.says(text("inquiry_log.count_waiting", asked=1, waiting=1))
    assert user.says("Vad klarar patienten inte?")
    assert user.says(text("inquiry_status.until", day="2026-12-10"))
    press(user, "Tess Testsson")
    user.keys.wait(lambda: user.case is not None, "the case")
    assert user.case.model.case == user.first


def test_the_days_before_a_draft_locks_are_set_and_fourteen_is_the_most(sitting):
    user = sitting
    user.desk.workspace.show_settings()
    for wrong in ("0", "15"):
        user.keys.fill(text("settings_lock.days"), wrong)
        press(user, text("settings_lock.keep"))
        assert user.says(text("not_allowed.lock_after"))
        assert user.store.lives.lock_after() == 14
    user.keys.fill(text("settings_lock.days"), "7")
    press(user, text("settings_lock.keep"))
    assert user.says(text("settings_lock.kept", days=7))
    assert user.store.lives.lock_after() == 7


def test_for_two_weeks_of_sick_leave_the_short_certificate_comes_first_and_both_are_made(sitting):
    user = sitting
    before, store = user.case.model.consultation, user.store
    weeks = (PeriodRow(degree=100, first="2026-11-23", last="2026-12-06"),)
    # Somebody else: the first patient's other certificate is part of the same sick leave.
    someone = before.patient.changed(number="19571231-2387")
    record = before.changed(patient=someone, answers={**before.answers, "32": weeks}, earlier=Earlier(had=False))
    row = next(d for d in store.open_case(user.first).documents if d.kind is DocumentKind.CERTIFICATE)
    short = store.document(row.id).changed(id=str(uuid4()), patient=someone, answers=record.answers)
    store.sign("short", store.save_case("short", record, 0), [(short, store.preview(row.id))], [])
    user.desk.workspace.open_case("short")
    assert offered(user) == ["Skapa AG1-14", "Skapa AG7804"]
    assert not user.says(text("life.send_first"))
    press(user, "Skapa AG1-14")
    user.keys.wait(lambda: user.case.model.case != "short", "the employer's certificate")
    made = store.open_case(user.case.model.case).consultation
    assert made.form == ("ag1-14", "2.0")
    assert made.diagnoses == before.diagnoses
    assert made.answers["7"] == 100
    assert made.answers["7.2"] == (PeriodRow(first="2026-11-23", last="2026-12-06"),)
    user.desk.workspace.open_case(user.first)
    assert offered(user) == ["Skapa AG7804", "Skapa AG1-14"]


@pytest.mark.parametrize("name", ["AG7804", "AG1-14"])
def test_an_employers_certificate_is_read_only_once_signed_asks_nothing_of_fk_and_is_renewed_on_its_form(sitting, name):
    user, store = sitting, sitting.store
    row = next(d for d in store.open_case(user.first).documents if d.kind is DocumentKind.CERTIFICATE)
    press(user, f"Skapa {name}")
    new = another(user)
    made = store.open_case(new)
    record, version = made.consultation, made.version
    if not record.period_rows:  # two periods can't be one: that question is left open
        record = record.changed(answers={**record.answers, "7.2": (PeriodRow(first="2026-11-23", last="2026-12-06"),)})
        version = store.save_case(new, record, version)
    signed = store.document(row.id).changed(id=str(uuid4()), form=record.form, answers=record.answers)
    store.sign(new, version, [(signed, store.preview(row.id))], [])
    user.desk.workspace.show_cases()
    user.desk.workspace.open_case(new)
    for step in range(1, 8):
        user.keys.press(f"Ctrl+{step}")
        assert not any(
            field.isEnabled() and field.isVisible() for field in user.case.page(user.case.step).fields.values()
        )
    user.keys.press("Ctrl+7")
    assert not user.says(text("inquiries.title"))
    way_out(user, "signed.save", DocumentKind.CERTIFICATE)
    user.keys.press("Space")
    buttons = [each.text() for each in user.case.findChildren(QPushButton)]
    assert text("signed.to_patient") in buttons
    assert text("signed.to_fk") not in buttons  # patient and journal alone
    user.keys.press("Escape")
    press(user, text("life.renew"))
    user.keys.wait(lambda: user.case.model.case != new, "the renewal")
    assert user.case.model.consultation.form == record.form
    assert user.says("Vad har hänt sedan dess?")


WRITTEN = (
    # the way in, what is answered first, the button, why not
    ("life.revoke", None, "revoke.do", "revoke.no_reason"),
    ("life.revoke", ("revoke.reason", "revocation.ANNAT_ALLVARLIGT_FEL"), "revoke.do", "not_allowed.no_reason"),
    ("inquiries.note", None, "question.keep", "question.wrong.no_subject"),
    ("inquiries.note", "subject.KOMPLT", "question.keep", "question.wrong.no_group"),
    ("inquiries.note", "subject.KONTKT", "question.keep", "question.wrong.no_words"),
)


@pytest.mark.parametrize(("way", "first", "button", "why"), WRITTEN)
def test_in_large_text_why_it_was_refused_stands_in_sight_with_what_is_to_be_mended(
    sitting_large, way, first, button, why
):
    user = sitting_large
    press(user, text(way))
    if isinstance(first, tuple):
        user.keys.choose(*map(text, first))
    elif first:
        user.keys.pick(text("question.subject"), text(first))
    press(user, text(button))
    QTest.qWait(50)
    (words,) = [label for label in user.desk.findChildren(QLabel) if label.text() == text(why) and label.isVisible()]
    for shown in (words, user.keys.held):
        assert in_sight(shown)


def test_in_large_text_a_signed_certificate_begins_with_its_papers_and_not_far_below_at_the_preview(sitting_large):
    user = sitting_large
    QTest.qWait(50)
    assert user.says(text("signed.title"))
    assert user.keys.held.text() == text("signed.save")
    assert in_sight(user.keys.held)


@pytest.mark.parametrize("way", ["life.replace", "life.complement"])
def test_what_takes_the_place_of_a_certificate_that_fk_has_reminds_to_be_sent_there_and_is_with_one_button(
    sitting, way
):
    user = sitting
    way_out(user, "signed.save", DocumentKind.CERTIFICATE)
    user.keys.press("Space", text("signed.key.fk"))
    user.saved.unlink()
    if way == "life.complement":
        note_complement(user)
    press(user, text(way))
    new = another(user)
    assert not user.says(text("life.send_on"))
    sign_alone(user)
    assert user.says(text("life.send_on"))
    press(user, text("life.send_on_do"))
    assert user.saved.exists()
    assert "fk" in life(user, new).recipients
    assert not user.says(text("life.send_on"))
    assert user.case.review.isAncestorOf(user.keys.held)


def test_a_reason_for_no_plan_is_told_once_for_all_that_takes_the_place_of_a_certificate(sitting):
    user, store = sitting, sitting.store
    alone = store.open_case(user.first).consultation.changed(no_plan="Patienten vill vänta.")
    row = next(d for d in store.open_case(user.first).documents if d.kind is DocumentKind.CERTIFICATE)
    signed = store.document(row.id).changed(id=str(uuid4()))
    store.sign("alone", store.save_case("alone", alone, 0), [(signed, store.preview(row.id))], [])
    user.desk.workspace.open_case("alone")
    press(user, text("life.replace"))
    user.keys.wait(lambda: user.case.model.case != "alone", "the replacement")
    sign_alone(user)
    assert user.case.model.consultation.no_plan == "Patienten vill vänta."


def test_a_certificate_of_version_1_is_replaced_on_todays_form_and_what_to_read_is_told(sitting):
    user, store = sitting, sitting.store
    now = store.open_case(user.first).consultation
    own = {"39": "ATER_X_ANTAL_DGR", "39.3": "SEXTIO_DGR", "20": "Nytt besök.", "40": ("ERGONOMISK",)}
    answers = {ref: value for ref, value in {**now.answers, **own}.items() if ref not in ("1", "39.4")}
    old = now.changed(form=("fk7804", "1.3"), answers=answers)
    row = next(d for d in store.open_case(user.first).documents if d.kind is DocumentKind.CERTIFICATE)
    signed = store.document(row.id).changed(id=str(uuid4()), form=old.form, answers=old.answers)
    store.sign("old", store.save_case("old", old, 0), [(signed, store.preview(row.id))], [])
    user.desk.workspace.open_case("old")
    press(user, text("life.replace"))
    user.keys.wait(lambda: user.case.model.case != "old", "the replacement")
    record = user.case.model.consultation
    assert record.form == ("fk7804", "2.0")
    assert (record.answers["39"], record.answers["39.4"]) == ("ATER_X_ANTAL_MANADER", 2)
    assert record.answers["19"].endswith("Nytt besök.")
    assert record.periods == now.periods
    assert user.says(text("life.carried", old="1.3", new="2.0", read="19, 39.4, 44"))


def test_a_signed_certificate_is_judged_as_of_the_day_that_it_was_signed(sitting):
    user = sitting
    user.today += timedelta(days=20)
    user.desk.workspace.show_cases()
    user.desk.workspace.open_case(user.first)
    assert user.case.model.signed_on == date(2026, 11, 23)
    assert "U-1" not in [problem.rule for problem in user.case.model.now.problems]
