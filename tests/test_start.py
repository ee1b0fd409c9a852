"""What the start of the window does not do."""

import os
import subprocess
import sys


def lines(script):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=True)
    return done.stdout.splitlines()


def test_no_source_is_read_for_the_modules_that_are_imported_after_qt():
    script = (
        "import linecache, fmstod.ui; import PySide6.QtWidgets, PySide6.QtSvg; before = len(linecache.cache)\n"
        "import fractions, wave, fmstod.certificate.form; print(len(linecache.cache) - before)"
    )
    assert lines(script) == ["0"]


def test_the_first_window_waits_for_neither_store_nor_papers():
    slow = "sqlalchemy", "sqlcipher3", "cryptography", "reportlab", "pikepdf", "pydantic"
    script = f"import sys, fmstod.ui, fmstod.app; print([name for name in {slow} if name in sys.modules])"
    assert lines(script) == ["[]"]
