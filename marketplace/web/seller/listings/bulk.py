"""What can be done to many listings at once and asks something first: prices, stock, category, tags."""

from typing import Annotated, Literal

import reflex as rx
from pydantic import StringConstraints
from sqlmodel import Session, col, select

from marketplace import db
from marketplace.domain.access.models import Audience, Permission, SellerMember
from marketplace.domain.catalog.models import Variant
from marketplace.domain.catalog.queries.listings import TemplateRow, templates
from marketplace.domain.catalog.rules.prices import PriceRule
from marketplace.domain.inventory import service as inventory
from marketplace.domain.inventory.models import StockReason
from marketplace.domain.inventory.service import Change
from marketplace.domain.moderation import queries as reviews
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.queries import PriceLine
from marketplace.domain.moderation.service import BulkResult
from marketplace.flows.export_products import task as exports
from marketplace.kit import clock
from marketplace.kit.errors import Invalid
from marketplace.kit.languages import N_
from marketplace.kit.money import exponent
from marketplace.kit.text import Id, Line
from marketplace.settings import settings
from marketplace.web.guard.forms import Form
from marketplace.web.guard.policy import Rate, allows
from marketplace.web.messages import clear_errors, say
from marketplace.web.seller.listings.screen import CategoryChoice, find_categories
from marketplace.web.session import current_member
from marketplace.web.ui.index_page.bulk import Ids

READ, EDIT = Permission.SHOP_LISTINGS_READ, Permission.SHOP_LISTINGS_EDIT
Kind = Literal["percent", "amount", "set"]
Number = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[+-]?\d{1,13}(\.\d{1,4})?$")
]
MOST_SHOWN = 50


class Prices(Form):
    kind: Kind
    value: Number


class Units(Form):
    units: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^\d{1,6}$")]


class Chosen(Form):
    category_id: Id


class Template(Form):
    template_id: Id


class Tags(Form):
    add: Line = ""
    remove: Line = ""


class ListingBulkState(rx.State):
    """The ticked listings, and the dialog that asks what to do with them."""

    dialog: rx.Field[str] = rx.field("")
    ids: rx.Field[list[str]] = rx.field(default_factory=list)
    currency: rx.Field[str] = rx.field("CNY")
    lines: rx.Field[list[PriceLine]] = rx.field(default_factory=list)
    line_count: rx.Field[int] = rx.field(0)
    problems: rx.Field[int] = rx.field(0)
    kind: rx.Field[str] = rx.field("percent")
    value: rx.Field[str] = rx.field("")
    categories: rx.Field[list[CategoryChoice]] = rx.field(default_factory=list)
    templates: rx.Field[list[TemplateRow]] = rx.field(default_factory=list)

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def ask_prices(self, ids: Ids):
        self.ids, self.dialog, self.currency = ids, "prices", settings().currency
        self.lines, self.line_count, self.value = [], 0, ""
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def ask_stock(self, ids: Ids):
        self.ids, self.dialog = ids, "stock"
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def ask_category(self, ids: Ids):
        self.ids, self.dialog = ids, "category"
        return ListingBulkState.find_category("")

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def ask_template(self, ids: Ids):
        self.templates = (await db.read(templates, await current_member(self)))[:MOST_SHOWN]
        self.ids, self.dialog, self.currency = ids, "template", settings().currency
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def ask_tags(self, ids: Ids):
        self.ids, self.dialog = ids, "tags"
        return clear_errors()

    @rx.event
    @allows(Audience.SELLER, READ)
    async def close(self, is_open: bool):
        self.dialog = ""

    @rx.event
    @allows(Audience.SELLER, EDIT)
    async def preview(self, form_data: Prices):
        self.kind, self.value = form_data.kind, form_data.value
        rule = rule_of(form_data.kind, form_data.value)
        lines = await db.read(
            reviews.preview_prices, await current_member(self), self.ids, rule, at=clock.now()
        )
        self._show(lines)

    @rx.event
    @allows(Audience.SELLER, EDIT, rate=Rate.COSTLY, is_change=True)
    async def set_prices(self, ids: Ids, kind: Kind, value: Number):
        rule = rule_of(kind, value)
        done = await db.run(
            moderation.change_prices, await current_member(self), ids, rule, at=clock.now()
        )
        self.dialog = ""
        return say_results(done)

    @rx.event
    @allows(Audience.SELLER, EDIT, rate=Rate.COSTLY, is_change=True)
    async def set_stock(self, ids: Ids, form_data: Units):
        units = int(form_data.units)
        changed = await db.run(stock_all, await current_member(self), ids, units)
        self.dialog = ""
        return say(N_("Stock of {n} SKUs changed."), n=changed)

    @rx.event(supersedes=True)
    @allows(Audience.SELLER, EDIT)
    async def find_category(self, search: Line):
        wanted = search or "/"  # every category that is below another one
        self.categories = await db.read(find_categories, await current_member(self), wanted, "")

    @rx.event
    @allows(Audience.SELLER, EDIT, rate=Rate.COSTLY, is_change=True)
    async def set_category(self, ids: Ids, form_data: Chosen):
        category = form_data.category_id
        done = await db.run(
            moderation.change_category, await current_member(self), ids, category, at=clock.now()
        )
        self.dialog = ""
        return say_results(done)

    @rx.event
    @allows(Audience.SELLER, EDIT, rate=Rate.COSTLY, is_change=True)
    async def set_template(self, ids: Ids, form_data: Template):
        template, at = form_data.template_id, clock.now()
        done = await db.run(
            moderation.change_template, await current_member(self), ids, template, at=at
        )
        self.dialog = ""
        return say_results(done)

    @rx.event
    @allows(Audience.SELLER, EDIT, rate=Rate.COSTLY, is_change=True)
    async def set_tags(self, ids: Ids, form_data: Tags):
        words = {"add": words_of(form_data.add), "remove": words_of(form_data.remove)}
        done = await db.run(
            moderation.change_tags, await current_member(self), ids, **words, at=clock.now()
        )
        self.dialog = ""
        return say_results(done)

    @rx.event
    @allows(Audience.SELLER, READ, rate=Rate.COSTLY)
    async def export(self, ids: Ids):
        at = clock.now()
        await db.run(exports.request_export, await current_member(self), "shopify", ids=ids, at=at)
        return say(N_("The file is being written. You will find it under the bell."))

    def _show(self, lines: list[PriceLine]) -> None:
        self.lines, self.line_count = lines[:MOST_SHOWN], len(lines)
        self.problems = sum(1 for line in lines if line.problem)


def rule_of(kind: Kind, value: str) -> PriceRule:
    """A percentage as basis points, an amount as minor units. Raises `Invalid`."""
    places = 2 if kind == "percent" else exponent(settings().currency)
    whole, _, decimals = value.lstrip("+").partition(".")
    if len(decimals.rstrip("0")) > places:
        raise Invalid({"value": N_("Too many decimals for this currency.")})
    sign = -1 if whole.startswith("-") else 1
    minor = int(whole.lstrip("-") + decimals.rstrip("0").ljust(places, "0"))
    return PriceRule(kind, sign * minor)


def words_of(text: str) -> list[str]:
    words = (word.strip() for word in text.replace("，", ",").split(","))
    return list(dict.fromkeys(word[:80] for word in words if word))


def say_results(results: list[BulkResult]) -> rx.event.EventSpec:
    """How many were done, wait for a review, were refused; with the first reason."""
    done = sum(1 for each in results if each.is_done and not each.is_waiting)
    waiting = sum(1 for each in results if each.is_waiting)
    refused = [each for each in results if not each.is_done and not each.is_waiting]
    if not refused:
        return say(N_("Done: {done}. Waiting for a review: {waiting}."), done=done, waiting=waiting)
    return say(
        N_(
            "Done: {done}. Waiting for a review: {waiting}. Refused: {refused}, as its editor says."
        ),
        "warning",
        done=done,
        waiting=waiting,
        refused=len(refused),
    )


def stock_all(session: Session, member: SellerMember, listing_ids: list[str], units: int) -> int:
    """So many of every variant of these listings; those of other sellers are not found."""
    variants = session.exec(
        select(Variant.id).where(
            col(Variant.listing_id).in_(listing_ids),
            Variant.seller_id == member.seller_id,
            col(Variant.archived_at).is_(None),
        )
    ).all()
    changes = [Change(id_, units) for id_ in variants]
    return inventory.set_many(session, member, changes, reason=StockReason.SET, at=clock.now())
