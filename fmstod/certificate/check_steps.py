"""Checks of the steps of a step-down that no certificate holds yet."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from fmstod.certificate.check_rows import wrong_ends
from fmstod.certificate.form import Steps
from fmstod.certificate.rules import said
from fmstod.domain.answers import Answer, PeriodRow, StepRow
from fmstod.domain.problem import Problem

STEP = "PL-6"


def step_problems(question: Steps, rows: tuple[StepRow, ...], answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """PL-6: each step ahead has a degree and real days, after the certificate's last one, and none twice."""
    last = _last_day(answers)
    ahead = [(i, row.row) for i, row in enumerate(rows) if row.ahead]
    for i, row in ahead:
        place = f"{question.ref}[{i}]"
        for name, typed in (("degree", row.degree), ("from", row.first.strip()), ("to", row.last.strip())):
            if not typed:
                yield said(question, STEP, "required", f"{place}.{name}", missing=True)
        for name, check in wrong_ends(row):
            yield said(question, STEP, check, f"{place}.{name}", check)
        if last and row.period and row.period.first <= last:
            after = (last + timedelta(days=1)).isoformat()
            yield said(question, STEP, "early", f"{place}.from", "early", day=after)
    real = sorted(((period, i) for i, row in ahead if (period := row.period)), key=lambda each: each[0].first)
    for (before, _), (after_it, i) in pairwise(real):
        if after_it.first <= before.last:
            yield said(
                question, STEP, "overlap", f"{question.ref}[{i}].from", "overlap", day=after_it.first.isoformat()
            )


def _last_day(answers: Mapping[str, Answer]) -> date | None:
    """The last day of the certificate's periods, by the kind of their rows."""
    rows = (row for value in answers.values() if isinstance(value, tuple) for row in value)
    return max((row.period.last for row in rows if isinstance(row, PeriodRow) and row.period), default=None)
