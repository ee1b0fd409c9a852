"""What changed between two versions of a plan."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from fmstod.domain.answers import Answer, IcfText, Measure
from fmstod.domain.record import Record
from fmstod.domain.words import Phrases

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
    before: Mapping[str, Answer], after: Mapping[str, Answer], labels: Mapping[str, str], say: Say
) -> tuple[Change, ...]:
    """What changed, in the order of the labels, which are by ref. Answers without a label aren't compared."""
    return tuple(
        change for ref in labels for change in _changes(ref, before.get(ref), after.get(ref), labels[ref], say)
    )


def plainly(options: Mapping[str, Mapping[str, str]], words: Phrases) -> Say:
    """How answers read whose options are called so, by ref and code."""

    def say(ref: str, value: Answer) -> str:
        match value:
            case bool():
                return words["change.yes" if value else "change.no"]
            case IcfText():
                return value.text.strip()
            case tuple():
                return ", ".join(options.get(ref, {}).get(code, code) for code in value if isinstance(code, str))
            case _:
                return options.get(ref, {}).get(str(value), str(value)).strip()

    return say


def measure_text(row: Measure) -> str:
    """`vad, vem, när`"""
    return ", ".join(part for part in (row.what.strip(), row.owner.strip(), row.when.strip()) if part)


def _changes(ref: str, before: Answer | None, after: Answer | None, label: str, say: Say) -> Iterator[Change]:
    old, new = _measures(before), _measures(after)
    if old is not None or new is not None:
        yield from _rows(old or (), new or (), label)
        return
    one, two = ("" if value is None else say(ref, value) for value in (before, after))
    if one != two:
        yield Change(label=label, before=one, after=two)


def _measures(value: Answer | None) -> Sequence[Measure] | None:
    """The rows of an answer that is of measures, None for another answer."""
    rows = [row for row in value if isinstance(row, Measure)] if isinstance(value, tuple) else []
    return [row for row in rows if measure_text(row)] if rows else None


def _rows(before: Sequence[Measure], after: Sequence[Measure], label: str) -> Iterator[Change]:
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
        if same is None or measure_text(row) != measure_text(same):
            yield Change(label=label, before=measure_text(row), after=measure_text(same) if same else "")
    yield from (Change(label=label, after=measure_text(row)) for row in left)


def _key(row: Measure) -> str:
    return row.what.strip().casefold()
