"""What the checker of quality says while a certificate is being written: beside the text, by keys, and no louder."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel

from fmstod.certificate.latin1 import latin1
from fmstod.certificate.succeeding import renewing
from fmstod.domain.answers import IcfText
from fmstod.domain.document import DocumentKind
from fmstod.domain.event import Asked, Subject
from fmstod.domain.kept import Kept
from fmstod.domain.lifecycle import Relation
from fmstod.domain.problem import Level
from fmstod.files import read_demands, read_forms, read_frames
from fmstod.judging import read_rulebook
from fmstod.quality.frames import offered
from fmstod.ui.consultation_view import ConsultationView
from fmstod.ui.kit.boxes import TextBox
from fmstod.ui.kit.parts import column, panel, scroller
from fmstod.ui.models.signing import document_of, hindrances
from fmstod.ui.pages.handler import HandlerPage
from fmstod.ui.settings.quality import QualityCard
from tests.storage.sample import TESS as SIGNED
from tests.storage.sample import document
from tests.ui.checked import CASE, THIN, at_step, opened
from tests.ui.keys import CTRL, held, press, tab_to, type_text
from tests.ui.pages_1_4 import settle
from tests.ui.walk import clipped, nameless, shown
from tests.ui.windows import dressed, show

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
PAUSE = 2000  # ms, at most


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def case(qtbot, folder):
    """Opens cases, and lets go of them in the end."""
    made = []

    def open_up(*record, where=folder, **known):
        made.append(opened(where, *record, **known))
        return made[-1]

    yield open_up
    for view in made:
        view.flush()
        view.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for store in {id(view._session.store): view._session.store for view in made}.values():
        store.close()


@pytest.fixture
def view(case):
    return case()


def words(root):
    return [label.text() for label in shown(root, QLabel) if label.text()]


def marked(box):
    """What is underlined."""
    return [each.cursor.selectedText() for each in box.extraSelections()]


def asked_about(store, group):
    """Försäkringskassan has asked for a complement of a certificate that was signed here."""
    store.save_case("a", SIGNED, 0)
    store.sign("a", 1, [(document(), b"%PDF")], [])
    day = date(2026, 12, 1)
    store.lives.note("a", Asked(id="q", subject=Subject.COMPLEMENT, on=day, groups=(group,)))


def box_of(view, step, ref):
    return view.page(step).fields[ref].box


def rules(view):
    return {problem.rule for problem in view.model.heard}


def test_places_are_underlined_and_one_line_tells_how_much_there_is(qtbot, view):
    at_step(qtbot, view, 3)
    assert marked(box_of(view, 3, "35")) == ["upplever", "uppger"]
    assert len([line for line in words(view.page(3)) if line.endswith("om funktionsnedsättning.")]) == 1


def test_what_is_typed_is_judged_when_the_user_pauses_and_not_before(qtbot, view):
    at_step(qtbot, view, 4)
    box = box_of(view, 4, "17")
    before = view.model.heard
    box.setFocus()
    press(Key.Key_A, modifiers=CTRL)
    type_text("Kan inte möta anhöriga mer än tio minuter eller dela läkemedel.")
    assert view.model.heard == before
    qtbot.waitUntil(lambda: "INT-01" not in rules(view), timeout=PAUSE)
    assert marked(box) == []


def test_f8_goes_from_place_to_place_over_the_steps_and_round(qtbot, view):
    at_step(qtbot, view, 1)
    seen = []
    for _ in range(12):
        press(Key.Key_F8)
        settle()
        seen.append((view.step, held().textCursor().position() if isinstance(held(), TextBox) else -1))
        if seen.count(seen[0]) > 1:
            break
    assert (3, 10) in seen
    assert (3, 32) in seen
    assert (4, 33) in seen
    assert (4, 42) in seen
    assert seen[-1] == seen[0]
    press(Key.Key_F8, modifiers=SHIFT)
    assert (view.step, held().textCursor().position()) == (4, 42)


def test_in_a_place_the_line_says_what_and_what_to_do_and_a_screen_reader_hears_it(qtbot, view):
    at_step(qtbot, view, 4)
    while "telefonnummer" not in held().accessibleDescription():
        press(Key.Key_F8)
    assert any("Ta bort det" in line for line in words(view.page(4)))
    press(Key.Key_Home)
    assert any(line == "2 varningar om aktivitetsbegränsning." for line in words(view.page(4)))


def test_why_and_who_says_so_unfold_by_keys(qtbot, view):
    at_step(qtbot, view, 4)
    box_of(view, 4, "17").setFocus()
    tab_to("Visa: 2 varningar om aktivitetsbegränsning.")
    press(Key.Key_Space)
    press(Key.Key_Tab)
    assert held().accessibleName().startswith("Varför: ")
    press(Key.Key_Space)
    assert any("Källa:" in line for line in words(view.page(4)))
    press(Key.Key_Escape)
    assert held().accessibleName().startswith("Visa: ")
    assert not any("Källa:" in line for line in words(view.page(4)))


def keep(view, name, reason):
    box_of(view, 4, "17").setFocus()
    tab_to("Visa: 2 varningar om aktivitetsbegränsning.")
    press(Key.Key_Space)
    tab_to(name)
    press(Key.Key_Space)
    type_text(reason)
    press(Key.Key_Return)
    settle()


NAMED = (
    "Behåll ändå: Fråga 17 ser ut att nämna någon vid namn. "
    "Skriv i stället vem det är för patienten, till exempel chefen."
)


def test_what_is_kept_goes_quiet_with_its_reason_in_the_record_and_is_counted(qtbot, view, case):
    at_step(qtbot, view, 4)
    box = box_of(view, 4, "17")
    assert "Karin" in marked(box)
    keep(view, NAMED, "Patientens eget ord för stället.")
    assert "Karin" not in marked(box)
    assert held() is box
    (kept,) = view.model.consultation.kept
    assert (kept.said, kept.field, kept.words) == ("INT-01", "17", ("karin",))
    assert kept.reason == "Patientens eget ord för stället."
    assert view._session.store.checker.kept() == {"INT-01": 1}
    assert view.flush()
    again = case(store=view._session.store)
    assert again.model.consultation.kept == (kept,)


def test_what_is_kept_is_taken_back_where_it_stands_and_by_undo(qtbot, view):
    at_step(qtbot, view, 4)
    keep(view, NAMED, "Skäl")
    assert len(view.checking.quality.kept) == 1
    box = box_of(view, 4, "17")
    box.setFocus()
    press(Key.Key_Z, modifiers=CTRL)
    qtbot.waitUntil(lambda: "Karin" in marked(box), timeout=PAUSE)
    assert view.model.consultation.kept == ()


def test_of_other_words_in_the_same_place_it_is_said_again(qtbot, view):
    at_step(qtbot, view, 4)
    keep(view, NAMED, "Skäl")
    type_text(" Ringer också chefen Peter.")
    qtbot.waitUntil(lambda: "Peter" in marked(box_of(view, 4, "17")), timeout=PAUSE)


def test_nothing_that_it_says_hinders_signing_or_counts_as_an_error(view):
    assert view.model.heard
    assert all(problem.level is not Level.ERROR for problem in view.model.heard)
    assert not [p for p in hindrances(view.model, DocumentKind.CERTIFICATE) if p in view.model.heard]


def test_it_is_silent_under_smittskydd_and_once_signed(qtbot, view):
    view.model.answer("27.1", True)
    view.checking.quality.read()
    assert view.model.heard == ()
    view.model.answer("27.1", None)
    view.checking.quality.read()
    assert view.model.heard
    view.model.seal(signed=True, plan_signed=True)
    view.checking.quality.read()
    assert view.model.heard == ()


def test_step_7_lists_one_line_for_each_group_and_leads_to_its_place(qtbot, view):
    at_step(qtbot, view, 7)
    rows = [row.text() for row in view.review.list.rows]
    (line,) = [n for n, row in enumerate(rows) if row.endswith("om funktionsnedsättning.")]
    assert not any("Skriv ett fynd" in row for row in rows)
    view.review.list.rows[line].setFocus()
    press(Key.Key_Return)
    assert view.step == 3


def test_what_the_unit_is_asked_about_most_comes_first(qtbot, case, folder):
    before = case()
    assert before.model.heard[0].ref == "17"
    store = before._session.store
    asked_about(store, "impairment")
    again = case(store=store)
    assert next(p.ref for p in again.model.heard) == "35"
    assert next(p for p in again._problems() if p.level is Level.WARNING).ref == "35"


def test_of_nothing_written_or_on_a_form_that_the_rules_are_not_about_it_says_nothing(case, tmp_path):
    assert case(THIN.changed(answers={})).model.heard == ()
    other = THIN.changed(form=("luse", "1.3"), answers={"35": IcfText(text="Trött.")})
    assert case(other, where=tmp_path / "other").model.heard == ()


def test_a_muted_tip_is_not_heard(view):
    view.model.answer("35", IcfText(text="Uppmärksamhet prövad i ... minuter."))
    view.checking.quality.read()
    said = [p for p in view.model.heard if p.level is Level.TIP]
    assert said
    view._session.store.checker.mute(said[0].rule, muted=True)
    view.checking.quality.read()
    assert [p for p in view.model.heard if p.level is Level.TIP] == [p for p in said if p.rule != said[0].rule]


def test_what_has_no_place_waits_until_the_text_has_been_left(qtbot, case):
    view = case(THIN.changed(answers={k: v for k, v in THIN.answers.items() if k != "35"}))
    at_step(qtbot, view, 3)
    box = box_of(view, 3, "35")
    box.setFocus()
    type_text("Trött och ledsen, säger han.")
    qtbot.waitUntil(lambda: "FUN-02" in rules(view), timeout=PAUSE)
    assert not any("Skriv ett fynd" in line or "varningar" in line for line in words(view.page(3)))
    press(Key.Key_Tab)
    settle()
    assert any("funktionsnedsättning" in line and "varning" in line for line in words(view.page(3)))


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_nothing_is_cut_or_nameless_folded_or_not(qtbot, case, size):
    view = case(look=dressed(text=size))
    at_step(qtbot, view, 4)
    page = view.page(4)
    for notes in view.checking._notes.values():
        notes.unfold(True)
    settle()
    assert clipped(page) == []
    assert nameless(page) == []


def test_a_sentence_is_put_in_and_tab_goes_from_gap_to_gap_and_then_on(qtbot, view):
    at_step(qtbot, view, 4)
    box = box_of(view, 4, "17")
    box.setFocus()
    press(Key.Key_A, modifiers=CTRL)
    press(Key.Key_Delete)
    tab_to("Meningar att fylla i")
    press(Key.Key_Space)
    press(Key.Key_Tab)
    while held().text() != "Sitta":
        press(Key.Key_Right)
    press(Key.Key_Space)
    assert held() is box
    for words_ in ("20", "2", "6"):
        type_text(words_)
        press(Key.Key_Tab)
    assert (
        box.toPlainText()
        == "Patienten sitter högst 20 minuter i taget och 2 timmar på en dag; arbetet kräver 6 timmar."
    )
    assert held() is not box


def test_a_gap_that_is_left_is_a_tip(qtbot, view):
    at_step(qtbot, view, 4)
    view.checking._frames["17"].gaps.put_in("Patienten står högst ... minuter i taget.")
    qtbot.waitUntil(lambda: "MEN-01" in rules(view), timeout=PAUSE)
    assert "..." in marked(box_of(view, 4, "17"))
    assert {p.level for p in view.model.heard if p.rule == "MEN-01"} == {Level.TIP}


def test_each_demand_of_the_work_can_be_answered_in_words(qtbot, view):
    at_step(qtbot, view, 4)
    name = "Skriv om Göra flera saker samtidigt i fråga 17"
    box_of(view, 4, "17").setFocus()
    tab_to(name)
    press(Key.Key_Space)
    assert held() is box_of(view, 4, "17")
    assert "saker i taget" in held().toPlainText()
    assert held().textCursor().selectedText() == "..."


def test_every_demand_has_its_sentence_and_no_sentence_tells_a_finding():
    frames = read_frames()
    assert len(frames) >= 20
    demands = {demand.key for demand in read_demands().demands()}
    assert {demand for frame in frames for demand in frame.demands} == demands
    assert all("…" in frame.says and latin1(frame.sentence)[1] == "" for frame in frames)


def test_what_fits_the_picked_categories_comes_first():
    keys = [frame.key for frame in offered(read_frames(), "35", {"b280", "b710"})]
    assert set(keys[:2]) == {"pain", "mobility"}


LINKED = THIN.changed(
    answers={
        **THIN.answers,
        "35": IcfText(text="Vid samtalet tappar hon tråden. Andfådd i vila, saturation 91 procent."),
        "17": IcfText(text="Kan inte prioritera larm mer än tio minuter."),
    }
)


def test_f7_shows_the_chain_with_its_lines_and_gaps_in_words_too_and_goes_again(qtbot, case):
    view = at_step(qtbot, case(LINKED), 4)
    field = held()
    press(Key.Key_F7)
    settle()
    page = view.findChild(HandlerPage)
    told = held().accessibleDescription()
    assert held() is page.chain
    assert "F43.8A Utmattningssyndrom leder till Vid samtalet tappar hon tråden." in told
    assert "Vid samtalet tappar hon tråden leder till Kan inte prioritera larm mer än tio minuter." in told
    assert any(line.startswith("Andfådd i vila") and "ingen diagnos" in line for line in words(page))
    assert clipped(page) == []
    press(Key.Key_Escape)
    assert held() is field


@pytest.mark.parametrize("step", [3, 4, 7])
def test_a_button_leads_there_too(qtbot, case, step):
    view = at_step(qtbot, case(LINKED), step)
    tab_to("Så läser handläggaren (F7)")
    press(Key.Key_Space)
    assert view.findChild(HandlerPage).isVisible()


def test_of_an_empty_certificate_the_chain_says_that_nothing_is_there(qtbot, case):
    view = at_step(qtbot, case(THIN.changed(answers={})), 3)
    press(Key.Key_F7)
    settle()
    assert words(view.findChild(HandlerPage)).count("Inget som går att följa än.") == 3


def test_the_settings_tell_how_often_a_rule_was_kept_and_let_a_tip_be_silent(qtbot, view):
    store = view._session.store.checker
    first, *_, last = (rule.id for rule in read_rulebook().rules)
    for _ in range(3):
        store.count_kept(last)
    card = QualityCard(dressed(), view._session)
    show(qtbot, scroller(panel(column(card, ...)), "window"), 720)
    card.focus_first()
    press(Key.Key_Space)
    settle()
    said = words(card)
    assert "Behållits ändå på den här datorn: 3." in said
    assert said.index(last) < said.index(first)
    assert set(card.mutes) == {rule.id for rule in read_rulebook().rules if rule.level is Level.TIP}
    tab_to("Tysta MEN-01")
    press(Key.Key_Space)
    assert store.muted() == {"MEN-01"}
    assert "MEN-01 är tyst från och med nu." in words(card)
    press(Key.Key_Space)
    assert store.muted() == frozenset()
    assert clipped(card) == []
    assert nameless(card) == []


def test_a_renewal_is_read_beside_the_certificate_that_it_renews(case):
    before = case()
    store = before._session.store
    signed = document_of(before.model, DocumentKind.CERTIFICATE, "d1", before._session.now())
    store.sign(CASE, 1, [(signed, b"%PDF")], [])
    assert not {"FUN-06", "VAR-04"} & rules(before)
    store.lives.begin("renewed", THIN, Relation.RENEWS, CASE)
    renewal = ConsultationView(before._look, before._session, store.open_case("renewed"))
    assert {"FUN-06", "VAR-04"} & rules(renewal)
    renewal.deleteLater()


def test_what_was_kept_in_a_certificate_is_judged_anew_in_its_renewal():
    record = THIN.changed(kept=(Kept(said="FUN-02", field="35", reason="Skäl"),))
    assert renewing(record, read_forms()["fk7804", "2.0"]).kept == ()
