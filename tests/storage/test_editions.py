"""The clinic's editions: there whole or not at all, whatever happens; going back is naming another."""

import os
from datetime import date

import pytest

from fmstod.errors import BadDataFile, CannotWrite, EditionBusy
from fmstod.storage import editions
from tests.storage.sample import disk_full_at

DAY = date(2026, 1, 2)
ONE = {"meta.toml": b"schema = 1\n", "luftvag/7-hosta.toml": b"fmb = 7\n"}
TWO = {**ONE, "texts.json": b"{}"}
NAMES = [editions.name_of(files, DAY) for files in (ONE, TWO)]


def kept(home, *all_files):
    for files in all_files:
        name = editions.name_of(files, DAY)
        with editions.alone(home):
            editions.keep(home, name, files)
            editions.use(home, name)


def test_an_edition_is_read_as_it_was_written_and_named_by_its_day_and_content(own_home):
    kept(own_home, ONE)
    assert NAMES[0].startswith("2026-01-02-")
    assert NAMES[0] != NAMES[1] != editions.name_of({**TWO, "luftvag/7-hosta.toml": b"fmb = 8\n"}, DAY)
    assert editions.read(own_home, NAMES[0]) == ONE


def test_going_back_names_what_was_before_until_there_is_nothing(own_home):
    assert (editions.used(own_home), editions.go_back(own_home)) == ((), "")
    kept(own_home, ONE, TWO)
    assert editions.used(own_home) == (NAMES[1], NAMES[0], "shipped")
    assert [editions.go_back(own_home) for _ in range(3)] == [NAMES[0], "shipped", ""]
    assert editions.used(own_home) == ("shipped",)
    assert editions.there(own_home) == sorted(NAMES)
    assert editions.read(own_home, NAMES[1]) == TWO


def test_the_same_edition_twice_is_one(own_home):
    kept(own_home, ONE, ONE)
    assert editions.used(own_home) == (NAMES[0], "shipped")


@pytest.mark.parametrize("damage", ["changed", "missing", "more", "gone"])
def test_a_damaged_edition_is_told_and_can_be_written_anew(own_home, damage):
    kept(own_home, ONE)
    folder = own_home / "fmb" / NAMES[0]
    file = folder / "luftvag/7-hosta.toml"
    match damage:
        case "changed":
            file.write_bytes(b"fmb = 8\n")
        case "missing":
            file.unlink()
        case "more":
            (folder / "luftvag/8-snuva.toml").write_bytes(b"")
        case "gone":
            folder.rename(own_home / "elsewhere")
    with pytest.raises(BadDataFile):
        editions.read(own_home, NAMES[0])
    kept(own_home, ONE)
    assert editions.read(own_home, NAMES[0]) == ONE


@pytest.mark.parametrize("content", ["", "\n", "../../etc", "2026-01-02-ABCDEF123456", "shipped extra", "\u00e5"])
def test_a_damaged_list_of_editions_is_told_and_mended_by_the_next(own_home, content):
    kept(own_home, ONE)
    (own_home / "fmb/in_use").write_text(content, encoding="utf-8")
    with pytest.raises(BadDataFile):
        editions.used(own_home)
    kept(own_home, TWO)
    assert editions.used(own_home) == (NAMES[1], "shipped")


@pytest.mark.parametrize("size", [0, 5, 12])
def test_a_full_disk_leaves_what_was_in_use(own_home, size):
    kept(own_home, ONE)
    with disk_full_at(size), pytest.raises(CannotWrite):
        kept(own_home, {**TWO, "psykiska/9-sorg.toml": b"x" * 5_000})
    assert editions.used(own_home) == (NAMES[0], "shipped")
    assert editions.read(own_home, NAMES[0]) == ONE
    assert [p.name for p in (own_home / "fmb").iterdir() if p.name.startswith(".")] == []


def test_a_disk_that_fills_up_before_the_pointer_leaves_what_was_in_use(own_home, monkeypatch):
    kept(own_home, ONE)
    name = editions.name_of(TWO, DAY)
    editions.keep(own_home, name, TWO)
    with disk_full_at(3), pytest.raises(CannotWrite):
        editions.use(own_home, name)
    assert editions.used(own_home) == (NAMES[0], "shipped")


def test_two_at_once_take_turns(own_home):
    with editions.alone(own_home), pytest.raises(EditionBusy), editions.alone(own_home):
        pass
    with editions.alone(own_home):
        pass


def test_whatever_moment_it_is_killed_at_there_is_a_whole_edition_in_use(own_home):
    """A process brings in one edition after another until it is killed, after ever more of its system calls."""
    kept(own_home, ONE)
    for moment in range(1, 40):
        if not (child := os.fork()):
            _bring_in_until_killed(own_home, moment)
        _, how = os.waitpid(child, 0)
        assert how in (0, 9)
        name = editions.used(own_home)[0]
        assert set(editions.read(own_home, name)) >= set(ONE)
    kept(own_home, TWO)
    assert editions.used(own_home)[0] == NAMES[1]
    assert [p.name for p in (own_home / "fmb").iterdir() if p.name.startswith(".new")] == []


def test_all_is_for_the_user_alone(own_home):
    kept(own_home, ONE)
    open_to_others = [p.name for p in own_home.rglob("*") if p.stat().st_mode & 0o77]
    assert open_to_others == []


def _bring_in_until_killed(home, moment):
    """The child: dies at its `moment`-th step on disk, or ends."""
    left = [moment]

    def counted(act):
        def done(*arguments, **options):
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), 9)
            return act(*arguments, **options)

        return done

    for name in ("fsync", "open", "replace", "rename", "mkdir"):
        setattr(os, name, counted(getattr(os, name)))
    try:
        kept(home, {**ONE, "psykiska/9-sorg.toml": f"fmb = {moment}\n".encode()})
    finally:
        os._exit(0)
