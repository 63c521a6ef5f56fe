"""What happened to a listing or its category while it waited is minded when it is approved."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from marketplace.domain.access.models import System
from marketplace.domain.catalog.models import Category, Listing
from marketplace.domain.catalog.rules.taxonomy import CategoryForm
from marketplace.domain.catalog.service import taxonomy
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.service.deciding import PlaceIsGone
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.sale import MODERATOR

LATER = MONDAY + timedelta(days=1)
JOB = System(id="x", name="x")


def test_what_waited_does_not_go_on_sale_in_a_retired_category(session: Session) -> None:
    change = sale.pending(session, sale.shop(session))
    row = session.get_one(Listing, change.listing_id)
    old = session.get_one(Category, row.category_id)
    form = CategoryForm(name="Other", name_zh="其他")
    other = taxonomy.create_category(session, JOB, form, at=LATER)
    taxonomy.retire_category(session, JOB, old.id, into=other, version=old.version, at=LATER)
    session.refresh(change)
    with pytest.raises(PlaceIsGone):
        moderation.approve(session, MODERATOR, change.id, version=change.version, at=LATER)
    session.refresh(row)
    assert (row.status, row.category_id, change.status) == ("pending", other, "open")


def test_what_was_mended_and_approved_carries_no_reason_any_more(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.hand_in(session, shop, row, title="Green porcelain cup")
    first = sale.waiting(session, row.id)
    moderation.reject(
        session,
        MODERATOR,
        first.id,
        version=first.version,
        reason="misleading",
        note="no",
        at=LATER,
    )
    sale.hand_in(session, shop, row, title="Grey porcelain cup")
    second = sale.waiting(session, row.id)
    moderation.approve(session, MODERATOR, second.id, version=second.version, at=LATER)
    assert (row.status, row.reason, row.note) == ("live", "", "")
