"""Beginning any certificate from the list, and seeing any of them on paper with one key."""

import shutil

from PySide6.QtWidgets import QApplication

from fmstod.domain.consultation import FORM
from fmstod.texts import text
from fmstod.ui.cases.forms import others_to_begin
from fmstod.ui.cases.table import CaseTable
from fmstod.ui.pages.paper import PaperPage
from tests.ui.walk import clipped, nameless


def to_the_list(user):
    user.unlock()
    user.keys.wait(lambda: user.desk.workspace is not None, "unlocked workspace")
    user.keys.wait(lambda: isinstance(QApplication.focusWidget(), CaseTable), "the list")


def paper_of(user):
    return next((page for page in user.desk.findChildren(PaperPage) if page.isVisible()), None)


def begin(user, at):
    """The form that stands at this place among the others."""
    user.keys.tab_to(text("other_forms.open"))
    user.keys.press("Space", *["Down"] * at, "Return")
    user.keys.wait(lambda: user.case is not None, "new case")


def test_each_other_form_begins_a_case_that_is_kept_and_listed_with_its_name(sit_down, draft):
    with sit_down() as user:
        to_the_list(user)
        for at, form in enumerate(others_to_begin()):
            begin(user, at)
            assert user.case.model.consultation.form == (form.form, form.version)
            assert user.case.step == 1
            user.keys.fill(text("own.patient.id.label"), "19840512-9803")
            user.desk.workspace.show_cases()
            user.keys.wait(lambda: isinstance(QApplication.focusWidget(), CaseTable), "the list")
            kept = [row for row in user.store.cases() if row.form == (form.form, form.version)]
            assert [row.number for row in kept] == ["19840512-9803"]


def test_ctrl_n_still_begins_the_usual_form(sit_down, draft):
    with sit_down() as user:
        to_the_list(user)
        user.keys.press("Ctrl+N")
        assert user.case.model.consultation.form == FORM


def test_one_key_shows_the_paper_from_each_step_and_escape_leads_back_to_the_field(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        for step in range(1, 8):
            user.keys.press(f"Ctrl+{step}", "Tab")
            held = user.keys.held
            user.keys.press("Ctrl+P")
            page = paper_of(user)
            user.keys.wait(lambda page=page: page.preview.page_count > 0, "the certificate on paper")
            assert page.preview.isAncestorOf(user.keys.held)
            assert not clipped(page)
            assert not nameless(page)
            user.keys.press("Escape")
            assert paper_of(user) is None
            assert user.keys.held is held


def test_the_same_key_puts_it_away_and_a_step_s_key_leads_there(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        held = user.keys.held
        user.keys.press("Ctrl+P", "Ctrl+P")
        assert paper_of(user) is None
        assert user.keys.held is held
        user.keys.press("Ctrl+P", "Ctrl+3")
        assert paper_of(user) is None
        assert user.case.step == 3


def test_a_form_without_a_plan_shows_its_certificate_alone(sit_down, draft):
    with sit_down() as user:
        to_the_list(user)
        begin(user, 2)
        user.keys.press("Ctrl+P")
        assert not paper_of(user).preview.tabs.isVisible()


def test_a_signed_case_is_seen_on_paper_in_the_list(sit_down, done, own_home):
    shutil.copytree(done[0] / "store", own_home)
    with sit_down() as user:
        to_the_list(user)
        user.keys.press("Ctrl+P")
        page = paper_of(user)
        user.keys.wait(lambda: page.preview.page_count > 0, "the certificate on paper")
        assert page.accessibleName() == text("paper_page.of", name="Tess Testsson")
        user.keys.press("Escape")
        assert paper_of(user) is None
        assert isinstance(user.keys.held, CaseTable)


def test_a_draft_in_the_list_tells_how_it_is_seen_on_paper(sit_down, draft):
    with sit_down() as user:
        to_the_list(user)
        user.keys.press("Ctrl+P")
        assert paper_of(user) is None
        assert user.says(text("paper_page.draft"))


def test_the_lock_takes_along_what_lies_over_the_work(sit_down, draft):
    with sit_down() as user:
        user.open_up()
        user.keys.press("Ctrl+P", "Ctrl+L")
        user.keys.wait(lambda: user.desk.workspace is None, "locked window")
        assert paper_of(user) is None
        user.unlock()
        user.keys.wait(lambda: user.desk.workspace and user.case and user.case.isVisible(), "open case")
        user.keys.picture()  # until all has its place
        user.keys.press("F1")
        user.keys.wait(lambda: user.says(text("keys.title")), "list of keys")
        user.keys.tab_to(text("rules.open"))
        user.keys.press("Space")
        assert user.says(text("rules.title"))
        user.keys.press("Ctrl+L")
        user.keys.wait(lambda: user.desk.workspace is None, "locked window")
        assert not user.says(text("rules.title"))
