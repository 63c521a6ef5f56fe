"""A listing's papers: read by those who decide about it, named to them as what they have to read."""

import pytest
from sqlmodel import Session, select

from marketplace.domain.access.models import Actor, Permission
from marketplace.domain.audit.models import AuditEntry
from marketplace.domain.catalog.models import Listing
from marketplace.domain.catalog.rules.content import ListingContent
from marketplace.domain.catalog.rules.taxonomy import BrandForm
from marketplace.domain.catalog.service import taxonomy
from marketplace.domain.media import service as media
from marketplace.domain.media.models import Media, Purpose
from marketplace.domain.moderation import service as moderation
from marketplace.domain.moderation.queries import review
from marketplace.domain.moderation.rules import flags
from marketplace.flows.review_rows import PaperRow
from marketplace.flows.review_view import review_view
from marketplace.kit.errors import NotFound
from tests.make import sale
from tests.make.moments import MONDAY
from tests.make.people import JOB, staff
from tests.make.sale import MODERATOR, ShopOfTests


def paper(session: Session, of: ShopOfTests) -> str:
    """A certificate that was checked and is ready."""
    row = session.get_one(Media, sale.picture(session, of.member))
    row.purpose, row.content_type, row.name = Purpose.DOCUMENT, "application/pdf", "paper.pdf"
    session.flush()
    return row.id


def read(session: Session, hat: Actor, media_id: str) -> str:
    return media.read_document(session, [hat], media_id, at=MONDAY).name


def openings(session: Session) -> list[tuple[str, str]]:
    entries = session.exec(
        select(AuditEntry).where(AuditEntry.action == "media.document_read")
    ).all()
    return [(entry.actor_id, entry.object_id) for entry in entries]


def test_who_decides_reads_what_a_listing_shows_and_each_opening_is_recorded(
    session: Session,
) -> None:
    shop = sale.shop(session)
    certificate = paper(session, shop)
    sale.pending(session, shop, document_ids=[certificate])

    assert read(session, MODERATOR, certificate) == "paper.pdf"
    assert openings(session) == [(MODERATOR.id, certificate)]


def test_the_shops_own_papers_stay_closed_to_who_decides_about_listings(session: Session) -> None:
    shop = sale.shop(session)
    identity = paper(session, shop)
    media.attach(session, JOB, "submission", "sub_1", [identity], at=MONDAY)
    sale.pending(session, shop, document_ids=[paper(session, shop)])

    with pytest.raises(NotFound):
        read(session, MODERATOR, identity)
    assert openings(session) == []


def test_who_decides_nothing_opens_nothing(session: Session) -> None:
    shop = sale.shop(session)
    certificate = paper(session, shop)
    sale.pending(session, shop, document_ids=[certificate])

    for hat in (staff(Permission.CATALOG_READ), sale.shop(session).member):
        with pytest.raises(NotFound):
            read(session, hat, certificate)
    assert openings(session) == []


def test_the_desk_names_what_came_and_what_would_go(session: Session) -> None:
    shop = sale.shop(session)
    old, kept, new = (paper(session, shop) for _ in range(3))
    row = sale.live(session, shop, document_ids=[old, kept])
    sale.hand_in(session, shop, row, document_ids=[kept, new])
    change = sale.waiting(session, row.id)

    view = review_view(session, MODERATOR, review(session, MODERATOR, change.id, at=MONDAY))

    assert view.papers == [
        PaperRow(kept, "paper.pdf", "same", "ready"),
        PaperRow(new, "paper.pdf", "added", "ready"),
        PaperRow(old, "paper.pdf", "removed", "ready"),
    ]
    assert [text.field for text in view.texts] == []


@pytest.mark.parametrize(
    ("has_paper", "codes"),
    [
        (False, ["missing_document", "brand_authorisation"]),
        (True, ["document_to_read", "authorisation_to_read"]),
    ],
)
def test_one_paper_silences_no_hint(*, has_paper: bool, codes: list[str]) -> None:
    content = ListingContent(document_ids=["med_1"] if has_paper else [])
    found = flags.of_papers(content, needs_document=True, needs_authorisation=True)
    assert [flag.code for flag in found] == codes
    assert flags.of_papers(content, needs_document=False, needs_authorisation=False) == []


def test_a_branded_listing_of_a_trusted_seller_is_seen_by_somebody(session: Session) -> None:
    sale.level(session, "gold", trusts_images=True)
    shop = sale.shop(session, level_code="gold")
    form = BrandForm(name="Fine", name_zh="", needs_authorisation=True)
    brand = taxonomy.create_brand(session, JOB, form, at=MONDAY)
    change = sale.pending(session, shop, brand_id=brand, document_ids=[paper(session, shop)])
    assert change.policy == "pre_review"
    assert session.get_one(Listing, change.listing_id).status == "pending"
    moderation.approve(session, MODERATOR, change.id, version=change.version, at=MONDAY)
