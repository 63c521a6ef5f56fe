"""Staff look at a shop as its members see it, for half an hour, and some roles may."""

import sqlalchemy as sa
from alembic import op

from marketplace.kit.columns import UtcDateTime

revision = "20261123_shop_viewings"
down_revision = "20261123_application_reminder"
branch_labels = None
depends_on = None

PERMISSION = "sellers.view_as"
ROLES = ("super", "operations", "support")


def upgrade() -> None:
    op.create_table(
        "shop_viewing",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("session_id", sa.String(40), nullable=False),
        sa.Column("staff_id", sa.String(40), nullable=False),
        sa.Column("seller_id", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["seller_id"], ["seller.id"], name=op.f("fk_shop_viewing_seller_id_seller")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["person.id"], name=op.f("fk_shop_viewing_staff_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_viewing")),
    )
    op.create_index("ix_shop_viewing_seller", "shop_viewing", ["seller_id", "begun_at"])
    op.create_index(
        "uq_shop_viewing_open",
        "shop_viewing",
        ["session_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    role = sa.table("role", sa.column("id"), sa.column("code"), sa.column("is_preset"))
    held = _held()
    op.execute(
        held.insert().from_select(
            ["role_id", "permission"],
            sa.select(role.c.id, sa.literal(PERMISSION)).where(
                role.c.is_preset, role.c.code.in_(ROLES)
            ),
        )
    )


def downgrade() -> None:
    held = _held()
    op.execute(held.delete().where(held.c.permission == PERMISSION))
    op.drop_index("uq_shop_viewing_open", "shop_viewing")
    op.drop_index("ix_shop_viewing_seller", "shop_viewing")
    op.drop_table("shop_viewing")


def _held() -> sa.TableClause:
    return sa.table("role_permission", sa.column("role_id"), sa.column("permission"))
