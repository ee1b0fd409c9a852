"""`fmstod check` and `fmstod schema` as a user or another program calls them."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from string import ascii_uppercase

import pytest

from fmstod.commands import check, schema
from fmstod.errors import CannotWrite
from fmstod.files import PLAN, read_forms
from fmstod.storage.registers import import_codes

ANSWERS = {
    "27.1": False,
    "1": [{"kind": "FYSISKUNDERSOKNING", "date": "2026-11-23"}],
    "28": ["NUVARANDE_ARBETE"],
    "29": "Sjuksköterska på akuten: tar emot patienter, ger läkemedel, svarar i telefon.",
    "6": [{"code": "F43.8A", "text": "Utmattningssyndrom"}],
    "35": "Undersökt i dag: långsamt tempo, tappar tråden tre gånger, KEDS 34. Stor nedsättning av uppmärksamheten.",
    "17": "Klarar att svara i telefon högst 15 minuter i taget och kan inte ge läkemedel säkert. Passet är åtta timmar.",
    "19": "KBT hos psykolog på vårdcentralen varje vecka till 2026-12-18, för att minska stressen.",
    "32": [{"degree": 100, "from": "2026-11-23", "to": "2026-12-20"}],
    "39": "STOR_SANNOLIKHET",
    "44": "Plan gjord i dag med patienten. Chefen tar bort nattpassen. Jag följer upp 2026-12-15.",
}
UNIT = {"address": "Exempelgatan 1", "postcode": "123 45", "town": "Exempelstad", "phone": "08-465 004 22"}
ON = ["--on", "2026-11-23"]


@pytest.fixture
def file(tmp_path):
    """A certificate file with other answers; `frame` changes the rest of it."""

    def write(name, answers=None, **frame):
        content = {
            "form": "fk7804",
            "version": "2.0",
            "patient": {"id": "19840512-9803"},
            "unit": UNIT,
            "answers": {**ANSWERS, **(answers or {})},
            **frame,
        }
        path = tmp_path / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return str(path)

    return write


def errors(line):
    return [problem["rule"] for problem in json.loads(line)["problems"] if problem["level"] == "error"]


def test_a_right_certificate_ends_with_nothing_to_say(file, capsys):
    assert check.run([file("a.json"), *ON]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "inget att rätta" in said.err


def test_a_problem_is_a_line_with_rule_place_level_and_message(file, capsys):
    name = file("a.json", {"35": ""})
    assert check.run([*ON, name]) == 1
    assert capsys.readouterr().out == (
        f"{name}: FN-1 35 error: Beskriv funktionsnedsättningen i fråga 35: "
        "fynd, hur svår den är och vad det bygger på.\n"
    )


def test_json_is_one_object_for_each_file_in_the_order_asked(file, capsys):
    files = [
        file("b.json", {"32": [{"degree": 100, "from": "2026-11-23", "to": "2026-11-22"}]}),
        file("missing.json").replace("missing", "gone"),
        file("a.json"),
        file("c.json", form="fk7800"),
    ]
    assert check.run(["--json", *files, "--on=2026-11-23"]) == 2
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"] for line in lines] == files
    assert {key: lines[0][key] for key in ("form", "version", "problems")} == {
        "form": "fk7804",
        "version": "2.0",
        "problems": [
            {
                "rule": "SL-6",
                "field": "32[0].to",
                "level": "error",
                "message": "Perioden i fråga 32 slutar innan den börjar. Rätta ett av datumen.",
            }
        ],
    }
    assert lines[1].keys() == lines[3].keys() == {"file", "error"}
    assert lines[2]["problems"] == []


def test_warnings_and_tips_are_no_errors(file, capsys):
    assert check.run([file("a.json", {"1": [{"kind": "JOURNALUPPGIFTER", "date": "2026-11-23"}]}), *ON]) == 0
    assert "U-2 1 warning: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "days", "expected"),
    [
        ("J06.9", 14, []),  # FMB 2020, entry 28: up to two weeks
        ("J06.9", 15, ["U-6"]),
        ("I66.9", 400, []),  # in FMB of 2020, which allowed two months, but no longer
        ("A46.9", 400, []),  # not in FMB
    ],
)
def test_longer_than_the_recommendation_is_a_warning(file, capsys, code, days, expected):
    last = (date(2026, 11, 23) + timedelta(days=days - 1)).isoformat()
    name = file(
        "a.json",
        {"6": [{"code": code, "text": "x"}], "32": [{"degree": 100, "from": "2026-11-23", "to": last}]},
    )
    assert check.run([name, *ON, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["problems"]
    told = [problem for problem in found if problem["rule"] == "U-6"]
    assert [problem["rule"] for problem in told] == expected
    assert all("över" not in problem["message"] for problem in told)


def test_a_code_outside_the_list_is_not_verified(file, capsys):
    assert check.run([file("a.json", {"6": [{"code": "A46.9", "text": "Rosfeber"}]}), *ON]) == 0
    assert "DX-7 6[0].code warning: " in capsys.readouterr().out


def test_the_worst_file_gives_the_exit_code(file, tmp_path, capsys):
    wrong, right, unreadable = file("a.json", {"39": "PROGNOS_OKLAR"}), file("b.json"), tmp_path / "c.json"
    unreadable.write_bytes(b"{")
    assert check.run([wrong, right, *ON]) == 1
    assert check.run([str(unreadable), wrong, right, *ON]) == 2
    assert "PR-4 39.2 error" in capsys.readouterr().out


def test_the_day_decides_what_is_in_the_future(file, capsys):
    name = file("a.json")
    assert check.run([name, "--on", "2026-11-22", "--json"]) == 1
    assert errors(capsys.readouterr().out) == ["MU-4"]
    assert check.run([name, "--on", "2026-11-23"]) == 0


def test_without_a_day_it_is_today(file, capsys, monkeypatch):
    monkeypatch.setattr(check, "today", lambda: date(2026, 11, 1))
    assert check.run([file("a.json")]) == 1
    assert "(2026-11-01)" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"\xff\xfe{}",
        b'{"form": "fk7804", "version": "2.0", "answers": {"25": NaN}}',
        b'{"form": "fk7804", "version": "2.0", "version": "2.0"}',
        b'{"form": "fk7804", "version": "9.0"}',
        b'{"form": "plan", "version": "1.0"}',
        b'{"form": "plan", "version": "2.0"}',
        b'{"form": "fk7804", "version": "2.0", "answers": {"25": 1}}',
        b'{"form": "fk7804", "version": "2.0", "secret": 1}',
        b"[" * 100_000,
        b" " * 6_000_000,
        b"[1]",
    ],
)
def test_a_file_that_is_no_certificate_is_named_and_its_content_is_not(tmp_path, content, capsys):
    path = tmp_path / "x.json"
    path.write_bytes(content)
    assert check.run([str(path), "--json", *ON]) == 2
    said = json.loads(capsys.readouterr().out)
    assert said["file"] == str(path)
    assert said["error"].endswith(".")
    assert "{" not in said["error"]


def test_a_folder_and_a_closed_file_are_unreadable(tmp_path, capsys):
    assert check.run([str(tmp_path), *ON]) == 2
    assert "går inte att läsa" in capsys.readouterr().out


def test_a_reserve_number_has_to_say_what_it_is(file):
    assert check.run([file("a.json", patient={"id": "99SKA-00123"}), *ON]) == 1
    assert check.run([file("b.json", patient={"id": "99SKA-00123", "kind": "reservnummer"}), *ON]) == 0


def test_quality_is_read_too_and_is_never_an_error(file, capsys):
    assert check.run([file("a.json", {"35": "Utmattningssyndrom.", "25": "Pat ringer."}), *ON, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["problems"]
    told = {problem["rule"]: problem for problem in found}
    assert {"FUN-01", "FUN-02", "GRU-02", "INT-02"} <= told.keys()
    assert told["FUN-01"]["level"] == "warning"
    assert told["INT-02"] == {
        "rule": "INT-02",
        "field": "25",
        "level": "tip",
        "message": "”Pat” i fråga 25 förstås inte av alla. Skriv ut ordet.",
    }


def test_the_patients_number_tells_which_days_were_before_birth(file, capsys):
    name = file("a.json", {"1": [{"kind": "FYSISKUNDERSOKNING", "date": "1948-11-23"}]})
    assert check.run([name, *ON, "--json"]) == 0
    assert "STR-08" in {problem["rule"] for problem in json.loads(capsys.readouterr().out)["problems"]}


def test_the_file_may_say_the_signing_day_and_the_call_may_say_another(file, capsys):
    name = file("a.json", on="2026-11-22")
    assert check.run([name, "--json"]) == 1
    assert errors(capsys.readouterr().out) == ["MU-4"]
    assert check.run([name, *ON]) == 0


def test_the_file_may_hold_the_certificate_before(file, capsys):
    before = {"form": "fk7804", "version": "2.0", "on": "2026-10-26", "answers": {**ANSWERS, "39": "PROGNOS_OKLAR"}}
    assert check.run([file("a.json", previous=before), *ON, "--json"]) == 0
    assert "FUN-06" in {problem["rule"] for problem in json.loads(capsys.readouterr().out)["problems"]}


@pytest.mark.parametrize(
    ("frame", "place"),
    [
        ({"on": "2026-13-01"}, "on"),
        ({"on": 20261123}, "on"),
        ({"on": "0001-01-01"}, "on"),
        ({"on": "9999-12-31"}, "on"),
        ({"previous": []}, "previous"),
        ({"previous": {"form": "fk7804"}}, "previous.version"),
        ({"previous": {"form": "fk1", "version": "2.0"}}, "previous"),
        ({"previous": {"form": "fk7804", "version": "2.0", "answers": {"99": 1}}}, "previous.answers.99"),
    ],
)
def test_a_day_or_an_earlier_certificate_that_is_none_is_refused(file, capsys, frame, place):
    assert check.run([file("a.json", **frame), *ON, "--json"]) == 2
    assert place in json.loads(capsys.readouterr().out)["error"]


@pytest.mark.parametrize(
    "arguments", [[], ["--on", "2026-13-01", "a"], ["--on=9999-12-31", "a"], ["--on"], ["--quick", "a"], ["--json"]]
)
def test_a_wrong_call_says_how(arguments, capsys):
    assert check.run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "fmstod check" in said.err


def test_a_name_may_look_like_an_option(file, tmp_path, monkeypatch):
    file("--json")
    monkeypatch.chdir(tmp_path)
    assert check.run([*ON, "--", "--json"]) == 0


@pytest.mark.parametrize("command", [check, schema])
def test_help_is_in_swedish_and_ends_well(command, capsys):
    assert command.run(["--help"]) == 0
    assert capsys.readouterr().out.startswith("fmstod ")


@pytest.fixture
def outside_a_checkout(monkeypatch):
    """A test writes nothing beside the sources."""
    monkeypatch.setattr(schema, "IN_CHECKOUT", False)


def test_a_checkouts_schemas_are_renewed_when_they_are_old(tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "IN_CHECKOUT", True)
    old, there, nowhere = tmp_path / "a.json", tmp_path / "b.json", tmp_path / "none" / "c.json"
    old.write_text("{}")
    there.write_text("new")
    os.utime(there, (0, 0))
    monkeypatch.setattr(schema, "schemas", lambda: dict.fromkeys((old, there, nowhere), "new"))
    assert schema.run(["fk7804"]) == 0
    assert old.read_text() == "new"
    assert there.stat().st_mtime == 0
    assert not nowhere.exists()


def test_a_schema_that_can_not_be_written_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(schema, "IN_CHECKOUT", True)
    monkeypatch.setattr(schema, "schemas", lambda: {tmp_path: "a folder is in the way"})
    with pytest.raises(CannotWrite):
        schema.run([])


def test_the_schema_of_a_form_and_of_all(outside_a_checkout, capsys):
    assert schema.run(["fk7804-2.0"]) == 0
    one = json.loads(capsys.readouterr().out)
    assert one["properties"]["form"] == {"const": "fk7804"}
    assert {"27.1", "32", "26.2"} <= one["properties"]["answers"]["properties"].keys()
    for name, version in (key for key in read_forms() if key[0] != PLAN[0]):
        assert schema.run([f"{name}-{version}"]) == 0
        assert json.loads(capsys.readouterr().out)["title"] == f"{name} {version}"
    for asked in (["fk7804"], []):
        assert schema.run(asked) == 0
        every = json.loads(capsys.readouterr().out)
        ours = [form["title"] for form in every.get("oneOf", [every])]
        assert ours.count(one["title"]) == 1
    assert schema.run(["fk1"]) == 2
    assert "fk7804-2.0" in capsys.readouterr().err


def test_it_runs_as_a_program_without_qt(file):
    """Imports of Qt alone would cost more than a thousand checks."""
    code = "import sys; from fmstod.cli import main; code = main(sys.argv[1:]); print('PySide6' in sys.modules); sys.exit(code)"
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "--json", *ON, file("å.json")],
        capture_output=True,
        check=False,
        env={**os.environ, "LANG": "C", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    first, second = done.stdout.decode("utf-8").splitlines()
    assert (done.returncode, json.loads(first)["problems"], second) == (0, [], "False")


def test_with_a_register_an_unknown_code_is_an_error_that_names_the_edition(file, tmp_path, own_home, capsys):
    categories = "".join(f"{letter}00\t\tSjukdom {letter}\n" for letter in ascii_uppercase)
    register = tmp_path / "icd10se-2026.tsv"
    register.write_text(f"{categories}F43\t\tStress\nF438A\t\tUtmattning\n", encoding="utf-8")
    import_codes(own_home, [register], "2026", date(2026, 11, 23), lambda _done, _total: True)
    answers = {"6": [{"code": "F43.8A", "text": "Utmattning"}, {"code": "M54.5", "text": "Lumbago"}]}
    assert check.run([file("a.json", answers), *ON, "--json"]) == 1
    (problem,) = (p for p in json.loads(capsys.readouterr().out)["problems"] if p["level"] == "error")
    assert (problem["rule"], problem["field"], problem["level"]) == ("DX-7", "6[1].code", "error")
    assert "M54.5 i fråga 6 finns inte i ICD-10-SE 2026" in problem["message"]
