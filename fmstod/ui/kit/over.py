"""A page over the work, for as long as the focus is in it. It stops nothing: Esc, and all is as it was."""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QFrame, QWidget
from shiboken6 import isValid

from fmstod.texts import text as say
from fmstod.ui.kit.parts import button, column, dress, row, text
from fmstod.ui.kit.tokens import Look

Step = QAbstractSlider.SliderAction
# What the keys do to a bar beside, while the focus is on something that has no use for them.
STEPS = {
    Qt.Key.Key_Down: Step.SliderSingleStepAdd,
    Qt.Key.Key_Up: Step.SliderSingleStepSub,
    Qt.Key.Key_PageDown: Step.SliderPageStepAdd,
    Qt.Key.Key_PageUp: Step.SliderPageStepSub,
}


class Over(QFrame):
    """Covers `host` and follows its size. It goes with Esc, and when the focus goes elsewhere: a key of the window that
    leads to another place leads there.
    """

    def __init__(self, look: Look, host: QWidget, title: str, *notes: QWidget) -> None:
        super().__init__(host)
        dress(self, ground="surface")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(title)
        self._host = host
        self._held: QWidget | None = None
        self._leave = button(look, say("over.close"), name=say("over.close_name", what=title))
        self._leave.clicked.connect(self.close)
        head = row(text(title, "title"), *notes, ..., text(say("over.key"), "caption", "muted"), self._leave, gap=12)
        self.body = column(head, 12, pad=(24, 16, 24, 16))
        self.setLayout(self.body)
        host.installEventFilter(self)

    def open_over(self, first: QWidget) -> None:
        """Show it with the focus in `first`."""
        self._held = QApplication.focusWidget()
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def close(self) -> bool:
        held, self._held = self._held, None
        if held is not None and isValid(held) and held.isVisible():
            held.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return super().close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # the page beneath doesn't go to its next field
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return False

    @Slot(QWidget, QWidget)
    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self.isVisible() and new is not self and not self.isAncestorOf(new):
            self._held = None  # it stays where it went
            self.close()


def put_away(host: QWidget, kind: type[Over]) -> bool:
    """Take away the page of this kind that lies over the host; False if there is none."""
    there = [page for page in host.findChildren(kind) if not page.isHidden()]
    for page in there:
        page.close()
    return bool(there)
