"""How far a case has come, as the steps beside it say."""

from dataclasses import replace

from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.progress import step_state
from tests.ui.pages_5_7 import ISSUER, ready, reference


def test_the_last_step_isnt_done_while_another_step_lacks_an_answer():
    model = ConsultationModel("case", ready(), replace(reference(), issuer=ISSUER))
    model.answer("25", "Arbetsgivaren är kontaktad.")
    assert step_state(model, 7) == "done"
    model.answer("39", None)
    assert step_state(model, 7) == "begun"
    model.undo()
    assert step_state(model, 7) == "done"


def test_an_answer_of_a_signed_certificate_stays_whatever_a_field_says():
    model = ConsultationModel("case", ready(), replace(reference(), issuer=ISSUER), signed=True)
    before = model.consultation
    model.answer("6", None)
    assert model.consultation == before
    model.answer("plan.purpose", "Halvtid i januari.")
    assert model.consultation.answers["plan.purpose"] == "Halvtid i januari."
