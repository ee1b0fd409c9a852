"""The field for impairment and limitation: rated ICF categories and the physician's text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QWidget

from fmstod import clock
from fmstod.certificate.form import Icf
from fmstod.domain.answers import Answer, Basis, IcfRating, IcfText
from fmstod.knowledge.categories import CategoryIndex, Descriptions
from fmstod.knowledge.suggest import Suggestions
from fmstod.texts import text as say
from fmstod.ui.fields.choices import part_of, row_of
from fmstod.ui.fields.field import Field
from fmstod.ui.fields.icf_picker import IcfPicker
from fmstod.ui.fields.text import Counter
from fmstod.ui.kit.boxes import TextBox
from fmstod.ui.kit.choices import Pick, SeverityScale
from fmstod.ui.kit.parts import above, button, column, empty, panel, row, text
from fmstod.ui.kit.tokens import Look
from fmstod.ui.timeline.bars import width_of

BASIS = 176  # px


@dataclass(frozen=True)
class _Row:
    """The controls of one chosen category."""

    line: QFrame
    scale: SeverityScale
    basis: Pick
    remove: QPushButton


class IcfField(Field[Icf]):
    """Categories to choose, a row for each chosen one, and the text. Nothing is chosen or rated beforehand.

    The page gives `suggest` the groups that follow from the diagnoses and the index that names every category.
    """

    def __init__(self, look: Look, question: Icf, today: Callable[[], date] = clock.today) -> None:
        super().__init__(look, question, today)
        self._value = IcfText()
        self._index = CategoryIndex({}, Descriptions(passed_over=(), category={}), question.component)
        self._rows: dict[str, _Row] = {}
        self._grid = column(gap=4)
        self.picker = IcfPicker(look, self._index)
        self.picker.toggled.connect(self.toggle)
        self._box = TextBox(look, self.label)
        self._box.typed.connect(self._typed)
        self._box.removed.connect(self._say_removed)
        self._counter = Counter(question.max)
        self._heads = self._make_heads()
        self._watch(self._box)
        self._lay_parts()
        self.show_value(None)

    def suggest(self, groups: Sequence[Suggestions], index: CategoryIndex) -> None:
        """Offer these categories; `index` names and finds all."""
        if self._index is not index:
            self._index = index
            self._hold_focus()
            self._clear_rows()
        self.picker.offer(groups, index)
        self.show_value(self._value)

    def toggle(self, code: str) -> None:
        """Choose a category or take it away, as if the user pressed its chip."""
        kept = tuple(r for r in self._value.icf if r.code != code)
        chosen = kept if len(kept) < len(self._value.icf) else (*kept, IcfRating(code=code))
        self._put(self._value.changed(icf=chosen))

    def show_value(self, value: Answer | None) -> None:
        shown = value if isinstance(value, IcfText) else IcfText()
        if [r.code for r in shown.icf] != list(self._rows):
            self._hold_focus()
        self._value = shown
        self._box.show_text(self._value.text)
        self._counter.show_count(len(self._value.text))
        self._show_rows()
        self.picker.show_chosen(frozenset(r.code for r in self._value.icf))

    def place(self, field: str) -> QWidget:
        """`35[0].severity` is the scale of the first category; the text is the rest."""
        at, rows = row_of(field), list(self._rows.values())
        if at is None or at >= len(rows):
            return self._box
        return rows[at].basis if part_of(field) == "basis" else rows[at].scale.stop

    def focus_first(self) -> None:
        self.picker.box.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            for code, made in self._rows.items():
                if watched is made.basis or watched in made.scale.buttons:
                    self.picker.show_category(code)
        return super().eventFilter(watched, event)

    @property
    def box(self) -> TextBox:
        return self._box

    def _lay_parts(self) -> None:
        body = column(self._heads, self._grid, 8, self.picker, 12)
        body.addLayout(above(say("field.icf.text"), self._box))
        body.addSpacing(4)
        body.addWidget(self._counter.label)
        self._lay(panel(body))

    def _make_heads(self) -> QFrame:
        names = [
            text(say(f"field.icf.{head}"), "label", "muted") for head in (self.question.component, "level", "basis")
        ]
        names[1].setFixedWidth(self._scale_width)
        names[2].setFixedWidth(self.look.px(BASIS) + 8 + self.look.px(32))
        made = panel(row(names[0], ..., names[1], names[2], gap=16))
        made.hide()
        return made

    @property
    def _scale_width(self) -> int:
        return 5 * self.look.px(28) + 5 * 2 + 6 + self.look.px(64)

    def _show_rows(self) -> None:
        codes = [r.code for r in self._value.icf]
        if codes != list(self._rows):
            self._clear_rows()
            self._rows = {code: self._make_row(code) for code in codes}
        for rating in self._value.icf:
            made = self._rows[rating.code]
            made.scale.show_value(rating.severity)
            made.basis.show_value(rating.basis)
        self._heads.setVisible(bool(codes) and not self.look.narrow)

    def _hold_focus(self) -> None:
        """Before anything else: a row that goes with the focus in it sends it out of the field, and the step then shows
        what it knew until now.
        """
        held = QApplication.focusWidget()
        if held is not None and any(made.line.isAncestorOf(held) for made in self._rows.values()):
            self.picker.box.setFocus()

    def _clear_rows(self) -> None:
        for gone in self._rows.values():
            self._forget(*gone.scale.buttons, gone.basis)
        empty(self._grid)
        self._rows = {}

    def _make_row(self, code: str) -> _Row:
        look, label = self.look, self._index.hit(code).label
        scale = SeverityScale(look, f"{code} {label}".strip())
        scale.setFixedWidth(self._scale_width)
        basis = Pick(look, [(b, say(f"field.icf.basis_{b}")) for b in Basis], say("field.icf.basis_of", of=code), BASIS)
        remove = button(look, "", "quiet", "close", "muted", name=say("field.icf.remove", of=f"{code} {label}".strip()))
        remove.setFixedWidth(look.px(32))
        scale.chosen.connect(partial(self._rated, code))
        basis.chosen.connect(partial(self._based, code))
        remove.clicked.connect(partial(self.toggle, code))
        mark, name = text(code, tone="muted"), text(label, wrap=True)
        mark.setFixedWidth(look.px(48))
        head, based = row(mark, name, gap=12), row(basis, remove)
        head.setStretch(1, 1)
        room = look.form_width - self._scale_width - look.px(48 + BASIS + 32) - 12 - 16 - 16 - 8
        if self._scale_width + look.px(BASIS + 32) + 16 + 8 > look.form_width:
            line = panel(column(head, row(..., scale), row(..., based), gap=4))  # not even scale and basis abreast
        elif look.narrow or width_of(look, label, "body") > 1.7 * room:  # more than two lines beside the scale
            line = panel(column(head, row(..., row(scale, based, gap=16)), gap=4))
        else:
            whole = row(head, row(scale, based, gap=16), gap=16)
            whole.setStretch(0, 1)
            line = panel(whole)
        self._grid.addWidget(line)
        self._watch(*scale.buttons, basis)
        return _Row(line, scale, basis, remove)

    def _rated(self, code: str, severity: int | None) -> None:
        self._put_rating(code, severity=severity)

    def _based(self, code: str, basis: Basis | None) -> None:
        self._put_rating(code, basis=basis)

    def _put_rating(self, code: str, **values: object) -> None:
        self._put(self._value.changed(icf=tuple(r.changed(**values) if r.code == code else r for r in self._value.icf)))

    def _typed(self, words: str) -> None:
        self._put(self._value.changed(text=words))

    def _put(self, value: IcfText) -> None:
        self.show_value(value)
        self._edit(value if value.text or value.icf else None)
