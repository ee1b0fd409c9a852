"""The walls between the packages (docs/decisions/0008-pure-core-three-shells.md), read from the source, and that a hole
in them is seen."""

import ast
import shutil
import sys
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "fmstod"
CORE = {"domain", "knowledge", "certificate", "sickleave", "followup", "quality"}
EVERYTHING = {"app", "world", "cli", "commands", "__main__"}
# package -> (packages of ours, libraries of others) that it may import. A dot names one module. "" is fmstod itself.
MAY_IMPORT = {
    "": (set(), set()),
    "errors": (set(), set()),
    "clock": (set(), set()),
    "paths": (set(), set()),
    "whole": ({"errors"}, set()),
    "dates": ({"texts"}, set()),
    "texts": ({"paths"}, {"tomli"}),
    "files": ({*CORE, "errors", "paths"}, {"tomli"}),
    "settings": (set(), {"tomli"}),
    "fmb": ({*CORE, "storage", "errors", "files", "paths", "texts"}, set()),
    "fmb_update": ({*CORE, "storage", "errors", "files", "paths", "fmb"}, set()),
    "judging": ({*CORE, "errors", "files", "paths"}, {"snowballstemmer"}),
    "domain": ({"domain"}, {"pydantic"}),
    "knowledge": ({"knowledge", "domain", "errors"}, {"pydantic", "tomli"}),
    "certificate": ({"certificate", "domain", "errors"}, {"pydantic"}),
    "sickleave": ({"sickleave", "domain", "errors"}, {"pydantic"}),
    "followup": ({"followup", "domain", "errors"}, {"pydantic"}),
    "quality": ({"quality", "domain", "errors"}, {"pydantic"}),
    "storage": (
        {"storage", *CORE, "", "errors", "clock", "whole"},
        {"sqlalchemy", "sqlcipher3", "cryptography", "pydantic"},
    ),
    "reports": (
        {"reports", *CORE, "", "errors", "texts", "paths", "clock", "dates"},
        {"reportlab", "pikepdf", "pyhanko", "cryptography"},
    ),
    "ui": (
        {
            "ui",
            *CORE,
            "reports",
            "storage.store",
            "",
            "errors",
            "texts",
            "paths",
            "files",
            "clock",
            "dates",
            "whole",
            "judging",
        },
        {"PySide6", "shiboken6", "shibokensupport"},
    ),
}
# One copy of SQLite in the process: a second one would drop the locks of the first (safety.md 0.4).
NEVER = {"sqlite3", "PySide6.QtSql"}
ONLY_THERE = {"sqlcipher3": {"storage/engine.py"}}
FUNCTION_LEVEL = {"app", "world", "cli", "commands"}
# The world outside, which the core takes as arguments.
IMPURE = {
    "asyncio", "ctypes", "getpass", "glob", "http", "importlib", "io", "locale", "logging", "multiprocessing", "os",
    "pathlib", "random", "secrets", "shutil", "socket", "subprocess", "sys", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
CLOCK = {"now", "today", "utcnow", "time", "monotonic", "perf_counter"}
DISK = {"open", "print", "input", "read_text", "write_text", "read_bytes", "write_bytes", "unlink", "iterdir", "mkdir"}
LONGEST_FILE = 300


@dataclass(frozen=True)
class Import:
    module: str
    line: int
    in_function: bool


def faults(package: Path, files: str = "*.py") -> list[str]:
    """Every hole in the walls of the package at `package`, with file and line."""
    found = []
    for file in sorted(package.rglob(files)):
        name = file.relative_to(package).as_posix()
        source = file.read_text(encoding="utf-8")
        tree = ast.parse(source)
        found += [f"{name}:{line}: {what}" for line, what in _faults_of(name, tree, package)]
        if (length := source.count("\n")) > LONGEST_FILE:
            found.append(f"{name}: {length} lines, more than {LONGEST_FILE}")
    return found


def _faults_of(name, tree, package):
    home = _home(name)
    for node in ast.walk(tree):
        yield from _forms(node)
        if home in {*CORE, "reports"}:
            yield from _calls(node, CLOCK, "asks the clock with")
        if home in CORE:
            yield from _calls(node, DISK, "reads or writes with")
    for each in _imports(tree, package):
        if each.module in NEVER or each.module.split(".")[0] in NEVER:
            yield each.line, f"imports {each.module}, which nobody may"
        if each.in_function and home not in FUNCTION_LEVEL:
            yield each.line, f"imports {each.module} inside a function"
        top = each.module.split(".")[0]
        if name not in ONLY_THERE.get(top, {name}):
            yield each.line, f"imports {top}, which only {', '.join(ONLY_THERE[top])} may"
        if home in CORE and top in IMPURE:
            yield each.line, f"imports {top}: the core takes what it needs as an argument"
        if home not in EVERYTHING and not _allowed(home, each.module):
            yield each.line, f"imports {each.module}, which {home or 'fmstod'} may not"


def _forms(node):
    match node:
        case ast.ImportFrom(level=level) if level:
            yield node.lineno, "a relative import"
        case ast.ImportFrom(names=[ast.alias(name="*")]):
            yield node.lineno, "import *"
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            yield node.lineno, "TYPE_CHECKING hides a cycle: a function is misplaced"
        case ast.Call(func=ast.Name(id="eval" | "exec" | "__import__" as called)):
            yield node.lineno, f"calls {called}"


def _calls(node, names, what):
    match node:
        case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)) if called in names:
            yield node.lineno, f"{what} {called}()"


def _allowed(home, module):
    if home not in MAY_IMPORT:
        return False  # a new package is declared in MAY_IMPORT first
    ours, libraries = MAY_IMPORT[home]
    first, _, rest = module.replace("pydantic_core", "pydantic").partition(".")
    if first == "fmstod":
        return rest.split(".")[0] in ours or any("." in door and f"{rest}.".startswith(f"{door}.") for door in ours)
    return first in libraries or first in sys.stdlib_module_names


def _home(name):
    """The package that a file belongs to, or a module at the top by its own name."""
    first, _, rest = name.partition("/")
    top = first if rest else first.removesuffix(".py")
    return "" if top == "__init__" else top


def _imports(tree, package):
    """Each imported module; `from fmstod import texts` means fmstod.texts."""
    inside = {
        id(child)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [_module(node.module or "", alias.name, package) for alias in node.names]
        else:
            continue
        yield from (Import(module, node.lineno, id(node) in inside) for module in modules)


def _module(base, name, package):
    full = f"{base}.{name}"
    if base.split(".")[0] == "fmstod":
        path = package.joinpath(*full.split(".")[1:])
        return full if path.is_dir() or path.with_suffix(".py").is_file() else base
    return full if full in NEVER else base


def cycle(package: Path) -> list[str]:
    """The modules of one import cycle, or nothing."""
    graph = {}
    for file in package.rglob("*.py"):
        name = ".".join(["fmstod", *file.relative_to(package).with_suffix("").parts]).removesuffix(".__init__")
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found = (each.module for each in _imports(tree, package) if not each.in_function)
        graph[name] = {module for module in found if module.split(".")[0] == "fmstod"} - {name}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_the_walls_hold():
    assert faults(PACKAGE) == []


def test_no_module_imports_itself_by_a_detour():
    assert cycle(PACKAGE) == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    target = tmp_path_factory.mktemp("copy") / "fmstod"
    shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


@pytest.mark.parametrize(
    ("file", "line", "word"),
    [
        ("domain/period.py", "from PySide6.QtCore import QDate", "PySide6"),
        ("domain/period.py", "import sqlalchemy", "sqlalchemy"),
        ("domain/period.py", "from fmstod.knowledge import codes", "fmstod.knowledge"),
        ("domain/period.py", "from fmstod import texts", "fmstod.texts"),
        ("domain/period.py", "import time", "time"),
        ("domain/period.py", "from pathlib import Path", "pathlib"),
        ("domain/period.py", "TODAY = date.today()", "clock"),
        ("domain/period.py", "def when():\n    return datetime.datetime.now()", "clock"),
        ("domain/period.py", "CODES = open('codes.tsv')", "reads or writes"),
        ("certificate/form.py", "from fmstod.sickleave import milestones", "fmstod.sickleave"),
        ("certificate/form.py", "from fmstod.clock import today", "fmstod.clock"),
        ("quality/judge.py", "from fmstod.certificate import check", "fmstod.certificate"),
        ("followup/facts.py", "from fmstod.sickleave import milestones", "fmstod.sickleave"),
        ("certificate/form.py", "def late():\n    from fmstod.domain import period", "inside a function"),
        ("certificate/form.py", "from .form import load_form", "relative"),
        ("certificate/form.py", "from fmstod.domain.period import *", "import *"),
        ("certificate/form.py", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    pass", "TYPE_CHECKING"),
        ("certificate/form.py", "def rule(text):\n    return eval(text)", "eval"),
        ("storage/store.py", "from sqlcipher3 import dbapi2", "only storage/engine.py"),
        ("storage/store.py", "import sqlite3", "sqlite3"),
        ("storage/store.py", "from fmstod.reports import tagged", "fmstod.reports"),
        ("storage/store.py", "from fmstod.ui.models import signing", "fmstod.ui"),
        ("reports/__init__.py", "from fmstod.storage.store import Store", "fmstod.storage"),
        ("reports/__init__.py", "from fmstod import clock\nMADE = clock.now()", "clock"),
        ("reports/__init__.py", "from PySide6.QtGui import QImage", "PySide6"),
        ("ui/kit/style.py", "from fmstod.storage import engine", "fmstod.storage.engine"),
        ("ui/kit/style.py", "from PySide6 import QtSql", "QtSql"),
        ("ui/kit/style.py", "from PySide6.QtSql import QSqlDatabase", "QtSql"),
        ("ui/kit/style.py", "import reportlab", "reportlab"),
        ("commands/gui.py", "import sqlite3", "sqlite3"),
        ("newcomer.py", "import json", "newcomer"),
    ],
)
def test_a_planted_fault_is_seen(copy, file, line, word):
    path = copy / file
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
    try:
        seen = [fault for fault in faults(copy, file) if word in fault]
    finally:
        path.unlink() if before is None else path.write_text(before, encoding="utf-8")
    assert seen


def test_a_planted_cycle_is_seen(copy):
    path = copy / "errors.py"
    before = path.read_text(encoding="utf-8")
    (copy / "detour.py").write_text("from fmstod import errors\n", encoding="utf-8")
    path.write_text(f"from fmstod import detour\n{before}", encoding="utf-8")
    try:
        assert "fmstod.detour" in cycle(copy)
    finally:
        path.write_text(before, encoding="utf-8")
        (copy / "detour.py").unlink()
