"""FMB's facts told in Swedish by our own phrases (`resources/texts/fmb.toml`), which come as a mapping."""

from collections.abc import Sequence

from fmstod.domain.icd import dotted, normalise, of_primary_care
from fmstod.domain.words import Phrases, capital, small
from fmstod.knowledge.advise import Advice, EntryAdvice, Option, Question, largest
from fmstod.knowledge.entry import (
    UNIT_DAYS,
    AllOf,
    Conditions,
    Entry,
    Kind,
    Recommendation,
    Unit,
    Values,
    listed,
)
from fmstod.knowledge.library import Library
from fmstod.knowledge.matching import LOADS, SCALE, Answer

FEW = 3  # comorbidities that are named one by one
SPAN = 3  # codes in a row that are told by the first and the last


def amount(number: int, unit: Unit, phrases: Phrases) -> str:
    """3 weeks -> "3 veckor"."""
    return phrases[f"fmb.unit.one_{unit}" if number == 1 else f"fmb.unit.{unit}"].format(n=number)


def length(days: int, phrases: Phrases) -> str:
    """Days in the largest unit that fits evenly: 186 -> "6 månader", 28 -> "4 veckor", 10 -> "10 dagar"."""
    unit = next(u for u in (Unit.MONTH, Unit.WEEK, Unit.DAY) if days % UNIT_DAYS[u] == 0)
    return amount(days // UNIT_DAYS[unit], unit, phrases)


def kind(entry: Entry, r: Recommendation, phrases: Phrases) -> str:
    """The answer to "how long?" of one recommendation: "Upp till 6 månader"."""

    def said(key: str, **values: str) -> str:
        return phrases[f"fmb.kind.{key}"].format(**values)

    noted = next((note for note in r.note if f"fmb.kind.{note}" in phrases), None)
    if r.time is None or r.unit is None:
        return said(noted or r.kind)
    time = amount(r.time, r.unit, phrases)
    if r.adds_to is not None:
        return said("addition", total=length(entry.limit_days(r) or 0, phrases), time=time)
    if r.min_time is not None:
        if r.unit is Unit.DAY and r.time % UNIT_DAYS[Unit.MONTH] == 0:  # weeks to months, kept in days
            return said("range", least=length(r.min_time, phrases), time=length(r.time, phrases))
        return said(noted or "range", least=str(r.min_time), time=time)
    return said("until_surgery_timed" if r.kind is Kind.UNTIL_SURGERY else r.kind, time=time)


def extent(r: Recommendation, phrases: Phrases) -> str:
    """Full or part time ("heltid eller deltid"), or nothing when the source doesn't say. A note may say it better."""
    if noted := next((note for note in r.note if f"fmb.extent.{note}" in phrases), None):
        return phrases[f"fmb.extent.{noted}"]
    if r.prefer:
        return phrases[f"fmb.extent.prefer_{r.prefer}"]
    return phrases[f"fmb.extent.{'_'.join(r.extent)}"] if r.extent else ""


def conditions(library: Library, when: Conditions, phrases: Phrases) -> Sequence[str]:
    """What must hold, one part for each: ["lindrig till medelsvår", "akut fas"]."""

    def joined(slot: str, values: Values) -> str:
        labels = [library.term(slot, key).label for key in listed(values)]
        steps = {"severity": SCALE, "workload": LOADS}.get(slot, ())
        run = tuple(key for key in listed(values) if key in steps)
        if len(run) > 1 and listed(values)[: len(run)] == run == steps[steps.index(run[0]) :][: len(run)]:
            labels[: len(run)] = [_joined((labels[0], labels[len(run) - 1]), "to", phrases)]
        return _joined(labels, "all" if isinstance(values, AllOf) else "any", phrases)

    slots: Sequence[tuple[str, Values]] = (
        ("severity", when.severity),
        ("course", when.course),
        ("state", when.state),
        ("factor", when.factor),
        ("workload", when.workload),
    )
    parts = [joined(slot, values) for slot, values in slots if listed(values)]
    if when.treatment:
        what = joined("treatment", when.treatment.code)
        parts.append(phrases[f"fmb.when.treatment_{when.treatment.status}"].format(what=what))
    if when.comorbidity:
        many = len(when.comorbidity) > FEW
        what = "" if many else small(joined("comorbidity", when.comorbidity))
        parts.append(phrases["fmb.when.comorbidity_many" if many else "fmb.when.comorbidity"].format(what=what))
    return parts


def sentence(library: Library, entry: Entry, r: Recommendation, phrases: Phrases) -> str:
    """A recommendation in one sentence ("Lindrig: upp till 3 månader, deltid i första hand.")."""
    parts, what = conditions(library, r.when, phrases), _what(entry, r, phrases)
    if not parts:
        return phrases["fmb.text.plain"].format(what=what)
    inner = [phrases[key] for key in ("fmb.text.apart", "fmb.when.any", "fmb.when.all")]
    several = any(link in part for part in parts for link in inner)  # then a comma doesn't tell the parts apart
    when = phrases["fmb.text.apart_more" if several else "fmb.text.apart"].join(parts)
    return phrases["fmb.text.line"].format(when=capital(when), what=small(what))


def _what(entry: Entry, r: Recommendation, phrases: Phrases) -> str:
    """How long and how much."""
    return phrases["fmb.text.apart"].join(filter(None, (kind(entry, r, phrases), extent(r, phrases))))


def headline(advice: EntryAdvice, phrases: Phrases) -> str:
    """The answer to "how long, for this patient?"."""
    entry, limit = advice.resolved.entry, advice.limit
    if entry.changed_at_source:
        return phrases["fmb.panel.changed"].format(year=entry.source.retrieved.year)
    if not advice.candidates:
        return phrases["fmb.panel.no_recommendation"].format(code=dotted(advice.resolved.code))
    deciding = advice.deciding
    if limit is None or deciding is None:
        return _nothing_fits(advice, phrases)
    if not advice.asks or (limit.sure and limit.days == 0):
        return kind(entry, deciding.recommendation, phrases)
    if not limit.days:  # nothing said of how long, or "none" that perhaps isn't for this patient
        return phrases["fmb.panel.depends"]
    return phrases["fmb.panel.at_longest"].format(time=length(limit.days, phrases))


def _nothing_fits(advice: EntryAdvice, phrases: Phrases) -> str:
    """Which answer FMB has nothing for, when one alone is the reason and it has words of its own."""
    asked = {i.question.key: i.question for i in advice.instead}
    if len(asked) == 1:
        (only,) = asked.values()
        chosen = next((o for o in only.options if o.key == only.answer and o.labels), None)
        if chosen:
            key = "nothing_for" if only.key == "workload" else "nothing_for_answer"
            return phrases[f"fmb.panel.{key}"].format(what=small(option(chosen, phrases)))
    return phrases["fmb.panel.nothing_fits"]


def _instead(advice: EntryAdvice, phrases: Phrases) -> str:
    """The answers for which FMB has nothing, unless the headline names it, and what it has for others, if they are few:
    all recommendations are listed anyway.
    """
    asked = {i.question.key: i.question for i in advice.instead}
    lines = []
    for key, asking in asked.items():
        named = len(asked) == 1 and any(o.key == asking.answer and o.labels for o in asking.options)
        if not named:
            answer = answered(asking, asking.answer, phrases)
            lines.append(phrases["advice.answered"].format(question=question(asking, phrases), answer=answer))
        others = [i for i in advice.instead if i.question.key == key]
        for other in others if len(others) < FEW else ():
            answer, told = answered(asking, other.answer, phrases), small(headline(other.advice, phrases))
            lines.append(phrases["fmb.panel.instead"].format(answer=answer, what=told))
    return " ".join(lines)


def answered(asked: Question, answer: Answer | None, phrases: Phrases) -> str:
    """An answer as the user reads it."""
    if isinstance(answer, bool):
        return phrases["choice.yes" if answer else "choice.no"]
    return "".join(option(offered, phrases) for offered in asked.options if offered.key == answer)


def details(library: Library, advice: EntryAdvice, phrases: Phrases) -> str:
    """Under the headline: what the deciding recommendation is for, its extent, what its time counts from, and what FMB
    leaves to choose beside it; or how many answers are missing.
    """
    entry, deciding = advice.resolved.entry, advice.deciding
    if advice.limit is None and not entry.changed_at_source:
        return _instead(advice, phrases)
    if entry.changed_at_source or advice.limit is None or deciding is None:
        return ""
    if advice.asks:
        number = len(advice.asks)
        return phrases["fmb.panel.depends_one" if number == 1 else "fmb.panel.depends_many"].format(n=number)
    r = deciding.recommendation
    holds = conditions(library, r.when, phrases) if r.id in advice.ruling else ()
    counted = phrases["fmb.panel.counted"].format(event=phrases[f"fmb.from.{r.counts_from}"]) if r.counts_from else ""
    said = dict.fromkeys(_what(entry, c.recommendation, phrases) for c in advice.beside)
    others = [phrases["fmb.panel.beside"].format(what=small(w)) for w in said if w != _what(entry, r, phrases)]
    parts = (*map(capital, holds), extent(r, phrases), counted, *others)
    return phrases["fmb.panel.apart"].join(part for part in parts if part)


def webcert(advice: Advice, phrases: Phrases) -> str:
    """What Webcert compares with, which colleagues and Försäkringskassan see; nothing when it compares with nothing."""
    if (found := largest(advice)) is None:
        return ""
    key = "webcert" if found.days else "webcert_none"
    return phrases[f"fmb.panel.{key}"].format(
        days=amount(found.days, Unit.DAY, phrases), code=dotted(found.code), title=found.entry.title
    )


def question(asked: Question, phrases: Phrases) -> str:
    """What to ask the physician."""
    if asked.own:
        return phrases[f"fmb.question.{asked.own}"]
    if asked.options:
        return phrases[f"fmb.question.{'load' if asked.key == 'workload' else f'choose_{asked.slot}'}"]
    if asked.slot == "comorbidity" and len(asked.labels) > FEW:
        return phrases["fmb.question.comorbidity_many"].format(n=len(asked.labels))
    slot = {"treatment": f"treatment_{asked.status}", "workload": "workload_is"}.get(asked.slot, asked.slot)
    what = _joined(asked.labels, "all" if asked.needs_all else "any", phrases)
    named = what if slot in ("workload_is", "comorbidity") or slot.startswith("treatment") else capital(what)
    return phrases[f"fmb.question.{slot}"].format(what=small(named) if slot == "comorbidity" else named)


def option(offered: Option, phrases: Phrases) -> str:
    """What a choice is called."""
    if not offered.labels:
        return capital(phrases["fmb.question.other"])
    what = _joined(offered.labels, "all" if offered.needs_all else "any", phrases)
    return capital(phrases[f"fmb.when.treatment_{offered.status}"].format(what=what) if offered.status else what)


def no_fmb(library: Library, code: str, phrases: Phrases) -> str:
    """Why a code has no recommendations: never had, lost them, or its entry excepts it; and which codes near it have."""
    if lost := library.lost(code):
        key = "lost" if lost.now else "lost_to_none"
        held = code_list(lost.now.icd10se if lost.now else (), phrases)
        title = lost.now.title if lost.now else ""
        return phrases[f"fmb.panel.{key}"].format(code=dotted(code), title=title, held=held)
    held = code_list(near(library, code), phrases)
    if not held:
        return phrases["fmb.panel.no_fmb"].format(code=dotted(code))
    key = "excepted" if library.excepted_from(code) else "primary_care" if of_primary_care(code) else "no_fmb_near"
    return phrases[f"fmb.panel.{key}"].format(held=held, code=dotted(code))


def near(library: Library, code: str) -> Sequence[str]:
    """The codes nearest to one without recommendations that have: what its entry excepts it from, or else those of its
    category. A code of KSH97-P has the category of ICD-10-SE that it lies under.
    """
    excepting = library.excepted_from(code)
    category = of_primary_care(code) or normalise(code)[:3]
    found = (own for entry in library.entries for own in entry.icd10se if own.startswith(category))
    made: list[str] = []
    for own in excepting.icd10se if excepting else sorted(found):
        excepted = library.entry_of(own).not_for
        below = [hit.code for hit in library.codes.children(own)] if any(x.startswith(own) for x in excepted) else []
        made += [each for each in below or [own] if each not in excepted]
    return tuple(made[:1] if made[:1] == [category] else made)


def code_list(codes: Sequence[str], phrases: Phrases) -> str:
    """Codes as a reader wants them: I60, I61, I62, G453 -> "I60–I62 och G45.3"."""
    runs: list[list[str]] = []
    for code in codes:
        if runs and _next_to(runs[-1][-1], code):
            runs[-1].append(code)
        else:
            runs.append([code])
    parts: list[str] = []
    for run in runs:
        ends = phrases["fmb.text.span"].format(first=dotted(run[0]), last=dotted(run[-1]))
        parts += [ends] if len(run) >= SPAN else [dotted(code) for code in run]
    return _joined(parts, "all", phrases) if parts else ""


def _next_to(one: str, other: str) -> bool:
    """Whether two codes of three characters follow on each other."""
    same = len(one) == len(other) == 3 and one[0] == other[0]
    return same and int(other[1:]) == int(one[1:]) + 1


def _joined(parts: Sequence[str], link: str, phrases: Phrases) -> str:
    """["a", "b", "c"] -> "a, b eller c"; "lätt belastning", "hög belastning" -> "lätt eller hög belastning"."""
    *first, last = parts
    ends = {tuple(part.split()[1:]) for part in parts}
    if len(ends) == 1 and len(ends.pop()) == 1:
        first = [part.split()[0] for part in first]
    return phrases[f"fmb.when.{link}"].join(filter(None, (phrases["fmb.text.apart"].join(first), last)))
