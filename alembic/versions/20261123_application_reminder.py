"""An applicant who stopped on the way is reminded once."""

import sqlalchemy as sa
from alembic import op

from marketplace.kit.columns import UtcDateTime

revision = "20261123_application_reminder"
down_revision = "20261123_seller_notes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seller_application", sa.Column("reminded_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("seller_application", "reminded_at")
