"""The timed looks at sellers and applicants: one transaction each, so that a broken one stops nobody else's."""

from collections.abc import Callable, Iterable, Mapping

import structlog

from marketplace import db
from marketplace.domain.sellers.service import applications, documents, standing
from marketplace.flows import seller_documents
from marketplace.kit import clock

log = structlog.get_logger("jobs.sellers")


def keep_standing(_worker: str) -> Mapping[str, int]:
    """Pauses begin and end, and switches end whose time is over."""
    at = clock.now()
    due = db.call_reading(standing.due_sellers, at=at)
    return _each(due, lambda id_: db.call(standing.perform_due_of, id_, at=at), standing.COUNTED)


def keep_documents(_worker: str) -> Mapping[str, int]:
    """Reminders go out, documents end, and switches follow them."""
    at = clock.now()
    due = db.call_reading(documents.due_sellers)
    keep = seller_documents.keep_documents
    return _each(due, lambda id_: db.call(keep, id_, at=at), documents.COUNTED)


def remind_applicants(_worker: str) -> Mapping[str, int]:
    """Who stopped on the way to a shop gets a letter that leads back."""
    at = clock.now()
    due = db.call_reading(applications.forgotten, at=at)
    return _each(due, lambda id_: db.call(applications.remind, id_, at=at), ("reminded",))


def _each(
    seller_ids: Iterable[str], work: Callable[[str], Mapping[str, int]], counted: Iterable[str]
) -> dict[str, int]:
    """What was done in all; `failed` is there only if somebody's work broke."""
    total = dict.fromkeys(counted, 0)
    for seller_id in seller_ids:
        try:
            done = work(seller_id)
        except Exception as broken:
            log.error("seller.broken", seller_id=seller_id, exc_info=broken)
            total["failed"] = total.get("failed", 0) + 1
        else:
            for name, count in done.items():
                total[name] += count
    return total
