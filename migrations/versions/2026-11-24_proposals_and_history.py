"""Proposals, what becomes of items, and several questions on a ballot."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "ac0acbd68f92"
down_revision = "8a41f2c07b95"
ONE_TEXT = "uq_rationale_revision_ballot_id_subject_id_revision"
ONE_PART = "uq_rationale_revision_ballot_id_subject_id_part_revision"

# SQLite changes a table by copying it: the copy must not tell the order of writing either
UNORDERED: dict[str, Any] = {"sqlite_with_rowid": False}


def upgrade() -> None:
    op.create_table(
        "item_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "kind IN ('accepted', 'reworded', 'merged', 'split', 'retired', 'imported')",
            name=op.f("ck_item_change_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["item.id"], name=op.f("fk_item_change_into_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_item_change_item_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_change")),
    )
    with op.batch_alter_table("item_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_change_into_id"), ["into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_change_item_id"), ["item_id"], unique=False)

    op.create_table(
        "held_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("item_code", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("instead", sa.String(length=4000), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_held_text_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_text")),
        sa.UniqueConstraint(
            "question_id", "item_code", "digest", name=op.f("uq_held_text_question_id_item_code_digest")
        ),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("seminar_id", sa.Uuid(), nullable=False),
        sa.Column("panellist_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=True),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("text", sa.String(length=8000), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("links", sa.JSON(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("item_version", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.CheckConstraint(
            "kind IN ('element', 'threat', 'stakeholder', 'framework', 'practice', 'gap', 'opportunity', 'option')",
            name=op.f("ck_proposal_kind"),
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'accepted', 'merged', 'declined', 'withdrawn')",
            name=op.f("ck_proposal_state"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["item.id"], name=op.f("fk_proposal_item_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["panellist_id"], ["panellist.id"], name=op.f("fk_proposal_panellist_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_proposal_question_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["seminar_id"], ["seminar.id"], name=op.f("fk_proposal_seminar_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("seminar_id", "reference", name=op.f("uq_proposal_seminar_id_reference")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_panellist_id"), ["panellist_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_question_id"), ["question_id"], unique=False)

    op.create_table(
        "remark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_author", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(length=2000), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_remark_number")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_remark_proposal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_remark_proposal_id_number")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("answer_revision", table_kwargs=UNORDERED) as batch_op:
        batch_op.alter_column("criterion", existing_type=sa.String(12), type_=sa.String(40))
    with op.batch_alter_table("rationale_revision", table_kwargs=UNORDERED) as batch_op:
        batch_op.add_column(sa.Column("part", sa.String(40), server_default="rationale", nullable=False))
        batch_op.drop_constraint(ONE_TEXT, type_="unique")
        batch_op.create_unique_constraint(ONE_PART, ["ballot_id", "subject_id", "part", "revision"])
    # not in a batch: to copy a table to which others refer would empty them
    op.add_column("item_version", sa.Column("minor", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("seminar", sa.Column("proposing", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    op.drop_column("seminar", "proposing")
    op.drop_column("item_version", "minor")
    # what the older tables cannot hold goes: arguments and sources, and the grades of a coverage
    op.execute("DELETE FROM rationale_revision WHERE part <> 'rationale'")
    with op.batch_alter_table("rationale_revision", table_kwargs=UNORDERED) as batch_op:
        batch_op.drop_constraint(ONE_PART, type_="unique")
        batch_op.create_unique_constraint(ONE_TEXT, ["ballot_id", "subject_id", "revision"])
        batch_op.drop_column("part")
    op.execute("DELETE FROM answer_revision WHERE length(criterion) > 12")
    with op.batch_alter_table("answer_revision", table_kwargs=UNORDERED) as batch_op:
        batch_op.alter_column("criterion", existing_type=sa.String(40), type_=sa.String(12))
    op.drop_table("remark")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_question_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_panellist_id"))
        batch_op.drop_index(batch_op.f("ix_proposal_item_id"))

    op.drop_table("proposal")
    op.drop_table("held_text")
    with op.batch_alter_table("item_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_change_item_id"))
        batch_op.drop_index(batch_op.f("ix_item_change_into_id"))

    op.drop_table("item_change")
