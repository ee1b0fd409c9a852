"""What a consultation leans on, and which steps and questions its forms give it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeVar

from fmstod.certificate import fill
from fmstod.certificate.form import Form, Icf, Periods, Question, Section
from fmstod.domain.consultation import is_of_plan
from fmstod.domain.document import DocumentKind
from fmstod.domain.issuer import Issuer
from fmstod.domain.review import Review
from fmstod.files import read_catalogue
from fmstod.followup.catalogue import Catalogue
from fmstod.followup.sources import sources
from fmstod.knowledge.codes import Codes
from fmstod.knowledge.library import Library
from fmstod.knowledge.official import OfficialTexts

Q = TypeVar("Q", bound=Question)

STEPS = range(1, 8)
PATIENT, ACTIVITY, ASSESSMENT, PLAN, REVIEW = 1, 4, 5, 6, 7
ALWAYS = (PATIENT, REVIEW)  # the steps that ask for the patient and for the signature, whatever the form asks
WORK = "work"  # the source of a question whose answer is drafted from the described work


@dataclass(frozen=True)
class Reference:
    """What a consultation leans on: forms, recommendations, texts, who issues, and what day it is; which codes there are.

    `phrases` are the texts by key, with the labels of the work's demands among them.
    """

    form: Form
    plan_form: Form
    library: Library
    phrases: Mapping[str, str]
    today: Callable[[], date]
    codes: Codes
    issuer: Issuer = Issuer()
    catalogue: Catalogue = field(default_factory=read_catalogue)
    official: OfficialTexts = field(default_factory=dict)
    reviews: tuple[Review, ...] = ()

    @property
    def sources(self) -> fill.Sources:
        """The drafts that look at what day it is."""
        return sources(self.today(), self.catalogue.words)

    def form_of(self, ref: str) -> Form:
        return self.plan_form if is_of_plan(ref) else self.form

    def question(self, ref: str) -> Question:
        return self.form_of(ref).question(ref)

    def questions(self, step: int) -> tuple[Question, ...]:
        """The questions of a step, those of the certificate first, in the order of the paper."""
        return tuple(q for form in self.forms for q in form.questions() if q.step == step)

    @property
    def forms(self) -> tuple[Form, ...]:
        """What a case is written on: the certificate's form, and the plan's where the certificate has one."""
        return (self.form, self.plan_form) if self.form.plan else (self.form,)

    @property
    def kinds(self) -> tuple[DocumentKind, ...]:
        """The documents that a case can have."""
        return tuple(DocumentKind) if self.form.plan else (DocumentKind.CERTIFICATE,)

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps that ask something here."""
        asking = {q.step for form in self.forms for q in form.questions()}
        return tuple(step for step in STEPS if step in asking or step in ALWAYS)

    def sections(self, step: int) -> Iterator[tuple[Section, tuple[Question, ...]]]:
        """What the certificate asks in a step, by section of the paper."""
        for section in self.form.sections:
            if asked := tuple(q for q in section.questions if q.step == step):
                yield section, asked

    def of_kind(self, kind: type[Q]) -> Q | None:
        """The certificate's first question of a kind: forms number differently."""
        return next((q for q in self.form.questions() if isinstance(q, kind)), None)

    @property
    def picked(self) -> Mapping[Literal["b", "d"], str]:
        """The refs under which ICF categories are chosen, by component."""
        return {q.component: q.ref for q in self.form.questions() if isinstance(q, Icf) and q.picks}

    @property
    def work(self) -> Question | None:
        """The question that is drafted from the work as it is described besides, where the form asks about work."""
        return next((q for q in self.form.questions() if q.source == WORK), None)

    def roomy(self, step: int) -> bool:
        """Whether the step has a column of its own beside the questions: the demands of the work, the preview."""
        return step == REVIEW or (step == ACTIVITY and self.work is not None)

    @property
    def asks_of_leave(self) -> bool:
        """Whether it is about sick leave at all: FMB's times have something to be compared with."""
        return self.of_kind(Periods) is not None

    @property
    def ends_without(self) -> bool:
        """Whether its assessment may end without sick leave; what is made for an employer comes after that."""
        return self.counts_days and self.form.plan and self.form.status == "new"

    @property
    def counts_days(self) -> bool:
        """Whether degrees and days of a whole case are weighed, and not one short period."""
        periods = self.of_kind(Periods)
        return periods is not None and not periods.single
