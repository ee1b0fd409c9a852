"""What FMB says for this patient: which recommendations apply, which may, what to ask, and the limit that follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fmstod.domain.icd import normalise
from fmstod.domain.recommendation import Limit
from fmstod.knowledge.deciding import bound, shown, table_of
from fmstod.knowledge.entry import Entry, Recommendation
from fmstod.knowledge.library import Library, Resolved
from fmstod.knowledge.limits import limit_of
from fmstod.knowledge.matching import LOADS, OTHER, SCALE, Answer, Answers, Asked, Clause, holds

CHANGED = "changed_at_source"


class Standing(StrEnum):
    """In the order in which candidates are shown."""

    APPLIES = "applies"
    POSSIBLE = "possible"
    EXCLUDED = "excluded"


@dataclass(frozen=True)
class Option:
    """A choice: `key` is what is stored in Consultation.conditions. No labels stands for "none of these".

    Any of `labels` fits, or all; `status` is a treatment's.
    """

    key: str
    labels: Sequence[str]
    needs_all: bool = False
    status: str = ""


@dataclass(frozen=True)
class Question:
    """A condition to ask for. `key` is its place in Consultation.conditions; no options means yes or no.

    `slot` and, for a treatment, `status` choose its wording (`wording.question`); `labels` name what is asked about, any
    or all of it. `own` is the id of a question text of its own. `answer` is what is stored or follows from the work's
    load or the other diagnoses; `given` is True when the physician answered it here.
    """

    key: str
    slot: str
    labels: Sequence[str]
    options: Sequence[Option] = ()
    status: str = ""
    own: str = ""
    needs_all: bool = False
    answer: Answer | None = None
    given: bool = False


@dataclass(frozen=True)
class Candidate:
    """A recommendation and how it stands. `open` and `excluded_by` are keys of questions; `fits` counts what holds.

    `open` begins with the question that is best asked. `limit_days` is its upper bound in days, None for none.
    """

    recommendation: Recommendation
    standing: Standing
    limit_days: int | None
    fits: int = 0
    open: Sequence[str] = ()
    excluded_by: Sequence[str] = ()


@dataclass(frozen=True)
class Instead:
    """Another answer to a question, where nothing fits the one given, and what would apply then."""

    question: Question
    answer: Answer
    advice: "EntryAdvice"


@dataclass(frozen=True)
class EntryAdvice:
    """One entry: candidates in order (applying, possible, excluded; the most specific first), and its questions.

    The questions stand in an order that doesn't move with the answers. `limit` is this entry's alone. `asks` are the keys of the unanswered questions that can still change what is shown,
    the one that tells most apart first; none for an entry that has changed at its source. `ruling` are the ids of what
    applies and isn't replaced by something narrower. `instead` is there when nothing fits: what FMB has for other answers.
    """

    resolved: Resolved
    candidates: Sequence[Candidate]
    questions: Sequence[Question]
    limit: Limit | None
    asks: Sequence[str] = ()
    ruling: frozenset[int] = frozenset()
    instead: Sequence[Instead] = ()

    @property
    def open_questions(self) -> Sequence[Question]:
        """What to ask, best first."""
        by_key = {q.key: q for q in self.questions}
        return tuple(by_key[key] for key in self.asks)

    @property
    def deciding(self) -> Candidate | None:
        """The candidate that sets the limit."""
        wanted = self.limit.recommendation if self.limit else None
        return next((c for c in self.candidates if c.recommendation.id == wanted), None)

    @property
    def beside(self) -> Sequence[Candidate]:
        """What holds for the patient beside the deciding one and says something else: FMB leaves a choice."""
        told = self.deciding
        if told is None or told.recommendation.id not in self.ruling or not self.limit or not self.limit.sure:
            return ()
        others = (c for c in self.candidates if c.recommendation.id in self.ruling and c is not told)
        return tuple(c for c in others if shown(c.recommendation) != shown(told.recommendation))


@dataclass(frozen=True)
class Advice:
    """For all diagnoses: an advice for each entry in their order, and codes without FMB.

    Each entry has its own limit; none speaks for another.
    """

    entries: Sequence[EntryAdvice]
    without: Sequence[str]

    @property
    def limits(self) -> tuple[Limit, ...]:
        """One for each entry that has one, in the order of the diagnoses."""
        return tuple(entry.limit for entry in self.entries if entry.limit)

    @property
    def shared(self) -> frozenset[str]:
        """The questions that more than one entry asks, and that one answer settles for all of them."""
        keys = [q.key for entry in self.entries for q in entry.questions]
        return frozenset(key for key in keys if keys.count(key) > 1)


@dataclass(frozen=True)
class Largest:
    """Webcert's figure: the largest number that the export gives for any recommendation of any of the diagnoses.

    `code` is the code that FMB knows it by. fmb.md section 4.
    """

    days: int
    code: str
    entry: Entry


def advise(
    library: Library, codes: Sequence[str], conditions: Mapping[str, Answer] | None = None, load: str = ""
) -> Advice:
    """The advice for diagnoses in their order, given what is answered. `load` is Work.load."""
    asked = [normalise(code) for code in codes if normalise(code)]
    made: list[EntryAdvice] = []
    without: list[str] = []
    for code in asked:
        resolved = library.resolve(code)
        if resolved is None:
            without.append(code)
        elif all(resolved.code != other.resolved.code for other in made):
            others = [other for other in asked if other != code]
            given = conditions or {}
            found = _for_entry(library, resolved, others, given, load)
            made.append(replace(found, instead=_instead(found, library, others, given, load)))
    return Advice(tuple(made), tuple(without))


def largest(advice: Advice) -> Largest | None:
    """What Webcert compares the days with: conditions, kind and "or longer" don't count, and the first of equals leads.

    None when no recommendation has a number.
    """
    found = [(e.resolved.largest_days, e.resolved) for e in advice.entries]
    numbers = [(days, of) for days, of in found if days is not None]
    if not numbers:
        return None
    days, of = max(numbers, key=lambda number: number[0])
    return Largest(days, of.code, of.entry)


def _for_entry(
    library: Library, resolved: Resolved, others: Sequence[str], conditions: Mapping[str, Answer], load: str
) -> EntryAdvice:
    entry, table = resolved.entry, table_of(library, resolved.code)
    given = {q.key: q.read(conditions.get(q.key)) for q in table.questions}
    follows = {q.key: _follows(library, q, others, load) for q in table.questions if given[q.key] is None}
    answers = {**given, **follows}
    asks = () if entry.changed_at_source else table.order(answers)
    best = {key: i for i, key in enumerate(dict.fromkeys((*asks, *(q.key for q in table.questions))))}
    holding = entry.holding(resolved.code)
    candidates = sorted((_candidate(entry, r, table.needs[r.id], answers, best) for r in holding), key=_order)
    limit, ruling = limit_of(entry, table, [c.recommendation for c in candidates], answers, conditions)
    questions = [_question(library, q, answers[q.key], given[q.key] is not None) for q in table.ranked]
    return EntryAdvice(resolved, tuple(candidates), tuple(questions), limit, asks, ruling)


def _instead(
    found: EntryAdvice, library: Library, others: Sequence[str], conditions: Mapping[str, Answer], load: str
) -> Sequence[Instead]:
    """What one other answer would give. On a scale those next to the given one, on either side; else all."""
    if found.limit or not found.candidates:
        return ()
    made: list[Instead] = []
    for question in found.questions:
        if question.answer is None:
            continue
        named = [o.key for o in question.options if o.labels]
        own: Sequence[Answer] = named or (False, True)
        tried = {
            answer: _for_entry(library, found.resolved, others, {**conditions, question.key: answer}, load)
            for answer in own
            if answer != question.answer
        }
        fitting = [answer for answer, advice in tried.items() if advice.limit]
        steps = next((scale for scale in (LOADS, SCALE) if question.answer in scale and set(own) <= {*scale}), None)
        if steps:
            at = steps.index(str(question.answer))
            below = [a for a in steps[:at] if a in fitting]
            fitting = [*below[-1:], *[a for a in steps[at:] if a in fitting][:1]]
        made += [Instead(question, answer, tried[answer]) for answer in fitting]
    return tuple(made)


def _follows(library: Library, asked: Asked, others: Sequence[str], load: str) -> Answer | None:
    """What needs no question: the load from the work, comorbidity that stands among the diagnoses."""
    if asked.answers == LOADS and load in LOADS:
        return load
    if asked.slot == "comorbidity":
        codes = [code for key in asked.terms for code in library.term("comorbidity", key).icd10se]
        return True if any(other.startswith(code) for other in others for code in codes) else None
    return None


def _candidate(
    entry: Entry, r: Recommendation, needs: Sequence[Clause], answers: Answers, best: Mapping[str, int]
) -> Candidate:
    found = [(clause, holds(clause, answers)) for clause in needs]
    open_ = {a.key for clause, it in found if it is None for a, _ in clause.atoms if answers[a.key] is None}
    against = dict.fromkeys(
        a.key for clause, it in found if it is False for a, fits in clause.atoms if answers[a.key] not in (None, *fits)
    )
    standing = Standing.EXCLUDED if against else Standing.POSSIBLE if open_ else Standing.APPLIES
    fits = sum(len(clause.atoms) if clause.needs_all else 1 for clause, it in found if it)
    still = tuple(sorted(open_, key=best.__getitem__)) if standing is Standing.POSSIBLE else ()
    return Candidate(r, standing, entry.limit_days(r), fits, still, tuple(against))


def _order(candidate: Candidate) -> tuple[int, int, float, int]:
    """The most specific first, the longest last."""
    days = bound(candidate.limit_days)
    return list(Standing).index(candidate.standing), -candidate.fits, days, candidate.recommendation.id


def _question(library: Library, asked: Asked, answer: Answer | None, given: bool) -> Question:
    slot = asked.slot
    terms = [library.term(slot, key) for key in asked.terms]
    options = [
        Option(o.key, tuple(library.term(slot, key).label for key in o.terms), o.needs_all, o.status)
        for o in asked.options
    ]
    if OTHER in asked.answers:
        options.append(Option(OTHER, ()))
    own = {t.question for t in terms}  # a choice has one when all its options name the same
    said = own.pop() if len(own) == 1 else ""
    labels = tuple(t.label for t in terms)
    return Question(
        asked.key, slot, labels, tuple(options), asked.status, said, asked.needs_all, answer=answer, given=given
    )
