"""Checks of answers that are rows: what the certificate is based on, diagnoses, periods."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from fmstod.certificate.check_values import missing, too_long
from fmstod.certificate.form import DatedChoices, Diagnoses, Periods
from fmstod.certificate.subject import Facts
from fmstod.domain.answers import DatedChoice, Diagnosis, PeriodRow
from fmstod.domain.icd import dotted, is_code, lacks_fourth, normalise, of_primary_care
from fmstod.domain.period import EARLIEST, LATEST, Period, iso_day
from fmstod.domain.problem import Level, Problem, excerpt


def basis_problems(question: DatedChoices, rows: tuple[DatedChoice, ...], today: date) -> Iterator[Problem]:
    """MU-1…4, 8: a basis with a real day that isn't after today, each basis once."""
    rules, ref = question.rules, question.ref
    if not any(row.date.strip() for row in rows):
        # Chosen without a day is the same gap as nothing chosen, but its place is the day.
        field, key = (f"{ref}[0].date", f"{rules['required']}.day") if rows else (ref, "")
        yield Problem(rules["required"], field, key=key, missing=True)
        return
    seen: set[str] = set()
    for i, row in enumerate(rows):
        field, day = f"{ref}[{i}].date", iso_day(row.date)
        if not row.date.strip():
            yield Problem(rules["real"], field, key=f"{rules['real']}.empty", missing=True)
        elif day is None:
            yield Problem(rules["real"], field)
        elif not EARLIEST <= day <= LATEST:
            yield Problem(rules["bounds"], field)
        if row.kind in seen:
            yield Problem(rules["twice"], field)
        seen.add(row.kind)
    yield from future_dates(question, rows, today)


def future_dates(question: DatedChoices, rows: tuple[DatedChoice, ...], today: date) -> Iterator[Problem]:
    """MU-4, also when smittskydd leaves the question out."""
    for i, row in enumerate(rows):
        day = iso_day(row.date)
        if day and today < day <= LATEST:
            yield Problem(question.rules["future"], f"{question.ref}[{i}].date", values={"today": today.isoformat()})


def diagnosis_problems(question: Diagnoses, rows: tuple[Diagnosis, ...], facts: Facts) -> Iterator[Problem]:
    """DX-1…4, 7, 8, 10, 11: rows from the top without gaps, each with a code and a text."""
    filled = [bool(row.code.strip() or row.text.strip()) for row in rows]
    if not any(filled):
        yield from missing(question)
        return
    if not filled[0]:  # then nothing else is said about the list
        yield Problem("DX-2", f"{question.ref}[0].code")
        return
    last = max(i for i, said in enumerate(filled) if said)
    for i, row in enumerate(rows[: last + 1]):
        place = f"{question.ref}[{i}]"
        if not filled[i]:
            yield Problem("DX-10", f"{place}.code", values={"row": i + 1})
            continue
        yield from _code(question, row.code, f"{place}.code", facts)
        if not row.text.strip():
            # Version 2.0 demands the text only above another row; below, a code alone is unkind to the reader.
            yield Problem("DX-8", f"{place}.text", Level.ERROR if i < last else Level.WARNING, missing=True)
        yield from too_long(question, row.text, f"{place}.text", question.max)
    if last >= question.rows:
        yield Problem("DX-11", f"{question.ref}[{question.rows}].code", values={"max": question.rows})


def _code(question: Diagnoses, typed: str, field: str, facts: Facts) -> Iterator[Problem]:
    """DX-3, 4, 7: a code, well written, long enough, and known as far as we can know."""
    code = normalise(typed)
    values = {"code": dotted(code) if is_code(typed) else excerpt(typed.strip().upper(), 12)}
    if not typed.strip():
        yield Problem("DX-3", field, missing=True)
    elif (under := of_primary_care(typed)) and (not is_code(typed) or facts.standing(code).wrong):
        yield Problem("DX-7", field, key="DX-7.primary_care", values={"code": typed.strip().upper(), "under": under})
    elif not is_code(typed):
        yield Problem("DX-7", field, key="DX-7.shape", values=values)
    elif lacks_fourth(code):
        yield Problem("DX-4", field, values=values)
    elif not (found := facts.standing(code)).known:
        key = "DX-7.retired" if found.since else "DX-7.unknown" if found.edition else "DX-7"
        level = Level(question.lookup) if found.edition else Level.WARNING
        yield Problem("DX-7", field, level, key, {**values, "edition": found.since or found.edition})


def period_problems(question: Periods, rows: tuple[PeriodRow, ...]) -> Iterator[Problem]:
    """SL-1, 2, 4…8. Gaps, rising degrees, a far start and length are allowed (SL-9…11)."""
    ref = question.ref
    used = [(i, row) for i, row in enumerate(rows) if row.degree or row.first.strip() or row.last.strip()]
    if not used:
        yield from missing(question)
    degrees: set[int] = set()
    for i, row in used:
        yield from _ends(row, f"{ref}[{i}]")
        if row.degree is None:
            yield Problem("SL-2", f"{ref}[{i}].degree", missing=True)
        elif row.degree in degrees:
            yield Problem("SL-8", f"{ref}[{i}].degree", values={"degree": row.degree})
        else:
            degrees.add(row.degree)
    yield from _overlap(ref, [(i, row.period) for i, row in used])


def _ends(row: PeriodRow, place: str) -> Iterator[Problem]:
    """SL-4, 5, 6 of one row. Of two missing ends version 2.0 names one, the last day first."""
    if not row.last.strip():
        yield Problem("SL-4", f"{place}.to", key="SL-4.to", missing=True)
    elif not row.first.strip():
        yield Problem("SL-4", f"{place}.from", key="SL-4.from", missing=True)
    begins, ends_on = iso_day(row.first), iso_day(row.last)
    ends = ((begins, "from", row.first), (ends_on, "to", row.last))
    wrong = [name for day, name, text in ends if text.strip() and (day is None or not EARLIEST <= day <= LATEST)]
    for name in wrong:
        yield Problem("SL-5", f"{place}.{name}")
    if not wrong and begins and ends_on and ends_on < begins:
        yield Problem("SL-6", f"{place}.to")


def _overlap(ref: str, rows: list[tuple[int, Period | None]]) -> Iterator[Problem]:
    """SL-7: the first day that two periods share, named at the one that begins later. Both ends count."""
    periods = sorted(((p.first, i, p) for i, p in rows if p), key=lambda row: row[:2])
    for (_, _, before), (_, i, after) in pairwise(periods):
        if after.first <= before.last:
            yield Problem("SL-7", f"{ref}[{i}].from", values={"day": after.first.isoformat()})
            return
