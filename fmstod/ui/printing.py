"""Printing through Qt; a machine without a print system says so instead of failing."""

import contextlib
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog

from fmstod.errors import CannotPrint
from fmstod.storage.store import Way

FINEST = 600  # dots per inch: a page of A4 is then a picture of 140 MB


def can_print() -> bool:
    return bool(QPrinterInfo.availablePrinterNames())


def ask_printer() -> Way | None:
    """The way out to the printer that the user chooses; None when it is cancelled."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if QPrintDialog(printer).exec() != QDialog.DialogCode.Accepted:
        return None
    return partial(printed, printer)


@contextlib.contextmanager
def printed(printer: QPrinter, pdf: bytes) -> Iterator[None]:
    """Every page drawn for the printer, which gets them when the body is done. Raises CannotPrint."""
    printer.setResolution(min(printer.resolution(), FINEST))
    painter = QPainter()
    if not painter.begin(printer):
        raise CannotPrint
    try:
        _draw(painter, printer, pdf)
        yield
    except BaseException:
        printer.abort()
        raise
    finally:
        done = painter.end()
    if not done or printer.printerState() is QPrinter.PrinterState.Error:
        raise CannotPrint


def _draw(painter: QPainter, printer: QPrinter, pdf: bytes) -> None:
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    area = printer.pageLayout().fullRectPixels(printer.resolution())
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        painter.drawImage(0, 0, document.render(page, QSize(area.width(), area.height())))
