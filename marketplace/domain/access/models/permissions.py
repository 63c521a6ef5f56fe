"""What can be permitted, and the presets of roles (reference/ux.md AD-41)."""

from dataclasses import dataclass
from enum import StrEnum

from marketplace.kit.languages import N_


class Audience(StrEnum):
    PUBLIC = "public"
    PERSON = "person"
    SELLER = "seller"
    STAFF = "staff"


class Permission(StrEnum):
    """One thing a role may allow. Values ending in `.read` never allow a change."""

    SELLERS_READ = "sellers.read"
    SELLERS_REVIEW = "sellers.review"
    SELLERS_MANAGE = "sellers.manage"
    SELLERS_VIEW_AS = "sellers.view_as"
    CATALOG_READ = "catalog.read"
    CATALOG_MANAGE = "catalog.manage"
    MODERATION_DECIDE = "moderation.decide"
    ORDERS_READ = "orders.read"
    ORDERS_MANAGE = "orders.manage"
    REFUNDS_DECIDE = "refunds.decide"
    MARKETING_MANAGE = "marketing.manage"
    COMMISSION_PROPOSE = "commission.propose"
    COMMISSION_PUBLISH = "commission.publish"
    SETTLEMENT_MAKE = "settlement.make"
    SETTLEMENT_CHECK = "settlement.check"
    BOOKS_READ = "books.read"
    INSIGHTS_READ = "insights.read"
    CONTENT_MANAGE = "content.manage"
    SUPPORT_ANSWER = "support.answer"
    STRATEGY_MANAGE = "strategy.manage"
    STAFF_READ = "staff.read"
    STAFF_MANAGE = "staff.manage"
    ROLES_MANAGE = "roles.manage"
    AUDIT_READ = "audit.read"
    AUDIT_EXPORT = "audit.export"
    JOBS_READ = "jobs.read"
    JOBS_MANAGE = "jobs.manage"
    MAIL_READ = "mail.read"
    MAIL_MANAGE = "mail.manage"
    SETTINGS_MANAGE = "settings.manage"
    PII_READ = "pii.read"
    BACK_OFFICE = "back_office.read"

    SHOP_READ = "shop.read"
    SHOP_MANAGE = "shop.manage"
    SHOP_MEMBERS = "shop.members"
    SHOP_LISTINGS_READ = "shop.listings.read"
    SHOP_LISTINGS_EDIT = "shop.listings.edit"
    SHOP_ORDERS_READ = "shop.orders.read"
    SHOP_ORDERS_FULFIL = "shop.orders.fulfil"
    SHOP_MARKETING = "shop.marketing"
    SHOP_FINANCE_READ = "shop.finance.read"
    SHOP_FINANCE_MANAGE = "shop.finance.manage"
    SHOP_SUPPORT = "shop.support"
    SHOP_INSIGHTS_READ = "shop.insights.read"

    @property
    def audience(self) -> Audience:
        return Audience.SELLER if self.value.startswith("shop.") else Audience.STAFF

    @property
    def is_read(self) -> bool:
        return self.value.endswith(".read")


P = Permission
STAFF_PERMISSIONS = frozenset(p for p in P if p.audience is Audience.STAFF)
SELLER_PERMISSIONS = frozenset(p for p in P if p.audience is Audience.SELLER)

LABELS: dict[Permission, str] = {
    P.SELLERS_READ: N_("See sellers and applications"),
    P.SELLERS_REVIEW: N_("Decide on seller applications"),
    P.SELLERS_MANAGE: N_("Restrict, suspend and close sellers"),
    P.SELLERS_VIEW_AS: N_("View a shop as its members see it"),
    P.CATALOG_READ: N_("See all listings"),
    P.CATALOG_MANAGE: N_("Edit categories, attributes and brands"),
    P.MODERATION_DECIDE: N_("Decide on listings"),
    P.ORDERS_READ: N_("See orders"),
    P.ORDERS_MANAGE: N_("Change and cancel orders"),
    P.REFUNDS_DECIDE: N_("Decide on refunds and disputes"),
    P.MARKETING_MANAGE: N_("Run campaigns, promotions and slots"),
    P.COMMISSION_PROPOSE: N_("Draft commission rules"),
    P.COMMISSION_PUBLISH: N_("Publish commission rules"),
    P.SETTLEMENT_MAKE: N_("Prepare settlements and payouts"),
    P.SETTLEMENT_CHECK: N_("Approve settlements and payouts"),
    P.BOOKS_READ: N_("See the books and their checks"),
    P.INSIGHTS_READ: N_("See dashboards and reports"),
    P.CONTENT_MANAGE: N_("Edit pages, articles and redirects"),
    P.SUPPORT_ANSWER: N_("Answer tickets and moderate reviews"),
    P.STRATEGY_MANAGE: N_("Edit goals, partners and positioning"),
    P.STAFF_READ: N_("See staff and their roles"),
    P.STAFF_MANAGE: N_("Invite and remove staff, assign roles"),
    P.ROLES_MANAGE: N_("Create and edit roles"),
    P.AUDIT_READ: N_("See the audit log"),
    P.AUDIT_EXPORT: N_("Export the audit log"),
    P.JOBS_READ: N_("See background jobs"),
    P.JOBS_MANAGE: N_("Run, retry and drop background jobs"),
    P.MAIL_READ: N_("See sent mail"),
    P.MAIL_MANAGE: N_("Send mail again"),
    P.SETTINGS_MANAGE: N_("Change platform settings"),
    P.PII_READ: N_("See personal data unmasked"),
    P.BACK_OFFICE: N_("Enter the back office"),
    P.SHOP_READ: N_("Enter the seller portal"),
    P.SHOP_MANAGE: N_("Edit the shop, shipping and documents"),
    P.SHOP_MEMBERS: N_("Invite and remove members"),
    P.SHOP_LISTINGS_READ: N_("See listings and stock"),
    P.SHOP_LISTINGS_EDIT: N_("Edit listings and stock"),
    P.SHOP_ORDERS_READ: N_("See the shop's orders"),
    P.SHOP_ORDERS_FULFIL: N_("Ship orders and handle returns"),
    P.SHOP_MARKETING: N_("Run promotions and book slots"),
    P.SHOP_FINANCE_READ: N_("See statements and payouts"),
    P.SHOP_FINANCE_MANAGE: N_("Confirm statements, change bank details"),
    P.SHOP_SUPPORT: N_("Answer buyers"),
    P.SHOP_INSIGHTS_READ: N_("See the shop's reports"),
}


@dataclass(frozen=True, slots=True)
class Preset:
    """A role every installation starts with. Presets can be copied, not edited."""

    code: str
    audience: Audience
    name: str
    purpose: str
    permissions: frozenset[Permission]


READ_ALL_STAFF = frozenset(p for p in STAFF_PERMISSIONS if p.is_read) - {P.PII_READ}


def _staff(code: str, name: str, purpose: str, *permissions: Permission) -> Preset:
    return Preset(code, Audience.STAFF, name, purpose, frozenset({P.BACK_OFFICE, *permissions}))


def _seller(code: str, name: str, purpose: str, *permissions: Permission) -> Preset:
    return Preset(code, Audience.SELLER, name, purpose, frozenset({P.SHOP_READ, *permissions}))


PRESETS: tuple[Preset, ...] = (
    _staff(
        "super",
        N_("Super administrator"),
        N_("Everything, including staff and roles."),
        *STAFF_PERMISSIONS,
    ),
    _staff(
        "operations",
        N_("Operations"),
        N_("Runs sellers, orders, campaigns and content day to day."),
        P.SELLERS_READ,
        P.SELLERS_REVIEW,
        P.SELLERS_MANAGE,
        P.SELLERS_VIEW_AS,
        P.CATALOG_READ,
        P.ORDERS_READ,
        P.ORDERS_MANAGE,
        P.MARKETING_MANAGE,
        P.CONTENT_MANAGE,
        P.INSIGHTS_READ,
        P.JOBS_READ,
        P.MAIL_READ,
        P.PII_READ,
    ),
    _staff(
        "category",
        N_("Category manager"),
        N_("Shapes categories and the campaigns in them."),
        P.SELLERS_READ,
        P.CATALOG_READ,
        P.CATALOG_MANAGE,
        P.MARKETING_MANAGE,
        P.INSIGHTS_READ,
        P.COMMISSION_PROPOSE,
    ),
    _staff(
        "moderator",
        N_("Moderator"),
        N_("Reviews listings and reports."),
        P.SELLERS_READ,
        P.CATALOG_READ,
        P.MODERATION_DECIDE,
        P.SUPPORT_ANSWER,
    ),
    _staff(
        "finance_maker",
        N_("Finance maker"),
        N_("Prepares settlements; never approves them."),
        P.SELLERS_READ,
        P.ORDERS_READ,
        P.BOOKS_READ,
        P.SETTLEMENT_MAKE,
        P.COMMISSION_PROPOSE,
        P.INSIGHTS_READ,
    ),
    _staff(
        "finance_checker",
        N_("Finance checker"),
        N_("Approves what a maker prepared."),
        P.SELLERS_READ,
        P.ORDERS_READ,
        P.BOOKS_READ,
        P.SETTLEMENT_CHECK,
        P.COMMISSION_PUBLISH,
        P.INSIGHTS_READ,
        P.AUDIT_READ,
    ),
    _staff(
        "support",
        N_("Support"),
        N_("Helps buyers and sellers."),
        P.SELLERS_READ,
        P.SELLERS_VIEW_AS,
        P.CATALOG_READ,
        P.ORDERS_READ,
        P.REFUNDS_DECIDE,
        P.SUPPORT_ANSWER,
        P.MAIL_READ,
        P.PII_READ,
    ),
    _staff(
        "analyst",
        N_("Analyst"),
        N_("Reads the numbers, without personal data."),
        P.SELLERS_READ,
        P.CATALOG_READ,
        P.ORDERS_READ,
        P.INSIGHTS_READ,
        P.BOOKS_READ,
    ),
    _staff(
        "auditor",
        N_("Auditor"),
        N_("Reads everything, changes nothing."),
        *READ_ALL_STAFF,
        P.AUDIT_EXPORT,
    ),
    _seller(
        "owner",
        N_("Owner"),
        N_("Everything in the shop, including members and bank details."),
        *SELLER_PERMISSIONS,
    ),
    _seller(
        "manager",
        N_("Manager"),
        N_("Runs the shop; bank details stay with the owner."),
        *(SELLER_PERMISSIONS - {P.SHOP_FINANCE_MANAGE}),
    ),
    _seller(
        "catalogue",
        N_("Catalogue"),
        N_("Looks after listings and stock."),
        P.SHOP_LISTINGS_READ,
        P.SHOP_LISTINGS_EDIT,
        P.SHOP_INSIGHTS_READ,
    ),
    _seller(
        "fulfilment",
        N_("Fulfilment"),
        N_("Ships orders and takes returns in."),
        P.SHOP_ORDERS_READ,
        P.SHOP_ORDERS_FULFIL,
        P.SHOP_LISTINGS_READ,
    ),
    _seller(
        "finance",
        N_("Finance"),
        N_("Reads statements and payouts."),
        P.SHOP_FINANCE_READ,
        P.SHOP_ORDERS_READ,
        P.SHOP_INSIGHTS_READ,
    ),
    _seller(
        "seller_support",
        N_("Customer service"),
        N_("Answers buyers."),
        P.SHOP_SUPPORT,
        P.SHOP_ORDERS_READ,
        P.SHOP_LISTINGS_READ,
    ),
)
