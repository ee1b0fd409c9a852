"""What the rules of quality say of the open certificate: read when the user pauses, quiet about what is kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from fmstod.certificate.condition import is_filled
from fmstod.domain.answers import Answer, IcfText, Measure
from fmstod.domain.consultation import Consultation, is_of_plan
from fmstod.domain.inquiry import group_of
from fmstod.domain.kept import Kept
from fmstod.domain.period import iso_day
from fmstod.domain.problem import Level, Problem
from fmstod.judging import given_of, is_judged, read_rulebook
from fmstod.quality.judge import judge
from fmstod.quality.reader import Given, PlanFacts
from fmstod.texts import text as say
from fmstod.ui.models.consultation_model import ConsultationModel

PAUSE_MS = 400  # after the last key
FOLLOW_UP = "plan.followup"


def nobody() -> frozenset[str]:
    return frozenset()


@dataclass(frozen=True)
class Around:
    """What the store knows besides the open record.

    `previous` are the answers of the certificate that this one renews. `asked` is how often complements were asked for,
    by group; `muted` tells the rules that the unit doesn't want to hear.
    """

    previous: Mapping[str, Answer] | None = None
    asked: Mapping[str, int] | None = None
    muted: Callable[[], frozenset[str]] = nobody


class Quality(QObject):
    """`changed` when something else is to be said. What it says stands in the model's `heard`, what is kept in `kept`.

    `texts` are those that were read last: a place in a text holds only for that text.
    """

    changed = Signal()

    def __init__(self, host: QObject, model: ConsultationModel, around: Around = Around()) -> None:
        super().__init__(host)
        self.model, self.around = model, around
        self.kept: tuple[Problem, ...] = ()
        self.texts: Mapping[str, str] = {}
        self._found: tuple[Problem, ...] = ()
        self._read: tuple[Consultation, bool] | None = None
        self._refs = frozenset(q.ref for q in model.reference.form.questions())
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.read)
        model.changed.connect(self._note)
        self.read()

    @property
    def is_on(self) -> bool:
        """Whether there is anything to judge: a certificate of the kind that the rules are about, still to be signed."""
        without = self.model.consultation.instead is not None
        return is_judged(self.model.reference.form) and not self.model.signed and not without

    @property
    def is_read(self) -> bool:
        """Whether what it says is of what is written now."""
        return not self._pause.isActive()

    def settle(self) -> None:
        """Read what waits to be read: the store may close now."""
        if not self.is_read:
            self.read()

    @Slot()
    def read(self) -> None:
        """Judge what is written now."""
        self._pause.stop()
        self._read = (self.model.consultation, self.model.signed)
        self._found = self._judged() if self.is_on else ()
        self._tell()

    def is_told(self, problem: Problem) -> bool:
        """Whether to say it already: of a place in a text at once, of a whole answer once there is one or it was left."""
        answer = self.model.now.answers.get(problem.ref)
        return bool(problem.spans) or is_filled(answer) or self.model.knows(problem.ref)

    def weight(self, problem: Problem) -> int:
        """How often the unit has been asked to complement that question; an error keeps its place."""
        asked = self.around.asked or {}
        return 0 if problem.level is Level.ERROR else asked.get(group_of(problem.ref), 0)

    def keep(self, problem: Problem, reason: str) -> None:
        """Leave it as it is. The record says why."""
        kept = Kept(said=_said(problem), field=problem.field, words=self._words(problem), reason=reason.strip())
        self.model.change(f"kept {_said(problem)}", kept=(*self.model.consultation.kept, kept))
        self.read()

    def take_back(self, problem: Problem) -> None:
        """It is said again."""
        kept = tuple(each for each in self.model.consultation.kept if not self._is_about(each, problem))
        self.model.change(f"kept {_said(problem)}", kept=kept)
        self.read()

    def reason(self, problem: Problem) -> str:
        """Why it is kept."""
        return next((each.reason for each in self.model.consultation.kept if self._is_about(each, problem)), "")

    def given(self) -> Given:
        """What the rules are asked with now."""
        model, ref, around = self.model, self.model.reference, self.around
        record, now = model.consultation, model.now
        own = {key: value for key, value in now.answers.items() if not is_of_plan(key)}
        entries = dict.fromkeys(found.entry.fmb for code in record.codes if (found := ref.library.resolve(code)))
        texts = [
            " ".join(paragraph for section in ref.official[entry].sections for paragraph in section.paragraphs)
            for entry in entries
            if entry in ref.official
        ]
        return given_of(
            ref.form,
            own,
            ref.today(),
            ref.library,
            previous=around.previous,
            earlier=[each.periods for each in model.others],
            before=0 if model.others else record.day_counts.earlier or 0,
            limits=now.advice.limits,
            fmb_texts=texts,
            codes=ref.codes,
            plan=plan_facts(model),
            born=record.patient.born,
            asked=around.asked,
        )

    def _judged(self) -> tuple[Problem, ...]:
        given = self.given()
        self.texts = {ref: text_of(given.answers.get(ref)) for ref in given.texts}
        muted = self.around.muted()
        return tuple(
            problem
            for problem in judge(read_rulebook(), given, self.model.now.problems)
            if problem.ref in self._refs and not (problem.level is Level.TIP and rule_of(problem) in muted)
        )

    def _tell(self) -> None:
        kept = self.model.consultation.kept
        quiet = tuple(each for each in self._found if any(self._is_about(one, each) for one in kept))
        heard = tuple(each for each in self._found if each not in quiet)
        if (heard, quiet) != (self.model.heard, self.kept):
            self.model.heard, self.kept = heard, quiet
            self.changed.emit()

    def _words(self, problem: Problem) -> tuple[str, ...]:
        """What stands in its places, each once."""
        text = self.texts.get(problem.ref, "")
        return tuple(dict.fromkeys(text[first:end].casefold() for first, end in problem.spans))

    def _is_about(self, kept: Kept, problem: Problem) -> bool:
        same = (kept.said, kept.field) == (_said(problem), problem.field)
        return same and set(self._words(problem)) <= set(kept.words)

    @Slot()
    def _note(self) -> None:
        """Something has changed: judge it when the user pauses. What is signed has nothing more to hear."""
        now = (self.model.consultation, self.model.signed)
        if self._read is None or now[0] is not self._read[0] or now[1] != self._read[1]:
            self._pause.start()


def text_of(answer: Answer | None) -> str:
    """The running text of an answer, as the rules read it."""
    return answer.text if isinstance(answer, IcfText) else answer if isinstance(answer, str) else ""


def plan_facts(model: ConsultationModel) -> PlanFacts | None:
    """What the plan tells so far; None where there is to be none."""
    if not model.reference.form.plan or model.consultation.no_plan.strip():
        return None
    rows = [row for value in model.now.answers.values() if isinstance(value, tuple) for row in value]
    measures = [row for row in rows if isinstance(row, Measure)]
    told = model.now.answers.get(FOLLOW_UP)
    return PlanFacts(
        documented=model.plan_signed,
        measures=len(measures),
        owner=any(row.owner for row in measures),
        day=any(row.when for row in measures),
        follow_up=iso_day(told) if isinstance(told, str) else None,
    )


def by_group(problems: Sequence[Problem]) -> Mapping[str, Sequence[Problem]]:
    """The problems by the group of questions that Försäkringskassan counts them in, in their order."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(group_of(problem.ref), []).append(problem)
    return found


def summed(problems: Sequence[Problem]) -> list[Problem]:
    """One line for each group of questions: what it says alone, or how much there is, at the place of the first."""
    return [each[0] if len(each) == 1 else _sum(group, each) for group, each in by_group(problems).items()]


def count_words(problems: Sequence[Problem], group: str) -> str:
    """`2 varningar och 1 tips om aktivitetsbegränsning`."""
    counts = ((level, sum(p.level is level for p in problems)) for level in (Level.WARNING, Level.TIP))
    parts = [say(f"quality.{level}.{'one' if n == 1 else 'many'}", count=n) for level, n in counts if n]
    return say("quality.about_group", what=say("quality.and").join(parts), group=say(f"quality.group.{group}"))


def rule_of(problem: Problem) -> str:
    """The id of the rule itself, also where it speaks under the id of one of the form's."""
    return problem.key.partition(".")[0] or problem.rule


def _said(problem: Problem) -> str:
    """Which sentence of which rule."""
    return problem.key or problem.rule


def _sum(group: str, problems: Sequence[Problem]) -> Problem:
    level = Level.WARNING if any(p.level is Level.WARNING for p in problems) else Level.TIP
    return Problem(problems[0].rule, problems[0].field, level, "quality", {"said": count_words(problems, group)})
