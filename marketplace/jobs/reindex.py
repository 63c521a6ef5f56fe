"""Builds the search index anew, batch by batch, while people go on searching the old one."""

from collections.abc import Callable

from marketplace import db
from marketplace.domain.search.service import index
from marketplace.flows import index_listing
from marketplace.kit import clock


def reindex(report: Callable[[int], None] = lambda done: None) -> dict[str, int]:
    """Index everything on sale and forget the rest. `report` is told how many are done.

    Each batch is its own transaction; stopped half-way, the rest is as it was before.
    """
    began = clock.now()
    done, last = 0, ""
    while ids := db.call_reading(index_listing.live_ids, after=last):
        db.call(index_listing.refresh, ids, at=clock.now())
        done, last = done + len(ids), ids[-1]
        report(done)
    gone = 0
    while forgotten := db.call(index.forget_unlisted, before=began):
        gone += forgotten
    terms = db.call(lambda session: index.count_terms(session, index_listing.all_titles(session)))
    return {"listings": done, "forgotten": gone, "words": terms}


def by_timer(_worker: str) -> dict[str, int]:
    """Nightly: what is new grows old, and words are counted anew."""
    return reindex()
