"""From an empty machine to certificate, plan and DV077, by keys alone."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from fmstod.cli import main
from fmstod.commands import check, demo
from fmstod.commands.demo_case import read_case
from fmstod.domain.document import DocumentKind
from fmstod.files import read_forms
from tests.journeys.user import CASE, DAY, stored
from tests.storage.sample import log_of

SIGNED = datetime(2026, 11, 23, 9, 42, tzinfo=UTC)  # 10:42 in Sweden in November
PICTURES = [f"steg-{step}.png" for step in range(1, 8)]
FILES = ["intyg.pdf", "plan.pdf", "patientsida.pdf", "arbetsgivare.pdf", "fragor.pdf", "certificate.json", *PICTURES]


@pytest.fixture
def store(done):
    with stored(done[0] / "store") as opened:
        yield opened


def test_one_certificate_and_one_plan_are_signed_and_DV077_is_recorded_once(store):
    (row,) = store.cases()
    case = store.open_case(row.id)
    assert sorted((d.kind, d.signed_at) for d in case.documents) == [
        (DocumentKind.CERTIFICATE, SIGNED),
        (DocumentKind.PLAN, SIGNED),
    ]
    plan = next(d.id for d in case.documents if d.kind is DocumentKind.PLAN)
    (code,) = case.procedures
    assert (code.code, code.on, code.source, code.at, code.revoked) == ("DV077", DAY, plan, SIGNED, None)
    assert (code.name, code.valid_from) == ("upprättande av plan", date(2021, 1, 1))
    assert (row.name, row.number, row.has_plan) == ("Tess Testsson", "19840512-9803", True)


def test_what_was_typed_is_what_was_stored(store):
    (row,) = store.cases()
    record = store.open_case(row.id).consultation
    stated = {ref: plain(value) for ref, value in record.answers.items()}
    typed = {ref: latin1(value) for ref, value in CASE["answers"].items() if ref not in {"1", "6", "32"}}
    assert {ref: stated[ref] for ref in typed} == typed
    assert [r["date"] for r in stated["1"]] == ["2026-11-23", "2026-11-16", "2026-11-09"]
    assert stated["6"] == [{"code": "F438A", "text": "Utmattningssyndrom"}]
    assert stated["32"] == [
        {"degree": 100, "from": "2026-11-23", "to": "2026-12-20"},
        {"degree": 50, "from": "2026-12-21", "to": "2027-01-03"},
    ]
    assert dict(record.conditions) == CASE["conditions"]
    assert record.day_counts.total == 42


def test_each_thing_done_stands_in_the_log_once(store):
    acts = [(row["activityType"], row["recipient"]) for row in log_of(store)]
    assert acts.count(("Export", "patient")) == 5
    reasons = [row["reason"] for row in log_of(store) if row["activityType"] == "Export"]
    assert reasons[2:] == [
        "patientens sida",
        "utdrag till arbetsgivaren, plan.stepdown, plan.adapt",
        "frågor till arbetsgivaren",
    ]
    assert sum(activity == "Signera" for activity, _ in acts) == 1
    assert ("Skriva", None) in acts


def test_the_certificate_leaves_nothing_to_mend(done, tmp_path, capsys):
    file = tmp_path / "certificate.json"
    file.write_bytes(done[1]["certificate.json"])
    assert check.run([str(file), "--on", "2026-11-23", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["problems"] == []


def test_the_example_is_the_same_in_every_process_and_touches_no_other_file(done, tmp_path, own_home):
    folder = tmp_path / "exempel"
    folder.mkdir()
    (folder / "eget.txt").write_text("kvar", encoding="utf-8")
    command = [sys.executable, "-m", "fmstod", "demo", "--out", folder, "--on", "2026-11-23"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout.splitlines()) == (0, [str(folder / name) for name in FILES])
    assert sorted(f.name for f in folder.iterdir()) == sorted([*FILES, "eget.txt"])
    assert [name for name in FILES if (folder / name).read_bytes() != done[1][name]] == []
    assert not own_home.exists(), "its store is a throw-away one"


@pytest.mark.parametrize("place", ["fil", "fil/mapp"])
def test_a_folder_that_cant_be_written_is_said_before_anything_is_done(tmp_path, place):
    (tmp_path / "fil").write_text("", encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "fmstod", "demo", "--out", tmp_path / place], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Det går inte att skriva" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_file_of_the_example_that_cant_be_written_is_named(done, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(demo, "example", lambda day: done[1])
    (tmp_path / "intyg.pdf").mkdir()
    assert main(["demo", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert str(tmp_path / "intyg.pdf") in said.err


@pytest.mark.parametrize("asked", [["--on", "i går"], ["--out"], ["mapp"], ["--on", "2026-02-30"]])
def test_what_isnt_understood_is_answered_with_the_usage(asked, capsys):
    assert demo.run(asked) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("fmstod demo [--out MAPP] [--on DATUM]")


def test_the_example_answers_only_questions_that_are_asked():
    asked = {q.ref for form in read_forms().values() for q in form.questions()}
    assert set(read_case(DAY)["answers"]) <= asked


def latin1(value):
    """An en dash is outside Latin-1, which is all that the certificate can carry."""
    return json.loads(json.dumps(value, ensure_ascii=False).replace("–", "-"))


def plain(value):
    """An answer as TOML writes it."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.model_dump(mode="json", by_alias=True, exclude_none=True) if hasattr(value, "model_dump") else value
