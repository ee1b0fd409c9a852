"""Registers of codes on disk: an edition is there whole or not at all, and the one that holds on the day is asked."""

import os
import signal
import stat
import subprocess
import sys
import threading
from datetime import date
from string import ascii_uppercase

import pytest

from fmstod.errors import BadRegister, CannotWrite, DoubtfulRegister, ImportStopped, RegisterBusy
from fmstod.knowledge.codes import CodeIndex, Edition, standing
from fmstod.storage.lock import FolderLock
from fmstod.storage.registers import FOLDER, Registers, import_codes, open_codes
from fmstod.texts import text as say
from tests.knowledge.registers import as_files, large, small
from tests.storage.sample import disk_full_at

DAY = date(2026, 11, 24)
OWN = CodeIndex(
    {"F43": "Stress", "M545": "Lumbago", "U99": "Bara i FMB"}, {"ryggskott": ("M545",), "gåtfull": ("Q999",)}
)
CODES = {**small(), "U071": "Covid-19, virus identifierat", "U07": "Covid-19"}


def going_on(done, total):
    return True


def read_in(home, codes, year="2026", progress=going_on, **options):
    return import_codes(home, as_files(codes, home / "files", year), year, DAY, progress, **options)


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


@pytest.fixture
def opened(home):
    made = []

    def open_them(day=DAY):
        made.append(open_codes(home, OWN, day))
        return made[-1]

    yield open_them
    for codes in made:
        if isinstance(codes, Registers):
            codes.close()


def names_in(home):
    folder = home / FOLDER
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock") if folder.exists() else []


def test_without_an_edition_fmbs_codes_are_all(home, opened):
    assert opened() is OWN


def test_an_edition_is_kept_with_its_source_and_day(home, opened):
    report = read_in(home, CODES)
    source = "icd10se-2026-3.tsv, icd10se-2026-4.tsv, icd10se-2026-5.tsv"
    assert report.edition == Edition("2026", date(2026, 1, 1), source, DAY)
    assert (report.codes, report.before) == (len(CODES), None)
    codes = opened()
    assert codes.edition == report.edition
    assert codes.files[0].labels() == CODES
    assert codes.unreadable == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_only_the_user_reads_it_and_it_is_plain(home):
    read_in(home, CODES)
    (file,) = (path for path in (home / FOLDER).iterdir() if path.suffix == ".db")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_bytes().startswith(b"SQLite format 3\x00")


def test_codes_have_parents_children_and_names(home, opened):
    read_in(home, {**CODES, "F4380": "En femte"})
    codes = opened()
    assert [hit.code for hit in codes.children("F43")] == ["F430", "F431", "F432", "F438", "F439"]
    assert {hit.code for hit in codes.children("F43.8")} == {code for code in CODES if code[:4] == "F438"} - {
        "F438"
    } | {"F4380"}
    assert codes.parent("F43.8A").code == "F438"
    assert codes.parent("F43") is None
    assert codes.hit("F43").label == CODES["F43"]
    assert (codes.hit("U99").label, codes.hit("Q87").label) == ("Bara i FMB", "")
    assert codes.hit("S060X").of == "S060"
    assert codes.children("") == ()


def test_a_hit_is_a_code_of_the_edition(home, opened):
    read_in(home, CODES)
    codes = opened()
    assert [(hit.code, hit.said) for hit in codes.search("ryggskott")] == [("M545", "ryggskott")]
    assert codes.search("gåtfull") == ()  # Q99 isn't in this edition
    assert [hit.code for hit in codes.search("M5457")] == ["M545"]
    assert codes.search("Q123") == ()
    assert len(codes.search("a", 7)) == 7
    assert codes.search("a", 0) == ()
    for text in (
        "",
        " ",
        '"',
        "*",
        "a* OR b",
        "f43' OR 1",
        "((",
        "\x00",
        "NEAR(a b)",
        "å" * 5000,
        "a b c d e f g h i j k l",
    ):
        codes.search(text)


def test_the_edition_that_holds_on_the_day_is_asked(home, opened):
    old = {**CODES, "F438": "Gammalt namn", "J990": "Avförd", "J99": "Grupp"}
    new = {**CODES, "F438": "Nytt namn", "A010": "Ny", "A01": "Grupp"}
    read_in(home, old, "2024")
    report = read_in(home, new, "2027")
    assert (report.before.name, report.added, report.removed, report.renamed) == ("2024", 2, 2, 1)
    codes = opened()
    assert codes.edition.name == "2024"  # the other doesn't hold yet
    assert codes.hit("F438").label == "Gammalt namn"
    days = [date(2020, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [codes.known("J99.0", day) for day in days] == [True, True, False]
    assert [codes.known("A010", day) for day in days] == [False, False, True]
    assert codes.retired("J990", days[2]).name == "2027"
    assert [codes.retired("J990", day) for day in days[:2]] == [None, None]
    assert codes.retired("A010", days[0]) is None
    assert codes.retired("Q999", days[2]) is None
    assert standing(codes, days[2], "J990").since == "2027"
    assert opened(days[2]).hit("F438").label == "Nytt namn"


def test_an_older_edition_asks_first(home):
    read_in(home, CODES, "2026")
    with pytest.raises(DoubtfulRegister) as doubt:
        read_in(home, CODES, "2025")
    assert doubt.value.values["doubt"] == "older"
    assert names_in(home) == ["icd10se-2026.1.db"]
    read_in(home, CODES, "2025", accept={"older"})
    assert names_in(home) == ["icd10se-2025.2.db", "icd10se-2026.1.db"]


def test_an_edition_with_much_fewer_codes_asks_first(home):
    read_in(home, CODES, "2025")
    letters = {code: name for code, name in CODES.items() if len(code) == 3}
    with pytest.raises(DoubtfulRegister) as doubt:
        read_in(home, letters, "2026")
    values = doubt.value.values
    assert (values["doubt"], values["codes"], values["before"]) == ("fewer", len(letters), len(CODES))
    assert read_in(home, letters, "2026", accept={"fewer"}).codes == len(letters)


def test_the_first_edition_asks_when_the_codes_of_one_length_are_missing(home):
    """One of the three official files alone would call every longer code wrong."""
    threes = {f"{letter}{n:02}": f"Sjukdom {letter} {n}" for letter in ascii_uppercase for n in range(100)}
    fours = {f"{code}0": f"{name}, först" for code, name in threes.items()}
    fives = {"F000A": "Sjukdom F 0, den ena"}
    for codes in (threes, threes | fours, threes | fives):
        with pytest.raises(DoubtfulRegister) as doubt:
            read_in(home, codes, "2026")
        assert doubt.value.values["doubt"] == "fewer"
        assert "Kanske saknas en fil" in say(doubt.value.text_key, **doubt.value.values)
    assert names_in(home) == []
    assert read_in(home, threes | fours | fives, "2026").codes == len(threes) + len(fours) + len(fives)
    assert read_in(home, threes, "2027", accept={"fewer"}).codes == len(threes)


def test_an_edition_that_loses_much_under_one_letter_asks_first(home):
    more = {f"Z{n:02}": f"Kontakt {n}" for n in range(100)}
    read_in(home, {**CODES, **more}, "2025")
    with pytest.raises(DoubtfulRegister) as doubt:
        read_in(home, {**CODES, **{code: more[code] for code in sorted(more)[:70]}}, "2026")
    assert doubt.value.values["doubt"] == "fewer"
    assert names_in(home) == ["icd10se-2025.1.db"]


def test_an_edition_for_a_year_far_ahead_asks_first(home):
    with pytest.raises(DoubtfulRegister) as doubt:
        read_in(home, CODES, "2062")
    assert doubt.value.values["doubt"] == "later"
    assert names_in(home) == []
    read_in(home, CODES, "2027")  # may be out before New Year
    read_in(home, CODES, "2062", accept={"later"})
    assert names_in(home) == ["icd10se-2027.1.db", "icd10se-2062.2.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_isnt_waited_for(home, tmp_path):
    os.mkfifo(tmp_path / "pipe-2026.tsv")
    with pytest.raises(BadRegister):
        import_codes(home, [tmp_path / "pipe-2026.tsv"], "2026", DAY, going_on)


def test_the_same_edition_again_takes_the_place_of_the_first_and_a_window_reads_on(home, opened):
    read_in(home, CODES)
    before = opened()
    assert before.hit("F43").label == CODES["F43"]
    read_in(home, {**CODES, "F43": "Ett annat namn"})
    assert names_in(home) == ["icd10se-2026.2.db"]
    assert before.hit("F43").label == CODES["F43"]
    assert opened().hit("F43").label == "Ett annat namn"


@pytest.mark.parametrize("edition", ["", "26", "2026/../x", "../2026", "2026-123", "20²6", "2026\n"])
def test_an_edition_is_a_year(home, edition):
    with pytest.raises(BadRegister):
        import_codes(home, as_files(CODES, home / "files"), edition, DAY, going_on)
    assert names_in(home) == []


def test_a_missing_or_broken_file_leaves_what_was_there(home, tmp_path):
    read_in(home, CODES)
    broken = tmp_path / "broken.tsv"
    broken.write_text("A00\tKolera\n", encoding="utf-8")
    for files in ([tmp_path / "gone.tsv"], [tmp_path], [broken], []):
        with pytest.raises(BadRegister):
            import_codes(home, files, "2027", DAY, going_on)
    assert names_in(home) == ["icd10se-2026.1.db"]


@pytest.mark.parametrize("at", [1, 2, 3, 5, 1000])
def test_it_can_be_stopped_at_any_time(home, at):
    steps = []

    def progress(done, total):
        steps.append(done / total)
        return len(steps) < at

    if at == 1000:
        read_in(home, large(), progress=progress)
        assert steps == sorted(steps)
        assert len(steps) > 100
        assert steps[-1] == 1
    else:
        with pytest.raises(ImportStopped):
            read_in(home, CODES, progress=progress) if at < 3 else read_in(home, large(), progress=progress)
        assert names_in(home) == []


def test_stopping_at_the_very_end_leaves_nothing(home):
    with pytest.raises(ImportStopped):
        read_in(home, CODES, progress=lambda done, total: done < total)
    assert names_in(home) == []


def test_two_imports_at_once_are_one_and_a_refusal(home):
    inside, go_on = threading.Event(), threading.Event()

    def wait(done, total):
        inside.set()
        return go_on.wait(20)

    first = threading.Thread(target=read_in, args=(home, CODES), kwargs={"progress": wait})
    first.start()
    assert inside.wait(20)
    with pytest.raises(RegisterBusy):
        import_codes(home, as_files(CODES, home / "others"), "2026", DAY, going_on)
    go_on.set()
    first.join()
    assert names_in(home) == ["icd10se-2026.1.db"]


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from fmstod.storage.registers import import_codes
home = Path(sys.argv[1])
def progress(done, total):
    if done / total > float(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return True
import_codes(home, sorted((home / "files").iterdir()), "2026", date(2026, 11, 24), progress)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("at", [0.6, 0.99])
def test_an_import_killed_half_way_leaves_nothing_that_counts(home, opened, at):
    as_files(CODES, home / "files", "2026")
    done = subprocess.run([sys.executable, "-c", KILLED, str(home), str(at)], check=False, env={**os.environ})
    assert done.returncode == -signal.SIGKILL
    assert [name for name in names_in(home) if name.endswith(".db")] == []
    assert opened() is OWN
    read_in(home, CODES)
    assert names_in(home) == ["icd10se-2026.1.db"]


@pytest.mark.parametrize("room", [0, 4_096, 20_000, 60_000])
def test_a_full_disk_is_told_and_leaves_nothing(home, room):
    files = as_files(CODES, home / "files", "2026")
    with disk_full_at(room), pytest.raises(CannotWrite):
        import_codes(home, files, "2026", DAY, going_on)
    assert names_in(home) == []


def test_a_folder_that_cant_be_made_is_told(home):
    home.mkdir()
    (home / FOLDER).write_text("a file in its place", encoding="utf-8")
    with pytest.raises(CannotWrite):
        read_in(home, CODES)


@pytest.mark.parametrize("harm", ["empty", "text", "other", "layout", "cut"])
def test_a_damaged_file_is_named_and_fmbs_codes_remain(home, opened, harm):
    read_in(home, CODES)
    file = home / FOLDER / "icd10se-2026.1.db"
    content = file.read_bytes()
    harmed = {
        "empty": b"",
        "text": b"no database" * 1000,
        "other": b"SQLite format 3\x00" + bytes(4080),
        "layout": content[:60] + (99).to_bytes(4, "big") + content[64:],
        "cut": content[: len(content) // 3],
    }
    file.write_bytes(harmed[harm])
    codes = opened()
    assert [hit.code for hit in codes.search("lumbago")] == ["M545"]
    assert codes.known("M545", DAY)
    assert codes.hit("U99").label == "Bara i FMB"
    assert codes.unreadable == (file.name,)
    assert codes.edition is None


def test_a_file_that_goes_bad_while_it_is_read_is_put_away(home, opened):
    read_in(home, CODES, "2025")
    read_in(home, {**CODES, "U99": "Ny"}, "2026")
    codes = opened()
    assert codes.edition.name == "2026"
    file = home / FOLDER / "icd10se-2026.2.db"
    with file.open("r+b") as harmed:
        harmed.seek(8192)
        harmed.write(b"\xff" * (file.stat().st_size - 8192))
    for text in ("lumbago", "F43", "kol", "ryggskott"):
        assert codes.search(text)
    assert codes.edition.name == "2025"
    assert codes.unreadable == (file.name,)


def test_other_files_in_the_folder_are_none_of_ours(home, opened):
    read_in(home, CODES)
    for name in ("notes.db", "icd10se-x.1.db", "icd10se-2026.1.db-journal"):
        (home / FOLDER / name).write_bytes(b"")
    codes = opened()
    assert codes.unreadable == ()
    read_in(home, CODES)
    assert {"notes.db", "icd10se-x.1.db", "icd10se-2026.2.db"} <= set(names_in(home))


def test_the_lock_is_free_after_an_import_that_failed(home):
    with pytest.raises(ImportStopped):
        read_in(home, CODES, progress=lambda done, total: done < total)
    FolderLock(home / FOLDER).release()
