"""Which entry of a new edition is which of the old: by what it is about, whatever its number."""

from hypothesis import given
from hypothesis import strategies as st

from fmstod.files import read_library
from fmstod.knowledge.exports.pairing import paired_entries, paired_recommendations

ENTRIES = read_library().entries
DEPRESSION = next(entry for entry in ENTRIES if entry.fmb == 508)


def numbers(pairs):
    return [(pair.old and pair.old.fmb, pair.new and pair.new.fmb) for pair in pairs]


def other(entry, **values):
    return entry.changed(**values)


def ids(pairs):
    return [(pair.old and pair.old.id, pair.new and pair.new.id) for pair in pairs]


@given(st.randoms(use_true_random=False))
def test_every_entry_is_itself_whatever_its_number_and_place(luck):
    news = [entry.changed(fmb=entry.fmb + 1_000) for entry in ENTRIES]
    luck.shuffle(news)
    for pair in paired_entries(ENTRIES, news):
        assert pair.old.fmb + 1_000 == pair.new.fmb


def test_codes_and_title_come_before_number():
    swapped = [other(ENTRIES[0], fmb=ENTRIES[1].fmb), other(ENTRIES[1], fmb=ENTRIES[0].fmb)]
    assert [pair.old.title for pair in paired_entries(ENTRIES[:2], swapped)] == [one.title for one in swapped]


def test_an_entry_with_another_title_or_another_code_is_still_itself():
    titled = other(DEPRESSION, fmb=900, title="Nedstämdhet")
    coded = other(DEPRESSION, fmb=900, icd10se=("F32", "F38"))
    both = other(DEPRESSION, fmb=900, title="Nedstämdhet", icd10se=("F32", "F38"))
    for new in (titled, coded, both):
        assert numbers(paired_entries(ENTRIES, [new]))[0] == (508, 900)


def test_an_entry_that_says_what_it_replaces_is_that():
    source = DEPRESSION.source.changed(replaces=(508,))
    new = other(DEPRESSION, fmb=900, title="Annat", icd10se=("X10",), source=source)
    assert numbers(paired_entries(ENTRIES, [new]))[0] == (508, 900)


def test_what_shares_nothing_is_new_and_what_nobody_took_is_gone():
    new = other(DEPRESSION, fmb=900, title="Annat", icd10se=("X10",))
    assert numbers(paired_entries([DEPRESSION], [new])) == [(None, 900), (508, None)]
    assert numbers(paired_entries([], [])) == []


def test_of_two_halves_the_greater_is_the_old_entry():
    old = other(DEPRESSION, icd10se=("F30", "F31", "F32"))
    halves = [
        other(DEPRESSION, fmb=1, title="a", icd10se=("F30",)),
        other(DEPRESSION, fmb=2, title="b", icd10se=("F31", "F32")),
    ]
    assert sorted(numbers(paired_entries([old], halves)), key=str) == [(508, 2), (None, 1)]


@given(st.randoms(use_true_random=False))
def test_recommendations_are_paired_by_what_they_say(luck):
    for entry in luck.sample(ENTRIES, 10):
        free = [
            r.changed(id=r.id + 7_000_000, adds_to=r.adds_to and r.adds_to + 7_000_000) for r in entry.recommendation
        ]
        luck.shuffle(free)
        new = entry.changed(recommendation=free)
        for pair in paired_recommendations(entry, new):
            assert entry.facts_of(pair.old) == new.facts_of(pair.new)


def test_a_changed_limit_is_paired_by_its_conditions_and_a_changed_condition_by_its_number():
    mild, moderate = DEPRESSION.recommendation[1:]
    limited = DEPRESSION.changed(recommendation=(moderate.changed(id=1, time=4), mild.changed(id=2)))
    assert ids(paired_recommendations(DEPRESSION, limited)) == [(511, 1), (510, 2), (509, None)]
    conditioned = DEPRESSION.changed(recommendation=(mild.changed(when={}, time=4), moderate.changed(id=1)))
    assert ids(paired_recommendations(DEPRESSION, conditioned)) == [(510, 510), (511, 1), (509, None)]
