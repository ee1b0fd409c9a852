"""The documents as they will be printed, in the window. They are rendered into memory and never touch the disk."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QPalette, QShowEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from fmstod.domain.document import DocumentKind
from fmstod.texts import text as say
from fmstod.ui.kit.choices import Segments
from fmstod.ui.kit.parts import column, row, text
from fmstod.ui.kit.tokens import Look

QUIET_MS = 400  # a pause in typing; a certificate takes some tens of milliseconds to make
PAGE_GAP = 12


class PdfPreview(QWidget):
    """Shows what `render` gives for the chosen kind: at once when it comes into view, a moment after each change."""

    def __init__(
        self, look: Look, render: Callable[[DocumentKind], bytes], kinds: Sequence[DocumentKind] = tuple(DocumentKind)
    ) -> None:
        super().__init__()
        self._render = render
        self._kind, self._shown = DocumentKind.CERTIFICATE, b""
        self._buffer, self._document = QBuffer(self), QPdfDocument(self)
        self.tabs = Segments(look, [(kind, say(f"review.kind.{kind}")) for kind in kinds], say("review.preview"))
        if len(kinds) == 1:
            self.tabs.hide()
        self.tabs.show_value(self._kind)
        self.tabs.chosen.connect(self._choose)
        self._pages = text("", "caption", "muted")
        self.view = self._view(look)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self.refresh)
        self.setLayout(column(row(self.tabs, ..., self._pages), 12, self.view))

    @property
    def page_count(self) -> int:
        return self._document.pageCount()

    def refresh_soon(self) -> None:
        """The record has changed: render when the user pauses."""
        if self.isVisible() and not (self._wait.isActive() and self._wait.interval() == 0):
            self._wait.start(QUIET_MS)

    @Slot()
    def refresh(self) -> None:
        """Render now, and stay where the reader was."""
        made = self._render(self._kind)
        if made == self._shown:
            return
        bar = self.view.verticalScrollBar()
        at = bar.value()
        self._document.close()
        self._buffer.close()
        self._shown = made
        self._buffer.setData(QByteArray(made))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        bar.setValue(at)
        pages = say("review.one_page") if self.page_count == 1 else say("review.pages", pages=self.page_count)
        self._pages.setText(pages)
        self.view.setAccessibleName(say("review.preview_of", document=say(f"review.kind.{self._kind}"), pages=pages))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._wait.start(0)  # the page paints first

    def hideEvent(self, event: QHideEvent) -> None:
        self._wait.stop()
        super().hideEvent(event)

    @Slot(object)
    def _choose(self, kind: DocumentKind | None) -> None:
        """What is shown is no answer, so pressing the chosen one again changes nothing."""
        self.tabs.show_value(kind or self._kind)
        if kind and kind is not self._kind:
            self._kind = kind
            self.view.verticalScrollBar().setValue(0)
            self.refresh()

    def _view(self, look: Look) -> QPdfView:
        view = QPdfView(self)
        view.setDocument(self._document)
        view.setPageMode(QPdfView.PageMode.MultiPage)
        view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        view.setPageSpacing(PAGE_GAP)
        # A bar that comes and goes narrows the pages until it isn't needed, and so on without end: the window hung.
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        view.setAccessibleName(say("review.preview"))
        view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        palette = view.palette()
        palette.setColor(QPalette.ColorRole.Dark, look.colour("hover"))  # QPdfView paints its desk with this role
        view.setPalette(palette)
        return view
