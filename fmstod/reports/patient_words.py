"""What the patient's page says: sentences from a signed certificate and its plan, in words that anyone can read."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from fmstod.dates import day_month
from fmstod.domain.answers import Diagnosis, Measure, PeriodRow, Status, StepRow
from fmstod.domain.consultation import DIAGNOSES, PERIODS
from fmstod.domain.document import Document
from fmstod.domain.icd import normalise
from fmstod.domain.period import WEEK, Period, iso_day
from fmstod.domain.words import capital, small
from fmstod.reports.form_blocks import Labels, periods_of, rows
from fmstod.reports.step_words import step_lines
from fmstod.sickleave.groups import Standing
from fmstod.sickleave.milestones import Law, Milestone, milestones, planned
from fmstod.texts import catalogue, text

FOLLOW_UP = "plan.followup"
OCCUPATION, INFECTION, EVEN, AHEAD, MONTHS = "28", "27.1", "33", "39", "39.4"
EMPLOYED, STUDYING = "NUVARANDE_ARBETE", "STUDIER"
AFTER_SALARY = 15  # the day from which the employer no longer pays
EACH = (8, AFTER_SALARY, 30)  # the days that everyone is told of
_CLOSE = timedelta(days=300)  # a day this far ahead is in the year that comes to mind
OVER = (Status.DONE, Status.STOPPED)  # nothing is left to do
Row = tuple[str, str, str]


def periods(certificate: Document) -> list[Period]:
    """In time order."""
    return periods_of(rows(certificate.answers.get(PERIODS), PeriodRow))


def marks_of(law: Law, certificate: Document, earlier: int | None) -> Sequence[Milestone] | None:
    """The law's days of the case; None while nobody knows how many days came before, or there are no periods."""
    found = periods(certificate)
    if earlier is None or not found:
        return None
    return milestones(law, planned(found, earlier), Standing())


def occupations(certificate: Document) -> list[str]:
    return rows(certificate.answers.get(OCCUPATION), str)


def why(certificate: Document, labels: Labels) -> str:
    """What isn't possible, why, and what is expected. The diagnosis in words: its code tells the patient nothing."""
    said = [
        text("patient.why.infection") if may_infect(certificate) else text("patient.why.work", do=_does(certificate))
    ]
    found = rows(certificate.answers.get(DIAGNOSES), Diagnosis)
    names = [name for row in found if (name := row.text.strip() or labels.get(normalise(row.code), ""))]
    if names:
        said.append(text("patient.why.cause", diagnoses=_listed([small(name) for name in names], "patient.and")))
    return " ".join([*said, *_ahead(certificate)])


def may_infect(certificate: Document) -> bool:
    """Kept from work so that nobody else falls ill: other rules hold then, and other money."""
    return certificate.answers.get(INFECTION) is True


def _does(certificate: Document) -> str:
    does = [text(key) for code in occupations(certificate) if (key := f"patient.why.do.{code}") in catalogue()]
    return _listed(does or [text(f"patient.why.do.{EMPLOYED}")], "patient.or")


def _ahead(certificate: Document) -> Iterator[str]:
    answer, months = certificate.answers.get(AHEAD), certificate.answers.get(MONTHS)
    key, made = f"patient.ahead.{answer}", periods(certificate)
    if key not in catalogue():
        return
    if answer == "ATER_X_ANTAL_MANADER":
        if isinstance(months, int):
            yield text(key, months=_counted(months, "month"))
    elif made or answer != "STOR_SANNOLIKHET":
        yield text(key, last=day_month(max((period.last for period in made), default=date.min)))


def _listed(words: Sequence[str], last: str) -> str:
    """«a, b och c»"""
    return f" {text(last)} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


def _counted(number: int, what: str) -> str:
    """«en dag», «fyra veckor», «14 dagar»."""
    if number == 1:
        return text(f"patient.count.{what}")
    words = text("patient.count.words").split()
    return text(f"patient.count.{what}s", number=words[number] if number < len(words) else number)


def days_of(period: Period, certificate: Document) -> str:
    """«23 november – 20 december», with the year where it may be another than the reader thinks."""
    first, last = day_month(period.first), day_month(period.last)
    if period.last - certificate.signed_at.date() > _CLOSE:
        last = f"{last} {period.last.year}"
    return f"{first} – {last}" if period.days > 1 else last


def step(certificate: Document, period: Period) -> str:
    """How long, and how much work is left at this degree."""
    weeks, over = divmod(period.days, WEEK)
    lasts = _counted(period.days, "day") if over else _counted(weeks, "week")
    at_work = "work" if EMPLOYED in occupations(certificate) else "other"
    even = certificate.answers.get(EVEN) is True and period.degree < 100
    said = [f"{capital(lasts)}.", text(f"patient.degree.{at_work}.{period.degree}")]
    return " ".join([*said, text("patient.why.even")] if even else said)


def visits(plan: Document | None) -> list[date]:
    """The days on which something in the plan happens."""
    if plan is None:
        return []
    typed = [str(plan.answers.get(FOLLOW_UP, "")), *(row.when.strip() for row in _measures(plan))]
    return sorted({day for each in typed if (day := iso_day(each))})


def next_visit(plan: Document | None) -> str:
    """The day of the follow-up, spelled out where it is one."""
    return _when(str(plan.answers.get(FOLLOW_UP, "")).strip()) if plan else ""


def tasks(plan: Document) -> list[Row]:
    """Who does what and when: the measures as typed, with days spelled out, and the follow-up in our words.

    What the patient does comes first, the follow-up last.
    """
    made = [(_who(row.owner), row.what, _when(row.when)) for row in _measures(plan)]
    made.sort(key=lambda row: not row[0].startswith(text("patient.plan.you")))
    if day := next_visit(plan):
        made.append((text("patient.plan.we"), text("patient.plan.followup"), day))
    return made


def said_in(plan: Document, ref: str) -> str:
    """Own words of the plan, without empty lines."""
    return "\n".join(line for line in str(plan.answers.get(ref, "")).splitlines() if line.strip())


def steps(plan: Document) -> str:
    """What the plan says of each step, in its own words."""
    rows_of = rows(plan.answers.get("plan.stepdown"), StepRow)
    return step_lines(rows_of) or said_in(plan, "plan.steps")


def _measures(plan: Document) -> list[Measure]:
    if plan.answers.get("plan.none_needed") is True:
        return []
    found = rows(plan.answers.get("plan.measures"), Measure)
    return [row for row in found if row.status not in OVER and (row.what + row.owner + row.when).strip()]


def _who(owner: str) -> str:
    """The patient is «du», also among others."""
    you, patient = text("patient.plan.you"), text("patient.plan.the_patient")
    first, *others = owner.strip().split(" ")
    said = [you.lower() if word.lower() == patient else word for word in others]
    return " ".join([you if first.lower() == patient else first, *said])


def _when(typed: str) -> str:
    day = iso_day(typed.strip())
    return day_month(day) if day else typed


def duties(certificate: Document, marks: Sequence[Milestone] | None) -> list[Row]:
    """Day, date and what is to be done then; none for those whom the law asks for nothing of the kind.

    `marks` are the law's days of this case, None when nobody knows which day of the case this is: then the days stand
    without dates. Those after the thirtieth day are told where they lie within the sick leave.
    """
    if may_infect(certificate):
        return []
    who = whose(certificate)
    if marks is None:
        return [(_first(who), "", text(f"patient.duty.{who}.first"))] + [
            (str(day), "", said) for day in EACH if (said := _duty(who, day, applies=False))
        ]
    last = max((period.last for period in periods(certificate)), default=date.min)
    made = [
        (str(mark.day), day_month(mark.on), said if mark.on <= last or not mark.applies else _if_still_ill(said))
        for mark in marks
        if (mark.day in EACH or mark.on <= last) and (said := _duty(who, mark.day, mark.applies))
    ]
    return [*_begins(who, marks, last), *made]


def _if_still_ill(said: str) -> str:
    """The leave ends before that day; it is worth knowing all the same."""
    return text("patient.duties.still_ill", duty=small(said))


def _begins(who: str, marks: Sequence[Milestone], last: date) -> Iterator[Row]:
    """The days before the employer stops paying, or the first day, as long as they aren't over."""
    at = {mark.day: mark.on for mark in marks}
    if who == "employed" and AFTER_SALARY in at:
        until = min(last, at[AFTER_SALARY] - timedelta(days=1))
        yield _first(who), text("patient.duties.until", day=day_month(until)), text(f"patient.duty.{who}.first")
    elif who != "employed" and EACH[0] in at:
        yield _first(who), day_month(at[EACH[0]] - timedelta(days=EACH[0] - 1)), text(f"patient.duty.{who}.first")


def _first(who: str) -> str:
    return f"1–{AFTER_SALARY - 1}" if who == "employed" else "1"


def whose(certificate: Document) -> str:
    """Which of the law's days concern the patient: those of the `employed`, of a `student` or of an `other`."""
    chosen = occupations(certificate)
    if EMPLOYED in chosen or not chosen:
        return "employed"
    return "student" if chosen == [STUDYING] else "other"


def _duty(who: str, day: int, applies: bool) -> str:
    otherwise = f"patient.duty.{who}.{day}_otherwise"
    key = f"patient.duty.{who}.{day}" if applies or otherwise not in catalogue() else otherwise
    return catalogue().get(key, "")
