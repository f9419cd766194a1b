"""Links by which observers read what is published; files that are made meanwhile; a licence of the data set."""

import sqlalchemy as sa
from alembic import op

revision = "b0c1d2e3f406"
down_revision = "b0c1d2e3f405"


def upgrade() -> None:
    op.add_column("seminar", sa.Column("licence", sa.String(length=4000), server_default="", nullable=False))
    op.create_table(
        "prepared_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seminar_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("fault", sa.String(length=300), nullable=False),
        sa.CheckConstraint("state IN ('asked', 'ready', 'failed')", name=op.f("ck_prepared_file_state")),
        sa.ForeignKeyConstraint(
            ["seminar_id"],
            ["seminar.id"],
            name=op.f("fk_prepared_file_seminar_id_seminar"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_file")),
        sa.UniqueConstraint("seminar_id", "form", name=op.f("uq_prepared_file_seminar_id_form")),
    )


def downgrade() -> None:
    op.drop_table("prepared_file")
    op.drop_column("seminar", "licence")
