"""An application as its six steps show it: with the names of its files, and what selling costs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from marketplace.domain.access.models import Person, SellerMember
from marketplace.domain.catalog.queries.taxonomy import CategoryNode, tree
from marketplace.domain.media.queries import DropFile, drop_file, drop_files
from marketplace.domain.sellers.queries import applications, shop
from marketplace.domain.sellers.queries.applications import ApplicationView, my_application
from marketplace.domain.sellers.queries.requirements import RequirementRow
from marketplace.domain.sellers.queries.shop import ProfileView
from marketplace.domain.sellers.rules.requirements import FILED
from marketplace.flows.fees import FeeRow, fee_rows

MOST_CHOICES = 50


@dataclass(frozen=True, slots=True)
class CategoryChoice:
    """A category an applicant may tick; `rate` is its commission, such as `5%`."""

    id: str
    name: str
    name_zh: str
    rate: str
    is_top: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ApplyPage:
    """Everything the pages of an application need; `application` is None before there is one."""

    application: ApplicationView | None
    documents: list[RequirementRow] = field(default_factory=list)
    files: dict[str, DropFile] = field(default_factory=dict)
    """By requirement."""
    logo: DropFile = field(default_factory=DropFile)
    categories: list[CategoryChoice] = field(default_factory=list)
    fees: list[FeeRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """`state` is `free`, `taken` or empty."""

    state: str
    slug: str


def apply_page(session: Session, person: Person) -> ApplyPage:
    """The person's newest application, whatever became of it."""
    application = my_application(session, person)
    if application is None:
        return ApplyPage(None)
    documents = [row for row in application.requirements if row.kind in FILED][:MOST_CHOICES]
    found = drop_files(session, [row.media_id for row in documents if row.media_id])
    nodes = tree(session)
    return ApplyPage(
        application,
        documents=documents,
        files={row.id: found.get(row.media_id, DropFile()) for row in documents},
        logo=drop_file(session, str(application.shop.get("logo_id", ""))),
        categories=category_choices(nodes, application.category_ids),
        fees=fee_rows(nodes, application.category_ids),
    )


def name_answer(session: Session, person: Person, name: str) -> NameAnswer:
    """Whether the shop may be called so, and the address it would have."""
    if not name:
        return NameAnswer("", "")
    if applications.shop_name_taken(session, person, name):
        return NameAnswer("taken", "")
    return NameAnswer("free", applications.suggest_slug(session, name))


def shop_face(session: Session, member: SellerMember) -> tuple[ProfileView, DropFile]:
    """The shop's profile with its logo."""
    profile = shop.profile(session, member)
    return profile, drop_file(session, profile.logo_id)


def category_choices(
    nodes: Sequence[CategoryNode], chosen: Collection[str]
) -> list[CategoryChoice]:
    """The two upper levels, or the uppermost alone where they would be too many for a page."""
    offered = [node for node in nodes if not node.parent_id or node.depth == _second(nodes)]
    if len(offered) > MOST_CHOICES:
        offered = [node for node in nodes if not node.parent_id][:MOST_CHOICES]
    rates = {row.id: row.rate for row in fee_rows(nodes, {node.id for node in offered})}
    return [
        CategoryChoice(
            node.id, node.name, node.name_zh, rates[node.id], not node.parent_id, node.id in chosen
        )
        for node in offered
    ]


def _second(nodes: Sequence[CategoryNode]) -> int:
    return min((node.depth for node in nodes), default=0) + 1
