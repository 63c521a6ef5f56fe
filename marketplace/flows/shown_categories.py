"""The categories that lead somewhere: with how much buyers can find there. Public."""

from sqlmodel import Session

from marketplace.domain.catalog.queries import taxonomy
from marketplace.domain.catalog.queries.taxonomy import CategoryNode
from marketplace.domain.search.queries.found import count_by_category


def shown(session: Session) -> list[tuple[CategoryNode, int]]:
    """In the order of the tree, each with its count in and below it; none that is empty."""
    counts = count_by_category(session)
    return [(node, counts[node.id]) for node in taxonomy.tree(session) if counts.get(node.id)]
