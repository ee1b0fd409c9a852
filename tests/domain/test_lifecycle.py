"""The life of a certificate against the words of certificates.md 5.1, written out the long way."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from fmstod.domain.event import Asked, Event, Happened, Subject
from fmstod.domain.inquiry import GROUPS, Status, counted, group_of, inquiries
from fmstod.domain.lifecycle import Life, Relation, State, Successor, as_successor, life_of, locks_at
from fmstod.domain.transitions import MAKING, TRANSITIONS, Act, Circumstances, Refusal, allowed, refusal

START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)


def event(kind, **details):
    return Event(kind=kind, at=details.pop("at", START), **details)


CREATED, SIGNED = event(Happened.CREATED), event(Happened.SIGNED, document="d")
RELEASED, TO_FK = (event(Happened.RELEASED, document="d", recipient=to) for to in ("patient", "fk"))
COMPLEMENT = Asked(id="q", subject=Subject.COMPLEMENT, on=date(2026, 11, 3), groups=("limitation",))
ASKED = event(Happened.ASKED, asked=COMPLEMENT)
ENDED, REOPENED = event(Happened.ENDED), event(Happened.REOPENED)


# The lock


@pytest.mark.parametrize(
    ("after", "locked"),
    [
        (timedelta(days=13, hours=23, minutes=59, seconds=59), False),
        (timedelta(days=14), True),
        (timedelta(days=400), True),
    ],
)
def test_a_draft_is_locked_at_fourteen_days_to_the_second(after, locked):
    assert life_of([CREATED], now=START + after).locked is locked


@pytest.mark.parametrize(("chosen", "days"), [(7, 7), (1, 1), (14, 14), (15, 14), (400, 14), (0, 1), (-3, 1)])
def test_a_unit_may_lock_earlier_and_never_later(chosen, days):
    assert locks_at(START, chosen) == START + timedelta(days=days)


def test_what_has_been_locked_stays_locked_whatever_the_clock_says():
    locked = [CREATED, event(Happened.LOCKED, at=START + timedelta(days=14))]
    assert life_of(locked, now=START).locked
    assert life_of(locked).state is State.LOCKED


def test_what_is_signed_is_never_locked():
    assert not life_of([CREATED, SIGNED], now=START + timedelta(days=99)).locked


# States


def successor(kind, document="", **facts):
    return Successor(kind=kind, case="b", document=document, **facts)


LOCKED = event(Happened.LOCKED)


@pytest.mark.parametrize(
    ("events", "successors", "state"),
    [
        ([CREATED], [], State.DRAFT),
        ([CREATED, event(Happened.DISCARDED), event(Happened.RESTORED)], [], State.DRAFT),
        ([CREATED, event(Happened.READY)], [], State.READY),
        ([CREATED, event(Happened.READY), LOCKED], [], State.LOCKED),
        ([CREATED, LOCKED], [successor(Relation.COPIED)], State.COPIED),
        ([CREATED, event(Happened.READY), ENDED], [], State.WITHOUT_LEAVE),
        ([CREATED, ENDED, REOPENED], [], State.DRAFT),
        ([CREATED, ENDED, REOPENED, ENDED, LOCKED], [successor(Relation.COPIED)], State.WITHOUT_LEAVE),
        ([CREATED, LOCKED], [successor(Relation.COPIED, locked=True)], State.LOCKED),
        ([CREATED, SIGNED], [], State.SIGNED),
        ([CREATED, SIGNED, RELEASED], [], State.HANDED_OUT),
        ([CREATED, SIGNED, RELEASED, TO_FK], [], State.SENT),
        ([CREATED, SIGNED, event(Happened.RELEASED, document="plan", recipient="fk")], [], State.SIGNED),
        ([CREATED, SIGNED, TO_FK, TO_FK.changed(kind=Happened.NOT_RELEASED)], [], State.SIGNED),
        ([CREATED, SIGNED, TO_FK, TO_FK, TO_FK.changed(kind=Happened.NOT_RELEASED)], [], State.SENT),
        ([CREATED, SIGNED, TO_FK], [successor(Relation.REPLACES)], State.SENT),
        ([CREATED, SIGNED, TO_FK], [successor(Relation.REPLACES, "e")], State.REPLACED),
        ([CREATED, SIGNED, TO_FK], [successor(Relation.REPLACES, "e", revoked=True)], State.SENT),
        ([CREATED, SIGNED, TO_FK], [successor(Relation.COMPLEMENTS, "e")], State.COMPLEMENTED),
        ([CREATED, SIGNED, TO_FK], [successor(Relation.RENEWS, "e")], State.RENEWED),
        ([CREATED, SIGNED, TO_FK], [successor(Relation.RENEWS)], State.SENT),
        ([CREATED, SIGNED, TO_FK], [successor(Relation.MADE_FROM, "e")], State.SENT),
        (
            [CREATED, SIGNED, TO_FK],
            [successor(Relation.RENEWS, "e"), successor(Relation.REPLACES, "f")],
            State.REPLACED,
        ),
        ([CREATED, SIGNED, TO_FK, event(Happened.CLOSED)], [], State.CLOSED),
        ([CREATED, SIGNED, event(Happened.CLOSED)], [successor(Relation.RENEWS, "e")], State.RENEWED),
        ([CREATED, SIGNED, event(Happened.FOLLOWED_UP)], [], State.SIGNED),
        ([CREATED, SIGNED, event(Happened.REVOKED)], [successor(Relation.REPLACES, "e")], State.REVOKED),
    ],
)
def test_the_state_is_the_most_telling_of_what_has_happened(events, successors, state):
    assert life_of(events, successors).state is state


def test_a_print_of_what_no_longer_holds_names_what_took_its_place():
    mark = life_of([CREATED, SIGNED], [successor(Relation.REPLACES, "e")]).mark
    assert (mark.kind, mark.document) == (Relation.REPLACES, "e")
    for holds in ([], [successor(Relation.REPLACES)], [successor(Relation.RENEWS, "e")]):
        assert life_of([CREATED, SIGNED], holds).mark is None


def test_what_replaced_a_revoked_one_stands_in_its_place():
    """A is replaced by B and B by C; B is revoked. A doesn't hold again, for C does."""
    b = life_of([CREATED, SIGNED.changed(document="B"), event(Happened.REVOKED)], [successor(Relation.REPLACES, "C")])
    assert life_of([CREATED, SIGNED], [as_successor(Relation.REPLACES, "b", b)]).mark.document == "C"
    alone = b.changed(successors=())
    assert life_of([CREATED, SIGNED], [as_successor(Relation.REPLACES, "b", alone)]).mark is None


# What may be done: every life there can be, against the table of 5.1 read as prose

REVOKED = event(Happened.REVOKED)
ANSWERED = event(Happened.ANSWERED, inquiry="q", text="svar")
HISTORIES = [
    [CREATED],
    [CREATED, event(Happened.READY)],
    [CREATED, LOCKED],
    [CREATED, LOCKED, REVOKED],
    *([CREATED, ENDED, *more] for more in ([], [LOCKED], [REOPENED], [REOPENED, LOCKED], [LOCKED, REVOKED])),
    *([CREATED, SIGNED, *more] for more in ([], [RELEASED], [TO_FK], [ASKED], [ASKED, ANSWERED], [REVOKED])),
    *([CREATED, SIGNED, event(Happened.CLOSED), *more] for more in ([], [REVOKED])),
    [CREATED, SIGNED, TO_FK, ASKED, REVOKED],
]
facts = st.fixed_dictionaries({}, optional={"document": st.just("e"), "revoked": st.just(True)}) | st.just(
    {"locked": True}
)
made = st.lists(st.builds(lambda kind, more: successor(kind, **more), st.sampled_from(Relation), facts), max_size=3)


def may(act, events, successors, *, alive):
    """Certificates.md 5.1, row by row."""
    kinds = [each.kind for each in events]
    is_signed, is_revoked, is_locked = (k in kinds for k in (Happened.SIGNED, Happened.REVOKED, Happened.LOCKED))
    is_ended = kinds.count(Happened.ENDED) > kinds.count(Happened.REOPENED)
    draft = not is_signed and not is_locked and not is_ended
    waiting = kinds.count(Happened.ASKED) > kinds.count(Happened.ANSWERED) and not is_revoked
    sent = any(each.recipient == "fk" for each in events) or Happened.ASKED in kinds
    living = [s for s in successors if not s.revoked and not s.locked]

    def there_is(kind, *, signed):
        return any(s.kind == kind and (s.document or not signed) for s in living)

    replaced, complemented = there_is(Relation.REPLACES, signed=True), there_is(Relation.COMPLEMENTS, signed=True)
    valid = is_signed and not is_revoked
    open_copy = any(s.kind == Relation.COPIED and not s.document for s in living)
    return {
        Act.SAVE: draft,
        Act.DISCARD: draft,
        Act.MARK_READY: draft and Happened.READY not in kinds,
        Act.SIGN: draft,
        Act.HAND_OUT: valid,
        Act.SEND: valid and not replaced,
        Act.REVOKE: (is_signed or is_locked) and not is_revoked,
        Act.REPLACE: valid
        and not there_is(Relation.REPLACES, signed=False)
        and not complemented
        and not waiting
        and alive,
        Act.RENEW: valid and not replaced and not complemented and alive,
        Act.COMPLEMENT: valid and not replaced and waiting and not there_is(Relation.COMPLEMENTS, signed=False),
        Act.COPY: is_locked and not is_revoked and not open_copy,
        Act.MAKE_FROM: valid and not replaced,
        Act.NOTE_QUESTION: valid,
        Act.ASK: valid and sent,
        Act.FOLLOW_UP: valid and Happened.CLOSED not in kinds,
        Act.CLOSE: valid and Happened.CLOSED not in kinds,
        Act.END: draft,
        Act.REOPEN: is_ended and not is_locked,
    }[act]


@settings(max_examples=300)
@given(events=st.sampled_from(HISTORIES), successors=made, alive=st.booleans())
def test_each_act_is_allowed_just_when_the_table_says(events, successors, alive):
    life, about = life_of(events, successors), Circumstances(alive=alive)
    expected = {act for act in Act if may(act, events, successors, alive=alive)}
    assert allowed(life, about) == expected
    assert {act for act in Act if refusal(act, life, about) is None} == expected


def test_nothing_leads_back_from_signed_to_draft():
    """L-26: a signed certificate is corrected by another one only."""
    for events in HISTORIES:
        life = life_of(events)
        if life.signed:
            assert not {Act.SAVE, Act.SIGN, Act.DISCARD, Act.MARK_READY, Act.COPY} & allowed(life)


@pytest.mark.parametrize(
    ("act", "events", "successors", "about", "why"),
    [
        (Act.SAVE, [CREATED, LOCKED], [], {}, Refusal.LOCKED),
        (Act.SAVE, [CREATED, SIGNED], [], {}, Refusal.SIGNED),
        (Act.MARK_READY, [CREATED, event(Happened.READY)], [], {}, Refusal.ALREADY_READY),
        (Act.SIGN, [CREATED], [], {"own": True}, Refusal.OWN),
        (Act.SIGN, [CREATED], [], {"complete": False}, Refusal.INCOMPLETE),
        (Act.SIGN, [CREATED, LOCKED], [], {"own": True}, Refusal.LOCKED),
        (Act.SIGN, [CREATED, ENDED], [], {}, Refusal.ENDED),
        (Act.END, [CREATED], [], {"without_leave": False}, Refusal.LEAVE),
        (Act.REOPEN, [CREATED, ENDED, LOCKED], [], {}, Refusal.TOO_LATE),
        (Act.SEND, [CREATED], [], {}, Refusal.NOT_SIGNED),
        (Act.SEND, [CREATED, SIGNED], [successor(Relation.REPLACES, "e")], {}, Refusal.REPLACED),
        (Act.HAND_OUT, [CREATED, SIGNED, REVOKED], [], {}, Refusal.REVOKED),
        (Act.REVOKE, [CREATED], [], {}, Refusal.NEITHER),
        (Act.REPLACE, [CREATED, SIGNED], [successor(Relation.REPLACES)], {}, Refusal.REPLACEMENT),
        (Act.REPLACE, [CREATED, SIGNED], [successor(Relation.COMPLEMENTS, "e")], {}, Refusal.COMPLEMENTED),
        (Act.REPLACE, [CREATED, SIGNED, ASKED], [], {}, Refusal.COMPLEMENT_ASKED),
        (Act.REPLACE, [CREATED, SIGNED], [], {"alive": False}, Refusal.DEAD),
        (Act.RENEW, [CREATED, SIGNED], [successor(Relation.REPLACES, "e")], {}, Refusal.REPLACED),
        (Act.RENEW, [CREATED, SIGNED], [], {"alive": False}, Refusal.DEAD),
        (Act.COMPLEMENT, [CREATED, SIGNED, TO_FK], [], {}, Refusal.NOT_ASKED),
        (Act.COMPLEMENT, [CREATED, SIGNED, ASKED], [successor(Relation.COMPLEMENTS)], {}, Refusal.COMPLEMENT_DRAFT),
        (Act.COPY, [CREATED], [], {}, Refusal.NOT_LOCKED),
        (Act.COPY, [CREATED, LOCKED], [successor(Relation.COPIED)], {}, Refusal.COPY),
        (Act.ASK, [CREATED, SIGNED, RELEASED], [], {}, Refusal.NOT_WITH_FK),
        (Act.FOLLOW_UP, [CREATED, SIGNED, event(Happened.CLOSED)], [], {}, Refusal.CLOSED),
        (Act.CLOSE, [CREATED, SIGNED], [], {"ended": False, "planned": False}, Refusal.NO_OUTCOME),
        (Act.CLOSE, [CREATED, SIGNED], [], {"planned": False}, Refusal.NO_PLAN),
    ],
)
def test_a_refusal_has_its_reason(act, events, successors, about, why):
    assert refusal(act, life_of(events, successors), Circumstances(**about)) is why


@pytest.mark.parametrize("kind", [Relation.REPLACES, Relation.COMPLEMENTS])
def test_what_was_replaced_meanwhile_is_not_replaced_once_more(kind):
    of = life_of([CREATED, SIGNED], [Successor(kind=Relation.REPLACES, case="other", document="e")])
    about = Circumstances(origin_kind=kind, origin=of, case="b")
    assert refusal(Act.SIGN, life_of([CREATED]), about) is Refusal.OVERTAKEN
    assert refusal(Act.SIGN, life_of([CREATED]), about.changed(case="other")) is None
    assert refusal(Act.SIGN, life_of([CREATED]), about.changed(origin_kind=Relation.RENEWS)) is None


def test_every_act_and_every_reason_is_in_the_table():
    assert TRANSITIONS.keys() == set(Act)
    assert {why for reasons in TRANSITIONS.values() for why in reasons} == set(Refusal)
    assert MAKING.keys() == set(Relation)


# Questions


def test_the_groups_are_the_sixteen_of_fk_7804():
    assert len(GROUPS) == 16
    refs = [ref for refs in GROUPS.values() for ref in refs]
    assert len(refs) == len(set(refs))
    assert (group_of("39.4"), group_of("17"), group_of("44"), group_of("plan.goal")) == (
        "prognosis", "limitation", "measures", "",
    )  # fmt: skip


def asked(name, subject=Subject.COMPLEMENT, **more):
    groups = ("limitation",) if subject is Subject.COMPLEMENT else ()
    values = {"id": name, "subject": subject, "on": date(2026, 11, 3), "groups": groups, **more}
    return event(Happened.ASKED, asked=Asked(**values))


def test_a_question_gathers_its_reminders_and_its_answer():
    answer = event(Happened.ANSWERED, inquiry="q1", text="Kan inte kompletteras", at=START + timedelta(days=2))
    remind = asked("r", Subject.REMINDER, reminds="q1", on=date(2026, 11, 9))
    first, second = inquiries([CREATED, SIGNED, asked("q1"), remind, asked("q2", Subject.OTHER, from_fk=False), answer])
    assert (first.status, first.answer, first.answered) == (Status.ANSWERED, answer.text, answer.at)
    assert first.reminders == (date(2026, 11, 9),)
    assert second.status is Status.THEIRS


def test_a_question_waits_for_the_unit_and_is_late_after_its_day():
    (waiting,) = inquiries([asked("q", due=date(2026, 11, 20))])
    assert waiting.status is Status.OURS
    assert not waiting.is_late(date(2026, 11, 20))
    assert waiting.is_late(date(2026, 11, 21))


def test_a_revocation_closes_what_is_open_and_leaves_what_was_answered():
    answer = event(Happened.ANSWERED, inquiry="q1", text="svar")
    found = inquiries([asked("q1"), answer, asked("q2"), REVOKED])
    assert [each.status for each in found] == [Status.ANSWERED, Status.CLOSED]


def test_complements_are_counted_by_group():
    both = inquiries([asked("q1", groups=("limitation", "impairment"))])
    done = inquiries([asked("q2"), event(Happened.ANSWERED, inquiry="q2", text="svar")])
    other = inquiries([asked("q3", Subject.CONTACT)])
    counts = {each.group: (each.asked, each.waiting) for each in counted([*both, *done, *other])}
    assert counts == {"limitation": (2, 1), "impairment": (1, 1)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": Subject.COMPLEMENT, "from_fk": False, "groups": ("work",)},
        {"subject": Subject.REMINDER, "from_fk": False, "reminds": "q"},
        {"subject": Subject.COMPLEMENT},
        {"subject": Subject.COMPLEMENT, "groups": ("work", "work")},
        {"subject": Subject.OTHER, "groups": ("work",)},
        {"subject": Subject.REMINDER},
        {"subject": Subject.CONTACT, "reminds": "q"},
    ],
)
def test_a_question_fits_its_subject(wrong):
    with pytest.raises(ValidationError):
        Asked(id="q", on=date(2026, 11, 3), **wrong)


def test_no_life_at_all_is_a_draft():
    assert Life().state is State.DRAFT
