"""Handing out the patient's page and the employer's extract: what is ticked, what is logged, what leaves."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from fmstod.domain.answers import Diagnosis
from fmstod.domain.consultation import Consultation, Earlier
from fmstod.domain.lifecycle import Life, Relation, Successor
from fmstod.errors import CannotWrite, NotAllowed, StoreUnwritable
from fmstod.files import read_forms
from fmstod.storage.store import Activity, DocumentRow, Recipient, StoredCase
from fmstod.ui.life.handing_out import Offer, Paper, Wanted, hand_out, offers
from fmstod.ui.life.handouts import HandoutsCard
from fmstod.ui.pages.review import ReviewPage
from fmstod.ui.pages.reviewed import tells_of_leave
from fmstod.ui.papers import Papers
from tests.reports import samples
from tests.ui.keys import held, press
from tests.ui.pages_5_7 import consult, ready
from tests.ui.windows import dressed, show

CASE = Consultation(
    earlier=Earlier(had=True, days=3), answers={"6": (Diagnosis(code="F438A", text="Utmattningssyndrom"),)}
)
TEXTS = {
    "plan.steps": Offer("Arbete i varje steg", "Korta dagpass.", ""),
    "17": Offer("Aktivitetsbegränsning", "Tecken på utmattning. " * 30, "utmattning"),
}
ROWS = tuple(
    DocumentRow(id=document.id, kind=document.kind, signed_at=document.signed_at)
    for document in (samples.CERTIFICATE, samples.THE_PLAN)
)


def stored(rows=ROWS, life=None):
    return StoredCase(id="a", version=1, consultation=CASE, documents=rows, procedures=(), life=life or Life())


class Store:
    """Tells what was let out, and refuses when it is told to."""

    def __init__(self, refusal=None, rows=ROWS, life=None):
        self.let_out, self.refusal, self.case = [], refusal, stored(rows, life)
        self.lives = SimpleNamespace(certificates=lambda _number, _case: ())

    def open_case(self, name):
        assert name == "a"
        return self.case

    def document(self, name):
        return {document.id: document for document in (samples.CERTIFICATE, samples.THE_PLAN)}[name]

    def release(self, document, recipient, activity, way, reason="", marking=None):
        if self.refusal:
            raise self.refusal
        with way(b"the stored certificate, with its diagnosis"):
            self.let_out.append((document, recipient, activity, reason))
            self.marking = marking


def session(store, **ways):
    papers = Papers(
        questions=lambda *given: b"%PDF questions",
        followup=lambda *given: b"%PDF note",
        offered=lambda _certificate, _plan: {ref: offer.said for ref, offer in TEXTS.items()},
        page=lambda _certificate, plan, earlier, newer: f"page {plan and plan.kind} {earlier} {newer}".encode(),
        extract=lambda _certificate, _plan, ticks: f"extract {ticks}".encode(),
    )
    usual = {"choose_file": lambda _name: None, "can_print": lambda: True, "ask_printer": lambda: None}
    return SimpleNamespace(store=store, papers=papers, **{**usual, **ways})


def card(qtbot, texts=TEXTS):
    asked = []
    made = HandoutsCard(dressed(), lambda: asked.append(1) or texts)
    made.asked = asked
    return show(qtbot, made, width=344)


def test_no_text_is_ticked_and_none_is_read_before_it_is_asked_for(qtbot):
    made = card(qtbot)
    assert made.asked == []
    assert made.ticks == {}
    with qtbot.waitSignal(made.wanted) as sent:
        made.ways[Paper.EMPLOYER, False].click()
    assert sent.args == [Wanted(Paper.EMPLOYER, (), False)]
    made.texts.click()
    assert made.asked == [1]
    assert not any(tick.isChecked() for tick in made.ticks.values())


def test_a_tick_holds_for_one_copy_and_never_for_the_patients_page(qtbot):
    made = card(qtbot)
    made.texts.click()
    assert held() is made.ticks["plan.steps"]
    press(Qt.Key.Key_Space)
    assert made.ticks["plan.steps"].isChecked()
    sent = []
    made.wanted.connect(sent.append)
    made.ways[Paper.EMPLOYER, True].click()
    made.ways[Paper.EMPLOYER, True].click()
    made.ticks["17"].click()
    made.ways[Paper.PATIENT, False].click()
    assert sent == [
        Wanted(Paper.EMPLOYER, ("plan.steps",), True),
        Wanted(Paper.EMPLOYER, (), True),
        Wanted(Paper.PATIENT, (), False),
    ]


def test_texts_that_are_put_away_do_not_go_along(qtbot):
    made = card(qtbot)
    made.texts.click()
    made.ticks["17"].click()
    made.texts.click()
    with qtbot.waitSignal(made.wanted) as sent:
        made.ways[Paper.EMPLOYER, False].click()
    assert sent.args == [Wanted(Paper.EMPLOYER, (), False)]


def test_a_text_that_names_the_diagnosis_is_pointed_out_beside_its_tick(qtbot):
    made = card(qtbot)
    made.texts.click()
    said = [label.text() for label in made.findChildren(QLabel) if label.isVisible()]
    assert said.count("Texten nämner diagnosen: utmattning.") == 1
    assert "Korta dagpass." in said
    assert max(len(words) for words in said) < 200, "a long text is only begun"


def test_nothing_to_tick_is_said(qtbot):
    made = card(qtbot, {})
    made.texts.click()
    assert any("inga egna texter" in label.text() for label in made.findChildren(QLabel))


def test_texts_that_can_not_be_read_are_told_of_and_the_extract_goes_without(qtbot):
    def fails():
        raise StoreUnwritable

    made = show(qtbot, HandoutsCard(dressed(), fails), width=344)
    made.texts.click()
    assert made.ticks == {}
    assert any(label.property("tone") == "error" and label.isVisible() for label in made.findChildren(QLabel))


@pytest.mark.parametrize("text", [1.0, 2.0])
def test_the_ticks_fit_beside_the_preview(qtbot, text):
    made = HandoutsCard(dressed(text=text), lambda: offers(session(Store()), ROWS, CASE))
    show(qtbot, made, width=round(320 * (1 if text == 1 else 2.4)))
    made.texts.click()
    assert made.sizeHint().width() <= made.width()


def test_the_diagnosis_is_looked_for_in_each_text():
    found = offers(session(Store()), ROWS, CASE)
    assert {ref: offer.names for ref, offer in found.items()} == {"plan.steps": "", "17": "utmattning"}


def test_the_extract_is_saved_instead_of_the_certificate_and_the_ticks_are_logged(tmp_path):
    store, suggested = Store(), []
    ways = {"choose_file": lambda name: suggested.append(name) or tmp_path / name}
    said = hand_out(session(store, **ways), "a", Wanted(Paper.EMPLOYER, ("17",), False))
    assert suggested == [f"arbetsgivare-{samples.CERTIFICATE.id[:8]}.pdf"]
    assert (tmp_path / suggested[0]).read_bytes() == b"extract ('17',)"
    reason = "utdrag till arbetsgivaren, 17"
    assert store.let_out == [(samples.CERTIFICATE.id, Recipient.PATIENT, Activity.EXPORT, reason)]
    assert said == "Utdraget till arbetsgivaren är sparat. Utlämnandet är loggat."


@pytest.mark.parametrize(("rows", "made"), [(ROWS, b"page plan 3 "), (ROWS[:1], b"page None 3 ")])
def test_the_patients_page_goes_to_the_printer_with_or_without_a_plan(rows, made):
    store, printed = Store(rows=rows), []

    @contextmanager
    def printer(pdf):
        printed.append(pdf)
        yield

    said = hand_out(session(store, ask_printer=lambda: printer), "a", Wanted(Paper.PATIENT, (), True))
    assert printed == [made]
    assert store.let_out == [(samples.CERTIFICATE.id, Recipient.PATIENT, Activity.PRINT, "patientens sida")]
    assert "skickad till skrivaren" in said


def test_the_page_of_a_replaced_certificate_names_the_new_one_and_an_extract_bears_no_mark(tmp_path):
    life = Life(document="old", successors=(Successor(kind=Relation.REPLACES, case="b", document="new"),))
    store, file = Store(life=life), tmp_path / "page.pdf"
    for paper in Paper:
        hand_out(session(store, choose_file=lambda _: file), "a", Wanted(paper, (), False))
        assert (file.read_bytes() == b"page plan 3 new") is (paper is Paper.PATIENT)
        assert (store.marking is not None) is (paper is Paper.PATIENT)  # without one the store refuses


def test_no_file_name_tells_who_it_is_about():
    suggested = []
    for paper in Paper:
        hand_out(session(Store(), choose_file=suggested.append), "a", Wanted(paper, (), False))
    assert len(suggested) == len(Paper)
    for name in suggested:
        assert not any(part in name for part in ("Tess", "Testsson", samples.NUMBER, "F43", "1984"))


@pytest.mark.parametrize("printed", [False, True])
def test_who_changes_their_mind_lets_nothing_out(printed):
    store = Store()
    said = hand_out(session(store), "a", Wanted(Paper.EMPLOYER, ("17",), printed))
    assert store.let_out == []
    assert said == ("Utskriften avbröts. Inget är utlämnat." if printed else "")


def test_without_a_printer_a_file_is_offered():
    said = hand_out(session(Store(), can_print=lambda: False), "a", Wanted(Paper.PATIENT, (), True))
    assert said.startswith("Den här datorn har ingen skrivare.")


@pytest.mark.parametrize("refusal", [NotAllowed(why="not_allowed.revoked"), CannotWrite(path="x")])
def test_what_the_store_refuses_leaves_no_file(tmp_path, refusal):
    ways = {"choose_file": lambda name: tmp_path / name}
    with pytest.raises(type(refusal)):
        hand_out(session(Store(refusal), **ways), "a", Wanted(Paper.EMPLOYER, (), False))
    assert list(tmp_path.iterdir()) == []


def test_the_papers_are_offered_once_the_certificate_is_signed(qtbot):
    page = ReviewPage(dressed(), consult(ready()), lambda _kind: b"", dict)
    qtbot.addWidget(page)
    assert page.findChildren(HandoutsCard) == []
    page.show_documents(ROWS[:1])
    (made,) = page.findChildren(HandoutsCard)
    with qtbot.waitSignal(page.handout_wanted) as sent:
        made.ways[Paper.PATIENT, False].click()
    assert sent.args == [Wanted(Paper.PATIENT, (), False)]


def test_a_form_without_days_an_old_one_or_one_for_the_employer_gives_no_such_papers():
    assert [name for name, form in read_forms().items() if tells_of_leave(form)] == [("fk7804", "2.0")]


def test_a_plan_that_was_not_gone_through_says_what_is_missing_and_leads_there(qtbot):
    made = card(qtbot)
    made.show_plan(samples.THE_PLAN)
    assert not made.to_plan.isVisible()
    lacking = {**samples.PLAN_ANSWERS, "plan.goal": " ", "plan.participation": ""}
    made.show_plan(samples.THE_PLAN.changed(answers=lacking))
    said = [label.text() for label in made.findChildren(QLabel) if label.isVisible()]
    assert "Planen följer inte med än. Ändra den först och skriv patientens eget mål, hur ni gick igenom den." in said
    with qtbot.waitSignal(made.plan_wanted) as sent:
        made.to_plan.click()
    assert sent.args == ["plan.goal"]
    made.show_plan(None)
    assert not made.to_plan.isVisible()


@pytest.mark.parametrize(("goal", "without"), [("Sova igen", False), ("", True)])
def test_who_saves_the_patients_page_is_told_when_the_plan_did_not_go_along(tmp_path, goal, without):
    plan = samples.THE_PLAN.changed(answers={**samples.PLAN_ANSWERS, "plan.goal": goal})
    store = Store()
    store.document = lambda name: plan if name == plan.id else samples.CERTIFICATE
    said = hand_out(session(store, choose_file=lambda name: tmp_path / name), "a", Wanted(Paper.PATIENT, (), False))
    assert ("Planen följde inte med" in said) is without
