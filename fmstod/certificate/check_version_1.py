"""How version 1.x judges diagnoses and periods: the rows as they stand, each by itself (certificates.md 2.3, 2.5)."""

import re
from collections.abc import Iterator

from fmstod.certificate.check_rows import (
    PRIMARY_CARE,
    is_begun,
    shown_code,
    too_many,
    unknown_code,
    wrong_ends,
)
from fmstod.certificate.check_values import too_long
from fmstod.certificate.form import Diagnoses, Periods
from fmstod.certificate.rules import missing, said
from fmstod.certificate.subject import Facts
from fmstod.domain.answers import Diagnosis, PeriodRow
from fmstod.domain.icd import is_code, normalise
from fmstod.domain.period import Period
from fmstod.domain.problem import Problem

SHORTEST, SHORTEST_F, LONGEST = 3, 4, 5  # characters of a code, a dot counted
# DX-7: a letter, two digits, optional hyphen, digit and P; one code of ICD-10-SE is taken as well.
_PRIMARY_CARE = re.compile(r"[A-Z]\d\d-?\d?P?|F438A", re.ASCII)


def diagnosis_rows(question: Diagnoses, rows: tuple[Diagnosis, ...], facts: Facts) -> Iterator[Problem]:
    """DX-1…9, 11. A code must be written as one; whether it exists is only a notice."""
    if not rows:
        yield from missing(question)
        return
    if len(rows) > 1 and not is_begun(rows[0]):  # then nothing else is said about the list
        yield said(question, "DX-2", "first", f"{question.ref}[0].code")
        return
    for i, row in enumerate(rows):
        place = f"{question.ref}[{i}]"
        yield from _code(question, row, f"{place}.code", facts)
        if not row.text.strip():
            yield said(question, "DX-8", "text", f"{place}.text", missing=True)
        if _system(row) != _system(rows[0]):
            yield said(question, "DX-9", "system", f"{place}.code", code=shown_code(row.code), row=i + 1)
        yield from too_long(question, row.text, f"{place}.text", question.max)
    yield from too_many(question, len(rows))


def _system(row: Diagnosis) -> str:
    return row.system or "ICD_10_SE"


def _code(question: Diagnoses, row: Diagnosis, field: str, facts: Facts) -> Iterator[Problem]:
    """DX-3…7 of one code."""
    code, shown = row.code.strip().upper(), shown_code(row.code)
    if not code:
        yield said(question, "DX-3", "code", field, missing=True)
        return
    wrong = []
    if code.startswith(("F", "Z73")):
        wrong += ["DX-4"] if len(code) < SHORTEST_F else []
    elif len(code) < SHORTEST:
        wrong.append("DX-5")
    if len(code) > LONGEST:
        wrong.append("DX-6")
    for rule in wrong:
        yield said(question, rule, "code", field, code=shown)
    primary_care = _system(row) == PRIMARY_CARE
    if not (_PRIMARY_CARE.fullmatch(code) if primary_care else is_code(code)):
        yield said(question, "DX-7", "code", field, "primary_care_shape" if primary_care else "shape", code=shown)
    elif not wrong and not primary_care:
        yield from unknown_code(question, normalise(code), field, facts)


def period_rows(question: Periods, rows: tuple[PeriodRow, ...]) -> Iterator[Problem]:
    """SL-1…8. A row without days (SL-3) has two empty ends; one blank end tells a period whose days are missing."""
    if not rows:
        yield from missing(question)
    degrees: set[int] = set()
    for i, row in enumerate(rows):
        place = f"{question.ref}[{i}]"
        if row.degree is None:
            yield said(question, "SL-2", "degree", f"{place}.degree", missing=True)
        elif row.degree in degrees:
            yield said(question, "SL-8", "twice", f"{place}.degree", degree=row.degree)
        else:
            degrees.add(row.degree)
        if row.first or row.last:
            yield from _ends(question, row, place)
        elif row.degree is not None:
            yield said(question, "SL-3", "days", place, degree=row.degree, missing=True)
    yield from _overlaps(question, [row.period for row in rows])


def _ends(question: Periods, row: PeriodRow, place: str) -> Iterator[Problem]:
    """SL-4, 5, 6, each end by itself."""
    for name, typed in (("from", row.first), ("to", row.last)):
        if not typed.strip():
            yield said(question, "SL-4", "days", f"{place}.{name}", name, missing=True)
    for name, check in wrong_ends(row):
        yield said(question, {"real": "SL-5", "order": "SL-6"}[check], check, f"{place}.{name}")


def _overlaps(question: Periods, periods: list[Period | None]) -> Iterator[Problem]:
    """SL-7: each row against the first other that shares a day with it."""
    for i, own in enumerate(periods):
        others = (other for j, other in enumerate(periods) if j != i)
        met = next((o for o in others if own and o and o.first <= own.last and own.first <= o.last), None)
        if own is None or met is None:
            continue
        ends = ("from", "to") if own.first == met.first else ("to",) if own.first < met.first else ("from",)
        for name in ends:
            day = max(own.first, met.first).isoformat()
            yield said(question, "SL-7", "overlap", f"{question.ref}[{i}].{name}", day=day)
