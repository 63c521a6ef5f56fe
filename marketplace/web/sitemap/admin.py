"""The back office's pages."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from marketplace.domain.access.models import Audience, Permission
from marketplace.kit.languages import N_
from marketplace.web.admin import audit, books, jobs, mail, tasks, ui_guide
from marketplace.web.admin import home as admin_home
from marketplace.web.admin.catalog import attributes, brands, categories, questions, synonyms
from marketplace.web.admin.catalog import listing as listing_file
from marketplace.web.admin.catalog import listings as all_listings
from marketplace.web.admin.moderation import desk as moderation
from marketplace.web.admin.moderation import figures as moderation_figures
from marketplace.web.admin.moderation import policies as moderation_policies
from marketplace.web.admin.sellers import agreement, levels, notes, papers, requirements, seller
from marketplace.web.admin.sellers import application as application_review
from marketplace.web.admin.sellers import applications as applications_queue
from marketplace.web.admin.sellers import directory as sellers
from marketplace.web.admin.staff import invitations as staff_invitations
from marketplace.web.admin.staff import people as staff
from marketplace.web.admin.staff import roles as staff_roles
from marketplace.web.sitemap.page import Page


def _seller(route: str, title: str, view: Callable[[], rx.Component], load: Any) -> Page:
    return Page(route, title, view, (load,), Audience.STAFF, Permission.SELLERS_READ)


PAGES: tuple[Page, ...] = (
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
    _seller(
        "/admin/sellers/[any_seller]/notes",
        N_("Notes on the seller"),
        notes.page,
        notes.SellerNotesState.load,
    ),
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
)
