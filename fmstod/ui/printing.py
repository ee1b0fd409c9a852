"""Printing through Qt; a machine without a print system says so instead of failing."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog


def can_print() -> bool:
    return bool(QPrinterInfo.availablePrinterNames())


def print_out(pdf: bytes) -> bool:
    """Ask for a printer and print every page; False when the user cancels."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if QPrintDialog(printer).exec() != QDialog.DialogCode.Accepted:
        return False
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    painter = QPainter(printer)
    area = printer.pageLayout().fullRectPixels(printer.resolution())
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        painter.drawImage(0, 0, document.render(page, QSize(area.width(), area.height())))
    painter.end()
    return True
