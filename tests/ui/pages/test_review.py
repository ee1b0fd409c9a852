"""Step 7: the papers as they will be printed, what is left, the signature and the ways out."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from reportlab.pdfgen.canvas import Canvas

from fmstod.domain.consultation import Consultation
from fmstod.domain.document import DocumentKind
from fmstod.storage.store import DocumentRow, Recipient
from fmstod.ui.life.signing import DocumentCard
from fmstod.ui.pages.patient import PatientPage
from fmstod.ui.pages.review import ReviewPage
from fmstod.ui.plan.page import PlanPage
from tests.ui.keys import held, press, type_text
from tests.ui.pages_1_4 import go_to, shown
from tests.ui.pages_5_7 import consult, ready, tess
from tests.ui.walk import shown as visible

PHRASE = "korrekt häst batteri"


class Papers:
    """Makes a page for each asked kind; the real papers have tests of their own."""

    def __init__(self, pages=2):
        self.asked, self._pages = [], pages

    def __call__(self, kind):
        self.asked.append(kind)
        file = BytesIO()
        canvas = Canvas(file, invariant=True)
        for page in range(self._pages):
            canvas.drawString(72, 720, f"{kind} {page} {len(self.asked)}")
            canvas.showPage()
        canvas.save()
        return file.getvalue()


def open_page(qtbot, model, papers=None, **options):
    return shown(qtbot, lambda look, given: ReviewPage(look, given, papers or Papers()), model, **options)


def rows(*kinds):
    at = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)
    return [DocumentRow(id=f"id-{kind}", kind=kind, signed_at=at) for kind in kinds]


def test_step_7_takes_what_is_left_and_asks_to_sign_by_keys_alone(qtbot):
    model = consult(ready())
    page = open_page(qtbot, model)
    go_to("Övriga upplysningar")
    type_text("Börjar i dag")
    go_to("Be Försäkringskassan kontakta dig")
    press(Qt.Key.Key_Space)
    go_to("Varför vill du bli kontaktad?")
    type_text("Avstämning")
    go_to("Din lösenfras igen")
    type_text(PHRASE)
    press(Qt.Key.Key_Return)
    assert held().accessibleName() == "Signera intyg och plan"
    with qtbot.waitSignal(page.sign_wanted) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [PHRASE, True]
    assert not page.sign.passphrase.text(), "the passphrase doesn't stay"
    answers = model.consultation.answers
    assert (answers["25"], answers["26"], answers["26.2"]) == ("Börjar i dag", True, "Avstämning")


def test_who_it_is_for_stands_beside_the_passphrase(qtbot):
    page = open_page(qtbot, consult(ready()))
    assert page.sign.name.text() == "Tess Testsson"
    assert page.sign.number.text() == "19840512-9803"


def test_the_paper_is_shown_at_once_and_again_after_a_pause(qtbot):
    papers, model = Papers(), consult(ready())
    page = open_page(qtbot, model, papers)
    qtbot.waitUntil(lambda: page.preview.page_count == 2)
    first = len(papers.asked)
    for letter in ("a", "ab", "abc"):
        model.answer("25", letter)
    assert len(papers.asked) == first, "nothing is rendered while the user types"
    qtbot.waitUntil(lambda: len(papers.asked) == first + 1)
    assert page.preview.view.accessibleName() == "Förhandsvisning av Intyg, 2 sidor"


def test_one_page_is_no_pages(qtbot):
    page = open_page(qtbot, consult(ready()), Papers(pages=1))
    qtbot.waitUntil(lambda: page.preview.page_count == 1)
    assert page.preview.view.accessibleName() == "Förhandsvisning av Intyg, 1 sida"


def test_pages_that_just_fill_the_view_dont_hang_the_window(qtbot):
    """With two pages of A4 it happened where a bar beside them made just enough room to need none."""
    page = open_page(qtbot, consult(ready()))
    qtbot.waitUntil(lambda: page.preview.page_count == 2)
    view = page.preview.view
    drawn = []
    for width in range(290, 330):
        page.preview.setFixedSize(width, 900)
        drawn.append(view.verticalScrollBar().isVisible())
        QApplication.processEvents()
    assert all(drawn)


def test_the_plan_has_a_tab_of_its_own(qtbot):
    papers = Papers()
    page = open_page(qtbot, consult(ready()), papers)
    page.preview.tabs.setFocus()
    go_to("Plan")
    press(Qt.Key.Key_Space)
    assert papers.asked[-1] is DocumentKind.PLAN
    press(Qt.Key.Key_Space)
    assert page.preview.tabs.value is DocumentKind.PLAN, "looking is no answer to take back"


def test_each_problem_is_one_key_from_its_place(qtbot):
    answers = {key: value for key, value in ready().answers.items() if key not in ("39", "plan.participated")}
    page = open_page(qtbot, consult(ready().changed(answers=answers)))
    assert [row.text()[:5] for row in page.list.rows] == ["Välj ", "Svara"]
    page.list.focus_first()
    with qtbot.waitSignal(page.place_wanted) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == ["39"]


def test_signing_what_lacks_something_leads_to_the_list(qtbot):
    answers = {key: value for key, value in ready().answers.items() if key != "39"}
    model = consult(ready().changed(answers=answers))
    page = open_page(qtbot, model)
    page.sign.passphrase.setFocus()
    type_text(PHRASE)
    with qtbot.assertNotEmitted(page.sign_wanted):
        page.sign.with_plan.click()
    assert model.asked
    assert held() is page.list.rows[0]
    assert "En sak hindrar" in page.sign.passphrase.accessibleDescription()


def test_without_a_plan_a_reason_is_asked_for_first(qtbot):
    answers = {key: value for key, value in ready().answers.items() if not key.startswith("plan.")}
    model = consult(ready().changed(answers=answers))
    page = open_page(qtbot, model)
    page.sign.passphrase.setText(PHRASE)
    with qtbot.assertNotEmitted(page.sign_wanted):
        page.sign.alone.click()
    assert held().accessibleName() == "Varför ingen plan nu?"
    type_text("Väntar på remissvar")
    assert model.consultation.no_plan == "Väntar på remissvar"
    with qtbot.waitSignal(page.sign_wanted) as asked:
        page.sign.alone.click()
    assert asked.args == [PHRASE, False]
    assert page.list.rows == [], "what the plan lacks is no longer listed"


def test_no_passphrase_signs_nothing(qtbot):
    page = open_page(qtbot, consult(ready()))
    with qtbot.assertNotEmitted(page.sign_wanted):
        page.sign.with_plan.click()
    assert held() is page.sign.passphrase


def test_a_refusal_is_said_beside_the_passphrase(qtbot):
    page = open_page(qtbot, consult(ready()))
    page.refuse("Fel lösenfras. Ingenting är signerat.")
    assert held() is page.sign.passphrase
    assert page.sign.passphrase.accessibleDescription().startswith("Fel lösenfras")


def test_after_the_certificate_only_the_plan_is_left_to_sign(qtbot):
    model = consult(ready())
    page = open_page(qtbot, model)
    model.seal(signed=True, plan_signed=False)
    page.show_documents(rows(DocumentKind.CERTIFICATE))
    assert not page.sign.alone.isVisible()
    assert not page.fields["25"].isVisible()
    page.sign.passphrase.setText(PHRASE)
    assert page.sign.with_plan.text() == "Signera planen"
    with qtbot.waitSignal(page.sign_wanted) as asked:
        page.sign.with_plan.click()
    assert asked.args == [PHRASE, True]


def test_after_both_nothing_is_left_to_sign(qtbot):
    page = open_page(qtbot, consult(ready()))
    page.show_documents(rows(*DocumentKind))
    assert not page.sign.isVisible()
    assert len(visible(page, DocumentCard)) == 2


@pytest.mark.parametrize(
    ("key", "recipient"),
    [(Qt.Key.Key_P, Recipient.PATIENT), (Qt.Key.Key_F, Recipient.FK), (Qt.Key.Key_J, Recipient.JOURNAL)],
)
def test_one_key_says_for_whom_a_document_leaves(qtbot, key, recipient):
    page = open_page(qtbot, consult(ready()))
    page.show_documents(rows(*DocumentKind))
    plan = visible(page, DocumentCard)[1]
    plan.print.setFocus()
    press(Qt.Key.Key_Return)
    with qtbot.waitSignal(page.release_wanted) as asked:
        press(key)
    assert asked.args == ["id-plan", recipient, "print"]


def test_esc_lets_the_document_stay(qtbot):
    page = open_page(qtbot, consult(ready()))
    page.show_documents(rows(DocumentKind.CERTIFICATE))
    card = visible(page, DocumentCard)[0]
    card.save.setFocus()
    press(Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(page.release_wanted):
        press(Qt.Key.Key_Escape)
    assert held() is card.save


def test_the_preview_can_have_the_whole_width(qtbot):
    page = open_page(qtbot, consult(ready()))
    beside = page.preview.view.width()
    page.room.wide.click()
    qtbot.waitUntil(lambda: page.preview.view.width() > beside + 200)
    page.room.wide.click()
    qtbot.waitUntil(lambda: page.preview.view.width() == beside)


@pytest.mark.parametrize("problems", [False, True])
def test_both_ways_to_sign_are_in_sight_at_the_smallest_usual_window(qtbot, problems):
    model = consult(tess() if problems else ready())
    model.ask()
    page = open_page(qtbot, model, width=1080, height=588)  # what 1280 × 800 leaves
    for made in (page.sign.alone, page.sign.with_plan, page.sign.passphrase):
        assert made.visibleRegion().boundingRect().height() == made.height()
    assert page.area.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize(("kind", "text"), [(PlanPage, 2.0), (PlanPage, 1.0), (PatientPage, 2.0)])
def test_the_focus_is_in_sight_where_a_step_begins(qtbot, kind, text):
    shown(qtbot, kind, consult(ready()), text=text, width=904, height=362)  # what 200 % leaves at 1280 × 800
    QTest.qWait(1)
    assert held().visibleRegion().boundingRect().height() == held().height()


def test_a_wide_window_makes_no_line_longer_than_can_be_read(qtbot):
    page = shown(qtbot, PatientPage, consult(ready()), width=1700, height=900)
    assert max(field.width() for field in page.fields.values()) <= 880


def captions(page):
    return [label.text() for label in page.list.findChildren(QLabel) if label.property("role") == "label"]


def test_much_that_is_left_stands_under_the_steps_where_it_is_mended(qtbot):
    page = open_page(qtbot, consult(Consultation()))
    of_certificate = captions(page)[: captions(page).index("6. Plan")]
    assert of_certificate == ["1. Patient", "2. Diagnos", "3. Funktion", "4. Aktivitet", "5. Bedömning"]


def test_little_that_is_left_needs_no_headings(qtbot):
    page = open_page(qtbot, consult(ready().changed(answers={**ready().answers, "29": ""})))
    assert page.list.rows
    assert not captions(page)
