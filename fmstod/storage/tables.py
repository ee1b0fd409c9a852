"""The tables. A record is JSON, so a new field costs no migration; the columns beside it are for finding it."""

import sqlalchemy as sa

from fmstod.domain.document import DocumentKind

SCHEMA_VERSION = 7

metadata = sa.MetaData()

# `change` numbers the saves of all cases: the order of the list, whatever the clock did meanwhile (T-19).
# `search` is the folded text that a search looks in, from the allowed fields only (L-18). `form`, `days_before` (of sick
# leave, before the periods) and the first and last day of the periods are there to find what is due. So are `purpose` and
# `measure`, whether the plan in force holds them, and `set_days`, the dates that somebody has set for days of the law.
cases = sa.Table(
    "cases",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("change", sa.Integer, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("born", sa.Text),
    sa.Column("diagnosis", sa.Text, nullable=False),
    sa.Column("diagnosis_text", sa.Text, nullable=False),
    sa.Column("periods", sa.Text, nullable=False),
    sa.Column("followup", sa.Text),
    sa.Column("search", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Text, nullable=False),
    sa.Column("signed_at", sa.Text),
    sa.Column("has_plan", sa.Boolean, nullable=False, default=False),
    sa.Column("form", sa.Text),
    sa.Column("days_before", sa.Integer),
    sa.Column("first_day", sa.Text),
    sa.Column("last_day", sa.Text),
    sa.Column("purpose", sa.Boolean),
    sa.Column("measure", sa.Boolean),
    sa.Column("set_days", sa.Text),
    sa.Column("record", sa.Text, nullable=False),
)

# All that the due list asks of a case: without it each row's whole record would have to be decrypted.
sa.Index(
    "cases_due",
    *(
        cases.c[name]
        for name in (
            "id",
            "number",
            "form",
            "days_before",
            "first_day",
            "last_day",
            "followup",
            "has_plan",
            "purpose",
            "measure",
            "set_days",
            "periods",
            "signed_at",
        )
    ),
    sqlite_where=cases.c.signed_at.is_not(None),
)

# All that counting and searching the list asks of a case, for the same reason.
sa.Index("cases_found", *(cases.c[name] for name in ("change", "id", "signed_at", "search")))

# `record` is canonical JSON; the hashes are of its bytes and of the PDF's. One certificate of a case, and its plan as often
# as it was changed.
documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("signed_at", sa.Text, nullable=False),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("pdf", sa.LargeBinary, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("record_sha256", sa.Text),  # none for what was signed before it was kept
)
sa.Index("documents_case", documents.c.case_id, documents.c.kind, documents.c.signed_at)
sa.Index(
    "documents_certificate", documents.c.case_id, unique=True, sqlite_where=documents.c.kind == DocumentKind.CERTIFICATE
)

# One for each thing that gives a code, whatever is tried again. A mistake is said of it and takes nothing away.
procedures = sa.Table(
    "procedures",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False, index=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("on", sa.Text, nullable=False, index=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Text),
    sa.Column("contact", sa.Text),
    sa.Column("minutes", sa.Integer),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.UniqueConstraint("source", "code"),
)

mistakes = sa.Table(
    "mistakes",
    metadata,
    sa.Column("procedure", sa.ForeignKey("procedures.id"), primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

# A draft of each case at most; `done_at` freezes it. `next_day` and `on` are for finding what is due.
followups = sa.Table(
    "followups",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("case_id", sa.ForeignKey("cases.id"), nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("on", sa.Text, nullable=False),
    sa.Column("next_day", sa.Text),
    sa.Column("done_at", sa.Text),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("record", sa.Text, nullable=False),
)
sa.Index(
    "followups_coming",
    *(followups.c[name] for name in ("case_id", "on", "next_day", "done_at")),
    sqlite_where=followups.c.done_at.is_not(None),
)
sa.Index("followups_draft", followups.c.case_id, unique=True, sqlite_where=followups.c.done_at.is_(None))

issuers = sa.Table(
    "issuers",
    metadata,
    sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
    sa.Column("record", sa.Text, nullable=False),
)

# What clinicians of this unit have read of FMB, by the hash of what they read.
reviews = sa.Table(
    "reviews",
    metadata,
    sa.Column("content", sa.Text, primary_key=True),
    sa.Column("entry", sa.Integer, nullable=False),
    sa.Column("on", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
)

# The edition of FMB whose changes the physician has seen.
seen = sa.Table(
    "seen",
    metadata,
    sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
    sa.Column("edition", sa.Text, nullable=False),
)

# The seals of the unit's papers, each for a name and some years. The key of the last one is the only one kept.
seals = sa.Table(
    "seals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("certificate", sa.LargeBinary, nullable=False),
)

seal_keys = sa.Table(
    "seal_keys",
    metadata,
    sa.Column("id", sa.Integer, sa.CheckConstraint("id = 1"), primary_key=True),
    sa.Column("seal", sa.ForeignKey("seals.id"), nullable=False),
    sa.Column("secret", sa.LargeBinary, nullable=False),
)

# What has happened to each case; its state follows from that (domain/lifecycle.py). `case_id` points nowhere by force:
# a draft that is discarded and fetched back has had one life.
events = sa.Table(
    "events",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("case_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("recipient", sa.Text, nullable=False),
    sa.Column("how", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("inquiry", sa.Text, nullable=False),
    sa.Column("asked", sa.Text),
    sqlite_autoincrement=True,
)

sa.Index("events_kind", events.c.kind, events.c.case_id)

# What a case was made out of, if it was.
relations = sa.Table(
    "relations",
    metadata,
    sa.Column("case_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("of_case", sa.Text, nullable=False, index=True),
    sa.Column("of_document", sa.Text, nullable=False),
)

# What the unit has chosen, by name.
choices = sa.Table(
    "choices",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

# `case_id` points nowhere by force: the row outlives a discarded draft.
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("time", sa.Text, nullable=False),
    sa.Column("activity", sa.Text, nullable=False),
    sa.Column("case_id", sa.Text, nullable=False, index=True),
    sa.Column("record", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)

_LOCKED = "EXISTS (SELECT 1 FROM events WHERE case_id = old.id AND kind = 'locked')"
# What is signed, locked or logged is never changed or removed (L-06); the database itself says no, whoever asks.
_FROZEN = (
    *(
        (f"{table.name}_{act.lower()}", table.name, act, "true")
        for table in (documents, procedures, mistakes, seals, events, relations, audit)
        for act in ("UPDATE", "DELETE")
    ),
    *((f"followups_{act.lower()}", "followups", act, "old.done_at IS NOT NULL") for act in ("UPDATE", "DELETE")),
    ("cases_delete", "cases", "DELETE", "old.signed_at IS NOT NULL OR old.has_plan"),
    ("locked_update", "cases", "UPDATE", _LOCKED),
    ("locked_delete", "cases", "DELETE", _LOCKED),
)


@sa.event.listens_for(metadata, "after_create")
def freeze(_target: sa.MetaData, db: sa.Connection, **_: object) -> None:
    # Which drafts are to be locked is asked before each action.
    db.exec_driver_sql("CREATE INDEX IF NOT EXISTS cases_unsigned ON cases (id) WHERE signed_at IS NULL")
    for name, table, act, when in _FROZEN:
        db.exec_driver_sql(
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {act} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
        )
