"""`fmstod fmb import`: an export becomes the folder of entries, or nothing is written."""

import re
from pathlib import Path

import pytest

from fmstod.commands import fmb_import
from fmstod.files import read_library
from fmstod.texts import catalogue
from tests.knowledge.exports import DIAGNOSES, TYPFALL, as_bytes, bent
from tests.knowledge.exports import code as kod


@pytest.fixture
def bring(ask, tmp_path):
    """Import two made-up exports into `tmp_path/diagnoser`."""

    def brought(diagnoses=DIAGNOSES, single=TYPFALL, *more):
        files = [tmp_path / "d.json", tmp_path / "t.json"]
        for file, export in zip(files, (diagnoses, single), strict=True):
            file.write_bytes(export if isinstance(export, bytes) else as_bytes(export))
        return ask("import", *map(str, files), "--to", str(tmp_path / "diagnoser"), *more)

    return brought


def everything(folder):
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def test_an_import_writes_one_file_for_each_entry_and_the_tables(bring, tmp_path):
    code, lines, _ = bring()
    assert code == 0
    assert lines[0].endswith("2 diagnoser, 3 rekommendationer.")
    assert set(everything(tmp_path / "diagnoser")) == {
        "icd_labels.tsv",
        "icf_labels.tsv",
        "luftvag/900001-hosta.toml",
        "luftvag/900005-snuva.toml",
        "meta.toml",
        "vocabulary.toml",
    }
    assert read_library.__wrapped__(tmp_path / "diagnoser").resolve("J20").entry.fmb == 900001
    assert {p.name for p in tmp_path.iterdir()} == {"d.json", "t.json", "diagnoser"}


def test_a_second_import_renews_its_own_files_and_leaves_the_others(bring, tmp_path):
    bring()
    folder = tmp_path / "diagnoser"
    (folder / "replaced").mkdir()
    old = (folder / "luftvag/900005-snuva.toml").read_text(encoding="utf-8")
    (folder / "replaced/7-gammal.toml").write_text(old.replace("900005", "7").replace("900006", "8"), encoding="utf-8")
    (folder / "schema.json").write_text("{}", encoding="utf-8")
    renamed = bent(
        bent(DIAGNOSES, ("data", 0, "attributes", "titel"), "Svår hosta"),
        ("data", 0, "attributes", "diagnosrubrik"),
        "Svår hosta",
    )
    assert bring(renamed)[0] == 0
    files = everything(folder)
    assert {"replaced/7-gammal.toml", "schema.json", "luftvag/900001-svar-hosta.toml"} <= set(files)
    assert "luftvag/900001-hosta.toml" not in files


@pytest.mark.parametrize(
    ("diagnoses", "single", "told"),
    [
        (b"{", TYPFALL, "d.json: filen är inte hel, eller inte en av Socialstyrelsens två (JSON, rad och tecken 1:2). Inget är ändrat."),
        (DIAGNOSES, bent(TYPFALL, ("data", 0, "attributes", "fmbtillstand", "diagnoskod", 0, "kod"), "J99"),
         "t.json: koderna J21, J99 ligger inte alla i en och samma diagnos (post 900002, fältet fmbtillstand.diagnoskod). Inget är ändrat."),
        (bent(DIAGNOSES, ("data", 0, "attributes", "version"), 1), TYPFALL,
         "d.json: en uppgift är inte text (post 900001, fältet attributes.version). Inget är ändrat."),
        (bent(DIAGNOSES, ("data", 0, "attributes", "giltighetsperiod", "slut"), "2020-01-01"), TYPFALL,
         "d.json: en uppgift har inte den form som väntas (post 900001, fältet attributes.giltighetsperiod.slut). Inget är ändrat."),
    ],
)  # fmt: skip
def test_a_broken_export_is_told_with_file_record_and_field_and_nothing_is_written(
    bring, tmp_path, diagnoses, single, told
):
    bring()
    before = everything(tmp_path)
    code, lines, error = bring(diagnoses, single)
    assert (code, lines, error.strip()) == (2, [], told)
    after = everything(tmp_path)
    assert {k: v for k, v in after.items() if k.startswith("diagnoser")} == {
        k: v for k, v in before.items() if k.startswith("diagnoser")
    }
    assert {p.name for p in tmp_path.iterdir()} == {"d.json", "t.json", "diagnoser"}


def test_a_folder_of_something_else_is_left_alone(bring, tmp_path):
    (tmp_path / "diagnoser").mkdir()
    (tmp_path / "diagnoser/brev.txt").write_text("mitt", encoding="utf-8")
    code, _, error = bring()
    assert (code, "diagnoser" in error) == (2, True)
    assert everything(tmp_path / "diagnoser") == {"brev.txt": b"mitt"}


def test_a_file_in_the_way_is_told(bring, tmp_path):
    (tmp_path / "diagnoser").write_text("mitt", encoding="utf-8")
    assert bring()[0] == 2
    assert (tmp_path / "diagnoser").read_text(encoding="utf-8") == "mitt"


def test_a_failing_disk_leaves_the_old_folder(bring, tmp_path, monkeypatch):
    bring()
    before = everything(tmp_path / "diagnoser")
    rename = Path.rename

    def fails_for_the_new(self, target):
        if self.name == "new":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fails_for_the_new)
    code, _, error = bring()
    assert (code, error.count("\n")) == (2, 1)
    assert everything(tmp_path / "diagnoser") == before


def test_a_folder_of_something_else_is_left_alone_and_not_read(bring, tmp_path, monkeypatch):
    home = tmp_path / "diagnoser"
    home.mkdir()
    (home / "brev.txt").write_text("Hej", encoding="utf-8")
    monkeypatch.setattr(Path, "rglob", None)
    code, _, error = bring()
    assert (code, "mappen innehåller annat än diagnoser" in error) == (2, True)
    assert [file.name for file in home.iterdir()] == ["brev.txt"]


@pytest.mark.parametrize("meta", ["", "exported = 5", "exported = ["])
def test_a_folder_whose_list_of_entries_is_broken_is_left_alone(bring, tmp_path, meta):
    home = tmp_path / "diagnoser"
    home.mkdir()
    (home / "meta.toml").write_text(meta, encoding="utf-8")
    code, _, error = bring()
    assert (code, "meta.toml" in error) == (2, True)
    assert [file.name for file in home.iterdir()] == ["meta.toml"]


def test_nothing_of_a_hostile_file_reaches_the_terminal_as_it_is(bring):
    _, _, error = bring(bent(DIAGNOSES, ("data", 0, "attributes", "\x1b[31m\n"), 1))
    assert error.strip().isprintable()


def test_a_long_place_is_told_whole(bring):
    path = ("data", 0, "attributes", "fmbtillstand", "urvalkomplicerandefaktor")
    _, _, error = bring(DIAGNOSES, bent(TYPFALL, path, [{"komplicerandefaktor": [kod("1", "smärta", "Annat")]}]))
    assert "fmbtillstand.urvalkomplicerandefaktor.0.komplicerandefaktor.0.kodsystemnamn)" in error


def test_a_missing_file_is_told(ask, tmp_path):
    code, _, error = ask("import", str(tmp_path / "no.json"), str(tmp_path / "no.json"), "--to", str(tmp_path / "d"))
    assert (code, "no.json: filen går inte att läsa." in error) == (2, True)
    assert not (tmp_path / "d").exists()


def test_the_day_of_retrieval_can_be_given(bring, tmp_path):
    _, lines, _ = bring(DIAGNOSES, TYPFALL, "--retrieved", "2026-01-02")
    assert lines[1] == "Hämtningsdag: 2026-01-02."
    assert bring(DIAGNOSES, TYPFALL, "--retrieved=2026-13-02")[0] == 2


def test_every_fault_of_the_import_has_a_sentence():
    names = (
        *(
            f"knowledge/exports/{n}"
            for n in ("export", "export_file", "joining", "import_fmb", "import_entry", "import_tables")
        ),
        "domain/strict_json",
    )
    package = Path(fmb_import.__file__).parent.parent
    source = "".join((package / f"{name}.py").read_text(encoding="utf-8") for name in names)
    used = set(re.findall(r'reason="(\w+)"', source)) | set(
        re.findall(r'(?:PydanticCustomError|NotStrict)\("(\w+)"', source)
    )
    assert used
    assert {f"fmb.fault.{key}" for key in used} <= set(catalogue())
