"""The door of the store. Every call checks state and version and writes its log row in the same transaction."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

from fmstod.domain.consultation import FORM, Consultation
from fmstod.domain.document import Document, DocumentKind
from fmstod.domain.event import Asked, Event, Revocation
from fmstod.domain.inquiry import Inquiry
from fmstod.domain.issuer import Issuer
from fmstod.domain.lifecycle import Life, Mark, Origin, Relation, State
from fmstod.domain.listing import Wanted, Which
from fmstod.domain.period import Period
from fmstod.domain.procedure import Procedure, Registered
from fmstod.domain.record import Record
from fmstod.domain.review import Review
from fmstod.sickleave.cases import Certificate
from fmstod.storage.checker_door import Checker
from fmstod.storage.drafts_door import Drafts
from fmstod.storage.followup_door import FollowUps
from fmstod.storage.procedure_door import Procedures


class Recipient(StrEnum):
    """Who gets a copy (PDL 3:11)."""

    PATIENT = "patient"
    FK = "fk"
    JOURNAL = "journal"


class Activity(StrEnum):
    """What an audit row is about (safety.md 7a); the value is written in the log."""

    LOGIN = "Logga in"
    LIST = "Lista"
    READ = "Läsa"
    WRITE = "Skriva"
    SIGN = "Signera"
    PRINT = "Utskrift"
    EXPORT = "Export"
    COPY = "Kopiera"
    DISCARD = "Radera"
    BACKUP = "Säkerhetskopia"
    LOCK = "Låsa"
    LOCK_DRAFT = "Låsa utkast"
    REVOKE = "Makulera"
    INQUIRY = "Fråga och svar"
    FOLLOW_UP = "Uppföljning"
    CLOSE = "Avsluta"
    PROCEDURE = "Åtgärdskod"
    FMB = "FMB-uppdatering"


class DocumentRow(Record):
    """A signed document as the lists show it."""

    id: str
    kind: DocumentKind
    signed_at: datetime


class CaseRow(Record):
    """A case as the start view lists it; `version` counts saves. Unsigned: `signed_at` is None.

    `state` is the certificate's; the plan has no life of its own. `asked` counts Försäkringskassan's questions that wait
    for an answer, `answer_by` is the day of the first of them that has one. `span` are the ends of a leave
    without degrees, which only `Lives.of_patient` tells.
    """

    id: str
    version: int
    name: str
    number: str
    protected: bool = False
    born: date | None
    diagnosis: str
    diagnosis_text: str
    periods: tuple[Period, ...]
    changed_at: datetime
    signed_at: datetime | None
    has_plan: bool
    followup: date | None
    state: State = State.DRAFT
    form: tuple[str, str] = FORM
    asked: int = 0
    answer_by: date | None = None
    span: tuple[date, date] | None = None


class Listing(NamedTuple):
    """A part of the list of cases; `counts` of all in each part that the words find, `waits` what was named besides."""

    rows: tuple[CaseRow, ...]
    counts: Mapping[Which, int] = {}
    waits: tuple[CaseRow, ...] = ()


class CaseFacts(Record):
    """What FMB is asked with for a case: its codes, the answers about them, and Work.load. Nothing of who it is about."""

    id: str
    codes: tuple[str, ...]
    conditions: Mapping[str, str | bool]
    load: str


class StoredCase(Record):
    """`life` and `origin` are the certificate's, `events` all that has happened to the case, oldest first."""

    id: str
    version: int
    consultation: Consultation
    documents: tuple[DocumentRow, ...] = ()
    procedures: tuple[Registered, ...] = ()
    life: Life = Life()
    origin: Origin | None = None
    events: tuple[Event, ...] = ()


class SealKey(NamedTuple):
    """The unit's certificate as DER, and its key's signature of given bytes: ECDSA P-256 with SHA-256, as DER."""

    certificate: bytes
    sign: Callable[[bytes], bytes]


# Given what leaves: entered to make it ready, left to let it go. Left by an error, nothing goes.
Way: TypeAlias = Callable[[bytes], AbstractContextManager[None]]
# Puts a mark on a PDF, which stays as it was signed in the store.
Marking: TypeAlias = Callable[[bytes, Mark], bytes]


class Lives(Drafts, Protocol):
    """The steps of a certificate's life after writing and signing, each in one transaction with its log row.

    Each raises NotAllowed with the reason that `transitions.refusal` gives, KeyError for a case that isn't there.
    """

    def of(self, case: str) -> tuple[Life, tuple[Event, ...]]:
        """The life of a case and what has happened in it. For a case that stands open: that it was read is logged."""

    def begin(self, case: str, consultation: Consultation, kind: Relation, of_case: str) -> int:
        """A new case `case` made out of another, of the same patient; returns its version."""

    def revoke(self, case: str, reason: Revocation, text: str = "") -> None:
        """For good. A reason of one's own needs words; open questions are closed."""

    def note(self, case: str, asked: Asked) -> None:
        """A question that has come, or that the unit has put; `asked.id` is a uuid4 from the caller."""

    def answer(self, case: str, inquiry: str, text: str) -> None:
        """The answer in words, whoever gave it. One that is a certificate is noted when that is signed."""

    def inquiries(self) -> tuple[tuple[str, Inquiry], ...]:
        """All questions with the case that each belongs to, oldest first. Logged as a list."""

    def of_patient(self, case: str) -> tuple[CaseRow, ...]:
        """All cases with the number of this one's patient, itself among them, oldest first. Logged as read.

        Without a number it is the only one: nobody knows whose the others are.
        """

    def certificates(self, number: str, case: str) -> tuple[Certificate, ...]:
        """What the signed certificates of the patient with this number tell of days; none without a number.

        Logged as read for the work on `case`, in one row that names each; also when there were none.
        """


class Store(Protocol):
    """Implemented by `sql.py`; tests open it with a cheap key. Instants are UTC."""

    @property
    def lives(self) -> Lives:
        """The certificates' lives."""

    @property
    def followups(self) -> FollowUps:
        """The follow-ups of plans, and what is due."""

    @property
    def procedures(self) -> Procedures:
        """The KVÅ codes."""

    @property
    def checker(self) -> Checker:
        """What the checker of quality remembers."""

    def cases(self, search: str = "") -> tuple[CaseRow, ...]:
        """Drafts and signed cases, latest change first, by part of name, number, code or diagnosis text."""

    def listing(self, wanted: Wanted) -> Listing:
        """A part of the list, its rows read and logged alone; in `waits` what is named besides and what has been asked."""

    def open_cases(self, today: date) -> tuple[CaseRow, ...]:
        """The drafts, and the signed cases that run, lie ahead or may have a follow-up ahead; latest change first."""

    def open_case(self, case: str) -> StoredCase:
        """The case with its documents. Raises KeyError if there is none."""

    def save_case(self, case: str, consultation: Consultation, version: int) -> int:
        """Save and return the new version; `version` 0 makes a new case with the id `case` (a uuid4 from the caller).

        Raises StaleRecord if the stored version isn't `version`, NotAllowed once the draft is locked, once the
        certificate is signed and anything but `plan.*` answers, `drafted` or `no_plan` changed; StoreUnwritable.
        """

    def discard_case(self, case: str, version: int) -> Consultation:
        """Remove an unsigned draft and return it, so that it can be saved anew. Raises StaleRecord, NotAllowed."""

    def sign(
        self, case: str, version: int, documents: Sequence[tuple[Document, bytes]], procedures: Sequence[Procedure]
    ) -> int:
        """Freeze documents with their PDFs and record the procedures, in one transaction; returns the new version.

        A case has at most one signed certificate; of its plans the newest counts. DV077 is recorded for the first plan of a
        sick leave alone. What another case asked for is answered by it. Raises StaleRecord, NotAllowed.
        """

    def document(self, document: str) -> Document:
        """Logged as read. Raises KeyError if there is none."""

    def preview(self, document: str) -> bytes:
        """The stored PDF, to be shown in the window. Logged as read."""

    def release(
        self,
        document: str,
        recipient: Recipient,
        activity: Activity,
        way: Way,
        reason: str = "",
        marking: Marking | None = None,
    ) -> None:
        """Let the stored PDF out on its way to a recipient; a certificate that no longer holds only with its mark (H12).

        `way` gets the PDF and makes all ready before the row is written; what is ready leaves once the row is safe: no
        row, no file (L-09). What fails (CannotWrite, CannotPrint) is logged as failed and not as a release.
        """

    def log(
        self,
        activity: Activity,
        case: str = "",
        recipient: Recipient | None = None,
        reason: str = "",
        way: AbstractContextManager[None] | None = None,
    ) -> None:
        """One audit row for something that leaves by another door (journal text, a draft), on its `way` as above."""

    def issuer(self) -> Issuer: ...

    def save_issuer(self, issuer: Issuer) -> None: ...

    def seal_key(self, unit: str, at: datetime, draw: Callable[[int], bytes]) -> SealKey:
        """The seal for a unit of this name; made, and logged, when there is none that holds at this instant."""

    def seals(self) -> tuple[bytes, ...]:
        """The certificates of all seals there have been here, as DER, oldest first."""

    def reviews(self) -> tuple[Review, ...]:
        """What clinicians here have read of FMB, one for each content, the latest."""

    def save_review(self, review: Review) -> None: ...

    def take_back_review(self, review: Review) -> None:
        """It was a mistake: what it read stands without a review again."""

    def fmb_seen(self) -> str:
        """The edition of FMB whose changes the physician has seen; empty before the first."""

    def fmb_facts(self, cases: Sequence[str]) -> tuple[CaseFacts, ...]:
        """What FMB is asked with for these cases. Logged as one look for an update of FMB. Raises KeyError."""

    def see_fmb(self, edition: str) -> None:
        """The changes up to this edition have been seen. Logged as what it is, an update of FMB."""

    def backup(self, file: Path) -> None:
        """A checked, encrypted copy of database and key file as one file. Raises CannotWrite, StoreDamaged."""

    def backup_daily(self, folder: Path, today: date) -> bool:
        """One a day, the seven latest kept; False if today's is already there."""

    def last_backup(self) -> datetime | None: ...

    def checkpoint(self) -> None:
        """Move the write-ahead log into the database: at lock, sign and exit."""

    def close(self) -> None: ...
