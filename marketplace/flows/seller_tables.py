"""The lists of sellers that become files, as their pages show them to staff."""

from collections.abc import Sequence

from marketplace.domain.access.models import Permission
from marketplace.domain.sellers.queries import applications, directory
from marketplace.domain.sellers.queries.applications import QueueRow
from marketplace.domain.sellers.queries.directory import ExpiringRow, SellerRow
from marketplace.flows.exported_table import Table
from marketplace.kit.csv import Cell
from marketplace.kit.languages import N_


def _application_cells(row: QueueRow) -> Sequence[Cell]:
    risks = ", ".join(row.risks)
    return (
        row.id,
        row.applicant,
        row.email,
        row.shop_name,
        row.business_type,
        row.submitted_at,
        row.due_at,
        row.completeness,
        risks,
        row.reviewer,
        row.status,
    )


def _seller_cells(row: SellerRow) -> Sequence[Cell]:
    return (
        row.id,
        row.name,
        row.name_zh,
        row.slug,
        row.owner,
        row.owner_email,
        row.level,
        row.status,
        ", ".join(row.switches),
        row.next_expiry,
        row.deadline,
        row.joined_at,
    )


def _paper_cells(row: ExpiringRow) -> Sequence[Cell]:
    return (
        row.seller_id,
        row.seller,
        row.seller_zh,
        row.name,
        row.name_zh,
        row.state,
        row.expires_on,
        row.days_left if row.expires_on else "",
        row.reminded,
        ", ".join(row.switches),
    )


SELLER_TABLES = (
    Table(
        "applications",
        N_("Applications"),
        (
            N_("Id"),
            N_("Applicant"),
            N_("E-mail"),
            N_("Shop"),
            N_("Kind of business"),
            N_("Submitted"),
            N_("Answer due"),
            N_("Completeness"),
            N_("Hints"),
            N_("Reviewer"),
            N_("State"),
        ),
        applications.queue,
        _application_cells,
        dict.fromkeys(("status", "type", "category", "risk", "reviewer", "urgency")),
        ("submitted", "applicant", "due"),
        Permission.SELLERS_REVIEW,
    ),
    Table(
        "sellers",
        N_("All sellers"),
        (
            N_("Seller ID"),
            N_("Shop"),
            N_("Name in Chinese"),
            N_("Web address"),
            N_("Owner"),
            N_("E-mail"),
            N_("Level"),
            N_("State"),
            N_("Switched off"),
            N_("Next document ends"),
            N_("Owed until"),
            N_("Joined"),
        ),
        directory.list_sellers,
        _seller_cells,
        dict.fromkeys(("status", "level", "switch", "documents", "appeal")),
        ("-joined", "name", "status", "level"),
        Permission.SELLERS_MANAGE,
    ),
    Table(
        "papers",
        N_("Documents expiring"),
        (
            N_("Seller ID"),
            N_("Shop"),
            N_("Name in Chinese"),
            N_("Document"),
            N_("Document in Chinese"),
            N_("State"),
            N_("Ends"),
            N_("Days left"),
            N_("Last reminder"),
            N_("Switched off"),
        ),
        directory.expiring,
        _paper_cells,
        {"state": None},
        ("ends",),
        Permission.SELLERS_MANAGE,
    ),
)
