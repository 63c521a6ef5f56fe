"""What can be done to many listings: to each by itself, and why not where it was refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.models import Listing
from marketplace.domain.catalog.rules.prices import PriceRule
from marketplace.domain.catalog.service import listings
from marketplace.domain.inventory import service as inventory
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.service import BulkResult, why
from marketplace.kit.errors import DomainError, StepUpNeeded
from marketplace.kit.languages import N_

Deed = Literal[
    "submit", "pause", "resume", "archive", "delete",
    "prices", "stock", "category", "template", "tags",
]  # fmt: skip
LABELS: dict[Deed, str] = {
    "submit": N_("Submit for review"),
    "pause": N_("Pause"),
    "resume": N_("Resume"),
    "archive": N_("Archive"),
    "delete": N_("Delete drafts"),
    "prices": N_("Change prices"),
    "stock": N_("Change stock"),
    "category": N_("Move to a category"),
    "template": N_("Ship with a template"),
    "tags": N_("Change tags"),
}


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """`reason` is in the member's language."""

    id: str
    title: str
    title_zh: str
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """`waiting`: done, and somebody looks before buyers see it."""

    done: int = 0
    waiting: int = 0
    refused: tuple[RefusedRow, ...] = ()


def perform(
    session: Session,
    member: SellerMember,
    deed: Deed,
    listing_ids: Sequence[str],
    values: Mapping[str, Any],
    *,
    at: datetime,
) -> Report:
    """Each listing does well or is refused alone. `values` are what the deed needs, as JSON."""
    member.require(Permission.SHOP_LISTINGS_EDIT)
    ids = list(dict.fromkeys(listing_ids))
    titles = _titles(session, member, ids)  # before a deed that deletes
    results = _DEEDS[deed](session, member, ids, values, at)
    return Report(
        sum(1 for each in results if each.is_done and not each.is_waiting),
        sum(1 for each in results if each.is_waiting),
        tuple(
            RefusedRow(each.listing_id, *titles.get(each.listing_id, ("", "")), each.message)
            for each in results
            if not each.is_done
        ),
    )


def _titles(
    session: Session, member: SellerMember, ids: Sequence[str]
) -> dict[str, tuple[str, str]]:
    rows = session.exec(
        select(Listing.id, Listing.title, Listing.title_zh, Listing.handle).where(
            Listing.seller_id == member.seller_id, col(Listing.id).in_(ids)
        )
    )
    return {id_: (title or zh or handle, zh or title or handle) for id_, title, zh, handle in rows}


def _prices(
    session: Session,
    member: SellerMember,
    ids: Sequence[str],
    values: Mapping[str, Any],
    at: datetime,
) -> list[BulkResult]:
    rule = PriceRule(values["kind"], values["value"])
    return moderation.change_prices(session, member, ids, rule, at=at)


def _category(
    session: Session,
    member: SellerMember,
    ids: Sequence[str],
    values: Mapping[str, Any],
    at: datetime,
) -> list[BulkResult]:
    return moderation.change_category(session, member, ids, values["category_id"], at=at)


def _template(
    session: Session,
    member: SellerMember,
    ids: Sequence[str],
    values: Mapping[str, Any],
    at: datetime,
) -> list[BulkResult]:
    return moderation.change_template(session, member, ids, values["template_id"], at=at)


def _tags(
    session: Session,
    member: SellerMember,
    ids: Sequence[str],
    values: Mapping[str, Any],
    at: datetime,
) -> list[BulkResult]:
    return moderation.change_tags(
        session, member, ids, add=values["add"], remove=values["remove"], at=at
    )


def _submit(
    session: Session,
    member: SellerMember,
    ids: Sequence[str],
    values: Mapping[str, Any],
    at: datetime,
) -> list[BulkResult]:
    return moderation.submit_many(session, member, ids, at=at)


def _stock(
    session: Session,
    member: SellerMember,
    ids: Sequence[str],
    values: Mapping[str, Any],
    at: datetime,
) -> list[BulkResult]:
    def stock(id_: str) -> object:
        return inventory.stock_listing(session, member, id_, values["units"], values["how"], at=at)

    return _each(session, member, ids, stock)


def _moving(move: Callable[..., None]) -> Callable[..., list[BulkResult]]:
    def moved(
        session: Session,
        member: SellerMember,
        ids: Sequence[str],
        values: Mapping[str, Any],
        at: datetime,
    ) -> list[BulkResult]:
        return _each(session, member, ids, lambda id_: move(session, member, id_, at=at))

    return moved


def _each(
    session: Session, member: SellerMember, ids: Sequence[str], work: Callable[[str], object]
) -> list[BulkResult]:
    results = []
    for id_ in ids:
        try:
            with session.begin_nested():
                work(id_)
        except StepUpNeeded:
            raise
        except DomainError as refusal:
            told = why(refusal, member.locale)
            results.append(BulkResult(id_, is_done=False, message=told))
        else:
            results.append(BulkResult(id_, is_done=True))
    return results


_DEEDS: dict[Deed, Callable[..., list[BulkResult]]] = {
    "submit": _submit,
    "pause": _moving(listings.pause),
    "resume": _moving(listings.resume),
    "archive": _moving(moderation.archive),
    "delete": _moving(listings.delete_draft),
    "prices": _prices,
    "stock": _stock,
    "category": _category,
    "template": _template,
    "tags": _tags,
}
