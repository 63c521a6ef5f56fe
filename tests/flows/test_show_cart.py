"""A cart by shop: the prices of now, what changed, what cannot be had, and what sending costs."""

import pytest
from sqlmodel import Session

from marketplace.domain.access.models import Guest
from marketplace.domain.cart import service
from marketplace.domain.catalog.models import Listing, ListingStatus, Variant
from marketplace.domain.catalog.rules.content import VariantContent
from marketplace.domain.catalog.service import listings
from marketplace.domain.catalog.service.listings.templates import TemplateForm
from marketplace.domain.inventory import service as inventory
from marketplace.flows.show_cart import CartRow, show_cart
from marketplace.kit.ids import new_id
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.sale import ShopOfTests

BUYER = Guest(browser="b" * 64)


def sku(
    session: Session, shop: ShopOfTests, price: int = 5_900, *, stock: int = 50, **fields: object
) -> str:
    kind = VariantContent(id=new_id("var"), price=price)
    sale.on_shelf(
        session, shop, variants=[kind], slug=new_id("p").replace("_", ""), stock=stock, **fields
    )
    return kind.id


def template(session: Session, shop: ShopOfTests, fee: int, free_from: int | None = None) -> str:
    form = TemplateForm(name=f"T{new_id('x')}", fee=fee, free_from=free_from)
    return listings.save_template(session, shop.member, form, at=MONDAY)


def put(session: Session, variant_id: str, quantity: int = 1) -> str:
    return service.add(session, BUYER, variant_id, quantity, at=MONDAY)


def all_rows(session: Session) -> dict[str, CartRow]:
    view = show_cart(session, BUYER)
    rows = [*view.unavailable, *view.saved, *(row for one in view.groups for row in one.rows)]
    return {row.variant_id: row for row in rows}


def test_an_empty_cart_is_empty(session: Session) -> None:
    view = show_cart(session, BUYER)
    assert (view.groups, view.unavailable, view.saved, view.total) == ([], [], [], 0)


def test_lines_stand_with_their_shop_and_add_up(session: Session) -> None:
    one, other = sale.shop(session), sale.shop(session)
    first, second, third = sku(session, one), sku(session, other, 100), sku(session, one, 1_250)
    for id_, quantity in ((first, 2), (second, 3), (third, 1)):
        put(session, id_, quantity)

    view = show_cart(session, BUYER)
    assert [[row.variant_id for row in part.rows] for part in view.groups] == [
        [first, third], [second],
    ]  # fmt: skip
    assert [part.goods for part in view.groups] == [13_050, 300]
    assert (view.goods, view.shipping, view.total, view.count) == (13_350, 0, 13_350, 6)


def test_what_is_not_chosen_or_put_aside_is_not_in_the_sum(session: Session) -> None:
    shop = sale.shop(session)
    ids = [put(session, sku(session, shop, price)) for price in (100, 2_000, 30_000)]
    service.choose(session, BUYER, [ids[0]], is_chosen=False, at=MONDAY)
    service.put_aside(session, BUYER, ids[1], is_saved=True, at=MONDAY)

    view = show_cart(session, BUYER)
    assert (view.goods, view.count) == (30_000, 1)
    assert [row.id for row in view.saved] == [ids[1]]
    assert [part.is_chosen for part in view.groups] == [False]


@pytest.mark.parametrize(
    ("quantity", "shipping", "gap", "share"),
    [(1, 800, 15_000, 25), (3, 800, 5_000, 75), (4, 0, 0, 0), (5, 0, 0, 0)],
)
def test_each_template_is_charged_once_until_its_goods_ship_free(
    session: Session, quantity: int, shipping: int, gap: int, share: int
) -> None:
    shop = sale.shop(session)
    near = template(session, shop, 800, 20_000)
    cup = sku(session, shop, 5_000, shipping_template_id=near)
    put(session, cup, quantity)

    (part,) = show_cart(session, BUYER).groups
    assert (part.shipping, part.free_gap, part.free_share) == (shipping, gap, share)


def test_two_templates_are_two_parcels(session: Session) -> None:
    shop = sale.shop(session)
    for fee in (800, 1_200):
        id_ = template(session, shop, fee)
        for _ in range(2):
            put(session, sku(session, shop, 100, shipping_template_id=id_))

    view = show_cart(session, BUYER)
    assert (view.goods, view.shipping, view.total) == (400, 2_000, 2_400)


def test_what_is_gone_sold_out_or_too_few_says_so_and_is_not_charged(session: Session) -> None:
    shop = sale.shop(session)
    gone, sold_out, fewer, fine = (sku(session, shop) for _ in range(4))
    for id_ in (gone, sold_out, fewer, fine):
        put(session, id_, 3)
    listing = session.get_one(Listing, session.get_one(Variant, gone).listing_id)
    listing.status = ListingStatus.OFF_SHELF
    inventory.set_stock(session, shop.member, sold_out, 0, at=MONDAY)
    inventory.set_stock(session, shop.member, fewer, 2, at=MONDAY)

    view = show_cart(session, BUYER)
    rows = all_rows(session)
    assert {id_: rows[id_].trouble for id_ in rows} == {
        gone: "gone", sold_out: "sold_out", fewer: "fewer", fine: "",
    }  # fmt: skip
    assert {row.variant_id for row in view.unavailable} == {gone, sold_out}
    assert (rows[fewer].left, rows[fewer].is_chosen) == (2, False)
    assert (view.goods, view.count) == (17_700, 3)


@pytest.mark.parametrize(("stock", "left"), [(5, 5), (6, 0)])
def test_the_last_few_are_told(session: Session, stock: int, left: int) -> None:
    id_ = sku(session, sale.shop(session), stock=stock)
    put(session, id_)
    assert all_rows(session)[id_].left == left


def test_a_price_that_changed_is_told_once(session: Session) -> None:
    id_ = sku(session, sale.shop(session))
    put(session, id_)
    session.get_one(Variant, id_).price = 6_100
    session.flush()
    assert (all_rows(session)[id_].price, all_rows(session)[id_].price_before) == (6_100, 5_900)
    assert show_cart(session, BUYER).has_changes

    service.note_prices(session, BUYER)
    assert all_rows(session)[id_].price_before == 0
    assert not show_cart(session, BUYER).has_changes
