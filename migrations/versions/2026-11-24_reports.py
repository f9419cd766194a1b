"""Reports: sections, versions, comments."""

revision = "b0c1d2e3f405"
down_revision = "b0c1d2e3f404"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
