"""What deserves a thought when a signed certificate is handed out or sent."""

from collections.abc import Mapping

from fmstod.certificate.form import Form, Periods, open_refs
from fmstod.certificate.rules import said
from fmstod.domain.answers import Answer, PeriodRow
from fmstod.domain.period import covered_days
from fmstod.domain.problem import Level, Problem

SENT_FROM = 15  # days of sick leave from which a certificate usually goes to Försäkringskassan
INFECTION = "27.1"


def handing_notice(form: Form, answers: Mapping[str, Answer], earlier: int = 0) -> Problem | None:
    """U-7: so few days, the `earlier` ones of the case counted, that Försäkringskassan usually doesn't need it.

    Nothing is said of an employer's form, or with smittskydd, which is paid from the first day.
    """
    if form.discretion or answers.get(INFECTION) is True:
        return None
    shown = open_refs(form, answers)
    for question in form.questions():
        value = answers.get(question.ref)
        if isinstance(question, Periods) and question.ref in shown and isinstance(value, tuple):
            days = covered_days(row.period for row in value if isinstance(row, PeriodRow) and row.period)
            if days and days + earlier < SENT_FROM:
                return said(question, "U-7", "short", level=Level.TIP, days=days)
    return None
