"""The tables. A record is JSON, so a new field costs no migration; the columns beside it are for finding it."""

import sqlalchemy as sa

SCHEMA_VERSION = 3

metadata = sa.MetaData()

# `change` numbers the saves of all cases: the order of the list, whatever the clock did meanwhile (T-19).
# `search` is the folded text that a search looks in, from the allowed fields only (L-18).
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
    sa.Column("record", sa.Text, nullable=False),
)

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
    sa.UniqueConstraint("case_id", "kind"),
)

procedures = sa.Table(
    "procedures",
    metadata,
    sa.Column("document", sa.ForeignKey("documents.id"), primary_key=True),
    sa.Column("code", sa.Text, primary_key=True),
    sa.Column("on", sa.Text, nullable=False),
)

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

# What is signed or logged is never changed or removed (L-06); the database itself says no, whoever asks.
_FROZEN = (
    *((table.name, act, "true") for table in (documents, procedures, seals, audit) for act in ("UPDATE", "DELETE")),
    ("cases", "DELETE", "old.signed_at IS NOT NULL OR old.has_plan"),
)


@sa.event.listens_for(metadata, "after_create")
def _freeze(_target: sa.MetaData, db: sa.Connection, **_: object) -> None:
    for table, act, when in _FROZEN:
        db.exec_driver_sql(
            f"CREATE TRIGGER IF NOT EXISTS {table}_{act.lower()} BEFORE {act} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END"
        )
