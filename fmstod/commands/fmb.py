"""`fmstod fmb CODE… [--json]`: what FMB recommends for diagnosis codes. `fmstod fmb import …` reads it in."""

import json
import sys
from collections.abc import Iterator, Sequence

from fmstod.commands import fmb_editions, fmb_import
from fmstod.domain.icd import dotted, is_code, of_primary_care
from fmstod.fmb import in_use
from fmstod.knowledge import provenance, wording
from fmstod.knowledge.entry import Entry, IcfCodes, Recommendation
from fmstod.knowledge.library import Library, Resolved
from fmstod.paths import home
from fmstod.texts import catalogue, text

FOUND, MALFORMED, WITHOUT = 0, 2, 3


def run(arguments: list[str]) -> int:
    """2 if a code is malformed, else 3 if one is without FMB, else 0."""
    if arguments[:1] == ["import"]:
        return fmb_import.run(arguments[1:])
    if arguments[:1] in (["back"], ["editions"]):
        return fmb_editions.run(arguments)
    if {"-h", "--help"} & set(arguments):
        print(text("fmb.usage"))
        return FOUND
    codes = [word for word in arguments if not word.startswith("-")]
    unknown = [word for word in arguments if word.startswith("-") and word != "--json"]
    if unknown or not codes:
        print(text("fmb.bad_option", option=unknown[0]) if unknown else text("fmb.usage"), file=sys.stderr)
        return MALFORMED
    current = in_use(home())
    if current.note:
        print(current.note, file=sys.stderr)
    ends = [_report(current.library, code, as_json="--json" in arguments) for code in codes]
    return next((end for end in (MALFORMED, WITHOUT) if end in ends), FOUND)


def _report(library: Library, code: str, *, as_json: bool) -> int:
    """Print what is known of one code, as typed."""
    if not (is_code(code) or of_primary_care(code)):
        why = text("fmb.malformed")
        print(_json({"asked": code, "error": why}) if as_json else text("fmb.error", code=code, why=why))
        return MALFORMED
    resolved = library.resolve(code)
    if resolved is None:
        empty: dict[str, object] = {"asked": code, "resolved": None, "entry": None, "recommendations": []}
        empty["lost"] = _lost(library, code)
        print(_json(empty) if as_json else text("fmb.text.plain", what=wording.no_fmb(library, code, catalogue())))
        return WITHOUT
    print(_json(_facts(library, resolved)) if as_json else "\n".join(_lines(library, resolved)))
    return FOUND


def _facts(library: Library, resolved: Resolved) -> dict[str, object]:
    """The stable form for other programs: every key always there."""
    entry, listed = resolved.entry, resolved.listed
    source = entry.source
    return {
        "asked": resolved.asked,
        "resolved": resolved.code,
        "entry": entry.fmb,
        "title": entry.title,
        "group": entry.group,
        "note": list(entry.note),
        "retrieved": source.retrieved.isoformat(),
        "changed": source.dated.isoformat(),
        "checked": source.checked.isoformat() if source.checked else None,
        "reviewed": source.reviewed.isoformat() if source.reviewed else None,
        "max_days": resolved.largest_days,
        "recommendations": [_recommendation(library, entry, r) for r in listed],
        "icf": {
            "impairment": _categories(library, entry.icf.impairment),
            "limitation": _categories(library, entry.icf.limitation),
        },
        "rechecked": source.rechecked.isoformat() if source.rechecked else None,
        "replaces": list(source.replaces),
    }


def _lost(library: Library, code: str) -> dict[str, object] | None:
    """Which entry had the code before, and which has taken that entry's place, for which codes."""
    lost = library.lost(code)
    if lost is None:
        return None
    now = lost.now
    return {
        "code": lost.code,
        "entry": lost.before.fmb,
        "now": {"entry": now.fmb, "title": now.title, "icd10se": list(now.icd10se)} if now else None,
    }


def _recommendation(library: Library, entry: Entry, r: Recommendation) -> dict[str, object]:
    return {
        "id": r.id,
        "icd10se": list(entry.codes_of(r)),
        "when": r.when.model_dump(mode="json", exclude_defaults=True),
        "kind": r.kind,
        "time": r.time,
        "unit": r.unit,
        "min_time": r.min_time,
        "days": r.days,
        "limit_days": None if entry.changed_at_source else entry.limit_days(r),
        "extent": list(r.extent),
        "prefer": r.prefer,
        "text": wording.sentence(library, entry, r, catalogue()),
        "note": list(r.note),
    }


def _categories(library: Library, codes: IcfCodes) -> dict[str, list[dict[str, str]]]:
    def named(found: Sequence[str]) -> list[dict[str, str]]:
        return [{"code": code, "label": library.icf[code].name} for code in found]

    return {"central": named(codes.central), "additional": named(codes.additional)}


def _lines(library: Library, resolved: Resolved) -> Iterator[str]:
    """For people: heading, a line for each recommendation, ICF, source."""
    entry, phrases = resolved.entry, catalogue()
    yield text("fmb.head", code=dotted(resolved.asked), title=entry.title)
    if entry.changed_at_source:
        yield _sentence(phrases["fmb.panel.changed"].format(year=entry.source.retrieved.year))
    for r in resolved.listed:
        yield text("fmb.line", text=wording.sentence(library, entry, r, phrases))
    if not resolved.listed:
        yield _sentence(phrases["fmb.panel.no_recommendation"].format(code=dotted(resolved.code)))
    for what, codes in (("impairment", entry.icf.impairment), ("limitation", entry.icf.limitation)):
        labels = [library.icf[code].shown for code in (*codes.central, *codes.additional)]
        if labels:
            yield text("fmb.line", text=text(f"fmb.{what}", labels="; ".join(dict.fromkeys(labels))))
    yield text("fmb.line", text=provenance.source(resolved, phrases))
    yield text("fmb.line", text=entry.source.url)


def _sentence(what: str) -> str:
    return text("fmb.line", text=text("fmb.text.plain", what=what))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
