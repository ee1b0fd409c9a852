"""The first of the two commands: what it asks the system for, and when it does nothing."""

import ast
import json
import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import setup

ROOT = Path(__file__).resolve().parent.parent
LOCKS = "requirements.lock", "requirements-dev.lock"


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A folder with locks and a made environment, in the place of this one."""
    root = tmp_path / "a folder, å"
    (root / ".venv" / "bin").mkdir(parents=True)
    (root / ".venv" / "bin" / "python").touch()
    for lock in LOCKS:
        (root / lock).write_text(f"{lock}==1 \\\n    --hash=sha256:00\n", encoding="utf-8")
    monkeypatch.setattr(setup, "ROOT", root)
    monkeypatch.setattr(setup, "VENV", root / ".venv")
    monkeypatch.setattr(setup, "STAMP", root / ".venv" / "stamp.json")
    return root


def stamp(root, *locks):
    fingerprints = {lock: setup._fingerprint(root / lock) for lock in locks}
    setup.STAMP.write_text(json.dumps({"root": str(root), **fingerprints}), encoding="utf-8")


def locked(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^ ;\\]+)", text, re.MULTILINE))


# The locks


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_hashes_every_package(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"https?:|//|find-links|index-url", text)
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_hold_what_the_project_declares():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = [Requirement(each) for each in project["project"]["dependencies"]]
    dev = [Requirement(each) for each in project["dependency-groups"]["dev"]]
    for lock, declared in (("requirements.lock", run), ("requirements-dev.lock", run + dev)):
        versions = locked(lock)
        assert [each.name for each in declared if not each.specifier.contains(versions.get(each.name, ""))] == []


def test_developers_get_the_same_versions_as_users():
    run, dev = (locked(lock) for lock in LOCKS)
    assert run.items() <= dev.items()


def test_uv_comes_from_the_lock_with_its_hashes():
    part = setup.uv_part(
        "typing==1 \\\n    --hash=sha256:aa\nuv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\nx==3\n"
    )
    assert part == "uv==2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"
    assert setup.uv_part((ROOT / "requirements-dev.lock").read_text(encoding="utf-8")).startswith("uv==")


# Once is enough


def test_a_finished_set_up_is_not_done_again(checkout, monkeypatch):
    stamp(checkout, "requirements.lock")
    monkeypatch.setattr(setup, "make_environment", lambda lock: pytest.fail("installed again"))
    assert setup.main(["--no-system"]) == 0


def test_what_developers_have_is_enough_for_users_but_not_the_other_way(checkout):
    stamp(checkout, *LOCKS)
    assert all(setup.is_current(checkout / lock) for lock in LOCKS)
    stamp(checkout, "requirements.lock")
    assert not setup.is_current(checkout / "requirements-dev.lock")


@pytest.mark.parametrize("harm", ["lock", "moved", "no stamp", "half a stamp", "no python"])
def test_a_changed_lock_or_a_broken_environment_is_set_up_again(checkout, harm):
    stamp(checkout, "requirements.lock")
    match harm:
        case "lock":
            (checkout / "requirements.lock").write_text("other==2\n", encoding="utf-8")
        case "moved":
            setup.STAMP.write_text(setup.STAMP.read_text(encoding="utf-8").replace("folder", "elsewhere"), "utf-8")
        case "no stamp":
            setup.STAMP.unlink()
        case "half a stamp":
            setup.STAMP.write_text("{", encoding="utf-8")
        case "no python":
            (checkout / ".venv" / "bin" / "python").unlink()
    assert not setup.is_current(checkout / "requirements.lock")


def test_an_environment_with_a_python_that_does_not_run_is_made_anew(checkout):
    assert not setup._runs(checkout / ".venv" / "bin" / "python")
    assert setup._runs(Path(sys.executable))


# The system's packages


@pytest.fixture
def apt(monkeypatch):
    """A Debian where nothing is installed, apt-get can be seen and we may not use it."""
    monkeypatch.setattr(setup.sys, "platform", "linux")
    monkeypatch.setattr(setup, "_loads", lambda library: False)
    monkeypatch.setattr(setup.shutil, "which", lambda program: f"/usr/bin/{program}" if "apt" in program else None)
    monkeypatch.setattr(setup.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(setup, "_known_name", lambda package: package.split("|")[-1])


def test_without_the_right_to_install_one_line_gives_the_exact_command(apt, checkout, capsys):
    assert setup.main([]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    command = said.partition("run: ")[2]
    assert command.startswith("sudo apt-get install -y libglib2.0-0 ")
    assert {"libgl1", "libegl1", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libxcb-cursor0"} <= {
        *command.split()
    }


def test_libraries_of_a_screen_are_only_named_where_there_is_a_screen(apt, monkeypatch, capsys):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    setup.install_system(([], ["libxcb-cursor0"]))
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("DISPLAY", ":0")
    setup.install_system(([], ["libxcb-cursor0"]))
    assert "sudo apt-get install -y libxcb-cursor0" in capsys.readouterr().err


def test_a_missing_venv_module_is_asked_for_by_the_pythons_own_package(apt, checkout, monkeypatch):
    (checkout / ".venv" / "bin" / "python").unlink()
    monkeypatch.setattr(setup.importlib.util, "find_spec", lambda name: None)
    needed, _ = setup.missing_packages()
    assert needed[-1] == f"python3.{sys.version_info[1]}-venv|python3-venv"


def test_ubuntus_new_names_are_taken_where_they_are_known(monkeypatch):
    known = {"libglib2.0-0t64"}

    def show(command, **options):
        return setup.subprocess.CompletedProcess(command, 0 if command[-1] in known else 100)

    monkeypatch.setattr(setup.shutil, "which", lambda program: program)
    monkeypatch.setattr(setup.subprocess, "run", show)
    assert setup._known_name("libglib2.0-0t64|libglib2.0-0") == "libglib2.0-0t64"
    known.clear()
    assert setup._known_name("libglib2.0-0t64|libglib2.0-0") == "libglib2.0-0"


# Old Pythons


def test_an_old_python_can_read_the_set_up():
    ast.parse((ROOT / "tools" / "setup.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_an_old_python_says_what_it_needs_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(setup.sys, "version_info", (3, 10, 0))
    monkeypatch.setattr(setup.shutil, "which", lambda program: None)
    assert setup.main([]) == 1
    said = capsys.readouterr().err
    assert "3.11" in said
    assert said.count("\n") == 1


def test_an_old_python_hands_over_to_a_newer_one(monkeypatch):
    started = []
    monkeypatch.setattr(setup.sys, "version_info", (3, 10, 0))
    monkeypatch.setattr(setup.shutil, "which", lambda program: "/usr/bin/python3.12" if "3.12" in program else None)
    monkeypatch.setattr(setup.subprocess, "call", lambda command: started.append(command) or 0)
    assert setup.main([]) == 0
    assert started[0][0] == "/usr/bin/python3.12"
