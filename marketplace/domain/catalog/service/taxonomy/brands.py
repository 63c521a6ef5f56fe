"""What staff do with brands: add, change, merge, take out of the choice."""

from datetime import datetime

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Permission, Staff, System
from marketplace.domain.audit import service as audit
from marketplace.domain.catalog.models import Brand, Listing
from marketplace.domain.catalog.rules.taxonomy import BrandForm, SameThing
from marketplace.domain.catalog.rules.tree import slug_of
from marketplace.domain.catalog.service.taxonomy.relabel import relabel, tell_labels
from marketplace.kit.errors import Invalid, NotFound, Stale
from marketplace.kit.ids import new_id
from marketplace.kit.languages import N_
from marketplace.kit.words import fold


def create_brand(session: Session, actor: Staff | System, form: BrandForm, *, at: datetime) -> str:
    """Returns its id. Raises `Invalid` if a brand is called so already."""
    actor.require(Permission.CATALOG_MANAGE)
    _check_name(session, form, own_id="")
    row = Brand(
        id=new_id("brn"),
        slug=_free_slug(session, form.name),
        name_key=fold(form.name)[:80],
        **form.model_dump(),
    )
    session.add(row)
    session.flush()
    after = form.model_dump()
    audit.record(session, actor, "catalog.brand_created", "brand", row.id, at=at, after=after)
    return row.id


def update_brand(
    session: Session,
    actor: Staff | System,
    brand_id: str,
    form: BrandForm,
    *,
    version: int,
    at: datetime,
) -> None:
    """The address stays. Raises `Invalid`, `Stale`, `NotFound`."""
    actor.require(Permission.CATALOG_MANAGE)
    row = _of_version(session, brand_id, version)
    _check_name(session, form, own_id=brand_id)
    before = row.model_dump(include=set(BrandForm.model_fields))
    row.name, row.name_zh, row.name_key = form.name, form.name_zh, fold(form.name)[:80]
    row.needs_authorisation, row.version = form.needs_authorisation, row.version + 1
    session.add(row)
    session.flush()
    if (before["name"], before["name_zh"]) != (row.name, row.name_zh):
        tell_labels(session, "brand", row.id, at=at)
    audit.record(
        session,
        actor,
        "catalog.brand_changed",
        "brand",
        brand_id,
        at=at,
        before=before,
        after=form.model_dump(),
    )


def set_brand_active(
    session: Session,
    actor: Staff | System,
    brand_id: str,
    *,
    is_active: bool,
    version: int,
    at: datetime,
) -> None:
    """Whether sellers can choose it; listings that have it keep it. Raises `Stale`, `NotFound`."""
    actor.require(Permission.CATALOG_MANAGE)
    row = _of_version(session, brand_id, version)
    before, row.is_active, row.version = row.is_active, is_active, row.version + 1
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor,
        "catalog.brand_changed",
        "brand",
        brand_id,
        at=at,
        before={"is_active": before},
        after={"is_active": is_active},
    )


def merge_brands(
    session: Session,
    actor: Staff | System,
    brand_id: str,
    into: str,
    *,
    version: int,
    at: datetime,
) -> int:
    """Listings of one brand get the other, the first is retired. Returns how many moved.

    Raises `SameThing`, `Stale`, `NotFound`.
    """
    actor.require(Permission.CATALOG_MANAGE)
    row = _of_version(session, brand_id, version)
    target = session.get(Brand, into)
    if target is None or not target.is_active:
        raise NotFound
    if into == brand_id:
        raise SameThing
    listings = list(session.exec(select(Listing.id).where(Listing.brand_id == brand_id)))
    relabel(session, actor, listings, at=at, brand_id=into)
    row.is_active, row.version = False, row.version + 1
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor,
        "catalog.brands_merged",
        "brand",
        brand_id,
        at=at,
        after={"into": into, "listings": len(listings)},
    )
    return len(listings)


def _check_name(session: Session, form: BrandForm, *, own_id: str) -> None:
    taken = session.exec(select(Brand.id).where(Brand.name_key == fold(form.name)[:80])).first()
    if taken not in (None, own_id):
        raise Invalid({"name": N_("There is a brand of this name already.")})


def _free_slug(session: Session, name: str) -> str:
    base = slug_of(name)[:76] or "brand"
    taken = set(session.exec(select(Brand.slug).where(col(Brand.slug).startswith(base))))
    numbers = ("", *(f"-{number}" for number in range(2, 1000)))
    return next(base + number for number in numbers if base + number not in taken)


def _of_version(session: Session, brand_id: str, version: int) -> Brand:
    row = session.get(Brand, brand_id, with_for_update=True)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Stale
    return row
