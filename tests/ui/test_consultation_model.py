"""What the open consultation derives beyond the rules of the form."""

import pytest
from PySide6.QtWidgets import QApplication

from fmstod.domain.document import DocumentKind
from fmstod.texts import text
from fmstod.ui.models.progress import step_of, to_mend
from fmstod.ui.models.signing import hindrances
from fmstod.ui.pages.patient import PatientPage
from tests.ui.pages_1_4 import TESS, shown
from tests.ui.pages_5_7 import consult, ready


def named(name):
    return ready().changed(patient=TESS.patient.changed(name=name))


@pytest.mark.parametrize("name", ["", "  "])
def test_nothing_is_signed_for_somebody_without_a_name(qapp, name):
    model = consult(named(name))
    (problem,) = hindrances(model, DocumentKind.CERTIFICATE)
    assert (problem.field, step_of(model, problem)) == ("patient.name", 1)


def test_with_a_name_nothing_hinders(qapp):
    assert hindrances(consult(named("Tess Testsson")), DocumentKind.CERTIFICATE) == ()


def test_the_missing_name_has_its_place(qtbot):
    page = shown(qtbot, PatientPage, consult(named("")))
    page.place("patient.name")
    assert QApplication.focusWidget().accessibleName() == text("own.patient.name.label")


def test_a_plan_that_is_not_to_be_made_is_not_asked_for(qapp):
    record = ready().changed(no_plan="Kort sjukskrivning")
    bare = {ref: value for ref, value in record.answers.items() if not ref.startswith("plan.")}
    without = consult(record.changed(answers=bare))
    assert to_mend(without) == ()
    without.seal(signed=True, plan_signed=False)
    assert {p.ref.split(".")[0] for p in to_mend(without)} == {"plan"}
