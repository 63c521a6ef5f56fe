"""A shop's listings in the portal: its own alone, what was typed is kept, nothing by the way."""

from typing import Any

import pytest
from sqlmodel import Session

from marketplace import db
from marketplace.domain.access.models import SELLER_PERMISSIONS, SellerMember
from marketplace.domain.catalog.models import Listing, ListingStatus, ShippingTemplate
from marketplace.domain.catalog.rules.content import ListingContent, Option, OptionValue
from marketplace.domain.catalog.service import listings
from marketplace.domain.catalog.service.listings.templates import TemplateForm
from marketplace.domain.inventory import service as inventory
from marketplace.domain.inventory.queries import levels_of
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.rules.codes import WordForm
from marketplace.kit import clock
from marketplace.kit.clock import iso
from marketplace.kit.errors import NotFound
from marketplace.web.messages import MessageState
from marketplace.web.seller.listings.bulk import ListingBulkState
from marketplace.web.seller.listings.bulk_forms import rule_of
from marketplace.web.seller.listings.editor import ListingEditorState
from marketplace.web.seller.listings.listing import ListingsState
from marketplace.web.seller.listings.share import ListingShareState
from marketplace.web.seller.listings.shipping import ShippingState
from marketplace.web.seller.listings.versions import ListingVersionsState
from tests.make import sale
from tests.make.browsing import everything
from tests.make.sale import MODERATOR
from tests.web.demo import id_of, refusal, seller_id, signed_in
from tests.web.harness import Pipeline, Tab
from tests.web.test_staff import sent

pytestmark = pytest.mark.usefixtures("demo")
CERAMICS, SHOES = "qingshan-ceramics", "strider-lab"


@pytest.fixture
def owner(pipeline: Pipeline) -> Tab:
    return pipeline.tab(cookie=signed_in("qiu.shan"))


def member(key: str, slug: str) -> SellerMember:
    return SellerMember(
        id=id_of(key), name=key, permissions=SELLER_PERMISSIONS,
        seller_id=seller_id(slug), seller_name=slug, role="Owner",
    )  # fmt: skip


def ours(title: str = "Celadon cup") -> str:
    content = ListingContent(title=title)
    who = member("qiu.shan", CERAMICS)
    return db.call(listings.create_draft, who, content=content, at=clock.now())


def theirs() -> str:
    who = member("mia.torres", SHOES)
    return db.call(
        listings.create_draft, who, content=ListingContent(title="Trail shoe"), at=clock.now()
    )


def row(listing_id: str) -> Listing:
    return db.call(lambda s: s.get_one(Listing, listing_id))


def on_sale(listing_id: str) -> Listing:
    def work(session: Session) -> Listing:
        listing = session.get_one(Listing, listing_id)
        listing.status = ListingStatus.LIVE
        return listing

    return db.call(work)


async def opened(tab: Tab, listing_id: str) -> Any:
    tab.path = f"/seller/listings/{listing_id}"
    await tab.send(ListingEditorState.load)
    return tab.value(ListingEditorState, "data")


def change(data: Any, **fields: Any) -> dict[str, Any]:
    """What the browser sends back, with some of it edited."""
    return {
        "listing_id": data.id, "version": data.version, "stock": [], "alerts": [],
        "then": "save",
        "content": {**data.content, **fields},
    }  # fmt: skip


DEEDS: dict[str, tuple[tuple[str, str], ...]] = {
    "submit": (),
    "pause": (),
    "resume": (),
    "archive": (),
    "delete": (),
    "prices": (("kind", "set"), ("value", "1")),
    "stock": (("how", "set"), ("units", "9")),
    "category": (("category_id", "cat_x"),),
    "template": (("template_id", "shp_x"),),
    "tags": (("add", "x"), ("remove", "")),
}


def deed_for(
    ids: list[str], deed: str, *fields: tuple[str, str], is_all: bool = False
) -> dict[str, Any]:
    """What a bulk action sends."""
    return {"ids": ids, "is_all": is_all, "deed": deed, "form_data": sent(*fields)}


async def bulk(tab: Tab, deed: str, ids: list[str], *fields: tuple[str, str]) -> None:
    await tab.send(ListingBulkState.carry_out, **deed_for(ids, deed, *fields))


async def test_what_was_typed_is_kept_and_opened_again(pipeline: Pipeline, owner: Tab) -> None:
    listing_id = ours()
    data = await opened(owner, listing_id)
    await owner.send(ListingEditorState.save, **change(data, title="Celadon tea cup", tags=["tea"]))
    again = await opened(owner, listing_id)
    assert (again.content["title"], again.content["tags"]) == ("Celadon tea cup", ["tea"])
    assert again.version == data.version + 1
    assert pipeline.failures == []


async def test_new_variants_get_ids_skus_and_their_stock_in_one_save(owner: Tab) -> None:
    data = await opened(owner, ours())
    colours = [OptionValue(name="Red"), OptionValue(name="Blue")]
    options = [Option(name="Colour", values=colours).model_dump(mode="json")]
    first = {**data.content["variants"][0], "values": ["Red"], "price": 5990}
    second = {**first, "id": "", "sku": "", "values": ["Blue"]}
    sent_in = change(data, options=options, variants=[first, second]) | {"stock": [7, None]}
    await owner.send(ListingEditorState.save, **sent_in)
    kept = owner.value(ListingEditorState, "data")
    ids = [variant["id"] for variant in kept.content["variants"]]
    assert ids[0] == data.content["variants"][0]["id"]
    assert ids[1].startswith("var_")
    assert all(variant["sku"] for variant in kept.content["variants"])
    levels = db.call(levels_of, [data.id])
    assert {id_: level.on_hand for id_, level in levels.items() if level.on_hand} == {ids[0]: 7}
    assert kept.saved == data.saved + 1


async def test_an_alert_set_in_the_inventory_is_not_taken_back_by_the_editor(owner: Tab) -> None:
    data = await opened(owner, ours())
    only, who = data.content["variants"][0]["id"], member("qiu.shan", CERAMICS)
    db.call(inventory.set_low_at, who, only, 5, at=clock.now())
    db.call(inventory.set_stock, who, only, 8, at=clock.now())
    sent_in = change(data, title="Tea cup") | {"stock": [None], "alerts": [None]}
    await owner.send(ListingEditorState.save, **sent_in)
    kept = owner.value(ListingEditorState, "data")
    assert (kept.content["variants"][0]["low_at"], kept.stock) == (5, {only: 8})
    typed = change(kept) | {"stock": [9], "alerts": [2]}
    await owner.send(ListingEditorState.save, **typed)
    level = db.call(levels_of, [data.id])[only]
    assert (level.on_hand, level.low_at) == (9, 2)
    assert (await opened(owner, data.id)).content["variants"][0]["low_at"] == 2


async def test_somebody_elses_save_is_told_and_nothing_is_lost_until_chosen(owner: Tab) -> None:
    data = await opened(owner, ours())
    await owner.send(ListingEditorState.save, **change(data, title="Theirs"))
    await owner.send(ListingEditorState.save, **change(data, title="Mine"))  # the old version
    conflict = owner.value(ListingEditorState, "conflict")
    assert row(data.id).title == "Theirs"
    assert conflict["version"] == data.version + 1
    assert (conflict["by"], conflict["at"]) == ("Qiu Shan", iso(row(data.id).updated_at))
    replacing = change(data, title="Mine") | {"version": conflict["version"]}
    await owner.send(ListingEditorState.save, **replacing)
    assert row(data.id).title == "Mine"
    assert owner.value(ListingEditorState, "conflict") == {}


async def test_the_difference_to_what_somebody_else_saved_can_be_looked_at(owner: Tab) -> None:
    data = await opened(owner, ours())
    await owner.send(ListingEditorState.save, **change(data, title="Theirs", tags=["tea"]))
    before, mine = everything(), change(data, title="Mine")["content"]
    await owner.send(ListingEditorState.compare, listing_id=data.id, content=mine)
    shown = owner.value(ListingEditorState, "difference")
    title = next(each for each in shown.texts if each.label == "Title in English")
    assert [(part.kind, part.text) for part in title.parts] == [
        ("removed", "Theirs"), ("added", "Mine"),
    ]  # fmt: skip
    assert owner.value(ListingEditorState, "is_comparing") is True
    assert everything() == before


async def test_a_shipping_template_is_put_on_many_listings_of_the_own_shop_alone(
    owner: Tab,
) -> None:
    mine, other, their = ours("One"), ours("Two"), theirs()
    form = TemplateForm(name="Parcel", handling_days=1, fee=800)
    template = db.call(
        listings.save_template, member("qiu.shan", CERAMICS), form, template_id="", version=0,
        at=clock.now(),
    )  # fmt: skip
    await owner.send(ListingBulkState.ask, deed="template", ids=[mine, other], is_all=False)
    assert template in {each.id for each in owner.value(ListingBulkState, "templates")}
    await bulk(owner, "template", [mine, other, their], ("template_id", template))
    assert {row(id_).draft["shipping_template_id"] for id_ in (mine, other)} == {template}
    assert row(their).draft["shipping_template_id"] == ""


async def test_another_shops_template_is_put_on_nothing(owner: Tab) -> None:
    mine = ours()
    form = TemplateForm(name="Theirs", handling_days=1, fee=800)
    template = db.call(
        listings.save_template, member("mia.torres", SHOES), form, template_id="", version=0,
        at=clock.now(),
    )  # fmt: skip
    await bulk(owner, "template", [mine], ("template_id", template))
    assert row(mine).draft["shipping_template_id"] == ""


async def test_incomplete_drafts_are_not_handed_in_together(pipeline: Pipeline, owner: Tab) -> None:
    mine = ours()
    await bulk(owner, "submit", [mine, theirs()])
    assert row(mine).status == "draft"
    assert pipeline.failures == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"handling_days": 61}, "handling_days"),
        ({"variants": [{"id": "", "price": -1}]}, "variants.0.price"),
        ({"variants": [{"id": "", "price": 10**12 + 1}]}, "variants.0.price"),
        ({"variants": [{"id": "", "price": True}]}, "variants.0.price"),
        ({"variants": [{"id": "", "price": "5990"}]}, "variants.0.price"),
        ({"variants": [{"id": "", "price": 5990.0}]}, "variants.0.price"),
        ({"variants": [{"id": "", "weight": "12"}]}, "variants.0.weight"),
        ({"variants": [{"id": "", "is_active": 1}]}, "variants.0.is_active"),
        ({"return_days": "7"}, "return_days"),
        ({"attributes": {f"a{n}": ["x"] for n in range(201)}}, "attributes"),
        ({"attributes": {"colour": ["x"] * 101}}, "attributes.colour"),
        ({"variants": [{"id": "", "barcode": "12x"}]}, "variants.0.barcode"),
        ({"blocks": [{"kind": "text", "text": "x" * 20_001}]}, "blocks.0.text"),
        ({"slug": "../admin"}, "slug"),
        ({"seller_id": "sel_other"}, ""),
    ],
)
async def test_what_is_out_of_bounds_is_told_beside_its_field(
    owner: Tab, fields: dict[str, Any], field: str
) -> None:
    data = await opened(owner, ours())
    before = everything()
    await refusal(owner, ListingEditorState.save, **change(data, **fields))
    assert field in owner.value(MessageState, "errors")
    assert everything() == before


async def test_columns_an_import_kept_are_not_typed_by_anybody(owner: Tab) -> None:
    listing_id = ours()

    def keep(session: Session) -> None:
        listing = session.get_one(Listing, listing_id)
        [only] = listing.draft["variants"]
        listing.draft = {
            **listing.draft,
            "extra": {"Google Shopping / MPN": "K-1"},
            "variants": [{**only, "extra": {"Cost per case": "9"}}],
        }

    db.call(keep)
    data = await opened(owner, listing_id)
    forged = {"Vendor": "<b>free words</b>"}
    variants = [{**one, "extra": forged} for one in data.content["variants"]]
    sent_in = change(data, title="Tea cup", extra=forged, variants=variants)
    await owner.send(ListingEditorState.save, **sent_in)

    kept = ListingContent.model_validate(row(listing_id).draft)
    assert (kept.title, kept.extra) == ("Tea cup", {"Google Shopping / MPN": "K-1"})
    assert [one.extra for one in kept.variants] == [{"Cost per case": "9"}]


async def test_more_than_two_hundred_numbers_of_stock_reach_nothing(owner: Tab) -> None:
    data = await opened(owner, ours())
    before = everything()
    await refusal(owner, ListingEditorState.save, **(change(data) | {"stock": [1] * 201}))
    assert everything() == before


async def test_no_handler_reads_or_changes_another_shops_listing(
    pipeline: Pipeline, owner: Tab
) -> None:
    data, foreign = await opened(owner, ours()), theirs()
    media = "med_00000000000000000000000000"
    events: list[tuple[Any, dict[str, Any]]] = [
        (ListingEditorState.save, change(data) | {"listing_id": foreign, "version": 1}),
        (ListingEditorState.submit, {"listing_id": foreign, "version": 1}),
        (ListingEditorState.discard, {"listing_id": foreign, "version": 1}),
        (ListingEditorState.appeal, {"listing_id": foreign, "form_data": sent(("text", "please"))}),
        (ListingEditorState.arrange, {"pictures": [{"id": media}]}),
        (ListingEditorState.add_document, {"media_id": media}),
        (ListingsState.duplicate, {"listing_id": foreign}),
        (ListingsState.unarchive, {"listing_id": foreign}),
        (ListingsState.pause, {"listing_id": foreign}),
        (ListingsState.resume, {"listing_id": foreign}),
        *(
            (ListingBulkState.carry_out, deed_for([foreign], deed, *fields))
            for deed, fields in DEEDS.items()
        ),
        (ListingVersionsState.compare, {"listing_id": foreign, "version_id": "ver_x"}),
        (
            ListingVersionsState.restore,
            {"listing_id": foreign, "version_id": "ver_x", "version": 1},
        ),
    ]
    before = everything()
    for handler, payload in events:
        await refusal(owner, handler, **payload)
    assert everything() == before
    owner.path = f"/seller/listings/{foreign}"
    assert await refusal(owner, ListingEditorState.load) is NotFound
    assert await refusal(owner, ListingVersionsState.load) is NotFound
    assert "Trail shoe" not in repr(owner.vars)


async def test_without_the_right_to_edit_nothing_can_be_changed(pipeline: Pipeline) -> None:
    listing_id = ours()
    reader = pipeline.tab(cookie=signed_in("daniel.reed", seller=seller_id(CERAMICS)))
    before = everything()
    content = {"listing_id": listing_id, "version": 1, "stock": [], "then": "save", "content": {}}
    content["alerts"] = []
    await refusal(reader, ListingEditorState.save, **content)
    await refusal(reader, ListingsState.create)
    await refusal(reader, ListingBulkState.carry_out, **deed_for([listing_id], "archive"))
    await refusal(reader, ShippingState.remove, template_id="shp_x")
    assert everything() == before


async def test_the_list_follows_its_url(pipeline: Pipeline, owner: Tab) -> None:
    kept, gone = ours("Celadon cup"), ours("Old vase")
    await bulk(owner, "archive", [gone])
    theirs()

    async def shown(query: str) -> list[str]:
        owner.path = f"/seller/listings?{query}"
        await owner.send(ListingsState.load)
        return [each.id for each in owner.value(ListingsState, "rows")]

    assert kept in await shown("q=celadon cup")
    assert gone not in await shown("q=vase")
    assert await shown("status=archived") == [gone]
    assert await shown("q=trail") == []
    assert kept in await shown("status=draft")
    assert kept not in await shown("show=out_of_stock")  # nothing of it is on sale
    assert pipeline.failures == []


async def test_the_list_is_bounded_by_price_and_stock_as_they_are_typed(owner: Tab) -> None:
    data = await opened(owner, ours("Bounded cup"))
    only, who = data.content["variants"][0]["id"], member("qiu.shan", CERAMICS)
    priced = [{**data.content["variants"][0], "price": 123_450}]
    await owner.send(ListingEditorState.save, **change(data, variants=priced))
    db.call(inventory.set_stock, who, only, 1_200, at=clock.now())

    async def found(query: str) -> bool:
        owner.path = f"/seller/listings?q=Bounded&{query}"
        await owner.send(ListingsState.load)
        return data.id in {row.id for row in owner.value(ListingsState, "rows")}

    assert await found("price_from=1,234.50&price_to=1234.5&stock_from=1,200&stock_to=1200")
    assert not await found("price_from=1234.51")
    assert not await found("price_to=1234.49")
    assert not await found("stock_from=1201")
    assert not await found("stock_to=1199")
    assert await found("stock_to=-1&price_to=1e3")


async def test_the_link_of_what_is_on_sale_is_shared_and_no_other(owner: Tab) -> None:
    mine = on_sale(ours())
    await owner.send(ListingShareState.open, listing_id=mine.id)
    shared = owner.value(ListingShareState, "shared")
    assert shared.link.endswith(f"/p/{mine.slug}")
    assert shared.qr.startswith("data:image/svg+xml")
    for other in (on_sale(theirs()).id, ours("Not yet on sale")):
        assert await refusal(owner, ListingShareState.open, listing_id=other) is NotFound
    assert owner.value(ListingShareState, "shared") == shared


async def test_a_text_of_markdown_comes_back_clean(owner: Tab) -> None:
    evil = "**bold** <img src=x onerror=alert(1)> [link](javascript:alert(1))"
    await owner.send(ListingEditorState.preview, texts=[evil, ""])
    html, nothing = owner.value(ListingEditorState, "previews")
    assert "<strong>bold</strong>" in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert nothing == ""


async def test_a_shipping_template_is_written_in_the_currency_and_only_by_its_shop(
    owner: Tab,
) -> None:
    fields = [("name", "Standard"), ("handling_days", "2"), ("fee", "8.5"), ("free_from", "99")]
    await owner.send(ShippingState.save, form_data=sent(*fields))
    rows = {each.name: each for each in owner.value(ShippingState, "rows")}
    assert (rows["Standard"].fee, rows["Standard"].free_from) == (850, 9900)

    form = TemplateForm(name="Fast")
    foreign = db.call(listings.save_template, member("mia.torres", SHOES), form, at=clock.now())
    before = everything()
    wanted = [("name", "Other"), *fields[1:], ("template_id", foreign), ("version", "1")]
    assert await refusal(owner, ShippingState.save, form_data=sent(*wanted)) is NotFound
    assert await refusal(owner, ShippingState.remove, template_id=foreign) is NotFound
    too_fine = [("name", "Odd"), ("handling_days", "2"), ("fee", "8.555")]
    await refusal(owner, ShippingState.save, form_data=sent(*too_fine))
    assert everything() == before
    assert db.call(lambda s: s.get_one(ShippingTemplate, foreign)).name == "Fast"


def test_a_bulk_change_of_prices_is_read_exactly() -> None:
    assert rule_of("percent", "-10").value == -1000
    assert rule_of("percent", "+2.5").value == 250
    assert rule_of("amount", "-0.50").value == -50
    assert rule_of("set", "59.9").value == 5990


async def test_a_title_is_told_its_forbidden_words_and_where_it_probably_belongs(
    owner: Tab,
) -> None:
    def ruled(session: Session) -> str:
        moderation.install_defaults(session)
        word = WordForm(word="replica", code="counterfeit")
        moderation.save_word(session, MODERATOR, word, at=clock.now())
        return sale.category(session, "Mugs", "马克杯")

    mugs = db.call(ruled)
    await owner.send(
        ListingEditorState.check, title="Stoneware mug, a replica of another", title_zh=""
    )

    assert owner.value(ListingEditorState, "hints") == ["replica"]
    assert [one.id for one in owner.value(ListingEditorState, "guesses")] == [mugs]
    await owner.send(ListingEditorState.check, title="Xyzzy", title_zh="")
    assert owner.value(ListingEditorState, "hints") == []
    assert owner.value(ListingEditorState, "guesses") == []
