"""`fmstod fmb import`, `back` and `editions` for a clinic: told first, changed only when asked, and back again."""

import json
import multiprocessing
from datetime import date

import pytest

from fmstod import fmb, fmb_update
from fmstod.cli import main
from fmstod.errors import BadImport, EditionBusy, ImportStopped
from fmstod.files import contents, read_library
from fmstod.knowledge.update import Choices
from fmstod.paths import DIAGNOSES
from fmstod.storage import editions
from tests.knowledge.exports import DIAGNOSES as HELD
from tests.knowledge.exports import TYPFALL, as_bytes, bent, brought_in, saved
from tests.knowledge.test_import import renumbered
from tests.storage.sample import disk_full_at

R = ("data", 0, "attributes", "rekommenderadsjukskrivning")
LONGER = bent(
    bent(TYPFALL, (*R, "maximalsjukskrivningstid"), "3"),
    (*R, "typfalletsrekommenderadesjukskrivning"),
    "Upp till 3 veckor",
)
APPLY = "--apply", "--retrieved", "2020-06-01"
FETCHED = Choices(date(2020, 6, 1))
CHANGE = "  Hosta (J20, J21), lindrig: upp till 2 veckor → upp till 3 veckor"


@pytest.fixture
def ask(capsys):
    def asked(*arguments):
        code = main(["fmb", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err.strip()

    return asked


@pytest.fixture
def home(own_home):
    """A clinic that goes by an edition of its own."""
    brought_in(own_home)
    return own_home


def everything(folder):
    return {
        f.relative_to(folder).as_posix(): f.read_bytes()
        for f in folder.rglob("*")
        if f.is_file() and f.suffix != ".lock"
    }


def limit_of(code, ask):
    _, lines, _ = ask(code, "--json")
    return json.loads(lines[0])["recommendations"][0]["days"]


def test_the_report_is_printed_and_nothing_changes_before_it_is_asked_for(home, ask, tmp_path):
    before = everything(home)
    code, lines, error = ask("import", *saved(tmp_path, single=LONGER))
    assert (code, error) == (0, "")
    assert lines[lines.index("Ändrade tider (1)") + 1] == CHANGE
    assert lines[-1].startswith("Inget är ändrat.")
    assert "--apply" in lines[-1]
    assert everything(home) == before
    assert limit_of("J20", ask) == 14


def test_with_apply_it_holds_at_once_and_going_back_leads_to_what_was(home, ask, tmp_path):
    code, lines, _ = ask("import", *saved(tmp_path, single=LONGER), *APPLY)
    assert (code, lines[-1]) == (0, "Filerna används nu. fmstod fmb back går tillbaka.")
    assert limit_of("J20", ask) == 21
    _, lines, _ = ask("editions")
    assert lines[0].startswith("Används: din inlästa FMB från 2020-06-01: 8 diagnoser")
    assert lines[1] == "Socialstyrelsens texter till 2 diagnoser finns med."
    assert lines[2].startswith("Finns kvar: FMB från 2020-05-01: 2 diagnoser")
    code, lines, _ = ask("back")
    assert (code, limit_of("J20", ask)) == (0, 14)
    assert ask("back")[0] == 0
    assert fmb.in_use(home).library is read_library()
    assert ask("back") == (1, [], "Det finns inget att gå tillbaka till.")


def test_the_files_may_be_named_in_either_order(home, ask, tmp_path):
    assert CHANGE in ask("import", *reversed(saved(tmp_path, single=LONGER)))[1]


def test_the_report_can_be_kept(home, ask, tmp_path):
    ask("import", *saved(tmp_path, single=LONGER), "--report", tmp_path / "rapport.txt")
    assert CHANGE in (tmp_path / "rapport.txt").read_text(encoding="utf-8").splitlines()
    assert ask("import", *saved(tmp_path), "--report", tmp_path / "no" / "rapport.txt", *APPLY)[0] == 2
    assert len(editions.there(home)) == 1


@pytest.mark.parametrize(
    ("diagnoses", "single", "word"),
    [
        (b"{", TYPFALL, "filen är inte hel"),
        (HELD, b"[" * 100_000, "djupare än 32 nivåer"),
        (b" " * 5_000_001, TYPFALL, "större än 5 MB"),
        (HELD, as_bytes(TYPFALL).replace(b'"version": "1"', b'"version": NaN', 1), "NaN"),
        (
            HELD,
            as_bytes(TYPFALL).replace(b'"meta":', b'"meta": {}, "meta":', 1),
            "en uppgift står två gånger (nyckeln meta)",
        ),
        (HELD, as_bytes(TYPFALL).replace(b'"2"', b"1" + b"0" * 30, 1), "fler än 20 siffror"),
        (HELD, bent(TYPFALL, ("data",), TYPFALL["data"] * 1_000), "fler än 2 000 poster"),
        (HELD, bent(TYPFALL, ("data", 0, "attributes", "typfallsmening"), "x" * 5_000), "orimligt lång"),
        (bent(HELD, ("data", 1), ...), bent(TYPFALL, ("data", 2), ...), "färre poster"),
        (HELD, bent(TYPFALL, ("data", 0, "attributes", "fmbtillstand", "diagnoskod", 0, "kod"), "J99"), "J99"),
        (HELD, as_bytes(TYPFALL).replace(b"lindrig", b"ganska"), "ganska är inget känt villkor"),
        (as_bytes(HELD)[:-200], TYPFALL, "filen är inte hel"),
        (as_bytes(TYPFALL), as_bytes(TYPFALL), "Välj två filer"),
        (as_bytes(TYPFALL) + b" ", as_bytes(TYPFALL), "en uppgift är en annan än väntat"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refused_file_leaves_everything_as_it_was(home, ask, tmp_path, diagnoses, single, word):
    before = everything(home)
    code, lines, error = ask("import", *saved(tmp_path, diagnoses, single), *APPLY)
    assert (code, lines) == (2, [])
    assert word in error
    assert error.isprintable()
    assert everything(home) == before


def test_an_older_export_is_refused_unless_it_is_said_to_be_wanted(own_home, ask, tmp_path):
    brought_in(own_home, renumbered(HELD, 0), renumbered(TYPFALL, 0), date(2024, 2, 1))
    code, _, error = ask("import", *saved(tmp_path), *APPLY)
    assert (code, "den är äldre än det som används nu, från 2024-02-01" in error) == (2, True)
    assert ask("import", *saved(tmp_path), *APPLY, "--older")[0] == 0


def test_nothing_is_put_in_use_before_somebody_tells_when_it_was_fetched(home, ask, tmp_path):
    before = everything(home)
    code, lines, error = ask("import", *saved(tmp_path, single=LONGER), "--apply")
    assert (code, CHANGE in lines, error) == (2, True, "Ange när filerna hämtades: lägg till --retrieved ÅÅÅÅ-MM-DD.")
    with pytest.raises(BadImport):
        fmb_update.apply(home, fmb_update.propose(home, saved(tmp_path, single=LONGER)))
    assert everything(home) == before


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2017-01-29", "en uppgift i filen är från 2017-01-30"),
        ("9998-01-01", "har inte varit än"),
        ("2020-13-01", "är ingen dag"),
    ],
)
def test_a_day_that_cannot_be_is_refused(home, ask, tmp_path, day, why):
    code, lines, error = ask("import", *saved(tmp_path, single=LONGER), "--apply", "--retrieved", day)
    assert (code, lines, why in error) == (2, [], True)


@pytest.mark.parametrize(
    "arguments",
    [["--to", "x", "--apply"], ["--retrieved", "igår"], ["--replace-by-hand", "stroke"], ["--nytt"], ["--report"]],
)
def test_a_wrong_call_is_told_in_swedish_on_one_line(home, ask, tmp_path, arguments):
    code, lines, error = ask("import", *saved(tmp_path), *arguments)
    assert (code, lines, error.count("\n")) == (2, [], 0)
    assert error.startswith(("Användning:", "igår är ingen dag"))


def test_a_wrong_call_of_the_others_is_told_too(ask):
    assert ask("back", "nu") == (2, [], "nu finns inte. Skriv fmstod fmb --help.")
    for name in ("back", "editions"):
        assert ask(name, "--help")[0] == 0


def test_entries_made_by_hand_stay_in_a_clinics_edition_and_can_be_exchanged(own_home, ask, tmp_path):
    """Lumbago was entered by hand (740); an export that has M54.5 too doesn't take its place by itself."""
    brought_in(own_home)
    named = json.loads(as_bytes(HELD).replace(b"J30", b"M545")), json.loads(as_bytes(TYPFALL).replace(b"J30", b"M545"))
    _, lines, _ = ask("import", *saved(tmp_path, *named), *APPLY)
    assert any(line.startswith("  Akut lumbago (M54.5), 740, gjordes för hand") for line in lines)
    assert fmb.in_use(own_home).library.resolve("M545").entry.fmb == 740
    ask("import", *saved(tmp_path, *named), *APPLY, "--replace-by-hand", "740")
    assert fmb.in_use(own_home).library.resolve("M545").entry.fmb == 900005


def test_the_makers_are_told_of_entries_by_hand_as_well(ask, tmp_path):
    folder = tmp_path / "diagnoser"
    assert ask("import", *saved(tmp_path), "--to", folder)[0] == 0
    own = (folder / "luftvag/900005-snuva.toml").read_text(encoding="utf-8")
    (folder / "luftvag/831-snuva.toml").write_text(own.replace("900005", "831").replace("900006", "831001"), "utf-8")
    (folder / "luftvag/900005-snuva.toml").unlink()
    _, lines, _ = ask("import", *saved(tmp_path), "--to", folder)
    assert lines[-1] == "831 Snuva är gjord för hand och behölls. Filens version togs inte med."
    _, lines, _ = ask("import", *saved(tmp_path), "--to", folder, "--replace-by-hand", "831")
    assert lines[-1] == "831 Snuva var gjord för hand och byttes mot filens."
    assert sorted(f.name for f in (folder / "luftvag").iterdir()) == ["900001-hosta.toml", "900005-snuva.toml"]


# What holds


def test_a_damaged_edition_gives_way_to_the_programs_own_and_says_so(home, ask):
    (home / "fmb" / editions.used(home)[0] / "meta.toml").write_bytes(b"")
    fmb._own.cache_clear()
    code, lines, error = ask("F32")
    assert (code, error) == (
        0,
        "Den FMB som du har läst in är skadad. Programmets egen används. Läs in filerna på nytt under Inställningar.",
    )
    assert lines[0] == "F32 Depressiv episod"


@pytest.mark.parametrize("content", [b"", b"../..\n", b"\xff"])
def test_a_damaged_pointer_gives_way_too_and_going_back_mends_it(home, ask, content):
    (home / "fmb/in_use").write_bytes(content)
    assert ask("F32")[0] == 0
    assert ask("back")[0] == 0
    assert (ask("F32")[2], editions.used(home)) == ("", ("shipped",))


def test_a_newer_export_in_the_program_holds_and_says_so(own_home):
    brought_in(own_home, retrieved=date(2020, 4, 1))
    current = fmb.in_use(own_home)
    assert (current.library, current.own) == (read_library(), False)
    assert (
        current.note
        == "Programmets FMB från 2020-04-02 är nyare än den du läste in från 2020-04-01, och används i stället."
    )


def test_of_the_programs_own_export_the_programs_reading_holds_with_the_clinics_texts(own_home):
    meta = contents(DIAGNOSES)["meta.toml"]
    files = {
        **contents(DIAGNOSES),
        "vocabulary.toml": b"",
        editions.TEXTS: b'{"508": {"symptoms": ["Text."]}}',
        "meta.toml": meta,
    }
    name = editions.name_of(files, date(2020, 4, 2))
    editions.keep(own_home, name, files)
    editions.use(own_home, name)
    current = fmb.in_use(own_home)
    assert (current.library, current.own, current.note) == (read_library(), False, "")
    assert current.edition == fmb.shipped_name()
    assert current.official[508].sections[0].paragraphs == ["Text."]


def test_an_edition_of_once_is_there_to_compare_with(own_home):
    name = brought_in(own_home)
    assert fmb.library_of(own_home, name).resolve("J20").entry.fmb == 900001
    assert fmb.library_of(own_home, "") is fmb.library_of(own_home, fmb.shipped_name()) is read_library()
    assert fmb.library_of(own_home, "2020-01-01-000000000000") is None


def test_a_copy_of_the_programs_own_is_kept_to_tell_later_what_an_update_changed(own_home, monkeypatch):
    name = fmb.shipped_name()
    fmb.remember(own_home, name)
    fmb.remember(own_home, "2026-01-01-000000000000")
    assert editions.there(own_home) == [name]
    monkeypatch.setattr(fmb, "shipped_name", lambda: "2027-01-01-000000000000")
    assert fmb.library_of(own_home, name).meta == read_library().meta


# Mishaps


def test_a_stopped_import_leaves_nothing(home, tmp_path):
    before = everything(home)
    for steps in (1, 2, 3):
        with pytest.raises(ImportStopped):
            fmb_update.propose(home, saved(tmp_path, single=LONGER), Choices(), lambda done, _, last=steps: done < last)
    assert everything(home) == before


def test_a_full_disk_leaves_what_was_in_use(home, tmp_path, ask):
    found = fmb_update.propose(home, saved(tmp_path, single=LONGER), FETCHED)
    before = everything(home)
    with disk_full_at(2_000), pytest.raises(Exception, match="CannotWrite"):
        fmb_update.apply(home, found)
    assert everything(home) == before
    fmb_update.apply(home, found)
    assert limit_of("J20", ask) == 21


def test_what_was_found_against_another_edition_is_not_put_in_use(home, tmp_path):
    found = fmb_update.propose(home, saved(tmp_path, single=LONGER), FETCHED)
    fmb_update.apply(home, found)
    with pytest.raises(EditionBusy):
        fmb_update.apply(home, found)


def _hold(home, held, done):
    with editions.alone(home):
        held.set()
        done.wait(10)


def test_two_programs_take_turns(home, tmp_path, ask):
    fork = multiprocessing.get_context("fork")
    held, done = fork.Event(), fork.Event()
    other = fork.Process(target=_hold, args=(home, held, done))
    other.start()
    assert held.wait(10)
    code, _, error = ask("import", *saved(tmp_path, single=LONGER), *APPLY)
    assert (code, "FMB uppdateras redan" in error) == (2, True)
    done.set()
    other.join()
    assert ask("import", *saved(tmp_path, single=LONGER), *APPLY)[0] == 0
