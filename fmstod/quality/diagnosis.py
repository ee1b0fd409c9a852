"""Question 6: how precise the code is, and whether codes and texts tell of the same illnesses (DIA)."""

from collections.abc import Iterable, Iterator, Mapping

from fmstod.domain.problem import Problem
from fmstod.quality.reader import Check, Illness, Reader
from fmstod.quality.rulebook import Rule
from fmstod.quality.told import by_sentence, days_told, together

SIGNS = ("R", "Z")  # signs and circumstances
WHOLE_CODE = 4  # positions
KERNEL = 5  # letters by which two words name the same thing: depression and depressiv
ANY_ILLNESS = ("syndrom", "syndromet", "sjukdom", "sjukdomen")
UNSPECIFIED = "9"  # the fourth position of most codes for "not told which"


def coarse(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """DIA-02."""
    main = reader.main
    if main and main.divided and 0 < len(main.code) < WHOLE_CODE:
        yield rule.problem(field="6[0].code", code=main.code)


def sign_only(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """DIA-03: a Z or R code first, and no text tells that the cause is looked for."""
    main = reader.main
    if main and main.code[:1] in SIGNS and not any(_looks_for_cause(reader, ref) for ref in rule.texts):
        yield rule.problem(field="6[0].code", code=main.code)


def _looks_for_cause(reader: Reader, ref: str) -> bool:
    """Whether a text says so, or tells of an examination that is still to come."""
    words, on = reader.words(ref), reader.given.on
    if words.has("investigation") or together(words, "examination", "planned"):
        return True
    return any(told.day > on for each in words.apart("examination") for told in days_told(words, on, *each))


def unspecified(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """DIA-04."""
    main = reader.main
    if main and reader.own_days > rule.limits["days"] and _is_unspecified(reader, rule, main):
        yield rule.problem(field="6[0].code", code=main.code, days=reader.own_days)


def _is_unspecified(reader: Reader, rule: Rule, illness: Illness) -> bool:
    """By its name; of a code whose name isn't known, by its text and its number."""
    if illness.name:
        return reader.read(illness.name).has("unspecified")
    if reader.read(illness.text).has("unspecified"):
        return True
    return illness.code[3:] == UNSPECIFIED and not illness.code.startswith(rule.pairs["told"])


def without_support(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """DIA-05: FMB has nothing for the main diagnosis, and no text gives own reasons for the time."""
    main = reader.main
    if main and main.code and main.entry is None and not any(reader.words(ref).has("own_reason") for ref in rule.texts):
        yield rule.problem(field="6[0].code", code=main.code)


def told_and_coded(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """DIA-06."""
    yield from _told_only(reader, rule)
    yield from _coded_only(reader, rule)


def _told_only(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """An illness that a text says has an effect now, and no row has."""
    rows = " ".join(f"{each.text} {each.name}" for each in reader.given.illnesses).casefold()
    codes = tuple(each.code for each in reader.given.illnesses)
    for ref in rule.texts:
        words = reader.words(ref)
        matters = set(words.apart("adds")) - set(words.apart("over"))
        told = by_sentence(words, "other_illness")
        for hit in (hit for sentence in matters & told.keys() for hit in told[sentence]):
            if not _is_in(hit.word, rows) and not _is_coded(hit.word, rule, codes):
                yield rule.problem(hit.span, field=ref, word=hit.word)
                return


def _is_in(word: str, text: str) -> bool:
    """By its beginning, or as the last part of a compound; a syndrome isn't any other."""
    named = word.casefold()
    return named[:KERNEL] in text or (not named.endswith(ANY_ILLNESS) and named[-KERNEL:] in text)


def _is_coded(text: str, rule: Rule, codes: Iterable[str]) -> bool:
    """Whether one of the codes is of an illness that a word of the text names."""
    named = text.casefold()
    return any(key in named and any(c.startswith(those) for c in codes) for key, those in rule.pairs.items())


def _coded_only(reader: Reader, rule: Rule) -> Iterator[Problem]:
    """A further row of which neither findings, limitation nor reasons show anything."""
    if not reader.text("35"):
        return
    for at, illness in enumerate(reader.given.illnesses[1:], start=1):
        if illness.code and not _is_seen(reader, rule, illness):
            yield rule.problem(field=f"6[{at}].code", key="unseen", code=illness.code)
            return


def _is_seen(reader: Reader, rule: Rule, illness: Illness) -> bool:
    """By the words of its name, or those of its chapter; of a chapter without words nobody can tell."""
    chapter = f"seen_{illness.code[0]}"
    if chapter not in rule.words:
        return True
    named = reader.read(f"{illness.text} {illness.name}").parts("ordinary")
    for ref in rule.texts:
        words = reader.words(ref)
        if words.has(chapter) or named & words.parts("ordinary") or _is_coded(words.text, rule, [illness.code]):
            return True
    return False


CHECKS: Mapping[str, Check] = {
    "DIA-02": coarse,
    "DIA-03": sign_only,
    "DIA-04": unspecified,
    "DIA-05": without_support,
    "DIA-06": told_and_coded,
}
