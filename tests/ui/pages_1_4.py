"""A consultation's model and a user's hands, for the tests of the first four steps."""

from datetime import date
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fmstod.domain.answers import Diagnosis
from fmstod.domain.consultation import Consultation
from fmstod.domain.patient import Patient, Sex
from fmstod.domain.work import Demand, Work
from fmstod.files import read_demands, read_forms, read_library
from fmstod.texts import catalogue
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.reference import Reference
from fmstod.ui.pages.activity import ActivityPage
from fmstod.ui.pages.diagnosis import DiagnosisPage
from fmstod.ui.pages.function import FunctionPage
from fmstod.ui.pages.patient import PatientPage
from tests.ui.keys import held, press
from tests.ui.windows import TODAY, dressed, show

PAGES = (PatientPage, DiagnosisPage, FunctionPage, ActivityPage)
EXHAUSTION = (Diagnosis(code="F438A", text="Utmattningssyndrom"),)
NURSE = Work(
    occupation="Sjuksköterska",
    demands=(Demand(key="parallel"), Demand(key="suffering"), Demand(key="rotating", note="tre nätter i veckan")),
)
TESS = Consultation(
    patient=Patient(number="19840512-9803", name="Tess Testsson", born=date(1984, 5, 12), sex=Sex.WOMAN),
    work=NURSE,
    answers={"28": ("NUVARANDE_ARBETE",), "6": EXHAUSTION},
)


@cache
def reference():
    forms = read_forms()
    return Reference(
        form=forms["fk7804", "2.0"],
        plan_form=forms["plan", "1.0"],
        library=read_library(),
        codes=read_library().codes,
        phrases={**catalogue(), **read_demands().phrases()},
        today=lambda: TODAY,
    )


def consult(record=TESS, **options):
    return ConsultationModel("case", record, reference(), **options)


def shown(qtbot, kind, model, text=1.0, width=704, height=648):
    """The page as the window shows it: 704 × 648 px is what is left at 1280 × 800 with FMB's column open."""
    page = show(qtbot, kind(dressed(text=text), model), width, height)
    settle()
    page.focus_first()
    settle()  # what the focus brings forth
    return page


def settle():
    """Words that wrap need a round of layout for each level they lie in."""
    for _ in range(8):
        QApplication.processEvents()


def go_to(name):
    """Tab until the control with this name has the focus; arrows inside a row of choices."""
    for _ in range(120):
        if _reach(name):
            return held()
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"Tab doesn't reach {name}")


def _reach(name):
    first = held()
    if first.accessibleName() == name:
        return True
    if not first.property("checkable"):
        return False
    for _ in range(20):
        press(Qt.Key.Key_Right)
        if held() is first or held().accessibleName() == name:
            break
    return held().accessibleName() == name
