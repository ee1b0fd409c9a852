"""What FMB says for this patient: which recommendations apply, which may, what to ask, and the limit that follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fmstod.domain.period import DayCounts
from fmstod.domain.recommendation import Limit
from fmstod.knowledge.entry import Recommendation
from fmstod.knowledge.library import Library, Resolved

OTHER = "other"  # the answer that none of the listed severities or demands fits


class Standing(StrEnum):
    APPLIES = "applies"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Option:
    """A choice: `key` is what is stored in Consultation.conditions."""

    key: str
    label: str


@dataclass(frozen=True)
class Question:
    """A condition to ask for. `key` is its place in Consultation.conditions; no options means yes or no.

    `answer` is what is stored or follows from the work's load or the other diagnoses; `given` is True when the
    physician answered here, False when it followed by itself or is unanswered.
    """

    key: str
    label: str
    options: Sequence[Option] = ()
    answer: str | bool | None = None
    given: bool = False


@dataclass(frozen=True)
class Candidate:
    """A recommendation and how it stands. `open` and `excluded_by` are keys of questions."""

    recommendation: Recommendation
    standing: Standing
    open: Sequence[str] = ()
    excluded_by: Sequence[str] = ()


@dataclass(frozen=True)
class EntryAdvice:
    """One entry: candidates in order (applying, possible, excluded; the most specific first), and its questions.

    `limit` is this entry's alone. `largest_days` is the largest number that the export gives for the code.
    """

    resolved: Resolved
    candidates: Sequence[Candidate]
    questions: Sequence[Question]
    limit: Limit | None
    largest_days: int | None

    @property
    def open_questions(self) -> Sequence[Question]:
        """Unanswered questions that could still decide a recommendation."""
        deciding = {key for c in self.candidates if c.standing is Standing.POSSIBLE for key in c.open}
        return tuple(q for q in self.questions if q.key in deciding)


@dataclass(frozen=True)
class Advice:
    """For all diagnoses: an advice for each entry in their order, codes without FMB, and the limit to compare with."""

    entries: Sequence[EntryAdvice]
    without: Sequence[str]
    limit: Limit | None


class Outcome(StrEnum):
    """How the planned days stand to the limit. Facts that nobody has rechecked never give OVER."""

    NONE = "none"
    OPEN = "open"
    UNKNOWN_EARLIER = "unknown_earlier"
    UNDECIDED = "undecided"
    WITHIN = "within"
    LONGER_THAN_2020 = "longer_than_2020"
    OVER = "over"

    @property
    def asks_reason(self) -> bool:
        """Whether to ask why it is longer (question 37)."""
        return self in (Outcome.LONGER_THAN_2020, Outcome.OVER)


def advise(
    library: Library, codes: Sequence[str], conditions: Mapping[str, str | bool] | None = None, load: str = ""
) -> Advice:
    """The advice for diagnoses in their order, given what is answered. `load` is Work.load."""
    raise NotImplementedError


def compare(days: DayCounts, limit: Limit | None) -> Outcome:
    """How planned and earlier days stand to the limit."""
    raise NotImplementedError
