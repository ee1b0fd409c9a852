"""Make everything that fmstod needs: Qt's system libraries, `.venv` and the packages of the lock.

Standard library only. A second run finds its stamp and does nothing. No import or syntax here is newer than Python 3.8,
so that an old Python can still say what is wrong.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Sequence  # noqa: UP035

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "fmstod-setup.json"
OLDEST = (3, 11)
WINDOWS = sys.platform == "win32"

# Library that Qt loads -> package of Debian and Ubuntu that holds it. Names before `|` are tried first: Ubuntu 24.04 and
# Debian 13 renamed what 64-bit time_t touched.
OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0t64|libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libbrotlidec.so.1": "libbrotli1",
}
DESKTOP = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


class SetupError(Exception):
    """Set-up can't go on; the text is one line that says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if sys.version_info < OLDEST:
        return _with_newer_python()
    lock = ROOT / ("requirements-dev.lock" if options.dev else "requirements.lock")
    try:
        if options.system:
            install_system(missing_packages())
        if not is_current(lock):
            make_environment(lock)
    except SetupError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    parser.add_argument("--no-system", dest="system", action="store_false", help="leave the system's packages alone")
    return parser.parse_args(arguments)


def _with_newer_python() -> int:
    """Start again under a Python that is new enough, if there is one on the path."""
    for minor in range(20, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            return subprocess.call([newer, *sys.argv])
    print(
        f"setup: fmstod needs Python 3.11 or newer and this is {sys.version.split()[0]}; install python3.11 or newer.",
        file=sys.stderr,
    )
    return 1


# System packages


def missing_packages() -> tuple[list[str], list[str]]:
    """Packages to install: those that nothing works without, and those that only a window on a screen needs."""
    if not sys.platform.startswith("linux"):
        return [], []
    needed = [package for library, package in OFFSCREEN.items() if not _loads(library)]
    if importlib.util.find_spec("ensurepip") is None and not _python(VENV).exists():
        needed.append("python{}.{}-venv|python3-venv".format(*sys.version_info[:2]))
    return needed, [package for library, package in DESKTOP.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install_system(missing: tuple[list[str], list[str]]) -> None:
    """Install through apt when we may, else name the command. Raises SetupError if fmstod can't do without them."""
    needed, desktop = missing
    if not needed and not desktop:
        return
    if shutil.which("apt-get") is None:
        _ask_for(needed, desktop, "install the packages of your system that hold what Debian calls")
        return
    before = _apt_prefix()
    if before is None:
        _ask_for(needed, desktop, "run: sudo apt-get install -y")
        return
    print("setup: installing system packages with apt", flush=True)
    # An image without package lists knows no package, and the right one of two names is looked up in them.
    subprocess.run([*before, "apt-get", "update", "-qq"], capture_output=True, check=False)
    names = [_known_name(package) for package in needed + desktop]
    command = [*before, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *names]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr, end="", file=sys.stderr)
        _ask_for(needed, desktop, "apt could not install them; look at the lines above, then run: apt-get install -y")


def _ask_for(needed: list[str], desktop: list[str], how: str) -> None:
    line = f"{how} {' '.join(_known_name(package) for package in needed + desktop)}"
    if needed:
        raise SetupError(f"system packages are missing; {line}")
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        print(f"setup: a window needs more system packages; {line}", file=sys.stderr)


def _apt_prefix() -> list[str] | None:
    """What to put before apt-get; None when we may not use it without a password."""
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    if os.geteuid() == 0:
        return quiet
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n", *quiet]
    return None


def _known_name(package: str) -> str:
    """The first of the alternatives that this system's package lists know, else the last."""
    names = package.split("|")
    if shutil.which("apt-cache"):
        for name in names[:-1]:
            if subprocess.run(["apt-cache", "show", name], capture_output=True, check=False).returncode == 0:
                return name
    return names[-1]


# The environment


def is_current(lock: Path) -> bool:
    """Whether an earlier set-up of this folder, with this lock (or the larger one of developers), is still good."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return stamp.get("root") == str(ROOT) and stamp.get(lock.name) == _fingerprint(lock) and _python(VENV).exists()


def _fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def make_environment(lock: Path) -> None:
    """Build or complete `.venv`; the stamp is written last, so that a broken set-up is done again."""
    STAMP.unlink(missing_ok=True)
    if not _runs(_python(VENV)):
        print("setup: making .venv", flush=True)
        _must([sys.executable, "-m", "venv", "--clear", str(VENV)], "the virtual environment could not be made")
    print(f"setup: installing {lock.name}", flush=True)
    install_lock(lock)
    connect_checkout()
    locks = [lock] if lock.name == "requirements.lock" else [lock, ROOT / "requirements.lock"]
    stamp = {"root": str(ROOT), **{each.name: _fingerprint(each) for each in locks}}
    STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def install_lock(lock: Path) -> None:
    """Install with uv, four times as fast; with pip where uv can't be had. Every file is checked against its hash."""
    python = str(_python(VENV))
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.lock"
        only_uv.write_text(uv_part((ROOT / "requirements-dev.lock").read_text(encoding="utf-8")), encoding="utf-8")
        quick = [python, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "--only-binary=:all:"]
        has_uv = subprocess.call([*quick, "-r", str(only_uv)], stderr=subprocess.DEVNULL, env=_environment()) == 0
    rest = ["install", "-q", "--require-hashes", "-r", str(lock)]
    if has_uv:
        # Compiled now: where PYTHONDONTWRITEBYTECODE is set, every start would compile all of it anew.
        command = [python, "-m", "uv", "pip", *rest, "--python", python, "--compile-bytecode"]
        if subprocess.call(command, env=_environment()) == 0:
            return
        print("setup: uv could not, trying pip", flush=True)
    _must([python, "-m", "pip", *rest], "the packages could not be installed")


def uv_part(lock: str) -> str:
    """The entry of uv itself in a lock: its line and those of its hashes."""
    found = re.search(r"^uv==.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    if not found:
        raise SetupError("requirements-dev.lock has no entry for uv; run: make lock")
    return found.group()


def connect_checkout() -> None:
    """Let the environment import fmstod from here, and start it as `.venv/bin/fmstod`. No build, so no build tool."""
    python = _python(VENV)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(subprocess.check_output([str(python), "-c", where], text=True).strip())
    (packages / "fmstod.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    if WINDOWS:
        (python.parent / "fmstod.cmd").write_text('@"%~dp0python.exe" -m fmstod %*\n', encoding="utf-8")
    else:
        starter = python.parent / "fmstod"
        starter.write_text(f'#!/bin/sh\nexec {shlex.quote(str(python))} -m fmstod "$@"\n', encoding="utf-8")
        starter.chmod(0o755)
    subprocess.call([str(python), "-m", "compileall", "-q", str(ROOT / "fmstod")])


def _python(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if WINDOWS else "bin/python")


def _runs(python: Path) -> bool:
    """Whether this is a Python new enough, with pip: not a leftover of a removed one or of a broken set-up."""
    test = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.call([str(python), "-c", test], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def _environment() -> dict[str, str]:
    """The caller's environment; uv reads no pip.conf, so an own certificate authority is passed on to it."""
    own = {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if os.environ.get("PIP_CERT"):
        own["SSL_CERT_FILE"] = os.environ["PIP_CERT"]
    return {**own, **os.environ}


def _must(command: list[str], failure: str) -> None:
    if subprocess.call(command, env=_environment()):
        raise SetupError(f"{failure}; the lines above say why")


if __name__ == "__main__":
    sys.exit(main())
