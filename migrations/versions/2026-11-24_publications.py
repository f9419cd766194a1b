"""Links by which observers read what is published."""

revision = "b0c1d2e3f406"
down_revision = "b0c1d2e3f405"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
