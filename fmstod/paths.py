"""Where the program's own files are, and the user's data folder."""

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# In a checkout the folders lie beside the package; the wheel carries them inside it.
IN_CHECKOUT = (_PACKAGE.parent / "forms").is_dir()
ROOT = _PACKAGE.parent if IN_CHECKOUT else _PACKAGE / "data"
FORMS, DIAGNOSES, RESOURCES = ROOT / "forms", ROOT / "diagnoses", ROOT / "resources"


def home() -> Path:
    """The folder of the store: FMSTOD_HOME, else the platform's place for application data. It may not exist yet."""
    if named := os.environ.get("FMSTOD_HOME"):
        return Path(named).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "fmstod"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "fmstod"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "fmstod"
