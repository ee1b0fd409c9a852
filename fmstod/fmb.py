"""The FMB that the program goes by: its own, or an edition that the clinic has read in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fmstod.errors import BadDataFile
from fmstod.files import contents, read_library
from fmstod.knowledge.data_text import as_text, parsed
from fmstod.knowledge.library import Library, Meta, load_library
from fmstod.knowledge.official import OfficialTexts, load_official
from fmstod.paths import DIAGNOSES
from fmstod.storage import editions
from fmstod.texts import catalogue, text


@dataclass(frozen=True)
class InUse:
    """What the program goes by: recommendations and official texts. `edition` names the recommendations.

    `own` is True for recommendations that the clinic has read in; `note` is a sentence to say once, or empty.
    """

    library: Library
    edition: str
    own: bool = False
    official: OfficialTexts = field(default_factory=dict)
    note: str = ""


def in_use(home: Path) -> InUse:
    """The clinic's own edition, unless the program has the same export or a newer one, or the edition is damaged."""
    try:
        name = next(iter(editions.used(home)), editions.SHIPPED)
        if name != editions.SHIPPED:
            return _own(home, name)
    except BadDataFile:
        return shipped(note=text("update.damaged"))
    return shipped()


def shipped(official: OfficialTexts | None = None, note: str = "") -> InUse:
    """The program's own recommendations."""
    return InUse(read_library(), shipped_name(), official=official or {}, note=note)


@cache
def shipped_name() -> str:
    """The name of the edition that the program has with it."""
    files = contents(DIAGNOSES)
    return editions.name_of(files, meta_of(files).retrieved)


def library_of(home: Path, name: str) -> Library | None:
    """The recommendations of an edition that was in use once; None when it is no longer here. No name: the program's."""
    if name in ("", shipped_name()):
        return read_library()
    try:
        return load_library(editions.read(home, name))
    except BadDataFile:
        return None


def others(home: Path, current: InUse) -> Sequence[Library]:
    """Editions that are here and not in use, but for damaged ones."""
    names = [name for name in editions.there(home) if name != current.edition]
    return [library for name in names if (library := library_of(home, name))]


def former(home: Path) -> Library | None:
    """What going back leads to; None when there is nothing to go back to."""
    names = used(home)[1:2]
    return library_of(home, "" if names[0] == editions.SHIPPED else names[0]) if names else None


def remember(home: Path, edition: str) -> None:
    """Keep a copy of the program's own recommendations, to tell later what an update of the program changed.

    Raises CannotWrite, EditionBusy.
    """
    if edition == shipped_name():
        with editions.alone(home):
            editions.keep(home, edition, contents(DIAGNOSES))


def used(home: Path) -> Sequence[str]:
    """The names of what was put in use, the present one first; none when it can't be told."""
    try:
        return editions.used(home)
    except BadDataFile:
        return ()


def meta_of(files: Mapping[str, bytes]) -> Meta:
    """Where an edition came from. Raises BadDataFile."""
    return parsed(Meta, "meta.toml", {"meta.toml": as_text("meta.toml", files.get("meta.toml", b""))})


@cache
def _own(home: Path, name: str) -> InUse:
    """Kept: an edition with this name never changes."""
    files = editions.read(home, name)
    meta, ours = meta_of(files), meta_of(contents(DIAGNOSES))
    official = load_official(editions.TEXTS, files.get(editions.TEXTS, b"{}"), meta.retrieved, catalogue())
    if meta.sha256 == ours.sha256:
        return shipped(official)  # the same export, in the latest reading
    if meta.retrieved < ours.retrieved:
        return shipped(note=text("update.shipped_newer", own=meta.retrieved, shipped=ours.retrieved))
    return InUse(load_library(files), name, own=True, official=official)
