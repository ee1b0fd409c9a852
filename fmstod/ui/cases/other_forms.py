"""Which certificate to begin, where it isn't the usual one: a card below its button, with arrows, Enter and Esc."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from fmstod.certificate.form import Form
from fmstod.texts import text as say
from fmstod.ui.cases.forms import certificates, name_of
from fmstod.ui.kit.parts import button, column, dress, panel, row, scroller, text
from fmstod.ui.kit.roving import Roving
from fmstod.ui.kit.tokens import Look

WIDTH = 520  # px at 100 %
EDGE = 16  # px that stay free around it
BAR = 12  # px of a scroll bar


class OtherForms(QFrame):
    """`chosen` with id and version of a form. It goes when the focus goes elsewhere."""

    chosen = Signal(object)

    def __init__(self, look: Look, page: QWidget, forms: Sequence[Form]) -> None:
        super().__init__(page)
        dress(self, card="true")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(say("other_forms.title"))
        self._look, self._page, self._held = look, page, QApplication.focusWidget()
        self._roving = Roving(self)
        self.rows = []
        parts = column(text(say("other_forms.title"), "heading"), 4, gap=4)
        for form in forms:
            made = button(look, form.title, "plain", "plus", "accent")
            about = _about(form)
            made.setAccessibleDescription(about)
            made.clicked.connect(partial(self._choose, (form.form, form.version)))
            self._roving.add(made)
            self.rows.append(made)
            words = text(about, "caption", "muted", wrap=True)
            parts.addLayout(column(row(made, ...), 4, row(look.px(16) + 8, words, gap=0), 4))
        parts.setContentsMargins(16, 12, 16, 12)
        self._inside = panel(parts, ground="surface")
        self._area = scroller(self._inside, "surface")
        self.setLayout(column(self._area, pad=(1, 1, 1, 1)))

    def open_below(self, anchor: QWidget) -> None:
        """Below the button that it belongs to, as far as there is room."""
        page, under = self._page, anchor.mapTo(self._page, QPoint(anchor.width(), anchor.height() + 8))
        width = min(self._look.px(WIDTH), page.width() - 2 * EDGE)
        need = self._inside.layout().totalHeightForWidth(width - BAR) + 4
        self.resize(width, min(need, page.height() - under.y() - EDGE))
        self.move(max(EDGE, min(under.x() - width, page.width() - width - EDGE)), under.y())
        self.show()
        self.raise_()
        self.rows[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._held is not None:
                self._held.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.close()
        else:
            super().keyPressEvent(event)

    def _choose(self, form: tuple[str, str], _checked: bool = False) -> None:
        self.close()
        self.chosen.emit(form)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isVisible():
            return
        if self.isAncestorOf(new):
            self._area.ensureWidgetVisible(new, 0, self._look.px(40))
        else:
            self.close()


def _about(form: Form) -> str:
    """Which it is, and the shorter way to it."""
    named = say("other_forms.named", name=name_of((form.form, form.version)), version=form.version)
    source = next((other for other in certificates() if other.form == form.made_from), None)
    if source is None:
        return named
    made = say("other_forms.made_from", source=name_of((source.form, source.version)))
    return f"{named} {made}"
