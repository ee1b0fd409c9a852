"""Where the store lies: where the platform keeps application data, unless the user names a folder."""

from pathlib import Path

import pytest

from fmstod import paths


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, "/home/disa/.local/share/fmstod"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/fmstod"),
        ("darwin", {}, "/home/disa/Library/Application Support/fmstod"),
        ("win32", {"LOCALAPPDATA": "/home/disa/Local"}, "/home/disa/Local/fmstod"),
        ("win32", {}, "/home/disa/AppData/Local/fmstod"),
        ("linux", {"FMSTOD_HOME": "/srv/fmstod", "XDG_DATA_HOME": "/data"}, "/srv/fmstod"),
        ("linux", {"FMSTOD_HOME": "~/eget"}, "/home/disa/eget"),
    ],
)
def test_the_store_lies_where_the_platform_or_the_user_says(monkeypatch, platform, environment, expected):
    for name in ("FMSTOD_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"HOME": "/home/disa", **environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(paths.sys, "platform", platform)
    assert paths.home() == Path(expected)
