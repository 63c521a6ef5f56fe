"""One change to many listings: each goes on sale or waits as if it were edited alone."""

from datetime import timedelta

from sqlmodel import Session

from marketplace.domain.catalog.models import Listing
from marketplace.domain.catalog.queries.listings import listing_page
from marketplace.domain.catalog.rules.prices import PriceRule
from marketplace.domain.moderation import queries
from marketplace.domain.moderation import service as moderation
from tests.make import sale
from tests.make.moments import MONDAY

LATER = MONDAY + timedelta(days=1)
DOWN = PriceRule("percent", -1000)


def price(row: Listing, session: Session) -> int:
    return listing_page(session, row.slug, at=LATER).variants[0].price


def test_the_preview_tells_each_sku_and_changes_nothing(session: Session) -> None:
    sale.level(session, price_band_bps=2000)
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.draft(session, sale.shop(session))
    lines = queries.preview_prices(session, shop.member, [row.id], DOWN, at=LATER)
    assert [(x.before, x.after, x.problem, x.waits) for x in lines] == [(5900, 5310, "", False)]
    risen = queries.preview_prices(
        session, shop.member, [row.id], PriceRule("percent", 5000), at=LATER
    )
    assert [(x.after, x.waits) for x in risen] == [(8850, True)]
    free = queries.preview_prices(session, shop.member, [row.id], PriceRule("set", 0), at=LATER)
    assert free[0].problem == "The price would not be above zero."
    assert price(row, session) == 5900


def test_a_price_in_its_band_is_on_sale_at_once_and_an_unfinished_edit_stays_unfinished(
    session: Session,
) -> None:
    sale.level(session, price_band_bps=2000)
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.save(session, shop, row, title="Half written")
    done = moderation.change_prices(session, shop.member, [row.id], DOWN, at=LATER)
    assert [(one.is_done, one.is_waiting) for one in done] == [(True, False)]
    assert price(row, session) == 5310
    assert (row.title, row.has_draft) == ("Blue porcelain cup", True)
    draft = sale.edited(row)
    assert (draft.title, draft.variants[0].price) == ("Half written", 5310)


def test_an_edit_that_waits_goes_on_waiting_with_the_new_price(session: Session) -> None:
    sale.level(session, price_band_bps=2000)
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.hand_in(session, shop, row, title="Green porcelain cup")
    moderation.change_prices(session, shop.member, [row.id], DOWN, at=LATER)
    change = sale.waiting(session, row.id)
    assert change.base_version_id == row.live_version_id
    moderation.approve(session, sale.MODERATOR, change.id, version=change.version, at=LATER)
    assert (price(row, session), row.title) == (5310, "Green porcelain cup")


def test_one_that_cannot_be_changed_does_not_stop_the_others(session: Session) -> None:
    sale.level(session, price_band_bps=10_000)
    shop = sale.shop(session)
    row = sale.live(session, shop)
    theirs = sale.live(session, sale.shop(session))
    cheap = sale.draft(
        session, shop, title="Cheap thing",
        variants=[sale.edited(row).variants[0].model_copy(update={"id": "", "sku": "", "price": 50})],
    )  # fmt: skip
    done = moderation.change_prices(
        session, shop.member, [theirs.id, cheap.id, row.id], PriceRule("amount", -100), at=LATER
    )
    assert [one.is_done for one in done] == [False, False, True]
    assert done[1].message == "The price would not be above zero."
    assert (price(theirs, session), price(row, session)) == (5900, 5800)
    assert sale.edited(cheap).variants[0].price == 50


def test_a_category_waits_on_what_is_on_sale_and_tags_do_not(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    other = sale.category(session, "Bowls", "碗")
    tagged = moderation.change_tags(session, shop.member, [row.id], add=["gift"], at=LATER)
    moved = moderation.change_category(session, shop.member, [row.id], other, at=LATER)
    assert [one.is_waiting for one in (*tagged, *moved)] == [False, True]
    assert (row.tags, row.category_id) == (["gift"], shop.category_id)


def test_many_drafts_are_handed_in_and_each_says_what_it_lacks(session: Session) -> None:
    shop = sale.shop(session)
    good = sale.draft(session, shop)
    bad = sale.draft(session, shop, title="No picture", title_zh="", pictures=[])
    done = moderation.submit_many(session, shop.member, [good.id, bad.id], at=LATER)
    assert [(one.is_done, one.is_waiting) for one in done] == [(True, True), (False, False)]
    assert done[1].message == "Add at least one picture."
    assert (good.status, bad.status) == ("pending", "draft")


def test_no_price_goes_below_what_the_thing_cost(session: Session) -> None:
    sale.level(session, price_band_bps=10_000)
    shop = sale.shop(session)
    row = sale.live(session, shop)
    dear = sale.edited(row).variants[0].model_copy(update={"id": "", "sku": "", "cost": 5500})
    draft = sale.draft(session, shop, variants=[dear])
    done = moderation.change_prices(session, shop.member, [draft.id, row.id], DOWN, at=LATER)
    assert [one.is_done for one in done] == [False, True]
    assert done[0].message == "The price would be below your cost."
    assert sale.edited(draft).variants[0].price == 5900
