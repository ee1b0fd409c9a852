"""The benchmark's report; its figures are measured by `make bench`, never by a test."""

import json

import pytest

from tools import bench


def missing():
    raise bench.NotMeasured("no such part")


@pytest.fixture
def report(tmp_path, monkeypatch, capsys):
    """The report and the table of four made-up rows."""
    monkeypatch.setattr(bench, "REPORT", tmp_path / "build" / "bench.json")
    monkeypatch.setattr(bench, "compile_everything", lambda: None)
    monkeypatch.setattr(bench, "precision", lambda: "AKT-05 0.95")
    rows = [
        bench.Row("kept", "ms", 5, lambda: 4.0004),
        bench.Row("just kept", "×", 1.6, lambda: 1.6),
        bench.Row("missed", "×", 2.5, lambda: 2.6),
        bench.Row("absent", "ms", 1, missing),
    ]
    monkeypatch.setattr(bench, "rows", lambda: rows)
    assert bench.main() == 0
    return json.loads(bench.REPORT.read_text(encoding="utf-8")), capsys.readouterr().out


def test_a_missed_target_is_told_and_is_no_error(report):
    rows, table = report
    assert [row["ok"] for row in rows] == [True, True, False, None]
    assert "MISSED" in table.splitlines()[2]


def test_each_row_has_name_value_unit_target_verdict_and_machine(report):
    rows, _ = report
    assert all(row.keys() >= {"name", "value", "unit", "target", "ok", "cpu"} for row in rows)
    assert rows[0]["value"] == 4.0
    assert rows[1]["unit"] == "×"


def test_a_part_that_is_not_there_is_named(report):
    rows, table = report
    assert rows[3]["value"] is None
    assert "no such part" in table.splitlines()[3]


def test_the_rules_of_quality_are_told_after_the_rows(report):
    assert report[1].splitlines()[-1] == "AKT-05 0.95"


def test_the_promises_keep_their_targets():
    assert [(row.unit, row.target) for row in bench.rows()] == [
        ("×", 1.6),
        ("ms", 400),
        ("ms", 5),
        ("ms", 2),
        ("ms", 5),
        ("ms", 60),
        ("ms", 40),
        ("×", 2.5),
        ("×", 1.4),
        ("ms", 15),
        ("ms", 8),
        ("×", 2),
        ("ms", 10),
        ("ms", 1),
        ("ms", 60),
        ("s", 3),
        ("s", 5),
        ("MB", 40),
        ("ms", 200),
        ("ms", 0.2),
        ("ms", 200),
        ("ms", 200),
        ("ms", 200),
        ("ms", 200),
        ("ms", 200),
        ("ms", 200),
        ("ms", 16),
        ("ms", 4),
        ("ms", 20),
        ("ms", 16),
        ("ms", 20),
    ]


def test_start_up_is_measured_with_compiled_bytecode(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in bench.environment()
    assert bench.environment(FMSTOD_HOME="x")["FMSTOD_HOME"] == "x"
