"""What the clinic keeps of FMB: what its clinicians have read, and which edition the physician has seen."""

from datetime import date

import pytest

from fmstod.domain.review import Review
from fmstod.domain.work import Work
from fmstod.storage import engine
from fmstod.storage.folder import DATABASE
from fmstod.storage.tables import SCHEMA_VERSION
from tests.storage.sample import TESS, log_of, reopened, saved, secret_of

READ = Review(entry=508, content="ab" * 32, on=date(2026, 11, 24), by="Doris Doktor")


def test_a_review_is_kept_and_logged(store, folder):
    store.save_review(READ)
    store.save_review(Review(entry=110, content="cd" * 32, on=date(2026, 11, 25), by="Doris Doktor"))
    assert [review.entry for review in store.reviews()] == [110, 508]
    assert [(row["activityType"], row["reason"]) for row in log_of(store)[-2:]] == [
        ("Skriva", "FMB 508"),
        ("Skriva", "FMB 110"),
    ]
    store.close()
    again = reopened(folder)
    assert again.reviews()[1] == READ
    again.close()


def test_a_second_review_of_the_same_content_takes_the_place_of_the_first(store):
    store.save_review(READ)
    later = READ.changed(on=date(2027, 1, 1), by="Ditte Doktor")
    store.save_review(later)
    store.save_review(READ.changed(content="ef" * 32))  # the same number with other facts is another reading
    assert {(review.content, review.by) for review in store.reviews()} == {
        (READ.content, "Ditte Doktor"),
        ("ef" * 32, "Doris Doktor"),
    }


def test_a_review_by_mistake_is_taken_back_alone_and_logged(store):
    other = READ.changed(content="ef" * 32)
    store.save_review(READ)
    store.save_review(other)
    store.take_back_review(READ)
    store.take_back_review(READ)
    assert store.reviews() == (other,)
    assert log_of(store)[-1]["reason"] == "FMB 508"


def test_the_edition_that_was_seen_is_kept_and_logged_as_an_update(store, folder):
    assert store.fmb_seen() == ""
    store.see_fmb("2020-04-02-aaaa")
    store.see_fmb("2026-11-24-bbbb")
    row = log_of(store)[-1]
    assert (row["activityType"], row["reason"], row["resources"]) == ("FMB-uppdatering", "2026-11-24-bbbb", [])
    store.close()
    again = reopened(folder)
    assert again.fmb_seen() == "2026-11-24-bbbb"
    again.close()


def test_a_store_of_the_first_version_gets_what_is_new_and_keeps_what_it_had(folder):
    saved(folder)
    connection = engine.connect(folder / DATABASE, secret_of(folder))
    for statement in ("DROP TABLE reviews", "DROP TABLE seen", "PRAGMA user_version=1"):
        connection.execute(statement)
    connection.close()
    store = reopened(folder)
    assert store.open_case("a").consultation == TESS
    store.save_review(READ)
    store.close()
    assert engine.version_of(folder / DATABASE, secret_of(folder)) == SCHEMA_VERSION
    again = reopened(folder)
    assert again.reviews() == (READ,)
    again.close()


def test_what_fmb_is_asked_with_comes_without_the_patient_in_one_logged_look(store):
    store.save_case("a", TESS.changed(conditions={"546:severity": "mild"}, work=Work(load="light")), 0)
    store.save_case("b", TESS, 0)
    found = store.fmb_facts(["b", "a"])
    assert [(each.id, each.codes, dict(each.conditions), each.load) for each in found] == [
        ("b", ("F43.8A", "G47.0"), {}, ""),
        ("a", ("F43.8A", "G47.0"), {"546:severity": "mild"}, "light"),
    ]
    row = log_of(store)[-1]
    assert (row["activityType"], [each["object"] for each in row["resources"]]) == ("FMB-uppdatering", ["b", "a"])
    with pytest.raises(KeyError):
        store.fmb_facts(["c"])
