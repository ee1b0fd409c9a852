"""What a change of edition means for one patient: what FMB said of the case before, and what it says now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fmstod.domain.icd import dotted, normalise
from fmstod.domain.words import Phrases, small
from fmstod.knowledge import wording
from fmstod.knowledge.advise import EntryAdvice, Standing, advise
from fmstod.knowledge.exports.fingerprint import fingerprint
from fmstod.knowledge.library import Library
from fmstod.knowledge.renumbering import moved


@dataclass(frozen=True)
class Difference:
    """One diagnosis, told before and now: "Upp till 6 månader", "Upp till 4 månader"."""

    title: str
    old: str
    new: str

    def told(self, phrases: Phrases) -> str:
        """In one line."""
        key = "same_headline" if self.old == self.new else "difference"
        return phrases[f"touched.{key}"].format(title=self.title, old=small(self.old), new=small(self.new))


def differences(
    before: Library, after: Library, asked: tuple[Sequence[str], Mapping[str, str | bool], str], phrases: Phrases
) -> Sequence[Difference]:
    """For each diagnosis whose recommendations for this patient say something else now.

    `asked` is what `advise` is asked with: codes in their order, answers and load.
    """
    codes = tuple(dict.fromkeys(normalise(code) for code in asked[0] if normalise(code)))
    was, now = (_by_code(library, codes, *asked[1:], phrases) for library in (before, after))
    found = []
    for code in codes:
        (old, before_, title_before), (new, after_, title) = was[code], now[code]
        if old != new:
            found.append(Difference(title or title_before or dotted(code), before_, after_))
    return tuple(dict.fromkeys(found))  # two codes of one entry say the same


def _by_code(
    library: Library, codes: Sequence[str], conditions: Mapping[str, str | bool], load: str, phrases: Phrases
) -> Mapping[str, tuple[str, str, str]]:
    """What is said of each code: a hash of it, its headline, and the entry's title."""
    advice = advise(library, codes, moved(library, conditions), load)
    of = {one.resolved.code: one for one in advice.entries}
    made = {}
    for code in codes:
        resolved = library.resolve(code)
        if resolved is None:
            made[code] = ("", phrases["fmb.panel.no_fmb"].format(code=dotted(code)), "")
        else:
            one = of[resolved.code]
            made[code] = (_content(one), wording.headline(one, phrases), resolved.entry.title)
    return made


_WHOSE = {"entry", "recommendation", "title", "dated", "retrieved", "rechecked"}  # not what the limit is


def _content(advice: EntryAdvice) -> str:
    """What may apply to this patient: the limit, and all recommendations that no answer excludes."""
    entry, limit = advice.resolved.entry, advice.limit
    still = [c for c in advice.candidates if c.standing is not Standing.EXCLUDED]
    facts = [{"facts": entry.facts_of(c.recommendation), "applies": c.standing is Standing.APPLIES} for c in still]
    bound = limit.model_dump(mode="json", exclude=_WHOSE) if limit else None
    return fingerprint({"candidates": facts, "limit": bound, "changed": entry.changed_at_source})
