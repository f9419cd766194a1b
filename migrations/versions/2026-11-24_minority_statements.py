"""Minority statements, their supporters and their wordings."""

revision = "b0c1d2e3f404"
down_revision = "b0c1d2e3f403"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
