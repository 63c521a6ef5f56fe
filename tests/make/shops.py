"""Applicants, reviewers and open shops for tests, made the way the demo makes its own."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from marketplace.domain.access.models import Permission, Person, SellerMember, Staff
from marketplace.domain.accounts.models import PersonAccount
from marketplace.domain.accounts.service import roles
from marketplace.domain.catalog.models import Category
from marketplace.domain.catalog.rules.taxonomy import CategoryForm
from marketplace.domain.catalog.service import taxonomy
from marketplace.domain.media.models import Media, MediaStatus, Purpose
from marketplace.domain.sellers.models import SellerApplication, Submission
from marketplace.domain.sellers.queries.applications import my_application
from marketplace.domain.sellers.queries.applications.mine import ApplicationView
from marketplace.domain.sellers.service import applications, documents, requirements, standing
from marketplace.flows.seed import shops
from marketplace.flows.seed.businesses import FIRST, Business
from marketplace.flows.seed.shops import Office
from marketplace.kit.ids import new_id
from tests.conftest import MONDAY
from tests.make.people import JOB, person_row

RIGHTS = frozenset(
    {
        Permission.SELLERS_READ,
        Permission.SELLERS_REVIEW,
        Permission.SELLERS_MANAGE,
        Permission.PII_READ,
    }
)
LONG = timedelta(days=3650)
POTTERY = replace(FIRST[0], level="new")


def market(session: Session) -> Office:
    """Roles, requirements, one category, and two members of staff who may do everything here."""
    roles.ensure_presets(session)
    requirements.ensure_defaults(session, at=MONDAY - LONG)
    if session.exec(select(Category.id)).first() is None:
        form = CategoryForm(name="Tableware", name_zh="餐具茶具", slug="tableware")
        taxonomy.create_category(session, JOB, form, at=MONDAY)
    return Office(reviewer(session, "per_ren"), reviewer(session, "per_second"))


def reviewer(session: Session, id_: str, rights: frozenset[Permission] = RIGHTS) -> Staff:
    if session.get(PersonAccount, id_) is None:
        person_row(session, id=id_, name=id_)
    return Staff(id=id_, name=id_, permissions=rights, proved_at=MONDAY + LONG)


def applicant(session: Session, id_: str = "per_qiu") -> Person:
    person_row(session, id=id_, name="Qiu Shan")
    return Person(id=id_, name="Qiu Shan", ip="198.51.100.7")


def another(business: Business, slug: str) -> Business:
    """The same business under another name: its numbers follow from the slug."""
    return replace(business, slug=slug, name=slug.title(), name_zh="", key=slug)


def written(
    session: Session, person: Person, business: Business = POTTERY, *, at: datetime = MONDAY
) -> str:
    """All six steps, not submitted."""
    return shops.write(session, business, person, at, at)


def submitted(
    session: Session, person: Person, business: Business = POTTERY, *, at: datetime = MONDAY
) -> str:
    id_ = written(session, person, business, at=at)
    applications.submit(session, person, id_, version=version(session, id_), at=at)
    return id_


def opened(
    session: Session, office: Office, business: Business = POTTERY, *, at: datetime = MONDAY
) -> SellerMember:
    """The owner of a shop that applied and was approved."""
    person = applicant(session, f"per_{business.slug}")
    seller_id = shops.open_shop(session, business, person, office, at, at)
    return SellerMember(
        id=person.id,
        name=person.name,
        permissions=frozenset({Permission.SHOP_READ, Permission.SHOP_MANAGE}),
        seller_id=seller_id,
        seller_name=business.name,
        role="Owner",
        proved_at=MONDAY + LONG,
    )


def keep_documents(session: Session, **words: Any) -> Counter[str]:
    """The daily look at every seller's documents, in one transaction here."""
    done: Counter[str] = Counter()
    for seller_id in documents.due_sellers(session):
        done.update(documents.perform_due_of(session, seller_id, **words))
    return done


def keep_standing(session: Session, *, at: datetime) -> Counter[str]:
    done: Counter[str] = Counter()
    for seller_id in standing.due_sellers(session, at=at):
        done.update(standing.perform_due_of(session, seller_id, at=at))
    return done


def version(session: Session, id_: str) -> int:
    return session.get_one(SellerApplication, id_).version


def view(session: Session, person: Person) -> ApplicationView:
    found = my_application(session, person)
    assert found is not None
    return found


def asked(session: Session, person: Person, code: str) -> str:
    """The id of a requirement of the person's application."""
    return {row.code: row.id for row in view(session, person).requirements}[code]


def given(session: Session, id_: str, code: str) -> Submission:
    """What counts for one requirement of an application."""
    person = Person(id=session.get_one(SellerApplication, id_).person_id, name="")
    rows = {row.code: row.submission_id for row in view(session, person).requirements}
    return session.get_one(Submission, rows[code])


def paper(session: Session, person_id: str, seller_id: str = "") -> str:
    """A checked document; returns its media id."""
    row = Media(
        id=new_id("med"),
        purpose=Purpose.DOCUMENT,
        status=MediaStatus.READY,
        person_id=person_id,
        seller_id=seller_id,
        name="paper.pdf",
        content_type="application/pdf",
        size=1,
        token=new_id("tok"),
        created_at=MONDAY,
        idle_since=MONDAY,
        ready_at=MONDAY,
    )
    session.add(row)
    session.flush()
    return row.id
