"""One application as its page shows it: each requirement beside what was written and handed in."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from marketplace.domain.access.models import Permission, Staff
from marketplace.domain.catalog.queries.taxonomy import restricted_of, tree
from marketplace.domain.catalog.rules.taxonomy import Named
from marketplace.domain.sellers.models import Verdict
from marketplace.domain.sellers.queries import applications as queries
from marketplace.domain.sellers.queries.applications import ReviewView
from marketplace.domain.sellers.queries.requirements import RequirementRow
from marketplace.web.admin.sellers.application_words import FIELDS, WRITTEN_AS
from marketplace.web.ui.index_page import Option

PICTURES = (".jpg", ".jpeg", ".png", ".webp")


@dataclass(frozen=True, slots=True)
class Said:
    """One field as the applicant wrote it, and what staff said of it."""

    name: str
    label: str
    value: str
    note: str
    before: str
    """What the round before said, if it said something else."""
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One requirement with its fields."""

    row: RequirementRow
    said: list[Said]
    changed: int
    """How many of its fields say something else than a round ago."""
    is_picture: bool
    is_new_file: bool
    """Handed in after another one was refused."""


@dataclass(frozen=True, slots=True)
class Opened:
    review: ReviewView
    parts: list[Part]
    categories: list[Named]
    restricted: list[Named]


def application_in(path: str) -> str:
    """The id in `/admin/applications/<id>`."""
    parts = path.strip("/").split("/")
    return parts[2][:40] if len(parts) > 2 else ""


def opened(session: Session, staff: Staff, application_id: str) -> Opened:
    """Raises `NotFound`, for drafts as well."""
    staff.require(Permission.SELLERS_READ)
    seen = queries.review(session, staff, application_id)
    return Opened(
        seen,
        [_part(seen, row) for row in seen.requirements],
        named_categories(session, seen.row.category_ids),
        restricted_of(session, seen.row.category_ids),
    )


def category_names(session: Session, staff: Staff, ids: Collection[str]) -> list[Named]:
    staff.require(Permission.SELLERS_READ)
    return named_categories(session, ids)


def category_options(session: Session, staff: Staff) -> list[Option]:
    """The uppermost ones: an application below one of them is found by it."""
    staff.require(Permission.SELLERS_READ)
    return [
        Option(node.id, f"{node.name} {node.name_zh}")
        for node in tree(session)
        if not node.parent_id
    ]


def named_categories(session: Session, ids: Collection[str]) -> list[Named]:
    """Retired ones, too: an application may be older than that."""
    wanted = set(ids)
    nodes = tree(session, with_retired=True) if wanted else []
    return [Named(node.id, node.name, node.name_zh) for node in nodes if node.id in wanted]


def _part(seen: ReviewView, row: RequirementRow) -> Part:
    groups = {"contact": seen.contact, "legal": seen.legal, "shop": seen.shop, "bank": seen.bank}
    values = groups.get(row.kind, {})
    before = seen.before.get(row.kind, {})
    notes = {each.field: each.note for each in row.fields}
    labels = FIELDS.get(row.kind, {})
    written = {name: WRITTEN_AS.get(name, name) for name in labels}
    said = [
        Said(
            written[name],
            label,
            values.get(name, ""),
            notes.get(written[name], ""),
            before.get(name, ""),
            name in before,
        )
        for name, label in labels.items()
        if values.get(name) or written[name] in notes or name in before
    ]
    return Part(
        row,
        said,
        sum(one.is_changed for one in said),
        row.file_name.lower().endswith(PICTURES),
        row.file_name != ""
        and row.code in {one.code for one in seen.earlier if one.verdict == Verdict.REJECTED},
    )
