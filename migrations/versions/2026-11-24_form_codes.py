"""Codes of forms are kept so that only who holds the form can find them, and forms go out by mail.

The code of a form follows from its row now. Those that were drawn by chance cannot be kept without their
text, so forms that are out when this runs have to be taken anew, and typed in under their new code; what was
entered from one is in its ballot.
"""

import sqlalchemy as sa
from alembic import op

revision = "b0c1d2e3f401"
down_revision = "4d3342ac8e59"


def upgrade() -> None:
    drop_forms()
    create_forms(
        sa.Column("panellist_id", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("proposals", sa.JSON(), server_default="{}", nullable=False),
        sa.UniqueConstraint("digest", name=op.f("uq_paper_form_digest")),
    )
    op.add_column("membership", sa.Column("forms_by_mail", sa.Boolean(), nullable=True))
    op.add_column(
        "seminar", sa.Column("forms_by_mail", sa.Boolean(), server_default=sa.false(), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("seminar", "forms_by_mail")
    op.drop_column("membership", "forms_by_mail")
    drop_forms()
    create_forms(
        sa.Column("panellist_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.UniqueConstraint("code", name=op.f("uq_paper_form_code")),
    )


def drop_forms() -> None:
    """Forms, and what came back of them."""
    op.drop_table("paper_entry")
    op.drop_table("paper_form")


def create_forms(*columns: sa.Column[object] | sa.UniqueConstraint) -> None:
    """Both tables, with what tells one form from another."""
    op.create_table(
        "paper_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["panellist_id"], ["panellist.id"], name=op.f("fk_paper_form_panellist_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_paper_form_round_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_form")),
        sa.UniqueConstraint("round_id", "panellist_id", name=op.f("uq_paper_form_round_id_panellist_id")),
        sqlite_with_rowid=False,
    )
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
