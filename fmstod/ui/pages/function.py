"""Step 3: impairment, with ICF categories that follow from the diagnoses."""

from functools import partial

from fmstod.domain.consultation import IMPAIRMENT
from fmstod.files import read_descriptions
from fmstod.knowledge.categories import CategoryIndex
from fmstod.knowledge.suggest import suggest_icf
from fmstod.ui.fields_icf import IcfField
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.pages.step import StepPage, empty_state
from fmstod.ui.tokens import Look

STEP = 3


class FunctionPage(StepPage):
    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__(look, model, STEP, refs=(IMPAIRMENT,))
        self._suggested: tuple[str, ...] | None = None
        self.no_diagnosis = empty_state(look, "function_page.no_diagnosis", partial(self.step_asked.emit, 2))
        self.not_asked = empty_state(look, "function_page.not_asked", partial(self.step_asked.emit, 1))
        self.add(self.no_diagnosis)
        self.add(self.not_asked)

    def show_own(self) -> None:
        asked = IMPAIRMENT in self.model.now.open_refs
        self._suggested = suggest(self.fields[IMPAIRMENT], self.model, self._suggested)
        self.no_diagnosis.setVisible(asked and not self._suggested)
        self.not_asked.setVisible(not asked)


def suggest(field: IcfField, model: ConsultationModel, before: tuple[str, ...] | None) -> tuple[str, ...]:
    """Offer what follows from the diagnoses, anew only when their codes aren't those from `before`; returns the codes."""
    codes = model.consultation.codes
    if codes != before:
        library, component = model.reference.library, field.question.component
        index = CategoryIndex(library.icf, read_descriptions(), component)
        field.suggest(suggest_icf(library, codes, component), index)
    return codes
