"""What could tie an answer to a person is not kept; whose answers a real-time round's result leaves out is."""

import sqlalchemy as sa
from alembic import op

revision = "b0c1d2e3f402"
down_revision = "b0c1d2e3f401"

SEAL = sa.table("seal", sa.column("ballot_id", sa.Uuid), sa.column("submitted", sa.Boolean))
BALLOT = sa.table("ballot", sa.column("id", sa.Uuid), sa.column("round_id", sa.Uuid))
ROUND = sa.table("round", sa.column("id", sa.Uuid), sa.column("state", sa.String))


def upgrade() -> None:
    op.add_column("result", sa.Column("left_out", sa.JSON(), server_default="{}", nullable=False))
    over = sa.select(ROUND.c.id).where(ROUND.c.state.in_(("closed", "published")))
    ballots = sa.select(BALLOT.c.id).where(BALLOT.c.round_id.in_(over))
    op.execute(sa.update(SEAL).where(SEAL.c.ballot_id.in_(ballots)).values(submitted=sa.true()))


def downgrade() -> None:
    op.drop_column("result", "left_out")
