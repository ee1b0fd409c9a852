"""What another edition of FMB means for the open cases, and how it is told."""

from datetime import date

from fmstod import fmb
from fmstod.domain.lifecycle import State
from fmstod.domain.review import Review
from fmstod.knowledge.update_text import Group
from fmstod.storage import editions
from fmstod.ui.cases.touched import is_open
from fmstod.ui.fmb.report import ReportView
from tests.knowledge.exports import DIAGNOSES, TYPFALL, as_bytes, brought_in, saved
from tests.storage.sample import TESS
from tests.ui.keys import held
from tests.ui.settings.clinic import COUGH, LONGER, TODAY
from tests.ui.test_walk import CASE, DUE, SIGNED
from tests.ui.windows import dressed, show

# The list of cases


def updated(clinic):
    clinic.store.save_case("a", COUGH, 0)
    clinic.store.save_case("b", TESS, 0)
    clinic.read()
    clinic.tell_day()
    clinic.use()
    clinic.desk.workspace.show_cases()


def test_open_cases_whose_recommendation_changed_are_listed_with_what_changed(clinic):
    updated(clinic)
    assert clinic.words(clinic.notice) == [
        "FMB är ändrad för ett ärende",
        "Hosta: upp till 2 veckor → upp till 3 veckor",
    ]
    clinic.press("Tess Kanariefågel, J20", clinic.notice)
    assert clinic.desk.workspace.case.model.case == "a"
    clinic.desk.workspace.show_cases()
    assert clinic.notice is not None


def test_of_many_touched_cases_five_show_and_the_others_one_press_away(clinic):
    for n in range(7):
        clinic.store.save_case(f"x{n}", COUGH, 0)
    updated(clinic)
    assert clinic.words(clinic.notice).count("Hosta: upp till 2 veckor → upp till 3 veckor") == 5
    clinic.press("Visa alla 8", clinic.notice)
    assert clinic.words(clinic.notice).count("Hosta: upp till 2 veckor → upp till 3 veckor") == 8
    assert clinic.notice.isAncestorOf(held())
    clinic.press("Jag har sett det", clinic.notice)
    assert clinic.notice is None


def test_it_stays_over_the_lock_until_it_is_said_to_be_seen(clinic):
    updated(clinic)
    clinic.lock()
    clinic.unlock()
    assert clinic.notice is not None
    clinic.press("Jag har sett det", clinic.notice)
    assert clinic.notice is None
    assert clinic.store.fmb_seen() == editions.used(clinic.home)[0]
    clinic.desk.workspace.show_cases()
    assert clinic.notice is None
    clinic.lock()
    clinic.unlock()
    assert clinic.notice is None


def test_an_update_by_the_command_is_told_at_the_next_unlock(clinic, tmp_path):
    clinic.store.save_case("a", COUGH, 0)
    clinic.desk.workspace.show_cases()
    clinic.lock()
    brought_in(clinic.home, single=LONGER, retrieved=date(2026, 11, 1))
    clinic.unlock()
    assert "Hosta: upp till 2 veckor → upp till 3 veckor" in clinic.words(clinic.notice)


def test_an_update_that_touches_no_open_case_counts_as_seen(clinic):
    clinic.store.save_case("b", TESS, 0)
    clinic.lock()
    name = brought_in(clinic.home, single=LONGER, retrieved=date(2026, 11, 1))
    clinic.unlock()
    assert clinic.notice is None
    assert clinic.store.fmb_seen() == name


def test_when_the_edition_before_is_gone_it_says_so(clinic):
    clinic.store.save_case("a", COUGH, 0)
    clinic.store.see_fmb("2020-01-01-000000000000")
    clinic.lock()
    clinic.unlock()
    assert any("Det går inte att visa vad som är ändrat" in line for line in clinic.words(clinic.notice))
    clinic.press("Jag har sett det", clinic.notice)
    assert clinic.notice is None


def test_answers_follow_a_renumbered_entry_into_an_open_draft(clinic):
    clinic.store.save_case("a", COUGH, 0)
    clinic.lock()
    later = [as_bytes(each).replace(b'"90000', b'"91000') for each in (DIAGNOSES, TYPFALL)]
    clinic.desk.world.home.joinpath("d").mkdir()
    clinic.chosen = saved(clinic.desk.world.home / "d", *later)
    clinic.unlock()
    clinic.read()
    clinic.tell_day()
    clinic.use()
    clinic.desk.workspace.show_cases()
    assert clinic.notice is None  # it says the same
    clinic.desk.workspace.open_case("a")
    assert clinic.desk.workspace.case.model.consultation.conditions == {"910001:severity": "mild"}


def test_a_damaged_edition_is_said_across_the_window_and_nobody_is_locked_out(clinic):
    clinic.lock()
    (clinic.home / "fmb" / editions.used(clinic.home)[0] / "meta.toml").unlink()
    fmb._own.cache_clear()
    clinic.unlock()
    assert any("är skadad. Programmets egen används" in line for line in clinic.words(clinic.desk.workspace.message))
    assert clinic.desk._knowledge.library.resolve("F32")


def test_a_review_of_what_changed_is_told(clinic):
    entry = clinic.desk._knowledge.library.resolve("J20").entry
    clinic.store.save_review(Review(entry=entry.fmb, content=entry.content, on=TODAY, by="Disa"))
    clinic.read()
    assert "Granskningar som inte gäller längre (1)" in clinic.report()


def test_drafts_and_cases_to_be_followed_up_are_open():
    assert is_open(CASE, TODAY)
    assert is_open(CASE.changed(periods=()), TODAY)
    assert is_open(DUE, TODAY)


def test_a_draft_that_nobody_signs_any_more_is_not_open():
    assert not is_open(CASE.changed(state=State.WITHOUT_LEAVE), TODAY)
    assert not is_open(CASE.changed(state=State.LOCKED), TODAY)


def test_a_signed_case_whose_time_is_over_is_not_open():
    past = SIGNED.periods[0].changed(first=date(2026, 1, 1), last=date(2026, 1, 31))
    over = SIGNED.changed(periods=(past,), followup=None)
    assert not is_open(over, TODAY)
    assert is_open(over.changed(followup=TODAY), TODAY)
    assert is_open(over, date(2026, 1, 31))


def test_a_short_report_takes_no_more_room_than_its_words(qtbot):
    view = show(qtbot, ReportView(dressed()), 600, 500)
    view.show_groups([Group("Inget skiljer", [["Filerna rekommenderar detsamma."]])])
    assert view._page.height() < 100
    assert view._page.verticalScrollBar().maximum() == 0
    view.show_groups([Group("Nya", [[f"Rad {n}"] for n in range(90)])])
    assert view._page.height() == 360
