"""An application keeps what its last two rounds said, for the difference a reviewer sees."""

import sqlalchemy as sa
from alembic import op

from marketplace.kit.columns import Json

revision = "20261123_application_rounds"
down_revision = "20261123_first_yes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seller_application", sa.Column("said_last", Json, nullable=True))
    op.add_column("seller_application", sa.Column("said_before", Json, nullable=True))


def downgrade() -> None:
    op.drop_column("seller_application", "said_before")
    op.drop_column("seller_application", "said_last")
