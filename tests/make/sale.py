"""Shops with something to sell, for tests of the catalogue and what stands on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from marketplace.domain.access.models import (
    SELLER_PERMISSIONS,
    Permission,
    SellerMember,
    Staff,
)
from marketplace.domain.catalog.models import Listing
from marketplace.domain.catalog.rules.content import (
    ListingContent,
    Option,
    OptionValue,
    Picture,
    VariantContent,
)
from marketplace.domain.catalog.rules.taxonomy import CategoryForm
from marketplace.domain.catalog.service import listings, taxonomy
from marketplace.domain.inventory import service as inventory
from marketplace.domain.media.service import Findings, new_file_token, place
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.models import ChangeSet, ChangeStatus
from marketplace.domain.sellers.models import Seller, SellerLevel
from marketplace.domain.sellers.service import open_seller
from marketplace.flows import index_listing
from marketplace.kit.ids import new_id
from tests.make.moments import MONDAY
from tests.make.people import JOB, person_row, staff

MODERATOR = staff(
    Permission.MODERATION_DECIDE, Permission.CATALOG_READ, Permission.SELLERS_READ, id_="per_mod"
)
OTHER_MODERATOR = staff(
    Permission.MODERATION_DECIDE, Permission.CATALOG_READ, id_="per_mod_two", name="Ola"
)


@dataclass(frozen=True)
class ShopOfTests:
    """A seller with somebody who may do everything, a category, and a picture of its own."""

    member: SellerMember
    category_id: str
    picture_id: str

    @property
    def seller_id(self) -> str:
        return self.member.seller_id


def level(session: Session, code: str = "new", **fields: Any) -> SellerLevel:
    """A level that trusts nobody, unless `fields` say otherwise."""
    row = session.get(SellerLevel, code) or SellerLevel(
        code=code, name=code, name_zh=code, position=1, price_band_bps=0, sample_bps=0,
        most_listings=100,
    )  # fmt: skip
    for name, value in fields.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return row


def shop(session: Session, *, level_code: str = "new", category_id: str = "") -> ShopOfTests:
    """Each call opens another one; the marketplace gets its rules with the first."""
    moderation.install_defaults(session)
    if session.get(SellerLevel, level_code) is None:
        level(session, level_code)
    person = person_row(session)
    seller_id = open_seller(session, JOB, name="A", slug=new_id("sel"), at=MONDAY)
    session.get_one(Seller, seller_id).level = level_code
    member = SellerMember(
        id=person.id,
        name=person.name,
        permissions=SELLER_PERMISSIONS,
        seller_id=seller_id,
        seller_name="A",
        role="Owner",
    )
    category_id = category_id or category(session)
    return ShopOfTests(member, category_id, picture(session, member))


def category(
    session: Session, name: str = "Cups", name_zh: str = "杯子", *, below: str = "", **fields: Any
) -> str:
    form = CategoryForm(name=name, name_zh=name_zh, slug=new_id("cat").replace("_", "-"), **fields)
    return taxonomy.create_category(session, JOB, form, parent_id=below, at=MONDAY)


def picture(session: Session, member: SellerMember, *, fingerprint: str = "") -> str:
    """A picture that is ready; `fingerprint` makes it look like another one."""
    id_ = new_id("med")
    findings = Findings(
        content_type="image/webp",
        size=10,
        sha256=id_,
        width=1200,
        height=1200,
        fingerprint=fingerprint or id_[-16:],
        colour="#aabbcc",
        widths=(160, 480, 960, 1600),
    )
    return place(
        session,
        token=new_file_token(),
        person_id=member.id,
        seller_id=member.seller_id,
        findings=findings,
        at=MONDAY,
    )


def content(of: ShopOfTests, **fields: Any) -> ListingContent:
    """Everything a listing needs to be handed in: a cup for 59.00."""
    return ListingContent(
        **{
            "title": "Blue porcelain cup",
            "title_zh": "青花瓷茶杯",
            "category_id": of.category_id,
            "pictures": [Picture(id=of.picture_id)],
            "variants": [VariantContent(id=new_id("var"), price=5900)],
            **fields,
        }
    )


def draft(session: Session, of: ShopOfTests, *, at: datetime = MONDAY, **fields: Any) -> Listing:
    id_ = listings.create_draft(session, of.member, at=at, content=content(of, **fields))
    return session.get_one(Listing, id_)


def pending(
    session: Session, of: ShopOfTests, *, at: datetime = MONDAY, **fields: Any
) -> ChangeSet:
    """Handed in and waiting."""
    row = draft(session, of, at=at, **fields)
    moderation.submit(session, of.member, row.id, version=row.version, at=at)
    return waiting(session, row.id)


def live(
    session: Session,
    of: ShopOfTests,
    *,
    at: datetime = MONDAY,
    by: Staff = MODERATOR,
    **fields: Any,
) -> Listing:
    """On sale."""
    change = pending(session, of, at=at, **fields)
    moderation.approve(session, by, change.id, version=change.version, at=at)
    return session.get_one(Listing, change.listing_id)


def waiting(session: Session, listing_id: str) -> ChangeSet:
    return session.exec(
        select(ChangeSet).where(
            ChangeSet.listing_id == listing_id, ChangeSet.status == ChangeStatus.OPEN
        )
    ).one()


def edited(row: Listing, **fields: Any) -> ListingContent:
    """The draft with other values."""
    return ListingContent.model_validate(row.draft).model_copy(update=fields)


def save(
    session: Session, of: ShopOfTests, row: Listing, *, at: datetime = MONDAY, **fields: Any
) -> Listing:
    """Save the draft with other values."""
    listings.save_draft(
        session, of.member, row.id, edited(row, **fields), version=row.version, at=at
    )
    session.refresh(row)
    return row


def hand_in(
    session: Session, of: ShopOfTests, row: Listing, *, at: datetime = MONDAY, **fields: Any
) -> moderation.Outcome:
    """Save the draft with other values and hand it in."""
    save(session, of, row, at=at, **fields)
    return moderation.submit(session, of.member, row.id, version=row.version, at=at)


def on_shelf(
    session: Session, of: ShopOfTests, *, stock: int = 5, at: datetime = MONDAY, **fields: Any
) -> Listing:
    """On sale, in stock, and found by searches."""
    row = live(session, of, at=at, **fields)
    for variant in ListingContent.model_validate(row.draft).variants:
        inventory.set_stock(session, of.member, variant.id, stock, at=at)
    index_listing.refresh(session, [row.id], at=at)
    return row


def numbered(count: int) -> list[Option]:
    """One option with so many values, `0`, `1`, …"""
    return [Option(name="No.", values=[OptionValue(name=str(n)) for n in range(count)])]
