"""Step 2: up to three diagnoses, and whether FMB says something of each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from fmstod.certificate.form import Diagnoses, Question, Section
from fmstod.domain.answers import Diagnosis
from fmstod.domain.icd import dotted, is_code, normalise, of_primary_care
from fmstod.knowledge import wording
from fmstod.knowledge.codes import Codes, Hit
from fmstod.knowledge.library import Library
from fmstod.texts import catalogue
from fmstod.texts import text as say
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Flow, button, column, empty, panel, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.pages.questions import QuestionsPage

STEP = 2
MOST_OFFERED = 8  # codes near one that FMB has nothing for


@dataclass(frozen=True)
class Said:
    """A line about a code: its shape, its words, the codes that may be chosen instead, whether FMB's column has more."""

    code: str
    shape: str
    words: str
    choices: Sequence[Hit] = ()
    more: bool = False


class DiagnosisPage(QuestionsPage):
    """`fmb_wanted` with the code that the user wants to see in FMB's column.

    What reading ICD-10-SE in would give is offered by `offer_codes`: `codes_wanted` when the user wants to, and
    `offer_refused` when not.
    """

    fmb_wanted = Signal(str)
    codes_wanted = Signal()
    offer_refused = Signal()

    def __init__(self, look: Look, model: ConsultationModel) -> None:
        super().__init__(look, model, STEP)
        asked = model.reference.of_kind(Diagnoses)
        self._ref = asked.ref if asked else ""
        self._said: tuple[Said, ...] = ()
        self._offer: QWidget | None = None
        self._lines = column(gap=8)
        self.coverage = panel(self._lines)
        self.add_questions()

    def parts_of(self, question: Question, section: Section) -> Iterable[QWidget]:
        yield from super().parts_of(question, section)
        if question.ref == self._ref:
            self.fields[self._ref].use_codes(self.model.reference.codes, self.model.reference.library)
            yield self.coverage

    def offer_codes(self) -> None:
        """One line, until it is put away."""
        lead, no = (button(self.look, say(f"settings_codes.{key}"), "plain") for key in ("offer_lead", "offer_no"))
        lines = column(text(say("settings_codes.offer"), wrap=True), row(lead, 16, no, ...), gap=4)
        line = row(column(2, mark(self.look, "tip", "muted"), ...), lines, pad=(12, 8, 12, 8))
        line.setStretch(1, 1)
        self._offer = panel(line, ground="hover")
        lead.clicked.connect(self.codes_wanted)
        no.clicked.connect(self.focus_first)  # before the button that has the focus goes
        no.clicked.connect(self._refuse)
        no.clicked.connect(self.offer_refused)
        self.add(self._offer)

    def show_own(self) -> None:
        known = self.model.reference
        written = (row.code for row in self.model.consultation.diagnoses)
        codes = [code for code in written if is_code(code) or of_primary_care(code)]
        of_leave = known.asks_of_leave
        said = tuple(line for code in codes for line in told(known.library, known.codes, code, of_leave=of_leave))
        if said != self._said:
            self._said = said
            empty(self._lines)
            for line in said:
                self._lines.addWidget(self._line(line))
        asked = self._ref in self.model.now.open_refs
        self.coverage.setVisible(bool(said) and asked)
        if self._offer:
            self._offer.setVisible(asked)
        self.coverage.setEnabled(not self.model.signed)

    def _refuse(self) -> None:
        if self._offer:
            self._offer.hide()
        self._offer = None

    def _line(self, said: Said) -> QWidget:
        icon = mark(self.look, said.shape, "ok" if said.shape == "done" else "muted")
        words = column(text(said.words, wrap=True), gap=4)
        line = row(column(2, icon, ...), words)
        line.setStretch(1, 1)
        if said.more:
            more = button(self.look, say("diagnosis_page.more"), "plain")
            more.setAccessibleName(say("diagnosis_page.more_of", code=dotted(said.code)))
            more.clicked.connect(partial(self.fmb_wanted.emit, said.code))
            line.addLayout(column(more, ...))
        if said.choices:
            choices = Flow()
            for hit in said.choices:
                name = f"{dotted(hit.code)} {hit.label}"
                choice = button(self.look, elided(name, self.look), "chip", name=name)
                choice.clicked.connect(partial(self._choose, said.code, hit))
                choices.addWidget(choice)
            words.addWidget(panel(choices))
        return panel(line)

    def _choose(self, instead_of: str, hit: Hit) -> None:
        """A code near takes the place of one that FMB has nothing for; a text that the user wrote stays."""
        known, most = self.model.reference, self.fields[self._ref].question.max
        names = ("", *(codes.hit(instead_of).label[:most] for codes in (known.codes, known.library.codes)))
        value = self.model.consultation.answers.get(self._ref)
        rows = [r for r in value if isinstance(r, Diagnosis)] if isinstance(value, tuple) else []
        self.fields[self._ref].focus_first()  # the button that was pressed goes
        self.model.answer(
            self._ref,
            tuple(
                r.changed(code=hit.code, text=hit.label[:most] if r.text in names else r.text)
                if normalise(r.code) == normalise(instead_of)
                else r
                for r in rows
            ),
        )


def elided(words: str, look: Look) -> str:
    """As much of a name as a line of the step holds, on a button, where a lone & would underline a letter."""
    fits = QFontMetrics(look.font("body")).elidedText(words, Qt.TextElideMode.ElideRight, look.form_width - 96)
    return fits.replace("&", "&&")


def told(library: Library, codes: Codes, code: str, *, of_leave: bool = True) -> Iterator[Said]:
    """What the code still lacks, which entry FMB has for it, and for which code that was found, or which ones it has.

    FMB is spoken of where the certificate is `of_leave`.
    """
    resolved, asked = library.resolve(code), dotted(code)
    opens = codes.hit(code).opens
    if opens:
        yield Said(code, "tip", say("diagnosis_page.opens", code=asked))
    if not of_leave:
        return
    if resolved is not None:
        found = dotted(resolved.code)
        key = "diagnosis_page.covered" if found == asked else "diagnosis_page.covered_as"
        yield Said(code, "done", say(key, code=asked, found=found, title=resolved.entry.title), more=True)
        return
    near = wording.near(library, code)
    choices = tuple(codes.hit(each) for each in near[:MOST_OFFERED])
    if near and opens:
        held = wording.code_list(near, catalogue())
        yield Said(code, "missing", say("diagnosis_page.below", held=held), choices)
    elif not opens:  # else what FMB has for it shows with the fourth character
        key = "diagnosis_page.near" if near else "diagnosis_page.without"
        yield Said(code, "missing", say(key, why=wording.no_fmb(library, code, catalogue())), choices)
