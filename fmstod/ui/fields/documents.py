"""The field for a list of documents: of which kind, from when, and where to get it."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from fmstod import clock
from fmstod.certificate.form import DatedChoices
from fmstod.domain.answers import Answer, DatedChoice
from fmstod.domain.period import PAST
from fmstod.texts import text as say
from fmstod.ui.fields.choices import part_of, row_of
from fmstod.ui.fields.field import Field
from fmstod.ui.kit.boxes import DayBox, LineBox
from fmstod.ui.kit.choices import Pick
from fmstod.ui.kit.parts import button, column, panel, row, text
from fmstod.ui.kit.tokens import Look

KIND = 264  # px
NOTHING = DatedChoice(kind="", where="")


class _Row:
    """The controls of one document."""

    def __init__(self, look: Look, options: list[tuple[object, str]], number: int, today: Callable[[], date]) -> None:
        def name(head: str) -> str:
            return say("field.document.of", what=say(f"field.document.{head}"), number=number)

        self.kind = Pick(look, options, name("kind"), 0 if look.narrow else KIND)
        self.day = DayBox(look, name("date"), today, say("field.day_empty"), PAST)
        self.where = LineBox(look, name("where"))
        self.remove = button(look, "", "quiet", "close", "muted", name=name("remove"))
        self.remove.setFixedWidth(look.px(32))
        self._strange = ""  # a kind that the form doesn't take: it stays until another is chosen
        self.kind.chosen.connect(self._choose)
        self.boxes: tuple[QWidget, ...] = (self.kind, self.day, self.where)
        if look.narrow:
            day = row(self.day, self.remove, ...)
            lines = column(self.kind, day, text(say("field.document.where"), "label", "muted"), self.where, gap=4)
        else:
            lines = row(self.kind, self.day, self.where, self.remove)
        self.line: QFrame = panel(lines)

    @property
    def value(self) -> DatedChoice:
        kind = str(self.kind.value or self._strange)
        return DatedChoice(kind=kind, date=self.day.value, where=self.where.text())

    def show_row(self, value: DatedChoice) -> None:
        self.kind.show_value(value.kind or None)
        self._strange = "" if self.kind.value else value.kind
        self.day.show_value(value.date)
        self.where.show_text(value.where or "")

    def _choose(self, _kind: object) -> None:
        self._strange = ""


class DocumentsField(Field[DatedChoices]):
    """A row for each document, at most as many as the form takes; more that are there already are shown too."""

    def __init__(self, look: Look, question: DatedChoices, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._options: list[tuple[object, str]] = [(o.code, o.short or o.label) for o in question.options]
        self._rows: list[_Row] = []
        self._shown = 1
        self._lines = column(gap=12 if look.narrow else 4)
        self._new = button(look, say("field.document.new"), "plain", "plus", "accent")
        self._new.clicked.connect(self._add)
        heads = [text(say(f"field.document.{head}"), "label", "muted") for head in ("kind", "date", "where")]
        for head, width in zip(heads, (KIND, DayBox.WIDTH), strict=False):
            head.setFixedWidth(look.px(width))
        above = panel(row(*heads, ...))
        if look.narrow:
            above.hide()
        self._lay(panel(column(above, self._lines, row(self._new, ...), gap=4)))
        self.show_value(None)

    def show_value(self, value: Answer | None) -> None:
        values = [r for r in value if isinstance(r, DatedChoice)] if isinstance(value, tuple) else []
        self._shown = max(1, len(values), self._shown)
        while len(self._rows) < self._shown:
            self._make()
        for n, made in enumerate(self._rows):
            made.line.setVisible(n < self._shown)
            made.remove.setVisible(self._shown > 1)
            made.show_row(values[n] if n < len(values) else NOTHING)
        self._new.setEnabled(self._shown < self.question.listed)

    def place(self, field: str) -> QWidget:
        """`4[1].where` is where the second document can be got."""
        made = self._rows[min(row_of(field) or 0, len(self._rows) - 1)]
        return {"date": made.day, "where": made.where}.get(part_of(field), made.kind)

    def _make(self) -> None:
        n = len(self._rows)
        made = _Row(self.look, self._options, n + 1, self.today)
        made.kind.chosen.connect(self._tell)
        made.day.day_typed.connect(self._tell)
        made.where.typed.connect(self._tell)
        made.where.removed.connect(self._say_removed)
        made.remove.clicked.connect(partial(self._remove, n))
        self._rows.append(made)
        self._watch(*made.boxes)
        self._lines.addWidget(made.line)

    def _values(self) -> list[DatedChoice]:
        return [made.value for made in self._rows[: self._shown]]

    def _add(self) -> None:
        self._shown += 1
        self.show_value(tuple(self._values()))
        self._rows[self._shown - 1].kind.setFocus()

    def _remove(self, n: int) -> None:
        values = [v for at, v in enumerate(self._values()) if at != n]
        self._shown -= 1
        self._rows[min(n, self._shown - 1)].kind.setFocus()
        self.show_value(tuple(values))
        self._tell()

    def _tell(self, _value: object = None) -> None:
        values = self._values()
        while values and values[-1] == NOTHING:
            values.pop()
        self._edit(tuple(values) or None)
