"""Staff write notes on a seller."""

import sqlalchemy as sa
from alembic import op

from marketplace.kit.columns import UtcDateTime

revision = "20261123_seller_notes"
down_revision = "20261123_application_rounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seller_note",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(40), nullable=False),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_seller_note_seller_id_seller")
        ),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_seller_note_written_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seller_note")),
    )
    op.create_index(
        "ix_seller_note_seller", "seller_note", ["seller_id", "is_pinned", "written_at"]
    )


def downgrade() -> None:
    op.drop_index("ix_seller_note_seller", "seller_note")
    op.drop_table("seller_note")
