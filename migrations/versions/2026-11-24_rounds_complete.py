"""Rounds in full: deadlines of one, glimpses, forms on paper, blueprints, reminders, form clerks.

Tables to which others refer are built anew here on SQLite: see `app.db.rebuilding`.
"""

import sqlalchemy as sa
from alembic import op

revision = "4d3342ac8e59"
down_revision = "ac0acbd68f92"

ITEM_OR_CRITERION = "(item_id IS NULL) <> (criterion_id IS NULL)"
ROLES = "role IN ('expert', 'facilitator', 'organiser', 'observer', 'clerk')"
ROLES_BEFORE = "role IN ('expert', 'facilitator', 'organiser', 'observer')"


def give_roles(allowed: str) -> None:
    """Who a member can be."""
    with op.batch_alter_table("membership") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_membership_role"), type_="check")
        batch_op.create_check_constraint(batch_op.f("ck_membership_role"), allowed)


def upgrade() -> None:
    op.create_table(
        "blueprint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.String(length=1000), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint("scope IN ('round', 'plan')", name=op.f("ck_blueprint_scope")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_blueprint_owner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blueprint")),
    )
    op.create_index(op.f("ix_blueprint_owner_id"), "blueprint", ["owner_id"], unique=False)

    op.create_table(
        "deadline",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"], ["membership.id"], name=op.f("fk_deadline_membership_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_deadline_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.UniqueConstraint("round_id", "membership_id", name=op.f("uq_deadline_round_id_membership_id")),
    )
    op.create_table(
        "paper_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("panellist_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["panellist_id"], ["panellist.id"], name=op.f("fk_paper_form_panellist_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_paper_form_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_form")),
        sa.UniqueConstraint("code", name=op.f("uq_paper_form_code")),
        sa.UniqueConstraint("round_id", "panellist_id", name=op.f("uq_paper_form_round_id_panellist_id")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "reminder_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("postponed_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
            name=op.f("fk_reminder_choice_membership_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_choice")),
        sa.UniqueConstraint("membership_id", name=op.f("uq_reminder_choice_membership_id")),
    )
    op.create_table(
        "glimpse",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("counted", sa.JSON(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("method", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_glimpse_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glimpse")),
        sa.UniqueConstraint("question_id", name=op.f("uq_glimpse_question_id")),
    )
    op.create_table(
        "helpful_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("panellist_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("item_code", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["panellist_id"], ["panellist.id"], name=op.f("fk_helpful_mark_panellist_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_helpful_mark_question_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helpful_mark")),
        sa.UniqueConstraint(
            "panellist_id",
            "question_id",
            "item_code",
            "digest",
            name=op.f("uq_helpful_mark_panellist_id_question_id_item_code_digest"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_helpful_mark_question_id"), "helpful_mark", ["question_id"], unique=False)

    op.create_table(
        "paper_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("by_clerk", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint("state IN ('read', 'confirmed', 'dropped')", name=op.f("ck_paper_entry_state")),
        sa.ForeignKeyConstraint(
            ["form_id"], ["paper_form.id"], name=op.f("fk_paper_entry_form_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entry")),
        sa.UniqueConstraint("form_id", "number", name=op.f("uq_paper_entry_form_id_number")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("message") as batch_op:
        batch_op.add_column(sa.Column("occasion", sa.String(length=64), server_default="", nullable=False))
        batch_op.create_unique_constraint(
            batch_op.f("uq_message_membership_id_round_id_kind_occasion"),
            ["membership_id", "round_id", "kind", "occasion"],
        )

    op.add_column("participation", sa.Column("started_on", sa.Date(), nullable=True))
    op.add_column("seal", sa.Column("submitted", sa.Boolean(), server_default=sa.true(), nullable=False))

    op.add_column("round", sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column(
        "round", sa.Column("reveal", sa.String(length=32), server_default="publication", nullable=False)
    )
    op.add_column("round", sa.Column("counts_saved", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("round", sa.Column("reminders", sa.JSON(), server_default="[7, 2]", nullable=False))
    # the staff could read these since they were closed
    op.execute("UPDATE round SET looked_at = closed_at WHERE state IN ('closed', 'published')")

    with op.batch_alter_table("subject") as batch_op:
        batch_op.add_column(sa.Column("criterion_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("item_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_unique_constraint(
            batch_op.f("uq_subject_question_id_criterion_id"), ["question_id", "criterion_id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_subject_criterion_id"), "criterion", ["criterion_id"], ["id"]
        )
        batch_op.create_check_constraint(batch_op.f("ck_subject_item_or_criterion"), ITEM_OR_CRITERION)

    give_roles(ROLES)


def downgrade() -> None:
    # with all that hangs on them: on SQLite nothing follows by itself here
    clerks = "SELECT id FROM membership WHERE role = 'clerk'"
    for table in ("message", "invitation", "pseudonym_link", "participation", "deadline", "reminder_choice"):
        op.execute(f"DELETE FROM {table} WHERE membership_id IN ({clerks})")  # noqa: S608 - our own words
    op.execute("DELETE FROM membership WHERE role = 'clerk'")
    give_roles(ROLES_BEFORE)

    op.execute("DELETE FROM subject WHERE item_id IS NULL")
    with op.batch_alter_table("subject") as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_subject_item_or_criterion"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_subject_criterion_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_subject_question_id_criterion_id"), type_="unique")
        batch_op.alter_column("item_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("criterion_id")

    for column in ("reminders", "counts_saved", "reveal", "looked_at"):
        op.drop_column("round", column)

    op.drop_column("participation", "started_on")
    # what was saved and not submitted counts in none of the rounds that an earlier version knows
    op.execute("DELETE FROM seal WHERE NOT submitted")
    op.drop_column("seal", "submitted")

    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_message_membership_id_round_id_kind_occasion"), type_="unique"
        )
        batch_op.drop_column("occasion")

    op.drop_table("paper_entry")
    op.drop_table("helpful_mark")
    op.drop_table("glimpse")
    op.drop_table("reminder_choice")
    op.drop_table("paper_form")
    op.drop_table("deadline")
    op.drop_table("blueprint")
