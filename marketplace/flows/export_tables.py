"""The lists that become files: the screen's query, the columns, and how a row becomes cells."""

from collections.abc import Sequence

from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.audit import queries as audit_queries
from marketplace.domain.audit.queries import AuditRow
from marketplace.domain.catalog.queries.listings import LISTING_SORTS, STAFF_FILTERS
from marketplace.domain.inventory import queries as stock_queries
from marketplace.domain.inventory.queries import StockRow
from marketplace.domain.jobs import queries as job_queries
from marketplace.domain.jobs.queries import RunRow
from marketplace.domain.moderation import queries as moderation_queries
from marketplace.domain.moderation.queries import QueueRow
from marketplace.domain.notifications import queries as mail_queries
from marketplace.domain.notifications.queries import MailRow
from marketplace.domain.outbox import queries as outbox_queries
from marketplace.domain.outbox.queries import MessageRow
from marketplace.flows.all_listings import AnyListingRow, all_listings
from marketplace.flows.content_view import amount
from marketplace.flows.exported_table import Table as Table
from marketplace.flows.seller_tables import SELLER_TABLES
from marketplace.kit import clock
from marketplace.kit.csv import Cell
from marketplace.kit.languages import N_
from marketplace.kit.money import exponent
from marketplace.kit.paging import ListQuery, Page


def _audit_cells(row: AuditRow) -> Sequence[Cell]:
    changes = "; ".join(f"{c.field}: {c.before} → {c.after}" for c in row.changes)
    return (
        row.seq,
        row.at,
        row.actor_kind,
        row.actor_id,
        row.actor_name,
        row.action,
        row.object_kind,
        row.object_id,
        row.seller_id,
        changes,
        row.ip,
        row.request_id,
    )


def _run_cells(row: RunRow) -> Sequence[Cell]:
    return (
        row.job,
        row.scheduled_for,
        row.started_at,
        row.finished_at,
        row.milliseconds,
        row.status,
        row.worker,
        row.result,
        row.error,
    )


def _mail_cells(row: MailRow) -> Sequence[Cell]:
    return (
        row.created_at,
        row.sent_at,
        row.address,
        row.template,
        row.locale,
        row.subject,
        row.status,
        row.error,
    )


def _message_cells(row: MessageRow) -> Sequence[Cell]:
    return row.created_at, row.topic, row.key, row.status, row.attempts, row.due_at, row.last_error


def _stock_cells(row: StockRow) -> Sequence[Cell]:
    return (
        row.sku,
        row.title,
        row.title_zh,
        row.variant,
        row.on_hand,
        row.reserved,
        row.available,
        row.low_at,
        "",
    )


def _listing_cells(row: AnyListingRow) -> Sequence[Cell]:
    digits = exponent(row.currency)
    return (
        row.id,
        row.title,
        row.title_zh,
        row.seller,
        row.category,
        row.status,
        amount(str(row.price_low), digits),
        amount(str(row.price_high), digits),
        row.currency,
        row.variant_count,
        row.quality,
        row.sold_30d,
        row.updated_at,
    )


def _queue(session: Session, staff: Staff, query: ListQuery) -> Page[QueueRow]:
    """As it is when the worker writes it: what was decided meanwhile is not in it."""
    return moderation_queries.queue(session, staff, query, at=clock.now())


def _queue_cells(row: QueueRow) -> Sequence[Cell]:
    return (
        row.id,
        row.listing_id,
        row.title,
        row.title_zh,
        row.seller,
        row.level,
        row.category,
        row.kind,
        row.policy,
        ", ".join(flag.code for flag in row.flags),
        row.reports,
        row.submitted_at,
        row.assignee,
    )


TABLES: dict[str, Table] = {
    table.code: table
    for table in (
        Table(
            "audit",
            N_("Audit log"),
            (
                N_("Number"),
                N_("Time"),
                N_("Actor kind"),
                N_("Actor ID"),
                N_("Actor"),
                N_("Action"),
                N_("Object kind"),
                N_("Object ID"),
                N_("Seller ID"),
                N_("Changes"),
                N_("Address"),
                N_("Request ID"),
            ),
            audit_queries.list_entries,
            _audit_cells,
            audit_queries.FILTERS,
            audit_queries.SORTS,
            Permission.AUDIT_EXPORT,
        ),
        Table(
            "runs",
            N_("Job runs"),
            (
                N_("Job"),
                N_("Scheduled for"),
                N_("Started"),
                N_("Finished"),
                N_("Milliseconds"),
                N_("Status"),
                N_("Worker"),
                N_("Result"),
                N_("Error"),
            ),
            job_queries.list_runs,
            _run_cells,
            job_queries.RUN_FILTERS,
            job_queries.RUN_SORTS,
        ),
        Table(
            "messages",
            N_("Outbox"),
            (
                N_("Created"),
                N_("Topic"),
                N_("Key"),
                N_("Status"),
                N_("Attempts"),
                N_("Due"),
                N_("Last error"),
            ),
            outbox_queries.list_messages,
            _message_cells,
            outbox_queries.FILTERS,
            outbox_queries.SORTS,
        ),
        Table(
            "mail",
            N_("Mail"),
            (
                N_("Created"),
                N_("Sent"),
                N_("To"),
                N_("Template"),
                N_("Language"),
                N_("Subject"),
                N_("Status"),
                N_("Error"),
            ),
            mail_queries.list_mail,
            _mail_cells,
            mail_queries.MAIL_FILTERS,
            mail_queries.MAIL_SORTS,
        ),
        Table(
            "stock",
            N_("Stock"),
            (
                N_("SKU"),
                N_("Title"),
                N_("Title in Chinese"),
                N_("Variant"),
                N_("On hand"),
                N_("Reserved"),
                N_("Available"),
                N_("Alert at"),
                N_("Counted"),
            ),
            stock_queries.list_stock,
            _stock_cells,
            stock_queries.FILTERS,
            stock_queries.SORTS,
        ),
        Table(
            "listings",
            N_("All listings"),
            (
                N_("Id"),
                N_("Title"),
                N_("Title in Chinese"),
                N_("Seller"),
                N_("Category"),
                N_("State"),
                N_("Lowest price"),
                N_("Highest price"),
                N_("Currency"),
                N_("Variants"),
                N_("Quality"),
                N_("Sold 30 d"),
                N_("Updated"),
            ),
            all_listings,
            _listing_cells,
            STAFF_FILTERS,
            LISTING_SORTS,
            Permission.CATALOG_MANAGE,
        ),
        Table(
            "reviews",
            N_("Moderation"),
            (
                N_("Id"),
                N_("Listing"),
                N_("Title"),
                N_("Title in Chinese"),
                N_("Seller"),
                N_("Level"),
                N_("Category"),
                N_("Kind"),
                N_("Policy"),
                N_("What rules found"),
                N_("Reports of readers"),
                N_("Sent"),
                N_("Assigned to"),
            ),
            _queue,
            _queue_cells,
            moderation_queries.QUEUE_FILTERS,
            moderation_queries.QUEUE_SORTS,
        ),
        *SELLER_TABLES,
    )
}
