"""`fmstod backup` and `fmstod export`, from the command line to the file."""

import io
import json
import zipfile

import pytest

from fmstod import cli
from fmstod.certificate.answers import read_answers
from fmstod.certificate.certificate_file import read_file
from fmstod.commands import unlocking
from fmstod.domain.document import DocumentKind
from fmstod.domain.patient import Patient
from fmstod.files import read_forms
from fmstod.storage import opening
from tests.storage.sample import CHEAP, DV077, ISSUER, PASSPHRASE, TESS, document, log_of, reopened

FORM = read_forms()["fk7804", "2.0"]


@pytest.fixture
def home(own_home, monkeypatch):
    """A store that costs no time to open; the passphrase comes on standard input."""
    monkeypatch.setattr(
        unlocking, "open_store", lambda folder, passphrase: opening.open_store(folder, passphrase, floor=CHEAP)
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n"))
    return own_home


@pytest.fixture
def store(home):
    made = opening.create_store(home, PASSPHRASE, cost=CHEAP)
    made.save_issuer(ISSUER)
    made.save_case("case-1", TESS, 0)
    yield made
    made.close()


@pytest.fixture
def signed(store):
    answers = {"6": TESS.answers["6"], "25": "som det var vid signeringen"}
    certificate = document(name="cert-1").changed(answers=answers)
    store.sign("case-1", 1, [(certificate, b"%PDF"), (document(DocumentKind.PLAN, name="p1"), b"%PDF")], [DV077])
    return store


def last_rows(home, count):
    again = reopened(home)
    rows = log_of(again)[-1 - count : -1]  # the last one is this login
    again.close()
    return rows


def test_a_backup_is_made_and_said_to_be(store, home, tmp_path, capsys):
    store.close()
    file = tmp_path / "copy.zip"
    assert cli.main(["backup", str(file)]) == 0
    assert str(file) in capsys.readouterr().out
    with zipfile.ZipFile(file) as bundle:
        bundle.extractall(tmp_path / "other")
    again = reopened(tmp_path / "other")
    assert again.open_case("case-1").consultation == TESS
    again.close()


def test_a_wrong_passphrase_makes_no_backup(store, tmp_path, monkeypatch, capsys):
    store.close()
    monkeypatch.setattr("sys.stdin", io.StringIO("fel\n"))
    assert cli.main(["backup", str(tmp_path / "copy.zip")]) == 2
    assert "Lösenfrasen stämmer inte" in capsys.readouterr().err
    assert not (tmp_path / "copy.zip").exists()


def test_while_a_window_is_open_it_says_so(store, tmp_path, capsys):
    assert cli.main(["backup", str(tmp_path / "copy.zip")]) == 2
    assert "annat fönster" in capsys.readouterr().err


def test_without_a_store_there_is_nothing_to_back_up(home, tmp_path, capsys):
    assert cli.main(["backup", str(tmp_path / "copy.zip")]) == 2
    assert "ingen datamapp" in capsys.readouterr().err
    assert not home.exists()


@pytest.mark.parametrize("name", ["case-1", "cert-1"])
def test_a_signed_certificate_leaves_as_it_was_signed(signed, home, tmp_path, name, capsys):
    signed.close()
    file = tmp_path / "intyg.json"
    assert cli.main(["export", name, "--to", str(file)]) == 0
    content = read_file(file.read_bytes())
    assert read_answers(FORM, content.answers)["25"] == "som det var vid signeringen"
    assert (content.patient.id, content.unit.phone) == (TESS.patient.number, ISSUER.unit.phone)
    (row,) = last_rows(home, 1)
    assert (row["activityType"], row["recipient"]) == ("Export", "journal")
    assert row["resources"][0]["object"] == "cert-1"


def test_a_draft_leaves_as_it_would_be_checked(store, home, tmp_path):
    store.close()
    file = tmp_path / "utkast.json"
    assert cli.main(["export", f"--to={file}", "case-1"]) == 0
    content = json.loads(file.read_text(encoding="utf-8"))
    assert (content["form"], content["version"]) == ("fk7804", "2.0")
    assert content["answers"]["32"][0] == {"degree": 100, "from": "2026-11-23", "to": "2026-12-20"}
    assert not [ref for ref in content["answers"] if ref.startswith("plan")]
    assert cli.main(["check", str(file)]) in {0, 1}
    assert [row["activityType"] for row in last_rows(home, 2)] == ["Läsa", "Export"]


@pytest.mark.parametrize(("name", "word"), [("p1", "plan"), ("nobody", "nobody")])
def test_what_is_no_certificate_is_refused(signed, home, tmp_path, name, word, capsys):
    signed.close()
    assert cli.main(["export", name, "--to", str(tmp_path / "out.json")]) == 2
    assert word in capsys.readouterr().err
    assert not (tmp_path / "out.json").exists()
    assert all(row["activityType"] != "Export" for row in last_rows(home, 3))


def test_a_place_that_cannot_be_written_is_named_and_logged_as_failed(signed, home, tmp_path, capsys):
    signed.close()
    file = tmp_path / "none" / "out.json"
    assert cli.main(["export", "cert-1", "--to", str(file)]) == 2
    assert str(file) in capsys.readouterr().err
    (row,) = last_rows(home, 1)
    assert (row["activityType"], row["outcome"]) == ("Export", "fel")


def test_the_list_tells_the_ids_and_no_names(signed, home, tmp_path, capsys):
    hidden = TESS.patient.changed(protected=True)
    signed.save_case("case-2", TESS.changed(patient=hidden), 0)
    signed.save_case("case-3", TESS.changed(patient=Patient()), 0)
    signed.close()
    assert cli.main(["export", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [
        ["case-3", "utkast,"],
        ["case-2", "utkast,"],
        ["case-1", "signerat"],
    ]
    assert [line.split(", ")[-1] for line in lines] == [
        "födelsedatum saknas",
        "skyddad identitet",
        "född 1984-05-12",
    ]
    assert not [line for line in lines if "Tess" in line or "9803" in line or "F43" in line]
    assert last_rows(home, 1)[0]["activityType"] == "Lista"


def test_a_list_of_nothing_says_so(store, home, capsys):
    store.discard_case("case-1", 1)
    store.close()
    assert cli.main(["export", "--list"]) == 0
    assert capsys.readouterr() == ("", "Det finns inga ärenden än.\n")


@pytest.mark.parametrize("asked", [[], ["--to"], ["a"], ["a", "b", "--to", "c"], ["a", "--into", "b"], ["--to", "c"]])
def test_an_export_asked_for_wrongly_shows_how(home, asked, capsys):
    assert cli.main(["export", *asked]) == 2
    assert capsys.readouterr().err.startswith("fmstod export ID --to FIL")


@pytest.mark.parametrize("asked", [[], ["a", "b"], ["--x"]])
def test_a_backup_asked_for_wrongly_shows_how(home, asked, capsys):
    assert cli.main(["backup", *asked]) == 2
    assert capsys.readouterr().err.startswith("fmstod backup FIL")


@pytest.mark.parametrize("name", ["backup", "export"])
def test_help_is_given(home, name, capsys):
    assert cli.main([name, "--help"]) == 0
    assert capsys.readouterr().out.startswith(f"fmstod {name}")


def test_on_a_terminal_the_passphrase_is_asked_for_without_echo(store, tmp_path, monkeypatch):
    store.close()
    asked = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(unlocking.getpass, "getpass", lambda prompt: asked.append(prompt) or PASSPHRASE)
    assert cli.main(["backup", str(tmp_path / "copy.zip")]) == 0
    assert asked == ["Lösenfras: "]


def test_ctrl_d_at_the_question_opens_nothing(store, tmp_path, monkeypatch, capsys):
    store.close()

    def nothing(prompt):
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(unlocking.getpass, "getpass", nothing)
    assert cli.main(["backup", str(tmp_path / "copy.zip")]) == 2
    assert "Lösenfrasen stämmer inte" in capsys.readouterr().err
