"""The documents as they would be now, over the work, from any step and from the list."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from fmstod.domain.document import DocumentKind
from fmstod.texts import text as say
from fmstod.ui.kit.over import Over, put_away
from fmstod.ui.kit.parts import row
from fmstod.ui.kit.tokens import Look
from fmstod.ui.models.consultation_model import ConsultationModel
from fmstod.ui.pages.preview import PdfPreview

KEY = "Ctrl+P"
WIDEST = 880  # px at 100 %: a wider page shows less of itself
Render = Callable[[DocumentKind], bytes]


class PaperPage(Over):
    """`render` gives the PDF of each of the `kinds`. Esc, and the focus is in the field that it came from."""

    def __init__(self, look: Look, host: QWidget, title: str, render: Render, kinds: Sequence[DocumentKind]) -> None:
        super().__init__(look, host, title)
        self.preview = PdfPreview(look, render, kinds)
        self.preview.setMaximumWidth(look.px(WIDEST))
        middle = row(..., self.preview, ...)
        middle.setStretch(1, 100)
        self.body.addLayout(middle)
        self.body.setStretchFactor(middle, 1)

    def open_page(self) -> None:
        self.open_over(self.preview.view)


def show_paper(look: Look, host: QWidget, model: ConsultationModel, render: Render) -> None:
    """The open case; the key pressed again puts it away."""
    if not put_away(host, PaperPage):
        page = PaperPage(look, host, say("paper_page.title"), render, model.reference.kinds)
        model.changed.connect(page.preview.refresh_soon)
        page.open_page()


def show_signed(look: Look, host: QWidget, name: str, documents: Sequence[DocumentKind], render: Render) -> None:
    """What a case in the list has signed; `name` is how the list calls the patient."""
    if not put_away(host, PaperPage) and documents:
        PaperPage(look, host, say("paper_page.of", name=name), render, documents).open_page()
