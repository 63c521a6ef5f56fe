"""Addresses of listings: an old one leads to the present one, and nobody takes it over."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from marketplace.domain.catalog.models import Listing, ListingRedirect
from marketplace.domain.catalog.queries import listings as queries
from marketplace.domain.catalog.rules.content import VariantContent
from marketplace.domain.catalog.service import bulk
from marketplace.domain.catalog.service.bulk import Draft
from marketplace.domain.moderation import service as moderation
from marketplace.kit.errors import NotFound
from marketplace.kit.ids import new_id
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.sale import MODERATOR

LATER = MONDAY + timedelta(days=1)


def readdressed(session: Session, of: sale.ShopOfTests, row: Listing, slug: str) -> None:
    """On sale under another address."""
    outcome = sale.hand_in(session, of, row, at=LATER, slug=slug)
    if not outcome.is_live:
        change = sale.waiting(session, row.id)
        moderation.approve(session, MODERATOR, change.id, version=change.version, at=LATER)
    session.refresh(row)


def redirects(session: Session) -> dict[str, str]:
    return {row.slug: row.listing_id for row in session.exec(select(ListingRedirect))}


def test_an_old_address_leads_to_the_present_one(session: Session) -> None:
    shop = sale.shop(session)
    cup = sale.live(session, shop, slug="cup")
    readdressed(session, shop, cup, "mug")
    readdressed(session, shop, cup, "beaker")
    assert cup.slug == "beaker"
    assert redirects(session) == {"cup": cup.id, "mug": cup.id}
    assert {queries.listing_page(session, slug, at=LATER).slug for slug in ("cup", "mug")} == {
        "beaker"
    }
    assert set(queries.listing_for_edit(session, shop.member, cup.id).earlier_slugs) == {
        "cup",
        "mug",
    }


def test_an_address_that_is_taken_back_leads_nowhere_else(session: Session) -> None:
    shop = sale.shop(session)
    cup = sale.live(session, shop, slug="cup")
    readdressed(session, shop, cup, "mug")
    readdressed(session, shop, cup, "cup")
    assert cup.slug == "cup"
    assert redirects(session) == {"mug": cup.id}


@pytest.mark.parametrize("wanted", ["cup", "mug"])
def test_nobody_takes_over_an_address_another_listing_has_or_had(
    session: Session, wanted: str
) -> None:
    shop, rival = sale.shop(session), sale.shop(session)
    cup = sale.live(session, shop, slug="cup")
    readdressed(session, shop, cup, "mug")
    other = sale.live(session, rival, slug=wanted)
    assert other.slug == f"{wanted}-{other.id[-6:]}"
    readdressed(session, rival, other, "plate")
    readdressed(session, rival, other, wanted)
    assert other.slug == f"{wanted}-{other.id[-6:]}"
    assert queries.listing_page(session, wanted, at=LATER).id == cup.id


def test_an_import_takes_over_no_old_address_either(session: Session) -> None:
    shop, rival = sale.shop(session), sale.shop(session)
    readdressed(session, shop, sale.live(session, shop, slug="cup"), "mug")
    only = VariantContent(id=new_id("var"), sku="CUP-1", price=5900)
    content = sale.content(rival, slug="cup", pictures=[], variants=[only])
    (id_,) = bulk.save_many(session, rival.member, [Draft("cup", content)], at=LATER)
    assert session.get_one(Listing, id_).slug == f"cup-{id_[-6:]}"


def test_the_addresses_of_a_draft_are_forgotten(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.draft(session, shop, slug="cup")
    sale.save(session, shop, row, slug="mug")
    assert (row.slug, redirects(session)) == ("mug", {})


def test_an_old_address_of_what_is_not_on_sale_shows_nothing(session: Session) -> None:
    shop = sale.shop(session)
    cup = sale.live(session, shop, slug="cup")
    readdressed(session, shop, cup, "mug")
    moderation.take_down(session, MODERATOR, cup.id, code="counterfeit", note="x", at=LATER)
    with pytest.raises(NotFound):
        queries.listing_page(session, "cup", at=LATER)
