"""Fields to choose in: a box to tick, yes or no, one of a few, some of many, some with a day."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from fmstod import clock
from fmstod.certificate.form import Choice, Choices, DatedChoices, Flag, YesNo
from fmstod.domain.answers import Answer, DatedChoice
from fmstod.domain.period import NEAREST, PAST
from fmstod.texts import text as say
from fmstod.ui.fields.field import Field
from fmstod.ui.kit.boxes import DayBox
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.parts import panel
from fmstod.ui.kit.roving import Roving
from fmstod.ui.kit.tick import Tick
from fmstod.ui.kit.tokens import Look


class FlagField(Field[Flag]):
    """Ticked is True; unticked says nothing."""

    def __init__(self, look: Look, question: Flag, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._tick = Tick(look, self.label)
        self._tick.clicked.connect(self._clicked)
        self._watch(self._tick)
        self._lay(self._tick, "alone")

    def show_value(self, value: Answer | None) -> None:
        self._tick.setChecked(value is True)

    def _clicked(self, on: bool) -> None:
        self._edit(True if on else None)


class _OneOf(Field[YesNo | Choice]):
    """A choice on the line of its label."""

    def __init__(
        self, look: Look, question: YesNo | Choice, options: list[tuple[object, str]], today: Callable[[], date]
    ) -> None:
        super().__init__(look, question, today)
        self._segments = Segments(look, options, self.label)
        self._segments.chosen.connect(self._edit)
        self._watch(*self._segments.buttons)
        self._lay(self._segments, "beside")

    def show_value(self, value: Answer | None) -> None:
        self._segments.show_value(value)

    def place(self, _field: str) -> QWidget:
        return self._segments.stop

    def focus_first(self) -> None:
        self.place("").setFocus()


class YesNoField(_OneOf):
    def __init__(self, look: Look, question: YesNo, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, [(False, say("choice.no")), (True, say("choice.yes"))], today)


class ChoiceField(_OneOf):
    def __init__(self, look: Look, question: Choice, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, [(o.code, o.short or o.label) for o in question.options], today)


class ChoicesField(Field[Choices]):
    """Boxes to tick in columns, one Tab stop."""

    def __init__(self, look: Look, question: Choices, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._ticks = {o.code: Tick(look, o.short or o.label) for o in question.options}
        self._roving = Roving(self)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(0)
        columns = 1 if look.narrow else question.columns
        for n, tick in enumerate(self._ticks.values()):
            tick.clicked.connect(self._clicked)
            self._roving.add(tick)
            grid.addWidget(tick, n // columns, n % columns)
        grid.setColumnStretch(columns, 1)
        self._watch(*self._ticks.values())
        self._lay(panel(grid))

    def show_value(self, value: Answer | None) -> None:
        chosen = value if isinstance(value, tuple) else ()
        for code, tick in self._ticks.items():
            tick.setChecked(code in chosen)

    def place(self, _field: str) -> QWidget:
        return self._roving.stop

    def _note(self) -> str:
        most = self.question.most or len(self._ticks)
        fewer = say("field.most", most=most) if 1 < most < len(self._ticks) else ""
        return " · ".join(part for part in (super()._note(), fewer) if part)

    def _clicked(self) -> None:
        self._edit(tuple(code for code, tick in self._ticks.items() if tick.isChecked()) or None)


class DatedChoicesField(Field[DatedChoices]):
    """Boxes to tick, each with its day. A ticked one asks for the day at once."""

    def __init__(self, look: Look, question: DatedChoices, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._rows: dict[str, tuple[Tick, DayBox]] = {}
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        back = PAST if "future" in question.rules else NEAREST  # what may not lie ahead is a day that has been
        for n, option in enumerate(question.options):
            tick = Tick(look, option.label)
            name = say("field.day_of", what=option.label)
            box = DayBox(look, name, today, say("field.day_empty"), back)
            keep = box.sizePolicy()
            keep.setRetainSizeWhenHidden(True)  # rows don't jump when a day comes and goes
            box.setSizePolicy(keep)
            tick.clicked.connect(partial(self._clicked, option.code))
            box.day_typed.connect(self._tell)
            grid.addWidget(tick, n, 0)
            grid.addWidget(box, n, 1)
            self._rows[option.code] = (tick, box)
            self._watch(tick, box)
        grid.setColumnStretch(2, 1)
        self._lay(panel(grid))
        self.show_value(None)

    def show_value(self, value: Answer | None) -> None:
        days = {r.kind: r.date for r in value if isinstance(r, DatedChoice)} if isinstance(value, tuple) else {}
        for code, (tick, box) in self._rows.items():
            tick.setChecked(code in days)
            box.setVisible(code in days)
            box.show_value(days.get(code, ""))

    def place(self, field: str) -> QWidget:
        """`1[0].date` is the day of the first ticked option."""
        ticked = [box for tick, box in self._rows.values() if tick.isChecked()]
        at = row_of(field)
        return ticked[at] if at is not None and at < len(ticked) else self._inputs[0]

    def _clicked(self, code: str) -> None:
        tick, box = self._rows[code]
        box.setVisible(tick.isChecked())
        box.show_value("")
        if tick.isChecked():
            box.setFocus()
        self._tell()

    def _tell(self, _day: str = "") -> None:
        rows = ((code, tick, box) for code, (tick, box) in self._rows.items())
        self._edit(
            tuple(DatedChoice(kind=code, date=box.value) for code, tick, box in rows if tick.isChecked()) or None
        )


def row_of(field: str) -> int | None:
    """The row in a place: 1 of `32[1].to`."""
    _, _, rest = field.partition("[")
    digits = rest.partition("]")[0]
    return int(digits) if digits.isdigit() else None


def part_of(field: str) -> str:
    """The part in a place: `to` of `32[1].to`."""
    return field.partition("].")[2]
