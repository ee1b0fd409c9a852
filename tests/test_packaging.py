"""The wheel holds all that the program reads, and works where there is no checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import fmstod

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built offline."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "-q", "wheel", "--no-index", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A program `fmstod` in an environment that sees the libraries but not the checkout."""
    home = tmp_path_factory.mktemp("installed") / "env"
    venv.create(home, with_pip=False)
    scheme = sysconfig.get_paths("venv", {"base": str(home), "platbase": str(home)})
    # A path named in a .pth file is seen, but not the .pth files in it, and so not the checkout.
    Path(scheme["purelib"], "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    python = Path(scheme["scripts"]) / "python"
    command = [sys.executable, "-m", "pip", "-q", "--python", str(python), "install", "--no-index", "--no-deps"]
    subprocess.run([*command, "--ignore-installed", str(wheel)], check=True)
    return Path(scheme["scripts"]) / "fmstod"


def run(program, *arguments, folder):
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [str(program), *arguments], capture_output=True, encoding="utf-8", cwd=folder, env=environment, check=False
    )


def test_the_wheel_holds_every_data_file_of_the_checkout(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "forms", "diagnoses", "resources"],
        capture_output=True, encoding="utf-8", check=True,
    ).stdout.split("\0")  # fmt: skip
    missing = [file for file in tracked if file and (ROOT / file).exists() and f"fmstod/data/{file}" not in names]
    assert missing == []


def test_the_wheel_names_version_licence_and_starter(wheel):
    archive = zipfile.ZipFile(wheel)
    names = archive.namelist()
    (metadata,) = (archive.read(name).decode() for name in names if name.endswith(".dist-info/METADATA"))
    (starters,) = (archive.read(name).decode() for name in names if name.endswith("entry_points.txt"))
    assert f"Version: {fmstod.__version__}\n" in metadata
    assert "License-Expression: Apache-2.0\n" in metadata
    assert "fmstod = fmstod.cli:main" in starters
    assert [name for name in names if name.endswith(("licenses/LICENSE", "licenses/NOTICE"))]
    assert [name for name in names if name.startswith(("tests/", "tools/"))] == []


def test_the_installed_program_knows_fmb(installed, tmp_path):
    done = run(installed, "fmb", "F32", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (answer,) = (json.loads(line) for line in done.stdout.splitlines())
    assert answer["asked"] == "F32"
    assert answer["resolved"] == "F32"
    assert answer["recommendations"]


def test_the_installed_program_is_not_the_checkout(installed, tmp_path):
    script = "import fmstod, fmstod.paths; print(fmstod.__file__); print(fmstod.paths.FORMS)"
    done = run(installed.parent / "python", "-c", script, folder=tmp_path)
    home = installed.parent.parent
    assert all(Path(line).is_relative_to(home) for line in done.stdout.splitlines())
    assert Path(done.stdout.splitlines()[1]).is_dir()
