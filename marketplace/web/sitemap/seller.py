"""The seller portal's pages, and the way into it."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from marketplace.domain.access.models import Audience, Permission
from marketplace.kit.languages import N_
from marketplace.web import frames
from marketplace.web.seller import home as seller_home
from marketplace.web.seller import team
from marketplace.web.seller.apply import agreement as apply_agreement
from marketplace.web.seller.apply import details as apply_details
from marketplace.web.seller.apply import documents as apply_documents
from marketplace.web.seller.apply import review as apply_review
from marketplace.web.seller.apply import shop as apply_shop
from marketplace.web.seller.apply import status as apply_status
from marketplace.web.seller.apply.state import ApplyState
from marketplace.web.seller.inventory import count as inventory_count
from marketplace.web.seller.inventory import listing as inventory
from marketplace.web.seller.listings import editor as listing_editor
from marketplace.web.seller.listings import index as listings
from marketplace.web.seller.listings import shipping
from marketplace.web.seller.listings import versions as listing_versions
from marketplace.web.seller.listings_import import state as import_state
from marketplace.web.seller.listings_import import view as listings_import
from marketplace.web.seller.store import documents as store_documents
from marketplace.web.seller.store import profile as store_profile
from marketplace.web.sitemap.page import Page


def _apply(path: str, title: str, view: Callable[[], rx.Component], load: Any) -> Page:
    """A page of an application to sell: for people, who have no shop yet."""
    route = f"/seller/apply{path}"
    return Page(route, title, view, (load,), Audience.PERSON, frame=frames.applicant)


def _wares(route: str, title: str, view: Callable[[], rx.Component], *loads: Any) -> Page:
    """A page of the portal about what a shop sells."""
    return Page(route, title, view, loads, Audience.SELLER, Permission.SHOP_LISTINGS_READ)


PAGES: tuple[Page, ...] = (
    Page(
        "/seller",
        N_("Home"),
        seller_home.page,
        (seller_home.SellerHomeState.load,),
        Audience.SELLER,
        Permission.SHOP_READ,
    ),
    _wares("/seller/inventory", N_("Inventory"), inventory.page, inventory.StockState.load),
    Page(
        "/seller/inventory/count",
        N_("Count stock"),
        inventory_count.page,
        (inventory_count.CountState.load,),
        Audience.SELLER,
        Permission.SHOP_LISTINGS_EDIT,
    ),
    _wares("/seller/listings", N_("Listings"), listings.page, *listings.LOADS),
    _wares(
        "/seller/listings/[shop_listing]",
        N_("Edit a listing"),
        listing_editor.page,
        listing_editor.ListingEditorState.load,
    ),
    _wares(
        "/seller/listings/[shop_listing]/versions",
        N_("Versions"),
        listing_versions.page,
        listing_versions.ListingVersionsState.load,
    ),
    _wares("/seller/store/shipping", N_("Shipping"), shipping.page, shipping.ShippingState.load),
    _wares(
        "/seller/listings/import",
        N_("Import and export"),
        listings_import.page,
        import_state.ImportState.load,
    ),
    _apply("", N_("Your application"), apply_status.status, ApplyState.load),
    _apply("/contact", N_("Contact"), apply_details.contact, ApplyState.load_step),
    _apply("/business", N_("Kind of business"), apply_details.business, ApplyState.load_step),
    _apply("/legal", N_("Legal details"), apply_details.legal, ApplyState.load_step),
    _apply("/documents", N_("Documents"), apply_documents.documents, ApplyState.load_step),
    _apply("/shop", N_("Your shop"), apply_shop.shop, ApplyState.load_step),
    _apply("/bank", N_("Bank account and agreement"), apply_agreement.bank, ApplyState.load_step),
    _apply("/review", N_("Check and submit"), apply_review.review, ApplyState.load_step),
    Page(
        "/seller/store",
        N_("Shop profile"),
        store_profile.page,
        (store_profile.ProfileState.load,),
        Audience.SELLER,
        Permission.SHOP_READ,
    ),
    Page(
        "/seller/store/documents",
        N_("Documents"),
        store_documents.page,
        (store_documents.DocumentsState.load,),
        Audience.SELLER,
        Permission.SHOP_MANAGE,
    ),
    Page(
        "/seller/team",
        N_("Team"),
        team.page,
        (team.TeamState.load,),
        Audience.SELLER,
        Permission.SHOP_READ,
    ),
)
