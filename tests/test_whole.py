"""Files that leave are there whole or not at all, and for nobody else."""

import pytest

from fmstod import whole
from fmstod.errors import CannotWrite
from fmstod.whole import leaving, write_whole


def names(folder):
    return [each.name for each in folder.iterdir()]


def test_a_file_has_its_name_only_once_the_body_is_done(tmp_path):
    file = tmp_path / "intyg.pdf"
    with leaving(file, b"%PDF"):
        assert not file.exists()
    assert file.read_bytes() == b"%PDF"
    assert file.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["intyg.pdf"]


def test_a_body_that_fails_leaves_nothing_behind(tmp_path):
    with pytest.raises(ZeroDivisionError), leaving(tmp_path / "intyg.pdf", b"%PDF"):
        _ = 1 / 0
    assert names(tmp_path) == []


@pytest.mark.parametrize("place", ["none/intyg.pdf", "a folder", "x" * 300])
def test_a_place_that_cannot_be_written_is_told_in_our_words(tmp_path, place):
    (tmp_path / "a folder").mkdir()
    with pytest.raises(CannotWrite), leaving(tmp_path / place, b"%PDF"):
        pass
    assert names(tmp_path) == ["a folder"]


def test_a_write_that_stops_half_way_leaves_the_old_file(tmp_path, monkeypatch):
    file = tmp_path / "nyckel"
    write_whole(file, b"old")

    def stop(*_):
        raise OSError

    monkeypatch.setattr(whole.os, "fsync", stop)
    with pytest.raises(OSError):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["nyckel"]
