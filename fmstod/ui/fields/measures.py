"""The field for the plan's measures: what, by whom, when; and, where they are followed, who decides and how it went."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from fmstod import clock
from fmstod.certificate.form import Measures
from fmstod.domain.answers import Answer, Effect, Measure, Status
from fmstod.domain.period import COMING
from fmstod.domain.words import capital
from fmstod.texts import text as say
from fmstod.ui.fields.choices import part_of, row_of
from fmstod.ui.fields.field import Field
from fmstod.ui.kit.boxes import DayBox, LineBox
from fmstod.ui.kit.choices import Pick
from fmstod.ui.kit.parts import button, column, panel, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.timeline.bars import width_of

OWNER, STATUS, BUTTON = 176, 208, 32  # px
PADDING = 20  # px, of a box


class _Row:
    """The controls of one measure."""

    def __init__(self, look: Look, number: int, today: Callable[[], date], followed: bool) -> None:
        def name(head: str) -> str:
            return say("field.measure.of", what=say(f"field.measure.{head}"), number=number)

        self.what = LineBox(look, name("what"))
        self.owner = LineBox(look, name("owner"), 0 if look.narrow else OWNER)
        self.when = DayBox(look, name("when"), today, say("field.day_empty"), COMING)
        self.remove = button(look, "", "quiet", "close", "muted", name=name("remove"))
        self.remove.setFixedWidth(look.px(BUTTON))
        self.boxes: tuple[LineBox, ...] = (self.what, self.owner, self.when)
        second = row(self.owner, self.when, self.remove)
        self._first = column(self.what, second, gap=4) if look.narrow else row(self.what, second)
        if not look.narrow:
            second.insertStretch(0)  # below a long measure it stands to the right, under its heads
            self._first.setStretch(0, 1)
            self.what.textChanged.connect(self._lay_out)
        self._look, self._room = look, look.form_width - look.px(OWNER + DayBox.WIDTH + 2 * BUTTON) - 4 * 8 - PADDING
        self.decides = LineBox(look, name("decides"), 0 if look.narrow else OWNER)
        self.status = Pick(look, [(s, say(f"paper.status.{s}")) for s in Status], name("status"), STATUS)
        self.outcome = Pick(look, [(e, capital(say(f"paper.effect.{e}"))) for e in Effect], name("outcome"), STATUS)
        self._idea = ""
        self._later = panel(self._details(look))
        self._later.hide()
        self._open = button(look, "", "quiet", "down", "muted", name=name("more"))
        self._open.setFixedWidth(look.px(BUTTON))
        self._open.clicked.connect(self._toggle)
        for made in (self._open, self.remove):
            keeps = made.sizePolicy()
            keeps.setRetainSizeWhenHidden(True)  # so that the columns stand under their heads
            made.setSizePolicy(keeps)
        if followed:
            second.insertWidget(second.indexOf(self.remove), self._open)
        self._followed = followed
        self.line: QFrame = panel(column(self._first, self._later, gap=4))

    @property
    def picks(self) -> tuple[Pick, ...]:
        return self.status, self.outcome

    @property
    def value(self) -> Measure:
        return Measure(
            what=self.what.text(),
            owner=self.owner.text(),
            when=self.when.value,
            decides=self.decides.text(),
            status=Status(str(self.status.value)) if self.status.value else None,
            outcome=Effect(str(self.outcome.value)) if self.outcome.value else None,
            idea=self._idea if self.what.text().strip() else "",
        )

    def show_row(self, value: Measure, *, opened: bool) -> None:
        """`opened`: the measures are being followed, so that how they went is asked for."""
        self.what.show_text(value.what)
        self.owner.show_text(value.owner)
        self.when.show_value(value.when)
        self.decides.show_text(value.decides)
        self.status.show_value(value.status)
        self.outcome.show_value(value.outcome)
        self._idea = value.idea
        told = bool(value.decides or value.status or value.outcome)
        if self._followed:
            self._later.setVisible(told or (opened and bool(value.what)) or self._open.property("open") == "true")
            self._open.setVisible(not told)

    def _lay_out(self, words: str) -> None:
        """A measure that is longer than its column has the whole line: cut, it can't be read."""
        short = width_of(self._look, words, "body") <= self._room
        self._first.setDirection(QBoxLayout.Direction.LeftToRight if short else QBoxLayout.Direction.TopToBottom)
        self._first.setSpacing(8 if short else 4)

    def _details(self, look: Look) -> QBoxLayout:
        parts = (("decides", self.decides), ("status", self.status), ("outcome", self.outcome))
        cells = [panel(column(text(say(f"field.measure.{key}"), "label", "muted"), box, gap=4)) for key, box in parts]
        return column(*cells, gap=4) if look.narrow else row(*cells, ..., pad=(16, 0, 0, 8))

    def _toggle(self) -> None:
        shown = self._later.isHidden()
        self._open.setProperty("open", "true" if shown else "false")
        self._later.setVisible(shown)
        if shown:
            self.decides.setFocus(Qt.FocusReason.TabFocusReason)


class MeasuresField(Field[Measures]):
    def __init__(self, look: Look, question: Measures, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._rows: list[_Row] = []
        self._shown = 1
        self._opened = False
        self._lines = column(gap=8 if look.narrow else 4)
        self._new = button(look, say("field.measure.new"), "plain", "plus", "accent")
        self._new.clicked.connect(self._add)
        heads = [text(say(f"field.measure.{head}"), "label", "muted") for head in ("what", "owner", "when")]
        heads[1].setFixedWidth(look.px(OWNER))
        heads[2].setFixedWidth(look.px(DayBox.WIDTH) + 8 + look.px(72 if question.followed else 32))
        head = panel(row(heads[0], ..., heads[1], heads[2]))
        if look.narrow:
            head.hide()
        self._lay(panel(column(head, self._lines, row(self._new, ...), gap=4)))
        self.show_value(None)

    def show_value(self, value: Answer | None) -> None:
        values = [r for r in value if isinstance(r, Measure)] if isinstance(value, tuple) else []
        self._shown = max(1, len(values), self._shown)
        while len(self._rows) < self._shown:
            self._make()
        for n, made in enumerate(self._rows):
            made.line.setVisible(n < self._shown)
            made.remove.setVisible(self._shown > 1)
            made.show_row(values[n] if n < len(values) else Measure(), opened=self._opened)

    def place(self, field: str) -> QWidget:
        """`plan.measures[1].owner` is the owner of the second row."""
        made = self._rows[min(row_of(field) or 0, len(self._rows) - 1)]
        return {"owner": made.owner, "when": made.when}.get(part_of(field), made.what)

    def open_all(self, *, opened: bool) -> None:
        """Whether how each measure went is asked for without a click."""
        self._opened = opened

    def _make(self) -> None:
        n = len(self._rows)
        made = _Row(self.look, n + 1, self.today, self.question.followed)
        made.what.typed.connect(self._tell)
        made.owner.typed.connect(self._tell)
        made.when.day_typed.connect(self._tell)
        made.decides.typed.connect(self._tell)
        for pick in made.picks:
            pick.chosen.connect(self._tell)
        for box in (*made.boxes, made.decides):
            box.removed.connect(self._say_removed)
        made.remove.clicked.connect(partial(self._remove, n))
        self._rows.append(made)
        self._watch(*made.boxes, *([made.decides, *made.picks] if self.question.followed else []))
        self._lines.addWidget(made.line)

    def _values(self) -> list[Measure]:
        return [made.value for made in self._rows[: self._shown]]

    def _add(self) -> None:
        self._shown += 1
        self.show_value(tuple(self._values()))
        self._rows[self._shown - 1].what.setFocus()

    def _remove(self, n: int) -> None:
        values = [v for at, v in enumerate(self._values()) if at != n]
        self._shown -= 1
        self._rows[min(n, self._shown - 1)].what.setFocus()
        self.show_value(tuple(values))
        self._tell()

    def _tell(self, _said: object = "") -> None:
        values = self._values()
        while values and values[-1] == Measure():
            values.pop()
        self._edit(tuple(values) or None)
