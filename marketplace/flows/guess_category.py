"""The categories a new listing probably belongs to: from their names, and from what is sold."""

from sqlmodel import Session

from marketplace.domain.access.models import Permission, SellerMember
from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.rules.guessing import Shelf, likeliest
from marketplace.domain.search.queries.found import count_alike


def guess(session: Session, member: SellerMember, title: str, title_zh: str) -> list[str]:
    """Their ids, the best first; none for a title that says nothing."""
    member.require(Permission.SHOP_LISTINGS_READ)
    titles = [one for one in (title, title_zh) if one.strip()]
    alike: dict[str, int] = {}
    for one in titles:
        for path, count in count_alike(session, one).items():
            alike[path] = alike.get(path, 0) + count
    shelves = [
        Shelf(node.id, node.name, node.name_zh, alike.get(node.path, 0))
        for node in taxonomy.tree(session)
        if not node.has_children
    ]
    return likeliest(titles, shelves) if titles else []
