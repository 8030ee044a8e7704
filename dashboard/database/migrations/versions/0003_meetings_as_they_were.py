"""What a meeting was shown beside its release: its slides, its decisions, the service's own facts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # For some time the step before made the first two of these columns.
    there = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("meetings")}
    # Empty for meetings that were held before: they are shown with the settings of today.
    with op.batch_alter_table("meetings") as meetings:
        for name in ("slides", "decisions", "own"):
            if name not in there:
                meetings.add_column(sa.Column(name, sa.JSON(), nullable=True))
