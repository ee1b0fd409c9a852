"""`fmstod convert`: to our file and back to Webcert's draft, with what changes told first."""

import json
from pathlib import Path

import pytest

from fmstod.commands import check, convert
from tests.certificate.drafts import DRAFTS, LISJP, changed


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return str(path)

    return write


def read(path):
    return json.loads(Path(path).read_text(encoding="utf-8"))


@pytest.mark.parametrize("typ", DRAFTS)
def test_there_and_back_through_files_is_the_same_draft(file, tmp_path, typ):
    draft = changed(DRAFTS[typ], mystery={"djup": [1, None, "ö"]})
    ours, again = str(tmp_path / "vår.json"), str(tmp_path / "igen.json")
    assert convert.run([file("a.json", draft), "--to", "fmstod", "--out", ours]) == 0
    assert check.run([ours, "--on", "2026-11-24"]) == 0
    assert convert.run(["--to=webcert", f"--out={again}", ours]) == 0
    assert read(again) == draft
    assert list(read(again)) == list(draft)


def test_what_changes_is_told_beside_the_file(file, capsys):
    assert convert.run([file("a.json", changed(LISJP, textVersion="1.2")), "--to", "fmstod"]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["version"] == "2.0"
    assert any(line.startswith("Fråga 33: Att bekräfta") for line in said.err.splitlines())
    questions = [int(line.split()[1].rstrip(":")) for line in said.err.splitlines()]
    assert questions == [1, 35, 33, 39, 44]  # the order of the form


def test_an_edit_in_our_file_is_the_only_change_of_the_draft(file, tmp_path):
    ours = str(tmp_path / "vår.json")
    convert.run([file("a.json", LISJP), "--to", "fmstod", "--out", ours])
    content = read(ours)
    content["answers"]["29"] = "Lärare"
    content["unit"]["town"] = "Nystad"
    again = str(tmp_path / "igen.json")
    assert convert.run([file("b.json", content), "--to", "webcert", "--out", again]) == 0
    expected = json.loads(json.dumps(LISJP))
    expected["nuvarandeArbete"] = "Lärare"
    expected["grundData"]["skapadAv"]["vardenhet"]["postort"] = "Nystad"
    assert read(again) == expected


def test_a_certificate_of_our_own_becomes_a_draft_that_webcert_would_judge(file, tmp_path, capsys):
    answers = {"27.1": True, "6": [{"code": "F43.8", "text": "Stress"}], "32": [{"degree": 100, "from": "2026-11-23", "to": "2026-11-30"}]}  # fmt: skip
    unit = {"address": "Gatan 1", "postcode": "123 45", "town": "Ort", "phone": "08-1"}
    content = {"form": "fk7804", "version": "2.0", "patient": {"id": "19840512-9803"}, "unit": unit, "answers": answers}
    draft = str(tmp_path / "utkast.json")
    assert convert.run([file("a.json", content), "--to", "webcert", "--out", draft]) == 0
    capsys.readouterr()
    assert check.run([draft, "--from", "webcert", "--on", "2026-11-24", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == "1.3"


@pytest.mark.parametrize(
    "arguments",
    [[], ["a.json"], ["a.json", "--to"], ["a.json", "--to", "pdf"], ["--to", "webcert"], ["a", "b", "--to", "webcert"],
     ["a", "--to", "webcert", "--in", "b"], ["a", "--to", "webcert", "--out"]],
)  # fmt: skip
def test_asked_in_another_way_it_says_how(arguments, capsys):
    assert convert.run(arguments) == 2
    assert capsys.readouterr().err.startswith("fmstod convert")


@pytest.mark.parametrize(
    ("content", "to"),
    [
        ("?", "fmstod"),
        ({"typ": "doi"}, "fmstod"),
        ({"form": "fk7804", "version": "2.0", "answers": {}}, "fmstod"),
        (LISJP, "webcert"),
        ({"form": "plan", "version": "1.0"}, "webcert"),
        ({"form": "fk7804", "version": "2.0", "answers": {"7": 1}}, "webcert"),
        ({"form": "fk7804", "version": "2.0", "webcert": {"typ": "ag7804"}}, "webcert"),
        ({"form": "fk7804", "version": "2.0", "webcert": {"prognos": 1}}, "webcert"),
    ],
)
def test_what_can_not_be_carried_ends_in_one_line_and_writes_nothing(file, tmp_path, capsys, content, to):
    out = tmp_path / "ut.json"
    name = file("a.json", content) if isinstance(content, dict) else str(tmp_path / "finns-inte.json")
    assert convert.run([name, "--to", to, "--out", str(out)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not out.exists()


def test_a_file_that_could_not_be_read_again_is_not_written(file, tmp_path, capsys):
    deep = json.loads("[" * 31 + "]" * 31)
    out = tmp_path / "ut.json"
    assert check.run([file("a.json", changed(LISJP, djup=deep)), "--from", "webcert", "--on", "2026-11-24"]) == 0
    assert convert.run([file("a.json", changed(LISJP, djup=deep)), "--to", "fmstod", "--out", str(out)]) == 2
    assert "32 nivåer" in capsys.readouterr().err
    assert not out.exists()


def test_help_is_in_swedish(capsys):
    assert convert.run(["--help"]) == 0
    assert capsys.readouterr().out.startswith("fmstod convert")
