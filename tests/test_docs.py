"""What the documents promise is there."""

import re
import tomllib
from pathlib import Path

import pytest

from fmstod import cli
from fmstod.files import read_forms

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page):
    targets = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if "://" not in target and not (page.parent / target).exists()] == []


def test_the_readme_begins_with_the_two_commands():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    first = [line.split("#")[0].strip() for line in lines if line.startswith("make ")]
    assert first[:2] == ["make run", "make test"]
    assert not any(line.startswith("## ") for line in lines[: lines.index("```")])


def test_the_readme_names_every_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in cli.COMMANDS if name != "gui" and f"fmstod {name}" not in readme] == []


def test_decisions_are_numbered_without_gaps_and_dated():
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in decisions] == list(range(1, len(decisions) + 1))
    undated = [page.name for page in decisions if not re.search(r"20\d\d-\d\d-\d\d", page.read_text(encoding="utf-8"))]
    assert undated == []


def test_every_dependency_has_its_reason():
    reasons = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    blocks = re.findall(r"^(?:dependencies|dev) = \[(.*?)^\]", project, re.MULTILINE | re.DOTALL)
    names = [name for block in blocks for name in re.findall(r'"([a-z0-9-]+)', block)]
    assert len(names) > 15
    assert [name for name in names if name not in reasons] == []


def test_the_fonts_are_named_with_the_copyright_that_stands_in_them():
    fonts = list((ROOT / "resources" / "fonts").glob("*.ttf"))
    assert len(fonts) == 3
    assert [
        font.name for font in fonts if "Copyright 2015 Google LLC".encode("utf-16-be") not in font.read_bytes()
    ] == []
    assert "copyright 2015 Google LLC" in (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert (
        (ROOT / "resources" / "fonts" / "OFL.txt").read_text(encoding="utf-8").startswith("Copyright 2015 Google LLC")
    )


def test_the_question_shown_as_a_model_is_one_of_a_form():
    """What CONTRIBUTING.md tells to copy must load, and hang on a question that exists."""
    block = re.search(r"```toml\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    (question,) = tomllib.loads(block)["sections"]["questions"]
    real = read_forms()["fk7804", "2.0"].question(question["ref"])
    assert {key: question[key] for key in ("kind", "step", "required", "min", "max", "rules")} == {
        key: getattr(real, key) for key in ("kind", "step", "required", "min", "max", "rules")
    }
    assert question["when"]["ref"] == real.when.ref
