"""What people decided about the demo's listings: edits that wait, refusals, a taking down and its
appeal, a report. Everything goes through the services, so the queues and the history are real."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from sqlmodel import Session, col, select

from marketplace.domain.access.models import Person, SellerMember, Staff
from marketplace.domain.access.models.permissions import SELLER_PERMISSIONS
from marketplace.domain.accounts.models import PersonAccount, Role
from marketplace.domain.accounts.queries import identity
from marketplace.domain.catalog.models import Listing, ListingStatus
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.service import listings
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.rules.codes import WordForm
from marketplace.domain.moderation.service.submitting import open_change
from marketplace.domain.sellers.models import Seller, SellerMembership, SellerStatus
from marketplace.domain.sellers.rules import OWNER

MODERATOR, REPORTER = "wang.qi", "grace.ho"
ALWAYS = datetime.max.replace(tzinfo=UTC)
PER_SELLER = 8

WORDS = (
    ("replica", "counterfeit", True),
    ("高仿", "counterfeit", True),
    ("大牌同款", "counterfeit", False),
    ("add me on WeChat", "off_platform", True),
    ("加微信", "off_platform", True),
    ("miracle cure", "misleading", True),
    ("包治百病", "misleading", True),
    ("limited run", "misleading", False),
    ("限量款", "misleading", False),
)
"""Word, the rule it breaks, and whether it stops a listing or only shows it to a person."""

Deed = Callable[[Session, SellerMember, Listing, datetime], None]


def seed_reviews(session: Session, domain: str, *, at: datetime) -> int:
    """For the shops that are open. Returns how many listings it touched."""
    staff = _staff(session, f"{MODERATOR}@{domain}")
    buyer = _person(session, f"{REPORTER}@{domain}")
    for word, code, blocks in WORDS:
        moderation.save_word(session, staff, WordForm(word=word, code=code, blocks=blocks), at=at)
    deeds: tuple[Deed, ...] = (
        _edit_waits,
        _new_one_waits,
        _new_one_is_a_draft,
        partial(_new_one_is_refused, staff=staff),
        partial(_new_one_needs_changes, staff=staff),
        partial(_is_taken_down, staff=staff),
        partial(_is_reported, buyer=buyer),
        _is_paused,
    )
    touched = 0
    for place, seller in enumerate(_open_sellers(session)):
        member = _owner(session, seller)
        own = session.exec(
            select(Listing)
            .where(Listing.seller_id == seller.id, Listing.status == ListingStatus.LIVE)
            .order_by(col(Listing.id))
            .limit(PER_SELLER)
        ).all()
        for turn, listing in enumerate(own[:4]):
            deeds[(2 * place + turn) % len(deeds)](session, member, listing, at)
            touched += 1
    return touched


def _edit_waits(session: Session, member: SellerMember, listing: Listing, at: datetime) -> None:
    content = ListingContent.model_validate(listing.draft)
    edited = content.model_copy(
        update={
            "title": f"{content.title}, new edition",
            "title_zh": f"{content.title_zh}·新版",
            "pictures": list(reversed(content.pictures)),
        }
    )
    _save_and_submit(session, member, listing.id, edited, at)


def _new_one_waits(session: Session, member: SellerMember, listing: Listing, at: datetime) -> None:
    _new_one(session, member, listing, at, "limited run", "限量款")


def _new_one_is_a_draft(
    session: Session, member: SellerMember, listing: Listing, at: datetime
) -> None:
    listings.duplicate(session, member, listing.id, at=at)


def _new_one_is_refused(
    session: Session, member: SellerMember, listing: Listing, at: datetime, staff: Staff
) -> None:
    made = _new_one(session, member, listing, at, "brand look", "大牌同款")
    change = open_change(session, made)
    if change is None:  # a trusted shop's went on sale at once
        return
    note = "The title leans on a brand you do not carry."
    moderation.reject(
        session, staff, change.id, version=change.version, reason="counterfeit", note=note, at=at
    )


def _new_one_needs_changes(
    session: Session, member: SellerMember, listing: Listing, at: datetime, staff: Staff
) -> None:
    made = _new_one(session, member, listing, at, "starter set", "入门套装")
    change = open_change(session, made)
    if change is None:  # a trusted shop's went on sale at once
        return
    comments = {"title": "Say what is in the set, and how many pieces."}
    moderation.request_changes(
        session, staff, change.id, version=change.version, comments=comments, at=at
    )


def _is_taken_down(
    session: Session, member: SellerMember, listing: Listing, at: datetime, staff: Staff
) -> None:
    note = "The certificate in your documents belongs to another product."
    moderation.take_down(session, staff, listing.id, code="unsafe", note=note, at=at)
    words = "The number on the certificate covers the whole series; the laboratory confirms it."
    moderation.appeal(session, member, listing.id, words, at=at)


def _is_reported(
    session: Session, _member: SellerMember, listing: Listing, at: datetime, buyer: Person
) -> None:
    note = "I have seen these pictures in another shop."
    moderation.report(session, buyer, listing.id, "stolen_pictures", note, at=at)


def _is_paused(session: Session, member: SellerMember, listing: Listing, at: datetime) -> None:
    listings.pause(session, member, listing.id, at=at)


def _new_one(
    session: Session,
    member: SellerMember,
    listing: Listing,
    at: datetime,
    words: str,
    words_zh: str,
) -> str:
    """A copy under a title of its own, handed in. Returns its id."""
    made = listings.duplicate(session, member, listing.id, at=at)
    content = ListingContent.model_validate(session.get_one(Listing, made).draft)
    renamed = content.model_copy(
        update={
            "title": f"{content.title}, {words}",
            "title_zh": f"{content.title_zh}·{words_zh}",
            "slug": "",
        }
    )
    _save_and_submit(session, member, made, renamed, at)
    return made


def _save_and_submit(
    session: Session, member: SellerMember, listing_id: str, content: ListingContent, at: datetime
) -> None:
    before = session.get_one(Listing, listing_id).version
    version = listings.save_draft(session, member, listing_id, content, version=before, at=at)
    moderation.submit(session, member, listing_id, version=version, at=at)


def _open_sellers(session: Session) -> list[Seller]:
    return list(
        session.exec(
            select(Seller)
            .where(Seller.status == SellerStatus.OPEN)
            .order_by(col(Seller.created_at), col(Seller.id))
        )
    )


def _owner(session: Session, seller: Seller) -> SellerMember:
    person = session.exec(
        select(PersonAccount)
        .join(SellerMembership, col(SellerMembership.person_id) == col(PersonAccount.id))
        .join(Role, col(Role.id) == col(SellerMembership.role_id))
        .where(SellerMembership.seller_id == seller.id, Role.code == OWNER)
    ).first()
    assert person is not None, "every shop has an owner"
    return SellerMember(
        id=person.id,
        name=person.name,
        permissions=SELLER_PERMISSIONS,
        proved_at=ALWAYS,
        seller_id=seller.id,
        seller_name=seller.name,
        role="Owner",
    )


def _staff(session: Session, email: str) -> Staff:
    person = _person(session, email)
    names, rights = identity.staff_rights(session, person.id)
    return Staff(id=person.id, name=person.name, roles=names, permissions=rights, proved_at=ALWAYS)


def _person(session: Session, email: str) -> Person:
    row = session.exec(select(PersonAccount).where(PersonAccount.email_key == email)).one()
    return Person(id=row.id, name=row.name)
