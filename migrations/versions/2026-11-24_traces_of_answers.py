"""What could tie an answer to a person is not kept."""

revision = "b0c1d2e3f402"
down_revision = "b0c1d2e3f401"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
