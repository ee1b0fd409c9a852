"""Every action leaves one row, and what can't be logged isn't done (L-09, L-14)."""

from contextlib import contextmanager
from uuid import UUID

import pytest

from fmstod.errors import CannotPrint, CannotWrite, NotAllowed, StaleRecord
from fmstod.storage import audit
from fmstod.storage.store import Activity, Recipient
from tests.storage.sample import (
    CERTIFICATE,
    DV077,
    ISSUER,
    NAME,
    NUMBER,
    PLAN,
    TESS,
    Received,
    answering,
    log_of,
    reopened,
)

# Inera's contract for logs and safety.md 7a: what each record must hold.
MANDATORY = {
    "logId", "time", "system", "activityType", "activityLevel", "purpose", "userId", "userTitle", "assignment",
    "careProvider", "careUnit", "resources", "reason", "outcome",
}  # fmt: skip


def signed(store):
    store.save_case("a", TESS, 0)
    return store.sign("a", 1, [CERTIFICATE, PLAN], [DV077])


@pytest.mark.parametrize(
    ("act", "activity", "kind"),
    [
        (lambda store: store.cases(), "Lista", "ärende"),
        (lambda store: store.open_case("a"), "Läsa", "ärende"),
        (lambda store: store.save_case("b", TESS, 0), "Skriva", "ärende"),
        (lambda store: store.document("d1"), "Läsa", "intyg"),
        (lambda store: store.preview("p1"), "Läsa", "plan"),
        (lambda store: store.release("d1", Recipient.FK, Activity.EXPORT, Received()), "Export", "intyg"),
        (lambda store: store.release("p1", Recipient.PATIENT, Activity.PRINT, Received()), "Utskrift", "plan"),
        (lambda store: store.log(Activity.COPY, "a", Recipient.JOURNAL), "Kopiera", "ärende"),
        (lambda store: store.log(Activity.LOCK), "Låsa", None),
        (lambda store: store.save_issuer(ISSUER), "Skriva", None),
    ],
)
def test_an_action_leaves_exactly_one_row_with_all_that_is_asked(store, act, activity, kind):
    signed(store)
    before = log_of(store)
    act(store)
    (row,) = log_of(store)[len(before) :]
    assert row.keys() >= MANDATORY
    assert (row["activityType"], row["outcome"], row["purpose"]) == (activity, "ok", "Vård och behandling")
    assert [resource["type"] for resource in row["resources"]] == ([kind] if kind else [])
    assert UUID(row["logId"]).version == 4
    assert row["time"].endswith("+00:00")


def test_signing_is_one_row_that_names_each_document(store):
    signed(store)
    row = log_of(store)[-1]
    assert row["activityType"] == "Signera"
    assert [(each["type"], each["object"], each["version"]) for each in row["resources"]] == [
        ("intyg", "d1", 2),
        ("plan", "p1", 2),
    ]


def test_discarding_and_login_are_logged(store, folder):
    store.save_case("a", TESS, 0)
    assert store.discard_case("a", 1) == TESS
    store.close()
    again = reopened(folder)
    assert [row["activityType"] for row in log_of(again)] == ["Logga in", "Skriva", "Radera", "Logga in"]
    again.close()


def test_a_refused_attempt_is_logged_as_refused(store):
    version = signed(store)
    for act, error in [
        (lambda: store.save_case("a", answering(TESS, q25="mer"), version), NotAllowed),
        (lambda: store.save_case("a", TESS, 1), StaleRecord),
        (lambda: store.sign("a", version, [CERTIFICATE], []), NotAllowed),
        (lambda: store.discard_case("a", version), NotAllowed),
    ]:
        with pytest.raises(error):
            act()
    last = log_of(store)[-4:]
    assert [row["activityType"] for row in last] == ["Skriva", "Skriva", "Signera", "Radera"]
    assert {row["outcome"] for row in last} == {"nekad"}


def test_recipient_and_reason_are_kept_with_the_disclosure(store):
    signed(store)
    store.release("d1", Recipient.FK, Activity.EXPORT, Received(), reason="begärt")
    row = log_of(store)[-1]
    assert (row["recipient"], row["reason"]) == ("fk", "begärt")


@contextmanager
def failing(error, *, ready):
    """A way out that fails while all is made ready, or when it should go."""
    if not ready:
        raise error
    yield
    raise error


@pytest.mark.parametrize("error", [CannotWrite(path="x"), CannotPrint()])
def test_what_never_became_ready_is_logged_as_failed_and_not_as_a_release(store, error):
    signed(store)
    before = log_of(store)
    for act in (
        lambda: store.release("d1", Recipient.FK, Activity.EXPORT, lambda _pdf: failing(error, ready=False)),
        lambda: store.log(Activity.EXPORT, "a", Recipient.JOURNAL, way=failing(error, ready=False)),
    ):
        with pytest.raises(type(error)):
            act()
    rows = log_of(store)[len(before) :]
    assert [(row["activityType"], row["outcome"]) for row in rows] == [("Export", "fel"), ("Export", "fel")]
    assert [row["resources"][0]["object"] for row in rows] == ["d1", "a"]
    assert [row["recipient"] for row in rows] == ["fk", "journal"]


def test_what_fails_at_the_last_moment_is_taken_back_in_the_log(store):
    signed(store)
    before = log_of(store)
    with pytest.raises(CannotWrite):
        store.release("d1", Recipient.FK, Activity.EXPORT, lambda _: failing(CannotWrite(path="x"), ready=True))
    assert [row["outcome"] for row in log_of(store)[len(before) :]] == ["ok", "fel"]


def test_nothing_leaves_before_its_row_is_safe(store, monkeypatch):
    """The row stands when the document goes, and without the row nothing goes."""
    signed(store)
    seen = Received(lambda: log_of(store)[-1]["activityType"])
    store.release("p1", Recipient.PATIENT, Activity.PRINT, seen)
    assert (seen.got, seen.found) == ([b"%PDF plan"], ["Utskrift"])
    monkeypatch.setattr(audit, "write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        store.release("p1", Recipient.PATIENT, Activity.PRINT, seen)
    assert len(seen.got) == 1


def test_the_row_says_who_did_it(store, folder):
    store.save_issuer(ISSUER)
    store.save_case("a", TESS, 0)
    store.close()
    again = reopened(folder)
    for row in log_of(again)[-2:]:
        assert (row["userId"], row["userTitle"], row["careUnit"]) == (
            "SE1-D",
            "Specialistläkare",
            "Backens vårdcentral",
        )
    again.close()


def test_a_search_names_each_patient_once_since_login(store):
    store.save_case("a", TESS, 0)
    store.save_case("b", TESS, 0)
    for _ in range(3):
        store.cases("tess")
    lists = [row for row in log_of(store) if row["activityType"] == "Lista"]
    assert [[each["object"] for each in row["resources"]] for row in lists] == [["b", "a"], [], []]


def test_the_patient_stands_in_the_log_by_id_only(store):
    signed(store)
    store.cases(NAME)
    store.open_case("a")
    assert all(NAME not in str(row) and NUMBER not in str(row) for row in log_of(store))


@pytest.mark.parametrize(
    "act",
    [
        lambda store: store.save_case("a", TESS.changed(no_plan="nytt"), 2),
        lambda store: store.cases(),
        lambda store: store.open_case("a"),
        lambda store: store.preview("d1"),
        lambda store: store.release("d1", Recipient.FK, Activity.EXPORT, Received()),
        lambda store: store.sign("a", 2, [PLAN], [DV077]),
    ],
)
def test_what_cannot_be_logged_is_not_done(store, monkeypatch, act):
    store.save_case("a", TESS, 0)
    store.sign("a", 1, [CERTIFICATE], [])
    before = log_of(store)

    def refuse(*_):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(audit, "write", refuse)
        with pytest.raises(ZeroDivisionError):
            act(store)
    assert log_of(store) == before
    found = store.open_case("a")
    assert (found.version, found.consultation, len(found.documents)) == (2, TESS, 1)


def test_an_instant_without_a_zone_is_a_bug():
    with pytest.raises(ValueError, match="zone"):
        audit.instant(CERTIFICATE[0].signed_at.replace(tzinfo=None))
