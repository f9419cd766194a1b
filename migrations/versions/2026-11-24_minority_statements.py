"""Minority statements, their supporters and their wordings."""

import sqlalchemy as sa
from alembic import op

revision = "b0c1d2e3f404"
down_revision = "b0c1d2e3f402"

STATES = "state IN ('written', 'edited', 'approved', 'released', 'withheld', 'withdrawn')"


def upgrade() -> None:
    op.create_table(
        "minority_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seminar_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("item_version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column("counted", sa.Integer(), nullable=True),
        sa.Column("raters", sa.Integer(), nullable=True),
        sa.CheckConstraint(STATES, name=op.f("ck_minority_statement_state")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_minority_statement_item_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_minority_statement_round_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["seminar_id"], ["seminar.id"], name=op.f("fk_minority_statement_seminar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minority_statement")),
        sa.UniqueConstraint(
            "seminar_id", "reference", name=op.f("uq_minority_statement_seminar_id_reference")
        ),
        sqlite_with_rowid=False,
    )
    for column in ("item_id", "round_id"):
        op.create_index(op.f(f"ix_minority_statement_{column}"), "minority_statement", [column])

    op.create_table(
        "minority_wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_author", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_minority_wording_number")),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["minority_statement.id"],
            name=op.f("fk_minority_wording_statement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minority_wording")),
        sa.UniqueConstraint("statement_id", "number", name=op.f("uq_minority_wording_statement_id_number")),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "minority_owner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("panellist_id", sa.Uuid(), nullable=False),
        sa.Column("wrote", sa.Boolean(), nullable=False),
        sa.Column("approved", sa.Integer(), nullable=False),
        sa.Column("replied", sa.Integer(), nullable=False),
        sa.Column("reply", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["panellist_id"],
            ["panellist.id"],
            name=op.f("fk_minority_owner_panellist_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["minority_statement.id"],
            name=op.f("fk_minority_owner_statement_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minority_owner")),
        sa.UniqueConstraint(
            "statement_id", "panellist_id", name=op.f("uq_minority_owner_statement_id_panellist_id")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_minority_owner_panellist_id"), "minority_owner", ["panellist_id"])


def downgrade() -> None:
    for table in ("minority_owner", "minority_wording", "minority_statement"):
        op.drop_table(table)
