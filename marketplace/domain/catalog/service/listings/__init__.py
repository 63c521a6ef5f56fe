"""Listings: drafts, the shelf, what is on sale, how it is shipped."""

from marketplace.domain.catalog.service.listings.drafts import (
    create_draft,
    delete_draft,
    discard_draft,
    duplicate,
    restore_version,
    save_draft,
    write_draft,
)
from marketplace.domain.catalog.service.listings.publishing import publish, unpublish
from marketplace.domain.catalog.service.listings.rows import live_content, own_listing
from marketplace.domain.catalog.service.listings.shelf import archive, pause, resume, unarchive
from marketplace.domain.catalog.service.listings.templates import delete_template, save_template

__all__ = [
    "archive",
    "create_draft",
    "delete_draft",
    "delete_template",
    "discard_draft",
    "duplicate",
    "live_content",
    "own_listing",
    "pause",
    "publish",
    "restore_version",
    "resume",
    "save_draft",
    "save_template",
    "unarchive",
    "unpublish",
    "write_draft",
]
