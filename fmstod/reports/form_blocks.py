"""From a form and its answers to blocks: a section for each section, for each question what its kind looks like."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar, assert_never

from fmstod.certificate.condition import is_filled
from fmstod.certificate.form import (
    Choice,
    Choices,
    DatedChoices,
    Day,
    Diagnoses,
    Flag,
    Form,
    Icf,
    Measures,
    Option,
    Periods,
    Question,
    Steps,
    Whole,
    YesNo,
    open_refs,
)
from fmstod.certificate.form import Text as TextQuestion
from fmstod.domain.answers import Answer, Basis, DatedChoice, Diagnosis, IcfRating, IcfText, Measure, PeriodRow
from fmstod.domain.icd import dotted, normalise
from fmstod.domain.period import Period
from fmstod.domain.words import small
from fmstod.reports import tokens as t
from fmstod.reports.blocks import Block, Section, Stack, Text
from fmstod.reports.setting import Run, quiet, strong
from fmstod.reports.table import Content, cell_width, grid, period_table, span_table, with_weekday
from fmstod.reports.ticks import Tick, ticks
from fmstod.texts import text

T = TypeVar("T")
_TABLES = (Diagnoses, Periods, Measures, Steps)
Labels = Mapping[str, str]  # ICD-10-SE codes without dot, and ICF codes -> Swedish label


def sections(
    form: Form,
    answers: Mapping[str, Answer],
    labels: Labels,
    over: Mapping[str, Sequence[Block]] | None = None,
    skip: Collection[str] = (),
) -> list[Section]:
    """The sections that have a question to show. `over` holds blocks to print above the question of a ref.

    `skip` are refs that aren't printed.
    """
    shown = open_refs(form, answers) - set(skip)
    made = []
    for section in form.sections:
        questions = [question for question in section.questions if question.ref in shown]
        parts: list[Block] = []
        for question in questions:
            parts += (over or {}).get(question.ref, ())
            # The section's title and the heads of a table say what a caption would only say again.
            value = answers.get(question.ref)
            heads = isinstance(question, _TABLES) and is_filled(value) and not parts
            if form.discretion and question.ref == form.discretion.told and value is False:
                parts += [Text(kept_words(form, answers), t.BODY, t.MAIN)]
                continue
            parts += asked(question, value, labels, captioned=not heads and question.label != section.title)
        if parts:
            made.append(Section(section.number, section.title, parts, _numbers(questions)))
    return made


def kept_words(form: Form, answers: Mapping[str, Answer]) -> str:
    """What stands in the place of a diagnosis that the patient keeps, or hasn't yet said yes to telling."""
    keeps = form.discretion
    if keeps is None or keeps.diagnoses in open_refs(form, answers):
        return ""
    return text("paper.fact.kept" if answers.get(keeps.told) is False else "paper.fact.not_told")


def _numbers(questions: Sequence[Question]) -> str:
    """«fråga 28, 29», if the questions have Försäkringskassan's numbers."""
    found = dict.fromkeys(q.ref.split(".")[0] for q in questions if q.ref[0].isdigit())
    return text("paper.question", numbers=", ".join(found)) if found else ""


def asked(question: Question, value: Answer | None, labels: Labels, captioned: bool = True) -> list[Block]:
    """A question as printed, with its caption unless the section's title already says the same."""
    caption = [Text(question.label, t.CAPTION, t.MAIN, "H3")] if captioned else []
    match question:
        case Flag():
            return [ticks([Tick(question.label, value is True)], before=t.HALF)]
        case YesNo():
            options = (Option(code="yes", label=text("paper.yes")), Option(code="no", label=text("paper.no")))
            said = () if value is None else ("yes" if value else "no",)
            return [*caption, *_choices(options, dict.fromkeys(said, ""), columns=4)]
        case Choice(options=options):
            return [*caption, *_choices(options, {value: ""} if isinstance(value, str) and value else {})]
        case Choices(options=options, columns=columns):
            return [*caption, *_choices(options, dict.fromkeys(rows(value, str), ""), columns)]
        case DatedChoices(options=options, listed=0):
            return [*caption, *_choices(options, _dated(rows(value, DatedChoice)))]
        case DatedChoices(options=options):
            return [*caption, *_documents(options, rows(value, DatedChoice))]
        case TextQuestion() | Day() | Whole():
            return [*caption, *(paragraphs("" if value is None else str(value)) or unfilled())]
        case Diagnoses():
            return [*caption, *_diagnoses(rows(value, Diagnosis), labels)]
        case Icf():
            return _icf(question, value if isinstance(value, IcfText) else IcfText(), labels, caption)
        case Periods():
            periods = [row for row in rows(value, PeriodRow) if row.degree or row.first or row.last]
            table = span_table if question.single else period_table
            return [*caption, table(periods, t.MAIN)] if periods else [*caption, *unfilled()]
        case Measures():
            return [*caption, *_measures(rows(value, Measure))]
        case Steps():
            return []  # printed with the periods, by who knows them
        case _:
            assert_never(question)


def rows(value: Answer | None, kind: type[T]) -> list[T]:
    """The rows of an answer that is a list."""
    return [row for row in value if isinstance(row, kind)] if isinstance(value, tuple) else []


def periods_of(found: Sequence[PeriodRow]) -> list[Period]:
    """The rows that are periods, in time order."""
    return sorted((row.period for row in found if row.period), key=lambda period: (period.first, period.last))


def captioned(caption: str, *answer: str, width: float = t.MAIN, before: float = 0.0) -> Stack:
    """A caption and the lines under it; none is said to be unfilled."""
    lines = [Text(line, t.BODY, width) for line in answer if line.strip()] or unfilled()
    return Stack([Text(caption, t.CAPTION, width, "H3"), *lines], before=before)


def unfilled() -> list[Text]:
    return [Text(text("paper.unfilled"), t.QUIET, t.MAIN)]


def paragraphs(said: str) -> list[Text]:
    """Paragraphs as typed, with an empty line between them; none if nothing was said."""
    made: list[list[str]] = [[]]
    for line in said.splitlines():
        if line.strip():
            made[-1].append(line)
        elif made[-1]:
            made.append([])
    return [Text("\n".join(lines), t.NEXT, t.MAIN) for lines in made if lines]


def _choices(options: Sequence[Option], chosen: Mapping[str, str], columns: int = 1) -> list[Block]:
    """All choices, chosen ones with their note. A stored code that the form doesn't know is shown as it is."""
    known = [Tick(option.label, option.code in chosen, chosen.get(option.code, "")) for option in options]
    codes = {option.code for option in options}
    unknown = [Tick(code, True, note) for code, note in chosen.items() if code not in codes]
    made = ticks([*known, *unknown], columns)
    made.stays = not chosen
    return [made, *([] if chosen else unfilled())]


def _dated(found: Sequence[DatedChoice]) -> Mapping[str, str]:
    """The day of each choice; a draft may have several, and none of them is left out."""
    days: dict[str, list[str]] = {}
    for row in found:
        days.setdefault(row.kind, []).append(row.date.strip() or text("paper.no_date"))
    return {kind: ", ".join(each) for kind, each in days.items()}


def _documents(options: Sequence[Option], found: Sequence[DatedChoice]) -> list[Block]:
    """What each document is, from which day, and where it can be got."""
    labels = {option.code: option.label for option in options}
    filled = [row for row in found if (row.kind + row.date + (row.where or "")).strip()]
    if not filled:
        return [*unfilled()]
    cells: list[Sequence[Content]] = [
        (labels.get(row.kind, row.kind), with_weekday(row.date), row.where or "") for row in filled
    ]
    heads = [text(f"paper.document.{key}") for key in ("what", "day", "where")]
    return [grid(heads, cells, t.DOCUMENT)]


def _diagnoses(found: Sequence[Diagnosis], labels: Labels) -> list[Block]:
    filled = [row for row in found if row.code.strip() or row.text.strip()]
    if not filled:
        return [*unfilled()]
    names = [row.text.strip() or labels.get(normalise(row.code), "") for row in filled]
    cells = [
        (dotted(row.code), [Run(name)] if name else [quiet(text("paper.unfilled"))])
        for row, name in zip(filled, names, strict=True)
    ]
    heads = (text("paper.diagnosis.code"), text("paper.diagnosis.text"))
    return [grid(heads, cells, (t.CODE, t.MAIN - t.CODE))]


def _icf(question: Icf, said: IcfText, labels: Labels, caption: Sequence[Text]) -> list[Block]:
    made: list[Block] = []
    if said.icf:
        # A code stays with its name at a line end.
        areas = ", ".join(f"{rating.code}\u00a0{_name(rating, labels)}" for rating in said.icf)
        made = [Text(text("paper.icf.areas"), t.CAPTION, t.MAIN, "H3"), Text(areas, t.BODY, t.MAIN)]
    statements = [_statement(question, basis, said.icf, labels) for basis in (*Basis, None)]
    answer = [statement for statement in statements if statement] + paragraphs(said.text)
    return [*made, *caption, *(answer or unfilled())]


def _statement(question: Icf, basis: Basis | None, ratings: Sequence[IcfRating], labels: Labels) -> Text | None:
    """What was rated on this basis, the most severe first: «Undersökningsfynd. Stor nedsättning: sömn, minne.»"""
    found = [rating for rating in ratings if rating.basis == basis and (basis or rating.severity is not None)]
    if not found:
        return None
    parts = []
    for severity in (4, 3, 2, 1, 0, None):
        if names := [_name(rating, labels) for rating in found if rating.severity == severity]:
            degree = text(f"paper.icf.{question.component}.{'unrated' if severity is None else severity}")
            parts.append(text("paper.icf.rated", degree=degree, names=", ".join(names)))
    head = text(f"paper.icf.basis.{basis or 'none'}")
    return Text([strong(head), Run(" ".join(parts))], t.NEXT, t.MAIN)


def _name(rating: IcfRating, labels: Labels) -> str:
    """The label as it stands within a sentence."""
    return small(labels.get(rating.code, "")) or rating.code


def _what(row: Measure) -> str | Stack:
    """The measure, and below it who decides, how far it has come and what it led to, where that is told."""
    said = [text("paper.measure.decides", who=row.decides.strip())] if row.decides.strip() else []
    said += [text(f"paper.status.{row.status}")] if row.status else []
    said += [text(f"paper.effect.{row.outcome}")] if row.outcome else []
    if not said:
        return row.what
    room = cell_width(t.MEASURE, 0)
    return Stack([Text(row.what, t.BODY, room), Text(" · ".join(said), t.QUIET, room)])


def _measures(found: Sequence[Measure]) -> list[Block]:
    filled = [row for row in found if row.what.strip() or row.owner.strip() or row.when.strip()]
    if not filled:
        return [*unfilled()]
    cells: list[Sequence[Content]] = [(_what(row), row.owner, row.when) for row in filled]
    heads = [text(f"paper.measure.{key}") for key in ("what", "owner", "when")]
    return [grid(heads, cells, t.MEASURE)]
