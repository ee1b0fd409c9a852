"""The change report in Swedish: what a physician has to know first comes first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from fmstod.domain.icd import dotted
from fmstod.domain.problem import excerpt
from fmstod.domain.review import Review
from fmstod.domain.words import Phrases, capital, small
from fmstod.errors import BadImport
from fmstod.knowledge import wording
from fmstod.knowledge.entry import Entry, Recommendation
from fmstod.knowledge.exports.import_fmb import Conflict
from fmstod.knowledge.exports.pairing import Pair
from fmstod.knowledge.library import Library
from fmstod.knowledge.update import Changes, EntryChange

FEW = 4  # codes that are named


@dataclass(frozen=True)
class Group:
    """One heading of the report with its items; most are one line, some have lines that belong to it."""

    heading: str
    items: Sequence[Sequence[str]]

    @property
    def lines(self) -> Sequence[str]:
        return [line for item in self.items for line in item]


def report(
    changes: Changes, conflicts: Sequence[Conflict], phrases: Phrases, reviews: Iterable[Review] = ()
) -> Sequence[Group]:
    """Groups that have something to say, changed limits before the rest; one that says so when nothing differs."""
    say = _Words(changes.before, changes.after, phrases)
    kept = [change for change in changes.entries if change.old and change.new]
    found: Mapping[str, Sequence[Iterable[str]]] = {
        "by_hand": [say.conflict(conflict) for conflict in conflicts],
        "limits": [[line] for change in kept for line in say.limits(change)],
        "lost": [[say.lost(entry, codes)] for entry, codes in changes.lost_codes],
        "gone": [[say.named(change.old)] for change in changes.entries if change.old and change.new is None],
        "new": [say.new(change.new) for change in changes.entries if change.new and change.old is None],
        "conditions": [[line] for change in kept for line in say.conditions(change)],
        "extent": [[line] for change in kept for line in say.extent(change)],
        "codes": [[say.codes(change)] for change in kept if any(change.codes)],
        "titles": [[say.title(change)] for change in kept if change.retitled],
        "icf": [[say.icf(change)] for change in kept if any(change.icf)],
        "unread": [[say.named(change.entry)] for change in changes.entries if change.to_read],
        "reviews": [[say.named(entry)] for entry in _no_longer_reviewed(changes, reviews)],
        "numbers": [[say.number(change)] for change in kept if change.renumbered],
    }
    groups = [
        Group(say(f"group.{name}", n=len(items)), [tuple(item) for item in items])
        for name, items in found.items()
        if items
    ]
    return groups or [Group(say("group.nothing"), [(say("nothing"),)])]


def as_text(groups: Sequence[Group]) -> str:
    """The report as plain text, one line for each change."""
    return "\n\n".join("\n".join((group.heading, *(f"  {line}" for line in group.lines))) for group in groups) + "\n"


def described(library: Library, phrases: Phrases) -> str:
    """From which day the recommendations are, and how many."""
    counts = library.meta.counts
    return phrases["update.described"].format(
        day=library.meta.retrieved,
        entries=counts.exported.entries + counts.by_hand.entries,
        recommendations=counts.exported.recommendations + counts.by_hand.recommendations,
        by_hand=counts.by_hand.entries,
    )


def import_fault(fault: BadImport, phrases: Phrases) -> str:
    """Where and why a file was refused; a kind of fault without a sentence of its own gets the general one."""
    values = fault.values
    file, *place = (excerpt(str(values[part] or ""), 200) for part in ("file", "record", "field"))
    parts = [
        phrases[f"fmb.import.{part}"].format(name=name)
        for part, name in zip(("record", "field"), place, strict=True)
        if name
    ]
    key = f"fmb.fault.{values['reason']}"
    reason = phrases.get(key, phrases["fmb.fault.other"]).format(detail=excerpt(str(values.get("detail", ""))))
    if not (file or parts):
        return capital(reason)  # it is about no file
    if parts:  # the place is for who mends the file, so it stands last, in the brackets that may be there
        more = reason.endswith(").")
        reason = phrases[f"fmb.import.{'placed_more' if more else 'placed'}"].format(
            reason=reason.removesuffix(")." if more else "."), place=", ".join(parts)
        )
    if not file:
        return phrases["fmb.import.refused_all"].format(reason=capital(reason))
    return phrases["fmb.import.refused"].format(file=file, reason=reason)


def _no_longer_reviewed(changes: Changes, reviews: Iterable[Review]) -> Sequence[Entry]:
    """Entries that a clinician here has reviewed, and that say something else now."""
    read = {review.content for review in reviews}
    return [c.entry for c in changes.entries if c.old and c.old.content in read and c.entry.content not in read]


class _Words:
    """Lines about the entries of two editions."""

    def __init__(self, before: Library, after: Library, phrases: Phrases) -> None:
        self._before, self._after, self._phrases = before, after, phrases

    def __call__(self, key: str, **values: object) -> str:
        return self._phrases[f"update.{key}"].format(**values)

    def named(self, entry: Entry) -> str:
        """Title and codes: "Depressiv episod (F32)"."""
        return self("named", title=entry.title, codes=_few(entry.icd10se, self._phrases))

    def limits(self, change: EntryChange) -> Iterator[str]:
        """Recommendations that came, went or bound the time otherwise."""
        for pair in change.recommendations:
            old, new = self._told(change.old, pair.old, self._before), self._told(change.new, pair.new, self._after)
            if pair.old is None:
                yield self("added", entry=self.named(change.entry), what=new)
            elif pair.new is None:
                yield self("removed", entry=self.named(change.entry), what=old)
            elif (was := self._kind(change.old, pair.old)) != (now := self._kind(change.new, pair.new)):
                yield self("changed", entry=self._for(change, pair), old=was, new=now)

    def conditions(self, change: EntryChange) -> Iterator[str]:
        """Recommendations that hold for other patients or codes than before."""
        for pair in change.recommendations:
            if not (pair.old and pair.new and change.old and change.new):
                continue
            old, new = self._when(pair.old, self._before), self._when(pair.new, self._after)
            codes = [_few(_held(e, r), self._phrases) for e, r in ((change.old, pair.old), (change.new, pair.new))]
            entry, kind = self.named(change.entry), self._kind(change.new, pair.new)
            if old != new:
                yield self("condition", entry=entry, kind=kind, old=old or self("always"), new=new or self("always"))
            if codes[0] != codes[1]:
                yield self("condition", entry=entry, kind=kind, old=codes[0], new=codes[1])

    def extent(self, change: EntryChange) -> Iterator[str]:
        """Recommendations of other full or part time than before."""
        for pair in change.recommendations:
            if pair.old and pair.new:
                old, new = (wording.extent(r, self._phrases) or self("unsaid") for r in (pair.old, pair.new))
                if old != new:
                    yield self("changed", entry=self._for(change, pair), old=old, new=new)

    def new(self, entry: Entry) -> Iterator[str]:
        """An entry that wasn't there, with what it recommends."""
        yield self.named(entry)
        for r in entry.recommendation:
            yield self("below", what=wording.sentence(self._after, entry, r, self._phrases))

    def codes(self, change: EntryChange) -> str:
        came, went = change.codes
        return self("codes", entry=self.named(change.entry), what=self._turnover(map(dotted, came), map(dotted, went)))

    def icf(self, change: EntryChange) -> str:
        came, went = change.icf
        named = (self._after.icf[code].shown for code in came), (self._before.icf[code].shown for code in went)
        return self("codes", entry=self.named(change.entry), what=self._turnover(*named))

    def title(self, change: EntryChange) -> str:
        return self("changed", entry=_few(change.entry.icd10se, self._phrases), **_titles(change))

    def number(self, change: EntryChange) -> str:
        numbers = {"old": change.old.fmb if change.old else "", "new": change.entry.fmb}
        return self("changed", entry=self.named(change.entry), **numbers)

    def lost(self, entry: Entry, codes: Sequence[str]) -> str:
        return self("lost", codes=", ".join(map(dotted, codes)), title=entry.title)

    def conflict(self, conflict: Conflict) -> Iterator[str]:
        """What was made by hand, what the export has instead, which of them holds, and how their times differ."""
        hand = conflict.by_hand
        found = self("and").join(f"{self.named(e)}, {e.fmb}" for e in conflict.exported)
        held = self("replaced_by_hand" if conflict.replaced else "kept_by_hand", number=hand.fmb)
        yield self(
            "conflict", entry=self.named(hand), number=hand.fmb, day=hand.source.retrieved, found=found, held=held
        )
        for one in conflict.exported:
            for r in one.recommendation:
                yield self("below", what=self("of_export", what=self._told(one, r, self._after)))

    def _for(self, change: EntryChange, pair: Pair[Recommendation]) -> str:
        """The entry, and for whom the recommendation is."""
        when = self._when(pair.new, self._after) if pair.new else ""
        return self("for", entry=self.named(change.entry), when=when) if when else self.named(change.entry)

    def _when(self, r: Recommendation, library: Library) -> str:
        return self._phrases["fmb.text.apart"].join(wording.conditions(library, r.when, self._phrases))

    def _kind(self, entry: Entry | None, r: Recommendation) -> str:
        return small(wording.kind(entry, r, self._phrases)) if entry else ""

    def _told(self, entry: Entry | None, r: Recommendation | None, library: Library) -> str:
        return small(wording.sentence(library, entry, r, self._phrases)).rstrip(".") if entry and r else ""

    def _turnover(self, came: Iterable[str], went: Iterable[str]) -> str:
        parts = (("came", came), ("went", went))
        return self("and_then").join(self(key, what=", ".join(names)) for key, of in parts if (names := list(of)))


def _titles(change: EntryChange) -> dict[str, str]:
    return {"old": change.old.title if change.old else "", "new": capital(change.entry.title)}


def _held(entry: Entry, r: Recommendation) -> Sequence[str]:
    return r.holds_for or entry.codes_of(r)


def _few(codes: Sequence[str], phrases: Phrases) -> str:
    shown = ", ".join(dotted(code) for code in codes[:FEW])
    return shown if len(codes) <= FEW else phrases["update.more"].format(shown=shown, n=len(codes) - FEW)
