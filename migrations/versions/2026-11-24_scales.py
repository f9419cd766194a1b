"""Scales from 0 to 100."""

revision = "b0c1d2e3f403"
down_revision = "b0c1d2e3f402"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
