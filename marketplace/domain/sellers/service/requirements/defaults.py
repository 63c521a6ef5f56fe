"""What every installation begins with."""

from datetime import datetime

from sqlmodel import Session

from marketplace.domain.sellers.models import (
    Agreement,
    Requirement,
    SellerLevel,
)
from marketplace.domain.sellers.rules.agreement import TEXT, TEXT_ZH
from marketplace.domain.sellers.rules.defaults import LEVELS, REQUIREMENTS
from marketplace.kit.ids import new_id
from marketplace.kit.rows import insert_if_absent


def ensure_defaults(session: Session, *, at: datetime) -> None:
    """What every installation begins with; what staff changed since stays. Safe to repeat."""
    for position, default in enumerate(REQUIREMENTS, 1):
        insert_if_absent(
            session,
            Requirement,
            id=new_id("req"),
            code=default.code,
            kind=default.kind,
            name=default.name,
            name_zh=default.name_zh,
            help=default.help,
            help_zh=default.help_zh,
            is_required=default.is_required,
            business_types=list(default.business_types),
            category_ids=[],
            expires=default.expires,
            grace_days=7,
            condition=default.condition,
            days_to_comply=default.days_to_comply,
            position=position * 10,
            is_active=True,
            version=1,
        )
    for level in LEVELS:
        insert_if_absent(session, SellerLevel, **level, version=1)
    insert_if_absent(
        session,
        Agreement,
        version=1,
        text="\n".join(TEXT),
        text_zh="\n".join(TEXT_ZH),
        published_at=at,
    )
