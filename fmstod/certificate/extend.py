"""Form files that take over from another: what two forms share is declared once.

`extends = "fk7804-1.0"` names the file. Its keys hold where this one says nothing. Without `sections` of its own the form
has those of the other: `drop` leaves questions out by ref, and each of `changes` names a question by `ref` and gives the
keys that differ, or is a new question that stands `after` another. With `sections`, a question takes what it doesn't say itself from the question with the same ref there
(or the ref that `like` names), so that `{ ref = "28" }` is the whole question as it stands; of a question of another
kind it takes nothing. A condition that doesn't hold here is taken away by `when = false`.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from fmstod.domain.record import Record

Content: TypeAlias = Mapping[str, Any]
_OWN = frozenset({"form", "version", "released", "status", "extends", "drop", "changes", "sections"})


class Extension(Record):
    """The frame of such a file, for editors."""

    extends: str
    form: str
    version: str
    title: str = ""
    about: str = ""
    status: str = "new"
    released: bool = False
    drop: tuple[str, ...] = ()
    changes: tuple[Mapping[str, Any], ...] = ()
    sections: tuple[Mapping[str, Any], ...] = ()
    made_from: str = ""
    rules: tuple[str, ...] = ()
    remarks: str = ""
    plan: bool = True
    discretion: Mapping[str, Any] = {}
    meant_until: tuple[int, int] = (0, 0)


def whole(content: Content, read: Callable[[str], Content]) -> Content:
    """The form without its `extends`; `read` gives the content of a form file by its name, whole. Raises ValueError."""
    if "extends" not in content:
        return content
    Extension.model_validate(content)
    other = read(content["extends"])
    if "sections" not in other:
        raise ValueError(f"{content['extends']} extends what it is extended by")
    there = {question["ref"]: question for section in other["sections"] for question in section["questions"]}
    taken = {key: value for key, value in other.items() if key not in _OWN}
    own = {key: value for key, value in content.items() if key not in {"extends", "drop", "changes", "sections"}}
    if "sections" in content:
        sections = [_section(section, there) for section in content["sections"]]
    else:
        sections = _changed(other["sections"], content.get("drop", ()), content.get("changes", ()), there)
    merged = {key: {**taken.get(key, {}), **value} for key, value in own.items() if isinstance(value, Mapping)}
    return {**taken, **own, **merged, "sections": sections}


def _section(section: Content, there: Mapping[str, Content]) -> Content:
    return {**section, "questions": [_question(question, there) for question in section["questions"]]}


def _question(question: Content, there: Mapping[str, Content]) -> Content:
    like = question.get("like", question["ref"])
    if "like" in question and like not in there:
        raise ValueError(f"question {question['ref']} is like {like}, which isn't there")
    other = there.get(like, {})
    if question.get("kind", other.get("kind")) != other.get("kind"):
        other = {}
    return _merged(other, {key: value for key, value in question.items() if key != "like"})


def _merged(other: Content, own: Content) -> Content:
    gone = {key for key in ("when", "or_when", "unless") if own.get(key) is False}
    return {key: value for key, value in {**other, **own}.items() if key not in gone}


def _changed(
    sections: list[Content], drop: list[str], changes: list[Content], there: Mapping[str, Content]
) -> list[Content]:
    by_ref = {change["ref"]: change for change in changes if "after" not in change}
    new = {
        change["after"]: {k: v for k, v in change.items() if k != "after"} for change in changes if "after" in change
    }
    if lost := {*drop, *by_ref, *new} - there.keys():
        raise ValueError(f"question {min(lost)} isn't there to be changed")
    made: list[Content] = []
    for section in sections:
        kept = []
        for question in section["questions"]:
            ref = question["ref"]
            kept += [] if ref in drop else [_merged(question, by_ref.get(ref, {}))]
            kept += [new[ref]] if ref in new else []
        if kept:
            made.append({**section, "questions": kept})
    return made
