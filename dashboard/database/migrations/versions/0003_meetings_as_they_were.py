"""What a meeting was shown beside its release: its slides, its decisions, the service's own facts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # Empty for meetings that were held before: they are shown with the settings of today.
    with op.batch_alter_table("meetings") as meetings:
        for name in ("slides", "decisions", "own"):
            meetings.add_column(sa.Column(name, sa.JSON(), nullable=True))
