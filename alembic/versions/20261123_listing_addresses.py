"""Addresses a listing once had lead to it, and its draft knows who saved it last."""

import sqlalchemy as sa
from alembic import op

from marketplace.kit.columns import UtcDateTime

revision = "20261123_listing_addresses"
down_revision = "20261122_search_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "listing_redirect",
        sa.Column("slug", sa.String(120), nullable=False),
        sa.Column("listing_id", sa.String(40), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"], ["listing.id"], name=op.f("fk_listing_redirect_listing_id_listing")
        ),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_listing_redirect")),
    )
    op.create_index("ix_listing_redirect_listing", "listing_redirect", ["listing_id"])
    op.add_column("listing", sa.Column("saved_by", sa.String(80), nullable=True))


def downgrade() -> None:
    op.drop_column("listing", "saved_by")
    op.drop_index("ix_listing_redirect_listing", "listing_redirect")
    op.drop_table("listing_redirect")
