"""Drafts, the shelf and publishing: what a seller can do with a listing, and what nobody else can."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from marketplace.domain.access.models import SELLER_PERMISSIONS, Permission
from marketplace.domain.catalog.models import Listing, ListingStatus, PriceChange, Variant
from marketplace.domain.catalog.queries import listings as queries
from marketplace.domain.catalog.queries.listings.lists import live_counts
from marketplace.domain.catalog.rules.content import (
    ListingContent,
    Option,
    OptionValue,
    Picture,
    VariantContent,
)
from marketplace.domain.catalog.rules.machine import NotADraft, NotOnShelf, TooManyListings
from marketplace.domain.catalog.service import listings
from marketplace.domain.catalog.service.listings.templates import TemplateForm, TemplateInUse
from marketplace.domain.media.models import MediaUse
from marketplace.domain.moderation import service as moderation
from marketplace.domain.outbox.models import OutboxMessage
from marketplace.domain.sellers.models import Seller, SellerSwitch, Switch
from marketplace.kit.errors import Invalid, NotAllowed, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.paging import ListQuery
from marketplace.kit.states import MoveNotAllowed
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import member, staff
from tests.make.sale import MODERATOR

S = ListingStatus
LATER = MONDAY + timedelta(days=1)
SIZES = Option(name="Size", name_zh="尺码", values=[
    OptionValue(name="S", name_zh="小"), OptionValue(name="L", name_zh="大"),
])  # fmt: skip


def sized(*prices: int) -> dict[str, object]:
    return {
        "options": [SIZES],
        "variants": [
            VariantContent(id=new_id("var"), values=[value.name], price=price)
            for value, price in zip(SIZES.values, prices, strict=True)
        ],
    }


def rows(session: Session, listing_id: str) -> list[Variant]:
    return list(
        session.exec(
            select(Variant)
            .where(Variant.listing_id == listing_id, col(Variant.archived_at).is_(None))
            .order_by(col(Variant.position))
        )
    )


def test_an_empty_draft_has_one_variant_an_address_and_a_sku(session: Session) -> None:
    shop = sale.shop(session)
    id_ = listings.create_draft(session, shop.member, at=MONDAY)
    row = session.get_one(Listing, id_)
    assert (row.status, row.variant_count, row.version) == (S.DRAFT, 1, 1)
    assert row.slug.startswith("item-")
    assert rows(session, id_)[0].sku


def test_the_rows_of_a_draft_follow_it(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.draft(session, shop, **sized(1000, 2000))
    assert (row.price_low, row.price_high, row.variant_count) == (1000, 2000, 2)
    assert (row.title_zh, row.cover_id, row.slug) == (
        "青花瓷茶杯", shop.picture_id, "blue-porcelain-cup",
    )  # fmt: skip
    found = rows(session, row.id)
    assert [(v.sku, v.title, v.title_zh) for v in found] == [
        ("BLUE-PORCELAIN-CUP-S", "S", "小"),
        ("BLUE-PORCELAIN-CUP-L", "L", "大"),
    ]


def test_the_rows_of_what_is_on_sale_do_not_follow_the_draft(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.save(session, shop, row, title="Other", variants=[])
    assert (row.title, row.has_draft, len(rows(session, row.id))) == (
        "Blue porcelain cup", True, 1,
    )  # fmt: skip


def test_a_variant_taken_out_is_archived_and_its_sku_is_free(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.draft(session, shop, **sized(1000, 2000))
    small, large = sale.edited(row).variants
    alone = Option(name="Size", values=[OptionValue(name="L")])
    renamed = large.model_copy(update={"sku": small.sku})
    sale.save(session, shop, row, options=[alone], variants=[renamed])
    assert session.get_one(Variant, small.id).archived_at == MONDAY
    assert [(v.id, v.sku) for v in rows(session, row.id)] == [(large.id, small.sku)]


def test_two_variants_swap_their_skus(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.draft(session, shop, **sized(1000, 2000))
    small, large = sale.edited(row).variants
    swapped = [
        small.model_copy(update={"sku": large.sku}),
        large.model_copy(update={"sku": small.sku}),
    ]
    sale.save(session, shop, row, variants=swapped)
    assert [v.sku for v in rows(session, row.id)] == [large.sku, small.sku]


def test_a_sku_of_another_listing_is_refused_at_its_row(session: Session) -> None:
    shop = sale.shop(session)
    taken = sale.edited(sale.draft(session, shop)).variants[0].sku
    row = sale.draft(session, shop, title="Another")
    before = dict(row.draft)
    variants = [sale.edited(row).variants[0].model_copy(update={"sku": taken})]
    with pytest.raises(Invalid) as refused:
        sale.save(session, shop, row, variants=variants)
    assert refused.value.fields.keys() == {"variants.0.sku"}
    assert (row.draft, row.version) == (before, 1)


def test_two_sellers_may_use_one_sku(session: Session) -> None:
    for shop in (sale.shop(session), sale.shop(session)):
        variants = [VariantContent(id=new_id("var"), sku="CUP", price=1)]
        row = sale.draft(session, shop, variants=variants)
        assert rows(session, row.id)[0].sku == "CUP"


def test_somebody_elses_variant_is_not_taken_over(session: Session) -> None:
    theirs = sale.edited(sale.draft(session, sale.shop(session))).variants
    shop = sale.shop(session)
    row = sale.draft(session, shop)
    with pytest.raises(NotFound):
        sale.save(session, shop, row, variants=theirs)
    assert session.get_one(Variant, theirs[0].id).seller_id != shop.seller_id


def test_somebody_elses_picture_is_not_shown(session: Session) -> None:
    theirs = sale.shop(session).picture_id
    shop = sale.shop(session)
    row = sale.draft(session, shop)
    with pytest.raises(NotFound):
        sale.save(session, shop, row, pictures=[Picture(id=theirs)])
    assert row.cover_id == shop.picture_id


def test_an_old_page_saves_nothing(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.draft(session, shop)
    sale.save(session, shop, row, title="Newer")
    with pytest.raises(Stale):
        listings.save_draft(
            session, shop.member, row.id, sale.edited(row, title="Older"), version=1, at=LATER
        )
    assert (row.title, row.version) == ("Newer", 2)


Act = Callable[[Session, sale.ShopOfTests, Listing], object]
ACTS: dict[str, Act] = {
    "save": lambda s, shop, row: listings.save_draft(
        s, shop.member, row.id, sale.edited(row, title="Mine"), version=row.version, at=LATER
    ),
    "pause": lambda s, shop, row: listings.pause(s, shop.member, row.id, at=LATER),
    "resume": lambda s, shop, row: listings.resume(s, shop.member, row.id, at=LATER),
    "archive": lambda s, shop, row: listings.archive(s, shop.member, row.id, at=LATER),
    "unarchive": lambda s, shop, row: listings.unarchive(s, shop.member, row.id, at=LATER),
    "duplicate": lambda s, shop, row: listings.duplicate(s, shop.member, row.id, at=LATER),
    "delete": lambda s, shop, row: listings.delete_draft(s, shop.member, row.id, at=LATER),
    "discard": lambda s, shop, row: listings.discard_draft(
        s, shop.member, row.id, version=row.version, at=LATER
    ),
    "restore": lambda s, shop, row: listings.restore_version(
        s, shop.member, row.id, row.live_version_id, version=row.version, at=LATER
    ),
    "submit": lambda s, shop, row: moderation.submit(
        s, shop.member, row.id, version=row.version, at=LATER
    ),
    "read": lambda s, shop, row: queries.listing_for_edit(s, shop.member, row.id),
    "versions": lambda s, shop, row: queries.versions(s, shop.member, row.id),
    "diff": lambda s, shop, row: queries.version_diff(s, shop.member, row.id, row.live_version_id),
}


@pytest.mark.parametrize("act", ACTS)
def test_another_sellers_listing_is_not_found(session: Session, act: str) -> None:
    row = sale.live(session, sale.shop(session))
    before = row.model_dump()
    other = sale.shop(session)
    with pytest.raises(NotFound):
        ACTS[act](session, other, row)
    session.refresh(row)
    assert row.model_dump() == before


@pytest.mark.parametrize("act", sorted(ACTS.keys() - {"read", "versions", "diff"}))
def test_a_member_who_only_reads_changes_nothing(session: Session, act: str) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    reader = sale.ShopOfTests(
        member(Permission.SHOP_LISTINGS_READ, seller_id=shop.seller_id), shop.category_id, ""
    )
    before = row.model_dump()
    with pytest.raises(NotAllowed):
        ACTS[act](session, reader, row)
    session.refresh(row)
    assert row.model_dump() == before


def test_a_seller_whose_editing_is_switched_off_saves_nothing(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.draft(session, shop)
    session.add(
        SellerSwitch(
            id=new_id("swi"), seller_id=shop.seller_id, switch=Switch.EDIT_LISTINGS,
            reason="risk", off_at=MONDAY,
        )
    )  # fmt: skip
    session.flush()
    with pytest.raises(NotAllowed):
        sale.save(session, shop, row, title="Mine")
    with pytest.raises(NotAllowed):
        listings.create_draft(session, shop.member, at=LATER)
    assert row.title == "Blue porcelain cup"


def test_only_what_is_live_can_be_paused(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.draft(session, shop)
    with pytest.raises(NotOnShelf):
        listings.pause(session, shop.member, row.id, at=LATER)
    assert row.status is S.DRAFT


def test_what_waits_for_a_review_cannot_be_archived(session: Session) -> None:
    shop = sale.shop(session)
    change = sale.pending(session, shop)
    with pytest.raises(MoveNotAllowed):
        listings.archive(session, shop.member, change.listing_id, at=LATER)
    assert session.get_one(Listing, change.listing_id).status is S.PENDING


def test_out_of_the_archive_it_is_paused_and_not_on_sale(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    listings.archive(session, shop.member, row.id, at=LATER)
    listings.unarchive(session, shop.member, row.id, at=LATER)
    assert row.status is S.OFF_SHELF


def test_a_level_limits_how_many_are_on_sale(session: Session) -> None:
    sale.level(session, most_listings=1)
    shop = sale.shop(session)
    row = sale.live(session, shop)
    listings.pause(session, shop.member, row.id, at=LATER)
    sale.live(session, shop, title="The other one", title_zh="")
    with pytest.raises(TooManyListings):
        listings.resume(session, shop.member, row.id, at=LATER)
    assert row.status is S.OFF_SHELF


def test_a_draft_can_be_deleted_and_nothing_else_can(session: Session) -> None:
    shop = sale.shop(session)
    row, live = sale.draft(session, shop), sale.live(session, shop, title="Other")
    id_ = row.id
    listings.delete_draft(session, shop.member, id_, at=LATER)
    assert session.get(Listing, id_) is None
    with pytest.raises(NotADraft):
        listings.delete_draft(session, shop.member, live.id, at=LATER)
    assert live.status is S.LIVE


def test_a_copy_is_a_draft_with_names_of_its_own(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    copy = session.get_one(Listing, listings.duplicate(session, shop.member, row.id, at=LATER))
    assert (copy.status, copy.title) == (S.DRAFT, row.title)
    assert copy.slug != row.slug
    assert copy.handle != row.handle
    assert rows(session, copy.id)[0].sku != rows(session, row.id)[0].sku
    assert rows(session, copy.id)[0].id != rows(session, row.id)[0].id


def test_an_old_version_comes_back_as_a_draft(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    first = row.live_version_id
    sale.hand_in(session, shop, row, handling_days=9)
    listings.restore_version(session, shop.member, row.id, first, version=row.version, at=LATER)
    assert sale.edited(row).handling_days == 2
    live = listings.live_content(session, row)
    assert live is not None
    assert (live.handling_days, row.has_draft) == (9, True)
    found = queries.version_diff(session, shop.member, row.id, row.live_version_id)
    assert found.changed == ("handling_days",)
    assert [v.number for v in queries.versions(session, shop.member, row.id)] == [2, 1]


def test_a_draft_can_be_thrown_away(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.save(session, shop, row, title="No")
    listings.discard_draft(session, shop.member, row.id, version=row.version, at=LATER)
    assert (sale.edited(row).title, row.has_draft) == ("Blue porcelain cup", False)


def test_each_price_on_sale_is_noted_once(session: Session) -> None:
    sale.level(session, price_band_bps=5000)
    shop = sale.shop(session)
    row = sale.live(session, shop)
    id_ = sale.edited(row).variants[0].id
    sale.hand_in(session, shop, row, at=LATER, handling_days=3)
    dearer = [sale.edited(row).variants[0].model_copy(update={"price": 6100})]
    sale.hand_in(session, shop, row, at=LATER + timedelta(hours=1), variants=dearer)
    noted = session.exec(
        select(PriceChange.price).where(PriceChange.variant_id == id_).order_by(col(PriceChange.at))
    ).all()
    assert list(noted) == [5900, 6100]
    known = queries.price_facts(session, [id_], at=LATER + timedelta(hours=2))[id_]
    assert (known.lowest_30d, known.highest_30d) == (5900, 6100)


def test_each_change_of_what_is_on_sale_is_owed_to_the_market(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    sale.hand_in(session, shop, row, handling_days=3)
    told = session.exec(
        select(OutboxMessage.payload).where(OutboxMessage.topic == "listing.changed")
    ).all()
    assert list(told) == [{"listing_id": row.id}] * 2


def test_buyers_never_see_costs_documents_or_unproved_prices(session: Session) -> None:
    shop = sale.shop(session)
    variants = [
        VariantContent(id=new_id("var"), price=100, reference_price=900, cost=20, extra={"x": "y"})
    ]
    row = sale.live(session, shop, variants=variants, extra={"Vendor": "secret"})
    page = queries.listing_page(session, row.slug, at=LATER)
    assert page.variants[0].reference_price is None
    assert (page.content.variants[0].cost, page.content.variants[0].extra) == (None, {})
    assert (page.content.document_ids, page.content.extra) == ([], {})


def test_a_reference_price_that_was_charged_is_shown(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    cheaper = (
        sale.edited(row).variants[0].model_copy(update={"price": 4900, "reference_price": 5900})
    )
    sale.hand_in(session, shop, row, at=LATER, variants=[cheaper])
    page = queries.listing_page(session, row.slug, at=LATER + timedelta(days=1))
    assert (page.variants[0].price, page.variants[0].reference_price) == (4900, 5900)


def test_a_shop_that_is_closed_shows_nothing(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    session.get_one(Seller, shop.seller_id).status = "suspended"  # type: ignore[assignment]
    session.flush()
    with pytest.raises(NotFound):
        queries.listing_page(session, row.slug, at=LATER)


def test_files_are_kept_by_draft_version_and_change(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.live(session, shop)
    other = sale.picture(session, shop.member)
    sale.hand_in(session, shop, row, pictures=[Picture(id=other)])
    kinds = {
        media_id: set(
            session.exec(select(MediaUse.owner_kind).where(MediaUse.media_id == media_id))
        )
        for media_id in (shop.picture_id, other)
    }
    assert kinds[shop.picture_id] == {"listing", "listing_version", "change_set"}
    assert kinds[other] == {"listing", "change_set"}


def test_lists_find_by_view_word_sku_tag_and_price(session: Session) -> None:
    shop = sale.shop(session)
    live = sale.live(session, shop, tags=["礼物"])
    other = sale.draft(session, shop, title="Green bowl", title_zh="绿碗", **sized(100, 200))
    sale.live(session, sale.shop(session))

    def found(search: str = "", **filters: str) -> list[str]:
        asked = {key: (value,) for key, value in filters.items()}
        query = ListQuery(search=search, filters=asked, sort="created")
        return [row.id for row in queries.list_listings(session, shop.member, query).rows]

    assert found() == [live.id, other.id]
    assert found(view="drafts") == [other.id]
    assert found(view="live") == [live.id]
    assert found("碗") == [other.id]
    assert found("green-bowl-l") == [other.id]
    assert found(tag="礼物") == [live.id]
    assert found(price_to="5") == [other.id]
    assert found(price_from="5.00", price_to="1e9") == [live.id]
    assert found(category=shop.category_id) == [live.id, other.id]
    assert found(created_to="2020-01-01") == []
    assert queries.list_counts(session, shop.member)["live"] == 1


def test_staff_see_everybodys_listings(session: Session) -> None:
    for _ in range(2):
        sale.draft(session, sale.shop(session))
    assert queries.list_all_listings(session, MODERATOR, ListQuery()).total == 2
    with pytest.raises(NotAllowed):
        queries.list_all_listings(session, staff(), ListQuery())


def test_what_is_on_sale_is_counted_by_shop_for_staff(session: Session) -> None:
    shop, other, empty = sale.shop(session), sale.shop(session), sale.shop(session)
    for title in ("One cup", "A bowl"):
        sale.live(session, shop, title=title)
    sale.live(session, other)
    sale.draft(session, other)
    ids = [shop.seller_id, other.seller_id, empty.seller_id]
    reader = staff(Permission.SELLERS_READ)
    assert live_counts(session, reader, ids) == dict(zip(ids, (2, 1, 0), strict=True))
    assert live_counts(session, reader, []) == {}
    with pytest.raises(NotAllowed):
        live_counts(session, staff(), ids)


def test_a_template_in_use_stays(session: Session) -> None:
    shop = sale.shop(session)
    id_ = listings.save_template(session, shop.member, TemplateForm(name="Post"), at=MONDAY)
    row = sale.draft(session, shop, shipping_template_id=id_)
    with pytest.raises(TemplateInUse):
        listings.delete_template(session, shop.member, id_, at=LATER)
    sale.save(session, shop, row, shipping_template_id="")
    listings.delete_template(session, shop.member, id_, at=LATER)
    assert queries.templates(session, shop.member) == []


def test_the_first_template_is_the_default_and_another_takes_its_place(session: Session) -> None:
    shop = sale.shop(session)
    listings.save_template(session, shop.member, TemplateForm(name="A"), at=MONDAY)
    form = TemplateForm(name="B", is_default=True)
    listings.save_template(session, shop.member, form, at=MONDAY)
    found = [(row.name, row.is_default) for row in queries.templates(session, shop.member)]
    assert found == [("A", False), ("B", True)]


def test_another_sellers_template_is_not_found(session: Session) -> None:
    shop, other = sale.shop(session), sale.shop(session)
    id_ = listings.save_template(session, shop.member, TemplateForm(name="A"), at=MONDAY)
    with pytest.raises(NotFound):
        listings.delete_template(session, other.member, id_, at=LATER)
    with pytest.raises(Invalid):
        sale.draft(session, other, shipping_template_id=id_)
    assert len(queries.templates(session, shop.member)) == 1


def test_html_in_a_title_stays_text(session: Session) -> None:
    shop = sale.shop(session)
    row = sale.draft(session, shop, title="<b>Cup</b> & saucer")
    assert row.title == "<b>Cup</b> & saucer"
    assert row.slug == "b-cup-b-saucer"


def test_content_is_kept_as_it_was_given(session: Session) -> None:
    shop = sale.shop(session)
    given = sale.content(shop, extra={"Vendor": "Jishi"}, **sized(1, 2))
    id_ = listings.create_draft(session, shop.member, at=MONDAY, content=given)
    kept = ListingContent.model_validate(session.get_one(Listing, id_).draft)
    skus = [v.sku for v in kept.variants]
    expected = [v.model_copy(update={"sku": s}) for v, s in zip(given.variants, skus, strict=True)]
    assert kept == given.model_copy(update={"variants": expected})
    assert shop.member.permissions <= SELLER_PERMISSIONS
