"""What follows from answers, against a slow oracle that reads the conditions and tries every way to answer."""

from functools import cache
from itertools import product
from math import prod

from hypothesis import given, settings
from hypothesis import strategies as st

from fmstod.files import read_library
from fmstod.knowledge.advise import Standing, advise
from fmstod.knowledge.deciding import Table, table_of
from fmstod.knowledge.entry import AllOf, listed
from fmstod.knowledge.matching import Asked, Clause
from fmstod.knowledge.notes import TOLD, Note

LIBRARY = read_library()
SLOTS = ("severity", "workload", "course", "factor", "comorbidity", "state")
MANY = 150  # ways to answer that the oracle has time for


def entry_of(code, answers=None):
    return advise(LIBRARY, [code], answers).entries[0]


def offered(question):
    return [o.key for o in question.options] or [False, True]


@cache
def asked_of(code):
    """Questions, with the terms that they name: those of fmb.md 6.4."""
    return table_of(LIBRARY, code).questions


def says(question, answer, slot, status, keys, needs_all):
    """Whether an answer says that the wanted keys hold; None when the question is about other things."""
    told = question.options or (question,)
    if question.slot != slot or not any(set(o.terms) & set(keys) and o.status == status for o in told):
        return None
    if not question.options:
        return answer
    chosen = next((o for o in question.options if o.key == answer), None)
    terms = set(chosen.terms) if chosen and chosen.status == status else set()
    return set(keys) <= terms if needs_all else bool(set(keys) & terms)


def holds(recommendation, code, answers):
    """Several slots must all hold, a list means any of its values, `all` means all of them (fmb.md 6.4)."""
    when = recommendation.when
    wanted = [(slot, "", getattr(when, slot)) for slot in SLOTS]
    if when.treatment:
        wanted.append(("treatment", when.treatment.status, when.treatment.code))
    for slot, status, values in wanted:
        keys, needs_all = listed(values), isinstance(values, AllOf)
        told = [says(q, answers.get(q.key), slot, status, keys, needs_all) for q in asked_of(code)]
        told = [it for it in told if it is not None]
        whole_scale = slot == "severity" and set(keys) >= {"mild", "moderate", "severe"}
        if keys and not whole_scale and not (all(told) if needs_all else any(told)):
            return False
    return True


def ways(code, answers=None):
    """Every way to answer what isn't answered."""
    fixed = answers or {}
    questions = asked_of(code)
    for row in product(*([fixed[q.key]] if q.key in fixed else q.answers for q in questions)):
        yield {q.key: answer for q, answer in zip(questions, row, strict=True)}


@cache
def replaced(code):
    """For each recommendation those that take its place where both apply: the narrower, found by trying every way, and
    the one that counts its time in. A choice for the same patient replaces nothing.
    """
    holding = LIBRARY.resolve(code).entry.holding(code)
    every = {r.id: [holds(r, code, way) for way in ways(code)] for r in holding}

    def narrower(one, other):
        pairs = list(zip(every[one.id], every[other.id], strict=True))
        return all(wide for narrow, wide in pairs if narrow) and any(wide and not narrow for narrow, wide in pairs)

    return {
        r.id: {
            o.id
            for o in holding
            if o.adds_to == r.id or (Note.DUPLICATE_CONDITIONS not in o.note and o is not r and narrower(o, r))
        }
        for r in holding
    }


def result(code, way):
    """The largest bound of what rules, and all that is told of it: what the panel shows."""
    entry = LIBRARY.resolve(code).entry
    applying = [r for r in entry.holding(code) if holds(r, code, way)]
    ruling = [r for r in applying if not replaced(code)[r.id] & {other.id for other in applying}]
    plain, counted = {}, {}
    for r in ruling:
        after, first = entry.event_days(r), entry.limit_days(r)
        of, days = (counted, after) if after is not None else (plain, None if r.counts_from else first)
        of[r.id] = float("inf") if days is None else days
    most, after = max(plain.values(), default=None), max(counted.values(), default=None)
    if most == float("inf"):
        after = None  # without an end whatever day the operation was
    elif after is not None and most is not None and most <= after:
        most = None  # past the operation's days they are past the others for certain
    told = frozenset(
        (r.kind, r.time, r.unit, r.min_time, r.extent, r.prefer, r.adds_to, r.counts_from, frozenset(r.note) & TOLD)
        for r in ruling
        if (most is not None and plain.get(r.id) == most)
        or (after is not None and counted.get(r.id) == after)
        or Note.DUPLICATE_CONDITIONS in r.note
    )
    return (most, after), told


def few(code):
    return prod(len(q.answers) for q in asked_of(code)) <= MANY


CODES = [e.icd10se[0] for e in LIBRARY.entries if not e.changed_at_source and e.holding(e.icd10se[0])]
CODES += ["M653", "M754", "S525", "S835", "S83", "S131", "J36", "M720", "S61"]
SMALL = sorted(code for code in CODES if few(code))


@st.composite
def partly(draw, codes=SMALL):
    """A code and answers to some of its questions."""
    code = draw(st.sampled_from(codes))
    optional = {q.key: st.sampled_from(q.answers) for q in asked_of(code)}
    return code, draw(st.fixed_dictionaries({}, optional=optional))


@given(partly(CODES))
def test_standing_is_what_every_way_to_answer_the_rest_agrees_on(drawn):
    code, answers = drawn
    every = list(ways(code, answers))[:2000]
    for candidate in entry_of(code, answers).candidates:
        found = {holds(candidate.recommendation, code, way) for way in every}
        wanted = {frozenset({True}): Standing.APPLIES, frozenset({False}): Standing.EXCLUDED}
        assert candidate.standing is wanted.get(frozenset(found), Standing.POSSIBLE)


@settings(max_examples=40, deadline=None)
@given(partly())
def test_a_question_is_asked_only_if_it_can_change_what_is_told_and_the_limit_is_the_largest_that_can_come(drawn):
    code, answers = drawn
    told = entry_of(code, answers)
    results = {tuple(way.items()): result(code, way) for way in ways(code, answers)}
    for question in told.questions:
        changes = any(
            len({results[tuple({**dict(way), question.key: o}.items())] for o in offered(question)}) > 1
            for way in results
            if question.key not in answers
        )
        assert (question.key in told.asks) is changes
    bounds = {most for most, _ in results.values()}
    days = max((first for first, _ in bounds if first is not None), default=None)
    after = max((after for _, after in bounds if after is not None), default=None)
    if days is None and after is None:
        assert told.limit is None
        return
    if days == float("inf"):
        days, after = None, None
    elif after is not None and days is not None and days <= after:
        days = None
    assert (told.limit.days, told.limit.after_event) == (days, after)
    assert told.limit.sure is (len(bounds) == 1)


@given(partly(CODES), st.data())
def test_an_answer_only_settles_what_was_possible_and_their_order_says_nothing(drawn, data):
    code, answers = drawn
    before = entry_of(code, answers)
    if not before.asks:
        return
    key = data.draw(st.sampled_from(before.asks))
    answer = data.draw(st.sampled_from(next(q.answers for q in asked_of(code) if q.key == key)))
    after = entry_of(code, {key: answer, **answers})
    settled = {c.recommendation.id: c.standing for c in after.candidates}
    assert all(
        settled[c.recommendation.id] is c.standing for c in before.candidates if c.standing is not Standing.POSSIBLE
    )
    assert after == entry_of(code, {**answers, key: answer})


@given(partly(CODES))
def test_excluded_by_names_answers_that_exclude_by_themselves(drawn):
    code, answers = drawn
    for candidate in entry_of(code, answers).candidates:
        if candidate.standing is Standing.EXCLUDED:
            only = {key: answers[key] for key in candidate.excluded_by}
            without = {key: answer for key, answer in answers.items() if key not in candidate.excluded_by}
            wanted = candidate.recommendation.id
            assert {c.recommendation.id: c.standing for c in entry_of(code, only).candidates}[
                wanted
            ] is Standing.EXCLUDED
            assert {c.recommendation.id: c.standing for c in entry_of(code, without).candidates}[wanted] in (
                Standing.POSSIBLE,
                Standing.APPLIES,
            )
        else:
            assert not candidate.excluded_by


@given(partly(CODES))
def test_a_possible_one_names_first_the_question_that_is_best_asked_and_the_asked_ones_settle_the_rest(drawn):
    code, answers = drawn
    told = entry_of(code, answers)
    unanswered = {q.key for q in told.questions if q.answer is None}
    for candidate in told.candidates:
        assert bool(candidate.open) is (candidate.standing is Standing.POSSIBLE)
        assert set(candidate.open) <= unanswered
        asked = [key for key in told.asks if key in candidate.open]
        assert list(candidate.open[: len(asked)]) == asked
    while told.asks:
        answers = {**answers, told.asks[0]: next(q.answers[0] for q in asked_of(code) if q.key == told.asks[0])}
        told = entry_of(code, answers)
    assert told.limit is None or told.limit.sure


@given(st.sampled_from(CODES))
def test_the_order_of_the_questions_is_the_same_each_time(code):
    table_of.cache_clear()
    first = entry_of(code)
    table_of.cache_clear()
    assert entry_of(code) == first


def large(count):
    """A code whose questions can be answered in more ways than can be laid out."""
    asked = [Asked(f"1:factor.{n}", "factor", (str(n),)) for n in range(count)]
    needs = {n: (Clause("factor", ((q, frozenset({True})),)),) for n, q in enumerate(asked)}
    ids = range(count)
    return Table(
        asked, needs, {n: [] for n in ids}, {n: n for n in ids}, {n: float(n) for n in ids}, frozenset(), frozenset()
    )


def test_a_code_with_very_many_questions_is_asked_in_order_and_claims_less():
    table = large(40)
    assert table.order({})[:2] == ("1:factor.0", "1:factor.1")
    assert frozenset({39}) in table.reachable({})
    known = {q.key: False for q in table.questions[1:]}
    assert table.order(known) == ("1:factor.0",)
    assert table.reachable({**known, "1:factor.0": True}) == (frozenset({0}),)


def test_one_or_two_questions_settle_most_codes_and_four_the_hardest_on_average():
    """The mean number over every way to answer, the panel's order followed. With yes or no to each term: 2.0 and 8.8."""
    found = [ways_of(table_of(LIBRARY, code), {}) for code in CODES]
    assert sum(mean for mean, _ in found) / len(found) < 1.8
    assert max(mean for mean, _ in found) < 4.1
    assert max(most for _, most in found) <= 9


def ways_of(table, known):
    """Mean and most questions from these answers on."""
    if not (asks := table.order(known)):
        return 0, 0
    answers = next(q.answers for q in table.questions if q.key == asks[0])
    after = [ways_of(table, {**known, asks[0]: answer}) for answer in answers]
    return 1 + sum(mean for mean, _ in after) / len(after), 1 + max(most for _, most in after)


def test_the_order_shown_begins_with_the_best_question_and_stays_when_one_is_answered():
    before = entry_of("D25")
    assert [q.key for q in before.questions][: len(before.asks)] == list(before.asks)
    answered = entry_of("D25", {before.asks[0]: "other"})
    assert [q.key for q in answered.questions] == [q.key for q in before.questions]
