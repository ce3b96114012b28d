"""Tables that are not derived: journal, identity, circles, deeds, drafts, settings, accesses; migrated with care."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

FORMAT = 1
"""The number of this layout, kept in ``user_version``."""

kept = MetaData()

meta = Table(
    "meta", kept,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary),
    sqlite_with_rowid=False,
)  # fmt: skip

desk = Table(
    "desk", kept,
    Column("id", Integer, primary_key=True),
    Column("uuid", LargeBinary, nullable=False, unique=True),
)  # fmt: skip
"""Every desk whose changes stand here, mine among them."""

identity = Table(
    "identity", kept,
    Column("desk", Integer, primary_key=True),
    Column("public", LargeBinary, nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("since", Integer, nullable=False),
)  # fmt: skip
"""The desks that this store has been: the last one writes, the others keep their keys for what they received."""

circle = Table(
    "circle", kept,
    Column("id", Integer, primary_key=True),
    Column("uuid", LargeBinary, nullable=False, unique=True),
    Column("sort", Text, nullable=False),
    Column("about", LargeBinary),
    Column("readers", LargeBinary, nullable=False),
    Column("founder", LargeBinary, nullable=False),
    Column("nonce", LargeBinary, nullable=False),
    Index("circle_wish", "about", "sort", "readers"),
)  # fmt: skip
"""``readers``: the professionals' ids, sorted, one after the other; empty for a circle only heard of."""

deed = Table(
    "deed", kept,
    Column("id", Integer, primary_key=True),
    Column("uuid", LargeBinary, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("hlc", Integer, nullable=False),
    Column("undoable", Boolean, nullable=False),
    Column("mine", Boolean, nullable=False),
)  # fmt: skip

record = Table(
    "record", kept,
    Column("id", Integer, primary_key=True),
    Column("uuid", LargeBinary, nullable=False),
    Column("circle", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("seq", Integer),
    UniqueConstraint("uuid", "circle", "kind"),
)  # fmt: skip
"""``seq`` is derived: the change that is the sole head of every register not listed in ``head``.

The kind belongs to the key: a same id used for two kinds by a faulty writer is two records, whoever came first.
"""

change = Table(
    "change", kept,
    Column("seq", Integer, primary_key=True),
    Column("desk", Integer, nullable=False),
    Column("circle", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("hlc", Integer, nullable=False),
    Column("record", Integer, nullable=False),
    Column("deed", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("desk", "circle", "n"),
    Index("change_record", "record", "seq"),
    Index("change_deed", "deed"),
)  # fmt: skip

erased = Table(
    "erased", kept,
    Column("circle", Integer, primary_key=True),
    Column("desk", Integer, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("reg", Text, primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip
"""What was erased, kept even where the change itself never arrived: a late stick cannot revive it."""

gone = Table(
    "gone", kept,
    Column("id", LargeBinary, primary_key=True),
    Column("until_ms", Integer, nullable=False),
)  # fmt: skip
"""Drafts and records erased whole: a draft of them kept until then, in an old backup, must not come back."""

draft = Table(
    "draft", kept,
    Column("id", LargeBinary, primary_key=True),
    Column("state", Text, nullable=False),
    Column("record", LargeBinary),
    Column("touched_ms", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)  # fmt: skip

setting = Table(
    "setting", kept,
    Column("key", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
"""Settings, import mappings and reports, as canonical JSON."""

access_sitting = Table(
    "access_sitting", kept,
    Column("id", Integer, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("reader", LargeBinary, nullable=False),
    Column("before", LargeBinary, nullable=False),
    Column("root", LargeBinary, nullable=False),
)  # fmt: skip
"""A sitting of the register of accesses: the key its lines are drawn from, sealed to ``reader``; see accesses.py."""

access = Table(
    "access", kept,
    Column("n", Integer, primary_key=True),
    Column("sitting", Integer, nullable=False),
    Column("before", LargeBinary, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("sum", LargeBinary, nullable=False),
)  # fmt: skip

paper = Table(
    "paper", kept,
    Column("id", LargeBinary, primary_key=True),
    Column("made_ms", Integer, nullable=False),
    Column("printed_ms", Integer),
    Column("about", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)  # fmt: skip
"""Sheets that wait for a printer, of this desk alone; ``about``: ids of whom they speak, one after the other."""


def create(connection: Connection) -> None:
    """Make the tables that a fresh store lacks."""
    kept.create_all(connection)
    connection.exec_driver_sql(f"PRAGMA user_version={FORMAT}")
