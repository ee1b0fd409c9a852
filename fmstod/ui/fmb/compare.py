"""Two or three diagnoses side by side: what FMB says of each, so that no limit speaks for another."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLayout, QWidget

from fmstod.domain.icd import dotted
from fmstod.domain.words import Phrases
from fmstod.knowledge import provenance, wording
from fmstod.knowledge.advise import Advice, EntryAdvice
from fmstod.knowledge.library import Library
from fmstod.texts import text as say
from fmstod.ui.kit.parts import column, empty, panel, row, rule, text
from fmstod.ui.kit.tokens import Look

CODE = 64  # px


@dataclass(frozen=True)
class Line:
    """A diagnosis as the table shows it; `rank` is `shortest`, `longest` or empty. What FMB says has its days (M-07)."""

    code: str
    title: str
    said: str
    rank: str = ""
    dates: str = ""
    retrieved: str = ""

    @property
    def words(self) -> str:
        """In one sentence, for a screen reader and the folded strip."""
        return say("advice.compare.line", code=dotted(self.code), said=self.said)

    @property
    def brief(self) -> str:
        """Without the full stop."""
        return say("advice.compare.strip", code=dotted(self.code), said=self.said)


def table(advice: Advice, codes: Sequence[str], library: Library, phrases: Phrases) -> Sequence[Line]:
    """A line for each code in its order, with FMB or without."""
    by_code = {e.resolved.asked: e for e in advice.entries}
    ranks = _ranks(advice.entries)
    made = []
    for code in codes:
        if entry := by_code.get(code):
            said, of = wording.headline(entry, phrases), entry.resolved.entry
            days = provenance.brief(of.source, phrases), of.source.retrieved.isoformat()
            made.append(Line(code, of.title, said, ranks.get(code, ""), *days))
        else:
            made.append(Line(code, "", wording.no_fmb(library, code, phrases)))
    return made


def folded(lines: Sequence[Line], first: Line) -> tuple[str, str]:
    """What the folded strip has room for: each in few words, and once when all that was fetched."""
    fetched = sorted({line.retrieved for line in lines if line.retrieved})
    said = [line.words for line in lines if line is not first]
    if fetched:
        said.append(say("advice.compare.fetched", days=say("advice.compare.and").join(fetched)))
    return first.brief, " ".join(said)


class SideBySide(QWidget):
    """The table. Whose details are shown below is chosen beside it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: Sequence[Line] = ()
        self._rows = column(gap=8)
        head = text(say("advice.compare.head"), "caption", "muted")
        self._note = text(say("advice.compare.note"), "caption", "muted", wrap=True)
        self.setLayout(column(panel(column(head, 8, self._rows, 8, self._note, pad=(16, 12, 16, 12)), card="true")))
        self.setAccessibleName(say("advice.compare.head"))

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Hidden for one diagnosis alone."""
        self.setVisible(len(lines) > 1)
        if lines == self._lines:
            return
        self._lines = lines
        self.setAccessibleDescription(" ".join(line.words for line in lines))
        empty(self._rows)
        for n, line in enumerate(lines):
            if n:
                self._rows.addWidget(rule())
            self._rows.addLayout(self._row(line))

    def _row(self, line: Line) -> QLayout:
        code = text(dotted(line.code), "strong")
        code.setMinimumWidth(self._look.px(CODE))
        words = column(text(line.said, "strong", wrap=True))
        if line.title:
            key = f"advice.compare.{line.rank or 'plain'}"
            words.addWidget(text(say(key, title=line.title), "caption", "muted", wrap=True))
            words.addWidget(text(line.dates, "caption", "muted", wrap=True))
        whole = row(column(code, ...), words, gap=8)
        whole.setStretch(1, 1)
        return whole


def _ranks(entries: Sequence[EntryAdvice]) -> dict[str, str]:
    """Who has the shortest and the longest limit; nobody while an answer could change it or a limit has no end."""
    limits = {e.resolved.asked: e.limit for e in entries}
    days = {code: limit.days for code, limit in limits.items() if limit and limit.sure and limit.days is not None}
    if len(days) < max(2, len(entries)) or len(set(days.values())) < 2:
        return {}
    shortest, longest = min(days.values()), max(days.values())
    return {c: "shortest" if d == shortest else "longest" for c, d in days.items() if d in (shortest, longest)}
