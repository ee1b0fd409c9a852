"""Printing to a printer that writes a file, as every system has one."""

import io

import pikepdf
import pytest
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from fmstod.errors import CannotPrint
from fmstod.ui.printing import printed


def to_file(file):
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def empty_pages(count):
    made, out = pikepdf.new(), io.BytesIO()
    for _ in range(count):
        made.add_blank_page()
    made.save(out)
    return out.getvalue()


def test_every_page_comes_out(qapp, tmp_path):
    with printed(to_file(tmp_path / "out.pdf"), empty_pages(3)):
        pass
    document = QPdfDocument()
    document.load(str(tmp_path / "out.pdf"))
    assert document.pageCount() == 3


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_told(qapp, tmp_path):
    with pytest.raises(CannotPrint), printed(to_file(tmp_path / "none" / "out.pdf"), empty_pages(1)):
        pass
