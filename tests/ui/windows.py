"""Shows widgets as the program does, and knows the forms' questions."""

from datetime import date
from functools import cache

from PySide6.QtWidgets import QApplication, QWidget

from fmstod.domain.due import Watched, due
from fmstod.domain.lifecycle import State
from fmstod.domain.listing import Which, standing
from fmstod.files import read_forms
from fmstod.storage.store import Listing
from fmstod.ui.cases.forms import has_plan
from fmstod.ui.cases.waiting import Waits
from fmstod.ui.fields.kinds import FIELDS
from fmstod.ui.kit import style
from fmstod.ui.kit.focus import FocusRing
from fmstod.ui.kit.parts import column, panel, scroller
from fmstod.ui.kit.tab_order import read_order
from fmstod.ui.kit.tokens import Look

TODAY = date(2026, 11, 23)  # a Monday


def dressed(theme="light", text=1.0):
    """The look, with the application dressed in it; before the first widget."""
    look = Look(theme=theme, text=text)
    style.apply(QApplication.instance(), look)
    return look


def listed(*rows):
    """A whole list of these cases."""
    signed = [row for row in rows if row.signed_at]
    ended = [row for row in rows if row.state is State.WITHOUT_LEAVE]
    stands = waits(*rows).standing
    drafts = len(rows) - len(signed) - len(ended)
    counts = {Which.ALL: len(rows), Which.DRAFTS: drafts, Which.SIGNED: len(signed)}
    counts |= {which: len(among) for which in Which if (among := stands.of(which)) is not None}
    return Listing(rows, counts, rows)


def waits(*rows):
    """What waits of these cases, as it is read from the store."""
    watched = [
        Watched(row.id, row.form, row.periods[0].first, row.periods[-1].last, next=row.followup, has_plan=row.has_plan)
        for row in rows
        if row.signed_at and row.periods and has_plan(row.form)
    ]
    return Waits(due(watched, TODAY), standing(watched, TODAY))


def show(qtbot, widget, width=1280, height=800):
    """The widget as a window of its own, active."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    qtbot.kept = [*getattr(qtbot, "kept", []), widget]  # qtbot itself holds it only weakly
    strays = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w not in qtbot.kept]
    assert not strays, f"{strays} are windows that nobody asked for"
    return widget


@cache
def questions():
    forms = read_forms()
    return {q.ref: q for key in (("fk7804", "2.0"), ("plan", "1.0")) for q in forms[key].questions()}


class Sheet(QWidget):
    """Fields in a column, as a step has them, that follow their own answers as a model would have it."""

    def __init__(self, look, refs):
        super().__init__()
        self.said = []
        self.answers = {}
        self.fields = {ref: FIELDS[questions()[ref].kind](look, questions()[ref], lambda: TODAY) for ref in refs}
        for field in self.fields.values():
            field.edited.connect(self._edited)
        self.inside = panel(column(*self.fields.values(), ..., gap=20, pad=(24, 16, 24, 24)), ground="surface")
        self.setLayout(column(scroller(self.inside, "surface")))
        self.ring = FocusRing(self, look)

    def focusNextPrevChild(self, onward):
        """As a step does: what was made late stands where it stands."""
        read_order(self.inside)
        return super().focusNextPrevChild(onward)

    def _edited(self, ref, answer):
        self.said.append((ref, answer))
        self.answers[ref] = answer
        for name, field in self.fields.items():
            field.show_value(self.answers.get(name))

    @property
    def last(self):
        return self.said[-1][1]


def field_of(qtbot, ref, text=1.0, width=704):
    """One field with the focus in it, and what it has said."""
    sheet = show(qtbot, Sheet(dressed(text=text), [ref]), width)
    sheet.fields[ref].focus_first()
    return sheet, sheet.fields[ref]
