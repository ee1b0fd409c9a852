"""The checker of quality with its rules, and what it is given: the one door for the window and the command line."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from typing import NamedTuple

from snowballstemmer import stemmer

from fmstod.certificate.fill import shown_answers
from fmstod.certificate.form import Form, Icf, Text
from fmstod.domain.answers import Answer, Diagnosis, PeriodRow
from fmstod.domain.consultation import FORM
from fmstod.domain.icd import is_code, normalise
from fmstod.domain.period import Period
from fmstod.domain.problem import Problem
from fmstod.domain.recommendation import Limit
from fmstod.errors import BadDataFile
from fmstod.files import QUALITY, read_rules, read_toml
from fmstod.knowledge.codes import Codes
from fmstod.knowledge.library import Library
from fmstod.knowledge.official import OfficialTexts
from fmstod.quality.judge import joined, judge
from fmstod.quality.reader import Given, Illness, PlanFacts
from fmstod.quality.rulebook import Rulebook, load_rulebook
from fmstod.sickleave.cases import REHABSTOD_GAP, Certificate, sick_days
from fmstod.sickleave.chain import chains_of

WHOLE_CODE = 4  # characters


@cache
def read_rulebook() -> Rulebook:
    """The rules and the lexicons. Raises BadDataFile."""
    lexicons = {file.name: read_toml(file) for file in sorted((QUALITY / "lexicon").glob("*.toml"))}
    try:
        return load_rulebook(read_rules(), lexicons, stemmer("swedish").stemWord)
    except ValueError as fault:
        raise BadDataFile(file="resources/quality", place="", reason=str(fault)) from fault


def is_judged(form: Form) -> bool:
    """Whether the rules are about this form: those of Försäkringskassan's certificate for sickness benefit."""
    return form.form == FORM[0]


def judged(form: Form, given: Given, said: Sequence[Problem]) -> list[Problem]:
    """The form's own problems `said`, with those of quality."""
    return joined(said, judge(read_rulebook(), given, said)) if is_judged(form) else list(said)


def given_of(
    form: Form,
    answers: Mapping[str, Answer],
    on: date,
    library: Library,
    *,
    previous: Mapping[str, Answer] | None = None,
    earlier: Iterable[Sequence[Period]] = (),
    before: int = 0,
    limits: Sequence[Limit] = (),
    fmb_texts: Sequence[str] = (),
    codes: Codes | None = None,
    plan: PlanFacts | None = None,
    born: date | None = None,
    asked: Mapping[str, int] | None = None,
) -> Given:
    """What the checker needs of a certificate to be signed on the day `on`.

    `earlier` are the periods of each earlier certificate that holds, `before` days of the sick leave that none tells of.
    `codes` are the known ones, for their names and what lies below them.
    """
    shown = shown_answers(form, answers)
    rows = [row for value in shown.values() if isinstance(value, tuple) for row in value]
    periods = tuple(p for row in rows if isinstance(row, PeriodRow) and (p := row.period))
    counted = _counted((periods, *earlier), periods)
    return Given(
        answers=shown,
        on=on,
        texts=tuple(q.ref for q in form.questions() if q.ref in shown and isinstance(q, Text | Icf)),
        previous=previous,
        illnesses=tuple(_illness(row, library, codes) for row in rows if isinstance(row, Diagnosis)),
        limits=tuple(limits),
        fmb_texts=tuple(fmb_texts),
        days=counted and counted.days + before,
        since=counted and counted.since,
        chain=counted and (counted.first + before, counted.last + before),
        plan=plan,
        born=born,
        asked=asked or {},
    )


def texts_of(library: Library, official: OfficialTexts, codes: Iterable[str]) -> tuple[str, ...]:
    """The paragraphs of FMB for these diagnoses, where the clinic has read them in: nobody's text should be one."""
    entries = {found.entry.fmb for code in codes if (found := library.resolve(code))}
    sections = (section for entry in sorted(entries & official.keys()) for section in official[entry].sections)
    return tuple(paragraph for section in sections for paragraph in section.paragraphs)


def _illness(row: Diagnosis, library: Library, codes: Codes | None) -> Illness:
    code = normalise(row.code)
    real = is_code(code)
    found = library.resolve(code) if real else None
    hit = codes.hit(code) if codes and real else None
    return Illness(
        code=code,
        text=row.text,
        name=library.icd.get(code) or (hit.label if hit and not hit.inherited else ""),
        entry=found.entry.fmb if found else None,
        icf=frozenset(found.entry.icf.codes) if found else frozenset(),
        divided=real and codes is not None and _is_divided(codes, code),
    )


def _is_divided(codes: Codes, code: str) -> bool:
    """Whether there are finer codes below one. All categories of ICD-10-SE have some, also where no register tells them."""
    return bool(codes.children(code)) or (codes.edition is None and len(code) < WHOLE_CODE)


class _Counted(NamedTuple):
    """Days of the sick leave (D1) and its first day; days of the chain (D4) on the certificate's first and last day."""

    days: int
    since: date
    first: int
    last: int


def _counted(certificates: Iterable[Sequence[Period]], own: Sequence[Period]) -> _Counted | None:
    if not own:
        return None
    first, last = min(p.first for p in own), max(p.last for p in own)
    signed = datetime.combine(first, time(), UTC)
    days = sick_days([Certificate(signed=signed, periods=tuple(each)) for each in certificates])
    case = next(part for part in days.parts(REHABSTOD_GAP) if part.first <= last.toordinal() <= part.last)
    chain = next(each for each in chains_of(days) if each.holds(last))
    return _Counted(case.count, date.fromordinal(case.first), chain.day(first), chain.day(last))
