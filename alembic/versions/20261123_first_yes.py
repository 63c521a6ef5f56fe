"""An application to sell in restricted categories keeps who agreed first."""

import sqlalchemy as sa
from alembic import op

from marketplace.kit.columns import UtcDateTime

revision = "20261123_first_yes"
down_revision = "20261123_listing_addresses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("seller_application", sa.Column("first_yes_by", sa.String(40), nullable=True))
    op.add_column("seller_application", sa.Column("first_yes_at", UtcDateTime(), nullable=True))
    op.add_column("seller_application", sa.Column("first_yes_level", sa.String(40), nullable=True))
    op.add_column("seller_application", sa.Column("first_yes_round", sa.Integer(), nullable=True))


def downgrade() -> None:
    for name in ("first_yes_round", "first_yes_level", "first_yes_at", "first_yes_by"):
        op.drop_column("seller_application", name)
