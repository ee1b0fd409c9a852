"""The demands of the work: chosen in step 1, weighed against what the patient manages in step 4."""

from collections.abc import Collection, Iterable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QWidget

from fmstod.domain.work import Ability, Demand, DemandCatalogue, DemandGroup
from fmstod.texts import text as say
from fmstod.ui.kit.boxes import LineBox
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.marks import mark
from fmstod.ui.kit.parts import Flow, button, column, empty, panel, row, show_chosen, text, toggle_chip
from fmstod.ui.kit.removed import RemovedNote
from fmstod.ui.kit.roving import Roving
from fmstod.ui.kit.tokens import Look

SHAPES = {Ability.CAN: "can", Ability.PARTLY: "part", Ability.CANNOT: "cannot", None: "untouched"}
Demands = tuple[Demand, ...]


class DemandPicker(QWidget):
    """Demands to choose from, in groups; each chosen one can be made precise: how much, how long."""

    edited = Signal(str, object)  # what was edited (for undo) and all demands; only when the user did it

    def __init__(self, look: Look, catalogue: DemandCatalogue) -> None:
        super().__init__()
        self._order = [demand.key for demand in catalogue.demands()]
        self._value: Demands = ()
        self.groups = [_Group(look, group) for group in catalogue.groups]
        for group in self.groups:
            group.toggled.connect(self._toggle)
            group.noted.connect(self._note)
        self.setLayout(column(*self.groups, gap=12))

    def show_value(self, demands: Demands) -> None:
        self._value = demands
        for group in self.groups:
            group.show_value(demands)

    @Slot(str, bool)
    def _toggle(self, key: str, on: bool) -> None:
        kept = [d for d in self._value if d.key != key] + ([Demand(key=key)] if on else [])
        self.edited.emit(f"work.demands.{key}", tuple(sorted(kept, key=self._place)))

    @Slot(str, str)
    def _note(self, key: str, words: str) -> None:
        noted = (d.changed(note=words) if d.key == key else d for d in self._value)
        self.edited.emit(f"work.demands.{key}.note", tuple(noted))

    def _place(self, demand: Demand) -> int:
        return self._order.index(demand.key) if demand.key in self._order else len(self._order)


class _Group(QWidget):
    """One kind of demands: chips in one Tab stop, and a line for each chosen one."""

    toggled = Signal(str, bool)
    noted = Signal(str, str)

    def __init__(self, look: Look, group: DemandGroup) -> None:
        super().__init__()
        self._look, self._roving = look, Roving(self)
        self.chips = {demand.key: toggle_chip(look, demand.label) for demand in group.demands}
        self.notes: dict[str, LineBox] = {}
        self._lines: dict[str, QWidget] = {}
        chips = Flow(6)
        for key, made in self.chips.items():
            made.setAccessibleDescription(group.label)
            made.clicked.connect(partial(self._clicked, key))
            self._roving.add(made)
            chips.addWidget(made)
        self._column = column(panel(chips), gap=6)
        self.setLayout(column(text(group.label, "label", "muted"), self._column, gap=4))

    def show_value(self, demands: Demands) -> None:
        chosen = {d.key: d for d in demands if d.key in self.chips}
        for key, made in self.chips.items():
            on = key in chosen
            show_chosen(self._look, made, on)
            if on and key not in self._lines:
                self._add_line(key)
            if key in self._lines:
                self._lines[key].setVisible(on)
                self.notes[key].show_text(chosen[key].note if on else "")

    def _clicked(self, key: str) -> None:
        self.toggled.emit(key, self.chips[key].isChecked())

    def _add_line(self, key: str) -> None:
        """In the order of the chips, whichever was chosen first."""
        label = text(self.chips[key].text(), tone="muted")
        label.setFixedWidth(self._look.px(224))
        box = LineBox(self._look, say("demands.note_of", demand=label.text()), empty=say("demands.note_empty"))
        box.typed.connect(partial(self.noted.emit, key))
        self.notes[key] = box
        self._lines[key] = panel(column(row(label, box, gap=8), RemovedNote(self._look, box), gap=4))
        at = 1 + sum(other in self._lines for other in list(self.chips)[: list(self.chips).index(key)])
        self._column.insertWidget(at, self._lines[key])


class AbilityList(QWidget):
    """What the work demands, and for each demand whether the patient manages it. Tall beside a page, flat above one.

    `told` when a demand is to be answered in words, of those that `offer` names.
    """

    edited = Signal(str, object)  # as DemandPicker's
    told = Signal(str)

    def __init__(self, look: Look, catalogue: DemandCatalogue) -> None:
        super().__init__()
        self._look = look
        self._labels = {demand.key: demand.label for demand in catalogue.demands()}
        self._value: Demands = ()
        self._upright = True
        self._offered: Collection[str] = ()
        self.rows: dict[str, _AbilityRow] = {}
        self._rows = column(gap=8)
        self.setLayout(self._rows)

    def show_value(self, demands: Demands) -> None:
        if [d.key for d in demands] != list(self.rows):
            self._build(d.key for d in demands)
        self._value = demands
        for demand in demands:
            self.rows[demand.key].show_value(demand)

    def offer(self, keys: Collection[str]) -> None:
        """These demands can be answered in words from here."""
        self._offered = keys
        for key, made in self.rows.items():
            made.tell.setVisible(key in keys)

    def set_upright(self, upright: bool) -> None:
        """Choices below their demand, or on its line."""
        self._upright = upright
        self._rows.setSpacing(8 if upright else 4)
        for made in self.rows.values():
            made.set_upright(upright)

    def _build(self, keys: Iterable[str]) -> None:
        empty(self._rows)
        self.rows = {}
        for key in keys:
            made = _AbilityRow(self._look, self._labels.get(key, key))
            made.choice.chosen.connect(partial(self._rate, key))
            made.tell.clicked.connect(partial(self._tell, key))
            made.tell.setVisible(key in self._offered)
            made.set_upright(self._upright)
            self.rows[key] = made
            self._rows.addWidget(made)

    def _rate(self, key: str, ability: Ability | None) -> None:
        rated = (d.changed(ability=ability) if d.key == key else d for d in self._value)
        self.edited.emit(f"work.demands.{key}.ability", tuple(rated))

    def _tell(self, key: str, _checked: bool = False) -> None:
        self.told.emit(key)


class _AbilityRow(QWidget):
    """A demand with its note, a shape for how it is managed, the choice, and a way to write of it."""

    def __init__(self, look: Look, label: str) -> None:
        super().__init__()
        self._look, self._upright = look, True
        self._mark = mark(look, SHAPES[None], "muted")
        self._note = text("", "caption", "muted", wrap=True)
        options = [(ability, say(f"demands.ability.{ability}")) for ability in Ability]
        self.choice = Segments(look, options, label)
        self.tell = button(look, say("frames.demand"), "plain", name=say("frames.of_demand", demand=label))
        words = column(text(label, wrap=True), self._note, row(self.tell, ...), ...)
        self._head = row(column(2, self._mark, ...), words, gap=12)
        self._head.setStretch(1, 1)
        self._line = row(self._head, self.choice, gap=4)
        self.setLayout(self._line)

    def show_value(self, demand: Demand) -> None:
        self._mark.show_mark(SHAPES[demand.ability], "muted" if demand.ability is None else "text")
        self._note.setText(demand.note)
        self._note.setVisible(bool(demand.note))
        self.choice.show_value(demand.ability)
        self._align()

    def set_upright(self, upright: bool) -> None:
        self._upright = upright
        way = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        self._line.setDirection(way)
        self._line.setStretch(0, 0 if upright else 1)
        self._align()

    def _align(self) -> None:
        """A single line of words stands in the middle of the choice's height."""
        alone = not self._upright and self._note.isHidden() and self.tell.isHidden()
        self._head.setContentsMargins(0, self._look.px(6) if alone else 0, 0, 0)
