"""`fmstod verify`: what it says of a file, and with which code it ends."""

import io
import os
import subprocess
import sys

import pytest

from fmstod import cli
from fmstod.commands import unlocking
from fmstod.domain.lifecycle import Mark, Relation
from fmstod.reports.marked import mark
from fmstod.reports.seal import seal
from fmstod.reports.seal_check import LARGEST, fingerprint
from fmstod.storage import opening
from tests.reports.sealing import AT, UNIT, new_key, sealed
from tests.reports.test_papers import made
from tests.storage.sample import CHEAP, PASSPHRASE

PAPER = made("certificate")
KEY = new_key()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "intyg.pdf"
    path.write_bytes(sealed(PAPER, KEY))
    return path


def said(capsys, *arguments):
    code = cli.main(["verify", *map(str, arguments)])
    return code, capsys.readouterr().out


def test_an_unchanged_file_is_said_to_be_so_with_whose_seal_and_when_in_swedish_time(file, capsys):
    code, out = said(capsys, file)
    assert code == 0
    assert out.startswith(f"{file}: Oförändrad")
    assert f"Sigill: {UNIT}" in out
    assert "Tid: 2026-11-23 kl. 10.42" in out
    assert f"Kontrolltal: {fingerprint(KEY.certificate)}" in out
    assert "ingen kvalificerad elektronisk underskrift" in out


@pytest.mark.parametrize("harm", ["flip", "add", "cut"])
def test_a_changed_file_ends_with_1_and_gets_no_word_of_trust(file, harm, capsys):
    pdf = bytearray(file.read_bytes())
    if harm == "flip":
        pdf[2000] ^= 1
    file.write_bytes({"flip": pdf, "add": pdf + b"\n", "cut": pdf[:-5]}[harm])
    code, out = said(capsys, file)
    assert code == 1
    assert "Ändrad" in out
    assert "Oförändrad" not in out
    assert UNIT not in out


def test_a_seal_outside_its_years_ends_with_1(file, capsys):
    file.write_bytes(seal(PAPER, KEY.certificate, KEY.sign, AT.replace(year=2036)))
    code, out = said(capsys, file)
    assert code == 1
    assert "gällde inte" in out
    assert "Tid: 2036-11-23" in out


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ingen PDF"),
        (b"Hej", "ingen PDF"),
        (PAPER, "inget sigill"),
        (PAPER + b"/ByteRange [0 1 2 3]", "annan sorts underskrift"),
    ],
)
def test_a_file_without_a_seal_ends_with_2_and_says_why(file, content, words, capsys):
    file.write_bytes(content)
    code, out = said(capsys, file)
    assert code == 2
    assert words in out


def test_what_cant_be_read_ends_with_2_and_waits_for_nobody(tmp_path, capsys):
    os.mkfifo(tmp_path / "rör")
    (tmp_path / "stor").touch()
    os.truncate(tmp_path / "stor", LARGEST + 1)
    for name, words in (
        ("saknas", "inte att läsa"),
        ("", "inte att läsa"),
        ("rör", "inte att läsa"),
        ("stor", "för stor"),
    ):
        code, out = said(capsys, tmp_path / name)
        assert code == 2
        assert words in out
    assert said(capsys, "a\0b")[0] == 2


def test_of_several_files_each_is_told_and_the_worst_decides(file, tmp_path, capsys):
    changed = tmp_path / "ändrad.pdf"
    changed.write_bytes(file.read_bytes() + b" ")
    code, out = said(capsys, file, changed)
    assert code == 1
    assert f"{file}: Oförändrad" in out
    assert f"{changed}: Ändrad" in out
    assert said(capsys, file, changed, tmp_path / "saknas")[0] == 2


@pytest.mark.parametrize("asked", [[], ["--fel", "x.pdf"]])
def test_what_isnt_understood_ends_with_2(asked, capsys):
    assert cli.main(["verify", *asked]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "fmstod verify" in told.err


# The store's own seals


@pytest.fixture
def store(own_home, monkeypatch):
    """A store that costs no time to open; the passphrase comes on standard input."""
    monkeypatch.setattr(
        unlocking, "open_store", lambda folder, passphrase: opening.open_store(folder, passphrase, floor=CHEAP)
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSPHRASE}\n" * 2))
    made_ = opening.create_store(own_home, PASSPHRASE, cost=CHEAP)
    yield made_
    made_.close()


def test_with_own_a_seal_of_this_store_is_known_also_after_a_new_one(store, file, capsys):
    key = store.seal_key(UNIT, AT, os.urandom)
    store.seal_key("Nytt namn", AT, os.urandom)
    store.close()
    file.write_bytes(sealed(PAPER, key))
    code, out = said(capsys, "--own", file)
    assert code == 0
    assert "gjort i den här datamappen" in out


def test_with_own_a_seal_of_the_same_name_but_another_maker_ends_with_1(store, file, capsys):
    store.seal_key(UNIT, AT, os.urandom)
    store.close()
    code, out = said(capsys, "--own", file)
    assert code == 1
    assert "inte gjort i den här datamappen" in out


def test_own_alone_tells_the_numbers_to_compare_with(store, capsys):
    key = store.seal_key(UNIT, AT, os.urandom)
    store.close()
    code, out = said(capsys, "--own")
    assert code == 0
    assert UNIT in out
    assert fingerprint(key.certificate) in out
    assert "2026-11-23 till 2029-11-22" in out


def test_own_alone_says_when_nothing_was_signed_yet(store, capsys):
    store.close()
    assert cli.main(["verify", "--own"]) == 0
    assert "inget sigill än" in capsys.readouterr().err


def test_verifying_needs_neither_qt_nor_pyhanko_nor_the_store(file):
    script = (
        "import sys; from fmstod.cli import main; code = main(['verify', sys.argv[1]]);"
        "print([m for m in ('PySide6.QtCore', 'pyhanko', 'aiohttp', 'sqlcipher3') if m in sys.modules], code)"
    )
    ran = subprocess.run([sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[] 0"


def test_a_marked_copy_is_said_to_be_one_and_not_to_be_changed(tmp_path, capsys):
    copy = tmp_path / "kopia.pdf"
    copy.write_bytes(mark(sealed(PAPER, KEY), Mark(kind=Relation.REPLACES, document="d2")))
    code, out = said(capsys, copy)
    assert code == 2
    assert "märkt kopia" in out
    assert "Ändrad" not in out
