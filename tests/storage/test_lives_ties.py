"""One case out of another, and what Försäkringskassan and the unit ask each other."""

from datetime import date

import pytest

from fmstod.domain.event import Revocation, Subject
from fmstod.domain.inquiry import Status, counted
from fmstod.domain.issuer import Physician
from fmstod.domain.lifecycle import Origin, Relation, State
from fmstod.domain.patient import Patient
from fmstod.errors import StaleRecord
from fmstod.storage.store import Activity, Recipient
from tests.storage.lives import LOCK, asked, refused, signed, state
from tests.storage.sample import (
    ISSUER,
    TESS,
    Received,
    document,
)

# One case out of another


def test_a_replacement_takes_the_place_of_the_old_one_when_it_is_signed(store):
    signed(store)
    store.release("d1", Recipient.FK, Activity.EXPORT, Received())
    assert store.lives.begin("b", TESS, Relation.REPLACES, "a") == 1
    assert store.open_case("b").origin == Origin(kind=Relation.REPLACES, case="a", document="d1")
    assert state(store) is State.SENT
    refused(lambda: store.lives.begin("c", TESS, Relation.REPLACES, "a"), "has_replacement")
    signed(store, "b", "d2", version=1)
    assert state(store) is State.REPLACED
    refused(lambda: store.lives.begin("c", TESS, Relation.RENEWS, "a"), "replaced")
    assert store.cases()[-1].id == "a"


def test_a_superseded_certificate_leaves_only_with_its_mark_and_never_to_fk(store):
    signed(store)
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    signed(store, "b", "d2", version=1)
    way = Received()
    refused(lambda: store.release("d1", Recipient.FK, Activity.EXPORT, way), "replaced")
    refused(lambda: store.release("d1", Recipient.PATIENT, Activity.PRINT, way), "unmarked")
    assert way.got == []
    store.release(
        "d1",
        Recipient.PATIENT,
        Activity.PRINT,
        way,
        marking=lambda pdf, mark: pdf + f" {mark.kind} {mark.document}".encode(),
    )
    assert way.got == [b"%PDF d1 replaces d2"]
    assert store.preview("d1") == b"%PDF d1"
    store.release("d2", Recipient.FK, Activity.EXPORT, way)
    assert way.got[-1] == b"%PDF d2"


def test_revoking_the_replacement_makes_room_for_another(store):
    signed(store)
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    signed(store, "b", "d2", version=1)
    store.lives.revoke("b", Revocation.OTHER_FAULT, "fel")
    assert state(store) is State.SIGNED
    store.lives.begin("c", TESS, Relation.REPLACES, "a")


def test_a_discarded_replacement_is_none(store):
    signed(store)
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    record = store.discard_case("b", 1)
    store.lives.begin("c", TESS, Relation.REPLACES, "a")
    assert store.save_case("b", record, 0) == 1
    assert store.open_case("b").origin.kind is Relation.REPLACES
    signed(store, "c", "d3", version=1)
    refused(lambda: signed(store, "b", "d2", version=1), "overtaken")


def test_a_locked_draft_is_copied_once_at_a_time_and_its_ties_are_gone(store, clock):
    signed(store)
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    clock.instant += LOCK
    assert state(store, "b") is State.LOCKED
    store.lives.begin("c", TESS, Relation.COPIED, "b")
    assert state(store, "b") is State.COPIED
    refused(lambda: store.lives.begin("d", TESS, Relation.COPIED, "b"), "has_copy")
    store.lives.begin("e", TESS, Relation.REPLACES, "a")
    signed(store, "c", "d2", version=1)
    assert state(store) is State.SIGNED


def test_another_patient_is_never_put_in_a_successor(store):
    """H1: neither when it is begun nor when it is signed."""
    signed(store)
    sven = TESS.changed(patient=Patient(name="Sven", number="19571231-0004"))
    refused(lambda: store.lives.begin("b", sven, Relation.REPLACES, "a"), "same_patient")
    store.lives.begin("b", TESS, Relation.REPLACES, "a")
    store.save_case("b", sven, 1)
    other = document(patient=sven.patient, name="d2")
    refused(lambda: store.sign("b", 2, [(other, b"x")], []), "same_patient")
    assert store.open_case("b").documents == ()


def test_the_issuer_cannot_certify_themself(store):
    store.save_case("a", TESS, 0)
    own = ISSUER.changed(physician=Physician(name="Tess", number=TESS.patient.number))
    refused(lambda: store.sign("a", 1, [(document().changed(issuer=own), b"x")], []), "own_certificate")
    assert store.open_case("a").documents == ()


def test_a_case_that_is_not_there_is_a_key_error(store):
    for act in (
        lambda: store.lives.begin("b", TESS, Relation.RENEWS, "nobody"),
        lambda: store.lives.revoke("nobody", Revocation.WRONG_PATIENT),
        lambda: store.lives.note("nobody", asked()),
        lambda: store.lives.answer("nobody", "q", "svar"),
    ):
        with pytest.raises(KeyError):
            act()
    assert store.cases() == ()


# Questions and answers


def test_a_complement_answers_what_was_asked_when_it_is_signed(store):
    signed(store)
    refused(lambda: store.lives.begin("b", TESS, Relation.COMPLEMENTS, "a"), "no_complement_asked")
    store.lives.note("a", asked("q1"))
    store.lives.note("a", asked("q2", Subject.CONTACT))
    refused(lambda: store.lives.begin("b", TESS, Relation.REPLACES, "a"), "complement_asked")
    store.lives.begin("b", TESS, Relation.COMPLEMENTS, "a")
    assert store.open_case("a").life.complement_asked
    signed(store, "b", "d2", version=1)
    complement, contact = store.open_case("a").life.inquiries
    assert (complement.status, complement.document, contact.status) == (Status.ANSWERED, "d2", Status.OURS)
    assert state(store) is State.COMPLEMENTED


def test_a_renewal_answers_a_complement_only_once_it_is_signed(store):
    signed(store)
    store.lives.note("a", asked())
    store.lives.begin("b", TESS, Relation.RENEWS, "a")
    assert store.open_case("a").life.complement_asked
    signed(store, "b", "d2", version=1)
    assert not store.open_case("a").life.complement_asked
    assert state(store) is State.RENEWED


def test_a_question_is_answered_once_in_words(store):
    signed(store)
    store.lives.note("a", asked(due=date(2026, 12, 15)))
    refused(lambda: store.lives.answer("a", "q", " "), "no_answer")
    with pytest.raises(KeyError):
        store.lives.answer("a", "other", "svar")
    store.lives.answer("a", "q", "Kan inte kompletteras")
    refused(lambda: store.lives.answer("a", "q", "igen"), "question_answered")
    refused(
        lambda: store.lives.note("a", asked("r", Subject.REMINDER, reminds="q")),
        "nothing_to_remind_of",
    )
    ((case, found),) = store.lives.inquiries()
    assert (case, found.answer, found.asked.due) == ("a", "Kan inte kompletteras", date(2026, 12, 15))


def test_a_closed_question_is_not_answered(store):
    signed(store)
    store.lives.note("a", asked())
    store.lives.revoke("a", Revocation.WRONG_PATIENT)
    refused(lambda: store.lives.answer("a", "q", "svar"), "question_closed")


def test_the_unit_asks_only_about_what_fk_has(store):
    signed(store)
    question = asked("q", Subject.CONTACT, from_fk=False)
    refused(lambda: store.lives.note("a", question), "not_with_fk")
    store.release("d1", Recipient.FK, Activity.EXPORT, Received())
    store.lives.note("a", question)
    assert store.lives.inquiries()[0][1].status is Status.THEIRS
    with pytest.raises(StaleRecord):
        store.lives.note("a", question)


def test_complements_are_counted_over_all_cases(store):
    for case, name, groups in (("a", "d1", ("limitation",)), ("b", "d2", ("limitation", "prognosis"))):
        signed(store, case, name)
        store.lives.note(case, asked(f"q{case}", groups=groups))
    store.lives.answer("a", "qa", "svar")
    counts = [
        (each.group, each.asked, each.waiting) for each in counted(found for _case, found in store.lives.inquiries())
    ]
    assert counts == [("limitation", 2, 1), ("prognosis", 1, 1)]
