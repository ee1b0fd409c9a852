"""The rows of a step-down: the certificate's periods, what is said of each, and the steps that no certificate holds yet.

The days stand once: in the certificate's rows (question 32), or, after its signature, in the rows ahead.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from fmstod.domain.answers import PeriodRow, StepRow
from fmstod.domain.period import WEEK, Degree, Period
from fmstod.domain.words import Phrases
from fmstod.followup.catalogue import Catalogue
from fmstod.followup.facts import Facts
from fmstod.followup.steps import CONSTANT
from fmstod.followup.suggest import pairs, stops

_DAY = timedelta(days=1)
_FEW = 2  # signs to stop at, and tasks: more nobody reads


def beside(rows: Sequence[PeriodRow], stored: Sequence[StepRow]) -> list[StepRow]:
    """What is said of each of the certificate's rows, by its degree; of two with the same degree the first has it."""
    said = {step.degree: step for step in reversed(stored) if not step.ahead}
    return [said.pop(row.degree, StepRow(ahead=False, degree=row.degree)) for row in rows]


def noted(stored: Sequence[StepRow], note: StepRow) -> tuple[StepRow, ...]:
    """With what is said now of a degree; nothing said is no row."""
    others = [step for step in stored if step.ahead or step.degree != note.degree]
    return _ordered([*others, note] if note.says and note.degree else others)


def renamed(stored: Sequence[StepRow], before: Sequence[PeriodRow], after: Sequence[PeriodRow]) -> tuple[StepRow, ...]:
    """What is said follows a row whose degree was changed, unless something is said of the new degree already."""
    made = list(stored)
    if len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            taken = {step.degree for step in made if not step.ahead}
            if old.degree != new.degree and new.degree and new.degree not in taken:
                made = [s.changed(degree=new.degree) if not s.ahead and s.degree == old.degree else s for s in made]
    return _ordered(made)


def ahead_of(stored: Sequence[StepRow]) -> list[StepRow]:
    """The steps that no certificate holds yet, as they stand."""
    return [step for step in stored if step.ahead]


def with_ahead(stored: Sequence[StepRow], rows: Sequence[PeriodRow]) -> tuple[StepRow, ...]:
    """With these degrees and days for the steps ahead; each keeps what is said of it."""
    before = ahead_of(stored)
    if len(before) > len(rows):  # one was taken away: the others are told by their days
        before = [next((step for step in before if step.row == row), StepRow(ahead=True)) for row in rows]
    before += [StepRow(ahead=True)] * (len(rows) - len(before))
    made = [
        step.changed(degree=row.degree, first=row.first, last=row.last) for step, row in zip(before, rows, strict=True)
    ]
    return (*(step for step in stored if not step.ahead), *made)


def into_certificate(stored: Sequence[StepRow]) -> tuple[tuple[PeriodRow, ...], tuple[StepRow, ...]]:
    """The next certificate's rows out of the steps ahead, and what is said of them there."""
    ahead = ahead_of(stored)
    said: tuple[StepRow, ...] = tuple(step for step in stored if not step.ahead)
    for step in ahead:
        if step.says:
            said = noted(said, step.changed(ahead=False, first="", last=""))
    return tuple(step.row for step in ahead), said


def proposal(periods: Sequence[Period]) -> tuple[PeriodRow, ...]:
    """The rows that a constant full sick leave could become: 28 days of it, then half time, then a quarter.

    Empty where there is nothing after the twenty-eighth day. A starting point to change, never a recommendation.
    """
    if len(periods) != 1 or periods[0].degree != 100 or periods[0].days <= CONSTANT:
        return ()
    full = periods[0]
    start = full.first + timedelta(days=CONSTANT)
    return (_row(100, full.first, start - _DAY), *_down(start, full.last))


def proposal_ahead(last: Period) -> tuple[PeriodRow, ...]:
    """What could follow a signed certificate: two weeks on half time and two on a quarter."""
    start = last.last + _DAY
    return _down(start, start + timedelta(days=4 * WEEK - 1))


def filled(step: StepRow, facts: Facts, catalogue: Catalogue, words: Phrases) -> StepRow:
    """With proposals where nothing is written: from the demands that aren't managed, and signs to stop at."""
    if step.degree in (None, 100):  # nobody works in it
        return step
    hindered = pairs(facts, catalogue)
    found = {
        "hours": words[f"hours.{step.degree}"],
        "possible": _listed([pair.possible for pair in hindered]),
        "avoid": _listed([pair.avoid for pair in hindered]),
        "stop": _listed([stop.text for stop in stops(facts, catalogue)], words["draft.or"]),
    }
    return step.changed(**{name: value for name, value in found.items() if value and not getattr(step, name).strip()})


def _listed(said: Sequence[str], last: str = ", ") -> str:
    return last.join(dict.fromkeys(said[:_FEW]))


def _down(start: date, last: date) -> tuple[PeriodRow, ...]:
    """Half time, and from the middle on a quarter where each would last a week at least."""
    days = (last - start).days + 1
    if days < 2 * WEEK:
        return (_row(50, start, last),)
    middle = start + timedelta(days=days // (2 * WEEK) * WEEK)
    return _row(50, start, middle - _DAY), _row(25, middle, last)


def _row(degree: Degree, first: date, last: date) -> PeriodRow:
    return PeriodRow(degree=degree, first=first.isoformat(), last=last.isoformat())


def _ordered(steps: Sequence[StepRow]) -> tuple[StepRow, ...]:
    """Those of the certificate by degree, the full one first; then those ahead as they stand."""
    here = sorted((step for step in steps if not step.ahead), key=lambda step: -(step.degree or 0))
    return (*here, *(step for step in steps if step.ahead))
