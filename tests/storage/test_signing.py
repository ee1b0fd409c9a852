"""What is signed is frozen, whole and once."""

import hashlib
import json
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from fmstod.domain.answers import Measure
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.leave import DaysBefore, Stop
from fmstod.domain.patient import Patient
from fmstod.domain.procedure import Procedure
from fmstod.errors import NotAllowed, StaleRecord, StoreDamaged
from fmstod.storage import engine
from fmstod.storage.document_rows import canonical_json
from fmstod.storage.store import Activity, DocumentRow, Recipient
from tests.storage.sample import CERTIFICATE, DV077, PLAN, TESS, Received, answering, document, log_of


def test_signing_freezes_documents_and_records_the_procedure_once(store):
    store.save_case("a", TESS, 0)
    assert store.sign("a", 1, [CERTIFICATE, PLAN], [DV077]) == 2
    found = store.open_case("a")
    assert found.version == 2
    assert [given(each) for each in found.procedures] == [DV077]
    assert set(found.documents) == {
        DocumentRow(id=signed.id, kind=signed.kind, signed_at=signed.signed_at) for signed, _pdf in (CERTIFICATE, PLAN)
    }
    assert store.document("d1") == CERTIFICATE[0]
    assert store.preview("d1") == b"%PDF certificate"
    way = Received()
    store.release("p1", Recipient.PATIENT, Activity.PRINT, way)
    assert way.got == [b"%PDF plan"]
    (row,) = store.cases()
    assert row.signed_at == CERTIFICATE[0].signed_at
    assert row.has_plan


def test_a_plan_can_be_signed_after_the_certificate(store):
    store.save_case("a", TESS, 0)
    store.sign("a", 1, [CERTIFICATE], [])
    assert not store.cases()[0].has_plan
    assert store.save_case("a", answering(TESS, plan_goal="Tillbaka i februari"), 2) == 3
    assert store.sign("a", 3, [PLAN], [DV077]) == 4
    assert store.cases()[0].has_plan
    assert [given(each) for each in store.open_case("a").procedures] == [DV077]


def given(registered):
    """What was asked to be recorded, without who and when."""
    return Procedure(**{name: getattr(registered, name) for name in Procedure.model_fields})


def test_a_stale_signature_is_refused_and_leaves_nothing(store):
    store.save_case("a", TESS, 0)
    store.save_case("a", TESS, 1)
    with pytest.raises(StaleRecord):
        store.sign("a", 1, [CERTIFICATE, PLAN], [DV077])
    found = store.open_case("a")
    assert (found.version, found.documents, found.procedures) == (2, (), ())


@pytest.mark.parametrize(
    ("first", "then", "procedures", "why"),
    [
        ([CERTIFICATE], [(document(name="d2"), b"")], [], "not_allowed.second_certificate"),
        ([PLAN], [(document(DocumentKind.PLAN, name="p2"), b"")], [], "not_allowed.second_plan"),
        ([], [CERTIFICATE, (document(name="d2"), b"")], [], "not_allowed.second_certificate"),
        ([], [(document(patient=Patient(name="Sven")), b"")], [], "not_allowed.other_patient"),
        ([], [PLAN], [DV077, DV077], "not_allowed.procedure"),
        ([], [CERTIFICATE], [DV077.changed(source="d1")], "not_allowed.procedure"),
        ([PLAN], [CERTIFICATE], [DV077], "not_allowed.procedure"),
    ],
)
def test_what_must_not_be_signed_is_refused_whole(store, first, then, procedures, why):
    version = store.save_case("a", TESS, 0)
    if first:
        version = store.sign("a", version, first, [])
    before = store.open_case("a")
    with pytest.raises(NotAllowed) as refused:
        store.sign("a", version, then, procedures)
    assert refused.value.text_key == why
    assert store.open_case("a") == before


def signed(store, *documents):
    return store.sign("a", store.save_case("a", TESS, 0), list(documents), [])


@pytest.mark.parametrize(
    ("documents", "change", "why"),
    [
        ([CERTIFICATE], {"answers": {**TESS.answers, "25": "mer"}}, "not_allowed.certificate_signed"),
        ([CERTIFICATE], {"patient": Patient(name="Sven")}, "not_allowed.certificate_signed"),
        ([CERTIFICATE], {"earlier": None}, "not_allowed.certificate_signed"),
        ([CERTIFICATE, PLAN], {"answers": {**TESS.answers, "25": "mer"}}, "not_allowed.certificate_signed"),
    ],
)
def test_what_is_signed_does_not_change(store, documents, change, why):
    version = signed(store, *documents)
    with pytest.raises(NotAllowed) as refused:
        store.save_case("a", TESS.changed(**change), version)
    assert refused.value.text_key == why
    found = store.open_case("a")
    assert (found.consultation, found.version) == (TESS, version)


@pytest.mark.parametrize("documents", [[CERTIFICATE], [PLAN], [CERTIFICATE, PLAN]])
@pytest.mark.parametrize(
    "change",
    [
        {"answers": {**TESS.answers, "plan.goal": "mer"}},
        {"answers": {ref: value for ref, value in TESS.answers.items() if not ref.startswith("plan.")}},
        {"drafted": {"plan.purpose": "förr"}},
        {"no_plan": "Patienten vill vänta"},
    ],
)
def test_the_plan_stays_open_whatever_is_signed(store, documents, change):
    version = signed(store, *documents)
    assert store.save_case("a", TESS.changed(**change), version) == version + 1
    assert store.open_case("a").consultation == TESS.changed(**change)


def test_a_signed_case_is_not_saved_over_a_newer_one_either(store):
    version = signed(store, CERTIFICATE)
    store.save_case("a", answering(TESS, plan_goal="först"), version)
    with pytest.raises(StaleRecord):
        store.save_case("a", answering(TESS, plan_goal="sen"), version)


@pytest.mark.parametrize("documents", [[CERTIFICATE], [PLAN], [CERTIFICATE, PLAN]])
def test_a_signed_case_is_not_discarded(store, documents):
    version = signed(store, *documents)
    with pytest.raises(NotAllowed):
        store.discard_case("a", version)
    assert store.open_case("a").consultation == TESS


def test_ten_years_later_what_was_signed_is_the_same_and_still_cannot_be_removed(store, clock):
    """Patientdatalagen 3 kap. 17 §: at least ten years after the last entry. Nothing here ever removes it."""
    store.save_case("a", TESS, 0)
    store.sign("a", 1, [CERTIFICATE], [])
    clock.instant += timedelta(days=10 * 366)
    assert store.document("d1") == CERTIFICATE[0]
    assert store.preview("d1") == b"%PDF certificate"
    with pytest.raises(NotAllowed):
        store.discard_case("a", 2)
    assert [row.id for row in store.cases()] == ["a"]


def test_an_unknown_document_is_a_key_error(store):
    for ask in (
        store.document,
        store.preview,
        lambda name: store.release(name, Recipient.FK, Activity.EXPORT, Received()),
    ):
        with pytest.raises(KeyError):
            ask("nobody")


def test_record_and_pdf_are_kept_with_their_hashes_and_a_changed_byte_is_damage(store):
    store.save_case("a", TESS, 0)
    store.sign("a", 1, [CERTIFICATE, PLAN], [DV077])
    with store._db.begin():
        kept = store._db.exec_driver_sql("SELECT record, pdf, sha256, record_sha256 FROM documents").all()
    for record, pdf, of_pdf, of_record in kept:
        assert hashlib.sha256(pdf).hexdigest() == of_pdf
        assert hashlib.sha256(record.encode()).hexdigest() == of_record
        assert json.dumps(json.loads(record), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == record
    raw = engine.raw(store._db)
    raw.set_authorizer(None)
    raw.execute("DROP TRIGGER documents_update")
    raw.execute("UPDATE documents SET record = replace(record, 'Samtal', 'Sömtal')")
    for name in ("d1", "p1"):
        with pytest.raises(StoreDamaged):
            store.document(name)


FROZEN = [
    "UPDATE documents SET pdf = x'00'",
    "UPDATE documents SET signed_at = ''",
    "DELETE FROM documents",
    "INSERT OR REPLACE INTO documents SELECT id, case_id, kind, '', record, x'', sha256, '' FROM documents",
    "UPDATE procedures SET code = 'GC001'",
    "DELETE FROM procedures",
    "DELETE FROM cases",
    "UPDATE audit SET record = '{}'",
    "DELETE FROM audit",
    "DELETE FROM audit WHERE seq = 1",
    "INSERT OR REPLACE INTO audit SELECT seq, time, activity, case_id, '{}' FROM audit",
]


@pytest.mark.parametrize("statement", FROZEN)
def test_the_database_itself_refuses_to_touch_what_is_signed_or_logged(store, statement):
    store.save_case("a", TESS, 0)
    store.sign("a", 1, [CERTIFICATE, PLAN], [DV077])
    before = log_of(store), store.preview("d1")
    with pytest.raises(sa.exc.IntegrityError, match="frozen"), store._db.begin():
        store._db.exec_driver_sql(statement)
    assert (log_of(store)[: len(before[0])], store.preview("d1")) == before


def test_how_the_laws_days_stand_may_be_set_after_the_certificate_is_signed(store):
    """They say nothing of what it certifies; what does stays as it was."""
    version = store.sign("a", store.save_case("a", TESS, 0), [CERTIFICATE], [])
    told = TESS.changed(stops=(Stop(day=8, status="done"),))
    version = store.save_case("a", told, version)
    assert store.open_case("a").consultation == told
    with pytest.raises(NotAllowed):
        store.save_case("a", told.changed(days_before=(DaysBefore(on=date(2026, 11, 23), days=60),)), version)


def test_a_document_signed_before_plans_had_versions_keeps_its_bytes():
    """What came later is written only where it says something, so that an old record and its hash stay the same."""
    before = (
        '{"answers":{"plan.measures":[{"owner":"Psykolog","what":"Samtal","when":"2026-12-02"}]},"form":["plan","1.0"]'
    )
    answers = {"plan.measures": (Measure(what="Samtal", owner="Psykolog", when="2026-12-02"),)}
    plan = document(DocumentKind.PLAN).changed(form=("plan", "1.0"), answers=answers)
    signed = canonical_json(plan)
    assert before in signed
    assert '"version"' not in signed
    assert canonical_json(Document.model_validate_json(signed)) == signed
    second = plan.changed(version=2)
    assert Document.model_validate_json(canonical_json(second)) == second


def test_the_list_tells_the_follow_up_of_the_plan_in_force(store):
    """A drafted day stands in the signed plan alone, and one that is being changed holds only once it is signed."""
    store.save_case("a", TESS.changed(answers={"32": TESS.answers["32"]}), 0)
    plan = document(DocumentKind.PLAN, name="p1").changed(answers={"plan.followup": "2026-12-18"})
    version = store.sign("a", 1, [(document(), b"%PDF"), (plan, b"%PDF plan")], [])
    assert [str(row.followup) for row in store.cases()] == ["2026-12-18"]
    record = store.open_case("a").consultation
    later = answering(record, **{"plan.followup": "2027-01-15"})
    version = store.save_case("a", later, version)
    assert [str(row.followup) for row in store.cases()] == ["2026-12-18"]
    second = plan.changed(id="p2", version=2, answers={"plan.followup": "2027-01-15"})
    store.sign("a", version, [(second, b"%PDF 2")], [])
    assert [str(row.followup) for row in store.cases()] == ["2027-01-15"]
