"""Every page: address, title, view, loader, audience. No page registers itself elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx

from marketplace.domain.access.models import Audience, Permission
from marketplace.kit.languages import N_
from marketplace.web import frames, not_found
from marketplace.web.admin import audit, books, jobs, mail, tasks, ui_guide
from marketplace.web.admin import home as admin_home
from marketplace.web.admin.catalog import attributes, brands, categories, questions, synonyms
from marketplace.web.admin.catalog import listing as listing_file
from marketplace.web.admin.catalog import listings as all_listings
from marketplace.web.admin.moderation import desk as moderation
from marketplace.web.admin.moderation import figures as moderation_figures
from marketplace.web.admin.moderation import policies as moderation_policies
from marketplace.web.admin.sellers import agreement, levels, papers, requirements, seller
from marketplace.web.admin.sellers import application as application_review
from marketplace.web.admin.sellers import applications as applications_queue
from marketplace.web.admin.sellers import directory as sellers
from marketplace.web.admin.staff import invitations as staff_invitations
from marketplace.web.admin.staff import people as staff
from marketplace.web.admin.staff import roles as staff_roles
from marketplace.web.i18n import t
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
from marketplace.web.shell import ShellState
from marketplace.web.storefront import home as storefront_home
from marketplace.web.storefront import sell
from marketplace.web.storefront.listing import state as listing_state
from marketplace.web.storefront.listing import view as listing_view
from marketplace.web.storefront.search import state as search_state
from marketplace.web.storefront.search import view as search_view

Frame = Callable[[rx.Component, str], rx.Component]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's handlers guard themselves; `audience` gives the frame, `permission` the menu."""

    route: str
    title: str
    view: Callable[[], rx.Component]
    load: tuple[Any, ...]
    audience: Audience
    permission: Permission | None = None
    frame: Frame | None = None
    """Instead of the audience's."""


FRAMES = {
    Audience.PUBLIC: frames.storefront,
    Audience.PERSON: frames.storefront,
    Audience.SELLER: frames.seller,
    Audience.STAFF: frames.admin,
}


def _apply(path: str, title: str, view: Callable[[], rx.Component], load: Any) -> Page:
    """A page of an application to sell: for people, who have no shop yet."""
    route = f"/seller/apply{path}"
    return Page(route, title, view, (load,), Audience.PERSON, frame=frames.applicant)


def _wares(route: str, title: str, view: Callable[[], rx.Component], *loads: Any) -> Page:
    """A page of the portal about what a shop sells."""
    return Page(route, title, view, loads, Audience.SELLER, Permission.SHOP_LISTINGS_READ)


def _seller(route: str, title: str, view: Callable[[], rx.Component], load: Any) -> Page:
    return Page(route, title, view, (load,), Audience.STAFF, Permission.SELLERS_READ)


def _shop(route: str, title: str, view: Callable[[], rx.Component], load: Any) -> Page:
    return Page(route, title, view, (load,), Audience.PUBLIC)


PAGES: tuple[Page, ...] = (
    _shop(
        "/",
        N_("Jishi, a market of independent shops"),
        storefront_home.page,
        storefront_home.StorefrontHomeState.load,
    ),
    _shop("/sell", N_("Sell with us"), sell.page, sell.SellState.load),
    _shop("/search", N_("Search"), search_view.page, search_state.SearchState.load),
    _shop("/c/[slug]", N_("Category"), search_view.page, search_state.SearchState.load),
    _shop("/p/[slug]", N_("Listing"), listing_view.page, listing_state.ListingPageState.load),
    Page("/forbidden", N_("Not open to you"), not_found.forbidden, (), Audience.PERSON),
    Page(
        "/seller",
        N_("Home"),
        seller_home.page,
        (seller_home.SellerHomeState.load,),
        Audience.SELLER,
        Permission.SHOP_READ,
    ),
    Page(
        "/admin",
        N_("Home"),
        admin_home.page,
        (admin_home.AdminHomeState.load,),
        Audience.STAFF,
        Permission.BACK_OFFICE,
    ),
    Page(
        "/admin/categories",
        N_("Categories"),
        categories.page,
        (categories.CategoriesState.load,),
        Audience.STAFF,
        Permission.CATALOG_READ,
    ),
    Page(
        "/admin/attributes",
        N_("Attributes"),
        attributes.page,
        (attributes.AttributesState.load,),
        Audience.STAFF,
        Permission.CATALOG_READ,
    ),
    Page(
        "/admin/brands",
        N_("Brands"),
        brands.page,
        (brands.BrandsState.load,),
        Audience.STAFF,
        Permission.CATALOG_READ,
    ),
    Page(
        "/admin/synonyms",
        N_("Synonyms"),
        synonyms.page,
        (synonyms.SynonymsState.load,),
        Audience.STAFF,
        Permission.CATALOG_READ,
    ),
    Page(
        "/admin/search",
        N_("Search questions"),
        questions.page,
        (questions.QuestionsState.load,),
        Audience.STAFF,
        Permission.INSIGHTS_READ,
    ),
    Page(
        "/admin/moderation",
        N_("Moderation"),
        moderation.page,
        (moderation.DeskState.load,),
        Audience.STAFF,
        Permission.MODERATION_DECIDE,
    ),
    Page(
        "/admin/moderation/policies",
        N_("Rules and words"),
        moderation_policies.page,
        (moderation_policies.PoliciesState.load, moderation_figures.FiguresState.load),
        Audience.STAFF,
        Permission.MODERATION_DECIDE,
    ),
    Page(
        "/admin/listings",
        N_("All listings"),
        all_listings.page,
        (all_listings.AllListingsState.load,),
        Audience.STAFF,
        Permission.CATALOG_READ,
    ),
    Page(
        "/admin/listings/[any_listing]",
        N_("Listing"),
        listing_file.page,
        (listing_file.ListingFileState.load,),
        Audience.STAFF,
        Permission.CATALOG_READ,
    ),
    _seller("/admin/sellers", N_("All sellers"), sellers.page, sellers.SellersState.load),
    _seller(
        "/admin/sellers/documents",
        N_("Documents expiring"),
        papers.page,
        papers.PapersState.load,
    ),
    _seller(
        "/admin/sellers/requirements",
        N_("Requirements"),
        requirements.page,
        requirements.RequirementsState.load,
    ),
    _seller("/admin/sellers/levels", N_("Levels"), levels.page, levels.LevelsState.load),
    _seller(
        "/admin/sellers/agreement",
        N_("Seller agreement"),
        agreement.page,
        agreement.AgreementState.load,
    ),
    _seller("/admin/sellers/[any_seller]", N_("Seller"), seller.page, seller.SellerState.load),
    Page(
        "/admin/applications",
        N_("Applications"),
        applications_queue.page,
        (applications_queue.ApplicationsState.load,),
        Audience.STAFF,
        Permission.SELLERS_READ,
    ),
    Page(
        "/admin/applications/[seller_application]",
        N_("Review an application"),
        application_review.page,
        (application_review.ApplicationReviewState.load,),
        Audience.STAFF,
        Permission.SELLERS_READ,
    ),
    Page(
        "/admin/books",
        N_("Books"),
        books.page,
        (books.BooksState.load,),
        Audience.STAFF,
        Permission.BOOKS_READ,
    ),
    Page(
        "/admin/audit",
        N_("Audit log"),
        audit.page,
        (audit.AuditState.load,),
        Audience.STAFF,
        Permission.AUDIT_READ,
    ),
    Page(
        "/admin/jobs",
        N_("Jobs"),
        jobs.page,
        (jobs.JobsState.load,),
        Audience.STAFF,
        Permission.JOBS_READ,
    ),
    Page(
        "/admin/mail",
        N_("Mail"),
        mail.page,
        (mail.MailState.load,),
        Audience.STAFF,
        Permission.MAIL_READ,
    ),
    Page(
        "/admin/staff",
        N_("Staff and roles"),
        staff.page,
        (staff.StaffState.load,),
        Audience.STAFF,
        Permission.STAFF_READ,
    ),
    Page(
        "/admin/staff/roles",
        N_("Roles"),
        staff_roles.page,
        (staff_roles.RolesState.load,),
        Audience.STAFF,
        Permission.STAFF_READ,
    ),
    Page(
        "/admin/staff/invitations",
        N_("Invitations"),
        staff_invitations.page,
        (staff_invitations.StaffInvitationsState.load,),
        Audience.STAFF,
        Permission.STAFF_READ,
    ),
    Page(
        "/admin/tasks",
        N_("Exports and tasks"),
        tasks.page,
        (tasks.TasksState.load,),
        Audience.STAFF,
        Permission.BACK_OFFICE,
    ),
    Page("/admin/ui", N_("Style guide"), ui_guide.page, (), Audience.STAFF, Permission.BACK_OFFICE),
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


def add_pages(app: rx.App) -> None:
    """Each page in its audience's frame; public pages also live under `/zh` (DESIGN D9)."""
    for page in PAGES:
        for route in _routes(page):
            app.add_page(
                framed(page),
                route=route,
                title=t(page.title),
                image="/favicon.svg",
                on_load=[ShellState.load, *page.load],
            )
    app.add_page(
        lambda: frames.storefront(not_found.missing(), "404"),
        route="404",
        title=t(N_("There is no such page")),
        image="/favicon.svg",
        on_load=[ShellState.load],
    )


def framed(page: Page) -> Callable[[], rx.Component]:
    """The page in its frame, under its own module's name: Reflex bundles a module's pieces
    together, so a shared name would make every page load the charts of one."""

    def view() -> rx.Component:
        return (page.frame or FRAMES[page.audience])(page.view(), page.route)

    view.__module__ = page.view.__module__
    view.__name__ = view.__qualname__ = f"framed_{page.view.__name__}"
    return view


def _routes(page: Page) -> list[str]:
    if page.audience is not Audience.PUBLIC:
        return [page.route]
    return [page.route, "/zh" + page.route.rstrip("/")]
