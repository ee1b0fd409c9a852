"""Step 2: up to three diagnoses, and whether FMB says something of each."""

from fmstod.knowledge.codes import dotted, is_code
from fmstod.knowledge.library import Library
from fmstod.texts import text as say
from fmstod.ui.marks import mark
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.pages.step import StepPage
from fmstod.ui.parts import column, empty, panel, row, text
from fmstod.ui.tokens import Look

STEP = 2
DIAGNOSES = "6"


class DiagnosisPage(StepPage):
    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__(look, model, STEP, refs=(DIAGNOSES,))
        self.fields[DIAGNOSES].use_codes(model.reference.library.codes)
        self._said: tuple[tuple[str, str], ...] = ()
        self._lines = column(gap=4)
        self.coverage = panel(self._lines)
        self.add(self.coverage)

    def show_own(self) -> None:
        codes = [d.code for d in self.model.consultation.diagnoses if is_code(d.code)]
        said = tuple(coverage(self.model.reference.library, code) for code in codes)
        if said != self._said:
            self._said = said
            empty(self._lines)
            for shape, words in said:
                line = row(
                    column(2, mark(self.look, shape, "ok" if shape == "done" else "muted"), ...), text(words, wrap=True)
                )
                line.setStretch(1, 1)
                self._lines.addWidget(panel(line))
        self.coverage.setVisible(bool(said))


def coverage(library: Library, code: str) -> tuple[str, str]:
    """Shape and words: which entry FMB has for a code, and for which code it was found."""
    resolved, asked = library.resolve(code), dotted(code)
    if resolved is None:
        entry = library.excepted_from(code)
        key = "diagnosis_page.excepted" if entry else "diagnosis_page.without"
        return "missing", say(key, code=asked, title=entry.title if entry else "")
    found = dotted(resolved.code)
    key = "diagnosis_page.covered" if found == asked else "diagnosis_page.covered_as"
    return "done", say(key, code=asked, found=found, title=resolved.entry.title)
