"""A step as the form asks it: its questions in the order of the paper, under the titles of their sections."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from fmstod.certificate.form import Flag, Question, Section
from fmstod.ui.fields.field import Field
from fmstod.ui.fields.text import AreaField
from fmstod.ui.kit.parts import column, panel, rule, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.models.reference import PATIENT
from fmstod.ui.pages.step import StepPage, empty_state

CLOSE = 12  # px between areas of which only some are filled in: all of them are in sight


class QuestionsPage(StepPage):
    """A page with more than the questions says in `parts_of` what stands around one, and adds the rest itself.

    Without a class of its own a step is `as_asked`. `headed` gives also a single section its title: something else
    stands above it.
    """

    def __init__(
        self, look: Look, model: ConsultationModel, step: int, *, headed: bool = False, as_asked: bool = False
    ) -> None:
        super().__init__(look, model, step, refs=())
        self._headings: list[tuple[QWidget, tuple[str, ...]]] = []
        self._asked = tuple(q.ref for _, questions in model.reference.sections(step) for q in questions)
        self._headed = headed
        self.not_asked = empty_state(look, "function_page.not_asked", partial(self.step_asked.emit, PATIENT))
        if as_asked:
            self.add_questions()

    @property
    def asked(self) -> bool:
        """Whether anything in the step is to be answered: with smittskydd it may be nothing."""
        return any(ref in self.model.now.open_refs for ref in self._asked)

    def add_questions(self) -> None:
        groups = list(_groups(self.model.reference.sections(self.step)))
        if any(section.one_of for _, section, _ in groups):
            self.body.setSpacing(CLOSE)
        for title, section, questions in groups:
            first, *rest = [part for question in questions for part in self.parts_of(question, section)]
            if title and (self._headed or len(groups) > 1):
                above = (4, rule(), 16) if self.body.count() else ()
                headed = panel(column(*above, text(title, "heading"), 8, first))
                self._headings.append((headed, tuple(q.ref for q in questions)))
                first = headed
            for part in (first, *rest):
                self.add(part)
        self.add(self.not_asked)

    def parts_of(self, question: Question, section: Section) -> Iterable[QWidget]:
        """The question's field, and what belongs to it. Of areas that need not all be filled in each takes little room."""
        kind: type[Field[Any]] | None = AreaField if section.one_of and question.kind == "text" else None
        yield self.field(question.ref, kind)

    def refresh(self) -> None:
        super().refresh()
        shown = self.model.now.open_refs
        for heading, refs in self._headings:
            heading.setVisible(any(ref in shown for ref in refs))
        self.not_asked.setVisible(bool(self._asked) and not self.asked)


def _groups(
    sections: Iterator[tuple[Section, tuple[Question, ...]]],
) -> Iterator[tuple[str, Section, tuple[Question, ...]]]:
    """A section with nothing but a box to tick, which names itself, stands under the title of the next."""
    lone: tuple[Question, ...] = ()
    last: Section | None = None
    for section, questions in sections:
        last = section
        if all(isinstance(question, Flag) for question in questions):
            lone += questions
            continue
        yield section.title, section, (*lone, *questions)
        lone = ()
    if lone and last:
        yield "", last, lone
