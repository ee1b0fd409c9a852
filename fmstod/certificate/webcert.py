"""Webcert's own draft JSON (always version 1.x): read tolerantly, and written back with every key it came with.

What lies where is data, `resources/webcert/*.toml`: one table for each type serves reading and writing.
"""

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fmstod.certificate.answers import Misfit
from fmstod.certificate.webcert_shapes import (
    Object,
    Shape,
    fields,
    joined,
    part_of,
    read_value,
    strange_titles,
    write_value,
)
from fmstod.domain.answers import Answer
from fmstod.domain.record import Record
from fmstod.domain.strict_json import NotStrict, parse

UNTOLD = "1"  # the version of a draft that doesn't say its own
PATIENT, UNIT = "patient.id", "unit."  # places that are no questions


class Key(Record):
    """What one path of the JSON holds: of which question, in what shape; `option` is the choice whose day it is."""

    ref: str
    shape: Shape
    option: str = ""


class Layout(Record):
    """A type of draft. `keys` are paths with dots; `form` is our name of it, `newest` the version of a new draft.

    `always` is what a new draft says of what today's form doesn't ask.
    """

    typ: str
    form: str
    newest: str
    keys: Mapping[str, Key]
    always: Mapping[str, Any] = {}


class Shared(Record):
    """What every type has, and which types there are, the commonest first."""

    types: tuple[str, ...]
    keys: Mapping[str, Key]


def load_shared(content: Mapping[str, object]) -> Shared:
    """From parsed TOML. Raises ValueError."""
    return Shared.model_validate(content)


def load_layout(content: Mapping[str, object], shared: Mapping[str, Key]) -> Layout:
    """From parsed TOML, and what every type has. Raises ValueError."""
    own = Layout.model_validate(content)
    return own.changed(keys={**shared, **own.keys})


@dataclass(frozen=True, repr=False)
class Webcert:
    """All that reading and writing need: the types, the first being the commonest, and ICF titles by code."""

    layouts: Sequence[Layout]
    titles: Mapping[str, str]

    @property
    def codes(self) -> Mapping[str, str]:
        return {title: code for code, title in self.titles.items()}


@dataclass(frozen=True, repr=False)
class Draft:
    """A draft as read. `answers` also holds `patient.id` and `unit.*`; `raw` is the JSON, nothing taken away.

    `version` is its text version as told, else "1". `strange` holds the ICF titles under a question that we don't know.
    """

    layout: Layout
    version: str
    answers: Mapping[str, Answer]
    raw: Mapping[str, object]
    strange: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def questions(self) -> dict[str, Answer]:
        """The answers to the form's questions alone."""
        return {ref: value for ref, value in self.answers.items() if not _is_frame(ref)}

    def said(self, ref: str) -> str:
        """The text under a ref, empty while there is none."""
        value = self.answers.get(ref)
        return value if isinstance(value, str) else ""


def read_draft(content: bytes, webcert: Webcert) -> Draft:
    """A draft from the bytes of its file. Raises Misfit for what no draft looks like."""
    try:
        raw = parse(content)
    except NotStrict as refused:
        raise Misfit(refused.detail, refused.what) from None
    if not isinstance(raw, dict):
        raise Misfit("", "table")
    if {"form", "answers"} <= raw.keys():
        raise Misfit("", "own_file")
    return draft_of(raw, webcert)


def draft_of(raw: Object, webcert: Webcert) -> Draft:
    """A draft from its JSON. Raises Misfit."""
    layout = _layout(raw, webcert)
    answers: dict[str, Answer] = {}
    strange: dict[str, Sequence[str]] = {}
    for path, key in layout.keys.items():
        value = _at(raw, path)
        part = read_value(key.shape, value, path, webcert.codes)
        if part is not None:
            answers[key.ref] = joined(answers.get(key.ref), part, key.shape, key.option)
        if key.shape == "categories" and (titles := strange_titles(value, webcert.codes)):
            strange[key.ref] = titles
    return Draft(layout, _version(raw), answers, raw, strange)


def rewritten(draft: Draft, answers: Mapping[str, Answer], webcert: Webcert) -> Object:
    """The draft's JSON with other answers: a key whose value says the same stays exactly as it was."""
    written = copy.deepcopy(dict(draft.raw))
    for path, key in draft.layout.keys.items():
        old = _at(draft.raw, path)
        now = part_of(answers.get(key.ref), key.shape, key.option)
        if now != read_value(key.shape, old, path, webcert.codes):
            _put(written, path, write_value(key.shape, now, old, webcert.titles))
    return written


def new_draft(layout: Layout, answers: Mapping[str, Answer], webcert: Webcert) -> Object:
    """The JSON of a draft that Webcert hasn't seen: every key, null where nothing is said."""
    raw: Object = {"typ": layout.typ, "textVersion": layout.newest, "grundData": {}}
    for path in layout.keys:
        _put(raw, path, None)
    written = rewritten(Draft(layout, layout.newest, {}, raw), answers, webcert)
    return {**written, **{key: value for key, value in layout.always.items() if not written[key]}}


def as_text(raw: Mapping[str, object]) -> str:
    """The JSON as a file holds it."""
    return json.dumps(raw, ensure_ascii=False, indent=2) + "\n"


def _layout(raw: Object, webcert: Webcert) -> Layout:
    """By `typ`; a draft that doesn't say it is of the type that knows most of its keys, the commonest first."""
    said = raw.get("typ")
    if said is None or said == "":
        return max(webcert.layouts, key=lambda layout: len({path.split(".")[0] for path in layout.keys} & raw.keys()))
    if not isinstance(said, str):
        raise Misfit("typ", "text")
    for layout in webcert.layouts:
        if layout.typ == said.strip().lower():
            return layout
    raise Misfit(said, "unknown_type")


def _version(raw: Object) -> str:
    said = raw.get("textVersion")
    if said is None:
        return UNTOLD
    if not isinstance(said, str):
        raise Misfit("textVersion", "text")
    return said.strip() or UNTOLD


def _at(raw: Mapping[str, object], path: str) -> object:
    """The value at a path, None where there is none. Raises Misfit when something on the way is no object."""
    value: object = raw
    steps = path.split(".")
    for i, step in enumerate(steps):
        value = fields(value, ".".join(steps[:i])).get(step)
    return value


def _put(raw: Object, path: str, value: object) -> None:
    """Set a value, with the objects on the way to it. Null on the way is no object; nothing is made for nothing."""
    *way, last = path.split(".")
    for step in way:
        inner = raw.get(step)
        if not isinstance(inner, dict):
            inner = raw[step] = {}
        raw = inner
    raw[last] = value


def _is_frame(ref: str) -> bool:
    return ref == PATIENT or ref.startswith(UNIT)
