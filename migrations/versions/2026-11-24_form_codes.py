"""Codes of forms are kept so that only who holds the form can find them."""

revision = "b0c1d2e3f401"
down_revision = "4d3342ac8e59"


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
