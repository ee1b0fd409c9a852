"""Step 3: impairment, with ICF categories that follow from the diagnoses where the form takes them."""

from functools import partial

from fmstod.files import read_descriptions
from fmstod.knowledge.categories import CategoryIndex
from fmstod.knowledge.suggest import suggest_icf
from fmstod.ui.fields.icf import IcfField
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.pages.questions import QuestionsPage
from fmstod.ui.pages.step import empty_state

STEP = 3


class FunctionPage(QuestionsPage):
    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__(look, model, STEP)
        self._suggested: tuple[str, ...] | None = None
        self._picked = model.reference.picked.get("b", "")
        self.no_diagnosis = empty_state(look, "function_page.no_diagnosis", partial(self.step_asked.emit, 2))
        self.add_questions()
        self.add(self.no_diagnosis)

    def show_own(self) -> None:
        if self._picked:
            self._suggested = suggest(self.fields[self._picked], self.model, self._suggested)
        self.no_diagnosis.setVisible(bool(self._picked) and self.asked and not self._suggested)


def suggest(field: IcfField, model: ConsultationModel, before: tuple[str, ...] | None) -> tuple[str, ...]:
    """Offer what follows from the diagnoses, anew only when their codes aren't those from `before`; returns the codes."""
    codes = model.consultation.codes
    if codes != before:
        library, component = model.reference.library, field.question.component
        index = CategoryIndex(library.icf, read_descriptions(), component)
        field.suggest(suggest_icf(library, codes, component), index)
    return codes
