"""Checks of answers that are rows: what the certificate is based on, diagnoses, periods."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from fmstod.certificate.check_values import too_long
from fmstod.certificate.form import DatedChoices, Diagnoses, Periods
from fmstod.certificate.rules import broken, missing, said
from fmstod.certificate.subject import Facts
from fmstod.domain.answers import DatedChoice, Diagnosis, PeriodRow
from fmstod.domain.icd import dotted, is_code, lacks_fourth, normalise, of_primary_care
from fmstod.domain.period import EARLIEST, LATEST, Period, iso_day
from fmstod.domain.problem import Level, Problem, excerpt

PRIMARY_CARE = "KSH_97_P"


def basis_problems(question: DatedChoices, rows: tuple[DatedChoice, ...], today: date) -> Iterator[Problem]:
    """MU-1…4, 8: a basis with a real day that isn't after today, each basis once."""
    ref = question.ref
    if not any(row.date.strip() for row in rows):
        # Chosen without a day is the same gap as nothing chosen, but its place is the day.
        yield from missing(question, f"{ref}[0].date", "day") if rows else missing(question)
        return
    seen: set[str] = set()
    for i, row in enumerate(rows):
        field = f"{ref}[{i}].date"
        if not row.date.strip():
            yield broken(question, "real", field, "empty", missing=True)
        else:
            yield from _day(question, row.date, field)
        if row.kind in seen:
            yield broken(question, "twice", field)
        seen.add(row.kind)
    yield from future_dates(question, rows, today)


def listed_problems(question: DatedChoices, rows: tuple[DatedChoice, ...], today: date) -> Iterator[Problem]:
    """A list of documents from the top without gaps: each of a kind that the form takes, with its day and place."""
    ref = question.ref
    filled = {i for i, row in enumerate(rows) if (row.kind + row.date + (row.where or "")).strip()}
    if not filled:
        yield from missing(question)
        return
    kinds = {option.code for option in question.options}
    for i, row in enumerate(rows[: max(filled) + 1]):
        place = f"{ref}[{i}]"
        if i not in filled:
            yield broken(question, "gap", f"{place}.kind", row=i + 1)
            continue
        if not row.kind.strip():
            yield said(question, question.rules["required"], "no_kind", f"{place}.kind", missing=True, row=i + 1)
        elif row.kind not in kinds:
            yield broken(question, "unknown", f"{place}.kind")
        if not row.date.strip():
            yield said(question, question.rules["required"], "no_date", f"{place}.date", missing=True, row=i + 1)
        else:
            yield from _day(question, row.date, f"{place}.date")
        if not (row.where or "").strip():
            yield said(question, question.rules["required"], "no_where", f"{place}.where", missing=True, row=i + 1)
    if max(filled) >= question.listed:
        yield broken(question, "many", f"{ref}[{question.listed}].kind", max=question.listed)
    yield from future_dates(question, rows, today)


def _day(question: DatedChoices, typed: str, field: str) -> Iterator[Problem]:
    day = iso_day(typed)
    if day is None:
        yield broken(question, "real", field)
    elif not EARLIEST <= day <= LATEST:
        yield broken(question, "bounds", field)


def future_dates(question: DatedChoices, rows: tuple[DatedChoice, ...], today: date) -> Iterator[Problem]:
    """MU-4, also when smittskydd leaves the question out."""
    for i, row in enumerate(rows):
        day = iso_day(row.date)
        if day and today < day <= LATEST:
            yield broken(question, "future", f"{question.ref}[{i}].date", today=today.isoformat())


def diagnosis_problems(question: Diagnoses, rows: tuple[Diagnosis, ...], facts: Facts) -> Iterator[Problem]:
    """DX-1…4, 7, 8, 10, 11: rows from the top without gaps, each with a code and a text."""
    filled = [is_begun(row) for row in rows]
    if not any(filled):
        yield from missing(question)
        return
    if not filled[0]:  # then nothing else is said about the list
        yield said(question, "DX-2", "first", f"{question.ref}[0].code")
        return
    last = max(i for i, begun in enumerate(filled) if begun)
    for i, row in enumerate(rows[: last + 1]):
        place = f"{question.ref}[{i}]"
        if not filled[i]:
            yield said(question, "DX-10", "gap", f"{place}.code", row=i + 1)
            continue
        yield from _code(question, row, f"{place}.code", facts)
        if not row.text.strip():
            # Version 2.0 demands the text only above another row; below, a code alone is unkind to the reader.
            level = Level.ERROR if i < last else Level.WARNING
            yield said(question, "DX-8", "text", f"{place}.text", level=level, missing=True)
        yield from too_long(question, row.text, f"{place}.text", question.max)
    yield from too_many(question, last + 1)


def is_begun(row: Diagnosis) -> bool:
    return bool(row.code.strip() or row.text.strip())


def too_many(question: Diagnoses, rows: int) -> Iterator[Problem]:
    if rows > question.rows:
        yield said(question, "DX-11", "many", f"{question.ref}[{question.rows}].code", max=question.rows)


def shown_code(typed: str) -> str:
    """The code as a message repeats it."""
    return dotted(typed) if is_code(typed) else excerpt(typed.strip().upper(), 12)


def _code(question: Diagnoses, row: Diagnosis, field: str, facts: Facts) -> Iterator[Problem]:
    """DX-3, 4, 7: a code of ICD-10-SE, well written, long enough, and known as far as we can know."""
    typed, code = row.code, normalise(row.code)
    under = code[:3] if row.system == PRIMARY_CARE else of_primary_care(typed)
    if not typed.strip():
        yield said(question, "DX-3", "code", field, missing=True)
    elif under and (row.system == PRIMARY_CARE or not is_code(typed) or facts.standing(code).wrong):
        shown = excerpt(typed.strip().upper(), 12)
        yield said(question, "DX-7", "code", field, "primary_care", code=shown, under=excerpt(under))
    elif not is_code(typed):
        yield said(question, "DX-7", "code", field, "shape", code=shown_code(typed))
    elif lacks_fourth(code):
        yield said(question, "DX-4", "code", field, code=dotted(code))
    else:
        yield from unknown_code(question, code, field, facts)


def unknown_code(question: Diagnoses, code: str, field: str, facts: Facts) -> Iterator[Problem]:
    """DX-7: a well-written code that isn't one, as far as we can know."""
    if not (found := facts.standing(code)).known:
        key = "retired" if found.since else "unknown" if found.edition else ""
        level = Level(question.lookup) if found.edition else Level.WARNING
        edition = found.since or found.edition
        yield said(question, "DX-7", "code", field, key, level=level, code=dotted(code), edition=edition)


def period_problems(question: Periods, rows: tuple[PeriodRow, ...]) -> Iterator[Problem]:
    """SL-1, 2, 4…8. Gaps, rising degrees, a far start and length are allowed (SL-9…11)."""
    ref = question.ref
    used = [(i, row) for i, row in enumerate(rows) if row.degree or row.first.strip() or row.last.strip()]
    if not used:
        yield from missing(question)
    degrees: set[int] = set()
    for i, row in used:
        # Of two missing ends version 2.0 names one, the last day first.
        if not row.last.strip():
            yield said(question, "SL-4", "last", f"{ref}[{i}].to", "to", missing=True)
        elif not row.first.strip():
            yield said(question, "SL-4", "first", f"{ref}[{i}].from", "from", missing=True)
        for name, check in wrong_ends(row):
            yield said(question, {"real": "SL-5", "order": "SL-6"}[check], check, f"{ref}[{i}].{name}")
        if row.degree is None:
            yield said(question, "SL-2", "degree", f"{ref}[{i}].degree", missing=True)
        elif row.degree in degrees:
            yield said(question, "SL-8", "twice", f"{ref}[{i}].degree", degree=row.degree)
        else:
            degrees.add(row.degree)
    yield from _overlap(question, [(i, row.period) for i, row in used])


def wrong_ends(row: PeriodRow) -> Iterator[tuple[str, str]]:
    """The ends that are no days (`real`), or the last one when it is before the first (`order`)."""
    begins, ends_on = iso_day(row.first), iso_day(row.last)
    ends = ((begins, "from", row.first), (ends_on, "to", row.last))
    wrong = [name for day, name, text in ends if text.strip() and (day is None or not EARLIEST <= day <= LATEST)]
    yield from ((name, "real") for name in wrong)
    if not wrong and begins and ends_on and ends_on < begins:
        yield "to", "order"


def _overlap(question: Periods, rows: list[tuple[int, Period | None]]) -> Iterator[Problem]:
    """SL-7: the first day that two periods share, named at the one that begins later. Both ends count."""
    periods = sorted(((p.first, i, p) for i, p in rows if p), key=lambda row: row[:2])
    for (_, _, before), (_, i, after) in pairwise(periods):
        if after.first <= before.last:
            yield said(question, "SL-7", "overlap", f"{question.ref}[{i}].from", day=after.first.isoformat())
            return


def span_problems(question: Periods, rows: tuple[PeriodRow, ...]) -> Iterator[Problem]:
    """One period without a degree of its own: both days, the first not after the last."""
    row, ref = rows[0] if rows else PeriodRow(), question.ref
    for name, typed in (("from", row.first), ("to", row.last)):
        if question.required and not typed.strip():
            yield said(question, question.rules["required"], f"no_{name}", f"{ref}[0].{name}", missing=True)
    for name, check in wrong_ends(row):
        yield broken(question, check, f"{ref}[0].{name}")
    if len(rows) > 1:
        yield broken(question, "many", f"{ref}[1].from", max=1)
