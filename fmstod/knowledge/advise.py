"""What FMB says for this patient: which recommendations apply, which may, what to ask, and the limit that follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fmstod.domain.icd import normalise
from fmstod.domain.period import DayCounts
from fmstod.domain.recommendation import Limit
from fmstod.knowledge.entry import Entry, Note, Recommendation
from fmstod.knowledge.library import Library, Resolved
from fmstod.knowledge.matching import LOADS, OTHER, Answers, Asked, Clause, clauses, holds, implies

CHANGED = "changed_at_source"


class Standing(StrEnum):
    """In the order in which candidates are shown."""

    APPLIES = "applies"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Option:
    """A choice: `key` is what is stored in Consultation.conditions; `label` is empty for `other`."""

    key: str
    label: str


@dataclass(frozen=True)
class Question:
    """A condition to ask for. `key` is its place in Consultation.conditions; no options means yes or no.

    `slot` and, for a treatment, `status` choose its wording (`wording.question`); `labels` name what is asked about.
    `own` is the id of a question text of its own. `answer` is what is stored or follows from the work's load or the
    other diagnoses; `given` is True when the physician answered it here.
    """

    key: str
    slot: str
    labels: Sequence[str]
    options: Sequence[Option] = ()
    status: str = ""
    own: str = ""
    answer: str | bool | None = None
    given: bool = False


@dataclass(frozen=True)
class Candidate:
    """A recommendation and how it stands. `open` and `excluded_by` are keys of questions; `fits` counts what holds.

    `limit_days` is its upper bound in days, None for none.
    """

    recommendation: Recommendation
    standing: Standing
    limit_days: int | None
    fits: int = 0
    open: Sequence[str] = ()
    excluded_by: Sequence[str] = ()


@dataclass(frozen=True)
class EntryAdvice:
    """One entry: candidates in order (applying, possible, excluded; the most specific first), and its questions.

    `limit` is this entry's alone.
    """

    resolved: Resolved
    candidates: Sequence[Candidate]
    questions: Sequence[Question]
    limit: Limit | None

    @property
    def open_questions(self) -> Sequence[Question]:
        """Unanswered questions that could still decide; none for an entry that has changed at its source."""
        if self.resolved.entry.changed_at_source:
            return ()
        deciding = {key for c in self.candidates if c.standing is Standing.POSSIBLE for key in c.open}
        return tuple(q for q in self.questions if q.key in deciding)

    @property
    def deciding(self) -> Candidate | None:
        """The candidate that sets the limit."""
        wanted = self.limit.recommendation if self.limit else None
        return next((c for c in self.candidates if c.recommendation.id == wanted), None)


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
    """The advice for diagnoses in their order, given what is answered. `load` is Work.load.

    The limit is that of the entry which allows most, as Webcert does it (fmb.md section 4).
    """
    asked = [normalise(code) for code in codes if normalise(code)]
    made: list[EntryAdvice] = []
    without: list[str] = []
    for code in asked:
        resolved = library.resolve(code)
        if resolved is None:
            without.append(code)
        elif all(resolved.code != other.resolved.code for other in made):
            others = [other for other in asked if other != code]
            made.append(_for_entry(library, resolved, others, conditions or {}, load))
    limits = [advice.limit for advice in made if advice.limit]
    return Advice(tuple(made), tuple(without), max(limits, key=lambda limit: _bound(limit.days)) if limits else None)


def compare(days: DayCounts, limit: Limit | None) -> Outcome:
    """How planned and earlier days stand to the limit, which is the most generous while questions are open."""
    if limit is None:
        return Outcome.NONE
    if limit.days is None:
        return Outcome.OPEN if limit.sure else Outcome.UNDECIDED
    if limit.days == 0 and not limit.sure:
        return Outcome.UNDECIDED  # "no sick leave" is no limit before it is known to be about this patient
    if days.total is None:
        return Outcome.UNKNOWN_EARLIER
    if days.total > limit.days:
        return Outcome.OVER if limit.rechecked else Outcome.LONGER_THAN_2020
    return Outcome.WITHIN if limit.sure else Outcome.UNDECIDED


def _bound(days: int | None) -> float:
    """None is no upper bound: more than any number of days."""
    return float("inf") if days is None else days


def _for_entry(
    library: Library, resolved: Resolved, others: Sequence[str], conditions: Mapping[str, str | bool], load: str
) -> EntryAdvice:
    entry, holding = resolved.entry, resolved.entry.holding(resolved.code)
    every = [r.when for r in holding]
    needs = {r.id: clauses(entry, r.when, every, library.vocabulary) for r in holding}
    asked = {atom.key: atom for found in needs.values() for clause in found for atom, _ in clause.atoms}
    answers: dict[str, str | bool | None] = {}
    for key, atom in asked.items():
        given = conditions.get(key)
        answers[key] = given if _is_answer(atom, given) else _follows(library, atom, others, load)
    candidates = sorted((_candidate(entry, r, needs[r.id], answers) for r in holding), key=_order)
    questions = [
        _question(library, atom, answers[key], _is_answer(atom, conditions.get(key))) for key, atom in asked.items()
    ]
    return EntryAdvice(
        resolved,
        tuple(candidates),
        tuple(sorted(questions, key=lambda q: SLOT_ORDER.index(q.slot))),
        _limit(entry, candidates),
    )


SLOT_ORDER = ("severity", "workload", "course", "state", "factor", "treatment", "comorbidity")


def _is_answer(atom: Asked, given: str | bool | None) -> bool:
    return given in atom.choices if atom.choices else isinstance(given, bool)


def _follows(library: Library, atom: Asked, others: Sequence[str], load: str) -> str | bool | None:
    """What needs no question: the load from the work, comorbidity that stands among the diagnoses."""
    if atom.choices == LOADS and load in LOADS:
        return load
    if atom.slot == "comorbidity":
        codes = [code for key in atom.terms for code in library.term("comorbidity", key).icd10se]
        return True if any(other.startswith(code) for other in others for code in codes) else None
    return None


def _candidate(entry: Entry, r: Recommendation, needs: Sequence[Clause], answers: Answers) -> Candidate:
    found = [(clause, holds(clause, answers)) for clause in needs]
    open_ = [atom.key for clause, it in found if it is None for atom, _ in clause.atoms if answers[atom.key] is None]
    against = [atom.key for clause, it in found if it is False for atom, _ in clause.atoms]
    standing = Standing.EXCLUDED if against else Standing.POSSIBLE if open_ else Standing.APPLIES
    fits = sum(len(clause.atoms) if clause.needs_all else 1 for clause, it in found if it)
    return Candidate(r, standing, entry.limit_days(r), fits, tuple(open_), tuple(against))


def _order(candidate: Candidate) -> tuple[int, int, float, int]:
    """The most specific first, the longest last."""
    days = _bound(candidate.limit_days)
    return list(Standing).index(candidate.standing), -candidate.fits, days, candidate.recommendation.id


def _question(library: Library, atom: Asked, answer: str | bool | None, given: bool) -> Question:
    slot = atom.slot
    terms = [library.term(slot, key) for key in atom.terms]
    options = [Option(key, "" if key == OTHER else library.term(slot, key).label) for key in atom.choices]
    own = {t.question for t in terms}  # a choice has one when all its options name the same
    said = own.pop() if len(own) == 1 else ""
    return Question(atom.key, slot, tuple(t.label for t in terms), tuple(options), atom.status, said, answer, given)


def _limit(entry: Entry, candidates: Sequence[Candidate]) -> Limit | None:
    """The bound of what applies, the more specific over the more general; while questions are open the most generous.

    `sure` is True when no answer still missing can change it.
    """
    applying = [c for c in candidates if c.standing is Standing.APPLIES]
    ruling = [c for c in applying if not any(_overrides(other, c) for other in applying)]
    possible = [c for c in candidates if c.standing is Standing.POSSIBLE]
    if entry.changed_at_source:
        return _as_limit(entry, None, None, CHANGED, sure=True)
    if not ruling and not possible:
        return None
    chosen = max((*ruling, *possible), key=_generous)
    ruled = [c for c in ruling if _generous(c) == _generous(chosen)]
    lowering = (p for p in possible if _generous(p) < _generous(chosen))
    sure = bool(ruled) and not any(_overrides(p, c) for p in lowering for c in ruled)
    chosen = ruled[0] if ruled else chosen
    why = "" if chosen.limit_days is not None else chosen.recommendation.kind.value
    return _as_limit(entry, chosen.recommendation, chosen.limit_days, why, sure=sure)


def _generous(candidate: Candidate) -> float:
    return _bound(candidate.limit_days)


def _overrides(one: Candidate, other: Candidate) -> bool:
    """Whether the narrower takes the other's place; two that are a choice for the same patient stand side by side."""
    if Note.DUPLICATE_CONDITIONS in one.recommendation.note:
        return False
    narrow, wide = one.recommendation.when, other.recommendation.when
    return implies(narrow, wide) and not implies(wide, narrow)


def _as_limit(entry: Entry, chosen: Recommendation | None, days: int | None, why: str, *, sure: bool) -> Limit:
    return Limit(
        days=days,
        why_open=why,
        sure=sure,
        entry=entry.fmb,
        recommendation=chosen.id if chosen else None,
        title=entry.title,
        dated=entry.source.dated,
        retrieved=entry.source.retrieved,
        rechecked=entry.source.rechecked,
    )
