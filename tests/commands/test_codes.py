"""`fmstod codes` as another program or a person meets it."""

import json

import pytest

from fmstod.cli import main
from tests.knowledge.registers import as_files, as_table, small


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FMSTOD_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def run(home, capsys):
    def call(*arguments):
        code = main(["codes", *map(str, arguments)])
        streams = capsys.readouterr()
        return code, streams.out, streams.err

    return call


def test_what_is_known_is_told_before_and_after_an_import(run, tmp_path):
    code, out, _ = run()
    assert code == 0
    assert "Ingen utgåva" in out
    code, out, err = run("import", *as_files(small(), tmp_path, "2024"))
    assert (code, err) == (0, "")
    assert f"{len(small())} koder" in out
    code, out, _ = run()
    assert code == 0
    assert "ICD-10-SE 2024" in out
    assert "icd10se-2024-3.tsv" in out
    assert "Den används nu" in out


def test_a_search_prints_code_name_the_word_that_led_there_and_whether_fmb_covers_it(run, tmp_path):
    run("import", *as_files(small(), tmp_path))
    code, out, _ = run("search", "ryggskott")
    assert code == 0
    assert out.splitlines()[0] == "M54.5   Lumbago  ”ryggskott”  FMB"
    code, out, _ = run("search", "ryggskott", "--json", "--limit", "1")
    (hit,) = json.loads(out)
    assert hit["fmb_entry"] is not None
    assert (hit["code"], hit["label"], hit["everyday"], hit["fmb_code"]) == ("M54.5", "Lumbago", "ryggskott", "M54.5")
    assert json.loads(run("search", "Z00", "--json")[1])[0]["fmb_code"] is None


def test_a_search_works_with_fmb_alone(run):
    code, out, _ = run("search", "depr", "--limit=2")
    assert code == 0
    assert len(out.splitlines()) == 2
    assert "F32" in out
    code, out, err = run("search", "qqqqq")
    assert (code, out) == (3, "")
    assert "qqqqq" in err


def test_nothing_found_is_an_empty_list_for_programs(run):
    assert run("search", "qqqqq", "--json")[:2] == (3, "[]\n")


def test_a_file_without_a_year_needs_its_edition(run, tmp_path):
    file = tmp_path / "icd-10-se.tsv"
    file.write_text(as_table(small()), encoding="utf-8")
    code, _, err = run("import", file)
    assert code == 2
    assert "--edition" in err
    code, out, _ = run("import", file, "--edition", "2026", "--valid-from=2026-02-01")
    assert code == 0
    assert "2026-02-01" in out


def test_files_of_several_years_are_told_apart(run, tmp_path):
    files = [*as_files(small(), tmp_path, "2025")[:1], *as_files(small(), tmp_path, "2026")[1:]]
    code, out, err = run("import", *files)
    assert (code, out) == (2, "")
    assert "2025, 2026" in err


def test_an_edition_far_ahead_needs_a_yes(run, tmp_path):
    files = as_files(small(), tmp_path, "2091")
    code, _, err = run("import", *files)
    assert code == 2
    assert "--later" in err
    assert run("import", *files, "--later")[0] == 0


def test_an_older_edition_needs_a_yes(run, tmp_path):
    run("import", *as_files(small(), tmp_path, "2026"))
    code, out, err = run("import", *as_files(small(), tmp_path, "2025"))
    assert (code, out) == (2, "")
    assert "--older" in err
    assert run("import", *as_files(small(), tmp_path, "2025"), "--older")[0] == 0


def test_what_changed_since_the_edition_before_is_told(run, tmp_path):
    run("import", *as_files(small(), tmp_path, "2025"))
    changed = {**small(), "A00": "Ett annat namn", "A009": "Ny"}
    _, out, _ = run("import", *as_files(changed, tmp_path, "2026"))
    assert "1 nya koder, 0 borttagna, 1 med nytt namn" in out


def test_a_broken_file_is_told_with_its_line(run, tmp_path):
    file = tmp_path / "icd10se-2026.tsv"
    file.write_text("A00\t\tKolera\nA01\tKolera\n", encoding="utf-8")
    code, out, err = run("import", file)
    assert (code, out) == (2, "")
    assert "icd10se-2026.tsv, rad 2" in err


@pytest.mark.parametrize(
    "words",
    [
        ["import"],
        ["search"],
        ["remove"],
        ["search", "a", "--limit", "0"],
        ["search", "a", "--limit", "101"],
        ["search", "a", "--limit", "²"],
        ["search", "a", "--limit"],
        ["search", "a", "--what"],
        ["import", "a.tsv", "--older=yes"],
        ["import", "a.tsv", "--edition", "2026", "--valid-from", "2026-13-01"],
        ["import", "a.tsv", "--edition", "nu"],
    ],
)
def test_what_isnt_understood_is_refused(run, words):
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert err


def test_help_is_told(run):
    code, out, _ = run("import", "--help")
    assert code == 0
    assert "--edition" in out


def test_a_damaged_register_is_named(run, home, tmp_path):
    run("import", *as_files(small(), tmp_path))
    (file,) = (home / "registers").glob("*.db")
    file.write_bytes(b"")
    code, _, err = run()
    assert code == 2
    assert file.name in err
    assert run("search", "depr")[0] == 0
