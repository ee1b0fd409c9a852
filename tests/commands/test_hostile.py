"""Hostile JSON within and beyond the limits of safety.md T-08: one clear line from every command that reads a certificate."""

import json

import pytest

from fmstod.commands import check, convert
from tests.certificate.test_webcert import HOSTILE

FRAME = b'{"form": "fk7804", "version": "2.0", "answers": {%s}}'
# What is wrong with the JSON itself, whoever reads it.
BROKEN = {
    "empty": b"",
    "null": b"null",
    "a list": b"[1]",
    "cut off": FRAME[:40],
    "two values": FRAME % b"" + b" {}",
    "not UTF-8": b"\xff\xfe{}",
    "a key twice": FRAME % b'"25": "a", "25": "b"',
    "NaN": FRAME % b'"39.4": NaN',
    "Infinity": FRAME % b'"39.4": -Infinity',
    "21 digits": FRAME % (b'"39.4": ' + b"9" * 21),
    "a huge exponent": FRAME % b'"39.4": 1e999999',
    "half a character": FRAME % b'"25": "\\ud800"',
    "33 levels": FRAME % (b'"25": ' + b"[" * 31 + b"]" * 31),
    "100,000 levels": b'{"a":' * 100_000,
    "more than 5 MB": b" " * 5_000_001,
    "1001 rows": FRAME % (b'"32": [' + b",".join([b"{}"] * 1001) + b"]"),
    "a secret key": FRAME % b'"hemligt": "Kanarie"',
}
COMMANDS = {
    "check": lambda file, out: check.run([file]),
    "check --json": lambda file, out: check.run([file, "--json"]),
    "check --from webcert": lambda file, out: check.run([file, "--from", "webcert"]),
    "convert --to fmstod": lambda file, out: convert.run([file, "--to", "fmstod", "--out", out]),
    "convert --to webcert": lambda file, out: convert.run([file, "--to", "webcert", "--out", out]),
}
OF_WEBCERT = {"check --from webcert", "convert --to fmstod"}


def told(command, content, tmp_path, capsys):
    """The one line that the command says."""
    file, out = tmp_path / "x.json", tmp_path / "ut.json"
    file.write_bytes(content)
    assert COMMANDS[command](str(file), str(out)) == 2
    said = capsys.readouterr()
    (line,) = (said.out + said.err).splitlines()
    assert not out.exists()
    return line


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("content", BROKEN)
def test_broken_json_ends_in_one_line_and_repeats_nothing(command, content, tmp_path, capsys):
    line = told(command, BROKEN[content], tmp_path, capsys)
    assert line.isprintable()
    assert len(line) < 300 + len(str(tmp_path))
    assert "Kanarie" not in line
    assert (json.loads(line)["error"] if "--json" in command else line).endswith(".")


@pytest.mark.parametrize("command", sorted(OF_WEBCERT))
@pytest.mark.parametrize("content", [content for content, _ in HOSTILE])
def test_a_hostile_draft_ends_in_one_line(command, content, tmp_path, capsys):
    assert told(command, content, tmp_path, capsys).isprintable()
