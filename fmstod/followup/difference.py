"""What changed between two versions of a plan."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from fmstod.domain.answers import Answer, IcfText, Measure, StepRow
from fmstod.domain.record import Record
from fmstod.domain.words import Phrases
from fmstod.followup.steps import said_row

# How an answer to a question reads, by its ref; what the form knows comes in here.
Say = Callable[[str, Answer], str]


class Change(Record):
    """One thing that reads otherwise: the label of its question, and how it reads before and after.

    Empty is nothing said. A row of measures is a change by itself.
    """

    label: str
    before: str = ""
    after: str = ""


def difference(
    before: Mapping[str, Answer],
    after: Mapping[str, Answer],
    labels: Mapping[str, str],
    say: Say,
    row_text: Callable[[Measure], str] | None = None,
) -> tuple[Change, ...]:
    """What changed, in the order of the labels, which are by ref. Answers without a label aren't compared.

    `row_text` is how a measure reads, where more of it is told than what, who and when.
    """
    read = row_text or measure_text
    return tuple(
        change for ref in labels for change in _changes(ref, before.get(ref), after.get(ref), labels[ref], say, read)
    )


def plainly(options: Mapping[str, Mapping[str, str]], words: Phrases) -> Say:
    """How answers read whose options are called so, by ref and code."""

    def say(ref: str, value: Answer) -> str:
        match value:
            case bool():
                return words["change.yes" if value else "change.no"]
            case IcfText():
                return value.text.strip()
            case tuple() if any(isinstance(row, StepRow) for row in value):
                return "\n".join(said_row(row, words) for row in value if isinstance(row, StepRow))
            case tuple():
                return ", ".join(options.get(ref, {}).get(code, code) for code in value if isinstance(code, str))
            case _:
                return options.get(ref, {}).get(str(value), str(value)).strip()

    return say


def measure_text(row: Measure) -> str:
    """`vad, vem, när`"""
    return ", ".join(part for part in (row.what.strip(), row.owner.strip(), row.when.strip()) if part)


def measure_words(words: Phrases) -> Callable[[Measure], str]:
    """A measure with who decides, how far it has come and what it led to."""

    def said(row: Measure) -> str:
        parts = [measure_text(row), row.decides.strip() and words["change.decides"].format(who=row.decides.strip())]
        parts += [
            words[f"status.{row.status}"] if row.status else "",
            words[f"outcome.{row.outcome}"] if row.outcome else "",
        ]
        return ", ".join(part for part in parts if part)

    return said


def _changes(
    ref: str, before: Answer | None, after: Answer | None, label: str, say: Say, read: Callable[[Measure], str]
) -> Iterator[Change]:
    old, new = _measures(before), _measures(after)
    if old is not None or new is not None:
        yield from _rows(old or (), new or (), label, read)
        return
    one, two = ("" if value is None else say(ref, value) for value in (before, after))
    if one != two:
        yield Change(label=label, before=one, after=two)


def _measures(value: Answer | None) -> Sequence[Measure] | None:
    """The rows of an answer that is of measures, None for another answer."""
    rows = [row for row in value if isinstance(row, Measure)] if isinstance(value, tuple) else []
    return [row for row in rows if measure_text(row)] if rows else None


def _rows(
    before: Sequence[Measure], after: Sequence[Measure], label: str, read: Callable[[Measure], str]
) -> Iterator[Change]:
    """Changed, removed and added rows. A row is the same one while it says the same measure; then the nearest is."""
    left = list(after)
    gone: list[Measure] = []
    for row in before:
        if row in left:
            left.remove(row)
        else:
            gone.append(row)
    for row in gone:
        same = next((new for new in left if _key(new) == _key(row)), None)
        if same:
            left.remove(same)
        if same is None or read(row) != read(same):
            yield Change(label=label, before=read(row), after=read(same) if same else "")
    yield from (Change(label=label, after=read(row)) for row in left)


def _key(row: Measure) -> str:
    return row.what.strip().casefold()
