"""What the physician sees and touches: pages, their models and the look. The only package that imports Qt.

PySide6 6.12's wheel returns None, True and False without counting the reference, as is right from Python 3.12 on,
where they are immortal. On 3.11 the count runs down and the interpreter aborts after some thousand calls
("none_dealloc"), so they are made immortal here, before the first import of Qt (docs/decisions/0010).

PySide6 also reads the source of every module that is imported after it, to see whether that wants Qt's names spelt
otherwise (`from __feature__ import …`). Nobody here does, so it is told so once and reads none (docs/decisions/0012).
"""

import ctypes
import sys

if sys.version_info < (3, 12) and sys.getrefcount(None) < 1 << 40:
    for _value in (None, True, False):
        ctypes.c_ssize_t.from_address(id(_value)).value += 1 << 41

from shiboken6 import Shiboken  # noqa: F401 - brings shibokensupport with it; after the above
from shibokensupport import feature

feature._mod_uses_pyside = lambda _module: False  # noqa: SLF001
