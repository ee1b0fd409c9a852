"""Step 2: up to three diagnoses, and whether FMB says something of each."""

from collections.abc import Iterator

from fmstod.domain.consultation import DIAGNOSES
from fmstod.domain.icd import dotted
from fmstod.knowledge import wording
from fmstod.knowledge.codes import Codes
from fmstod.knowledge.library import Library
from fmstod.texts import catalogue
from fmstod.texts import text as say
from fmstod.ui.marks import mark
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.pages.step import StepPage
from fmstod.ui.parts import column, empty, panel, row, text
from fmstod.ui.tokens import Look

STEP = 2


class DiagnosisPage(StepPage):
    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__(look, model, STEP, refs=(DIAGNOSES,))
        self.fields[DIAGNOSES].use_codes(model.reference.codes)
        self._said: tuple[tuple[str, str], ...] = ()
        self._lines = column(gap=4)
        self.coverage = panel(self._lines)
        self.add(self.coverage)

    def show_own(self) -> None:
        known = self.model.reference
        codes = self.model.consultation.codes
        said = tuple(line for code in codes for line in told(known.library, known.codes, code))
        if said != self._said:
            self._said = said
            empty(self._lines)
            for shape, words in said:
                icon = mark(self.look, shape, "ok" if shape == "done" else "muted")
                line = row(column(2, icon, ...), text(words, wrap=True))
                line.setStretch(1, 1)
                self._lines.addWidget(panel(line))
        self.coverage.setVisible(bool(said))


def told(library: Library, codes: Codes, code: str) -> Iterator[tuple[str, str]]:
    """Shape and words: what the code still lacks, which entry FMB has for it, and for which code that was found."""
    resolved, asked = library.resolve(code), dotted(code)
    opens = codes.hit(code).opens
    if opens:
        yield "tip", say("diagnosis_page.opens", code=asked)
    if resolved is None and opens:
        return  # what FMB has for it shows with the fourth character
    if library.lost(code):
        yield "missing", say("diagnosis_page.lost", why=wording.no_fmb(library, code, catalogue()))
    elif resolved is None:
        entry = library.excepted_from(code)
        key = "diagnosis_page.excepted" if entry else "diagnosis_page.without"
        yield "missing", say(key, code=asked, title=entry.title if entry else "")
    else:
        found = dotted(resolved.code)
        key = "diagnosis_page.covered" if found == asked else "diagnosis_page.covered_as"
        yield "done", say(key, code=asked, found=found, title=resolved.entry.title)
