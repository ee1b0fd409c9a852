"""Each form as guided steps: it opens, and screen, form and checker agree on what shows, is wanted and is wrong."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from fmstod.certificate.condition import is_filled
from fmstod.certificate.form import DatedChoices, Diagnoses, Icf, Periods, load_form
from fmstod.domain.answers import DatedChoice, Diagnosis, PeriodRow
from fmstod.domain.consultation import Consultation
from fmstod.domain.problem import Level
from fmstod.files import PLAN, read_forms
from fmstod.texts import text
from fmstod.ui.consultation_view import page_of
from fmstod.ui.fmb.panel import FmbPanel
from fmstod.ui.frame import PatientBanner, StepNav
from fmstod.ui.kit.tab_order import stops
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.progress import step_of, step_state, to_mend
from fmstod.ui.models.steps import steps_of
from fmstod.ui.pages.assessment import AssessmentPage
from fmstod.ui.pages.review import STEP as REVIEW
from fmstod.ui.pages.review import ReviewPage
from fmstod.ui.plan.page import PlanPage
from tests.certificate.test_any_answers import VALUES
from tests.ui import walk
from tests.ui.keys import held, press
from tests.ui.pages_1_4 import TESS, reference, settle
from tests.ui.windows import TODAY, dressed, show

DOCUMENT = DatedChoice(kind="PSYKOLOG", date="2026-05-04", where="Psykologmottagningen, Provstad")
DX = (Diagnosis(code="F43.8A", text="Utmattningssyndrom"),)
OPEN = {
    "luse-1.3": {
        "1": (DatedChoice(kind="ANNAT"),), "3": True, "4": (DOCUMENT, DOCUMENT.changed(where=""), DOCUMENT), "6": DX,
        "45": True, "26": True, "10": "Tappar tråden. " * 40,
    },
    "ag1-14-2.0": {
        "10": (DatedChoice(kind="ANNAT"),), "3": True, "4": DX, "6": True, "9": True, "7": 101,
        "7.2": (PeriodRow(first="2026-11-23", last="2026-12-31"), PeriodRow()),
    },
}  # fmt: skip
FORMS = {f"{name}-{version}": form for (name, version), form in read_forms().items() if name != PLAN[0]}
ALL = sorted(FORMS)
WRITTEN = sorted(name for name, form in FORMS.items() if form.status == "new")


def model_of(name, answers=None, **known):
    form = FORMS[name]
    record = Consultation(form=(form.form, form.version), patient=TESS.patient, answers=answers or {})
    return ConsultationModel("case", record, replace(reference(), form=form, **known))


class Steps:
    """All pages of a form over one model; what they show follows from what is put into it."""

    def __init__(self, name):
        self.model = model_of(name)
        self.pages = {step: self._page(step) for step in self.model.reference.steps}
        self.banner, self.panel = PatientBanner(dressed()), FmbPanel(dressed(), self.model)

    def _page(self, step):
        look = dressed()
        return ReviewPage(look, self.model, lambda _: b"") if step == REVIEW else page_of(look, self.model, step)

    def put(self, answers):
        self.model.change("all", answers=answers)
        for page in self.pages.values():
            page.refresh()
        self.banner.show_case(self.model.consultation, TODAY)
        self.panel.refresh()

    def fields(self):
        """The certificate's questions: where they are asked, and their field."""
        refs = {q.ref for q in self.model.reference.form.questions()}
        return {ref: (page, page.fields[ref]) for page in self.pages.values() for ref in page.fields if ref in refs}


BUILT = {}  # a form has about twenty fields: built once, and what they show is put into them anew for each test


def opened(name):
    if name not in BUILT:
        BUILT[name] = Steps(name)
    return BUILT[name]


@pytest.fixture(autouse=True, scope="module")
def _gone_before_qt(qapp):
    yield
    for built in BUILT.values():
        for widget in (*built.pages.values(), built.banner, built.panel):
            widget.deleteLater()
    BUILT.clear()
    QApplication.processEvents()


def marked(field):
    """Whether the field says in words that it has to be answered."""
    return any(text("field.required") in label.text() for label in field.findChildren(QLabel))


@pytest.mark.parametrize("name", ALL)
def test_every_question_has_its_place_in_one_step(name):
    built = opened(name)
    asked = [(q.ref, q.step) for q in FORMS[name].questions()]
    assert sorted((ref, page.step) for ref, (page, _) in built.fields().items()) == sorted(asked)


@pytest.mark.parametrize("name", ALL)
def test_what_has_to_be_answered_is_marked_in_words(name):
    for ref, (_, field) in opened(name).fields().items():
        assert marked(field) == FORMS[name].question(ref).required, ref


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_screen_and_checker_agree_on_any_answers(name, data):
    built, form = opened(name), FORMS[name]
    answers = data.draw(st.fixed_dictionaries({}, optional={q.ref: VALUES[q.kind](q) for q in form.questions()}))
    built.put(answers)
    now, model = built.model.now, built.model
    one_of = {section.questions[0].ref for section in form.sections if section.one_of}
    for ref, (page, field) in built.fields().items():
        assert field.isVisibleTo(page) == (ref in now.open_refs), ref
        if ref in now.open_refs and not is_filled(now.answers.get(ref)):
            missed = any(p.ref == ref and p.missing for p in now.problems)
            assert missed == marked(field) or ref in one_of, ref
    for problem in now.problems:  # each has a step, a place and a sentence that the user is led to
        step = step_of(model, problem)
        assert step in built.pages
        if not problem.ref.startswith("unit"):
            built.pages[step].place(problem.field)
    assert all(step_state(model, step) in ("done", "begun", "untouched", "warn") for step in built.pages)
    assert model.consultation.answers == answers  # looking changes nothing


@pytest.mark.parametrize("name", ALL)
def test_the_steps_are_numbered_without_gaps_and_lead_from_the_patient_to_the_signature(name):
    known = replace(reference(), form=FORMS[name])
    found = steps_of(known)
    assert [each.number for each in found] == list(range(1, len(found) + 1))
    assert (found[0].step, found[-1].step) == (1, 7)
    assert {each.step for each in found} == {q.step for form in known.forms for q in form.questions()} | {1, 7}
    assert all(each.name and each.title and each.help for each in found)


def test_a_step_that_the_form_has_not_is_passed_over_in_the_list(qtbot):
    nav = StepNav(dressed(), steps_of(replace(reference(), form=FORMS["ag1-14-2.0"])))
    qtbot.addWidget(nav)
    nav.show()
    nav.show_steps(["untouched"] * 5, 7)
    names = [made.accessibleName() for made in walk.shown(nav, QPushButton)]
    assert names[2:] == [
        "Steg 3, Förmåga, inte påbörjat", "Steg 4, Bedömning, inte påbörjat", "Steg 5, Granska, inte påbörjat",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_special_parts_stand_where_the_form_has_what_they_serve(name):
    form, built = FORMS[name], opened(name)
    kinds = [type(q) for q in form.questions()]
    counted = any(isinstance(q, Periods) and not q.single for q in form.questions())
    assert any(isinstance(page, AssessmentPage) for page in built.pages.values()) == counted
    assert any(isinstance(page, PlanPage) for page in built.pages.values()) == form.plan
    assert built.model.reference.asks_of_leave == (Periods in kinds)
    words = {label.text() for page in built.pages.values() for label in page.findChildren(QLabel)}
    of_work = any(q.source == "work" for q in form.questions())
    assert (text("demands.title") in words) == of_work
    assert (text("activity_page.demands") in words and built.model.reference.roomy(4)) == of_work
    assert (text("earlier.ask") in words) == counted
    picks = any(isinstance(q, Icf) and q.picks for q in form.questions())
    assert (text("field.icf.text") in words) == picks


def test_a_statement_for_compensation_asks_nothing_of_sick_leave():
    built = opened("luse-1.3")
    built.put({})
    shown = [(page, label) for page in built.pages.values() for label in page.findChildren(QLabel)]
    words = " ".join(label.text() for page, label in shown if label.isVisibleTo(page)).lower()
    assert "sjukskriv" not in words
    assert "fmb" not in words


@pytest.mark.parametrize("name", WRITTEN)
def test_only_a_form_with_a_plan_has_problems_of_one(name):
    model = model_of(name)
    assert any(p.ref.startswith("plan.") for p in model.now.problems) == FORMS[name].plan


@pytest.mark.parametrize("name", sorted(FORMS.keys() - set(WRITTEN)))
def test_a_draft_on_an_old_form_is_read_and_checked_and_not_changed(name):
    model = model_of(name)
    assert (model.read_only, model.signed) == (True, True)
    assert [p for p in to_mend(model) if p.level is Level.ERROR]
    page = page_of(dressed(), model, 2)
    page.refresh()
    assert not any(field.isEnabled() for field in page.fields.values())
    assert text("step.read") in {label.text() for label in page.findChildren(QLabel)}
    page.deleteLater()


@pytest.mark.parametrize("size", [1.0, 2.0])
@pytest.mark.parametrize("name", ["luse-1.3", "ag1-14-2.0"])
def test_every_word_has_room_and_every_control_a_name(qtbot, name, size):
    """With everything open that can be: each text at its longest, each list full, each problem said."""
    look, model = dressed(text=size), model_of(name, OPEN[name])
    model.ask()
    width = look.form_width + 48 + 10  # its own margins, a scroll bar
    for step in model.reference.steps[:-1]:
        page = page_of(look, model, step)
        show(qtbot, page, width, 648)
        settle()
        assert page.area.widget().width() <= page.area.viewport().width(), "it would scroll sideways"
        assert (walk.clipped(page), walk.outside(page), walk.nameless(page), walk.small(page)) == ([], [], [], [])
        page.focus_first()
        order = stops(page)
        first = held()
        for _ in order:
            press(Qt.Key.Key_Tab)
        assert held() is first, "Tab doesn't come round"
        page.hide()


def test_what_a_case_holds_is_found_by_its_kind_and_not_by_a_number():
    record = Consultation(
        form=("ag1-14", "2.0"),
        answers={"4": (Diagnosis(code="F43.8A", text="Utmattningssyndrom"),), "7.2": (PeriodRow(first="2026-11-23"),)},
    )
    assert record.codes == ("F43.8A",)
    assert [row.first for row in record.period_rows] == ["2026-11-23"]


def test_a_new_form_is_one_file_and_no_code(qapp):
    """Numbers, titles and steps that no other form has."""
    made = load_form(
        {
            "form": "annat",
            "version": "1.0",
            "title": "Ett helt annat intyg",
            "about": "Påhittat.",
            "plan": False,
            "sections": [
                {
                    "number": "A",
                    "title": "Vad det gäller",
                    "questions": [
                        {
                            "ref": "501",
                            "kind": "diagnoses",
                            "step": 2,
                            "label": "Sjukdomar",
                            "required": True,
                            "rules": {"required": "AN-1"},
                        },
                        {"ref": "502", "kind": "icf", "component": "d", "step": 4, "label": "Vardagen"},
                    ],
                },
                {
                    "number": "B",
                    "title": "När",
                    "questions": [
                        {
                            "ref": "503",
                            "kind": "day",
                            "step": 4,
                            "label": "Sedan",
                            "required": True,
                            "rules": {"required": "AN-2", "real": "AN-2"},
                        },
                        {"ref": "504", "kind": "whole", "min": 0, "max": 9, "step": 4, "label": "Hur många"},
                    ],
                },
            ],
        }
    )
    model = ConsultationModel(
        "case", Consultation(form=("annat", "1.0"), patient=TESS.patient), replace(reference(), form=made)
    )
    assert [(each.number, each.name) for each in steps_of(model.reference)] == [
        (1, "Patient"), (2, "Diagnos"), (3, "Aktivitet"), (4, "Granska"),
    ]  # fmt: skip
    pages = [page_of(dressed(), model, step) for step in (1, 2, 4)]
    for page in pages:
        page.refresh()
    words = [label.text() for label in pages[2].findChildren(QLabel)]
    assert "Vad det gäller" in words
    assert "När" in words
    model.answer("501", (Diagnosis(code="M54.5", text="Lumbago"),))
    model.answer("503", "2026-11-02")
    assert [p for p in to_mend(model) if not p.ref.startswith("unit")] == []
    for page in pages:
        page.deleteLater()
    assert model.reference.of_kind(Diagnoses).ref == "501"
    assert model.reference.of_kind(DatedChoices) is None


def test_a_document_of_a_kind_that_the_form_does_not_take_stays_until_another_is_chosen():
    built = opened("luse-1.3")
    strange = (DatedChoice(kind="SKOLHALSOVARD", date="2026-05-02", where="Skolan"),)
    built.put({"3": True, "4": strange})
    _, field = built.fields()["4"]
    said = []
    field.edited.connect(lambda _ref, value: said.append(value))
    field._rows[0].where.typed.emit("Skolan")
    assert said[-1] == strange
