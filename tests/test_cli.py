"""The command line as a whole program: what it prints, how it ends, what it imports."""

import os
import subprocess
import sys
import types

import pytest

import fmstod
from fmstod import cli, errors
from fmstod.commands import gui
from fmstod.texts import catalogue


@pytest.fixture
def command(monkeypatch):
    """Put a function in the place of a sub-command."""

    def install(name, run):
        monkeypatch.setitem(sys.modules, f"fmstod.commands.{name}", types.SimpleNamespace(run=run))

    return install


@pytest.fixture
def app(monkeypatch):
    """A window that only remembers that it was opened."""
    opened = []
    stand_in = types.SimpleNamespace(main=lambda arguments: opened.append(arguments) or 0)
    monkeypatch.setitem(sys.modules, "fmstod.app", stand_in)
    monkeypatch.setattr(fmstod, "app", stand_in, raising=False)
    return opened


def fmstod_process(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "fmstod", *arguments],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


def raises(error):
    def run(arguments):
        raise error

    return run


def test_version_is_the_packages_own(capsys):
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"fmstod {fmstod.__version__}\n"


@pytest.mark.parametrize("word", ["-h", "--help", "help"])
def test_help_names_every_command_in_swedish(word, capsys):
    assert cli.main([word]) == 0
    said = capsys.readouterr().out
    assert "öppna fönstret" in said
    assert all(name in said for name in cli.COMMANDS)


def test_an_unknown_command_is_refused_with_the_known_ones(capsys):
    assert cli.main(["fbm"]) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert "fbm" in streams.err
    assert "fmb" in streams.err


def test_without_a_command_the_window_opens(command):
    asked = []
    command("gui", lambda arguments: asked.append(arguments) or 0)
    assert cli.main([]) == 0
    assert asked == [[]]


def test_a_command_gets_its_arguments_and_gives_its_exit_code(command):
    asked = []
    command("fmb", lambda arguments: asked.append(arguments) or 3)
    assert cli.main(["fmb", "F32", "--json"]) == 3
    assert asked == [["F32", "--json"]]


def test_a_failure_of_the_world_is_one_swedish_line_and_exit_2(command, capsys):
    command("backup", raises(errors.StoreLocked()))
    assert cli.main(["backup"]) == 2
    streams = capsys.readouterr()
    assert streams.out == ""
    assert streams.err == f"fmstod: {catalogue()['error.StoreLocked']}\n"


def test_ctrl_c_ends_quietly_as_shells_count_it(command, capsys):
    command("demo", raises(KeyboardInterrupt()))
    assert cli.main(["demo"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_reader_that_stops_reading_is_no_error():
    # The reader leaves at once; the writer must notice at the latest when it empties its buffer.
    line = f'"{sys.executable}" -m fmstod --help | true; exit ${{PIPESTATUS[0]}}'
    for _ in range(3):
        done = subprocess.run(["bash", "-c", line], capture_output=True, check=False)
        assert done.returncode in {0, 141}
        assert done.stderr == b""


def test_swedish_is_written_in_utf8_whatever_the_locale():
    done = fmstod_process("--help", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "öppna fönstret" in done.stdout.decode("utf-8")


def test_help_imports_neither_qt_nor_the_store():
    watched = "PySide6", "sqlalchemy", "sqlcipher3", "reportlab", "pydantic"
    script = f"import sys, fmstod.cli; fmstod.cli.main(['--help']); print([n for n in {watched} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_failure_has_a_sentence():
    kinds = errors.FmstodError.__subclasses__()
    assert kinds
    missing = [kind().text_key for kind in kinds if kind().text_key not in catalogue()]
    assert missing == []


# The window


@pytest.mark.parametrize(
    ("environment", "platform", "needed"),
    [
        ({}, "linux", True),
        ({"QT_QPA_PLATFORM": "xcb"}, "linux", True),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({"QT_QPA_PLATFORM": "linuxfb:fb=/dev/fb1"}, "linux", False),
        ({"QT_QPA_PLATFORM": "vnc"}, "linux", False),
        ({}, "win32", False),
        ({}, "darwin", False),
    ],
)
def test_a_display_is_needed_on_x_and_wayland_only(environment, platform, needed):
    assert gui.needs_display(environment, platform) is needed


def run_gui_with(monkeypatch, **environment):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return gui.run([])


def test_without_a_display_one_line_says_so_and_the_example_runs(command, monkeypatch, capsys):
    platforms = []
    command("demo", lambda arguments: platforms.append(os.environ["QT_QPA_PLATFORM"]) or 0)
    monkeypatch.setattr("fmstod.commands.demo", sys.modules["fmstod.commands.demo"], raising=False)
    assert run_gui_with(monkeypatch) == 0
    assert platforms == ["offscreen"]
    assert capsys.readouterr().out.splitlines() == [catalogue()["cli.no_display"]]


def test_a_display_that_nobody_answers_at_gives_the_example_too(app, command, monkeypatch, capsys):
    command("demo", lambda arguments: 0)
    monkeypatch.setattr("fmstod.commands.demo", sys.modules["fmstod.commands.demo"], raising=False)
    assert run_gui_with(monkeypatch, DISPLAY=":4711") == 0
    assert capsys.readouterr().out.splitlines() == [catalogue()["cli.display_refused"]]
    assert app == []


def test_a_window_that_nobody_could_see_is_not_opened(app, command, monkeypatch, capsys):
    command("demo", lambda arguments: 0)
    monkeypatch.setattr("fmstod.commands.demo", sys.modules["fmstod.commands.demo"], raising=False)
    assert run_gui_with(monkeypatch, QT_QPA_PLATFORM="offscreen") == 0
    assert capsys.readouterr().out.splitlines() == [catalogue()["cli.no_display"]]
    assert app == []


def test_a_device_of_its_own_opens_the_window_without_asking(app, monkeypatch):
    assert run_gui_with(monkeypatch, QT_QPA_PLATFORM="vnc") == 0
    assert app == [[]]


def test_a_child_that_never_answers_is_ended(app):
    assert not gui.opens_display((sys.executable, "-c", "import time; time.sleep(60)"), patience=0.1)


def test_a_child_that_opens_the_display_is_believed(app):
    assert gui.opens_display((sys.executable, "-c", ""))
